"""One nämnd's report as it is filled in and read: per goal its indicators, with what stands beside.

Made for the reporting nämnd itself, which sees its own numbers unprotected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from indicators.domain.checks import (
    PER_CENT,
    GradeInput,
    ValueInput,
    categories_of,
)
from indicators.domain.disclosure import Audience, CellState, show
from indicators.domain.expected import Expected, expected_in
from indicators.domain.numbers import NO_BREAK_SPACE, format_number
from indicators.domain.statuses import ActivityRow, EarlierStatus, StatusInput
from indicators.enums import Category, Grade, MissingReason
from indicators.models import (
    ActivityStatus,
    GoalGrade,
    IndicatorVersion,
    Period,
    Report,
    Target,
    Value,
)
from programme.models import Goal

NOTHING = "–"


@dataclass(frozen=True)
class Earlier:
    """The nämnd's own outcome in an earlier period, to read beside the field."""

    label: str
    """ "Tertialrapport 1 2024"."""
    text: str
    """The outcome in words, or a dash when there is none."""
    other_definition: bool
    """Whether the indicator meant something else then, so that the two must not be compared."""


@dataclass(frozen=True)
class TargetText:
    text: str
    is_own: bool
    """The nämnd's own target; otherwise the city's."""
    is_example: bool


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator that the nämnd is to report."""

    definition: IndicatorVersion
    cells: dict[str, ValueInput]
    """What is saved, by category; every category that is asked for is there."""
    earlier: tuple[Earlier, ...]
    target: TargetText | None
    also_under: tuple[Goal, ...]
    """The nämnd's other goals that the indicator belongs to. It is asked for once."""

    @property
    def code(self) -> str:
        return self.definition.indicator.code

    @property
    def is_filled(self) -> bool:
        return self.cells[Category.TOTAL].is_filled

    @property
    def comment(self) -> str:
        return self.cells[Category.TOTAL].comment

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """Category and outcome in words, for reading; the sexes only where they are filled."""
        return [
            (Category(category).label, outcome_text(self.definition, cell))
            for category, cell in self.cells.items()
            if category == Category.TOTAL or cell.is_filled
        ]


@dataclass(frozen=True)
class GoalSheet:
    goal: Goal
    text: str
    """What the goal says on the period's last day."""
    rows: tuple[IndicatorRow, ...]
    """The indicators that are asked for under this goal."""
    asked_elsewhere: tuple[IndicatorRow, ...]
    """Those that belong to this goal too, but are asked for under an earlier one."""
    activities: tuple[ActivityRow, ...]
    """The goal's activities that the nämnd answers for."""
    grade: GradeInput

    @property
    def expected(self) -> int:
        return len(self.rows) + len(self.activities) + 1

    @property
    def filled(self) -> int:
        indicators = sum(row.is_filled for row in self.rows)
        activities = sum(row.is_filled for row in self.activities)
        return indicators + activities + bool(self.grade.grade)

    @property
    def grade_label(self) -> str:
        return str(Grade(self.grade.grade).label) if self.grade.grade else ""


@dataclass(frozen=True)
class Sheet:
    report: Report
    goals: tuple[GoalSheet, ...]

    @property
    def rows(self) -> list[IndicatorRow]:
        return [row for goal in self.goals for row in goal.rows]

    @property
    def expected(self) -> int:
        return sum(goal.expected for goal in self.goals)

    @property
    def filled(self) -> int:
        return sum(goal.filled for goal in self.goals)

    @property
    def unfilled_rows(self) -> list[IndicatorRow]:
        return [row for row in self.rows if not row.is_filled]

    @property
    def activities(self) -> list[ActivityRow]:
        return [row for goal in self.goals for row in goal.activities]

    @property
    def unfilled_activities(self) -> list[ActivityRow]:
        return [row for row in self.activities if not row.is_filled]

    @property
    def ungraded_goals(self) -> list[Goal]:
        return [goal.goal for goal in self.goals if not goal.grade.grade]

    @property
    def has_content(self) -> bool:
        return (
            any(not cell.is_empty for row in self.rows for cell in row.cells.values())
            or any(row.is_filled for row in self.activities)
            or any(not goal.grade.is_empty for goal in self.goals)
        )


