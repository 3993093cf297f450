"""A nämnd's workbook: taken out, filled in, looked at, and read back by the rules of typing."""

import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.entry import save_entries, submit_report
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.importing.cells import NotUnderstood, number_in
from indicators.domain.importing.comparing import plan_report_file
from indicators.domain.importing.review import (
    NotChosen,
    PlanChanged,
    confirm,
    discard,
    forget_old,
    keep_for_review,
    plan_of,
)
from indicators.domain.loading.problems import BadFile
from indicators.domain.sheet import entry_sheet
from indicators.enums import (
    Aggregation,
    Category,
    PeriodState,
    ReportFileState,
    ReportState,
)
from indicators.exports.report_xlsx import report_xlsx
from indicators.models import ActivityStatus, GoalGrade, Report, ReportFile, Value
from organisation.enums import Role
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
)
from tests.indicators.report_book import Book
from trace.domain.history import change_model
from trace.models import Event
from trace.uploads.workbook import Cell

pytestmark = pytest.mark.django_db
ONE, GOAL, ACTIVITY = "v-i-1-totalt", "g-vald-2021-2025-1", "a-a-1"


@pytest.fixture
def world():
    make_indicator(name="Utbildade", split_by_sex=True, whole_numbers=True)
    make_indicator("kvot", name="Andel", aggregation=Aggregation.RATIO, unit="%", order=1)
    make_indicator("svar", name="Rutin", aggregation=Aggregation.SHARE_YES, order=2)
    make_activity()
    return make_namnd(), make_period()


@pytest.fixture
def actor(world):
    return make_user(Role.UPPGIFTSLAMNARE, world[0])


def book(world) -> Book:
    return Book(*world)


def keep(world, book_: Book, actor) -> ReportFile:
    report = Report.objects.filter(namnd=world[0], period=world[1]).first()
    return keep_for_review(
        book_.file(), report or Report(namnd=world[0], period=world[1]), actor=actor
    )


def read(world, book_: Book, actor, **choices) -> ReportFile:
    kept = keep(world, book_, actor)
    digest = plan_of(kept).digest
    confirm(
        kept,
        actor=actor,
        expected_digest=digest,
        choices={name.replace("_", "-"): said for name, said in choices.items()},
    )
    kept.refresh_from_db()
    return kept


def faults(world, book_: Book) -> list[str]:
    with pytest.raises(BadFile) as bad:
        plan_report_file(book_.file(), *world)
    return [str(problem) for problem in bad.value.problems]


def fill_everything(world) -> Book:
    return (
        book(world)
        .fill(ONE, utfall=12, prognos="1 234", kommentar="=inte en formel")
        .fill("v-i-1-kvinnor", utfall=7)
        .fill("v-kvot-totalt", taljare="3", namnare=4)
        .fill("v-svar-totalt", utfall="Ja", kommentar="Rad ett\nrad två")
        .fill(ACTIVITY, lage="Avviker", kommentar="Försenad", nytt_datum=dt.date(2025, 9, 30))
        .fill(GOAL, bedomning="Uppfylls delvis", analys="På god väg.")
    )


def test_the_same_report_gives_the_same_bytes_and_says_nothing_new(world):
    assert book(world).made == book(world).made
    plan = plan_report_file(book(world).file(), *world)
    assert (plan.changes_nothing, plan.notes) == (True, ())


def test_only_what_is_to_be_filled_in_can_be_changed(world):
    opened = book(world)
    for sheet in opened.book.worksheets:
        assert sheet.protection.sheet
    assert opened.book.security.lockStructure
    unlocked = {
        cell.coordinate
        for sheet in opened.book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if not cell.protection.locked
    }
    fields = {
        opened.cell(row, column).coordinate
        for row, columns in (
            (ONE, ("utfall", "prognos", "saknas", "resten", "kommentar")),
            ("v-i-1-kvinnor", ("utfall",)),
            ("v-i-1-man", ("utfall",)),
            ("v-kvot-totalt", ("taljare", "namnare", "prognos", "saknas", "kommentar")),
            ("v-svar-totalt", ("utfall", "saknas", "kommentar")),
            (ACTIVITY, ("lage", "nytt-datum", "kommentar")),
            (GOAL, ("bedomning", "analys")),
        )
        for column in columns
    }
    assert unlocked == fields
    assert [s.title for s in opened.book.worksheets if s.sheet_state == "hidden"] == ["Nycklar"]


