"""What the commands on programmes share: the right, the checks, and the count of changes."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone

from organisation.domain.days import ONE_DAY
from organisation.models import User
from organisation.personnummer import why_not_personnummer
from programme.domain.errors import Conflict, Invalid, NotAllowed
from programme.models import Perspective, Programme, ViolenceType
from programme.rules import may_edit_programmes

TAGGED_BEFORE = "Märkningen har funnits förut. Ange från vilken dag den gäller igen."
ONLY_COORDINATORS = "Bara samordnaren ändrar programmens innehåll."


@dataclass(frozen=True)
class Facts:
    """What is known of a goal or an activity beside its text."""

    source: str = ""
    is_example: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    violence_types: tuple[ViolenceType, ...] = field(default=())
    perspectives: tuple[Perspective, ...] = field(default=())
    tags_from: dt.date | None = None
    """From when what is changed of the tags holds; None: as if it had always been so."""
    tags_source: str = ""
    """Of the tags that are put on."""


def check_right(actor: User) -> None:
    """Raises NotAllowed for everybody but the coordinator."""
    if not may_edit_programmes(actor):
        raise NotAllowed(ONLY_COORDINATORS)


def check_texts(**texts: str) -> None:
    """Raises Invalid, at the field, for a text with a personnummer in it."""
    for name, text in texts.items():
        if problem := why_not_personnummer(text):
            raise Invalid(problem, field=name)


def check_row(row: models.Model) -> None:
    """Raises Invalid, at the field, for what the row's own rules refuse."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field="" if name == "__all__" else name) from wrong


def check_days(programme: Programme, first: dt.date | None, last: dt.date | None) -> None:
    """Raises Invalid for days outside the years of the programme."""
    for name, day in (("valid_from", first), ("valid_to", last)):
        if day is not None and not programme.first_day <= day <= programme.last_day:
            raise Invalid(
                f"Dagen ska ligga i programmets tid, {programme.first_year}–{programme.last_year}.",
                field=name,
            )


def count_change(row: models.Model, expected_version: int, *, theirs: str = "") -> None:
    """Count a change of the row, when it is still as the person saw it. Raises Conflict.

    theirs: what to say that the text is now, where a text is what is changed.
    """
    manager = type(row)._default_manager
    mine = manager.filter(pk=row.pk, revision=expected_version)
    if not mine.update(revision=F("revision") + 1):
        now = manager.filter(pk=row.pk).values_list("revision", flat=True).first()
        if now is None:
            raise Invalid("Det här är borttaget.")
        raise Conflict(revision=now, theirs=theirs)
    row.revision = expected_version + 1  # type: ignore[attr-defined]


def lay_facts(row: models.Model, facts: Facts) -> None:
    """Put the facts on the row, but for the tags, which need a saved row."""
    for name in ("source", "is_example", "valid_from", "valid_to"):
        setattr(row, name, getattr(facts, name))


def lay_tags(row: models.Model, facts: Facts) -> None:
    """Let the row have these tags, and no others that go on.

    From a day they are put on and ended with the day; else as if it had always been so. Raises
    Invalid, at the field, where that would be twice at a time.
    """
    for links, tag, wanted in (
        (row.violence_type_links, "violencetype", facts.violence_types),  # type: ignore[attr-defined]
        (row.perspective_links, "perspective", facts.perspectives),  # type: ignore[attr-defined]
    ):
        _lay(links, tag, {each.pk for each in wanted}, facts)


def _lay(links: Any, tag: str, wanted: set[int], facts: Facts) -> None:
    first = facts.tags_from
    last = first - ONE_DAY if first else None
    going = {getattr(link, f"{tag}_id"): link for link in links.going_on(timezone.localdate())}
    for pk, link in going.items():
        if pk in wanted:
            continue
        if last is None or (link.valid_from is not None and link.valid_from > last):
            link.delete()
        else:
            link.valid_to = last
            link.save(update_fields=["valid_to"])
    for pk in sorted(wanted - set(going)):
        if links.filter(**{f"{tag}_id": pk}, valid_to__isnull=False).exists() and first is None:
            raise Invalid(TAGGED_BEFORE, field="tags_from")
        link = links.model(
            **{links.field.name: links.instance, f"{tag}_id": pk},
            valid_from=first,
            source=facts.tags_source,
        )
        try:
            check_row(link)
        except Invalid as wrong:
            raise Invalid(wrong.message, field="tags_from") from wrong
        link.save()


def remove(row: models.Model, *, what: str) -> None:
    """Remove a row on which nothing rests. Raises Invalid, naming what rests on it.

    What rests on it is found by the relations, so that apps above need not be known here.
    """
    resting = [
        str(relation.related_model._meta.verbose_name_plural)
        for relation in row._meta.related_objects
        if getattr(row, str(relation.get_accessor_name())).exists()
    ]
    if resting:
        raise Invalid(f"{what} kan inte tas bort: där finns {', '.join(sorted(set(resting)))}.")
    row.delete()
