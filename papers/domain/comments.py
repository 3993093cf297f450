"""Comments on passages of a paper: ask, answer, resolve, open again. Within the nämnd only.

A comment is no change of the paper: it counts no revision, stands in no version and in no file.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from organisation.models import User
from papers.domain.changes import current_version, record_change, take
from papers.domain.content import check_words
from papers.domain.contents import Passage, content_of
from papers.domain.errors import InvalidContent, NotOpen
from papers.domain.saves import keys_of, passages_of
from papers.domain.workflow import Action, find_transition
from papers.models import Comment, CommentThread, Paper
from trace.domain.wording import plain

MAX_TEXT, MAX_QUOTE = 4000, 2000
NOTHING_SAID = "Skriv en kommentar."
NO_PLACE = "Välj vilket avsnitt kommentaren gäller."
NOT_THERE = "Orden finns inte i avsnittet. Kopiera dem därifrån, eller lämna fältet tomt."
RESOLVED = "Kommentaren är löst. Öppna den igen för att svara."


@dataclass(frozen=True)
class ThreadView:
    """A thread as it is read beside the text as it is now."""

    thread: CommentThread
    comments: tuple[Comment, ...]
    has_changed: bool
    """The words it is about are not there any more."""
    order: int
    """The place of its section in the current version; 0 for none, or for another passage."""
    anchor: str
    """Where on the paper's page the passage stands: "avsnitt-3", "att-sats-2" or ""."""

    @property
    def first(self) -> Comment:
        return self.comments[0]


def squeezed(text: str) -> str:
    """Running text with single spaces, rich text without its markup: what a quote is sought in."""
    return " ".join(plain(text).split())


def is_there(quote: str, occurrence: int, text: str) -> bool:
    """Whether the words stand in the passage. Of several, an earlier one may have gone."""
    return not quote or (occurrence > 0 and quote in squeezed(text))


def places_of(paper: Paper) -> tuple[Passage, ...]:
    """The passages that can be commented on, in the order of the paper."""
    return tuple(p for p in passages_of(content_of(current_version(paper))) if p.key != "huvudet")


def threads_of(paper: Paper, *, only_open: bool = False) -> list[ThreadView]:
    """The threads of a paper, those on the earliest passage first. For its own nämnd.

    paper: with its current version loaded.
    """
    rows = paper.threads.prefetch_related(
        Prefetch("comments", Comment.objects.select_related("by").order_by("pk"))
    ).select_related("resolved_by")
    if only_open:
        rows = rows.filter(resolved_at__isnull=True)
    found = list(rows)
    if not found:
        return []
    passages = places_of(paper)
    place = {passage.key: number for number, passage in enumerate(passages)}
    texts = {passage.key: passage.as_html for passage in passages}
    anchors = _anchors(paper)
    views = [
        ThreadView(
            thread=thread,
            comments=tuple(thread.comments.all()),
            has_changed=thread.place not in texts
            or not is_there(thread.quote, thread.occurrence, texts[thread.place]),
            order=anchors.get(thread.place, (0, ""))[0],
            anchor=anchors.get(thread.place, (0, ""))[1] or _own_anchor(thread.place),
        )
        for thread in found
    ]
    last = len(passages)
    return sorted(views, key=lambda v: (place.get(v.thread.place, last), v.thread.pk))


