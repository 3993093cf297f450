"""Drafts of answers that were sent to other nämnder for comment."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import Namnd, User
from papers.domain.changes import current_version
from papers.domain.sharing import share_draft
from papers.models import DraftShare
from remisser.domain.answers import copy_positions
from remisser.models import Answer, Remiss


def share_answer_draft(
    answer: Answer, *, to_namnd: Namnd, actor: User, message: str = ""
) -> DraftShare:
    """Send the answer as it stands now, stances included; see papers.domain.sharing."""
    return share_draft(
        current_version(answer.paper),
        to_namnd=to_namnd,
        actor=actor,
        message=message,
        copy_more=copy_positions,
    )


def shares_of(answer: Answer) -> QuerySet[DraftShare]:
    """Everything that was sent of the answer, newest first. For its own nämnd."""
    return DraftShare.objects.filter(version__paper=answer.paper_id).select_related(
        "version", "to_namnd", "by", "revoked_by"
    )


def namnder_to_ask(answer: Answer) -> QuerySet[Namnd]:
    """The nämnder that a draft can be sent to: all that exist today but its own."""
    return Namnd.objects.valid_on(timezone.localdate()).exclude(pk=answer.paper.namnd_id).in_order()


def received_drafts(user: User, remiss: Remiss) -> Sequence[DraftShare]:
    """What the person's nämnder were sent for comment of one remiss, newest first."""
    shares = DraftShare.objects.open_to(user).filter(
        version__paper__answer__instance__remiss=remiss
    )
    return list(
        shares.select_related(
            "version__paper__namnd", "version__paper__answer__instance__remiss", "to_namnd"
        )
    )
