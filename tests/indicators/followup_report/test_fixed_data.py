"""The figures of a fixed version to calculate with: those that the version holds, for ever."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from organisation.enums import Role
from tests.factories import make_user
from tests.indicators.followup_report.test_pages import page, signed_in
from tests.indicators.followup_report.world import World

VERSION = "/uppfoljning/2025-T1/rapport/version/1/"


def test_the_files_stand_when_the_figures_have_changed(world: World):
    world.fixed(world.citys())
    reader = signed_in(make_user(Role.LASARE))
    addresses = [f"{VERSION}siffror/{ending}/" for ending in ("xlsx", "csv", "json")]
    told = page(reader, VERSION)
    assert [address in told for address in addresses] == [True, True, True]
    before = [reader.get(address).content for address in addresses]
    world.change("bromma", 999)
    assert [reader.get(address).content for address in addresses] == before
    assert reader.get("/uppfoljning/2025-T1/csv/").content != before[1]


def test_the_workbook_says_of_which_version_it_is(world: World):
    world.fixed(world.citys())
    answer = signed_in(make_user(Role.LASARE)).get(f"{VERSION}siffror/xlsx/")
    assert (
        'filename="uppfoljningsrapport-2025-T1-version-1.xlsx"'
        in (answer.headers["Content-Disposition"])
    )
    sheet = load_workbook(BytesIO(answer.content))["Mål 1"]
    head = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert head[2] is not None
    assert head[2].startswith("Version 1, fastställd ")


def test_what_is_hidden_there_is_hidden_here_whoever_takes_it_out(world: World):
    world.fixed(world.citys())
    (goal,) = json.loads(signed_in(world.coordinator).get(f"{VERSION}siffror/json/").content)[
        "goals"
    ]
    states = {
        part["namnd"]: part["figures"]["men"]["state"] for part in goal["indicators"][0]["namnder"]
    }
    assert states["farsta"] == "skyddad"


@pytest.mark.parametrize("ending", ["pdf", "exe"])
def test_other_formats_are_not_there(world: World, ending: str):
    world.fixed(world.citys())
    assert signed_in(world.coordinator).get(f"{VERSION}siffror/{ending}/").status_code == 404
