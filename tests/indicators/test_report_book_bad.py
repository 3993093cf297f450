"""Workbooks that somebody has been at: parts of them moved, copied, worked out, or sent twice."""

from decimal import Decimal

import pytest

from indicators.domain.checks import ValueInput
from indicators.domain.entry import save_entries
from indicators.domain.importing.comparing import plan_report_file
from indicators.domain.importing.review import (
    confirm,
    keep_for_review,
    plan_of,
    read_before,
)
from indicators.domain.loading.problems import BadFile
from indicators.enums import Category
from indicators.models import IndicatorVersion, Report, ReportFile, Value
from organisation.enums import Role
from tests.factories import (
    make_activity,
    make_indicator,
    make_namnd,
    make_period,
    make_user,
)
from tests.indicators.report_book import Book
from trace.uploads import CheckedFile

pytestmark = pytest.mark.django_db
ONE, WOMEN, OTHER = "v-i-1-totalt", "v-i-1-kvinnor", "v-i-2-totalt"
PAGE = "/inrapportering/sodermalm/2025-T1/excel/"


@pytest.fixture
def world():
    make_indicator(name="Utbildade", split_by_sex=True)
    make_indicator("i-2", name="Samtal", order=1)
    make_activity()
    return make_namnd(), make_period()


@pytest.fixture
def actor(world):
    return make_user(Role.UPPGIFTSLAMNARE, world[0])


def faults(world, filled: Book) -> list[str]:
    with pytest.raises(BadFile) as bad:
        plan_report_file(filled.file(), *world)
    return [str(problem) for problem in bad.value.problems]


def read(world, file: CheckedFile, actor) -> ReportFile:
    report = Report.objects.filter(namnd=world[0], period=world[1]).first()
    kept = keep_for_review(file, report or Report(namnd=world[0], period=world[1]), actor=actor)
    confirm(kept, actor=actor, expected_digest=plan_of(kept).digest, choices={})
    return kept


def test_headings_that_were_moved_without_their_keys_are_told(world):
    filled = Book(*world).fill(ONE, utfall=5, prognos=12)
    sheet, number, columns = filled.find(ONE)
    outcome, forecast = (sheet.cell(number - 1, columns[one]) for one in ("utfall", "prognos"))
    outcome.value, forecast.value = forecast.value, outcome.value
    letters = outcome.column_letter, forecast.column_letter
    assert faults(world, filled) == [
        f"Mål 1, rad {number - 1}, kolumn {letters[0]}: Rubriken är ”Helårsprognos”, men kolumn "
        f"{letters[0]} läses som ”Utfall”: rubrik och innehåll har flyttats var för sig. Flytta "
        "hela kolumner, eller hämta arbetsboken på nytt.",
        f"Mål 1, rad {number - 1}, kolumn {letters[1]}: Rubriken är ”Utfall”, men kolumn "
        f"{letters[1]} läses som ”Helårsprognos”: rubrik och innehåll har flyttats var för sig. "
        "Flytta hela kolumner, eller hämta arbetsboken på nytt.",
    ]


def test_rows_whose_names_were_moved_without_their_keys_are_told(world):
    filled = Book(*world).fill(ONE, utfall=5)
    for one, other, column in ((ONE, OTHER, "vad"), (ONE, WOMEN, "avser")):
        first, second = filled.cell(one, column), filled.cell(other, column)
        first.value, second.value = second.value, first.value
    moved = (
        "namn och innehåll har flyttats var för sig. Ångra flytten, eller hämta arbetsboken på "
        "nytt."
    )
    said = [words.split(": ", 1)[1] for words in faults(world, filled)]
    assert said == [
        f"Här står ”Samtal”, men raden läses som ”Utbildade, totalt”: {moved}",
        f"Här står ”Kvinnor”, men raden läses som ”Utbildade, totalt”: {moved}",
        f"Här står ”Totalt”, men raden läses som ”Utbildade, kvinnor”: {moved}",
        f"Här står ”Utbildade”, men raden läses som ”Samtal”: {moved}",
    ]


def test_a_name_of_ones_own_does_no_harm(world):
    filled = Book(*world).fill(ONE, utfall=5)
    filled.cell(ONE, "vad").value = "Utbildade (kolla med Eva)"
    (change,) = plan_report_file(filled.file(), *world).changes
    assert change.given == "5"


def test_a_sheet_that_was_copied_is_told_row_by_row(world):
    filled = Book(*world).fill(ONE, utfall=5)
    copy = filled.book.copy_worksheet(filled.find(ONE)[0])
    said = faults(world, filled)
    assert {words.split(",")[0] for words in said} == {copy.title}
    assert all("Raden står två gånger: också på Mål 1, rad " in words for words in said)
    assert len(said) == 6  # three of the one indicator, the other, the activity, the judgement


def test_a_formula_is_told_where_it_hides(world):
    filled = Book(*world).fill(ONE, utfall=5)
    sheet, number, columns = filled.find(ONE)
    sheet.cell(number, columns["prognos"]).value = f"={columns['utfall']}*3"
    sheet.column_dimensions[sheet.cell(number, columns["prognos"]).column_letter].hidden = True
    (said,) = faults(world, filled)
    assert "har en formel. Skriv värdet i stället" in said
    sheet.cell(number, columns["prognos"]).value = None
    filled.book["Nycklar"]["B2"].value = '="sodermalm"'
    assert faults(world, filled) == [
        "Nycklar: Det dolda bladet ”Nycklar” har en formel, och då går det inte att se vad som "
        "har ändrats. Hämta arbetsboken på nytt och för över det du har fyllt i."
    ]


def test_the_same_workbook_again_says_that_nothing_differs(client, world, actor):
    file = Book(*world).fill(ONE, utfall=5).fill(OTHER, utfall=7).file()
    first = read(world, file, actor)
    again = keep_for_review(file, Report.objects.get(), actor=actor)
    plan = plan_of(again)
    assert (plan.changes_nothing, plan.already) == (True, 2)
    assert read_before(again).pk == first.pk
    client.force_login(actor)
    page = client.get(f"{PAGE}{again.pk}/").text
    assert "Inga ändringar: filen säger detsamma som rapporten" in page
    assert "2 av det du fyllde i står redan så i rapporten" in page
    assert "Samma fil lästes in" in page
    assert "Spara ändringarna i rapporten" not in page


def test_the_same_workbook_after_a_colleague_asks_and_overwrites_nothing_by_itself(world, actor):
    file = Book(*world).fill(ONE, utfall=5).fill(OTHER, utfall=7).file()
    read(world, file, actor)
    other = make_user(Role.UPPGIFTSLAMNARE, make_namnd(), username="bo")
    report = Report.objects.get()
    definition = IndicatorVersion.objects.get(indicator__code="i-1")
    save_entries(
        report, actor=other, expected_version=report.revision,
        values=[ValueInput(definition.pk, Category.TOTAL, number=Decimal(6))], grades=[],
    )  # fmt: skip
    plan = plan_of(keep_for_review(file, Report.objects.get(), actor=actor))
    assert (plan.changes, plan.already) == ((), 1)
    (clash,) = plan.conflicts
    assert (clash.was_said, clash.now_said, clash.given_said) == ("tomt", "6", "5")
    assert Value.objects.get(definition=definition).number == 6