@transaction.atomic
def start_thread(
    paper: Paper, *, actor: User, place: str, text: str, quote: str = "", occurrence: int = 1
) -> CommentThread:
    """Say something about a passage, or about the words `quote` in it.

    The same again, by the same person and with nothing said between, is the same comment: a button
    pressed twice.
    Raises NotAllowed; InvalidContent for a passage or words that are not there.
    """
    paper = take(paper.pk)
    find_transition(Action.COMMENT, paper, actor=actor)
    text, quote = _checked(text), " ".join(quote.split())
    passage = next((p for p in places_of(paper) if p.key == place), None)
    if passage is None:
        raise InvalidContent(NO_PLACE)
    check_words(quote, "Citatet")
    if len(quote) > MAX_QUOTE:
        raise InvalidContent(f"Citatet får ha högst {MAX_QUOTE} tecken.")
    if not is_there(quote, occurrence, passage.as_html):
        raise InvalidContent(NOT_THERE)
    last = Comment.objects.filter(thread__paper=paper).order_by("-pk").first()
    if last is not None and (last.by_id, last.text) == (actor.pk, text):
        thread = last.thread
        if (thread.place, thread.quote) == (place, quote) and thread.is_open:
            return thread
    thread = CommentThread.objects.create(
        paper=paper,
        place=place,
        heading=passage.heading[:200],
        quote=quote,
        occurrence=max(occurrence, 1),
    )
    Comment.objects.create(thread=thread, text=text, by=actor)
    _told(paper, actor, f"Kommenterade ”{thread.heading}”")
    return thread


@transaction.atomic
def reply(thread: CommentThread, *, actor: User, text: str) -> Comment:
    """Answer in a thread. The same again, with nothing said between, changes nothing.

    Raises NotAllowed; NotOpen when the thread is resolved; InvalidContent.
    """
    paper, thread = _take(thread, actor)
    text = _checked(text)
    last = thread.comments.order_by("-pk").first()
    if last is not None and (last.by_id, last.text) == (actor.pk, text):
        return last
    if not thread.is_open:
        raise NotOpen(RESOLVED)
    comment = Comment.objects.create(thread=thread, text=text, by=actor)
    _told(paper, actor, f"Svarade på en kommentar till ”{thread.heading}”")
    return comment


@transaction.atomic
def resolve(thread: CommentThread, *, actor: User) -> CommentThread:
    """Say that a thread needs nothing more. The same again changes nothing. Raises NotAllowed."""
    paper, thread = _take(thread, actor)
    if thread.is_open:
        thread.resolved_at, thread.resolved_by = timezone.now(), actor
        thread.save(update_fields=["resolved_at", "resolved_by"])
        _told(paper, actor, f"Löste en kommentar till ”{thread.heading}”")
    return thread


@transaction.atomic
def reopen(thread: CommentThread, *, actor: User) -> CommentThread:
    """Take a thread up again. The same again changes nothing. Raises NotAllowed."""
    paper, thread = _take(thread, actor)
    if not thread.is_open:
        thread.resolved_at, thread.resolved_by = None, None
        thread.save(update_fields=["resolved_at", "resolved_by"])
        _told(paper, actor, f"Öppnade en kommentar till ”{thread.heading}” igen")
    return thread


# Parts ------------------------------------------------------------------------------------------


def _take(thread: CommentThread, actor: User) -> tuple[Paper, CommentThread]:
    paper = take(thread.paper_id)
    find_transition(Action.COMMENT, paper, actor=actor)
    return paper, CommentThread.objects.get(pk=thread.pk)


def _checked(text: str) -> str:
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise InvalidContent(NOTHING_SAID)
    if len(text) > MAX_TEXT:
        raise InvalidContent(f"Kommentaren får ha högst {MAX_TEXT} tecken, men har {len(text)}.")
    check_words(text, "Kommentaren")
    return text


def _told(paper: Paper, actor: User, summary: str) -> None:
    """What is said stands in the thread, not in the event."""
    record_change(paper, Action.COMMENT, actor=actor, summary=summary)


def _anchors(paper: Paper) -> dict[str, tuple[int, str]]:
    """Of the sections' passages: the section's place, and its anchor on the page."""
    sections = list(current_version(paper).sections.all())
    return {
        key: (section.order, f"avsnitt-{section.order}")
        for section, key in zip(sections, keys_of(sections), strict=True)
    }


def _own_anchor(place: str) -> str:
    """A passage of an app above is called by its anchor."""
    return place if "/" not in place else ""
