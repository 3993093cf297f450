"""Queries for the register's pages and for the list of follow-ups."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from indicators.domain.book import Book, Yardsticks, read_yardsticks
from indicators.domain.comparing import change_of_target
from indicators.domain.disclosure import Audience
from indicators.domain.expected import Expected, Gap, expected_in_each
from indicators.domain.figures import IndicatorResult, Reference, coverage_sentence
from indicators.domain.fixed_figures import with_fixed
from indicators.domain.indicator_rows import GoalRow, KinRow, read_rows
from indicators.domain.indicator_series import (
    DefinitionNote,
    NamndSeries,
    definition_notes,
    kind_to_draw,
    read_all,
)
from indicators.domain.results import result_of
from indicators.domain.series import read_lineage
from indicators.domain.tally_reading import read_tallies
from indicators.enums import Category, IndicatorKind, SuccessionKind
from indicators.models import (
    Indicator,
    IndicatorGoal,
    IndicatorVersion,
    Period,
    Report,
    Target,
)
from programme.enums import ResponsibilityKind
from programme.models import Goal


@dataclass(frozen=True)
class FollowupSummary:
    """One period in the list of follow-ups."""

    period_code: str
    period_label: str
    year: int
    state: str
    due_on: dt.date | None
    approved: int
    asked: int
    coverage_sentence: str
    report: str = ""
    """How far the follow-up has come as a report, for who may see it; "" for none."""


def list_followups(reports: Mapping[str, str] | None = None) -> tuple[FollowupSummary, ...]:
    """The periods that have been opened for reporting, newest first.

    reports: by period code, what is said of the follow-up as a report.
    """
    periods = list(Period.objects.started().in_order())
    expected = expected_in_each(periods)
    approved: dict[int, set[int]] = defaultdict(set)
    counted = Report.objects.counted().order_by().filter(period__in=periods)
    for period_id, namnd_id in counted.values_list("period_id", "namnd_id"):
        approved[period_id].add(namnd_id)
    summaries = []
    for period in reversed(periods):
        asked = expected[period.code].namnder
        done = len(approved[period.pk] & asked.keys())
        summaries.append(
            FollowupSummary(
                period_code=period.code,
                period_label=period.label,
                year=period.year,
                state=period.get_state_display(),
                due_on=period.due_on,
                approved=done,
                asked=len(asked),
                coverage_sentence=coverage_sentence(done, len(asked)),
                report=(reports or {}).get(period.code, ""),
            )
        )
    return tuple(summaries)


@dataclass(frozen=True)
class RegisterRow:
    """One indicator in the register's list."""

    code: str
    name: str
    kind: str
    unit: str
    source: str
    is_example: bool


@dataclass(frozen=True)
class RegisterGoal:
    """One goal with its indicators, in the register's list."""

    heading: str
    programme: str
    anchor: str
    rows: tuple[RegisterRow, ...]


def list_register(today: dt.date | None = None) -> tuple[RegisterGoal, ...]:
    """All goals with the indicators that measure them; an indicator stands under each of its.

    A goal of somebody else's programme, or one whose text is not known, only when it has any.
    """
    day = today or timezone.localdate()
    rows: dict[int, list[RegisterRow]] = defaultdict(list)
    indicators = Indicator.objects.order_by("order", "code").prefetch_related(
        "versions", Prefetch("goal_links", IndicatorGoal.objects.valid_on(day))
    )
    for indicator in indicators:
        definition = definition_on(list(indicator.versions.all()), day)
        if definition is None:
            continue
        row = RegisterRow(
            indicator.code,
            definition.name,
            indicator.get_kind_display(),
            definition.unit,
            indicator.source,
            indicator.is_example,
        )
        for link in indicator.goal_links.all():
            rows[link.goal_id].append(row)
    goals = Goal.objects.select_related("programme", "parent").prefetch_related("wordings")
    return tuple(
        RegisterGoal(
            heading=heading_on(goal, day),
            programme=str(goal.programme),
            anchor=f"{goal.programme.slug}-mal-{goal.code.replace('.', '-')}",
            rows=tuple(rows[goal.pk]),
        )
        for goal in goals.in_order()
        if rows[goal.pk] or (goal.text and not goal.programme.is_reference)
    )


@dataclass(frozen=True)
class TargetNote:
    """A target of a year: the city's, or one nämnd's."""

    year: int
    whose: str
    value: Decimal
    source: str
    is_example: bool
    change: str
    """From what and when it was changed, and by which decision; "" if it was not."""


@dataclass(frozen=True)
class GapNote:
    """A time in which the indicator is not asked for."""

    pk: int
    sentence: str
    is_over: bool


@dataclass(frozen=True)
class KinNote:
    """Another indicator that took this one's place, or whose place it took."""

    code: str
    name: str
    kind: str
    on: dt.date
    reason: str


