"""What follows for uppdrag when a nämnd carries on what others did.

What is open goes over: the uppdrag, what is still to be accounted for, what a decision obliges to,
and whom others are to work with. What has been decided stays with the nämnd that decided it, and
so does a paper that it attested: the new nämnd reads it, and registers the decision on it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from organisation.models import Namnd, User
from papers.domain.papers import take_over_paper
from papers.enums import PaperState
from programme.assignment_enums import OPEN_STATES, AccountKind, AssignmentState, ObligationKind
from programme.domain.assignments import advance, take
from programme.models import Account, Assignment, AssignmentPartner, Obligation
from trace.domain import record


def open_assignments(namnd_ids: Collection[int], new: Namnd | None = None) -> Sequence[Assignment]:
    """Uppdrag in which something is open with the nämnder; with `new`: that would go over to it."""
    found = _open_accounts(namnd_ids).select_related(None)
    if new is not None:
        found = found.exclude(pk__in=[a.pk for a in found if _has_its_own(new, a)])
    concerned = Q(pk__in=Assignment.objects.open().filter(namnd__in=namnd_ids).values("pk"))
    concerned |= Q(pk__in=found.order_by().values("assignment"))
    concerned |= Q(pk__in=_open_obligations(namnd_ids).order_by().values("assignment"))
    concerned |= Q(pk__in=_partners(namnd_ids).order_by().values("assignment"))
    rows = Assignment.objects.filter(concerned).select_related("namnd")
    return list(rows.order_by("title", "pk"))


@transaction.atomic
def take_over_assignments(
    old_ids: Collection[int], new: Namnd, *, actor: User
) -> Sequence[Assignment]:
    """Give the new nämnd what is open of the old ones' uppdrag.

    A draft of a single old nämnd is copied; of several drafts none is. Of a group's uppdrag the new
    nämnd accounts for itself once: the nearest of the old slutredovisningar becomes its own, and
    the others stay, never given. Answers the uppdrag; the same again moves nothing.
    """
    taken = [take(one.pk) for one in open_assignments(old_ids, new)]
    for assignment in taken:
        before = _move(assignment, old_ids, new, actor)
        for old in before:
            record(
                assignment,
                actor=actor,
                verb="handed-over",
                summary=f"Det som var öppet i uppdraget lämnades över till {new}",
                scope=old.code,
            )
        record(
            assignment,
            actor=actor,
            verb="taken-over",
            summary=f"Tog över det som var öppet i uppdraget från {', '.join(map(str, before))}",
            scope=new.code,
        )
    return taken


# Parts ------------------------------------------------------------------------------------------


def _open_accounts(namnd_ids: Collection[int]) -> QuerySet[Account]:
    return (
        Account.objects.filter(
            namnd__in=namnd_ids, decision__isnull=True, assignment__state__in=OPEN_STATES
        )
        .select_related("namnd", "paper__namnd")
        .order_by("due_on", "number")
    )


def _open_obligations(namnd_ids: Collection[int]) -> QuerySet[Obligation]:
    """Besides those to account, which go with their account."""
    return Obligation.objects.filter(
        namnd__in=namnd_ids, kind=ObligationKind.ANNAT, done_on__isnull=True
    ).exclude(assignment__state=AssignmentState.AVSLUTAT)


def _partners(namnd_ids: Collection[int]) -> QuerySet[AssignmentPartner]:
    return AssignmentPartner.objects.filter(namnd__in=namnd_ids, assignment__state__in=OPEN_STATES)


def _has_its_own(new: Namnd, account: Account) -> bool:
    """Whether the new nämnd has a slutredovisning of the uppdrag already: there is one each."""
    theirs = Account.objects.filter(
        assignment=account.assignment_id, namnd=new, kind=AccountKind.SLUT
    )
    return account.kind == AccountKind.SLUT and theirs.exists()


def _move(
    assignment: Assignment, old_ids: Collection[int], new: Namnd, actor: User
) -> Sequence[Namnd]:
    """Answers the nämnder that something was taken over from, in Swedish order."""
    of_this = {"assignment": assignment}
    before: set[int] = set()
    changes: dict[str, Namnd] = {}
    if assignment.namnd is not None and assignment.namnd.pk in old_ids and assignment.is_open:
        before.add(assignment.namnd.pk)
        changes["namnd"] = new
    before |= _move_accounts(_open_accounts(old_ids).filter(**of_this), new, actor)
    for obligation in _open_obligations(old_ids).filter(**of_this):
        before.add(obligation.namnd_id)
        obligation.namnd = new
        obligation.save(update_fields=["namnd"])
    for partner in _partners(old_ids).filter(**of_this):
        assert partner.namnd_id is not None  # noqa: S101 - it was asked for by its nämnd
        before.add(partner.namnd_id)
        there = AssignmentPartner.objects.filter(namnd=new, **of_this).exists()
        if there or new in (assignment.namnd, changes.get("namnd")):
            partner.delete()
            continue
        partner.namnd = new
        partner.save(update_fields=["namnd"])
    advance(assignment, **changes)
    return list(Namnd.objects.filter(pk__in=before).in_order())


def _move_accounts(accounts: QuerySet[Account], new: Namnd, actor: User) -> set[int]:
    """Ids of the nämnder that accounts were moved from."""
    by_kind: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        by_kind[account.kind].append(account)
    finals = by_kind[AccountKind.SLUT]
    if finals and _has_its_own(new, finals[0]):
        finals = []
    drafts = [a for a in finals if _is_draft(a)]
    moved = by_kind[AccountKind.DEL] + finals[:1]
    before = {a.namnd_id for a in moved}
    for account in moved:
        account.namnd = new
        if account.kind == AccountKind.SLUT and len(finals) > 1:
            begun = drafts[0].paper if len(drafts) == 1 else None
        else:
            begun = account.paper if _is_draft(account) else None
        if _is_draft(account) or account.paper_id is None:
            account.paper = begun and take_over_paper(begun, namnd=new, actor=actor)
        account.save(update_fields=["namnd", "paper"])
        Obligation.objects.filter(account=account).update(namnd=new)
    return before


def _is_draft(account: Account) -> bool:
    return account.paper is not None and account.paper.state == PaperState.UTKAST
