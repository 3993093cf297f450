"""Women and men make up the total, or it is ticked that nobody knows the sex of the rest."""

import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.domain.cell_history import cell_history
from indicators.domain.cells import IndicatorKey
from indicators.domain.checks import Part, ValueInput, check_indicator, check_rest
from indicators.domain.entry import return_report, submit_report
from indicators.domain.errors import InvalidContent
from indicators.domain.importing.comparing import plan_report_file
from indicators.domain.sheet import entry_sheet
from indicators.enums import Aggregation, Category, MissingReason
from indicators.models import Report, Value
from organisation.enums import Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.report_book import Book

pytestmark = pytest.mark.django_db
TICK = "v-i-1-totalt-resten"
FIELDS = {c: f"v-i-1-{c}-utfall" for c in ("totalt", "kvinnor", "man")}
UNACCOUNTED = (
    "Kvinnor (60) och män (31) är tillsammans 91, och totalen är 100. Rätta talen så att de går "
    "ihop, eller kryssa i ”Resten: uppgift om kön saknas” om könet inte är känt för 9."
)


@pytest.fixture
def actor(client):
    user = make_user(Role.UPPGIFTSLAMNARE, make_namnd())
    client.force_login(user)
    return user


@pytest.fixture
def definition():
    return make_indicator(name="Utbildade", split_by_sex=True)


def cells(definition, total, women=None, men=None, *, ticked=False):
    numbers = {Category.TOTAL: total, Category.KVINNOR: women, Category.MAN: men}
    return {
        category: ValueInput(
            definition.pk,
            category,
            number=Decimal(number),
            sex_unknown=ticked and category == Category.TOTAL,
        )
        for category, number in numbers.items()
        if number is not None
    }


def fill(definition, women=60, men=31, **total):
    report = make_report()
    make_value(report, definition, 100, **total)
    make_value(report, definition, women, category=Category.KVINNOR)
    if men is not None:
        make_value(report, definition, men, category=Category.MAN)
    return report


def autosave(client, **fields):
    sent = {"cell": "v-i-1", "seen": "{}"} | fields
    answer = client.post(reverse("report-autosave", args=["sodermalm", "2025-T1"]), sent)
    return answer.json()


@pytest.mark.parametrize(
    ("given", "ticked", "rest"),
    [
        ((100, 60, 40), False, None),
        ((100, 60, 31), False, "9"),
        ((100, 60, 31), True, None),
        # Nobody has said how many the other sex is: what is not given is not zero.
        ((100, 60, None), False, "40"),
        ((100, None, 60), False, "40"),
        ((100, 60, None), True, None),
        # One sex that is the whole total leaves nothing over.
        ((100, 100, None), False, None),
        # Not split at all is no wrong split.
        ((100, None, None), False, None),
        ((0, 0, 0), False, None),
    ],
)
def test_the_total_is_accounted_for_or_the_rest_is_ticked(definition, given, ticked, rest):
    found = check_rest(definition, cells(definition, *given, ticked=ticked))
    assert [p.message.rsplit(" för ", 1)[1] for p in found] == ([f"{rest}."] if rest else [])


def test_of_a_ratio_each_of_its_numbers_is_held_against_the_total():
    definition = make_indicator(split_by_sex=True, aggregation=Aggregation.RATIO)
    given = {
        category: ValueInput(
            definition.pk, category, numerator=Decimal(one), denominator=Decimal(other)
        )
        for category, one, other in (
            (Category.TOTAL, 9, 14), (Category.KVINNOR, 6, 8), (Category.MAN, 3, 5),
        )
    }  # fmt: skip
    (problem,) = check_rest(definition, given)
    assert problem.part is Part.DENOMINATOR
    assert problem.message.startswith(
        "Kvinnor (8) och män (5) är tillsammans 13 i ”Nämnare”, och totalen är 14. "
    )