def test_what_is_filled_in_is_shown_saved_and_stands_in_the_next_workbook(world, actor):
    filled = fill_everything(world)
    filled.cell(ONE, "kommentar").data_type = "s"
    kept = keep(world, filled, actor)
    plan = plan_of(kept)
    assert [(c.field.label, c.now_said, c.given_said) for c in plan.changes][:3] == [
        ("Utbildade, totalt, utfall", "tomt", "12"),
        ("Utbildade, totalt, helårsprognos", "tomt", "1\u00a0234"),
        ("Utbildade, totalt, kommentar", "tomt", "=inte en formel"),
    ]
    assert not Report.objects.exists()

    confirm(kept, actor=actor, expected_digest=plan.digest, choices={})

    report = Report.objects.get()
    assert report.state == ReportState.UTKAST
    value = Value.objects.get(definition__indicator__code="i-1", category=Category.TOTAL)
    assert (value.number, value.forecast, value.comment, value.entered_by) == (
        12, 1234, "=inte en formel", actor,
    )  # fmt: skip
    ratio = Value.objects.get(definition__indicator__code="kvot")
    assert (ratio.numerator, ratio.denominator) == (3, 4)
    assert Value.objects.get(definition__indicator__code="svar").number == 1
    status = ActivityStatus.objects.get()
    assert (status.state, status.new_date) == ("avviker", dt.date(2025, 9, 30))
    assert GoalGrade.objects.get().analysis == "På god väg."
    event = Event.objects.about(report).first()
    assert event.summary == "Sparade 3 uppgifter, 1 läge och 1 bedömning ur ”bok.xlsx”"
    assert event.actor == actor
    change = change_model(Value).objects.first()
    assert change.pgh_context["through"] == "import:bok.xlsx"

    kept.refresh_from_db()
    assert (kept.state, bytes(kept.content)) == (ReportFileState.INLAST, b"")
    after = book(world)
    assert after.cell(ONE, "utfall").value == 12
    assert after.cell(ONE, "kommentar").value == "=inte en formel"
    assert after.cell(ONE, "kommentar").data_type == "s"
    assert after.cell(GOAL, "bedomning").value == "Uppfylls delvis"
    assert plan_report_file(after.file(), *world).changes_nothing
    again = plan_report_file(filled.file(), *world)
    assert (again.changes_nothing, again.already) == (True, 13)


def test_a_cell_that_is_emptied_empties_the_field(world, actor):
    read(world, book(world).fill(ONE, utfall=12, kommentar="Ett"), actor)
    (change,) = plan_of(keep(world, book(world).fill(ONE, kommentar=None), actor)).changes
    assert (change.now_said, change.given_said) == ("Ett", "tomt")


def test_what_a_colleague_typed_meanwhile_is_asked_about_and_the_rest_goes_along(world, actor):
    report = make_report(*world)
    definition = entry_sheet(report).rows[0].definition
    make_value(report, definition, 5, comment="Ett")
    mine = book(world).fill(ONE, utfall=9, kommentar="Två").fill(GOAL, analys="Min")
    other = make_user(Role.UPPGIFTSLAMNARE, world[0])
    theirs = ValueInput(definition.pk, number=Decimal(7), comment="Ett")
    save_entries(report, actor=other, expected_version=0, values=[theirs], grades=[])

    kept = keep(world, mine, actor)
    plan = plan_of(kept)
    (clash,) = plan.conflicts
    assert (clash.was_said, clash.now_said, clash.given_said) == ("5", "7", "9")
    assert [c.given_said for c in plan.changes] == ["Två", "Min"]
    with pytest.raises(NotChosen):
        confirm(kept, actor=actor, expected_digest=plan.digest, choices={})
    choices = {clash.field.name: "sparat"}
    confirm(kept, actor=actor, expected_digest=plan.digest, choices=choices)
    value = Value.objects.get()
    assert (value.number, value.comment) == (7, "Två")

    assert plan_report_file(mine.file(), *world).already == 2


def test_mine_overwrites_when_it_is_chosen(world, actor):
    report = make_report(*world)
    definition = entry_sheet(report).rows[0].definition
    mine = book(world).fill(ONE, utfall=9)
    make_value(report, definition, 7)
    read(world, mine, actor, v_i_1_totalt_utfall="min")
    assert Value.objects.get().number == 9


