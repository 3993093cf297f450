"""The table of transitions: every pair of state and action, who, and in which period."""

import pytest

from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.workflow import (
    Action,
    find_transition,
    possible_actions,
    why_not_editable,
    why_not_editable_by,
)
from indicators.enums import PeriodState, ReportState
from organisation.enums import Role
from tests.factories import make_namnd, make_period, make_report, make_user

pytestmark = pytest.mark.django_db

LEADS_TO = {
    (ReportState.UTKAST, Action.SUBMIT): ReportState.INLAMNAD,
    (ReportState.ATERSAND, Action.SUBMIT): ReportState.INLAMNAD,
    (ReportState.INLAMNAD, Action.RETURN): ReportState.ATERSAND,
    (ReportState.INLAMNAD, Action.APPROVE): ReportState.GODKAND,
    (ReportState.INLAMNAD, Action.RECALL): ReportState.UTKAST,
    (ReportState.GODKAND, Action.CORRECT): ReportState.UTKAST,
    # The coordinator lets a report be corrected when its period has closed, and not before; what
    # is given up is a correction, which these reports are not (test_every_state_and_action.py).
}
ACTOR = {
    Action.SUBMIT: Role.UPPGIFTSLAMNARE,
    Action.RETURN: Role.GRANSKARE,
    Action.APPROVE: Role.GRANSKARE,
    Action.RECALL: Role.UPPGIFTSLAMNARE,
    Action.CORRECT: Role.GRANSKARE,
    Action.LET_CORRECT: Role.SAMORDNARE,
    Action.GIVE_UP: Role.UPPGIFTSLAMNARE,
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", ReportState)
def test_each_state_and_action_leads_where_the_table_says_or_nowhere(state, action):
    report = make_report(state=state)
    actor = make_user(ACTOR[action], report.namnd)

    if (state, action) in LEADS_TO:
        found = find_transition(action, report, actor=actor)
        assert found.target == LEADS_TO[state, action]
    else:
        with pytest.raises(NotOpen):
            find_transition(action, report, actor=actor)


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_own_actions_and_no_others(role):
    draft = make_report()
    submitted = make_report(make_namnd("farsta"), state=ReportState.INLAMNAD)
    actions = {
        Role.UPPGIFTSLAMNARE: ({Action.SUBMIT}, {Action.RECALL}),
        Role.GRANSKARE: (set(), {Action.RETURN, Action.APPROVE}),
    }
    for report, expected in zip((draft, submitted), actions.get(role, (set(), set())), strict=True):
        namnd = None if role == Role.SYSTEMFORVALTARE else report.namnd
        assert possible_actions(make_user(role, namnd), report) == expected


def test_a_role_in_another_namnd_gives_nothing():
    report = make_report(state=ReportState.INLAMNAD)
    stranger = make_user(Role.GRANSKARE, make_namnd("farsta"))
    assert possible_actions(stranger, report) == set()
    with pytest.raises(NotAllowed):
        find_transition(Action.APPROVE, report, actor=stranger)


def test_the_superuser_flag_gives_nothing():
    report = make_report()
    admin = make_user(Role.SYSTEMFORVALTARE, is_superuser=True)
    assert possible_actions(admin, report) == set()
    with pytest.raises(NotAllowed):
        find_transition(Action.SUBMIT, report, actor=admin)


@pytest.mark.parametrize(
    ("action", "state", "open_in"),
    [
        (Action.SUBMIT, ReportState.UTKAST, {PeriodState.OPPEN}),
        (Action.RETURN, ReportState.INLAMNAD, {PeriodState.OPPEN}),
        (Action.APPROVE, ReportState.INLAMNAD, {PeriodState.OPPEN, PeriodState.STANGD}),
    ],
)
def test_each_action_can_be_done_only_in_some_states_of_the_period(action, state, open_in):
    report = make_report(state=state)
    actor = make_user(ACTOR[action], report.namnd)
    possible = set()
    for period_state in PeriodState:
        report.period.state = period_state
        if action in possible_actions(actor, report):
            possible.add(period_state)
    assert possible == open_in


def test_why_a_report_cannot_be_written_in_is_said_in_words():
    period = make_period(state=PeriodState.LAST)
    report = make_report(period=period)
    assert why_not_editable(report) == (
        "Tertialrapport 1 2025 är låst. Siffrorna kan inte ändras längre. "
        "Orsak: Redovisad i kommunstyrelsen."
    )
    report.period.state = PeriodState.STANGD
    assert why_not_editable(report) == (
        "Tertialrapport 1 2025 är stängd för rapportering. "
        "Vänd dig till programmets samordnare om något behöver rättas."
    )
    report.period.state = PeriodState.OPPEN
    assert why_not_editable(report) == ""


def test_a_reader_is_told_who_fills_in():
    report = make_report()
    assert why_not_editable_by(make_user(Role.LASARE, report.namnd), report) == (
        "Du läser rapporten. Den fylls i av nämndens uppgiftslämnare."
    )
    assert why_not_editable_by(make_user(Role.UPPGIFTSLAMNARE, report.namnd), report) == ""
