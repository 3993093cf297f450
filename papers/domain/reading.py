"""One version of a paper as it is read: its sections in order, and what stands beside them.

Apps above add what follows a section's own text (the answers to the proposals of a remiss).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from organisation.enums import INSIDE_ROLES
from organisation.models import User
from papers.domain.comments import ThreadView, threads_of
from papers.domain.content import WRITTEN_KINDS, Header, clean_body, header_of
from papers.domain.marking import Quote, mark_quotes
from papers.domain.saves import keys_of, named_saves, writing_now
from papers.domain.workflow import Action, possible_actions
from papers.enums import AttestSource, Origin, PaperState, SectionKind
from papers.models import Attestation, Paper, PaperSave, PaperVersion, Section, SectionTask

__all__ = ["PaperPage", "SectionView", "VersionLine", "paper_page", "quotes_by_place", "readable"]

# On the page a section's heading is of level 3, and those of its text come below it.
_HEADING = re.compile(r"<(/?)h([34])>")
# A note in clean rich text; one pair of brackets inside it is enough for what people write.
_NOTE = re.compile(
    r"\[Fotnot: (?:[^][<]|<(?!/?(?:p|h\d|li|[uo]l|blockquote)\b)[^>]*>|\[[^][<]*\])+\]"
)


class Addition(Protocol):
    """Something that follows a section's own text."""

    @property
    def answered(self) -> bool:
        """Whether it says something."""


@dataclass(frozen=True)
class SectionView:
    order: int
    heading: str
    kind: str
    body: str
    """Clean rich text."""
    guidance: str
    required: bool
    is_written: bool
    """Whether it has a text of its own, that can be written in."""
    place: str = ""
    """What comments on it are tied to."""
    may_write: bool = False
    """Whether the person may write in it now: the whole paper's, or what they were given."""
    writer: PaperSave | None = None
    """Somebody else's save of it, so late that they are probably still writing."""
    task: SectionTask | None = None
    """Who has been given it and has not finished."""
    more: tuple[Any, ...] = ()
    """Additions, in their order."""

    @property
    def is_empty(self) -> bool:
        return not self.body and not any(addition.answered for addition in self.more)


@dataclass(frozen=True)
class VersionLine:
    number: int
    version: PaperVersion
    origin: str
    is_current: bool
    attests: tuple[Attestation, ...]


@dataclass(frozen=True)
class PaperPage:
    paper: Paper
    version: PaperVersion
    is_current: bool
    header: Header
    sections: tuple[SectionView, ...]
    attests: tuple[Attestation, ...]
    versions: tuple[VersionLine, ...]
    named: tuple[PaperSave, ...]
    """Saves with a name, newest first."""
    may_write: bool
    may_open_version: bool
    may_share: bool
    may_comment: bool
    threads: tuple[ThreadView, ...]
    """Open comments; none beside an older version, or for who does not read the paper whole."""

    @property
    def attests_stand_last(self) -> bool:
        """Whether there are attests, and no section of the paper's own to show them in."""
        in_a_section = any(section.kind == SectionKind.ATTEST for section in self.sections)
        given_here = any(attest.source == AttestSource.SAMLAD for attest in self.attests)
        return given_here and not in_a_section

    @property
    def has_attested_before(self) -> bool:
        """Whether an older version has attests that no longer hold."""
        return any(line.attests and not line.is_current for line in self.versions)


def paper_page(
    paper: Paper,
    user: User | None,
    number: int | None = None,
    *,
    more_of: Callable[[PaperVersion, Section], tuple[Addition, ...]] = lambda *_: (),
) -> PaperPage | None:
    """The current version, or the one with `number`; None when there is no such version.

    paper: with its nämnd loaded. The caller has checked that `user` may see it; None: nobody is
    shown anything, the page is looked over.
    """
    versions = list(paper.versions.select_related("created_by").prefetch_related("attestations"))
    wanted = [v for v in versions if (v.number == number if number else v.pk == paper.current_id)]
    if not wanted:
        return None
    version = wanted[0]
    version.paper = paper
    is_current = version.pk == paper.current_id
    actions = possible_actions(user, paper) if is_current and user else frozenset()
    is_inside = is_current and (user is None or user.access.has_role(paper.namnd_id, *INSIDE_ROLES))
    tasks = (
        {t.key: t for t in paper.tasks.filter(done_at__isnull=True).select_related("person")}
        if is_inside
        else {}
    )
    # What a nämnd was sent for comment is a version, and nothing that is said of it inside.
    threads = threads_of(paper, only_open=True) if is_inside else []
    quotes = quotes_by_place(threads)
    sections = list(version.sections.all())
    recent = writing_now(paper, user) if is_inside and user else {}
    places = dict(zip((s.pk for s in sections), keys_of(sections), strict=True))
    is_draft = is_current and paper.state == PaperState.UTKAST
    writes = Action.WRITE in actions
    mine = {key for key, task in tasks.items() if is_draft and user and task.person_id == user.pk}
    return PaperPage(
        paper=paper,
        version=version,
        is_current=is_current,
        header=header_of(version),
        sections=tuple(
            _section(
                section,
                more_of(version, section),
                place=places[section.pk],
                task=tasks.get(section.key),
                writer=recent.get(section.revision),
                writes=writes or section.key in mine,
                quotes=quotes.get(places[section.pk], ()),
            )
            for section in sections
        ),
        attests=tuple(version.attestations.all()),
        versions=tuple(
            VersionLine(
                number=v.number,
                version=v,
                origin=str(Origin(v.origin).label),
                is_current=v.pk == paper.current_id,
                attests=tuple(v.attestations.all()),
            )
            for v in reversed(versions)
        ),
        named=tuple(named_saves(paper)),
        may_write=writes,
        may_open_version=Action.OPEN_VERSION in actions,
        may_share=Action.SHARE in actions,
        may_comment=is_inside and Action.COMMENT in actions,
        threads=tuple(threads),
    )


def readable(html: str) -> str:
    """Rich text for the page. Cleaned on the way in too, but a page relies on nobody for that."""
    lowered = _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", clean_body(html))
    return _NOTE.sub(r'<small class="note">\g<0></small>', lowered)


def quotes_by_place(threads: Sequence[ThreadView]) -> dict[str, list[Quote]]:
    """The words that the threads are about, by the place that these stand in."""
    found: dict[str, list[Quote]] = {}
    for view in threads:
        thread = view.thread
        if thread.quote and not view.has_changed:
            quote = Quote(thread.pk, thread.quote, thread.occurrence)
            found.setdefault(thread.place, []).append(quote)
    return found


def _section(
    section: Section,
    more: tuple[Addition, ...],
    *,
    place: str,
    task: SectionTask | None,
    writer: PaperSave | None,
    writes: bool,
    quotes: Sequence[Quote],
) -> SectionView:
    return SectionView(
        order=section.order,
        heading=section.heading,
        kind=section.kind,
        body=mark_quotes(readable(section.body), quotes),
        guidance=section.guidance,
        required=section.required,
        is_written=section.kind in WRITTEN_KINDS,
        more=more,
        place=place,
        may_write=writes and section.kind in WRITTEN_KINDS,
        task=task,
        writer=writer,
    )
