"""What was handed in or approved cannot change by any road, and states keep to their table."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from indicators.domain.workflow import TRANSITIONS
from indicators.enums import Grade, PeriodState, ReportState
from indicators.models import GoalGrade, Period, Report, ReportVersion, Value
from tests.committed import committed_db  # noqa: F401 - a fixture
from tests.factories import (
    make_goal,
    make_indicator,
    make_period,
    make_report,
    make_user,
    make_value,
    settle,
)

CLOSED = [ReportState.INLAMNAD, ReportState.GODKAND, ReportState.LAST]
# What leads where; the last is done by whoever locks a period.
REPORT_PAIRS = {(t.source.value, t.target.value) for t in TRANSITIONS} | {("godkand", "last")}
OPENS_A_VERSION = {("inlamnad", "utkast"), ("godkand", "utkast"), ("last", "utkast")}
GIVES_UP = {("utkast", "godkand"), ("atersand", "godkand")}
PERIOD_PAIRS = {
    ("planerad", "oppen"),
    ("oppen", "stangd"),
    ("oppen", "last"),
    ("stangd", "oppen"),
    ("stangd", "last"),
}


def execute(statement: str, **values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(statement: str, match: str = "frozen", **values) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        execute(statement, **values)


INSERT_VALUE = (
    "INSERT INTO indicators_value (version_id, definition_id, category, number, missing, comment, "
    "entered_at) VALUES (%(version)s, %(definition)s, 'kvinnor', 1, '', '', now())"
)
INSERT_GRADE = (
    "INSERT INTO indicators_goalgrade (version_id, goal_id, grade, analysis) "
    "VALUES (%(version)s, %(goal)s, 'helt', '')"
)


def write_everywhere(report: Report, definition, goal) -> list[str]:
    """The statements that write content in the report's current version."""
    ids = {"version": report.current_id, "definition": definition.pk, "goal": goal.pk}
    return [
        statement % ids
        for statement in (
            INSERT_VALUE,
            "UPDATE indicators_value SET number = 99 WHERE version_id = %(version)s",
            "UPDATE indicators_value SET comment = 'x' WHERE version_id = %(version)s",
            "DELETE FROM indicators_value WHERE version_id = %(version)s",
            INSERT_GRADE,
            "UPDATE indicators_goalgrade SET grade = 'ej' WHERE version_id = %(version)s",
            "DELETE FROM indicators_goalgrade WHERE version_id = %(version)s",
            "UPDATE indicators_reportversion SET reason = 'x' WHERE id = %(version)s",
            "UPDATE indicators_reportversion SET created_at = now() WHERE id = %(version)s",
        )
    ]


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.django_db
def test_content_of_a_closed_report_refuses_every_write(state):
    definition, first, second = make_indicator(), make_goal(1), make_goal(2)
    report = make_report(state=state)
    make_value(report, definition, 3)
    report.current.grades.create(goal=first, grade=Grade.HELT)
    settle()
    for statement in write_everywhere(report, definition, second):
        refused(statement)
    assert list(Value.objects.values_list("number", flat=True)) == [3]
    assert list(GoalGrade.objects.values_list("grade", flat=True)) == [Grade.HELT]


@pytest.mark.parametrize("state", [ReportState.UTKAST, ReportState.ATERSAND])
@pytest.mark.django_db
def test_content_of_an_open_report_can_be_written(state):
    definition, first, second = make_indicator(), make_goal(1), make_goal(2)
    report = make_report(state=state)
    make_value(report, definition, 3)
    report.current.grades.create(goal=first, grade=Grade.HELT)
    settle()
    for statement in write_everywhere(report, definition, second):
        assert execute(statement) > 0


@pytest.mark.django_db
def test_a_locked_period_freezes_drafts_too():
    report = make_report(period=make_period(state=PeriodState.LAST))
    settle()
    refused(INSERT_VALUE, version=report.current_id, definition=make_indicator().pk)