@dataclass(frozen=True)
class GoalNote:
    """A goal that an indicator measures."""

    code: str
    heading: str
    """In the words of today, or of its last day if it measures the goal no more."""
    programme_slug: str
    programme: str
    link_id: int
    valid_from: dt.date | None
    valid_to: dt.date | None
    decision: str
    end_decision: str
    source: str
    holds: bool
    """Whether it measures the goal today."""

    @property
    def days(self) -> str:
        """ "från 2025-01-01, till 2025-12-31"; "" for all the time."""
        first = f"från {self.valid_from}" if self.valid_from else ""
        last = f"till och med {self.valid_to}" if self.valid_to else ""
        return ", ".join(filter(None, (first, last)))


@dataclass(frozen=True)
class IndicatorPage:
    """All that is known about one indicator, for one audience."""

    code: str
    name: str
    kind: str
    unit: str
    definition: str
    source: str
    aggregation: str
    accumulation: str
    direction: str
    counts_people: bool
    is_example: bool
    awaits_source: bool
    """An utvecklingsindikator: it has no data source yet, so nobody is asked for it."""
    reported_by: tuple[str, ...]
    same: tuple[tuple[str, str, str], ...]
    """(which of its counts, code, name) of the indicators that show the same count."""
    goals: tuple[GoalNote, ...]
    definitions: tuple[DefinitionNote, ...]
    targets: tuple[TargetNote, ...]
    references: tuple[Reference, ...]
    period_code: str
    period_label: str
    """The latest period with figures (else the latest that asks for it); "" if there is none."""
    result: IndicatorResult | None
    split_by_sex: bool
    gaps: tuple[GapNote, ...]
    succeeded_by: tuple[KinNote, ...]
    succeeds: tuple[KinNote, ...]
    series: tuple[NamndSeries, ...]
    """Nämnd by nämnd; those that have ceased come last."""
    kind_drawn: str
    """The kind of period that lines are drawn through; "" for all."""

    @property
    def stadsdelar(self) -> list[NamndSeries]:
        """Those that there are today: the small multiples."""
        return [one for one in self.series if one.is_stadsdel and one.last_day is None]

    @property
    def others(self) -> list[NamndSeries]:
        return [one for one in self.series if not one.is_stadsdel or one.last_day is not None]


def read_indicator(code: str, *, audience: Audience, today: dt.date | None = None) -> IndicatorPage:
    """The indicator with its figures of all periods so far. Raises Indicator.DoesNotExist."""
    rows = read_rows(code)
    indicator, versions = rows.indicator, list(rows.versions)
    day = today or timezone.localdate()
    definition = definition_on(versions, day)
    if definition is None:
        raise Indicator.DoesNotExist(code)
    yardsticks = read_yardsticks([indicator.pk])
    result, period, series, same = _latest_result(indicator, audience, yardsticks)
    held = result_definition(versions, period) or definition
    return IndicatorPage(
        code=indicator.code,
        name=definition.name,
        kind=indicator.get_kind_display(),
        unit=definition.unit,
        definition=definition.definition,
        source=indicator.source,
        aggregation=definition.get_aggregation_display(),
        accumulation=definition.get_accumulation_display(),
        direction=definition.get_direction_display(),
        counts_people=definition.counts_people,
        is_example=indicator.is_example,
        awaits_source=indicator.kind == IndicatorKind.UTVECKLINGSINDIKATOR,
        reported_by=tuple(
            str(one)
            for one in rows.responsibilities
            if one.kind == ResponsibilityKind.ANSVARIG and one.holds_on(day)
        ),
        same=same,
        goals=_goal_notes(rows.goals, day),
        definitions=definition_notes(sorted(versions, key=lambda v: v.number)),
        targets=_target_notes(rows.targets),
        references=tuple(yardsticks.references.get(indicator.pk, ())),
        period_code=period.code if period else "",
        period_label=period.label if period else "",
        result=result,
        split_by_sex=held.split_by_sex,
        gaps=tuple(
            GapNote(
                row.pk,
                Gap(row.kind, row.reason, row.valid_from, row.valid_to).sentence,
                row.valid_to is not None and row.valid_to < day,
            )
            for row in rows.gaps
            if row.valid_from is not None
        ),
        succeeded_by=_kin(row for row in rows.kin if row.is_later),
        succeeds=_kin(row for row in rows.kin if not row.is_later),
        series=series,
        kind_drawn=kind_to_draw(held, period.kind) if period else "",
    )


def result_definition(
    versions: list[IndicatorVersion], period: Period | None
) -> IndicatorVersion | None:
    """The definition that the shown period's figures were given by."""
    return definition_on(versions, period.ends_on) if period else None


def _kin(rows: Iterable[KinRow]) -> tuple[KinNote, ...]:
    notes = []
    for row in rows:
        definition = definition_on(list(row.versions), row.succession.on)
        name = definition.name if definition else row.kin.code
        kind = str(SuccessionKind(row.succession.kind).label)
        notes.append(KinNote(row.kin.code, name, kind, row.succession.on, row.succession.reason))
    return tuple(notes)


