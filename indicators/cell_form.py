"""One cell as a page sends it to be saved: its fields, and what they held when it last knew."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field

from indicators.domain.cells import (
    ActivityKey,
    Content,
    GivenCell,
    GoalKey,
    IndicatorKey,
    Key,
)
from indicators.domain.checks import GradeInput, GradePart, Part, ValueInput
from indicators.domain.statuses import StatusInput, StatusPart
from indicators.enums import Category
from indicators.fields import DayField, NumberField, TextField, TickField
from indicators.names import ATTRIBUTE

# Longer names than these are in no register.
_INDICATOR = re.compile(r"v-(?P<code>[-\w]{1,60})", re.ASCII)
_ACTIVITY = re.compile(r"a-(?P<code>[-\w]{1,60})", re.ASCII)
_GOAL = re.compile(r"g-(?P<programme>[-\w]{1,60})-(?P<number>\d{1,4}(?:\.\d{1,4})?)", re.ASCII)
_NUMBER, _TEXT, _DAY, _TICK = (
    kind(required=False) for kind in (NumberField, TextField, DayField, TickField)
)
_FIELDS: dict[str, Field] = {
    Part.NUMBER: _NUMBER,
    Part.NUMERATOR: _NUMBER,
    Part.DENOMINATOR: _NUMBER,
    Part.FORECAST: _NUMBER,
    Part.MISSING: _TEXT,
    Part.COMMENT: _TEXT,
    Part.REST: _TICK,
    GradePart.GRADE: _TEXT,
    GradePart.ANALYSIS: _TEXT,
    StatusPart.STATE: _TEXT,
    StatusPart.NEW_DATE: _DAY,
}
# Plain strings: an enum's members are slow to look up and to write out.
_OF_VALUE = {part.value: ATTRIBUTE[part] for part in Part}
# What a field that is left empty, or not sent, holds: most of a cell's are.
_EMPTY = {part: field.clean("") for part, field in _FIELDS.items()}


class NotACell(ValueError):
    """The name is no cell's."""


class CellForm:
    """What a page sent for one cell.

    data: "cell" with its name; its fields by name, all of those of every category that is named;
    and in "seen" what the page knew to be saved in them, as JSON by name.
    Raises NotACell.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        data = dict(data.items())
        self.name = data.get("cell", "")
        self.key = key_of(self.name)
        self.errors: dict[str, str] = {}
        """What was not understood, by the name of the field."""
        given = _contents(self.key, self.name, data, self.errors)
        seen = _contents(self.key, self.name, _read_seen(data.get("seen", "")), {})
        if not given:
            raise NotACell
        self.given = GivenCell(self.key, given, seen)


def field_name(cell: str, category: str, part: str) -> str:
    """Name of a field of the cell; category "" where the cell has none."""
    return f"{cell}-{category}-{part}" if category else f"{cell}-{part}"


def key_of(name: str) -> Key:
    """Which cell a name means. Raises NotACell."""
    for pattern, kind in ((_INDICATOR, IndicatorKey), (_GOAL, GoalKey), (_ACTIVITY, ActivityKey)):
        if match := pattern.fullmatch(name):
            return kind(**match.groupdict())
    raise NotACell


def _contents(
    key: Key, cell: str, data: Mapping[str, Any], errors: dict[str, str]
) -> tuple[Content, ...]:
    def read(category: str, kinds: Iterable[str]) -> dict[str, Any] | None:
        """What each part holds; None where none of them was sent."""
        names = {part: field_name(cell, category, part) for part in kinds}
        if data.keys().isdisjoint(names.values()):
            return None
        found = {}
        for part, name in names.items():
            if not (text := data.get(name, "")):
                found[part] = _EMPTY[part]
                continue
            try:
                found[part] = _FIELDS[part].clean(text)
            except ValidationError as refusal:
                errors[name] = " ".join(refusal.messages)
                found[part] = None
        return found

    if isinstance(key, IndicatorKey):
        told = ((category, read(category, _OF_VALUE)) for category in Category.values)
        return tuple(
            ValueInput(0, category, **{_OF_VALUE[part]: given for part, given in found.items()})
            for category, found in told
            if found is not None
        )
    if isinstance(key, GoalKey):
        found = read("", GradePart)
        if found is None:
            return ()
        return (GradeInput(0, found[GradePart.GRADE], found[GradePart.ANALYSIS]),)
    found = read("", StatusPart)
    if found is None:
        return ()
    return (
        StatusInput(
            0,
            found[StatusPart.STATE],
            found[StatusPart.COMMENT],
            found[StatusPart.NEW_DATE],
        ),
    )


def _read_seen(text: str) -> dict[str, str]:
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(seen, dict):
        return {}
    return {str(name): said for name, said in seen.items() if isinstance(said, str)}
