"""Fixed figures as open data: what was fixed and nothing later, protected, told in DCAT-AP-SE."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import Role
from tests.factories import make_namnd, make_user
from tests.indicators.followup_report.world import World
from trace.models import ReadLog

CATALOGUE = "/oppna-data/katalog.jsonld"


@pytest.fixture
def reader(client, world: World):
    client.force_login(make_user(Role.LASARE, make_namnd("farsta")))
    return client


def rows(client, number=1):
    content = client.get(reverse("open-data-csv", args=["2025-T1", number])).content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def graph(client, kind):
    told = json.loads(client.get(CATALOGUE).content)
    return [one for one in told["@graph"] if one["@type"] == kind]


def test_only_what_is_fixed_is_there(reader, world: World):
    report = world.citys()
    assert graph(reader, "dcat:Dataset") == []
    assert reader.get(reverse("open-data-csv", args=["2025-T1", 1])).status_code == 404
    world.fixed(report)
    assert len(graph(reader, "dcat:Dataset")) == 1


def test_the_figures_are_those_that_were_fixed_and_protected(reader, world: World):
    world.fixed(world.citys())
    before = rows(reader)
    world.change("bromma", 999)
    assert rows(reader) == before
    told = {(r["Nämnd"], r["Fördelning"]): (r["Värde"], r["Uppgift"]) for r in before}
    assert told["Farsta stadsdelsnämnd", "Män"] == ("", "skyddad uppgift")
    assert "999" not in {r["Värde"] for r in before}


def test_the_catalogue_leads_to_the_file_and_makes_nothing_up(reader, world: World, settings):
    world.fixed(world.citys())
    (dataset,) = graph(reader, "dcat:Dataset")
    (file,) = graph(reader, "dcat:Distribution")
    (catalogue,) = graph(reader, "dcat:Catalog")
    assert catalogue["dcat:dataset"] == [{"@id": dataset["@id"]}]
    assert dataset["dcat:distribution"] == {"@id": file["@id"]}
    assert file["dcat:downloadURL"] == {"@id": "http://testserver/oppna-data/2025-T1/version-1.csv"}
    assert dataset["dcterms:title"]["@value"] == "Samlad uppföljning, tertialrapport 1 2025"
    assert (dataset["owl:versionInfo"], "dcterms:license" in file) == ("1", False)
    settings.OPEN_DATA_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    (file,) = graph(reader, "dcat:Distribution")
    assert file["dcterms:license"] == {"@id": settings.OPEN_DATA_LICENCE}


def test_everything_pointed_at_in_the_catalogue_is_in_it(reader, world: World):
    world.fixed(world.citys())
    told = json.loads(reader.get(CATALOGUE).content)
    own = {one["@id"] for one in told["@graph"]}
    pointed = {
        each["@id"]
        for one in told["@graph"]
        for value in one.values()
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, dict) and "#" in each.get("@id", "")
    }
    assert {at for at in pointed if at.startswith("http://testserver")} <= own


def test_taking_it_out_is_logged_and_the_catalogue_is_one_query_more(reader, world: World):
    with CaptureQueriesContext(connection) as none:
        reader.get(CATALOGUE)
    world.fixed(world.citys())
    with CaptureQueriesContext(connection) as one:
        reader.get(CATALOGUE)
    assert len(one) == len(none)
    rows(reader)
    assert ReadLog.objects.filter(summary="Tog ut öppna data för 2025-T1, version 1").count() == 1