def entry_sheet(report: Report) -> Sheet:
    """The report with everything its page shows. The report may be unsaved: then it is empty.

    The number of queries does not depend on how many indicators there are.
    """
    expected = expected_in(report.period)
    asked = expected.indicators_for(report.namnd_id)
    goals = expected.goals_for(report.namnd_id)
    values = _values_of(report)
    grades = _grades_of(report)
    versions = _earlier_versions(report)
    earlier = _earlier_values(versions, asked)
    activities = _activity_rows(report, expected, versions)
    targets = _targets_of(report, asked)

    home: dict[int, Goal] = {}
    also: dict[int, list[Goal]] = {}
    for goal in goals:
        for indicator_id in expected.indicators_of_goal[goal.pk]:
            if indicator_id not in asked:
                continue
            if indicator_id in home:
                also[indicator_id].append(goal)
            else:
                home[indicator_id], also[indicator_id] = goal, []
    rows = {
        indicator_id: IndicatorRow(
            definition=expected.definitions[indicator_id],
            cells=_cells(expected.definitions[indicator_id], values),
            earlier=_earlier_texts(expected.definitions[indicator_id], earlier),
            target=targets.get(indicator_id),
            also_under=tuple(also[indicator_id]),
        )
        for indicator_id in home
    }
    return Sheet(
        report=report,
        goals=tuple(_goal_sheet(goal, expected, home, rows, activities, grades) for goal in goals),
    )


def outcome_text(definition: IndicatorVersion, cell: ValueInput) -> str:
    """What a cell says, in words: "64,3 % (9 av 14)", "Ja", "Uppgift saknas: …", or a dash.

    For the reporting nämnd's own eyes.
    """
    if cell.missing:
        return f"Uppgift saknas: {MissingReason(cell.missing).label.lower()}"
    if not cell.is_filled:
        return NOTHING
    if definition.is_yes_no:
        return "Ja" if cell.number else "Nej"
    parts, value = "", cell.number
    if cell.numerator is not None and cell.denominator is not None:
        parts = f"{format_number(cell.numerator)} av {format_number(cell.denominator)}"
        if not cell.denominator:
            return parts
        value = cell.numerator * definition.scale / cell.denominator
    shown = show(
        value=value,
        counts_people=definition.counts_people,
        audience=Audience.OWN_NAMND,
        numerator=cell.numerator,
        denominator=cell.denominator,
        decimals=1 if parts else None,
    )
    if shown.state is not CellState.VALUE:
        return shown.text
    text = with_unit(shown.text, definition)
    return f"{text} ({parts})" if parts else text


def with_unit(number: str, definition: IndicatorVersion) -> str:
    """ "68 %"; other units stand beside the name of the indicator."""
    return f"{number}{NO_BREAK_SPACE}%" if definition.unit == PER_CENT else number


def _goal_sheet(
    goal: Goal,
    expected: Expected,
    home: Mapping[int, Goal],
    rows: Mapping[int, IndicatorRow],
    activities: Iterable[ActivityRow],
    grades: Mapping[int, GradeInput],
) -> GoalSheet:
    mine = [i for i in expected.indicators_of_goal[goal.pk] if i in rows]
    return GoalSheet(
        goal=goal,
        text=goal.text_on(expected.period.ends_on),
        rows=tuple(rows[i] for i in mine if home[i] == goal),
        asked_elsewhere=tuple(rows[i] for i in mine if home[i] != goal),
        activities=tuple(row for row in activities if row.activity.goal_id == goal.pk),
        grade=grades.get(goal.pk, GradeInput(goal.pk)),
    )


def _values_of(report: Report) -> dict[tuple[int, str], ValueInput]:
    if report.current_id is None:
        return {}
    return {
        (v.definition_id, v.category): ValueInput.of(v)
        for v in Value.objects.filter(version=report.current_id)
    }


