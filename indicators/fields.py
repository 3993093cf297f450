"""Fields that read what Swedes type, and how the fields of a report stand on its page."""

import datetime as dt
from decimal import Decimal

from django import forms

from indicators.domain.checks import check_text
from indicators.domain.numbers import NumberNotUnderstood, parse_number

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


class TickField(forms.Field):
    """A box to tick. A browser sends nothing of one that is not."""

    choices = (("ja", "ikryssat"),)

    def to_python(self, value: str | bool | None) -> bool:
        return bool(value)


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
