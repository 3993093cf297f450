"""What happened to rows, in words: from the tables of changes to lines that people read."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from trace.domain.wording import plain, word_diff
from trace.models import Event, Link
from trace.tracking import Change

EMPTY = "tomt"
_AS_TEXT = (models.DateField, models.DecimalField, models.UUIDField)

_Told = tuple[Change, str, tuple[tuple[str, SafeString], ...]]

Who = Callable[[Any, str], str]
"""(person, code of the nämnd whose matter it is) → how the reader is told who it was.

Names stay within the nämnd: for a reader from outside this gives role and nämnd only. See
organisation.domain.who.
"""


@dataclass(frozen=True)
class Kept:
    """Rows of one table whose changes are to be told.

    rows: which, as filters on the table of changes ({"version_id__in": […]}, {"id": 7}).
    call: what a row is called, in the definite form that begins a sentence ("Värdet för …"). It is
    given a row of the table of changes.
    fields: the fields to tell of, with their names in the definite form ({"number": ""}: the row's
    own name stands for that field). What is not named is not told.
    same: what makes two rows one thing to the reader, when it is more than their number: the same
    section in two versions. What a new version begins with is then no change of it.
    say: for what has a word of its own ("Rapporten lämnades in"): given the row before (None: it is
    new) and after, it gives the whole sentence; "" for nothing to tell. In place of the sentence
    made from `fields`, whose texts are still shown.
    only_changes: that a row came or went is told otherwise, by an event.
    """

    model: type[models.Model]
    rows: Mapping[str, Any]
    call: Callable[[Any], str]
    fields: Mapping[str, str] = field(default_factory=dict)
    same: Callable[[Any], Any] | None = None
    say: Callable[[Any | None, Any], str] | None = None
    only_changes: bool = False


@dataclass(frozen=True)
class Spoken:
    """Events of one object that change no row, and are told in their own words.

    verbs: which of them; the others are told by what they changed.
    scope: code of the nämnd of those who acted, when the event stands in another's history.
    """

    subject: models.Model
    verbs: frozenset[str]
    scope: str = ""


@dataclass(frozen=True)
class Line:
    """One change."""

    at: dt.datetime
    what: str
    """ "Värdet ändrades från 12 till 14"."""
    who: str
    """ "uppgiftslämnare vid Södermalm"."""
    reason: str = ""
    texts: tuple[tuple[str, SafeString], ...] = field(default=())
    """Names of fields of running text, and what changed in them, marked word by word."""
    is_act: bool = False
    """It tells what somebody did ("Skickade …"), not what became of something."""

    @property
    def by(self) -> str:
        """ " av uppgiftslämnare vid Södermalm", to stand after `what`."""
        return f", {self.who}" if self.is_act else f" av {self.who}"

    def __str__(self) -> str:
        when = timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M")
        said = f"{self.what}{self.by}, {when}"
        return f"{said}, orsak: {self.reason}" if self.reason else said


def history(
    kept: Iterable[Kept],
    *,
    who: Who,
    spoken: Iterable[Spoken] = (),
    with_reasons: bool = True,
) -> list[Line]:
    """Every change of the rows, newest first. Call it for rows that the reader may see.

    with_reasons: reasons are written for those inside; False leaves them out for others.
    Five queries, however many tables and changes: the rows, where they came from and by whom.
    """
    told: list[_Told] = []
    kept = list(kept)
    for one, changes in zip(kept, _read(kept), strict=True):
        told += _tell(one, changes)
    origins = _origins([change for change, _, _ in told])
    lines = [
        (change.pgh_created_at, origins.place(change), _line(change, what, texts, origins, who))
        for change, what, texts in told
    ]
    lines += [(e.happened_at, e.pk, _act(e, who, scope)) for e, scope in _spoken_events(spoken)]
    found = [line for _, _, line in sorted(lines, key=lambda item: item[:2], reverse=True)]
    return found if with_reasons else [replace(line, reason="") for line in found]


def change_model(model: type[models.Model]) -> type[Change]:
    """The table of changes of a tracked model."""
    found: type[Change] = apps.get_model(model._meta.app_label, f"{model.__name__}Change")
    return found


# What changed -------------------------------------------------------------------------------------


def _read(kept: Sequence[Kept]) -> list[list[Change]]:
    """The changes of each, oldest first: of all the tables in one query, row by row as JSON."""
    parts = [
        change_model(one.model)
        .objects.filter(**one.rows)
        .order_by()
        .values_list(models.Value(number), "pgh_id", JSONObject(**_as_json(one)))
        for number, one in enumerate(kept)
    ]
    found: list[list[Change]] = [[] for _ in kept]
    if not parts:
        return found
    for number, _, row in sorted(parts[0].union(*parts[1:], all=True), key=lambda one: one[:2]):
        model = change_model(kept[number].model)
        values = [
            f.to_python(row[f.attname]) if isinstance(f, _AS_TEXT) else row[f.attname]
            for f in model._meta.concrete_fields
            if f.attname in row
        ]
        names = [f.attname for f in model._meta.concrete_fields if f.attname in row]
        found[number].append(model.from_db(None, names, values))
    return found


def _as_json(kept: Kept) -> dict[str, Any]:
    """What JSON has no word of its own for is told as text."""
    return {
        f.attname: Cast(f.attname, models.TextField()) if isinstance(f, _AS_TEXT) else f.attname
        for f in change_model(kept.model)._meta.concrete_fields
        if not isinstance(f, models.BinaryField)
    }


def _tell(kept: Kept, changes: Iterable[Change]) -> list[_Told]:
    earlier: dict[Any, Change] = {}
    told: list[_Told] = []
    for change in changes:
        key = kept.same(change) if kept.same else change.pgh_obj_id  # type: ignore[attr-defined]
        before = earlier.get(key)
        if change.pgh_label == "delete":
            # Of two rows that are one to the reader, an older one may go later.
            if before is None or before.pgh_obj_id == change.pgh_obj_id:  # type: ignore[attr-defined]
                earlier.pop(key, None)
        else:
            earlier[key] = change
        if kept.only_changes and (before is None or change.pgh_label != "update"):
            continue
        said, texts = _said(kept, before, change)
        if said:
            told.append((change, said, texts))
    return told


def _said(
    kept: Kept, before: Change | None, change: Change
) -> tuple[str, tuple[tuple[str, SafeString], ...]]:
    """The sentence of one change, "" when there is nothing to tell, and the texts under it."""
    is_new = change.pgh_label == "insert" and before is None
    if kept.say:
        return kept.say(before, change), _texts(kept, None if is_new else before, change)
    name = kept.call(change)
    if is_new:
        return _added(kept, change, name), _texts(kept, None, change)
    if change.pgh_label == "delete":
        return _removed(kept, change, name), ()
    return _altered(kept, before, change, name), _texts(kept, before, change)


def _spoken_events(spoken: Iterable[Spoken]) -> list[tuple[Event, str]]:
    """The events, each with the code of the nämnd of who acted."""
    scopes: dict[tuple[str, int], str] = {}
    wanted = models.Q()
    for one in spoken:
        kind = one.subject._meta.label_lower
        if one.subject.pk is not None:
            scopes[kind, one.subject.pk] = one.scope
            wanted |= models.Q(subject=kind, subject_id=one.subject.pk, verb__in=one.verbs)
    found = Event.objects.filter(wanted).select_related("actor") if wanted else ()
    return [(event, scopes[event.subject, event.subject_id] or event.scope) for event in found]


def _act(event: Event, who: Who, scope: str) -> Line:
    return Line(
        at=event.happened_at,
        what=event.summary,
        who=who(event.actor, scope) if event.actor else "Samlad",
        reason=event.reason,
        is_act=True,
    )


def _fields(kept: Kept, *, text: bool) -> list[tuple[Any, str]]:
    found = [(kept.model._meta.get_field(name), label) for name, label in kept.fields.items()]
    return [(f, label) for f, label in found if _is_text(f) == text]


def _is_text(model_field: Any) -> bool:
    return isinstance(model_field, models.TextField) and not model_field.choices


def _added(kept: Kept, change: Change, name: str) -> str:
    given = [
        f"{label} {_in_words(f, change)}".strip()
        for f, label in _fields(kept, text=False)
        if _in_words(f, change) != EMPTY
    ]
    return f"{name} lades till: {', '.join(given)}" if given else f"{name} lades till"


def _removed(kept: Kept, change: Change, name: str) -> str:
    was = [
        f"{label} {_in_words(f, change)}".strip()
        for f, label in _fields(kept, text=False)
        if _in_words(f, change) != EMPTY
    ]
    return f"{name} togs bort (var {', '.join(was)})" if was else f"{name} togs bort"


def _altered(kept: Kept, before: Change | None, change: Change, name: str) -> str:
    """ "" when nothing that is to be told has changed."""
    if before is None:
        return f"{name} ändrades"
    parts = []
    for f, label in _fields(kept, text=False):
        old, new = _in_words(f, before), _in_words(f, change)
        if old != new:
            what = f"{name}, {label}," if label else name
            parts.append(f"{what} ändrades från {old} till {new}")
    for f, label in _fields(kept, text=True):
        if getattr(before, f.attname) != getattr(change, f.attname):
            parts.append(f"{name}, {label}, ändrades" if label else f"{name} ändrades")
    return "; ".join(parts)


def _texts(kept: Kept, before: Change | None, change: Change) -> tuple[tuple[str, SafeString], ...]:
    found = []
    for f, label in _fields(kept, text=True):
        old = getattr(before, f.attname) if before is not None else ""
        new = getattr(change, f.attname)
        if plain(old) != plain(new):
            found.append((label, word_diff(old, new)))
    return tuple(found)


def _in_words(model_field: Any, change: Change) -> str:
    value = getattr(change, model_field.attname)
    if value is None or value == "":
        return EMPTY
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    match value:
        case bool():
            return "ja" if value else "nej"
        case Decimal():
            # 12,00 is told as 12, and 100 not as 1E+2.
            return number_format(value.normalize() + 0 if value % 1 else int(value))
        case int() if model_field.is_relation:
            return f"nr {value}"
        case dt.datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return value.isoformat()
        case list() if getattr(getattr(model_field, "base_field", None), "choices", None):
            labels = dict(model_field.base_field.flatchoices)
            return ", ".join(str(labels.get(one, one)).lower() for one in value) or EMPTY
        case list():
            return "; ".join(map(_record_in_words, value)) or EMPTY
        case _:
            return str(value)


def _record_in_words(value: Any) -> str:
    """One of a short list: a text, or a record of texts."""
    return ", ".join(filter(None, value.values())) if isinstance(value, dict) else str(value)


# Who and why --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Go:
    """What the events of one go say together, of one nämnd's matters."""

    actor_id: int | None
    """None when they name several."""
    reason: str
    """ "" when they are about several objects: whose reason it was cannot be told."""


