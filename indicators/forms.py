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
    GradePart,
    Part,
    ValueInput,
    asks_forecast,
    asks_rest,
    check_grade,
    check_indicator,
    check_words,
    figure_parts,
    label_of,
)
from indicators.domain.deciding import ProtocolText
from indicators.domain.sheet import GoalSheet, IndicatorRow, RowKey, Sheet
from indicators.domain.statuses import ActivityRow, StatusInput, StatusPart, check_status
from indicators.enums import ActivityState, Category, Grade, MissingReason
from indicators.fields import CHOICE, DayField, NumberField, TextField, TickField
from indicators.names import (
    ATTRIBUTE,
    activity_cell,
    goal_cell,
    goal_name,
    grade_texts,
    indicator_cell,
    parts_of,
    status_name,
    status_texts,
    value_name,
    value_texts,
)
from organisation.forms import Problem, ProblemsMixin, no_personnummer
from organisation.models import Decision
from organisation.people_forms import date_field


def _yes_no_field(label: str) -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", "Välj svar"), ("1", "Ja"), ("0", "Nej")],
        coerce=Decimal,
        empty_value=None,
    )


class EntryForm(ProblemsMixin, forms.Form):
    """What the period asks of one nämnd, or what one page of it holds; read, not rendered.

    Rendering is in entry_page.py: a widget of Django's is a template of its own, and sixty
    indicators have hundreds of fields.

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
        definition, period = row.definition, self.sheet.report.period
        for category, cell in row.cells.items():
            for part in figure_parts(definition):
                words = [definition.name]
                if len(row.cells) > 1:
                    words.append(Category(category).label.lower())
                if definition.is_ratio:
                    words.append(label_of(definition, part).lower())
                label = ", ".join(words)
                name = value_name(row.code, category, part)
                if definition.is_yes_no:
                    self.fields[name] = _yes_no_field(label)
                else:
                    self.fields[name] = NumberField(label=label, required=False)
            self.initial.update(value_texts(row.code, definition, cell, period))
        if asks_rest(definition):
            label = f"{definition.name}, {label_of(definition, Part.REST).lower()}"
            name = value_name(row.code, Category.TOTAL, Part.REST)
            self.fields[name] = TickField(label=label, required=False)
        if asks_forecast(definition, period):
            field = NumberField(label=f"{definition.name}, helårsprognos", required=False)
            self.fields[value_name(row.code, Category.TOTAL, Part.FORECAST)] = field
        name = value_name(row.code, Category.TOTAL, Part.MISSING)
        self.fields[name] = forms.ChoiceField(
            label=f"{definition.name}, uppgift saknas",
            required=False,
            choices=[("", "Nej"), *MissingReason.choices],
        )
        name = value_name(row.code, Category.TOTAL, Part.COMMENT)
        self.fields[name] = TextField(
            label=f"{definition.name}, kommentar",
            required=False,
        )

    def _add_activity(self, row: ActivityRow) -> None:
        about, code = Truncator(row.text).chars(60), row.activity.code
        name = status_name(code, StatusPart.STATE)
        self.fields[name] = forms.ChoiceField(
            label=f"{about}, läge",
            required=False,
            choices=[("", "Välj läge"), *ActivityState.choices],
        )
        name = status_name(code, StatusPart.COMMENT)
        self.fields[name] = TextField(
            label=f"{about}, kommentar",
            required=False,
        )
        name = status_name(code, StatusPart.NEW_DATE)
        self.fields[name] = DayField(label=f"{about}, nytt datum", required=False)
        self.initial.update(status_texts(code, row.status))

    def _add_goal(self, goal: GoalSheet) -> None:
        name = goal_name(goal.goal, GradePart.GRADE)
        self.fields[name] = forms.ChoiceField(
            label=f"{goal.goal.label}, bedömning",
            required=False,
            choices=[("", "Välj bedömning"), *Grade.choices],
        )
        name = goal_name(goal.goal, GradePart.ANALYSIS)
        self.fields[name] = TextField(
            label=f"{goal.goal.label}, analys",
            required=False,
        )
        self.initial.update(grade_texts(goal.goal, goal.grade))

    # What was typed ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        for goal in self.sheet.goals:
            for row in goal.rows:
                self._check_row(row)
            for activity in goal.activities:
                self._check_activity(activity)
            for part, message in check_grade(self._grade_of(goal)):
                if goal_name(goal.goal, part) not in self.errors:
                    self.add_error(goal_name(goal.goal, part), message)
        return self.cleaned_data

    def _check_row(self, row: IndicatorRow) -> None:
        if any(name in self.errors for name in _names_of(row)):
            return  # what was not understood cannot be weighed against the rest
        cells = {cell.category: cell for cell in self._values_of(row)}
        for problem in check_indicator(row.definition, cells, self.sheet.report.period):
            self.add_error(value_name(row.code, problem.category, problem.part), problem.message)

    def _check_activity(self, row: ActivityRow) -> None:
        code = row.activity.code
        if any(status_name(code, part) in self.errors for part in StatusPart):
            return
        for problem in check_status(self._status_of(row), self.sheet.report.period):
            self.add_error(status_name(code, problem.part), problem.message)

    def _status_of(self, row: ActivityRow) -> StatusInput:
        code = row.activity.code
        return StatusInput(
            row.activity.pk,
            self._given(status_name(code, StatusPart.STATE)) or "",
            self._given(status_name(code, StatusPart.COMMENT)) or "",
            self._given(status_name(code, StatusPart.NEW_DATE)),
        )

    def _grade_of(self, goal: GoalSheet) -> GradeInput:
        return GradeInput(
            goal.goal.pk,
            self._given(goal_name(goal.goal, GradePart.GRADE)) or "",
            self._given(goal_name(goal.goal, GradePart.ANALYSIS)) or "",
        )

    def _given(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _values_of(self, row: IndicatorRow) -> Iterator[ValueInput]:
        for category in row.cells:
            content = {
                ATTRIBUTE[part]: self._given(value_name(row.code, category, part))
                for part in parts_of(row.definition, category, self.sheet.report.period)
            }
            for words in {"missing", "comment"} & content.keys():
                content[words] = content[words] or ""
            if "sex_unknown" in content:
                content["sex_unknown"] = bool(content["sex_unknown"])
            yield ValueInput(row.definition.pk, category, **content)

    @property
    def values(self) -> list[ValueInput]:
        """Every cell of the form, once it is valid."""
        return [value for row in self.sheet.rows for value in self._values_of(row)]

    @property
    def grades(self) -> list[GradeInput]:
        """Every goal's judgement, once the form is valid."""
        return [self._grade_of(goal) for goal in self.sheet.goals]

    @property
    def statuses(self) -> list[StatusInput]:
        """What is said of every activity, once the form is valid."""
        return [self._status_of(row) for row in self.sheet.activities]

    @property
    def problems(self) -> list[Problem]:
        """In the order of the page, not in the order they were found."""
        order = {str(field.label): place for place, field in enumerate(self.fields.values())}
        return sorted(super().problems, key=lambda problem: order.get(problem["label"], -1))

    # Wrong in one place -----------------------------------------------------------------------

    def without_errors(self) -> tuple[list[ValueInput], list[GradeInput], list[StatusInput]]:
        """What can be saved though something on the page is wrong: each uppgift that is right."""
        sheet = self.sheet
        return (
            [
                value
                for row in sheet.rows
                if not any(name in self.errors for name in _names_of(row))
                for value in self._values_of(row)
            ],
            [
                self._grade_of(goal)
                for goal in sheet.goals
                if not any(goal_name(goal.goal, part) in self.errors for part in GradePart)
            ],
            [
                self._status_of(row)
                for row in sheet.activities
                if not any(status_name(row.activity.code, p) in self.errors for p in StatusPart)
            ],
        )

    @classmethod
    def after_the_rest(cls, sheet: Sheet, form: "EntryForm") -> "EntryForm":
        """The form that was sent, after what was right in it has been saved.

        sheet: the report as it is saved now.
        """
        wrong = {
            name for cell in form._cells() if any(n in form.errors for n in cell) for name in cell
        }
        seen = _read_seen(form.data.get("seen", ""))
        fresh = cls(sheet).initial
        seen |= {name: text for name, text in fresh.items() if name not in wrong}
        given = {**form.data, **{n: text for n, text in fresh.items() if n not in wrong}}
        given |= {"revision": str(sheet.report.revision), "seen": seen_of(seen)}
        return cls(sheet, given)

    def _cells(self) -> Iterator[list[str]]:
        """The names of the fields that are saved together."""
        for row in self.sheet.rows:
            yield list(_names_of(row))
        for goal in self.sheet.goals:
            yield [goal_name(goal.goal, part) for part in GradePart]
        for activity in self.sheet.activities:
            yield [status_name(activity.activity.code, part) for part in StatusPart]

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
        return seen_of(self.initial)

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


