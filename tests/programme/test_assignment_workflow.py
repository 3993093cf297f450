"""Which state of an uppdrag leads where, and for whom: every action in every state."""

import pytest
from django.db import IntegrityError, transaction

from organisation.enums import NamndGroup, Role
from programme.assignment_enums import AssignmentState
from programme.domain.assignment_errors import Invalid, NotAllowed, NotOpen
from programme.domain.assignment_workflow import (
    OF_THE_ASSIGNMENT,
    Action,
    find_transition,
    possible_actions,
)
from programme.models import Account, Assignment
from tests.factories import make_assignment, make_namnd, make_user, triggers_asleep

pytestmark = pytest.mark.django_db

P, D = AssignmentState.PAGAR, AssignmentState.DELREDOVISAT
S, A = AssignmentState.SLUTREDOVISAT, AssignmentState.AVSLUTAT
TABLE = {
    (Action.CREATE, None): P,
    (Action.CHANGE, P): P,
    (Action.CHANGE, D): D,
    (Action.ADD_ACCOUNT, P): P,
    (Action.ADD_ACCOUNT, D): D,
    (Action.CHANGE_ACCOUNT, P): P,
    (Action.CHANGE_ACCOUNT, D): D,
    (Action.START_PAPER, P): P,
    (Action.START_PAPER, D): D,
    (Action.POSTPONE, P): P,
    (Action.POSTPONE, D): D,
    (Action.SETTLE_PARTIAL, P): D,
    (Action.SETTLE_PARTIAL, D): D,
    (Action.SETTLE_FINAL, P): S,
    (Action.SETTLE_FINAL, D): S,
    (Action.CORRECT_DECISION, D): D,
    (Action.CORRECT_DECISION, S): S,
    (Action.FULFIL, P): P,
    (Action.FULFIL, D): D,
    (Action.FULFIL, S): S,
    (Action.CLOSE, P): A,
    (Action.CLOSE, D): A,
}
NEED_A_REASON = {Action.CHANGE_ACCOUNT, Action.CORRECT_DECISION, Action.CLOSE}


def assignment_in(state: AssignmentState | None, **fields) -> Assignment:
    if state is None:
        return Assignment(namnd=make_namnd())
    made = make_assignment(**fields)
    with triggers_asleep():
        reason = "Skäl" if state == A else ""
        Assignment.objects.filter(pk=made.pk).update(state=state, closed_reason=reason)
    made.refresh_from_db()
    return made


def account_of(assignment: Assignment, namnd=None) -> Account:
    return Account(assignment=assignment, namnd=namnd or assignment.namnd)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", [None, *AssignmentState])
def test_each_action_in_each_state_leads_where_the_table_says_or_is_refused(action, state):
    assignment = assignment_in(state)
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    given = {"actor": secretary, "account": account_of(assignment), "reason": "Skäl"}
    target = TABLE.get((action, state))
    if target is None:
        with pytest.raises(NotOpen):
            find_transition(action, assignment, **given)
    else:
        assert find_transition(action, assignment, **given).target == target


@pytest.mark.parametrize("state", AssignmentState)
def test_the_database_holds_the_same_table(state):
    """Every pair of states that no action leads between is refused by the trigger."""
    pairs = {(source, target) for (_, source), target in TABLE.items() if source != target}
    assignment = assignment_in(state)
    for target in AssignmentState:
        if target == state or (state, target) in pairs:
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.filter(pk=assignment.pk).update(state=target)


@pytest.mark.parametrize("action", sorted(NEED_A_REASON, key=lambda action: action.value))
def test_what_needs_a_reason_is_refused_without_one(action):
    assignment = assignment_in(D)
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    with pytest.raises(Invalid):
        find_transition(
            action, assignment, actor=secretary, account=account_of(assignment), reason=" "
        )


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.NAMNDSEKRETERARE, Role.CHEF)])
def test_only_the_secretary_and_the_chef_may_do_anything(role):
    assignment = assignment_in(D)
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd())
    assert possible_actions(user, assignment, account_of(assignment)) == frozenset()
    with pytest.raises(NotAllowed):
        find_transition(Action.CLOSE, assignment, actor=user, reason="Skäl")


def test_the_chef_does_all_but_begin_the_paper():
    assignment = assignment_in(D)
    chef = make_user(Role.CHEF, make_namnd())
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    account = account_of(assignment)
    everything = {action for action, source in TABLE if source == D}
    assert possible_actions(secretary, assignment, account) == everything
    assert possible_actions(chef, assignment, account) == everything - {Action.START_PAPER}


def test_another_namnds_secretary_and_the_superuser_flag_may_nothing():
    assignment = assignment_in(P)
    for user in (
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
        make_user(None, is_superuser=True, is_staff=True),
    ):
        assert possible_actions(user, assignment, account_of(assignment)) == frozenset()


def test_an_uppdrag_of_a_group_is_the_coordinators_and_its_accounts_each_namnds():
    assignment = assignment_in(P, group=NamndGroup.STADSDELSNAMNDER)
    coordinator = make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    account = account_of(assignment, make_namnd())
    assert possible_actions(coordinator, assignment, account) == {Action.CHANGE, Action.CLOSE}
    mine = possible_actions(secretary, assignment, account)
    assert mine == {action for action, source in TABLE if source == P} - OF_THE_ASSIGNMENT