LEFT = (
    "Räknas {} bort från totalen (9 av 14) är {} kvar. ”Täljare” kan inte vara fler än "
    "”Nämnare” där heller."
)


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize(
    ("women", "men", "told"),
    [
        ((6, 9), (2, 5), LEFT.format("kvinnor (6 av 9) och män (2 av 5)", "1 av 0")),
        # Whatever is still to be typed of men: three of two they cannot be.
        ((6, 12), None, LEFT.format("kvinnor (6 av 12)", "3 av 2")),
        ((6, 9), (3, 5), None),
        ((6, 8), (2, 5), None),
        ((6, 11), None, None),
        # More than the total is told as that, and not twice.
        ((8, 9), (2, 5), "Kvinnor och män är tillsammans 10, fler än totalen 9."),
    ],
)
def test_of_a_ratio_what_is_left_is_a_part_of_its_whole(women, men, told, ticked):
    definition = make_indicator(split_by_sex=True, aggregation=Aggregation.RATIO)
    given = {
        category: ValueInput(
            definition.pk,
            category,
            numerator=Decimal(parts[0]),
            denominator=Decimal(parts[1]),
            sex_unknown=ticked and category == Category.TOTAL,
        )
        for category, parts in (
            (Category.TOTAL, (9, 14)), (Category.KVINNOR, women), (Category.MAN, men),
        )
        if parts
    }  # fmt: skip
    found = check_indicator(definition, given, make_period())
    assert [p.message for p in found] == ([told] if told else [])
    assert all((p.category, p.part) == (Category.TOTAL, Part.NUMERATOR) for p in found)


def test_what_is_left_of_a_ratio_is_told_while_it_is_typed(client, actor):
    make_indicator(
        name="Boende", split_by_sex=True, aggregation=Aggregation.RATIO,
    )  # fmt: skip
    make_period("2025-T1")
    typed = {
        "v-i-1-totalt-taljare": "9", "v-i-1-totalt-namnare": "14",
        "v-i-1-kvinnor-taljare": "6", "v-i-1-kvinnor-namnare": "9",
        "v-i-1-man-taljare": "2", "v-i-1-man-namnare": "5", TICK: "ja",
    }  # fmt: skip
    told = autosave(client, **typed)
    assert told["problems"] == {
        "v-i-1-totalt-taljare": LEFT.format("kvinnor (6 av 9) och män (2 av 5)", "1 av 0")
    }
    assert not Value.objects.exists()


def test_more_than_the_total_stays_an_error_with_the_tick(definition):
    given = cells(definition, 100, 60, 41, ticked=True)
    (problem,) = check_indicator(definition, given, make_period())
    assert problem.message == "Kvinnor och män är tillsammans 101, fler än totalen 100."


def test_a_share_that_cannot_be_added_has_no_rest():
    definition = make_indicator(split_by_sex=True, unit="%", aggregation=Aggregation.LATEST)
    assert check_rest(definition, cells(definition, 70, 80, 50)) == ()
    (problem,) = check_indicator(
        definition, cells(definition, 70, 80, 50, ticked=True), make_period()
    )
    assert problem.part is Part.REST


def test_saving_is_not_refused_and_says_it_beside_the_cell(client, actor, definition):
    make_period("2025-T1")
    told = autosave(client, **{FIELDS["totalt"]: "100"})
    assert (told["mend"], told["saved"][TICK]) == ([], "")
    autosave(client, **{FIELDS["kvinnor"]: "60"})
    told = autosave(client, **{FIELDS["man"]: "31"})
    assert (told["mend"], told["warnings"]) == ([UNACCOUNTED], [])
    for name in ("report", "report-goal"):
        args = ["sodermalm", "2025-T1", *(["1"] if name == "report-goal" else [])]
        body = client.get(reverse(name, args=args)).content.decode()
        assert f'<li class="warning mend">{UNACCOUNTED}</li>' in body
        assert "Skriv en förklaring i kommentaren" not in body
        assert (f'name="{TICK}"' in body, "checked" in body) == (True, False)

    seen = json.dumps({FIELDS["totalt"]: "100"})
    with CaptureQueriesContext(connection) as captured:
        told = autosave(client, **{FIELDS["totalt"]: "100", TICK: "ja", "seen": seen})
    assert (told["mend"], told["saved"][TICK]) == ([], "ja")
    assert len(captured) <= 8
    assert Value.objects.get(category="totalt").sex_unknown
    body = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert f'name="{TICK}" id="id_{TICK}" value="ja" checked' in body

    seen = json.dumps({FIELDS["totalt"]: "100", TICK: "ja"})
    told = autosave(client, **{FIELDS["totalt"]: "100", TICK: "", "seen": seen})
    assert (told["mend"], told["saved"][TICK]) == ([UNACCOUNTED], "")


def test_a_tick_without_a_total_waits_for_it(client, actor, definition):
    make_period("2025-T1")
    told = autosave(client, **{FIELDS["totalt"]: "", TICK: "ja"})
    assert told["problems"] == {
        TICK: "Krysset om kön hör till en ifylld total. Fyll i totalen, eller ta bort krysset."
    }