def test_what_changed_after_the_preview_is_looked_at_again(world, actor):
    report = make_report(*world)
    kept = keep(world, book(world).fill(ONE, utfall=9), actor)
    digest = plan_of(kept).digest
    make_value(report, entry_sheet(report).rows[0].definition, 7)
    with pytest.raises(PlanChanged):
        confirm(kept, actor=actor, expected_digest=digest, choices={})
    assert Value.objects.get().number == 7


def test_rules_of_typing_are_said_at_the_cell(world):
    filled = book(world).fill(ONE, utfall="12,5").fill("v-kvot-totalt", taljare=5, namnare=4)
    filled.fill(ACTIVITY, lage="Avviker").fill("v-svar-totalt", kommentar="850709-9805")
    said = faults(world, filled)
    assert said[0].startswith("Mål 1, rad 7, kolumn H: Utbildade, totalt, utfall: Skriv ett heltal")
    assert [part.split(": ", 1)[1][:40] for part in said[1:]] == [
        "Andel, täljare: 5 är fler än 4. ”Täljare"[:40],
        "Rutin, kommentar: Kommentaren kan sparas först"[:40],
        "Rutin, kommentar: Kommentaren innehåller något"[:40],
        "Aktivitet a-1, kommentar: Skriv vad som avviker"[:40],
        "Aktivitet a-1, nytt datum: Ange ett nytt datum"[:40],
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (Cell("text", "12 st"), "”12 st” är inte ett tal"),
        (Cell("text", "ca 5"), "”ca 5” är inte ett tal"),
        (Cell("text", "1.000"), "”1.000” kan betyda 1 000 eller 1,0"),
        (Cell("text", "1,000"), "”1,000” kan betyda 1 000 eller 1,0"),
        (
            Cell("number", "33.3333"),
            "högst 2 decimaler. Cellen innehåller 33,3333. Avrunda det, till exempel till 33,33.",
        ),
        (Cell("number", "1e+20"), "för många siffror"),
        (Cell("date", "2025-04-01"), "ett datum (2025-04-01), inte ett tal"),
        (Cell("bool", "ja"), "SANT eller FALSKT"),
        (Cell("error", "#REF!"), "visar felet #REF!"),
        (Cell("number", "0.12", is_per_cent=True), "Cellen visar 12 % men innehåller 0,12"),
    ],
)
def test_what_is_no_number_is_refused(cell, says):
    with pytest.raises(NotUnderstood) as refusal:
        number_in(cell)
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (Cell("text", "12,5"), "12.5"),
        (Cell("text", "1 234"), "1234"),
        (Cell("text", " 7 "), "7"),
        (Cell("number", "12.5"), "12.5"),
        (Cell("number", "1.25"), "1.25"),
        (Cell("number", "1000"), "1000"),
        (Cell("number", "0"), "0"),
    ],
)
def test_swedish_numbers_are_read_as_the_form_reads_them(cell, number):
    assert number_in(cell) == Decimal(number)


def test_faults_are_said_with_sheet_row_and_column(world):
    filled = book(world).fill(ONE, utfall="ca 5", prognos="=1+1", kommentar="#REF!")
    filled.cell(ONE, "kommentar").data_type = "e"
    filled.fill("v-kvot-totalt", taljare=dt.date(2025, 4, 1), namnare=0.12)
    filled.cell("v-kvot-totalt", "namnare").number_format = "0%"
    assert [said[:75] for said in faults(world, filled)] == [
        "Mål 1, rad 7, kolumn K: Cellen K7 har en formel. Skriv värdet i stället: ko",
        "Mål 1, rad 7, kolumn H: Utbildade, totalt, utfall: ”ca 5” är inte ett tal. ",
        "Mål 1, rad 7, kolumn N: Utbildade, totalt, kommentar: Cellen visar felet #R",
        "Mål 1, rad 10, kolumn I: Andel, täljare: Cellen innehåller ett datum (2025-",
        "Mål 1, rad 10, kolumn J: Andel, nämnare: Cellen visar 12 % men innehåller 0",
    ]


def test_another_choice_than_those_of_the_list_is_refused(world):
    filled = book(world).fill(GOAL, bedomning="Jättebra").fill(ONE, saknas="Glömt")
    said = faults(world, filled)
    assert "”Glömt” finns inte bland det som kan väljas: Uppgiften finns inte," in said[0]
    assert "”Jättebra” finns inte bland det som kan väljas: Uppfylls helt," in said[1]


