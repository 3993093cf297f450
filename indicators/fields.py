"""Fields that read what Swedes type, and how the fields of a report stand on its page."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField

from indicators.domain.checks import check_text
from indicators.domain.numbers import NumberNotUnderstood, parse_number
from indicators.domain.sheet import GoalSheet, IndicatorRow
from indicators.domain.statuses import ActivityRow

CHOICE = "val-"
"""Before the name of a field: whose content is to stand in it after a conflict."""


class NumberField(forms.Field):
    """A number as Swedes write it. Text in the page, so that the browser guesses nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: str | None) -> Decimal | None:
        text = (value or "").strip()
        if not text:
            return None
        if problem := check_text(text, most=200, what="Talet"):
            raise forms.ValidationError(problem)
        try:
            return parse_number(text)
        except NumberNotUnderstood as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class TextField(forms.Field):
    """Text in several lines. Line breaks are made alike: browsers send them as CR LF."""

    widget = forms.Textarea

    def to_python(self, value: str | None) -> str:
        return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class DayInput(forms.TextInput):
    input_type = "date"


class DayField(forms.Field):
    """A day, as browsers send it and as Swedes write it: 2025-09-30."""

    widget = DayInput

    def to_python(self, value: str | dt.date | None) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        text = (value or "").strip()
        if not text:
            return None
        try:
            return dt.datetime.strptime(text[:20], "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        except ValueError as mistake:
            raise forms.ValidationError(
                "Skriv datumet som år, månad och dag, till exempel 2025-09-30."
            ) from mistake


@dataclass(frozen=True)
class Entry:
    """One field as the page shows it."""

    field: BoundField
    label: str
    """Short: the page says around it which indicator and which sex."""
    theirs: str = ""
    """What somebody else saved here while this person wrote something else."""
    marked: str = ""
    """From theirs to the person's own, word by word, in a field of running text."""

    @property
    def choice(self) -> str:
        """Name of the field that says whose is to stand here."""
        return f"{CHOICE}{self.field.html_name}"


@dataclass(frozen=True)
class CellEntries:
    category: str
    category_label: str
    figures: tuple[Entry, ...]


@dataclass(frozen=True)
class RowEntries:
    row: IndicatorRow
    cells: tuple[CellEntries, ...]
    missing: Entry
    comment: Entry


@dataclass(frozen=True)
class ActivityEntries:
    row: ActivityRow
    state: Entry
    comment: Entry
    new_date: Entry


@dataclass(frozen=True)
class GoalEntries:
    sheet: GoalSheet
    rows: tuple[RowEntries, ...]
    activities: tuple[ActivityEntries, ...]
    grade: Entry
    analysis: Entry