@pytest.mark.django_db
def test_a_version_that_was_handed_in_is_frozen_whatever_the_state():
    report = make_report()
    settle()
    version = report.current
    version.submitted_at = timezone.now()
    version.save()
    refused(INSERT_VALUE, version=version.pk, definition=make_indicator().pk)


def send_back(report: Report) -> ReportVersion:
    """In the order of the command: a new version, its content, and last the report's own row."""
    version = ReportVersion.objects.create(report=report, number=report.current.number + 1)
    execute(
        "INSERT INTO indicators_value (version_id, definition_id, category, number, missing, "
        "comment, entered_at) SELECT %(new)s, definition_id, category, number, missing, comment, "
        "entered_at FROM indicators_value WHERE version_id = %(old)s",
        new=version.pk,
        old=report.current_id,
    )
    Report.objects.filter(pk=report.pk).update(state=ReportState.ATERSAND, current=version)
    report.refresh_from_db()
    return version


@pytest.mark.django_db
def test_sending_back_opens_a_new_version_and_the_old_one_stays():
    report = make_report(state=ReportState.INLAMNAD)
    old = report.current_id
    make_value(report, make_indicator(), 3)
    settle()
    new = send_back(report)
    settle()
    assert execute("UPDATE indicators_value SET number = 4 WHERE version_id = %(v)s", v=new.pk) == 1
    refused("UPDATE indicators_value SET number = 4 WHERE version_id = %(v)s", v=old)
    new.values.all().delete()
    move = "UPDATE indicators_value SET version_id = %(new)s WHERE version_id = %(old)s"
    refused(move, new=new.pk, old=old)


@pytest.mark.django_db
def test_content_does_not_move_into_a_frozen_version():
    draft, closed = (
        make_report(),
        make_report(period=make_period("2025-T2"), state=ReportState.LAST),
    )
    make_value(draft, make_indicator(), 3)
    settle()
    refused("UPDATE indicators_value SET version_id = %(v)s", v=closed.current_id)


@pytest.mark.django_db
def test_who_handed_in_is_filled_in_once():
    report, user, other = make_report(), make_user(), make_user()
    settle()
    by = "UPDATE indicators_reportversion SET submitted_at = now(), submitted_by_id = %(user)s"
    assert execute(by, user=user.pk) == 1
    refused(by, match="stands", user=other.pk)
    Report.objects.filter(pk=report.pk).update(state=ReportState.INLAMNAD)
    refused("UPDATE indicators_reportversion SET submitted_at = NULL", match="stands")
    approve = "UPDATE indicators_reportversion SET approved_at = now(), approved_by_id = %(user)s"
    assert execute(approve, user=other.pk) == 1
    refused(approve, match="stands", user=make_user().pk)


@pytest.mark.django_db
def test_a_draft_is_not_approved_on_the_side():
    make_report()
    settle()
    refused("UPDATE indicators_reportversion SET approved_at = now()", match="stands")


@pytest.mark.django_db
def test_versions_keep_their_report_and_number_and_are_not_removed():
    make_report(state=ReportState.INLAMNAD)
    settle()
    refused("UPDATE indicators_reportversion SET number = 7", match="keeps its report")
    refused("DELETE FROM indicators_reportversion")
    refused("DELETE FROM indicators_report", match="not removed")


@pytest.mark.parametrize("source", ReportState.values)
@pytest.mark.parametrize("target", ReportState.values)
@pytest.mark.django_db
def test_a_report_moves_along_its_table_only(source, target):
    report = make_report(state=source)
    move = "UPDATE indicators_report SET state = %(state)s, approved_id = current_id"
    if (source, target) in OPENS_A_VERSION:
        # Never in the version that was handed in or approved: tests/indicators/test_corrections.py.
        refused(
            "UPDATE indicators_report SET state = %(state)s", match="newer version", state=target
        )
    elif (source, target) in GIVES_UP:
        refused(move, match="has been handed in", state=target)
    elif source == target:
        assert execute("UPDATE indicators_report SET state = %(state)s", state=target) == 1
    elif (source, target) in REPORT_PAIRS:
        if target != ReportState.GODKAND:
            move = "UPDATE indicators_report SET state = %(state)s"
        assert execute(move, state=target) == 1
        assert Report.objects.get(pk=report.pk).state == target
    else:
        refused(move, match="does not go|is approved", state=target)


