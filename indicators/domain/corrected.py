"""What a correction comes to when it is approved: what each number, grade and state was before.

It is kept with the version that corrected it, and a later version that corrects something else
carries it on: so it says "rättad" wherever it stands.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from indicators.domain.content import FIGURES
from indicators.domain.errors import InvalidEntry
from indicators.enums import Category, VersionOrigin
from indicators.models import (
    Correction,
    IndicatorVersion,
    JudgementCorrection,
    Report,
    ReportVersion,
    Value,
)
from programme.models import Activity, Goal

Place = tuple[int | None, int | None]
"""Goal id, or activity id."""
Said = tuple[str, dt.date | None]
"""A grade, or a state with the new date of what deviates."""
NOTHING: Said = ("", None)
_Place = TypeVar("_Place", bound=Hashable)
_Row = TypeVar("_Row")
_Kept = TypeVar("_Kept", bound=Correction | JudgementCorrection)


@dataclass(frozen=True)
class Corrected:
    """What one correction changed; not what earlier ones did."""

    definitions: Sequence[IndicatorVersion] = ()
    goals: Sequence[Goal] = ()
    activities: Sequence[Activity] = ()

    def __bool__(self) -> bool:
        return bool(self.definitions or self.goals or self.activities)

    @property
    def names(self) -> list[str]:
        """What it is about, without a word of what it says."""
        return [
            *sorted({definition.name for definition in self.definitions}),
            *(f"Bedömningen av {goal.label.lower()}" for goal in self.goals),
            *(f"Läget för ”{activity.code}”" for activity in self.activities),
        ]


def check_kept(report: Report) -> None:
    """Raises InvalidEntry when a correction takes a number away without saying why it is missing.

    Who reads the follow-up sees that a number was corrected at the place where it stood.
    """
    if report.approved_id is None:
        return
    stays = Value.objects.filter(version=report.current_id, category=Category.TOTAL)
    gone = (
        Value.objects.filter(version=report.approved_id, category=Category.TOTAL)
        .exclude(definition__in=stays.values("definition"))
        .select_related("definition")
        .order_by("definition__name")
    )
    if names := ", ".join(f"”{value.definition.name}”" for value in gone):
        raise InvalidEntry(
            f"En uppgift som har varit godkänd kan inte bara tas bort: {names}. "
            "Välj varför uppgiften saknas."
        )


def write_corrections(report: Report, before: ReportVersion, version: ReportVersion) -> Corrected:
    """Keep what each changed number, grade and state was; what an earlier correction changed is
    carried on. Answers what this one changed.
    """
    reason = _reason_of(report, before, version)
    definitions = _write_numbers(before, version, reason)
    goals, activities = _write_judgements(before, version, reason)
    return Corrected(definitions, goals, activities)


def _write_numbers(
    before: ReportVersion, version: ReportVersion, reason: str
) -> list[IndicatorVersion]:
    was = {(v.definition_id, v.category): v for v in before.values.all()}
    now = {(v.definition_id, v.category): v for v in version.values.all()}
    carried = {(c.definition_id, c.category): c for c in before.corrections.all()}
    rows: list[Correction] = []
    changed: set[int] = set()
    for cell, earlier in _compared(was, now, carried, says=_figures):
        row = Correction(version=version, value=now.get(cell))
        row.definition_id, row.category = cell
        row.reason, row.corrected_on = _why(earlier, reason)
        source = earlier or was.get(cell)
        if source is not None:
            row.number, row.numerator = source.number, source.numerator
            row.denominator, row.missing = source.denominator, source.missing
        if earlier is None:
            changed.add(row.definition_id)
        rows.append(row)
    Correction.objects.bulk_create(rows)
    return list(IndicatorVersion.objects.filter(pk__in=changed))


def _write_judgements(
    before: ReportVersion, version: ReportVersion, reason: str
) -> tuple[list[Goal], list[Activity]]:
    """Words alone are not marked, no more than a comment of a number is."""
    was, now = _judgements(before), _judgements(version)
    carried = {(c.goal_id, c.activity_id): c for c in before.judgement_corrections.all()}
    rows: list[JudgementCorrection] = []
    goals: list[int] = []
    activities: list[int] = []
    for place, earlier in _compared(was, now, carried, says=lambda one: one or NOTHING):
        row = JudgementCorrection(version=version)
        row.goal_id, row.activity_id = place
        row.reason, row.corrected_on = _why(earlier, reason)
        if earlier is not None:
            row.was, row.new_date = earlier.was, earlier.new_date
        else:
            row.was, row.new_date = was.get(place, NOTHING)
            goals += [] if row.goal_id is None else [row.goal_id]
            activities += [] if row.activity_id is None else [row.activity_id]
        rows.append(row)
    JudgementCorrection.objects.bulk_create(rows)
    return (
        list(Goal.objects.filter(pk__in=goals).select_related("programme", "parent")),
        list(Activity.objects.filter(pk__in=activities).select_related("goal")),
    )


def _judgements(version: ReportVersion) -> dict[Place, Said]:
    graded = version.grades.values_list("goal_id", "grade")
    told = version.statuses.values_list("activity_id", "state", "new_date")
    found: dict[Place, Said] = {(goal, None): (grade, None) for goal, grade in graded}
    return found | {(None, pk): (state, new_date) for pk, state, new_date in told}


def _compared(
    was: Mapping[_Place, _Row],
    now: Mapping[_Place, _Row],
    carried: Mapping[_Place, _Kept],
    *,
    says: Callable[[_Row | None], object],
) -> Iterator[tuple[_Place, _Kept | None]]:
    """Each place that says something else than it did, or did so before.

    With the earlier correction that is carried on; None where this one changed it.
    """
    for place in sorted(was.keys() | now.keys() | carried.keys(), key=str):
        if says(was.get(place)) != says(now.get(place)):
            yield place, None
        elif place in carried:
            yield place, carried[place]


def _why(earlier: Correction | JudgementCorrection | None, reason: str) -> tuple[str, dt.date]:
    if earlier is not None:
        return earlier.reason, earlier.corrected_on
    return reason, timezone.localdate()


def _figures(value: Value | None) -> tuple:
    return tuple(getattr(value, name) for name in FIGURES[:4]) if value else (None,) * 3 + ("",)


def _reason_of(report: Report, before: ReportVersion, version: ReportVersion) -> str:
    """Why the correction was begun; it may have been sent back or taken back since."""
    begun = report.versions.filter(
        origin=VersionOrigin.RATTELSE, number__gt=before.number, number__lte=version.number
    )
    first = begun.order_by("-number").first()
    return first.reason if first else version.reason
