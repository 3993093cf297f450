"""The fields of a report as its pages show them, in the order of the goals.

Rendered lean, without Django's widgets: a report has hundreds of fields, and each widget is a
template of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from indicators.domain.checks import (
    GradePart,
    Part,
    asks_forecast,
    asks_rest,
    figure_parts,
    label_of,
)
from indicators.domain.sheet import GoalSheet, IndicatorRow, Sheet
from indicators.domain.statuses import ActivityRow, StatusPart
from indicators.domain.warnings import broken_rules, to_mend
from indicators.enums import ActivityState, Category, Grade, MissingReason, PeriodKind
from indicators.fields import CHOICE
from indicators.forms import EntryForm, seen_of
from indicators.names import (
    TICKED,
    activity_cell,
    goal_cell,
    goal_name,
    grade_texts,
    indicator_cell,
    status_name,
    status_texts,
    value_name,
    value_texts,
)
from trace.domain.wording import word_diff

Choices = Sequence[tuple[str, str]]
YES_NO: Choices = (("", "–"), ("1", "Ja"), ("0", "Nej"))
REASONS: Choices = (("", "–"), *MissingReason.choices)
GRADES: Choices = (("", "Välj bedömning"), *Grade.choices)
STATES: Choices = (("", "Välj läge"), *ActivityState.choices)
NUMBER, DAY, TICK = "number", "date", "tick"


@dataclass(frozen=True)
class Entry:
    """One field: a number, a day, a choice, a box to tick or a text of some lines."""

    name: str
    label: str
    """Short: what stands around it says which indicator and which sex."""
    whole_label: str
    """For where nothing stands around it."""
    value: str
    kind: str = NUMBER
    choices: Choices = ()
    lines: int = 0
    error: str = ""
    theirs: str = ""
    """What somebody else saved here while this person wrote something else."""
    marked: str = ""
    """From theirs to the person's own, word by word, in a field of running text."""
    beside: str = ""
    """Id of what is said about the cell; "" when nothing is."""

    @property
    def choice(self) -> str:
        """Name of the field that says whose is to stand here."""
        return f"{CHOICE}{self.name}"

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def alone(self) -> SafeString:
        """The field where no visible label belongs to it."""
        return self._html(format_html(' aria-label="{}"', self.whole_label))

    @property
    def labelled(self) -> SafeString:
        """The field that the page has a label for."""
        return self._html(SafeString(""))

    def _html(self, more: SafeString) -> SafeString:
        told = " ".join(filter(None, (f"{self.id}_error" if self.error else "", self.beside)))
        if self.error:
            more += SafeString(' aria-invalid="true"')
        if told:
            more += format_html(' aria-describedby="{}"', told)
        if self.choices:
            options = _options(tuple(self.choices), self.value)
            return format_html(
                '<select class="form-select" name="{}" id="{}"{}>{}</select>',
                self.name,
                self.id,
                more,
                options,
            )
        if self.lines:
            # A line break right after the tag is not part of the text.
            return format_html(
                '<textarea class="form-control" name="{}" id="{}" rows="{}"{}>\n{}</textarea>',
                self.name,
                self.id,
                self.lines,
                more,
                self.value,
            )
        if self.kind == TICK:
            ticked = SafeString(" checked" if self.value else "")
            return format_html(
                '<input class="form-check-input" type="checkbox" name="{}" id="{}" value="{}"{}{}>',
                self.name,
                self.id,
                TICKED,
                ticked,
                more,
            )
        if self.kind == DAY:
            return format_html(
                '<input class="form-control" type="date" name="{}" id="{}" value="{}"{}>',
                self.name,
                self.id,
                self.value,
                more,
            )
        return format_html(
            '<input class="form-control number-field" type="text" inputmode="decimal" '
            'autocomplete="off" name="{}" id="{}" value="{}"{}>',
            self.name,
            self.id,
            self.value,
            more,
        )


@dataclass(frozen=True)
class CellEntries:
    """The fields of an outcome in one category."""

    category: str
    category_label: str
    figures: tuple[Entry, ...]

    @property
    def is_total(self) -> bool:
        return self.category == Category.TOTAL