@pytest.mark.parametrize("source", PeriodState.values)
@pytest.mark.parametrize("target", PeriodState.values)
@pytest.mark.django_db
def test_a_period_moves_along_its_table_only(source, target):
    make_period(state=source)
    move = "UPDATE indicators_period SET state = %(state)s, lock_reason = 'Redovisad.'"
    if source == target or (source, target) in PERIOD_PAIRS:
        assert execute(move, state=target) == 1
        assert Period.objects.get().state == target
    else:
        refused(move, match="does not go", state=target)


@pytest.mark.django_db
def test_what_is_approved_is_the_current_version():
    report = make_report(state=ReportState.INLAMNAD)
    other = ReportVersion.objects.create(report=report, number=2)
    refused(
        "UPDATE indicators_report SET state = 'godkand', approved_id = %(v)s",
        match="its current version",
        v=other.pk,
    )
    other.delete()


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.django_db
def test_the_current_version_of_a_closed_report_is_not_exchanged(state):
    report = make_report(state=state)
    other = ReportVersion.objects.create(report=report, number=2)
    refused(
        "UPDATE indicators_report SET current_id = %(v)s, approved_id = %(v)s",
        match="newer version|its current version",
        v=other.pk,
    )
    refused("UPDATE indicators_report SET current_id = NULL", match="newer version")
    other.delete()


@pytest.mark.django_db
def test_a_state_that_moves_to_and_fro_opens_nothing():
    report = make_report()
    value = make_value(report, make_indicator(), 3)
    settle()
    for state in (ReportState.INLAMNAD, ReportState.ATERSAND):
        Report.objects.filter(pk=report.pk).update(state=state)
    refused("UPDATE indicators_value SET number = 4 WHERE id = %(v)s", v=value.pk)


@pytest.mark.django_db
def test_nobody_says_themselves_that_a_version_is_new():
    report = make_report(state=ReportState.LAST)
    value = make_value(report, make_indicator(), 3)
    settle()
    execute(
        "UPDATE indicators_reportversion SET opened_in = trace_this_transaction(), closed = false"
    )
    refused("UPDATE indicators_value SET number = 4 WHERE id = %(v)s", v=value.pk)


def test_a_version_beside_the_current_one_does_not_outlive_its_transaction(committed_db):  # noqa: F811
    report = make_report(state=ReportState.LAST)
    with pytest.raises(IntegrityError, match="newest but not current"):
        ReportVersion.objects.create(report=report, number=2)
    assert ReportVersion.objects.count() == 1


def test_writing_and_handing_in_at_once_do_not_pass_each_other(committed_db):  # noqa: F811
    report, definition = make_report(), make_indicator()

    def fill_in():
        with transaction.atomic():
            Value.objects.create(version=report.current, definition=definition, number=1)
            seen.append(Report.objects.get(pk=report.pk).state)

    def hand_in():
        with transaction.atomic():
            Report.objects.filter(pk=report.pk).update(state=ReportState.INLAMNAD)

    seen: list[str] = []
    filled, handed = committed_db.in_threads(fill_in, hand_in)
    assert handed is None
    if filled is None:
        assert seen == [ReportState.UTKAST]
    else:
        assert isinstance(filled, IntegrityError)
        assert Value.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_no_period_is_locked_without_its_reason(reason):
    make_period()
    refused(
        "UPDATE indicators_period SET state = 'last', lock_reason = %(reason)s",
        "locked_period_says_why",
        reason=reason,
    )