@dataclass(frozen=True)
class _Origin:
    """What is known of where changes came from: links, events of the same go, people."""

    links: Mapping[tuple[str, int], Link]
    events: Mapping[tuple[Any, str], "_Go"]
    """By the go (transaction) and the chain: another nämnd's event says nothing here."""
    people: Mapping[int, Any]

    def place(self, change: Change) -> int:
        """In which order it was written, among all tables: within a transaction the time is one."""
        link = self.links.get((change._meta.db_table, change.pgh_id))
        return link.pk if link else 0


def _origins(changes: Sequence[Change]) -> _Origin:
    if not changes:
        return _Origin({}, {}, {})
    of_source: dict[str, list[int]] = {}
    for change in changes:
        of_source.setdefault(change._meta.db_table, []).append(change.pgh_id)
    wanted = models.Q()
    for source, rows in of_source.items():
        wanted |= models.Q(source=source, row__in=rows)
    links = {(link.source, link.row): link for link in Link.objects.filter(wanted)}
    spoken = Link.objects.filter(
        source=Event._meta.db_table, transaction__in={link.transaction for link in links.values()}
    )
    go_of = {link.row: link.transaction for link in spoken}
    together: dict[tuple[Any, str], list[Event]] = {}
    for event in Event.objects.filter(pk__in=go_of).order_by("pk"):
        together.setdefault((go_of[event.pk], event.scope), []).append(event)
    events = {key: _go(found) for key, found in together.items()}
    ids = {(change.pgh_context or {}).get("user") for change in changes}  # type: ignore[attr-defined]
    ids |= {go.actor_id for go in events.values()}
    people = get_user_model()._default_manager.in_bulk([i for i in ids if i])
    return _Origin(links, events, people)


