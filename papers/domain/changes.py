"""One change of a paper at a time: take the row, count the change, say who was first.

Apps above use these for the parts of a paper that they add (a stance on a proposal).
"""

from typing import Any

from django.db.models import F
from django.utils import timezone

from organisation.enums import INSIDE_ROLES
from organisation.models import User
from papers.domain.errors import Conflict
from papers.domain.workflow import WRITES, Action, find_transition
from papers.models import Paper, PaperSave, PaperVersion, SectionTask
from trace.domain import record
from trace.models import Event

__all__ = [
    "advance",
    "conflict_on",
    "current_version",
    "record_change",
    "take",
    "take_for_writing",
]


def take(paper_id: int) -> Paper:
    """The paper as it stands in the database, held until the transaction ends."""
    return (
        Paper.objects.select_for_update(of=("self",))
        .select_related("namnd", "current", "template")
        .get(pk=paper_id)
    )


def take_for_writing(paper_id: int, *, actor: User, key: str = "") -> Paper:
    """The paper, if the person may write in it and it is a draft.

    key: of the section that is to be written, which the person may have been given.
    Raises NotAllowed and NotOpen.
    """
    paper = take(paper_id)
    given = bool(key) and (
        SectionTask.objects.open().filter(paper=paper, key=key, person=actor).exists()
        and actor.access.has_role(paper.namnd_id, *INSIDE_ROLES)
    )
    # Who was given the section may write in it; the state is asked all the same.
    find_transition(Action.WRITE, paper, actor=None if given else actor)
    return paper


def current_version(paper: Paper) -> PaperVersion:
    """The version that holds now. Every paper has one from the moment it is begun."""
    version = paper.current
    if version is None:
        raise ValueError(f"paper {paper.pk} has no version")
    version.paper = paper
    return version


def advance(paper: Paper, **changes: Any) -> None:
    """Count one change of the paper, with `changes` to its own columns.

    The update is conditional: raises Conflict if the row has moved on since it was read.
    """
    changed = Paper.objects.filter(pk=paper.pk, revision=paper.revision).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **changes
    )
    if not changed:
        raise conflict_on(paper, None)
    paper.revision += 1
    for name, value in changes.items():
        setattr(paper, name, value)


def conflict_on(paper: Paper, theirs: Any) -> Conflict:
    """The refusal of what builds on an older revision; `theirs` is what is saved now."""
    last = Event.objects.about(paper).first()
    return Conflict(
        revision=paper.revision,
        theirs=theirs,
        by=last.actor if last else None,
        at=last.happened_at if last else paper.changed_at,
    )


def record_change(
    paper: Paper, action: Action, *, actor: User | None, summary: str, reason: str = ""
) -> None:
    """Write the event of a change, for the paper's nämnd, and the save that it made, if any.

    To be called when all is written: what the paper says then is the save.
    """
    if action in WRITES:
        # Sending a draft may write a version, or none: then the revision has its save already.
        row = PaperSave(
            paper=paper,
            version=current_version(paper),
            revision=paper.revision,
            by=actor,
            what=summary[:300],
        )
        PaperSave.objects.bulk_create([row], ignore_conflicts=True)
    record(
        paper,
        actor=actor,
        verb=action.value,
        summary=summary,
        scope=paper.namnd.code,
        reason=reason,
    )
