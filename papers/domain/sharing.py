"""Sending a draft to another nämnd for comment: the one way that a draft leaves its nämnd.

What is sent is one version, as it stands. Work goes on in the next one, which the other nämnd
does not see.
"""

from django.db import transaction
from django.utils import timezone

from organisation.models import Namnd, User
from papers.domain.changes import advance, record_change, take
from papers.domain.content import check_words
from papers.domain.errors import InvalidContent, NotAllowed
from papers.domain.papers import CopyMore, copy_version
from papers.domain.workflow import ONLY_SECRETARIES, Action, find_transition
from papers.enums import PaperState
from papers.models import DraftShare, PaperVersion
from papers.rules import may_share
from trace.domain import record
from trace.models import Event

TAKEN_BACK = "draft-taken-back"


@transaction.atomic
def share_draft(
    version: PaperVersion,
    *,
    to_namnd: Namnd,
    actor: User,
    message: str = "",
    copy_more: CopyMore | None = None,
) -> DraftShare:
    """Let the people of `to_namnd` read this version, and nothing that is written later.

    A version that is being written in is closed by it: a new one with the same content is opened.
    When nothing has been written since the last sending, the version that was sent then is sent.
    The same again changes nothing.
    Raises NotAllowed; InvalidContent for the paper's own nämnd, or one that has ceased.
    Side effects: the share, perhaps a version, an event in the paper's history and one in the
    receiving nämnd's.
    """
    paper = take(version.paper_id)
    find_transition(Action.SHARE, paper, actor=actor)
    check_words(message, "Meddelandet")
    if to_namnd.pk == paper.namnd_id:
        raise InvalidContent("Nämnden har redan utkastet: det är nämndens eget.")
    if not to_namnd.exists_on(timezone.localdate()):
        raise InvalidContent(f"{to_namnd} har upphört. Välj en nämnd som finns.")
    version = PaperVersion.objects.get(pk=version.pk)
    is_current = version.pk == paper.current_id
    if is_current and paper.state == PaperState.UTKAST:
        version = _sent_before(version) or version
    there = DraftShare.objects.current().filter(version=version, to_namnd=to_namnd).first()
    if there is not None:
        return there
    if version.pk == paper.current_id and paper.state == PaperState.UTKAST:
        advance(paper)
        copy_version(
            paper,
            actor=actor,
            reason=f"Version {version.number} skickades för synpunkter",
            copy_more=copy_more,
        )
    share = DraftShare.objects.create(
        version=version, to_namnd=to_namnd, by=actor, message=message.strip()
    )
    record_change(
        paper,
        Action.SHARE,
        actor=actor,
        summary=f"Skickade version {version.number} till {to_namnd} för synpunkter",
        reason=share.message,
    )
    record(
        share,
        actor=actor,
        verb="draft-received",
        summary=f"Fick ett utkast för synpunkter från {paper.namnd}",
        scope=to_namnd.code,
        reason=share.message,
    )
    return share


@transaction.atomic
def take_back_draft(share: DraftShare, *, actor: User) -> DraftShare:
    """From the next request on the other nämnd no longer reads the draft. The act stays known.

    Raises NotAllowed. The same again changes nothing.
    """
    paper = take(share.version.paper_id)
    if not may_share(actor, paper):
        raise NotAllowed(ONLY_SECRETARIES)
    share = DraftShare.objects.select_related("version", "to_namnd").get(pk=share.pk)
    if share.revoked_at is not None:
        return share
    share.revoked_by, share.revoked_at = actor, timezone.now()
    share.save(update_fields=["revoked_by", "revoked_at"])
    what = f"version {share.version.number}"
    record(
        paper,
        actor=actor,
        verb=TAKEN_BACK,
        summary=f"Tog tillbaka {what} från {share.to_namnd}",
        scope=paper.namnd.code,
    )
    record(
        share,
        actor=actor,
        verb=TAKEN_BACK,
        summary=f"{paper.namnd} tog tillbaka ett utkast",
        scope=share.to_namnd.code,
    )
    return share


def _sent_before(current: PaperVersion) -> PaperVersion | None:
    """The version before, when it was sent and nothing has been written since."""
    last = Event.objects.about(current.paper).first()
    if last is None or last.verb not in (Action.SHARE.value, TAKEN_BACK):
        return None
    return PaperVersion.objects.filter(
        paper=current.paper_id, number=current.number - 1, shares__isnull=False
    ).first()