def _same(indicator: Indicator, expected: Iterable[Expected]) -> tuple[tuple[str, str, str], ...]:
    """What the indicator's own row says, and what those of others say of it, in register order."""
    latest = {d.indicator.code: d for one in expected for d in one.definitions.values()}
    own = (
        ("Täljaren", indicator.numerator_same_as_id),
        ("Nämnaren", indicator.denominator_same_as_id),
    )
    found = []
    for code, definition in latest.items():
        found += [(what, code, definition.name) for what, said in own if said == code]
        for what, said in (
            ("Dess täljare", definition.indicator.numerator_same_as_id),
            ("Dess nämnare", definition.indicator.denominator_same_as_id),
        ):
            if said == indicator.code:
                found.append((what, code, definition.name))
    return tuple(found)


def _target_notes(targets: Iterable[Target]) -> tuple[TargetNote, ...]:
    """Newest year first; within it the city's first, and what a target was before it changed."""
    before: dict[tuple[int, int | None], Target] = {}
    notes = []
    for target in sorted(targets, key=lambda t: str(t.valid_from or "")):
        whose = target.year, target.namnd_id
        was = before.get(whose)
        before[whose] = target
        key = (-target.year, target.namnd.sort_key if target.namnd else "")
        note = TargetNote(
            target.year,
            target.namnd.name if target.namnd else "Staden",
            target.value,
            target.source,
            target.is_example,
            change_of_target(target.valid_from, target.decision, was.value if was else None),
        )
        notes.append((key, note))
    return tuple(note for _, note in sorted(notes, key=lambda pair: pair[0]))


def _goal_notes(rows: Iterable[GoalRow], day: dt.date) -> tuple[GoalNote, ...]:
    """The goals that the indicator measures on `day`, then those it has measured or will."""
    notes = [
        GoalNote(
            code=row.goal.code,
            heading=row.heading_on(min(day, row.link.valid_to or day)),
            programme_slug=row.goal.programme.slug,
            programme=str(row.goal.programme),
            link_id=row.link.pk,
            valid_from=row.link.valid_from,
            valid_to=row.link.valid_to,
            decision=row.link.decision,
            end_decision=row.link.end_decision,
            source=row.link.source,
            holds=row.link.holds_on(day),
        )
        for row in rows
    ]
    return tuple(sorted(notes, key=lambda note: not note.holds))


def _latest_result(
    indicator: Indicator, audience: Audience, yardsticks: Yardsticks
) -> tuple[
    IndicatorResult | None, Period | None, tuple[NamndSeries, ...], tuple[tuple[str, str, str], ...]
]:
    """The result of the latest period with figures, or of the latest that asks for them.

    And the series of every nämnd, and which others show the same counts, out of what was read.
    """
    periods = list(with_fixed(Period.objects.started()).in_order())
    # What is hidden may follow from indicators that are asked for in other periods of the year.
    whole = expected_in_each(periods)
    expected = {code: one for code, one in whole.items() if indicator.pk in one.definitions}
    if not expected:
        return None, None, (), ()
    tallies = read_tallies(expected, in_detail=expected, indicator_ids=[indicator.pk])
    with_figures = [
        code
        for code in expected
        if any(t.reported for t in tallies.get((code, indicator.pk, Category.TOTAL), ()))
    ]
    latest = (with_figures or list(expected))[-1]
    book = Book(audience, whole, tallies, yardsticks)
    period = expected[latest].period
    counted = Report.objects.counted().order_by().filter(period=period)
    approved = set(counted.values_list("namnd_id", flat=True))
    series = read_all(
        indicator.pk,
        audience=audience,
        expected=expected,
        tallies=tallies,
        lineage=read_lineage(),
        hidden=book.hidden,
    )
    return (
        result_of(book, indicator.pk, latest, approved),
        period,
        series,
        _same(indicator, whole.values()),
    )


def current_definition(code: str) -> IndicatorVersion:
    """The definition that holds today, with its indicator. Raises Indicator.DoesNotExist."""
    versions = list(
        IndicatorVersion.objects.filter(indicator__code=code).select_related("indicator")
    )
    found = definition_on(versions, timezone.localdate())
    if found is None:
        raise Indicator.DoesNotExist(code)
    return found


def heading_on(goal: Goal, day: dt.date) -> str:
    """ "Mål 4. …" in the words of the day. Wants its wordings at hand."""
    text = goal.text_on(day)
    return f"{goal.label}. {text}" if text else goal.label


def definition_on(versions: list[IndicatorVersion], day: dt.date) -> IndicatorVersion | None:
    """The definition that holds on `day`; before the first one holds, the first."""
    in_order = sorted(versions, key=lambda version: version.valid_from)
    held = [version for version in in_order if version.valid_from <= day] or in_order[:1]
    return held[-1] if held else None
