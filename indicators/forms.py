"""The form that a nämnd's report is filled in with: one set of fields for each cell asked for."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import Truncator

from indicators.domain.checks import (
    MAX_COMMENT,
    GradeInput,
    Part,
    ValueInput,
    check_grade,
    check_indicator,
    check_words,
    figure_parts,
    label_of,
)
from indicators.domain.numbers import format_number
from indicators.domain.sheet import GoalSheet, IndicatorRow, Sheet
from indicators.domain.statuses import ActivityRow, StatusInput, StatusPart, check_status
from indicators.enums import ActivityState, Category, Grade, MissingReason
from indicators.fields import (
    CHOICE,
    ActivityEntries,
    CellEntries,
    DayField,
    Entry,
    GoalEntries,
    NumberField,
    RowEntries,
    TextField,
)
from organisation.forms import Problem, ProblemsMixin
from trace.domain.wording import word_diff

GRADE, ANALYSIS = "bedomning", "analys"


def _yes_no_field(label: str) -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", "Välj svar"), ("1", "Ja"), ("0", "Nej")],
        coerce=Decimal,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


def value_name(row: IndicatorRow, category: str, part: Part) -> str:
    """Name of a field: "v-CODE-CATEGORY-PART"."""
    return f"v-{row.code}-{category}-{part}"


def goal_name(sheet: GoalSheet, part: str) -> str:
    """Name of a goal's field: "g-PROGRAMME-NUMBER-PART"."""
    return f"g-{sheet.goal.programme.slug}-{sheet.goal.code.replace('.', '_')}-{part}"


def status_name(row: ActivityRow, part: StatusPart) -> str:
    """Name of a field: "a-CODE-PART"."""
    return f"a-{row.activity.code}-{part}"