@dataclass(frozen=True)
class RowEntries:
    """One indicator."""

    cell: str
    row: IndicatorRow
    cells: tuple[CellEntries, ...]
    rest: Entry | None
    """The box that says that nobody knows the sex of the rest."""
    forecast: Entry | None
    missing: Entry
    comment: Entry
    mend: tuple[str, ...]
    """What is to be put right before the report is handed in."""
    warnings: tuple[str, ...]

    @property
    def explained(self) -> bool:
        return self.row.is_explained

    @property
    def notes_id(self) -> str:
        return _notes_id(self.row.code)

    @cached_property
    def by_category(self) -> tuple[CellEntries | None, ...]:
        """For the columns Totalt, Kvinnor, Män."""
        found = {cell.category: cell for cell in self.cells}
        return tuple(found.get(category) for category in Category.values)

    @property
    def entries(self) -> Iterator[Entry]:
        for cell in self.cells:
            yield from cell.figures
        yield from (self.rest,) if self.rest else ()
        yield from (self.forecast,) if self.forecast else ()
        yield from (self.missing, self.comment)

    @property
    def is_disputed(self) -> bool:
        return any(entry.error or entry.theirs for entry in self.entries)

    @property
    def has_notes(self) -> bool:
        """Whether anything is said about the row below it."""
        return bool(self.mend or self.warnings or self.row.said or self.is_disputed)


@dataclass(frozen=True)
class ActivityEntries:
    """One activity."""

    cell: str
    row: ActivityRow
    state: Entry
    comment: Entry
    new_date: Entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.state, self.new_date, self.comment

    @property
    def is_disputed(self) -> bool:
        return any(entry.error or entry.theirs for entry in self.entries)


@dataclass(frozen=True)
class GoalEntries:
    """One goal with everything asked for under it."""

    cell: str
    sheet: GoalSheet
    rows: tuple[RowEntries, ...]
    activities: tuple[ActivityEntries, ...]
    grade: Entry
    analysis: Entry

    @property
    def is_disputed(self) -> bool:
        return any(entry.error or entry.theirs for entry in (self.grade, self.analysis))