def _grades_of(report: Report) -> dict[int, GradeInput]:
    if report.current_id is None:
        return {}
    return {
        g.goal_id: GradeInput.of(g) for g in GoalGrade.objects.filter(version=report.current_id)
    }


def _cells(
    definition: IndicatorVersion, values: Mapping[tuple[int, str], ValueInput]
) -> dict[str, ValueInput]:
    return {
        category: values.get((definition.pk, category), ValueInput(definition.pk, category))
        for category in categories_of(definition)
    }


def _earlier_periods(period: Period) -> list[Period]:
    """The period before, and the same kind last year; once when they are the same."""
    before = Period.objects.filter(ends_on__lt=period.ends_on).order_by("-ends_on").first()
    last_year = Period.objects.filter(year=period.year - 1, kind=period.kind).first()
    found = [p for p in (before, last_year) if p is not None]
    return list({p.pk: p for p in found}.values())


def _earlier_versions(report: Report) -> dict[Period, int]:
    """The nämnd's version of each earlier period that is read beside this one; two queries.

    A period that the nämnd did not report has none, and is told by 0.
    """
    periods = _earlier_periods(report.period)
    reports = {
        r.period_id: r for r in Report.objects.filter(namnd_id=report.namnd_id, period__in=periods)
    }
    versions = {}
    for period in periods:
        earlier = reports.get(period.pk)
        # What counts is what was approved; a nämnd without that sees what it wrote.
        versions[period] = (earlier.approved_id or earlier.current_id or 0) if earlier else 0
    return versions


def _earlier_values(
    versions: Mapping[Period, int], indicators: Iterable[int]
) -> list[tuple[Period, dict[int, Value]]]:
    """Each earlier period with the nämnd's own totals in it, by indicator id."""
    values = Value.objects.filter(
        version__in=[v for v in versions.values() if v],
        category=Category.TOTAL,
        definition__indicator__in=list(indicators),
    ).select_related("definition")
    found: dict[int, dict[int, Value]] = {}
    for value in values:
        found.setdefault(value.version_id, {})[value.definition.indicator_id] = value
    return [(period, found.get(version, {})) for period, version in versions.items()]


def _activity_rows(
    report: Report, expected: Expected, earlier: Mapping[Period, int]
) -> list[ActivityRow]:
    """The activities that the nämnd answers for, with what it says now and said before."""
    wanted = {v for v in (report.current_id, *earlier.values()) if v}
    said = {
        (status.version_id, status.activity_id): StatusInput.of(status)
        for status in ActivityStatus.objects.filter(version__in=wanted)
    }
    return [
        ActivityRow(
            activity=activity,
            text=expected.texts[pk],
            status=said.get((report.current_id or 0, pk), StatusInput(pk)),
            earlier=tuple(
                EarlierStatus(period.label, said.get((version, pk), StatusInput(pk)))
                for period, version in earlier.items()
            ),
        )
        for pk, activity in expected.activities_for(report.namnd_id).items()
    ]


def _earlier_texts(
    definition: IndicatorVersion, earlier: Iterable[tuple[Period, Mapping[int, Value]]]
) -> tuple[Earlier, ...]:
    texts = []
    for period, values in earlier:
        value = values.get(definition.indicator_id)
        texts.append(
            Earlier(
                label=period.label,
                text=outcome_text(value.definition, ValueInput.of(value)) if value else NOTHING,
                other_definition=value is not None and value.definition_id != definition.pk,
            )
        )
    return tuple(texts)


def _targets_of(report: Report, indicators: Iterable[int]) -> dict[int, TargetText]:
    """The year's targets by indicator id: the nämnd's own before the city's."""
    rows = Target.objects.filter(
        Q(namnd=None) | Q(namnd=report.namnd_id),
        year=report.period.year,
        indicator__in=list(indicators),
    ).order_by(F("namnd").asc(nulls_first=True))
    return {
        target.indicator_id: TargetText(
            text=format_number(target.value),
            is_own=target.namnd_id is not None,
            is_example=target.is_example,
        )
        for target in rows
    }