def test_another_namnds_and_another_periods_workbook_are_refused(world):
    make_namnd("bromma")
    make_period("2025-T2")
    said = faults((make_namnd("bromma"), make_period("2025-T2")), book(world))
    assert said == [
        "Arbetsboken är för Sodermalm stadsdelsnämnd, inte för Bromma stadsdelsnämnd. "
        "Ladda upp den på den nämndens rapport, eller hämta er egen arbetsbok.",
        "Arbetsboken är för tertialrapport 1 2025, inte för tertialrapport 2 2025. "
        "Ladda upp den på den periodens rapport, eller hämta arbetsboken för den här perioden.",
    ]


def test_moved_and_renamed_columns_and_sheets_are_found(world):
    filled = book(world).fill(ONE, utfall=12)
    sheet, _, columns = filled.find(ONE)
    sheet.title = "Mina siffror"
    at = columns["utfall"]
    sheet.cell(6, at).value = "Antal i år"
    sheet.insert_cols(3, 2)
    (change,) = plan_report_file(filled.file(), *world).changes
    assert (change.given_said, change.place.column) == ("12", "J")


def test_an_added_column_is_not_read_and_a_removed_one_is_missed(world):
    filled = book(world).fill(ONE, utfall=12)
    sheet, number, columns = filled.find(ONE)
    sheet.cell(number, 30).value = "min anteckning"
    plan = plan_report_file(filled.file(), *world)
    assert plan.notes == ("Kolumn AD i bladet Mål 1 hör inte till arbetsboken och lästes inte.",)
    sheet.delete_cols(columns["utfall"])
    assert "Kolumnen för Utbildade, totalt, utfall saknas" in faults(world, filled)[0]


def test_the_same_row_twice_a_stray_row_and_merged_cells_are_refused(world):
    filled = book(world)
    sheet, number, columns = filled.find(ONE)
    sheet.cell(60, 1).value = ONE
    sheet.cell(61, columns["utfall"]).value = 5
    sheet.merge_cells(start_row=number, end_row=number + 1, start_column=8, end_column=8)
    said = faults(world, filled)
    assert [part.split(":")[0] for part in said] == [
        "Mål 1, rad 7", "Mål 1, rad 60", f"Mål 1, rad 61, kolumn {chr(64 + columns['utfall'])}",
    ]  # fmt: skip
    assert "är sammanslagna" in said[0]
    assert "Raden står två gånger: också på Mål 1, rad 7." in said[1]


def test_rows_and_sheets_that_are_gone_are_left_as_they_are(world):
    filled = book(world)
    sheet, number, _ = filled.find("v-kvot-totalt")
    sheet.delete_rows(number)
    plan = plan_report_file(filled.file(), *world)
    assert plan.changes_nothing
    assert plan.notes == ("1 rad som rapporten har finns inte i filen. De lämnas som de är.",)


def test_a_workbook_of_somebody_elses_making_is_refused(world):
    filled = book(world)
    del filled.book["Nycklar"]
    (said,) = faults(world, filled)
    assert said.startswith("Det här är inte en arbetsbok som är hämtad från Samlad")


def test_a_definition_that_changed_meanwhile_is_said_where_it_matters(world):
    filled = book(world).fill(ONE, utfall=12)
    definition = entry_sheet(Report(namnd=world[0], period=world[1])).rows[0].definition
    definition.pk, definition.number, definition.valid_from = None, 2, dt.date(2025, 1, 1)
    definition.save()
    (said,) = faults(world, filled)
    assert "definition har ändrats sedan arbetsboken hämtades" in said


def test_what_does_not_go_together_with_a_colleagues_is_said_and_nothing_is_saved(world, actor):
    report = make_report(*world)
    definition = entry_sheet(report).rows[1].definition
    make_value(report, definition, numerator=5, denominator=10)
    kept = keep(world, book(world).fill("v-kvot-totalt", taljare=9), actor)
    digest = plan_of(kept).digest
    Value.objects.update(numerator=1, denominator=4)
    with pytest.raises((BadFile, PlanChanged, InvalidEntry)):
        confirm(kept, actor=actor, expected_digest=digest, choices={})
    assert Value.objects.get().denominator == 4


