"""Handing in, sending back and approving."""

from decimal import Decimal

import pytest
import time_machine

from indicators.domain.checks import ValueInput
from indicators.domain.entry import approve_report, return_report, save_entries, submit_report
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.enums import Grade, PeriodState, ReportState
from indicators.models import Report, ReportVersion, Value
from organisation.enums import Role
from organisation.models import Membership
from tests.factories import (
    make_goal,
    make_indicator,
    make_report,
    make_user,
    make_value,
    triggers_asleep,
)
from trace.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def definition():
    return make_indicator()


@pytest.fixture
def report(definition):
    report = make_report()
    make_value(report, definition, 4)
    report.current.grades.create(goal=make_goal(), grade=Grade.HELT, analysis="Bra.")
    return report


@pytest.fixture
def filler(report):
    return make_user(Role.UPPGIFTSLAMNARE, report.namnd)


@pytest.fixture
def reviewer(report):
    return make_user(Role.GRANSKARE, report.namnd)


def verbs(report):
    return [event.verb for event in Event.objects.about(report)]


def test_submitting_states_who_and_when(report, filler):
    with time_machine.travel("2025-05-02T08:00:00+02:00", tick=False):
        report = submit_report(report, actor=filler, expected_version=0)
    assert (report.state, report.revision) == (ReportState.INLAMNAD, 1)
    assert report.current.submitted_by == filler
    assert report.current.submitted_at.day == 2
    assert verbs(report) == ["submitted"]


def test_submitting_saves_what_stands_in_the_form_first(report, filler, definition):
    given = ValueInput(definition.pk, number=Decimal(9))
    for _ in range(2):
        saved = submit_report(report, actor=filler, expected_version=0, values=[given])
    assert (saved.state, saved.revision) == (ReportState.INLAMNAD, 2)
    assert Value.objects.get().number == 9
    assert verbs(report) == ["submitted", "saved"]


def test_what_is_written_after_the_report_was_submitted_is_refused_not_dropped(
    report, filler, definition
):
    submit_report(report, actor=filler, expected_version=0)
    given = ValueInput(definition.pk, number=Decimal(9))
    with pytest.raises(NotOpen):
        submit_report(report, actor=filler, expected_version=0, values=[given])


def test_a_bad_value_hands_nothing_in(report, filler, definition):
    given = ValueInput(definition.pk, number=Decimal(-9))
    with pytest.raises(InvalidEntry):
        submit_report(report, actor=filler, expected_version=0, values=[given])
    assert Report.objects.get().state == ReportState.UTKAST


def test_an_empty_report_cannot_be_submitted(filler, definition, report):
    report.current.values.all().delete()
    report.current.grades.all().delete()
    with pytest.raises(InvalidEntry, match="tom"):
        submit_report(report, actor=filler, expected_version=0)
    with pytest.raises(NotOpen, match="inte påbörjad"):
        submit_report(
            Report(namnd=report.namnd, period=report.period), actor=filler, expected_version=0
        )


def test_a_report_that_somebody_changed_meanwhile_is_not_submitted(report, filler, definition):
    given = ValueInput(definition.pk, number=Decimal(9))
    other = make_user(Role.UPPGIFTSLAMNARE, report.namnd)
    save_entries(report, actor=other, expected_version=0, values=[given], grades=[])
    with pytest.raises(Conflict) as conflict:
        submit_report(report, actor=filler, expected_version=0)
    assert (conflict.value.by, conflict.value.revision) == (other, 1)


def test_approval_makes_the_version_count(report, filler, reviewer):
    submit_report(report, actor=filler, expected_version=0)
    for _ in range(2):
        approved = approve_report(report, actor=reviewer, expected_version=1)
    assert (approved.state, approved.revision) == (ReportState.GODKAND, 2)
    assert approved.approved == approved.current
    assert approved.approved.approved_by == reviewer
    assert list(Report.objects.counted()) == [report]
    assert verbs(report) == ["approved", "submitted"]


def test_nobody_approves_what_they_submitted_themselves(report, filler):
    Membership.objects.create(user=filler, namnd=report.namnd, role=Role.GRANSKARE)
    submit_report(report, actor=filler, expected_version=0)
    with pytest.raises(NotAllowed):
        approve_report(report, actor=filler, expected_version=1)
    assert Report.objects.get().approved is None


def test_a_return_opens_a_new_version_with_the_same_content(report, filler, reviewer, definition):
    with time_machine.travel("2025-05-02T08:00:00+02:00", tick=False):
        given = ValueInput(definition.pk, number=Decimal(9), comment="Prel.")
        save_entries(report, actor=filler, expected_version=0, values=[given], grades=[])
        submit_report(report, actor=filler, expected_version=1)
    first = ReportVersion.objects.get()

    returned = return_report(
        report, actor=reviewer, expected_version=2, reason=" Kontrollera talet. "
    )

    assert (returned.state, returned.revision) == (ReportState.ATERSAND, 3)
    assert (returned.current.number, returned.current.reason) == (2, "Kontrollera talet.")
    assert returned.current.submitted_by is None
    columns = ("definition", "category", "number", "comment", "entered_by", "entered_at")
    assert list(returned.current.values.values_list(*columns)) == list(
        first.values.values_list(*columns)
    )
    assert list(returned.current.grades.values_list("goal", "grade", "analysis")) == [
        (make_goal().pk, Grade.HELT, "Bra.")
    ]
    first.refresh_from_db()
    assert first.submitted_by == filler
    assert Event.objects.about(report).first().reason == "Kontrollera talet."


def test_returning_twice_opens_one_version(report, filler, reviewer):
    submit_report(report, actor=filler, expected_version=0)
    for _ in range(2):
        return_report(report, actor=reviewer, expected_version=1, reason="Rätta.")
    assert ReportVersion.objects.count() == 2
    assert verbs(report) == ["returned", "submitted"]


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_return_needs_a_reason(report, filler, reviewer, reason):
    submit_report(report, actor=filler, expected_version=0)
    with pytest.raises(InvalidEntry, match="behöver rättas"):
        return_report(report, actor=reviewer, expected_version=1, reason=reason)
    assert ReportVersion.objects.count() == 1


def test_work_goes_on_in_the_new_version_and_the_old_stays(report, filler, reviewer, definition):
    submit_report(report, actor=filler, expected_version=0)
    report = return_report(report, actor=reviewer, expected_version=1, reason="Rätta.")
    given = ValueInput(definition.pk, number=Decimal(5))
    report = save_entries(report, actor=filler, expected_version=2, values=[given], grades=[])
    report = submit_report(report, actor=filler, expected_version=3)
    approve_report(report, actor=reviewer, expected_version=4)
    assert list(
        Value.objects.order_by("version__number").values_list("version__number", "number")
    ) == [(1, Decimal("4.00")), (2, Decimal("5.00"))]
    assert Report.objects.get().approved.number == 2


def test_a_reviewer_can_finish_when_the_period_has_closed_but_not_when_locked(
    report, filler, reviewer
):
    submit_report(report, actor=filler, expected_version=0)
    period = report.period
    period.state, period.lock_reason = PeriodState.LAST, "Redovisad."
    period.save()
    with pytest.raises(NotOpen, match="låst"):
        approve_report(report, actor=reviewer, expected_version=1)
    period.state = PeriodState.STANGD
    with triggers_asleep():  # a lock is never undone
        period.save()
    with pytest.raises(NotOpen, match="stängd"):
        return_report(report, actor=reviewer, expected_version=1, reason="Rätta.")
    assert approve_report(report, actor=reviewer, expected_version=1).state == ReportState.GODKAND
