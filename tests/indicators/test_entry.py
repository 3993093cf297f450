"""Saving what was filled in: the right, the period, the content, and two people at once."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.entry import save_entries
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.reports import open_report
from indicators.enums import Aggregation, Category, Grade, MissingReason, PeriodState, ReportState
from indicators.models import GoalGrade, Report, Value
from organisation.enums import Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from trace.models import Event

pytestmark = pytest.mark.django_db


def save(report, actor, *, values=(), grades=(), version=None):
    return save_entries(
        report,
        actor=actor,
        expected_version=report.revision if version is None else version,
        values=values,
        grades=grades,
    )


def filler(report=None):
    return make_user(Role.UPPGIFTSLAMNARE, report.namnd if report else make_namnd())


def number(definition, text, **fields):
    return ValueInput(definition.pk, number=Decimal(text), **fields)


def summaries(report):
    return [event.summary for event in Event.objects.about(report)]


def test_saving_writes_the_value_its_author_and_one_event():
    definition, report = make_indicator(), make_report()
    actor = filler(report)

    saved = save(report, actor, values=[number(definition, "12.5", comment="Ungefär")])

    value = Value.objects.get()
    assert (value.number, value.comment, value.entered_by) == (Decimal("12.50"), "Ungefär", actor)
    assert saved.revision == 1
    assert Report.objects.get().revision == 1
    assert summaries(report) == ["Sparade 1 uppgift"]


def test_the_first_save_begins_the_report():
    definition, namnd, period = make_indicator(), make_namnd(), make_period()
    actor = filler()

    report = save(Report(namnd=namnd, period=period), actor, values=[number(definition, "3")])

    assert Report.objects.get() == report
    assert report.current.number == 1
    assert summaries(report) == ["Sparade 1 uppgift", "Påbörjade tertialrapport 1 2025"]


def test_an_empty_first_save_begins_nothing():
    definition, actor = make_indicator(), filler()
    report = Report(namnd=make_namnd(), period=make_period())
    save(report, actor, values=[ValueInput(definition.pk)])
    assert Report.objects.count() == 0
    assert Event.objects.count() == 0


def test_opening_twice_gives_the_same_report_and_one_event():
    make_indicator()
    actor = filler()
    first = open_report(make_namnd(), make_period(), actor=actor)
    second = open_report(make_namnd(), make_period(), actor=actor)
    assert first == second
    assert summaries(first) == ["Påbörjade tertialrapport 1 2025"]


def test_zero_is_saved_and_is_not_missing():
    definition, report = make_indicator(), make_report()
    save(report, filler(report), values=[number(definition, "0")])
    assert Value.objects.values_list("number", "missing").get() == (Decimal("0.00"), "")


def test_a_ratio_is_saved_as_its_parts():
    definition, report = make_indicator(aggregation=Aggregation.RATIO), make_report()
    given = ValueInput(definition.pk, numerator=Decimal(9), denominator=Decimal(14))
    save(report, filler(report), values=[given])
    assert Value.objects.values_list("number", "numerator", "denominator").get() == (
        None,
        Decimal("9.00"),
        Decimal("14.00"),
    )


def test_a_reason_can_stand_instead_of_a_number():
    definition, report = make_indicator(), make_report()
    make_value(report, definition, 4)
    given = ValueInput(definition.pk, missing=MissingReason.MATS_INTE)
    save(report, filler(report), values=[given])
    assert Value.objects.values_list("number", "missing").get() == (None, MissingReason.MATS_INTE)


def test_an_emptied_field_removes_the_value():
    definition, report = make_indicator(), make_report()
    make_value(report, definition, 4)
    save(report, filler(report), values=[ValueInput(definition.pk)])
    assert Value.objects.count() == 0


def test_only_what_changed_gets_a_new_author_and_time():
    goal, report = make_goal(), make_report()
    one, two = (make_indicator(code, goal=goal) for code in ("i-1", "i-2"))
    first, second = filler(report), filler(report)
    with time_machine.travel("2025-05-02T08:00:00+02:00", tick=False):
        save(report, first, values=[number(one, "1"), number(two, "2")])
    with time_machine.travel("2025-05-03T08:00:00+02:00", tick=False):
        save(report, second, values=[number(one, "1"), number(two, "3")], version=1)

    assert list(
        Value.objects.order_by("definition").values_list("entered_by", "entered_at__day")
    ) == [(first.pk, 2), (second.pk, 3)]


def test_grades_are_saved_changed_and_removed():
    make_indicator()
    report, goal = make_report(), make_goal()
    actor = filler(report)
    report = save(report, actor, grades=[GradeInput(goal.pk, Grade.DELVIS, "En bit kvar.")])
    assert GoalGrade.objects.values_list("grade", "analysis").get() == (
        Grade.DELVIS,
        "En bit kvar.",
    )
    report = save(report, actor, grades=[GradeInput(goal.pk, Grade.HELT, "Klart.")])
    assert GoalGrade.objects.values_list("grade", "analysis").get() == (Grade.HELT, "Klart.")
    report = save(report, actor, grades=[GradeInput(goal.pk)])
    assert GoalGrade.objects.count() == 0
    assert summaries(report) == ["Sparade 1 bedömning"] * 3


def test_the_same_form_posted_twice_is_no_conflict_and_one_event():
    definition, report = make_indicator(), make_report()
    actor = filler(report)
    for _ in range(2):
        saved = save(report, actor, values=[number(definition, "7")], version=0)
    assert saved.revision == 1
    assert summaries(report) == ["Sparade 1 uppgift"]


def test_a_form_posted_twice_when_nobody_had_begun_is_no_conflict():
    definition, actor = make_indicator(), filler()
    for _ in range(2):
        unsaved = Report(namnd=make_namnd(), period=make_period())
        save(unsaved, actor, values=[number(definition, "7")], version=0)
    assert Value.objects.count() == 1
    assert Event.objects.count() == 2


def test_somebody_elses_save_in_between_is_a_conflict_that_carries_both():
    goal, report = make_goal(), make_report()
    one, two = (make_indicator(code, goal=goal) for code in ("i-1", "i-2"))
    first, second = filler(report), filler(report)
    save(report, first, values=[number(one, "5"), number(two, "9")])

    with pytest.raises(Conflict) as conflict:
        save(
            report,
            second,
            values=[number(one, "6"), number(two, "9")],
            grades=[GradeInput(goal.pk, Grade.HELT)],
            version=0,
        )

    assert conflict.value.revision == 1
    assert conflict.value.by == first
    assert conflict.value.theirs == {
        (one.pk, Category.TOTAL): number(one, "5"),
        goal.pk: None,
    }
    assert Value.objects.get(definition=one).number == 5
    assert GoalGrade.objects.count() == 0
    assert summaries(report) == ["Sparade 2 uppgifter"]


@pytest.mark.parametrize("state", [PeriodState.PLANERAD, PeriodState.STANGD, PeriodState.LAST])
def test_nothing_is_saved_in_a_period_that_is_not_open(state):
    definition, report = make_indicator(), make_report(period=make_period(state=state))
    with pytest.raises(NotOpen):
        save(report, filler(report), values=[number(definition, "1")])
    unsaved = Report(namnd=make_namnd("farsta"), period=report.period)
    actor = make_user(Role.UPPGIFTSLAMNARE, unsaved.namnd)
    with pytest.raises(NotOpen):
        save(unsaved, actor, values=[number(definition, "1")])
    assert Value.objects.count() == 0
    assert Report.objects.count() == 1


@pytest.mark.parametrize("state", [ReportState.INLAMNAD, ReportState.GODKAND, ReportState.LAST])
def test_nothing_is_saved_in_a_report_that_has_been_handed_in(state):
    definition, report = make_indicator(), make_report(state=state)
    with pytest.raises(NotOpen):
        save(report, filler(report), values=[number(definition, "1")])
    assert Value.objects.count() == 0


@pytest.mark.parametrize("role", [r for r in Role if r != Role.UPPGIFTSLAMNARE])
def test_only_uppgiftslamnare_save(role):
    definition, report = make_indicator(), make_report()
    actor = make_user(role, None if role == Role.SYSTEMFORVALTARE else report.namnd)
    with pytest.raises(NotAllowed):
        save(report, actor, values=[number(definition, "1")])


def test_uppgiftslamnare_of_another_namnd_does_not_save():
    definition, report = make_indicator(), make_report()
    stranger = make_user(Role.UPPGIFTSLAMNARE, make_namnd("farsta"))
    with pytest.raises(NotAllowed):
        save(report, stranger, values=[number(definition, "1")])


def test_one_bad_value_saves_nothing_at_all():
    goal, report = make_goal(), make_report()
    one, two = (make_indicator(code, goal=goal) for code in ("i-1", "i-2"))
    with pytest.raises(InvalidEntry):
        save(report, filler(report), values=[number(one, "5"), number(two, "-1")])
    assert Value.objects.count() == 0
    assert Event.objects.count() == 0


def test_an_indicator_that_is_not_asked_of_the_namnd_is_refused():
    make_indicator()
    other = make_indicator("i-9", namnd=make_namnd("farsta"))
    report = make_report()
    with pytest.raises(InvalidEntry, match="begär inte"):
        save(report, filler(report), values=[number(other, "1")])
    with pytest.raises(InvalidEntry, match="begär inte"):
        save(report, filler(report), grades=[GradeInput(make_goal(7).pk, Grade.HELT)])


def test_a_sex_is_refused_where_the_indicator_is_not_split():
    definition, report = make_indicator(), make_report()
    given = ValueInput(definition.pk, Category.KVINNOR, number=Decimal(1))
    with pytest.raises(InvalidEntry):
        save(report, filler(report), values=[given])


def test_a_change_of_one_sex_is_checked_against_the_saved_total():
    definition, report = make_indicator(split_by_sex=True), make_report()
    make_value(report, definition, 10)
    make_value(report, definition, 6, category=Category.KVINNOR)
    given = ValueInput(definition.pk, Category.MAN, number=Decimal(5))
    with pytest.raises(InvalidEntry, match="tillsammans 11"):
        save(report, filler(report), values=[given])


def test_a_namnd_that_has_ceased_cannot_begin_a_report():
    make_indicator()
    namnd = make_namnd(valid_to=dt.date(2023, 6, 30))
    actor = make_user(Role.UPPGIFTSLAMNARE, namnd)
    with pytest.raises(NotOpen):
        open_report(namnd, make_period("2023-T2"), actor=actor)
