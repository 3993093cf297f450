"""Periods: planned, opened, due, closed and locked by the coordinator; more time for one nämnd."""

import datetime as dt

import pytest
import time_machine

from indicators.domain.due_dates import due_dates
from indicators.domain.entry import approve_report, submit_report
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.periods import (
    PeriodAction,
    PeriodChanged,
    extend,
    move_period,
    plan_period,
    possible_period_actions,
    set_due_dates,
    withdraw_extension,
)
from indicators.domain.reports import open_report, reporting_overview
from indicators.domain.workflow import why_not_editable
from indicators.enums import PeriodState, ReportState
from indicators.models import Extension, Period, PeriodDueDate, Report
from organisation.enums import NamndKind, Role
from tests.factories import (
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from trace.models import Event

pytestmark = pytest.mark.django_db

REASON = "Alla nämnder är klara"


@pytest.fixture
def samordnare():
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"), username="samordnare")


def moved(period, action, actor, **fields):
    given = {"reason": REASON, "expected_version": period.revision} | fields
    return move_period(period, action, actor=actor, **given)


def test_what_can_be_done_follows_from_the_state(samordnare):
    assert {
        state: possible_period_actions(samordnare, Period(state=state)) for state in PeriodState
    } == {
        PeriodState.PLANERAD: {PeriodAction.OPEN},
        PeriodState.OPPEN: {PeriodAction.CLOSE, PeriodAction.LOCK},
        PeriodState.STANGD: {PeriodAction.REOPEN, PeriodAction.LOCK},
        PeriodState.LAST: set(),
    }


@pytest.mark.parametrize(
    "role", [r for r in Role if r is not Role.SAMORDNARE], ids=lambda role: role.value
)
def test_nobody_else_does_anything_with_a_period(role):
    user = make_user(role, None if role is Role.SYSTEMFORVALTARE else make_namnd())
    period = make_period(state=PeriodState.OPPEN)
    day = dt.date(2030, 1, 1)
    for command in (
        lambda: moved(period, PeriodAction.CLOSE, user),
        lambda: plan_period(actor=user, year=2027, kind="T1", due_on=None),
        lambda: set_due_dates(period, actor=user, expected_version=0, due_on=day, of_kinds={}),
        lambda: extend(period, make_namnd("farsta"), actor=user, until=day, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            command()
    assert possible_period_actions(user, period) == frozenset()
    assert not Extension.objects.exists()


def test_a_period_is_planned_once(samordnare):
    period = plan_period(actor=samordnare, year=2027, kind="T1", due_on=dt.date(2027, 5, 20))
    assert (period.code, period.state, period.due_on) == (
        "2027-T1",
        PeriodState.PLANERAD,
        dt.date(2027, 5, 20),
    )
    with pytest.raises(InvalidEntry) as wrong:
        plan_period(actor=samordnare, year=2027, kind="T1", due_on=None)
    assert wrong.value.message == "Tertialrapport 1 2027 finns redan."


def test_it_cannot_be_due_before_it_is_over(samordnare):
    with pytest.raises(InvalidEntry) as wrong:
        plan_period(actor=samordnare, year=2027, kind="T1", due_on=dt.date(2027, 4, 29))
    assert wrong.value.message == (
        "Perioden går till och med 2027-04-30. Den kan inte lämnas in innan den är slut."
    )
    assert not Period.objects.exists()


def test_each_kind_of_namnd_may_have_a_day_of_its_own(samordnare):
    period = make_period("2025-T1", due_on=dt.date(2025, 5, 20))
    bolag, bromma = make_namnd("bolag", kind=NamndKind.BOLAG), make_namnd("bromma")
    set_due_dates(
        period,
        actor=samordnare,
        expected_version=0,
        due_on=dt.date(2025, 5, 23),
        of_kinds={NamndKind.BOLAG: dt.date(2025, 6, 2), NamndKind.FACKNAMND: None},
    )
    period.refresh_from_db()
    due = due_dates([period])
    assert (due.of(period, bolag), due.of(period, bromma)) == (
        dt.date(2025, 6, 2),
        dt.date(2025, 5, 23),
    )
    assert Event.objects.about(period).first().summary == (
        "Satte inlämningsdagar: alla 2025-05-23, bolag 2025-06-02"
    )
    set_due_dates(
        period,
        actor=samordnare,
        expected_version=1,
        due_on=dt.date(2025, 5, 23),
        of_kinds={NamndKind.BOLAG: None},
    )
    assert not PeriodDueDate.objects.exists()


def test_the_same_days_again_change_nothing(samordnare):
    period = make_period("2025-T1", due_on=dt.date(2025, 5, 20))
    set_due_dates(period, actor=samordnare, expected_version=0, due_on=period.due_on, of_kinds={})
    assert (Period.objects.get().revision, Event.objects.count()) == (0, 0)


def test_the_due_dates_of_many_periods_are_one_query(samordnare, django_assert_num_queries):
    periods = [make_period(code) for code in ("2025-T1", "2025-T2", "2025-VB")]
    for period in periods:
        PeriodDueDate.objects.create(
            period=period, kind=NamndKind.BOLAG, due_on=dt.date(2026, 3, 1)
        )
    for asked in (periods[:1], periods):
        with django_assert_num_queries(1):
            assert len(due_dates(asked).of_kinds) == len(asked)


# More time for one ---------------------------------------------------------------------------


@time_machine.travel("2025-06-01 12:00", tick=False)
def test_more_time_opens_a_closed_period_for_that_namnd_until_the_day_has_passed(samordnare):
    period = make_period("2025-T1", state=PeriodState.STANGD, due_on=dt.date(2025, 5, 20))
    bromma, farsta = make_namnd("bromma"), make_namnd("farsta")
    extend(period, bromma, actor=samordnare, until=dt.date(2025, 6, 3), reason="Sjukdom")

    assert why_not_editable(Report(namnd=bromma, period=period)) == ""
    assert why_not_editable(Report(namnd=farsta, period=period)).startswith(
        "Tertialrapport 1 2025 är stängd för rapportering."
    )
    with time_machine.travel("2025-06-03 23:00"):
        assert why_not_editable(Report(namnd=bromma, period=period)) == ""
    with time_machine.travel("2025-06-04 00:30"):
        assert why_not_editable(Report(namnd=bromma, period=period)) != ""


@time_machine.travel("2025-06-01 12:00", tick=False)
def test_with_more_time_the_report_is_begun_handed_in_and_approved(samordnare):
    period = make_period("2025-T1", state=PeriodState.STANGD, due_on=dt.date(2025, 5, 20))
    bromma = make_namnd("bromma")
    filler = make_user(Role.UPPGIFTSLAMNARE, bromma, username="filler")
    with pytest.raises(NotOpen):
        open_report(bromma, period, actor=filler)
    extend(period, bromma, actor=samordnare, until=dt.date(2025, 6, 3), reason="Sjukdom")
    report = open_report(bromma, period, actor=filler)
    make_value(report, make_indicator(), 12)
    report = submit_report(report, actor=filler, expected_version=report.revision)
    approver = make_user(Role.GRANSKARE, bromma, username="approver")
    done = approve_report(report, actor=approver, expected_version=report.revision)
    assert done.state == ReportState.GODKAND


@time_machine.travel("2025-06-01 12:00", tick=False)
def test_more_time_asks_for_a_reason_and_a_day_to_come(samordnare):
    period, bromma = make_period("2025-T1"), make_namnd("bromma")
    for until, reason, message in (
        (dt.date(2025, 6, 3), "  ", "Skriv varför nämnden får mer tid."),
        (
            dt.date(2025, 5, 31),
            "Sjukdom",
            "Dagen har redan varit. Välj i dag eller en senare dag.",
        ),
    ):
        with pytest.raises(InvalidEntry) as wrong:
            extend(period, bromma, actor=samordnare, until=until, reason=reason)
        assert wrong.value.message == message
    assert not Extension.objects.exists()


@time_machine.travel("2025-06-01 12:00", tick=False)
def test_the_day_given_is_the_day_that_the_namnd_sees(samordnare):
    make_indicator()
    period = make_period("2025-T1", state=PeriodState.OPPEN, due_on=dt.date(2025, 5, 20))
    bromma = make_namnd("bromma")
    filler = make_user(Role.UPPGIFTSLAMNARE, bromma, username="filler")
    (line,) = reporting_overview(filler).open
    assert (line.due_on, line.is_late, line.due_text) == (
        dt.date(2025, 5, 20),
        True,
        "12 dagar sen",
    )
    extension = extend(period, bromma, actor=samordnare, until=dt.date(2025, 6, 3), reason="Sjuk")
    (line,) = reporting_overview(filler).open
    assert (line.due_on, line.is_late, line.due_text) == (
        dt.date(2025, 6, 3),
        False,
        "2 dagar kvar",
    )
    withdraw_extension(extension, actor=samordnare)
    (line,) = reporting_overview(filler).open
    assert line.due_on == dt.date(2025, 5, 20)


# The lock ------------------------------------------------------------------------------------


def test_a_lock_locks_what_is_approved_and_says_why(samordnare):
    period = make_period(state=PeriodState.OPPEN)
    done = make_report(make_namnd("bromma"), period, state=ReportState.GODKAND)
    draft = make_report(make_namnd("farsta"), period, state=ReportState.UTKAST)
    locked = moved(period, PeriodAction.LOCK, samordnare)
    assert (locked.state, locked.lock_reason) == (PeriodState.LAST, REASON)
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {done.pk: ReportState.LAST, draft.pk: ReportState.UTKAST}
    assert why_not_editable(Report.objects.get(pk=draft.pk)) == (
        f"{period.label} är låst. Siffrorna kan inte ändras längre. Orsak: {REASON}"
    )
    assert Event.objects.about(done).first().summary == "Låstes med perioden"


@pytest.mark.parametrize("action", [PeriodAction.LOCK, PeriodAction.REOPEN])
def test_a_lock_and_a_reopening_ask_why(samordnare, action):
    period = make_period(state=PeriodState.STANGD)
    with pytest.raises(InvalidEntry) as wrong:
        moved(period, action, samordnare, reason=" ")
    assert wrong.value.message == "Skriv varför."
    assert Period.objects.get().state == PeriodState.STANGD


@time_machine.travel("2025-06-01 12:00", tick=False)
def test_nobody_is_locked_out_of_time_they_were_given(samordnare):
    period = make_period("2025-T1", state=PeriodState.STANGD)
    bromma = make_namnd("bromma", name="Bromma stadsdelsnämnd")
    extension = extend(period, bromma, actor=samordnare, until=dt.date(2025, 6, 3), reason="Sjuk")
    with pytest.raises(NotOpen) as refused:
        moved(period, PeriodAction.LOCK, samordnare)
    assert refused.value.message == (
        "Perioden kan inte låsas än, för mer tid har getts åt Bromma stadsdelsnämnd "
        "(till och med 2025-06-03). Vänta, eller ta tillbaka den extra tiden."
    )
    withdraw_extension(extension, actor=samordnare)
    assert moved(period, PeriodAction.LOCK, samordnare).state == PeriodState.LAST
    with pytest.raises(NotOpen):
        extend(
            Period.objects.get(), bromma, actor=samordnare, until=dt.date(2025, 7, 1), reason="x"
        )


def test_twice_pressed_is_once_done_and_an_old_page_does_nothing(samordnare):
    period = make_period(state=PeriodState.OPPEN)
    moved(period, PeriodAction.CLOSE, samordnare, expected_version=0)
    moved(period, PeriodAction.CLOSE, samordnare, expected_version=0)
    assert (Period.objects.get().revision, Event.objects.about(period).count()) == (1, 1)
    with pytest.raises(PeriodChanged):
        moved(period, PeriodAction.REOPEN, samordnare, expected_version=0)