def test_without_scripts_the_form_ticks_and_takes_the_tick_away(client, actor, definition):
    fill(definition)
    page = reverse("report", args=["sodermalm", "2025-T1"])
    typed = {FIELDS["totalt"]: "100", FIELDS["kvinnor"]: "60", FIELDS["man"]: "31"}
    for more, expected in (({TICK: "ja"}, True), ({}, False)):
        revision = Report.objects.get().revision
        seen = json.dumps(typed if expected else typed | {TICK: "ja"})
        client.post(page, {"revision": revision, "seen": seen, **typed, **more})
        assert Value.objects.get(category="totalt").sex_unknown is expected


def test_handing_in_is_stopped_until_the_rest_is_accounted_for(client, actor, definition):
    report = fill(definition)
    with pytest.raises(InvalidContent) as stopped:
        submit_report(report, actor=actor, expected_version=report.revision)
    assert [problem.message for problem in stopped.value.problems] == [UNACCOUNTED]
    page = reverse("report-submit", args=["sodermalm", "2025-T1"])
    assert UNACCOUNTED in client.get(page).content.decode()

    Value.objects.filter(category="totalt").update(sex_unknown=True)
    body = client.get(page).content.decode()
    assert UNACCOUNTED not in body
    assert "<li>Utbildade: 9</li>" in body
    report = submit_report(
        Report.objects.get(), actor=actor, expected_version=report.revision, unexplained=1
    )
    reviewer = make_user(Role.GRANSKARE, make_namnd(), username="granskare")
    report = return_report(
        report, actor=reviewer, expected_version=report.revision, reason="Se över."
    )
    copied = report.current.values.get(category="totalt")
    assert copied.sex_unknown


def test_the_tick_is_told_in_words(actor, definition):
    report = fill(definition)
    Value.objects.filter(category="totalt").update(sex_unknown=True)
    (row,) = entry_sheet(report).rows
    assert row.outcomes[-1] == ("Resten: uppgift om kön saknas", "9")
    said = [line.what for line in cell_history(report, IndicatorKey("i-1"), reader=actor)]
    assert any("krysset att uppgift om kön saknas för resten" in words for words in said)


@pytest.mark.parametrize(
    "wrong", [{"category": Category.KVINNOR}, {"missing": MissingReason.FINNS_INTE, "number": None}]
)
def test_the_database_keeps_the_tick_at_the_outcome_of_a_total(definition, wrong):
    with pytest.raises(IntegrityError, match="rest_without_sex"), transaction.atomic():
        make_value(make_report(), definition, **({"number": 1} | wrong), sex_unknown=True)


def test_the_workbook_carries_the_tick_both_ways(actor, definition):
    report = fill(definition)
    place = (report.namnd, report.period)
    filled = Book(*place).fill("v-i-1-totalt", resten="ja")
    plan = plan_report_file(filled.file(), *place)
    (change,) = plan.changes
    assert (change.field.name, change.now_said, change.given_said) == (TICK, "tomt", "Ja")
    (value,) = plan.contents(()).values
    assert (value.number, value.sex_unknown) == (Decimal(100), True)

    Value.objects.filter(category="totalt").update(sex_unknown=True)
    again = Book(*place)
    assert again.cell("v-i-1-totalt", "resten").value == "Ja"
    assert plan_report_file(again.file(), *place).changes_nothing


def test_a_workbook_from_before_there_was_a_tick_leaves_it(definition):
    report = fill(definition)
    place = (report.namnd, report.period)
    book = Book(*place)
    sheet, _, columns = book.find("v-i-1-totalt")
    sheet.delete_cols(columns["resten"])
    keys = book.book["Nycklar"]
    (row,) = [cells[0].row for cells in keys.iter_rows() if TICK in [c.value for c in cells]]
    keys.delete_rows(row)
    book.fill("v-i-1-man", utfall=40)
    (change,) = plan_report_file(book.file(), *place).changes
    assert change.given == "40"


def test_import_values_reads_the_tick_and_keeps_it_where_nothing_is_said(tmp_path, definition):
    make_namnd()
    make_period("2025-T1")
    path = tmp_path / "v.csv"

    def run(*rows):
        path.write_text("\n".join(rows), "utf-8")
        call_command("import_values", path, "--period", "2025-T1", "--namnd", "sodermalm")
        return Value.objects.get(category="totalt")

    assert run("indikator;värde;resten utan kön", "i-1;100;ja").sex_unknown
    kept = run("indikator;värde", "i-1;90")
    assert (kept.number, kept.sex_unknown) == (90, True)
    assert not run("indikator;saknas", "i-1;finns-inte").sex_unknown
    assert run("indikator;värde;resten utan kön", "i-1;100;ja").sex_unknown
    assert not run("indikator;resten utan kön", "i-1;nej").sex_unknown
