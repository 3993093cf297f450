"""Which state leads where, and for whom: every action in every state."""

import pytest

from organisation.enums import INSIDE_ROLES, Role
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.workflow import Action, find_transition, possible_actions
from papers.enums import PaperKind, PaperState
from papers.models import Paper
from tests.factories import make_namnd, make_user

pytestmark = pytest.mark.django_db

TABLE = {
    (Action.START, None): PaperState.UTKAST,
    (Action.WRITE, PaperState.UTKAST): PaperState.UTKAST,
    (Action.OPEN_VERSION, PaperState.ATTESTERAD): PaperState.UTKAST,
    (Action.RESTORE, PaperState.UTKAST): PaperState.UTKAST,
    (Action.RESTORE, PaperState.ATTESTERAD): PaperState.UTKAST,
    (Action.RESTORE, PaperState.UNDER_ATTEST): PaperState.UTKAST,
    **{(Action.COMMENT, state): state for state in PaperState},
    (Action.GIVE, PaperState.UTKAST): PaperState.UTKAST,
    **{
        (Action.CONSULT, state): state
        for state in (
            PaperState.UTKAST,
            PaperState.UNDER_ATTEST,
            PaperState.ATTESTERAD,
            PaperState.BORDLAGD,
            PaperState.ATERREMITTERAD,
        )
    },
    (Action.OPEN_VERSION, PaperState.UNDER_ATTEST): PaperState.UTKAST,
    (Action.SEND_TO_ATTEST, PaperState.UTKAST): PaperState.UNDER_ATTEST,
    (Action.ATTEST, PaperState.UNDER_ATTEST): PaperState.UNDER_ATTEST,
    (Action.ATTEST_LAST, PaperState.UNDER_ATTEST): PaperState.ATTESTERAD,
    (Action.RETURN, PaperState.UNDER_ATTEST): PaperState.UTKAST,
    (Action.SHARE, PaperState.UNDER_ATTEST): PaperState.UNDER_ATTEST,
    (Action.READ_IN, PaperState.UNDER_ATTEST): PaperState.UTKAST,
    (Action.READ_IN_ATTESTED, PaperState.UNDER_ATTEST): PaperState.ATTESTERAD,
    **{
        (Action.OPEN_VERSION, state): PaperState.UTKAST
        for state in (PaperState.UTSKICKAD, PaperState.BORDLAGD, PaperState.ATERREMITTERAD)
    },
    (Action.DISPATCH, PaperState.BESLUTAD): PaperState.EXPEDIERAD,
    (Action.SEND_OUT, PaperState.ATTESTERAD): PaperState.UTSKICKAD,
    (Action.SEND_OUT, PaperState.BORDLAGD): PaperState.UTSKICKAD,
    (Action.DECIDE, PaperState.UTSKICKAD): PaperState.BESLUTAD,
    (Action.POSTPONE, PaperState.UTSKICKAD): PaperState.BORDLAGD,
    (Action.REMIT, PaperState.UTSKICKAD): PaperState.ATERREMITTERAD,
    (Action.SHARE, PaperState.UTKAST): PaperState.UTKAST,
    (Action.SHARE, PaperState.ATTESTERAD): PaperState.ATTESTERAD,
    (Action.READ_IN, None): PaperState.UTKAST,
    (Action.READ_IN, PaperState.UTKAST): PaperState.UTKAST,
    (Action.READ_IN, PaperState.ATTESTERAD): PaperState.UTKAST,
    (Action.READ_IN_ATTESTED, None): PaperState.ATTESTERAD,
    (Action.READ_IN_ATTESTED, PaperState.UTKAST): PaperState.ATTESTERAD,
    (Action.READ_IN_ATTESTED, PaperState.ATTESTERAD): PaperState.ATTESTERAD,
}
STATES = [None, *PaperState]
OF_HEADS = {Action.ATTEST, Action.ATTEST_LAST, Action.RETURN}


def paper_in(state: PaperState | None) -> Paper:
    paper = Paper(namnd=make_namnd(), kind=PaperKind.REMISSVAR)
    if state is not None:
        paper.state = state
        paper.save()
    return paper


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", STATES)
def test_each_action_in_each_state_leads_where_the_table_says_or_is_refused(action, state):
    paper = paper_in(state)
    role = Role.CHEF if action in OF_HEADS else Role.NAMNDSEKRETERARE
    actor = make_user(role, paper.namnd)
    target = TABLE.get((action, state))
    if target is None:
        with pytest.raises(NotOpen):
            find_transition(action, paper, actor=actor, reason="Skäl")
    else:
        found = find_transition(action, paper, actor=actor, reason="Skäl")
        assert found.target == target


@pytest.mark.parametrize("role", [r for r in Role if r != Role.CHEF])
@pytest.mark.parametrize("action", sorted(OF_HEADS, key=str))
def test_only_a_head_attests_and_returns(action, role):
    paper = Paper(namnd=make_namnd(), kind=PaperKind.REMISSVAR, pk=1)
    paper.state = PaperState.UNDER_ATTEST
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else paper.namnd)
    with pytest.raises(NotAllowed):
        find_transition(action, paper, actor=user, reason="Skäl")


@pytest.mark.parametrize("role", [r for r in Role if r != Role.NAMNDSEKRETERARE])
def test_only_the_secretary_may_do_anything(role):
    paper = paper_in(PaperState.UTKAST)
    user = make_user(role, None if role == Role.SYSTEMFORVALTARE else paper.namnd)
    # Whoever works in the nämnd may say something about it.
    says = {Action.COMMENT} if role in INSIDE_ROLES else set()
    assert possible_actions(user, paper) == says
    with pytest.raises(NotAllowed):
        find_transition(Action.WRITE, paper, actor=user)


def test_another_namnds_secretary_may_nothing():
    paper = paper_in(PaperState.UTKAST)
    stranger = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    with pytest.raises(NotAllowed):
        find_transition(Action.WRITE, paper, actor=stranger)


def test_djangos_superuser_flag_gives_nothing():
    paper = paper_in(PaperState.UTKAST)
    flagged = make_user(None, is_superuser=True, is_staff=True)
    assert possible_actions(flagged, paper) == frozenset()


def test_a_new_version_needs_a_reason():
    paper = paper_in(PaperState.ATTESTERAD)
    secretary = make_user(Role.NAMNDSEKRETERARE, paper.namnd)
    with pytest.raises(InvalidContent):
        find_transition(Action.OPEN_VERSION, paper, actor=secretary, reason="  ")