class EntryPage:
    """The fields of `sheet`, with what is saved, or with what was typed when it could not be."""

    def __init__(self, sheet: Sheet, form: EntryForm | None = None) -> None:
        self.sheet = sheet
        self.form = form if form is not None and form.is_bound else None
        self._saved: dict[str, str] = {}
        period = sheet.report.period
        for goal in sheet.goals:
            for row in goal.rows:
                for cell in row.cells.values():
                    self._saved |= value_texts(row.code, row.definition, cell, period)
            for activity in goal.activities:
                self._saved |= status_texts(activity.activity.code, activity.status)
            self._saved |= grade_texts(goal.goal, goal.grade)

    @property
    def is_typed(self) -> bool:
        """Whether the page holds what was typed, and is not saved."""
        return self.form is not None

    @property
    def revision(self) -> str:
        return self.form.revision if self.form else str(self.sheet.report.revision)

    @property
    def seen(self) -> str:
        """What was saved when the page was first made, for the hidden field."""
        return self.form.seen if self.form else seen_of(self._saved)

    @cached_property
    def goals(self) -> list[GoalEntries]:
        return [self._goal(goal) for goal in self.sheet.goals]

    # The columns of the grid -------------------------------------------------------------------

    @cached_property
    def earlier_columns(self) -> list[str]:
        """Heads of what is read beside: the periods before, as every row has them."""
        rows = self.sheet.rows or self.sheet.activities
        return [_short(earlier.code) for earlier in rows[0].earlier] if rows else []

    @property
    def asks_forecast(self) -> bool:
        return self.sheet.report.period.kind != PeriodKind.VB

    @property
    def figure_columns(self) -> int:
        """The three of the outcome, the forecast, and why it is missing."""
        return 4 + self.asks_forecast

    @property
    def inner_columns(self) -> int:
        """All between the name and the state of the saving; one more is the target."""
        return len(self.earlier_columns) + 1 + self.figure_columns

    @property
    def columns(self) -> int:
        return self.inner_columns + 2

    # The fields --------------------------------------------------------------------------------

    def _goal(self, goal: GoalSheet) -> GoalEntries:
        label = goal.goal.label
        return GoalEntries(
            cell=goal_cell(goal.goal),
            sheet=goal,
            rows=tuple(self._row(row) for row in goal.rows),
            activities=tuple(self._activity(row) for row in goal.activities),
            grade=self._entry(
                goal_name(goal.goal, GradePart.GRADE), "Bedömning", label, choices=GRADES
            ),
            analysis=self._entry(
                goal_name(goal.goal, GradePart.ANALYSIS), "Analys", label, lines=5
            ),
        )

    def _row(self, row: IndicatorRow) -> RowEntries:
        definition, period, about = row.definition, self.sheet.report.period, row.definition.name
        choices = YES_NO if definition.is_yes_no else ()
        warnings = (*broken_rules(definition, row.cells, period), *row.warnings)
        mend = to_mend(definition, row.cells)
        beside = _notes_id(row.code) if warnings or mend else ""
        cells = []
        for category in row.cells:
            label = str(Category(category).label) if len(row.cells) > 1 else ""
            where = f"{about}, {label.lower()}" if label else about
            cells.append(
                CellEntries(
                    category=category,
                    category_label=label,
                    figures=tuple(
                        self._entry(
                            value_name(row.code, category, part),
                            label_of(definition, part),
                            where,
                            choices=choices,
                            beside=beside,
                        )
                        for part in figure_parts(definition)
                    ),
                )
            )

        def once(
            part: Part, label: str, *, kind: str = NUMBER, choices: Choices = (), lines: int = 0
        ) -> Entry:
            name = value_name(row.code, Category.TOTAL, part)
            return self._entry(
                name, label, about, kind=kind, choices=choices, lines=lines, beside=beside
            )

        return RowEntries(
            cell=indicator_cell(row.code),
            row=row,
            cells=tuple(cells),
            rest=(
                once(Part.REST, label_of(definition, Part.REST), kind=TICK)
                if asks_rest(definition)
                else None
            ),
            forecast=(
                once(Part.FORECAST, "Helårsprognos") if asks_forecast(definition, period) else None
            ),
            missing=once(Part.MISSING, "Uppgift saknas?", choices=REASONS),
            comment=once(Part.COMMENT, "Kommentar", lines=2),
            mend=mend,
            warnings=warnings,
        )

    def _activity(self, row: ActivityRow) -> ActivityEntries:
        code, about = row.activity.code, row.text
        return ActivityEntries(
            cell=activity_cell(code),
            row=row,
            state=self._entry(status_name(code, StatusPart.STATE), "Läge", about, choices=STATES),
            comment=self._entry(status_name(code, StatusPart.COMMENT), "Kommentar", about, lines=2),
            new_date=self._entry(
                status_name(code, StatusPart.NEW_DATE), "Nytt datum", about, kind=DAY
            ),
        )

    def _entry(
        self,
        name: str,
        label: str,
        about: str,
        *,
        kind: str = NUMBER,
        choices: Choices = (),
        lines: int = 0,
        beside: str = "",
    ) -> Entry:
        form = self.form
        error = " ".join(map(str, form.errors[name])) if form and name in form.errors else ""
        value = form.data.get(name, "") if form else self._saved[name]
        theirs = form.theirs.get(name, "") if form else ""
        return Entry(
            name=name,
            label=label,
            whole_label=f"{about}, {label.lower()}",
            value=value,
            kind=kind,
            choices=choices,
            lines=lines,
            error=error,
            theirs=theirs,
            marked=word_diff(theirs, value) if theirs and lines else "",
            beside=beside,
        )


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The same few in every row."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected" if value == chosen else ""), words)
            for value, words in choices
        ),
    )


def _notes_id(code: str) -> str:
    return f"notes-{indicator_cell(code)}"


def _short(code: str) -> str:
    """A period in a narrow column: "Tertial 2 2025", "Helåret 2024"."""
    year, kind = code.split("-")
    return f"Helåret {year}" if kind == PeriodKind.VB else f"Tertial {kind[1]} {year}"
