"""One version of a paper as it is read: its sections in order, and what stands beside them.

Apps above add what follows a section's own text (the answers to the proposals of a remiss).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from organisation.models import User
from papers.domain.content import WRITTEN_KINDS, Header, clean_body, header_of
from papers.domain.saves import named_saves
from papers.domain.workflow import Action, possible_actions
from papers.enums import Origin
from papers.models import Attestation, Paper, PaperSave, PaperVersion, Section

__all__ = ["PaperPage", "SectionView", "VersionLine", "paper_page", "readable"]

# On the page a section's heading is of level 3, and those of its text come below it.
_HEADING = re.compile(r"<(/?)h([34])>")


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

    @property
    def has_attested_before(self) -> bool:
        """Whether an older version has attests that no longer hold."""
        return any(line.attests and not line.is_current for line in self.versions)


def paper_page(
    paper: Paper,
    user: User,
    number: int | None = None,
    *,
    more_of: Callable[[PaperVersion, Section], tuple[Addition, ...]] = lambda *_: (),
) -> PaperPage | None:
    """The current version, or the one with `number`; None when there is no such version.

    paper: with its nämnd loaded. The caller has checked that `user` may see it.
    """
    versions = list(paper.versions.select_related("created_by").prefetch_related("attestations"))
    wanted = [v for v in versions if (v.number == number if number else v.pk == paper.current_id)]
    if not wanted:
        return None
    version = wanted[0]
    version.paper = paper
    is_current = version.pk == paper.current_id
    actions = possible_actions(user, paper) if is_current else frozenset()
    return PaperPage(
        paper=paper,
        version=version,
        is_current=is_current,
        header=header_of(version),
        sections=tuple(
            _section(section, more_of(version, section)) for section in version.sections.all()
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
        may_write=Action.WRITE in actions,
        may_open_version=Action.OPEN_VERSION in actions,
        may_share=Action.SHARE in actions,
    )


def readable(html: str) -> str:
    """Rich text for the page. Cleaned on the way in too, but a page relies on nobody for that."""
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", clean_body(html))


def _section(section: Section, more: tuple[Addition, ...]) -> SectionView:
    return SectionView(
        order=section.order,
        heading=section.heading,
        kind=section.kind,
        body=readable(section.body),
        guidance=section.guidance,
        required=section.required,
        is_written=section.kind in WRITTEN_KINDS,
        more=more,
    )