class EntryForm(ProblemsMixin, forms.Form):
    """Everything that the period asks of one nämnd.

    The hidden `seen` holds what was saved when the page was made, so that after somebody else's
    save the fields this person did not touch can follow along.
    """

    def __init__(self, sheet: Sheet, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.sheet = sheet
        self.theirs: dict[str, str] = {}
        for goal in sheet.goals:
            for row in goal.rows:
                self._add_row(row)
            for activity in goal.activities:
                self._add_activity(activity)
            self._add_goal(goal)

    def _add_row(self, row: IndicatorRow) -> None:
        definition, total = row.definition, row.cells[Category.TOTAL]
        for category, cell in row.cells.items():
            for part in figure_parts(definition):
                words = [definition.name]
                if len(row.cells) > 1:
                    words.append(Category(category).label.lower())
                if definition.is_ratio:
                    words.append(label_of(definition, part).lower())
                label = ", ".join(words)
                name = value_name(row, category, part)
                if definition.is_yes_no:
                    self.fields[name] = _yes_no_field(label)
                else:
                    field = NumberField(label=label, required=False)
                    field.widget.attrs["class"] = "form-control number-field"
                    self.fields[name] = field
                self.initial[name] = _number_text(definition.is_yes_no, cell, part)
        name = value_name(row, Category.TOTAL, Part.MISSING)
        self.fields[name] = forms.ChoiceField(
            label=f"{definition.name}, uppgift saknas",
            required=False,
            choices=[("", "Nej"), *MissingReason.choices],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.initial[name] = total.missing
        name = value_name(row, Category.TOTAL, Part.COMMENT)
        self.fields[name] = TextField(
            label=f"{definition.name}, kommentar",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        )
        self.initial[name] = total.comment

    def _add_activity(self, row: ActivityRow) -> None:
        about, status = Truncator(row.text).chars(60), row.status
        name = status_name(row, StatusPart.STATE)
        self.fields[name] = forms.ChoiceField(
            label=f"{about}, läge",
            required=False,
            choices=[("", "Välj läge"), *ActivityState.choices],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.initial[name] = status.state
        name = status_name(row, StatusPart.COMMENT)
        self.fields[name] = TextField(
            label=f"{about}, kommentar",
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        )
        self.initial[name] = status.comment
        name = status_name(row, StatusPart.NEW_DATE)
        self.fields[name] = DayField(label=f"{about}, nytt datum", required=False)
        self.fields[name].widget.attrs["class"] = "form-control"
        self.initial[name] = status.new_date.isoformat() if status.new_date else ""

    def _add_goal(self, goal: GoalSheet) -> None:
        name = goal_name(goal, GRADE)
        self.fields[name] = forms.ChoiceField(
            label=f"{goal.goal.label}, bedömning",
            required=False,
            choices=[("", "Välj bedömning"), *Grade.choices],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.initial[name] = goal.grade.grade
        name = goal_name(goal, ANALYSIS)
        self.fields[name] = TextField(
            label=f"{goal.goal.label}, analys",
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
        )
        self.initial[name] = goal.grade.analysis

    # What was typed ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        for goal in self.sheet.goals:
            for row in goal.rows:
                self._check_row(row)
            for activity in goal.activities:
                self._check_activity(activity)
            name = goal_name(goal, ANALYSIS)
            if problem := check_grade(GradeInput(goal.goal.pk, analysis=self._given(name) or "")):
                self.add_error(name, problem)
        return self.cleaned_data

    def _check_row(self, row: IndicatorRow) -> None:
        if any(name in self.errors for name in _names_of(row)):
            return  # what was not understood cannot be weighed against the rest
        cells = {cell.category: cell for cell in self._values_of(row)}
        for problem in check_indicator(row.definition, cells):
            self.add_error(value_name(row, problem.category, problem.part), problem.message)

    def _check_activity(self, row: ActivityRow) -> None:
        if any(status_name(row, part) in self.errors for part in StatusPart):
            return
        for problem in check_status(self._status_of(row), self.sheet.report.period):
            self.add_error(status_name(row, problem.part), problem.message)

    def _status_of(self, row: ActivityRow) -> StatusInput:
        return StatusInput(
            row.activity.pk,
            self._given(status_name(row, StatusPart.STATE)) or "",
            self._given(status_name(row, StatusPart.COMMENT)) or "",
            self._given(status_name(row, StatusPart.NEW_DATE)),
        )

    def _given(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _values_of(self, row: IndicatorRow) -> Iterator[ValueInput]:
        for category in row.cells:
            figures = {
                _ATTRIBUTE[part]: self._given(value_name(row, category, part))
                for part in figure_parts(row.definition)
            }
            if category == Category.TOTAL:
                figures["missing"] = self._given(value_name(row, category, Part.MISSING)) or ""
                figures["comment"] = self._given(value_name(row, category, Part.COMMENT)) or ""
            yield ValueInput(row.definition.pk, category, **figures)

    @property
    def values(self) -> list[ValueInput]:
        """Every cell of the form, once it is valid."""
        return [value for row in self.sheet.rows for value in self._values_of(row)]

    @property
    def grades(self) -> list[GradeInput]:
        """Every goal's judgement, once the form is valid."""
        return [
            GradeInput(
                goal.goal.pk,
                self._given(goal_name(goal, GRADE)) or "",
                self._given(goal_name(goal, ANALYSIS)) or "",
            )
            for goal in self.sheet.goals
        ]

    @property
    def statuses(self) -> list[StatusInput]:
        """What is said of every activity, once the form is valid."""
        return [self._status_of(row) for row in self.sheet.activities]

    @property
    def problems(self) -> list[Problem]:
        """In the order of the page, not in the order they were found."""
        order = {str(field.label): place for place, field in enumerate(self.fields.values())}
        return sorted(super().problems, key=lambda problem: order.get(problem["label"], -1))

    # Two people at once -----------------------------------------------------------------------

    @property
    def revision(self) -> str:
        """The revision that the person saw first: a page with errors must not move it."""
        return self.data.get("revision") or str(self.sheet.report.revision)

    @property
    def seen(self) -> str:
        """What was saved then, for the hidden field: JSON of the non-empty fields by name."""
        if "seen" in self.data:
            return self.data["seen"]
        return json.dumps({n: v for n, v in self.initial.items() if v}, ensure_ascii=False)

    @classmethod
    def after_conflict(cls, sheet: Sheet, data: Mapping[str, Any]) -> "EntryForm":
        """The form with what this person typed, on top of what somebody else has saved since.

        sheet: the report as it is saved now. A field that only the other changed takes the
        other's content; where both wrote, this person's stays and the other's stands in `theirs`.
        """
        fresh = cls(sheet)
        seen = _read_seen(data.get("seen", ""))
        merged, theirs = {}, {}
        for name, field in fresh.fields.items():
            typed, saved = data.get(name, ""), fresh.initial[name]
            was = seen.get(name, "")
            if _same(field, typed, was):
                merged[name] = saved
                continue
            merged[name] = typed
            if not _same(field, saved, was) and not _same(field, saved, typed):
                theirs[name] = _said(field, saved)
        form = cls(sheet, merged)
        form.theirs = theirs
        return form

    @classmethod
    def with_choices(cls, sheet: Sheet, data: Mapping[str, Any]) -> "EntryForm":
        """The form that was sent, with what is saved now in the fields where that was chosen.

        data: with "val-FIELD": "sparat", or "bada" for both texts; anything else keeps one's own.
        """
        saved, given = cls(sheet).initial, dict(data.items())
        for name, text in saved.items():
            match data.get(f"{CHOICE}{name}"):
                case "sparat":
                    given[name] = text
                case "bada":
                    given[name] = "\n\n".join(filter(None, [text, given.get(name, "")]))
        return cls(sheet, given)

    @property
    def disputed(self) -> list[Problem]:
        """The fields that both have written in, as links."""
        return [
            Problem(target=self[name].id_for_label, label=str(self[name].label), message="")
            for name in self.theirs
        ]

    # For the page -----------------------------------------------------------------------------

    def goals(self) -> list[GoalEntries]:
        """The fields in the order of the page."""
        return [
            GoalEntries(
                sheet=goal,
                rows=tuple(self._row_entries(row) for row in goal.rows),
                activities=tuple(self._activity_entries(row) for row in goal.activities),
                grade=self._entry(goal_name(goal, GRADE), "Bedömning"),
                analysis=self._entry(goal_name(goal, ANALYSIS), "Analys"),
            )
            for goal in self.sheet.goals
        ]

    def _row_entries(self, row: IndicatorRow) -> RowEntries:
        parts = figure_parts(row.definition)
        return RowEntries(
            row=row,
            cells=tuple(
                CellEntries(
                    category=category,
                    category_label=str(Category(category).label) if len(row.cells) > 1 else "",
                    figures=tuple(
                        self._entry(value_name(row, category, part), label_of(row.definition, part))
                        for part in parts
                    ),
                )
                for category in row.cells
            ),
            missing=self._entry(value_name(row, Category.TOTAL, Part.MISSING), "Uppgift saknas?"),
            comment=self._entry(value_name(row, Category.TOTAL, Part.COMMENT), "Kommentar"),
        )

    def _activity_entries(self, row: ActivityRow) -> ActivityEntries:
        return ActivityEntries(
            row=row,
            state=self._entry(status_name(row, StatusPart.STATE), "Läge"),
            comment=self._entry(status_name(row, StatusPart.COMMENT), "Kommentar"),
            new_date=self._entry(status_name(row, StatusPart.NEW_DATE), "Nytt datum"),
        )

    def _entry(self, name: str, label: str) -> Entry:
        theirs = self.theirs.get(name, "")
        is_text = isinstance(self.fields[name], TextField)
        marked = word_diff(theirs, self.data.get(name, "")) if theirs and is_text else ""
        return Entry(self[name], label, theirs, marked)


class ReturnForm(ProblemsMixin, forms.Form):
    """Why a report is sent back."""

    reason = TextField(
        label="Vad behöver rättas?",
        required=True,
        error_messages={"required": "Skriv vad som behöver rättas, så att det går att göra det."},
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        if problem := check_words(reason, most=MAX_COMMENT, what="Texten"):
            raise forms.ValidationError(problem)
        return reason


_ATTRIBUTE = {
    Part.NUMBER: "number",
    Part.NUMERATOR: "numerator",
    Part.DENOMINATOR: "denominator",
}


def _names_of(row: IndicatorRow) -> Iterator[str]:
    for category in row.cells:
        for part in Part:
            yield value_name(row, category, part)


def _number_text(is_yes_no: bool, cell: ValueInput, part: Part) -> str:
    number = getattr(cell, _ATTRIBUTE[part])
    if number is None:
        return ""
    return str(int(number)) if is_yes_no else format_number(number)


def _read_seen(text: str) -> dict[str, str]:
    try:
        seen = json.loads(text)
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _same(field: forms.Field, one: str, other: str) -> bool:
    """Whether two texts mean the same in a field: "12,5" and "12.5" do."""
    try:
        return field.to_python(one) == field.to_python(other)
    except forms.ValidationError:
        return one == other


def _said(field: forms.Field, saved: str) -> str:
    """A saved content as the page words it."""
    if not saved:
        return "tomt"
    return str(dict(getattr(field, "choices", ())).get(saved, saved))
