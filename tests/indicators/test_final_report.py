"""A programme's final report: every year, every indicator, what was done by whom, protected."""

import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.domain.final_report import read_final_report
from indicators.enums import ActivityState, ReportState
from indicators.exports.final_report_document import final_report_document, what_it_covers
from indicators.models import ActivityStatus, IndicatorGap
from organisation.enums import Role
from papers.documents.word import write_docx
from programme.domain import NotFound
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_programme,
    make_report,
    make_user,
    make_value,
    triggers_asleep,
)
from tests.indicators.reading import pdf_text, tables
from trace.models import ReadLog

pytestmark = pytest.mark.django_db

SLUG = "vald-2021-2025"


def report(code, period, state=ReportState.GODKAND):
    return make_report(make_namnd(code), make_period(period), state)


def says(of, activity, state, comment=""):
    with triggers_asleep():
        ActivityStatus.objects.create(
            version=of.current, activity=activity, state=state, comment=comment
        )


def five_years(numbers=(20, 30, 3, 50, 60)):
    definition = make_indicator(counts_people=True)
    activity = make_activity("a-1", make_goal(1))
    for year, number in enumerate(numbers, start=2021):
        of = report("bromma", f"{year}-VB")
        make_value(of, definition, number)
        state = ActivityState.PABORJAD if year < 2023 else ActivityState.GENOMFORD
        says(of, activity, state)
    return definition


def test_each_year_is_told_by_its_last_period_with_approved_reports():
    definition = make_indicator()
    for code in ("2024-T1", "2024-T2", "2025-T1"):
        make_value(report("bromma", code), definition, 7)
    report("bromma", "2025-T2", ReportState.UTKAST)

    found = read_final_report(SLUG)

    assert [one.period_code for one in found.years] == ["2024-T2", "2025-T1"]
    assert found.missing_years == (2021, 2022, 2023)
    assert not found.is_whole
    assert what_it_covers(found)[-1] == "Inga godkända rapporter finns för 2021, 2022, 2023."


def test_the_figures_of_all_years_stand_beside_each_other_protected():
    five_years()
    (goal,) = read_final_report(SLUG).goals
    (indicator,) = goal.indicators
    assert [str(year.cells.total) for year in indicator.years] == [
        "20",
        "30",
        "skyddad uppgift",
        "50",
        "60",
    ]


def test_an_indicator_that_ended_is_there_with_the_years_it_had():
    first = five_years()
    make_value(report("farsta", "2025-VB"), make_indicator("i-2", order=1), 9)
    with triggers_asleep():
        IndicatorGap.objects.create(
            indicator=first.indicator, kind="upphord", valid_from="2024-01-01", reason="Slut"
        )
    (goal,) = read_final_report(SLUG).goals
    told = {i.result.code: [y is not None for y in i.years] for i in goal.indicators}
    assert told["i-1"] == [True, True, True, False, False]


def test_who_did_what_is_told_with_the_year():
    five_years()
    (goal,) = read_final_report(SLUG).goals
    (activity,) = goal.activities
    assert [(one.label, one.namnder) for one in activity.doers] == [
        ("Genomförd", ("Bromma stadsdelsnämnd (2023)",))
    ]


def test_it_is_whole_when_everybodys_last_report_is_approved():
    five_years()
    assert read_final_report(SLUG).is_whole
    report("farsta", "2025-VB", ReportState.UTKAST)
    assert not read_final_report(SLUG).is_whole


def test_a_programme_without_reports_says_so(client):
    make_programme()
    client.force_login(make_user(Role.LASARE, make_namnd()))
    page = client.get(reverse("final-report", args=[SLUG])).content.decode()
    assert "Ingen rapport om programmet är godkänd än." in page
    with pytest.raises(NotFound):
        read_final_report("annat")


def test_the_page_has_the_tables_and_the_coordinators_is_protected_too(client):
    five_years()
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("socialnamnden")))
    page = client.get(reverse("final-report", args=[SLUG])).content.decode()
    (row,) = [r for r in tables(page)["Hela staden, år för år"] if r[0].startswith("Indikator i-1")]
    assert [cell.partition(" 1 av")[0] for cell in row[1:]] == [
        "20",
        "30",
        "skyddad uppgift",
        "50",
        "60",
    ]


def test_the_files_are_the_same_every_time_and_their_taking_is_logged(client):
    five_years()
    client.force_login(make_user(Role.LASARE, make_namnd()))
    pdf = client.get(reverse("final-report-export", args=[SLUG, "pdf"]))
    word = client.get(reverse("final-report-export", args=[SLUG, "docx"]))
    assert "Genomförd: Bromma stadsdelsnämnd (2023)." in pdf_text(pdf.content)
    assert word.content == write_docx(final_report_document(read_final_report(SLUG)))
    headings = [
        p.text
        for p in docx.Document(io.BytesIO(word.content)).paragraphs
        if p.style.name == "Heading 1"
    ]
    assert headings == ["Så har nämnderna bedömt målen", "Mål 1. Mål nummer 1.", "Om uppgifterna"]
    assert ReadLog.objects.filter(summary__startswith="Tog ut slutrapporten som").count() == 2


def test_as_many_queries_for_three_rows_as_for_one(client):
    five_years()
    client.force_login(make_user(Role.LASARE, make_namnd()))
    address = reverse("final-report", args=[SLUG])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (2, 3):
        goal = make_goal(number)
        make_activity(f"a-{number}", goal)
        definition = make_indicator(f"i-{number}", goal=goal)
        make_value(report(f"namnd-{number}", "2025-VB"), definition, 40)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