def test_who_may_not_type_may_not_upload_either(world, actor):
    stranger = make_user(Role.UPPGIFTSLAMNARE, make_namnd("bromma"))
    for person in (stranger, make_user(Role.GRANSKARE, world[0])):
        with pytest.raises(NotAllowed):
            keep(world, book(world), person)
    kept = keep(world, book(world).fill(ONE, utfall=1), actor)
    for command in (
        discard,
        lambda k, actor: confirm(k, actor=actor, expected_digest="", choices={}),
    ):
        with pytest.raises(NotAllowed):
            command(kept, actor=stranger)
    assert list(ReportFile.objects.visible_to(stranger)) == []
    assert list(ReportFile.objects.visible_to(actor)) == [kept]


def test_what_is_handed_in_or_closed_takes_no_workbook(world, actor):
    report = make_report(*world)
    make_value(report, entry_sheet(report).rows[0].definition, 7)
    kept = keep(world, book(world).fill(GOAL, analys="Ja"), actor)
    submit_report(report, actor=actor, expected_version=0)
    with pytest.raises(NotOpen, match="inlämnad"):
        confirm(kept, actor=actor, expected_digest="", choices={})
    with pytest.raises(NotOpen, match="inlämnad"):
        keep(world, book(world), actor)


def test_a_locked_period_takes_no_workbook(world, actor):
    world[1].state, world[1].lock_reason = PeriodState.LAST, "Redovisad."
    world[1].save()
    with pytest.raises(NotOpen, match="låst"):
        keep(world, book(world), actor)


def test_a_file_that_waits_too_long_is_forgotten(world, actor):
    with time_machine.travel("2025-05-02T08:00:00+02:00", tick=False):
        kept = keep(world, book(world).fill(ONE, utfall=1), actor)
    with time_machine.travel("2025-05-10T08:00:00+02:00", tick=False):
        with pytest.raises(NotOpen, match="väntat för länge"):
            plan_of(kept)
        assert (forget_old(), forget_old()) == (1, 0)
    kept.refresh_from_db()
    assert (kept.state, bytes(kept.content)) == (ReportFileState.UTGANGEN, b"")


def test_a_new_upload_takes_the_place_of_the_one_that_waited(world, actor):
    first = keep(world, book(world).fill(ONE, utfall=1), actor)
    second = keep(world, book(world).fill(ONE, utfall=2), actor)
    first.refresh_from_db()
    assert (first.state, second.state) == (ReportFileState.KASTAD, ReportFileState.VANTAR)


def test_earlier_values_and_the_target_stand_beside(world):
    namnd, _ = world
    definition = entry_sheet(Report(namnd=namnd, period=world[1])).rows[0].definition
    make_value(make_report(namnd, make_period("2024-VB")), definition, 40)
    make_value(make_report(namnd, make_period("2024-T1")), definition, 10)
    definition.indicator.targets.create(year=2025, value=50, source="Budget")
    opened = book(world)
    sheet, number, columns = opened.find(ONE)
    beside = [sheet.cell(number, columns[c]).value for c in ("forra", "fjol", "arsmal")]
    assert beside == ["40", "10", "50 (stadens)"]
    definition.indicator.targets.create(year=2025, namnd=namnd, value=9, is_example=True)
    assert book(world).cell(ONE, "arsmal").value == "9 (nämndens eget, exempel)"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]), max_size=30
)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.decimals(0, 10**9, places=0), women=st.none() | st.just(0), analysis=TEXTS)
def test_out_filled_in_and_out_again_shows_what_was_filled_in(
    world, actor, number, women, analysis
):
    analysis = analysis.strip()
    filled = book(world).fill(ONE, utfall=int(number)).fill("v-i-1-kvinnor", utfall=women)
    cell = filled.cell(GOAL, "analys")
    cell.value = analysis or None
    if analysis:
        cell.data_type = "s"
    read(world, filled, actor)
    after = book(world)
    assert plan_report_file(after.file(), *world).changes_nothing
    assert after.cell(ONE, "utfall").value == int(number)
    assert after.cell("v-i-1-kvinnor", "utfall").value == women
    assert GradeInput(0, "", analysis).is_empty or GoalGrade.objects.get().analysis
    workbook = load_workbook(io.BytesIO(report_xlsx(entry_sheet(Report.objects.get()))))
    assert workbook.sheetnames == ["Läs först", "Mål 1", "Definitioner", "Nycklar"]


def test_goals_with_one_number_in_two_programmes_have_sheets_of_their_own(world):
    make_indicator("i-9", goal=make_goal(1, make_programme("annat-2023-2026", last_year=2026)))
    assert book(world).book.sheetnames[1:3] == ["Program 1, mål 1", "Program 2, mål 1"]
