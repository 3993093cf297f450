"""Expediering: send a decided paper to those it is for. After that nothing of it changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from organisation.models import User
from papers.domain.agenda import way_of, with_corrections
from papers.domain.changes import advance, conflict_on, current_version, record_change, take
from papers.domain.content import check_words
from papers.domain.contents import fingerprint_of
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.workflow import ONLY_SECRETARIES, Action, find_transition
from papers.models import AgendaItem, Dispatch, DispatchFile, DispatchRecipient, Paper
from papers.rules import may_send_out

MOST_RECIPIENTS = 60
LONGEST_RECIPIENT = 200


@dataclass(frozen=True)
class MadeFile:
    """A file that is to be sent. name: safe, with its extension."""

    name: str
    content_type: str
    content: bytes


MakeFiles = Callable[[AgendaItem], Sequence[MadeFile]]
"""From the decided matter (with its paper's version) to the files that are sent."""


@transaction.atomic
def dispatch_paper(
    paper: Paper,
    *,
    actor: User,
    expected_version: int,
    recipients: Sequence[str],
    make_files: MakeFiles,
) -> Dispatch:
    """Send the paper to `recipients`, and keep exactly what was sent.

    Sent already, that sending is the answer: a button that was pressed twice sends once.
    Raises NotAllowed, NotOpen (not decided), Conflict; InvalidContent without recipients.
    Side effects: the sending with its files, an event. From then on everyone signed in reads it.
    """
    paper = take(paper.pk)
    there = Dispatch.objects.filter(paper=paper).first()
    if there is not None:
        if not may_send_out(actor, paper):
            raise NotAllowed(ONLY_SECRETARIES)
        return there
    transition = find_transition(Action.DISPATCH, paper, actor=actor)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    names = _checked(recipients)
    version = current_version(paper)
    item = next((i for i in reversed(way_of(paper)) if i.version_id == version.pk), None)
    if item is None or item.decision is None:
        raise NotOpen("Nämndens beslut är inte registrerat.")
    item.version, item.paper = version, paper
    sending = Dispatch.objects.create(
        paper=paper, version=version, item=item, by=actor, sha256=fingerprint_of(version)
    )
    DispatchRecipient.objects.bulk_create(
        DispatchRecipient(dispatch=sending, number=number, name=name)
        for number, name in enumerate(names, start=1)
    )
    DispatchFile.objects.bulk_create(
        DispatchFile(
            dispatch=sending,
            name=made.name,
            content_type=made.content_type,
            content=made.content,
            size=len(made.content),
            sha256=sha256(made.content).hexdigest(),
        )
        for made in make_files(item)
    )
    advance(paper, state=transition.target)
    record_change(
        paper,
        Action.DISPATCH,
        actor=actor,
        summary=f"Expedierade version {version.number} till {', '.join(names)}",
    )
    return sending


def dispatch_of(paper: Paper) -> Dispatch | None:
    """The paper's sending, with recipients and files (not what the files contain)."""
    found = (
        Dispatch.objects.filter(paper=paper)
        .select_related("by", "version", "item__meeting__namnd", "item__decision")
        .prefetch_related("recipients", "item__decision__points", "item__decision__statements")
        .first()
    )
    if found is not None:
        with_corrections([found.item])
    return found


def files_of(sending: Dispatch) -> list[DispatchFile]:
    """The files without their content."""
    return list(DispatchFile.objects.filter(dispatch=sending).defer("content").order_by("pk"))


def _checked(recipients: Sequence[str]) -> list[str]:
    names = list(dict.fromkeys(filter(None, (" ".join(one.split()) for one in recipients))))
    if not names:
        raise InvalidContent("Skriv minst en mottagare.")
    if len(names) > MOST_RECIPIENTS:
        raise InvalidContent(f"Högst {MOST_RECIPIENTS} mottagare, en per rad.")
    for name in names:
        if len(name) > LONGEST_RECIPIENT:
            raise InvalidContent(f"En mottagare får ha högst {LONGEST_RECIPIENT} tecken.")
        check_words(name, "Mottagaren")
    return names
