"""Saving one cell: as the whole report is saved, but nobody is in the way of another cell."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.cells import ActivityKey, GivenCell, GoalKey, IndicatorKey, save_cell
from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.entry import save_entries, submit_report
from indicators.domain.errors import Conflict, InvalidContent, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.statuses import StatusInput
from indicators.enums import (
    ActivityState,
    Aggregation,
    Category,
    Grade,
    MissingReason,
    PeriodState,
    ReportState,
)
from indicators.models import ActivityStatus, GoalGrade, Report, Value
from organisation.enums import Role
from organisation.models import Membership, User
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from trace.domain.history import change_model
from trace.models import Event

pytestmark = pytest.mark.django_db

KEY = IndicatorKey("i-1")
GOAL = GoalKey("vald-2021-2025", "1")


@pytest.fixture
def actor():
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd())


def number(text=None, category=Category.TOTAL, **fields):
    return ValueInput(0, category, number=None if text is None else Decimal(text), **fields)


def save(actor, *content, seen=(), key=KEY, namnd="sodermalm", period="2025-T1"):
    given = GivenCell(key, content, tuple(seen))
    return save_cell(namnd, period, actor=actor, given=given)


def summaries():
    return [event.summary for event in Event.objects.order_by("pk")]


def test_a_cell_is_saved_with_its_author_its_event_and_its_history(actor):
    make_indicator(name="Antal utbildade")
    report = make_report()

    saved = save(actor, number("12.5", comment="Ungefär", forecast=Decimal(30)))

    value = Value.objects.get()
    assert (value.number, value.comment, value.forecast, value.entered_by) == (
        Decimal("12.50"),
        "Ungefär",
        Decimal("30.00"),
        actor,
    )
    assert (saved.revision, saved.changed) == (1, True)
    assert Report.objects.get().revision == 1
    assert Report.objects.get().changed_at == saved.at
    assert summaries() == ["Sparade ”Antal utbildade”"]
    assert Event.objects.get().scope == report.namnd.code
    changes = change_model(Value).objects.values_list("pgh_label", "number")
    assert list(changes) == [("insert", Decimal("12.50"))]


def test_a_goal_and_an_activity_are_cells_too(actor):
    make_activity("a-1", make_goal())
    make_report()

    save(actor, GradeInput(0, Grade.DELVIS, "En bit kvar."), key=GOAL)
    deviates = StatusInput(0, ActivityState.AVVIKER, "Sen start", dt.date(2026, 2, 1))
    saved = save(actor, deviates, key=ActivityKey("a-1"))

    assert GoalGrade.objects.values_list("grade", "analysis", "entered_by").get() == (
        Grade.DELVIS,
        "En bit kvar.",
        actor.pk,
    )
    assert ActivityStatus.objects.values_list("state", "new_date", "entered_by").get() == (
        ActivityState.AVVIKER,
        dt.date(2026, 2, 1),
        actor.pk,
    )
    assert saved.revision == 2
    assert summaries() == ["Sparade bedömningen av mål 1", "Sparade läget för ”Aktivitet a-1”"]


def test_a_delmål_is_told_by_its_whole_number(actor):
    above = make_goal(4)
    below = make_goal(2, parent=above)
    make_goal(2, text="Ett annat mål.")
    make_indicator(goal=below)
    make_report()
    save(actor, GradeInput(0, Grade.HELT), key=GoalKey("vald-2021-2025", "4.2"))
    assert GoalGrade.objects.get().goal == below


def test_the_first_save_begins_the_report_and_an_empty_one_does_not(actor):
    make_indicator(name="Antal")
    make_period()
    saved = save(actor, number())
    assert (saved.changed, Report.objects.count(), Event.objects.count()) == (False, 0, 0)

    saved = save(actor, number("3"))
    assert (saved.revision, Report.objects.get().revision) == (1, 1)
    assert summaries() == ["Påbörjade tertialrapport 1 2025", "Sparade ”Antal”"]


def test_the_same_again_changes_nothing_whatever_was_seen(actor):
    make_indicator()
    make_report()
    save(actor, number("7"))
    saved = save(actor, number("7"), seen=[number("4711")])
    assert (saved.revision, saved.changed) == (1, False)
    assert Report.objects.get().revision == 1
    assert Event.objects.count() == 1


def test_an_emptied_cell_is_removed(actor):
    definition = make_indicator()
    make_value(make_report(), definition, 4)
    saved = save(actor, number(), seen=[number("4")])
    assert Value.objects.count() == 0
    assert saved.content == (ValueInput(definition.pk),)


def test_two_people_in_different_cells_are_not_in_each_others_way(actor):
    make_indicator(split_by_sex=True)
    make_indicator("i-2")
    make_report()
    other = make_user(Role.UPPGIFTSLAMNARE)
    save(actor, number("10"))
    save(other, number("5"), key=IndicatorKey("i-2"))
    save(actor, number("6", Category.KVINNOR))
    saved = save(other, number("4", Category.MAN))
    assert [(c.category, c.number) for c in saved.content] == [
        (Category.TOTAL, 10),
        (Category.KVINNOR, 6),
        (Category.MAN, 4),
    ]
    assert Report.objects.get().revision == 4


def test_somebody_elses_content_in_the_same_cell_is_a_conflict_that_carries_it(actor):
    definition = make_indicator()
    make_report()
    other = make_user(Role.UPPGIFTSLAMNARE)
    with time_machine.travel("2025-05-02T14:32:00+02:00", tick=False):
        save(other, number("5"))
        at = dt.datetime.now(dt.UTC)

    with pytest.raises(Conflict) as conflict:
        save(actor, number("6"), seen=[number()])

    assert conflict.value.theirs == {
        Category.TOTAL: ValueInput(definition.pk, number=Decimal("5.00"))
    }
    assert (conflict.value.by, conflict.value.at) == (other, at)
    assert (Value.objects.get().number, Report.objects.get().revision) == (5, 1)

    save(actor, number("6"), seen=[number("5")])
    assert Value.objects.get().number == 6


def test_what_somebody_else_emptied_is_a_conflict_too(actor):
    definition = make_indicator()
    make_value(make_report(), definition, 4)
    other = make_user(Role.UPPGIFTSLAMNARE)
    save(other, number(), seen=[number("4")])
    with pytest.raises(Conflict) as conflict:
        save(actor, number("5"), seen=[number("4")])
    assert conflict.value.theirs == {Category.TOTAL: ValueInput(definition.pk)}
    assert conflict.value.by == other


def test_a_grade_and_a_status_have_conflicts_of_their_own(actor):
    make_activity("a-1", make_goal())
    make_report()
    other = make_user(Role.UPPGIFTSLAMNARE)
    save(other, GradeInput(0, Grade.HELT), key=GOAL)
    save(other, StatusInput(0, ActivityState.PABORJAD), key=ActivityKey("a-1"))
    with pytest.raises(Conflict) as conflict:
        save(actor, GradeInput(0, Grade.EJ), seen=[GradeInput(0)], key=GOAL)
    assert conflict.value.theirs[""].grade == Grade.HELT
    with pytest.raises(Conflict) as conflict:
        save(actor, StatusInput(0, ActivityState.GENOMFORD), key=ActivityKey("a-1"))
    assert conflict.value.theirs[""].state == ActivityState.PABORJAD


def test_a_page_from_before_somebody_elses_cell_cannot_save_the_whole_report(actor):
    """The road without JavaScript notices what was saved cell by cell."""
    definition = make_indicator()
    report = make_report()
    save(make_user(Role.UPPGIFTSLAMNARE), number("5"))
    with pytest.raises(Conflict):
        save_entries(
            report,
            actor=actor,
            expected_version=0,
            values=[ValueInput(definition.pk, number=Decimal(6))],
            grades=[],
        )


def test_the_rules_are_those_of_the_whole_report_field_by_field(actor):
    make_indicator(split_by_sex=True, aggregation=Aggregation.RATIO)
    make_report()
    with pytest.raises(InvalidContent) as refusal:
        save(actor, ValueInput(0, numerator=Decimal(9), denominator=Decimal(4)))
    assert [(p.category, p.part, p.message) for p in refusal.value.problems] == [
        ("totalt", "taljare", "9 är fler än 4. ”Täljare” kan inte vara fler än ”Nämnare”.")
    ]
    with pytest.raises(InvalidContent) as refusal:
        save(actor, GradeInput(0, "toppen", "Ring 850709-9805"), key=GOAL)
    assert [p.part for p in refusal.value.problems] == ["bedomning", "analys"]
    assert (Value.objects.count(), Event.objects.count()) == (0, 0)
    assert Report.objects.get().revision == 0


def test_a_part_is_checked_against_what_is_saved_in_the_others(actor):
    definition = make_indicator(split_by_sex=True)
    report = make_report()
    make_value(report, definition, 10)
    make_value(report, definition, 6, category=Category.KVINNOR)
    with pytest.raises(InvalidContent, match="tillsammans 11"):
        save(actor, number("5", Category.MAN))


@pytest.mark.parametrize("reason", MissingReason.values)
def test_why_something_is_missing_stands_instead_of_a_number(actor, reason):
    make_indicator()
    make_report()
    save(actor, number(missing=reason))
    assert Value.objects.values_list("number", "missing").get() == (None, reason)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": Decimal(1), "forecast": Decimal(-1)}, "Prognosen kan inte vara negativ."),
        ({"number": Decimal(1), "forecast": Decimal("1.5")}, "Skriv ett heltal, utan decimaler."),
        ({"forecast": Decimal(5)}, "Prognosen kan sparas först när det finns ett utfall"),
    ],
)
def test_a_forecast_is_checked(actor, fields, message):
    make_indicator(whole_numbers=True)
    make_report()
    with pytest.raises(InvalidContent, match=message):
        save(actor, ValueInput(0, **fields))


def test_a_forecast_is_asked_for_in_the_tertials_only(actor):
    make_indicator()
    make_report(period=make_period("2025-VB"))
    with pytest.raises(InvalidContent, match="bara i tertialrapport 1 och 2"):
        save(actor, number("1", forecast=Decimal(2)), period="2025-VB")


@pytest.mark.parametrize(
    "key",
    [
        IndicatorKey("i-9"),
        IndicatorKey("finns-inte"),
        GoalKey("vald-2021-2025", "7"),
        GoalKey("annat", "1"),
        ActivityKey("a-9"),
    ],
)
def test_what_is_not_asked_of_the_namnd_is_refused(actor, key):
    make_indicator()
    make_indicator("i-9", namnd=make_namnd("farsta"), goal=make_goal(7))
    elsewhere = make_activity("a-9", make_goal(8))
    elsewhere.responsibilities.update(group="", namnd=make_namnd("farsta"))
    make_report()
    content = {
        IndicatorKey: number("1"),
        GoalKey: GradeInput(0, Grade.HELT),
        ActivityKey: StatusInput(0, ActivityState.PABORJAD),
    }[type(key)]
    with pytest.raises(InvalidEntry, match="begär inte"):
        save(actor, content, key=key)
    assert Report.objects.get().revision == 0


@pytest.mark.parametrize("state", [PeriodState.PLANERAD, PeriodState.STANGD, PeriodState.LAST])
def test_a_period_that_is_not_open_says_why(actor, state):
    make_indicator()
    make_report(period=make_period(state=state))
    with pytest.raises(NotOpen, match="Tertialrapport 1 2025"):
        save(actor, number("1"))
    assert Value.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ReportState.INLAMNAD, "Rapporten är inlämnad och väntar på granskning."),
        (ReportState.GODKAND, "Rapporten är godkänd och kan inte ändras."),
        (ReportState.LAST, "Rapporten är låst och kan inte ändras."),
    ],
)
def test_a_report_that_is_handed_in_says_so(actor, state, words):
    make_indicator()
    make_report(state=state)
    with pytest.raises(NotOpen, match=words):
        save(actor, number("1"))
    assert (Value.objects.count(), Report.objects.get().revision) == (0, 0)


def test_a_report_handed_in_by_somebody_else_meanwhile_takes_no_more(actor):
    definition = make_indicator()
    report = make_report()
    make_value(report, definition, 4)
    other = make_user(Role.UPPGIFTSLAMNARE, name="Anna Ek")
    submit_report(report, actor=other, expected_version=0)
    with pytest.raises(NotOpen, match=r"inlämnad den .* av Anna Ek"):
        save(actor, number("5"), seen=[number("4")])


@pytest.mark.parametrize("role", [r for r in Role if r != Role.UPPGIFTSLAMNARE])
def test_only_uppgiftslamnare_of_the_namnd_save(role):
    make_indicator()
    make_report()
    actor = make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd())
    with pytest.raises(NotAllowed):
        save(actor, number("1"))
    stranger = make_user(Role.UPPGIFTSLAMNARE, make_namnd("farsta"))
    with pytest.raises(NotAllowed):
        save(stranger, number("1"))


def test_a_right_taken_away_works_on_the_next_save(actor):
    make_indicator()
    make_report()
    save(actor, number("1"))
    Membership.objects.filter(user=actor).delete()
    with pytest.raises(NotAllowed):
        save(User.objects.get(pk=actor.pk), number("2"), seen=[number("1")])
    assert Value.objects.get().number == 1


@pytest.mark.parametrize("kind", ["indicator", "goal", "activity"])
def test_the_queries_are_as_many_for_seventy_indicators_as_for_seven(actor, kind):
    """The person's roles, the cell, its row, the event: and two of the transaction."""
    goal = make_goal()
    make_activity("a-1", goal)
    make_report()

    def queries(turn):
        key, content = {
            "indicator": (KEY, lambda n: number(str(n + 1))),
            "goal": (GOAL, lambda n: GradeInput(0, Grade.HELT, str(n))),
            "activity": (ActivityKey("a-1"), lambda n: StatusInput(0, "paborjad", str(n))),
        }[kind]
        person = User.objects.get(pk=actor.pk)
        seen = [content(turn - 1)] if turn else []
        with CaptureQueriesContext(connection) as captured:
            save(person, content(turn), seen=seen, key=key)
        # What a connection prepares once is no part of a save, whichever test comes first.
        return sum("PREPARE " not in query["sql"] for query in captured)

    for n in range(1, 8):
        make_indicator(f"i-{n}", goal=goal)
    first, seven = queries(0), queries(1)
    for n in range(8, 71):
        make_indicator(f"i-{n}", goal=goal)
    assert (first, seven, queries(2)) == (6, 6, 6)
