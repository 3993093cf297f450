"""All that one version says, as one value: now, or as it stood after an earlier save.

The tables of changes keep every save of every part, and each part carries the paper's revision
from when it was last written. What a version said at a revision is then, of each part, the last
row that is not younger. Nothing is stored twice, and what is read so cannot be changed.

Apps above whose versions hold more (the stances on the proposals of a remiss) say so once, with
`add_part`; then it is read, compared, hashed, copied and restored with the rest.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db import models

from papers.domain.content import Header, SectionContent, header_of
from papers.models import Paper, PaperVersion, Section
from trace.domain.history import change_model

__all__ = [
    "Content",
    "Part",
    "Passage",
    "add_part",
    "content_of",
    "fingerprint",
    "fingerprint_of",
    "parts",
    "rows_at",
]


@dataclass(frozen=True)
class Passage:
    """A named piece of what a version says, to be laid beside the same of another version."""

    key: str
    heading: str
    text: str
    is_rich: bool = True
    """Clean rich text; else plain lines."""

    @property
    def as_html(self) -> str:
        return self.text if self.is_rich else escape(self.text)


@dataclass(frozen=True)
class Part:
    """What an app above adds to the content of a version. `said` is plain data, fit for JSON."""

    name: str
    read: Callable[[int, int | None], Any]
    """(version's number in the database, revision or None for now) → said; None for nothing."""
    passages: Callable[[Any], Sequence[Passage]]
    put: Callable[[PaperVersion, Any], None]
    """Write what was said in a version that has just been opened."""


@dataclass(frozen=True)
class Content:
    header: Header
    """Without the diary number: that is the matter's, and no version's."""
    sections: tuple[SectionContent, ...]
    more: tuple[tuple[str, Any], ...] = ()
    """By the names of the parts that say something."""


_PARTS: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """For the apps above, when they are loaded. The same name again takes the old one's place."""
    _PARTS[part.name] = part


def parts() -> tuple[Part, ...]:
    return tuple(_PARTS[name] for name in sorted(_PARTS))


def rows_at(
    model: type[models.Model], revision: int | None, *, counted: str = "revision", **rows: Any
) -> list[Any]:
    """The rows of a table as they are now (None), or as they were at a revision of the paper.

    counted: the column in which a row carries the revision of its last change. Two queries never:
    one for the table, or one for its table of changes.
    """
    if revision is None:
        return list(model._default_manager.filter(**rows))
    found = (
        change_model(model)
        .objects.filter(**rows, **{f"{counted}__lte": revision})
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    return [row for row in found if row.pgh_label != "delete"]


def content_of(version: PaperVersion, revision: int | None = None) -> Content:
    """What the version says now, or said when the paper had reached `revision`.

    Three queries, and those of the parts.
    Raises ValueError when the version had not been begun at that revision.
    """
    found = rows_at(PaperVersion, revision, counted="header_revision", id=version.pk)
    if not found:
        raise ValueError(f"version {version.pk} was not there at revision {revision}")
    sections = sorted(rows_at(Section, revision, version_id=version.pk), key=lambda row: row.order)
    read = ((part.name, part.read(version.pk, revision)) for part in parts())
    return Content(
        header=_header(found[0]),
        sections=tuple(
            SectionContent(
                key=row.key,
                heading=row.heading,
                kind=row.kind,
                body=row.body,
                required=row.required,
                guidance=row.guidance,
                required_from=row.required_from,
            )
            for row in sections
        ),
        more=tuple((name, said) for name, said in read if said is not None),
    )


def fingerprint(content: Content) -> str:
    """SHA-256, in hexadecimal, of what the content says: the same words, the same fingerprint.

    Not in it: the diary number, which the register gives, and what guides the one who writes.
    """
    header = {name: value for name, value in content.header.__dict__.items() if name != "dnr"}
    said = {
        "header": header,
        "sections": [[s.key, s.heading, s.kind, s.body] for s in content.sections],
        "more": dict(content.more),
    }
    text = json.dumps(
        said, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint_of(version: PaperVersion) -> str:
    """The fingerprint of what the version says now: what an approval of it is an approval of."""
    return fingerprint(content_of(version))


def _header(row: Any) -> Header:
    """row: a version, or a change of one. The diary number is the matter's, and left out."""
    version = PaperVersion(
        **{
            field.attname: getattr(row, field.attname)
            for field in PaperVersion._meta.concrete_fields
            if field.attname != "paper_id" and hasattr(row, field.attname)
        }
    )
    version.paper = Paper()
    return header_of(version)


def _plain(value: Any) -> Any:
    """Values of a header that JSON does not know: dates, and small records."""
    return value.__dict__ if hasattr(value, "__dict__") else value.isoformat()
