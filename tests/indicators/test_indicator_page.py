"""One indicator's page and files: series with seams and breaks, and nothing protected shown."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from indicators.enums import ReportState
from indicators.models import (
    IndicatorGap,
    IndicatorSuccession,
    IndicatorVersion,
    Target,
)
from organisation.enums import Role
from organisation.models import NamndSuccession
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from trace.models import ReadLog

pytestmark = pytest.mark.django_db
BEFORE, AFTER = dt.date(2023, 6, 30), dt.date(2023, 7, 1)


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user(Role.LASARE, make_namnd("kulturnamnden", kind="facknamnd")))
    return client


@pytest.fixture
def jarva():
    new = make_namnd("jarva", valid_from=AFTER)
    for code in ("rinkeby-kista", "spanga-tensta"):
        old = make_namnd(code, valid_to=BEFORE)
        NamndSuccession.objects.create(predecessor=old, successor=new, on=AFTER)
    return new


def give(code, period, definition, number):
    report = make_report(make_namnd(code), make_period(period), ReportState.GODKAND)
    make_value(report, definition, number)


def city(definition) -> None:
    for code, number in (("rinkeby-kista", 10), ("spanga-tensta", 30)):
        give(code, "2022-VB", definition, number)
    give("jarva", "2023-VB", definition, 47)
    give("jarva", "2024-VB", definition, 3)


def page(client: Client) -> str:
    return client.get(reverse("indicator", args=["i-1"])).content.decode()


def rows(client: Client) -> list[dict[str, str]]:
    content = client.get(reverse("indicator-export", args=["i-1", "csv"])).content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_seam_is_shown_in_table_and_line(reader, jarva):
    city(make_indicator(counts_people=True))
    html = page(reader)
    assert "Skarv: härifrån nämndens egna siffror." in html
    assert "Rinkeby-kista och Spanga-tensta tillsammans" in html
    assert 'aria-label="Linjediagram. Jarva' in html
    assert html.count("<caption") == html.count('role="region"')


def test_the_files_say_what_the_reader_may_see_and_are_logged(reader, jarva):
    city(make_indicator(counts_people=True))
    own = [row for row in rows(reader) if row["Nämndkod"] == "jarva"]
    assert [(r["Period"], r["Värde"], r["Uppgift"], r["Siffran är från"]) for r in own] == [
        ("2022-VB", "40,00", "", "Rinkeby-kista och Spanga-tensta"),
        ("2023-VB", "47,00", "", ""),
        ("2024-VB", "", "skyddad uppgift", ""),
    ]
    content = reader.get(reverse("indicator-export", args=["i-1", "xlsx"])).content
    sheet = load_workbook(io.BytesIO(content)).active
    assert [sheet.cell(1, 1).value, sheet.max_row] == ["Period", len(rows(reader)) + 1]
    assert ReadLog.objects.filter(summary="Tog ut indikatorn i-1 som xlsx").count() == 1


def test_a_file_of_the_coordinators_protects_as_well(client, jarva):
    city(make_indicator(counts_people=True))
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("socialnamnden")))
    assert "3,00" not in {row["Värde"] for row in rows(client)}


def test_what_a_text_is_called_is_no_formula(reader):
    namnd = make_namnd()
    type(namnd).objects.filter(pk=namnd.pk).update(name="=1+1")
    give(namnd.code, "2024-VB", make_indicator(), 9)
    assert "'=1+1" in {row["Nämnd"] for row in rows(reader)}


def test_definitions_are_told_with_their_differences_and_breaks(reader):
    first = make_indicator(definition="Räknas en gång per år.")
    give("farsta", "2023-VB", first, 9)
    second = IndicatorVersion.objects.get(pk=first.pk)
    second.pk, second.number, second.unit = None, 2, "st"
    second.valid_from, second.definition = dt.date(2024, 1, 1), "Räknas två gånger per år."
    second.reason = "Ny handbok"
    second.save(force_insert=True)
    give("farsta", "2024-VB", second, 11)
    html = page(reader)
    assert "<ins" in html
    assert "Enhet: antal → st" in html
    assert "Ny handbok" in html
    assert html.count("Brott i serien: härifrån gäller en ny definition.") == 2


def test_rests_successors_and_changed_targets_are_told(reader):
    indicator = make_indicator().indicator
    other = make_indicator("i-2").indicator
    IndicatorGap.objects.create(
        indicator=indicator, kind="utan-kalla", valid_from=dt.date(2025, 1, 1), reason="Nedlagt"
    )
    IndicatorSuccession.objects.create(
        predecessor=indicator, successor=other, kind="ersatt", on=dt.date(2025, 1, 1), reason="Ny"
    )
    for value, since in ((90, None), (95, dt.date(2024, 7, 1))):
        Target.objects.create(
            indicator=indicator, year=2024, value=value, source="B", valid_from=since,
            decision="KF § 5" if since else "",
        )  # fmt: skip
    html = page(reader)
    assert "Saknar källa från 2025-01-01. Nedlagt." in html
    assert "Ersatt av från 1 januari 2025" in html
    assert "ändrat från 90 den 1 juli 2024, KF § 5" in html
    there = reader.get(reverse("indicator", args=["i-2"])).content.decode()
    assert "Kommer från 1 januari 2025 i stället för" in there


def test_the_number_of_queries_follows_neither_nämnder_nor_periods(reader):
    definition = make_indicator()
    counts = []
    for years, codes in (((2023, 2024), ("farsta",)), ((2021, 2022), ("bromma", "norrmalm"))):
        for year in years:
            for code in codes:
                give(code, f"{year}-VB", definition, 9)
        page(reader)
        with CaptureQueriesContext(connection) as queries:
            page(reader)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_of_forebears_together_nothing_is_shown_beside_what_is_protected(reader, jarva):
    definition = make_indicator(counts_people=True, split_by_sex=True)
    for code, women, men in (("rinkeby-kista", 20, 3), ("spanga-tensta", 30, 10)):
        report = make_report(make_namnd(code), make_period("2022-VB"), ReportState.GODKAND)
        make_value(report, definition, women + men)
        make_value(report, definition, women, category="kvinnor")
        make_value(report, definition, men, category="man")
    give("jarva", "2023-VB", definition, 60)
    merged = [
        (row["Fördelning"], row["Värde"], row["Uppgift"])
        for row in rows(reader)
        if row["Nämndkod"] == "jarva" and row["Period"] == "2022-VB"
    ]
    assert merged == [(part, "", "skyddad uppgift") for part in ("Totalt", "Kvinnor", "Män")]
