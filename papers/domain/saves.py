"""Every save of a paper: the list of them, names, what differs between two, and going back.

What is read as it once was is the paper's own nämnd's. Nothing is ever written over: going back
opens a new version that says what the older one said.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from organisation.models import User
from papers.domain.changes import advance, conflict_on, record_change, take
from papers.domain.content import (
    WRITTEN_KINDS,
    Header,
    SectionContent,
    add_sections,
    check_lengths,
    check_words,
)
from papers.domain.contents import Content, Passage, content_of, fingerprint, parts
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import add_version
from papers.domain.workflow import ONLY_SECRETARIES, Action, find_transition
from papers.enums import Origin
from papers.models import Paper, PaperSave, Section
from papers.rules import may_write
from trace.domain import record
from trace.domain.wording import plain, word_diff
from trace.models import Event

SITTING = dt.timedelta(minutes=20)
"""Saves of one person that follow closer than this are one sitting in the list."""
STILL_AT_IT = dt.timedelta(minutes=15)
NAME_MISSING = "Skriv ett namn, till exempel ”till förvaltningsgruppen”."
NAME_TAKEN = "En annan sparad text i handlingen heter redan så. Välj ett annat namn."
THE_SAME = "Texten är redan så som den var då. Ingenting behöver återställas."
HEADER_LABELS = {
    "title": "Rubrik",
    "subtitle": "Underrubrik",
    "forvaltning": "Förvaltning",
    "avdelning": "Avdelning",
    "dated_on": "Datum",
    "meeting_on": "Sammanträde",
    "addressee": "Till",
    "address": "Adressblock",
    "handlaggare": "Handläggare",
    "signatures": "Underskrifter",
    "bilagor": "Bilagor",
    "recipients": "Beslutet ska skickas till",
}


@dataclass(frozen=True)
class SaveLine:
    """One save in the list, or the last of a sitting."""

    save: PaperSave
    saves: int
    """How many saves the sitting has; 1 for one alone."""
    is_current: bool
    is_last_of_version: bool


@dataclass(frozen=True)
class PassageChange:
    """A passage that differs between two saves."""

    heading: str
    how: str
    """ "Ändrat", "Tillagt" or "Borttaget"."""
    marked: SafeString
    """Word by word."""


def saves_of(paper: Paper, *, every: bool = False) -> list[SaveLine]:
    """The saves of a paper, newest first. For its own nämnd.

    every: each save; else the last of each sitting, and every save that has a name.
    One query.
    """
    found = list(paper.saves.select_related("version", "by", "named_by").order_by("-revision"))
    last_of: dict[int, int] = {}
    for save in found:
        last_of.setdefault(save.version_id, save.pk)
    lines: list[SaveLine] = []
    newer: PaperSave | None = None
    for save in found:
        if not every and newer is not None and lines and _same_sitting(newer, save):
            newer = save
            lines[-1] = SaveLine(
                lines[-1].save,
                lines[-1].saves + 1,
                lines[-1].is_current,
                lines[-1].is_last_of_version,
            )
            continue
        newer = save
        lines.append(
            SaveLine(
                save=save,
                saves=1,
                is_current=save is found[0],
                is_last_of_version=last_of[save.version_id] == save.pk,
            )
        )
    return lines


def named_saves(paper: Paper) -> Sequence[PaperSave]:
    """Those that somebody has given a name, newest first; one query."""
    return list(paper.saves.exclude(name="").select_related("version").order_by("-revision"))


def writing_now(paper: Paper, reader: User) -> dict[int, PaperSave]:
    """Saves by others so late that they are probably still at it, by revision; one query.

    A section carries the revision of its last save, and so tells who is writing in it.
    """
    since = timezone.now() - STILL_AT_IT
    found = paper.saves.filter(at__gte=since).exclude(by=reader).select_related("by")
    return {save.revision: save for save in found if save.by_id is not None}


def save_at(paper: Paper, revision: int) -> PaperSave | None:
    """The save of a revision. For the paper's own nämnd."""
    return paper.saves.select_related("version", "by", "named_by").filter(revision=revision).first()


def content_at(save: PaperSave) -> Content:
    """What the paper said then."""
    return content_of(save.version, save.revision)


def passages_of(content: Content) -> tuple[Passage, ...]:
    """What a content says, piece by piece: header, sections, and what apps above add."""
    found = [Passage("huvudet", "Huvudet", _header_lines(content.header), is_rich=False)]
    for section, key in zip(content.sections, keys_of(content.sections), strict=True):
        if section.kind in WRITTEN_KINDS or section.body:
            heading = section.heading or "Avsnitt utan rubrik"
            found.append(Passage(key, heading, section.body))
    by_name = {part.name: part for part in parts()}
    for name, said in content.more:
        found += by_name[name].passages(said)
    return tuple(found)