def _go(events: Sequence[Event]) -> _Go:
    actors = {event.actor_id for event in events}
    subjects = {(event.subject, event.subject_id) for event in events}
    reasons = [event.reason for event in events if event.reason]
    return _Go(
        actor_id=actors.pop() if len(actors) == 1 else None,
        reason=reasons[0] if reasons and len(subjects) == 1 else "",
    )


def _line(
    change: Change,
    what: str,
    texts: tuple[tuple[str, SafeString], ...],
    origin: _Origin,
    who: Who,
) -> Line:
    context = change.pgh_context or {}  # type: ignore[attr-defined]
    link = origin.links.get((change._meta.db_table, change.pgh_id))
    event = origin.events.get((link.transaction, link.chain)) if link else None
    person = origin.people.get(context.get("user") or (event.actor_id if event else None) or 0)
    through = context.get("through", "")
    if person is not None:
        by = who(person, link.chain if link else "")
    elif through.startswith("kommando:"):
        by = f"Samlad (kommandot {through.removeprefix('kommando:')})"
    elif through or event is not None:
        by = "Samlad"
    else:
        by = f"databasrollen {link.role}" if link else "okänd"
    reason = context.get("reason") or (event.reason if event else "")
    return Line(at=change.pgh_created_at, what=what, who=by, reason=reason, texts=texts)