def _check_reason(text: str) -> None:
    if problem := check_words(text, most=MAX_COMMENT, what="Texten"):
        raise forms.ValidationError(problem)


def _reason_field(label: str, missing: str, *, rows: int = 4) -> TextField:
    return TextField(
        label=label,
        required=True,
        validators=[_check_reason],
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"}),
    )


REMARK = "k-"
"""Before the name of a cell: what the granskare says at it."""


class CommentsForm(ProblemsMixin, forms.Form):
    """What a granskare says at the rows of a report, or of the page of one goal.

    said: the texts that are kept, by row. A row that the post does not name is left as it is.
    """

    def __init__(self, sheet: Sheet, said: Mapping[RowKey, str], data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.rows: dict[str, RowKey] = {}
        for goal in sheet.goals:
            for row in goal.rows:
                key = "value", row.definition.pk
                self._add(indicator_cell(row.code), key, row.definition.name, said)
            for activity in goal.activities:
                about = Truncator(activity.text).chars(60)
                key = "status", activity.activity.pk
                self._add(activity_cell(activity.activity.code), key, about, said)
            about = f"Bedömning av {goal.goal.label.lower()}"
            self._add(goal_cell(goal.goal), ("grade", goal.goal.pk), about, said)

    def _add(self, cell: str, key: RowKey, about: str, said: Mapping[RowKey, str]) -> None:
        name = f"{REMARK}{cell}"
        self.rows[name] = key
        self.initial[name] = said.get(key, "")
        self.fields[name] = TextField(
            label=f"Kommentar vid {about}",
            required=False,
            validators=[_check_reason],
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control", "form": "granskning"}),
        )

    @property
    def comments(self) -> dict[RowKey, str]:
        """What was typed, by row."""
        return {
            key: self.cleaned_data[name] for name, key in self.rows.items() if name in self.data
        }


class ReturnForm(ProblemsMixin, forms.Form):
    """Why a report is sent back."""

    reason = _reason_field(
        "Vad behöver rättas?", "Skriv vad som behöver rättas, så att det går att göra det."
    )


class RecallForm(ProblemsMixin, forms.Form):
    """Why what was handed in is taken back."""

    recall_reason = _reason_field(
        "Varför tas rapporten tillbaka?", "Skriv varför rapporten tas tillbaka.", rows=2
    )


class CorrectForm(ProblemsMixin, forms.Form):
    """Why an approved report is to be corrected."""

    correct_reason = _reason_field(
        "Vad behöver rättas, och varför?", "Skriv vad som behöver rättas och varför.", rows=3
    )


class ReportDecisionForm(ProblemsMixin, forms.Form):
    """What the nämnd's protocol says of its report."""

    meeting_on = date_field("Sammanträdets dag")
    paragraph = forms.CharField(
        label="Paragraf",
        max_length=20,
        required=False,
        validators=[no_personnummer],
        help_text="Bara numret, till exempel 7.",
    )
    points = TextField(
        label="Beslutspunkter, en på varje rad (frivilligt)",
        required=False,
        validators=[_check_reason],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.CharField(
        label="Källa",
        max_length=250,
        required=False,
        validators=[no_personnummer],
        help_text="Till exempel protokollet.",
    )
    reason = forms.CharField(
        label="Vad var fel?",
        max_length=250,
        validators=[no_personnummer],
        error_messages={"required": "Skriv vad som var fel."},
    )

    def __init__(self, data: Any = None, *, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        if corrects:
            # The meeting stays: a decision on another day is another decision.
            del self.fields["meeting_on"]
        else:
            del self.fields["reason"]
            self.fields["meeting_on"].required = True
            self.fields["meeting_on"].error_messages["required"] = "Skriv sammanträdets dag."

    @classmethod
    def about(cls, old: Decision | None, data: Any = None) -> "ReportDecisionForm":
        """The form for a new decision; with `old`, for putting right what is registered."""
        if old is None:
            return cls(data)
        points = "\n".join(point.text for point in old.points.all())
        initial = {"paragraph": old.paragraph, "points": points, "source": old.source}
        return cls(data, corrects=True, initial=initial)

    @property
    def text(self) -> ProtocolText:
        """What the protocol says, of a form that is valid."""
        lines = self.cleaned_data["points"].splitlines()
        points = tuple(line.strip() for line in lines if line.strip())
        return ProtocolText(self.cleaned_data["paragraph"], points, self.cleaned_data["source"])


def _names_of(row: IndicatorRow) -> Iterator[str]:
    for category in row.cells:
        for part in Part:
            yield value_name(row.code, category, part)


def seen_of(texts: Mapping[str, str]) -> str:
    """What is saved, for the hidden field: JSON of what is not empty, by name."""
    return json.dumps({n: v for n, v in texts.items() if v}, ensure_ascii=False)


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