def keys_of(sections: Sequence[SectionContent | Section]) -> list[str]:
    """What each section is known by through all versions.

    The same key twice is met in papers that were read in: the second is another section.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for section in sections:
        name = section.key, section.heading
        seen[name] += 1
        found.append(f"{section.key}/{section.heading}/{seen[name]}")
    return found


def differences(before: Content, after: Content) -> tuple[PassageChange, ...]:
    """What differs, word by word, in the order of `after`; what went comes last."""
    old = {passage.key: passage for passage in passages_of(before)}
    new = {passage.key: passage for passage in passages_of(after)}
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        old_text, new_text = was.as_html if was else "", now.as_html if now else ""
        if plain(old_text) == plain(new_text) and (was is None) == (now is None):
            continue
        heading = now.heading if now else was.heading if was else ""
        how = "Tillagt" if was is None else "Borttaget" if now is None else "Ändrat"
        found.append(PassageChange(heading, how, word_diff(old_text, new_text)))
    return tuple(found)


@transaction.atomic
def name_save(save: PaperSave, *, actor: User, name: str) -> PaperSave:
    """Give a save a name, or with "" take its name away. The same again changes nothing.

    A name is a mark for the nämnd's own people: nothing of what is written changes, so it may be
    given in every state.
    Raises NotAllowed, InvalidContent.
    """
    paper = take(save.paper_id)
    if not may_write(actor, paper):
        raise NotAllowed(ONLY_SECRETARIES)
    save = PaperSave.objects.get(pk=save.pk)
    name = " ".join(name.split())
    if save.name == name:
        return save
    check_words(name, "Namnet")
    if name and paper.saves.filter(name=name).exists():
        raise InvalidContent(NAME_TAKEN)
    save.name, save.named_by = name, actor if name else None
    check_lengths(save)
    save.save(update_fields=["name", "named_by"])
    when = date_format(localtime(save.at), "Y-m-d H:i")
    record(
        paper,
        actor=actor,
        verb="save-named",
        summary=f"Kallade texten från {when} ”{name}”"
        if name
        else f"Tog bort namnet på texten från {when}",
        scope=paper.namnd.code,
    )
    return save


@transaction.atomic
def restore(save: PaperSave, *, actor: User, expected_version: int, reason: str) -> Paper:
    """Open a new version that says what the paper said at `save`; all that came after stays.

    Attests hold for the version that they were given, so the new one has none.
    The same command again changes nothing.
    Raises NotAllowed, NotOpen, InvalidContent (no reason, or nothing differs), Conflict.
    Side effects: version, sections, an event.
    """
    paper = take(save.paper_id)
    if _just_restored(paper, actor, expected_version):
        return paper
    transition = find_transition(Action.RESTORE, paper, actor=actor, reason=reason)
    if paper.revision != expected_version:
        raise conflict_on(paper, None)
    reason = reason.strip()
    check_words(reason, "Skälet")
    version = save.version
    content = content_of(version, save.revision)
    current = paper.current
    if current is None:
        raise NotOpen("Handlingen har ingen version.")
    if fingerprint(content) == fingerprint(content_of(current)):
        raise InvalidContent(THE_SAME)
    when = date_format(localtime(save.at), "Y-m-d H:i")
    advance(paper, state=transition.target)
    new = add_version(
        paper,
        content.header,
        origin=Origin.SKRIVEN,
        actor=actor,
        reason=f"Återställd från {when}: {reason}"[:250],
        is_example=version.is_example,
    )
    add_sections(new, content.sections, revision=new.header_revision)
    by_name = {part.name: part for part in parts()}
    for name, said in content.more:
        by_name[name].put(new, said)
    record_change(
        paper,
        Action.RESTORE,
        actor=actor,
        summary=f"Återställde texten från {when} som version {new.number}",
        reason=reason,
    )
    return paper


# Parts ------------------------------------------------------------------------------------------


def _same_sitting(newer: PaperSave, older: PaperSave) -> bool:
    """A name ends a sitting: what has one stands by itself."""
    return (
        not older.name
        and newer.by_id == older.by_id
        and newer.version_id == older.version_id
        and newer.at - older.at <= SITTING
    )


def _header_lines(header: Header) -> str:
    lines = []
    for name, label in HEADER_LABELS.items():
        value = getattr(header, name)
        if not value:
            continue
        if isinstance(value, tuple):
            value = "; ".join(
                each if isinstance(each, str) else ", ".join(filter(None, each.__dict__.values()))
                for each in value
            )
        elif isinstance(value, dt.date):
            value = value.isoformat()
        lines.append(f"{label}: {value}")
    return "\n".join(lines)


def _just_restored(paper: Paper, actor: User, expected_version: int) -> bool:
    if paper.revision != expected_version + 1:
        return False
    last = Event.objects.about(paper).first()
    return last is not None and last.verb == Action.RESTORE.value and last.actor_id == actor.pk
