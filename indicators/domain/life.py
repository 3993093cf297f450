"""What happens to an indicator over the years: the coordinator's commands.

Each takes effect from a day, by a decision or with a reason, and leaves what was before as it was.
What has been locked is not asked for anew: no change reaches back into a locked period.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from indicators.domain.numbers import format_number
from indicators.enums import GapKind, PeriodState, SuccessionKind
from indicators.models import (
    Indicator,
    IndicatorGap,
    IndicatorGoal,
    IndicatorSuccession,
    IndicatorVersion,
    Period,
    Target,
)
from indicators.rules import may_keep_indicators
from organisation.domain.days import ONE_DAY
from organisation.models import Namnd, User
from programme.domain.errors import Invalid, NotAllowed
from programme.domain.parts import check_row, check_texts, count_change
from programme.models import Goal
from trace.domain import record

# What makes earlier values something else than later ones, whatever anybody says.
FORCES_BREAK = ("unit", "scale", "aggregation", "accumulation")
ONLY_COORDINATORS = "Bara samordnaren ändrar indikatorerna."


def name_of_field(name: str) -> str:
    """What a field of the definition is called: "enhet"."""
    found = {field.name: field for field in IndicatorVersion._meta.concrete_fields}
    return str(found[name].verbose_name)


def take(indicator: Indicator, actor: User, expected_version: int) -> Indicator:
    """Hold the indicator for a change, and count it. Raises NotAllowed, Conflict."""
    if not may_keep_indicators(actor):
        raise NotAllowed(ONLY_COORDINATORS)
    count_change(indicator, expected_version)
    return Indicator.objects.select_for_update().get(pk=indicator.pk)


def first_free_day() -> dt.date | None:
    """The first day that a change may hold from: after all locked periods; None for any."""
    locked = Period.objects.filter(state=PeriodState.LAST).in_order().last()
    return locked.ends_on + ONE_DAY if locked else None


def check_free(day: dt.date, field: str) -> None:
    """Raises Invalid, at the field, for a day in a period that has been locked."""
    first = first_free_day()
    if first is not None and day < first:
        raise Invalid(
            f"Perioder till och med {first - ONE_DAY} är låsta. Ändringen kan gälla tidigast "
            f"från {first}.",
            field=field,
        )


@transaction.atomic
def redefine(
    indicator: Indicator,
    *,
    actor: User,
    expected_version: int,
    valid_from: dt.date,
    reason: str,
    breaks_series: bool,
    **meaning: Any,
) -> IndicatorVersion:
    """Let the indicator mean something else from a day.

    meaning: fields of the definition that become other than they are. Without a break its values
    are compared with the earlier ones. Raises NotAllowed; Conflict; Invalid, at the field: no
    reason, nothing changed, a day that is locked, in which values are reported, or not after the
    definition that is there, or a change of unit or kind said to be no break.
    """
    indicator = take(indicator, actor, expected_version)
    check_texts(
        reason=reason, **{name: text for name, text in meaning.items() if isinstance(text, str)}
    )
    if not reason.strip():
        raise Invalid("Skriv varför definitionen ändras.", field="reason")
    check_free(valid_from, "valid_from")
    last = indicator.versions.order_by("number").last()
    if last is None:
        raise Invalid("Indikatorn har ingen definition.")
    if valid_from <= last.valid_from:
        raise Invalid(
            f"Definitionen som gäller började {last.valid_from}. Välj en senare dag.",
            field="valid_from",
        )
    changed = {name for name, value in meaning.items() if getattr(last, name) != value}
    if not changed:
        raise Invalid("Ingenting är ändrat i definitionen.")
    forced = changed.intersection(FORCES_BREAK)
    if forced and not breaks_series:
        words = " och ".join(name_of_field(name) for name in FORCES_BREAK if name in forced)
        raise Invalid(
            f"När {words} ändras går värdena inte att jämföra. Välj att serien bryts.",
            field="breaks_series",
        )
    reported = Period.objects.filter(
        ends_on__gte=valid_from, reports__versions__values__definition__indicator=indicator
    ).in_order()
    if there := reported.last():
        raise Invalid(
            f"Det finns redan värden för {there}. Den nya definitionen kan gälla tidigast "
            f"{there.ends_on + ONE_DAY}.",
            field="valid_from",
        )
    version = IndicatorVersion.objects.get(pk=last.pk)
    version.pk = None
    version._state.adding = True
    for name, value in meaning.items():
        setattr(version, name, value)
    version.number, version.valid_from = last.number + 1, valid_from
    version.breaks_series, version.reason = breaks_series, reason.strip()
    check_row(version)
    version.save()
    record(
        indicator,
        actor=actor,
        verb="ny-definition",
        summary=f"Ny definition från {valid_from}"
        f"{', med brott i serien' if breaks_series else ', jämförbar med den tidigare'}",
        reason=reason.strip(),
    )
    return version


@transaction.atomic
def rest(
    indicator: Indicator,
    *,
    actor: User,
    expected_version: int,
    kind: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    reason: str,
) -> IndicatorGap:
    """Let nobody be asked for the indicator from a day, until another or for good.

    Raises NotAllowed; Conflict; Invalid, at the field: no reason, a pause without an end, days
    that are locked, in the wrong order, or within another such time.
    """
    indicator = take(indicator, actor, expected_version)
    check_texts(reason=reason)
    if not reason.strip():
        raise Invalid("Ange orsaken.", field="reason")
    if kind == GapKind.PAUSED and valid_to is None:
        raise Invalid("Skriv till när den inte mäts. Annars har den upphört.", field="valid_to")
    if kind == GapKind.ENDED and valid_to is not None:
        raise Invalid("Det som har upphört kommer inte tillbaka. Lämna tomt.", field="valid_to")
    check_free(valid_from, "valid_from")
    gap = IndicatorGap(
        indicator=indicator,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
    )
    check_row(gap)
    gap.save()
    until = f" till och med {valid_to}" if valid_to else ""
    record(
        indicator,
        actor=actor,
        verb="uppehall",
        summary=f"{gap.get_kind_display()} från {valid_from}{until}",
        reason=reason.strip(),
    )
    return gap


@transaction.atomic
def resume(
    gap: IndicatorGap, *, actor: User, expected_version: int, last_day: dt.date, reason: str
) -> None:
    """Let the indicator be asked for again after `last_day`.

    Raises NotAllowed; Conflict; Invalid, at the field: no reason, or a day that is locked or
    outside the time. What is to be undone altogether ends the day before it begins: it goes.
    """
    indicator = take(gap.indicator, actor, expected_version)
    check_texts(reason=reason)
    if not reason.strip():
        raise Invalid("Ange orsaken.", field="reason")
    gap = IndicatorGap.objects.get(pk=gap.pk)
    if gap.valid_from is None or last_day < gap.valid_from - ONE_DAY:
        raise Invalid(f"Uppehållet börjar {gap.valid_from}.", field="last_day")
    if gap.valid_to is not None and last_day >= gap.valid_to:
        raise Invalid(f"Uppehållet slutar redan {gap.valid_to}.", field="last_day")
    check_free(last_day + ONE_DAY, "last_day")
    if last_day < gap.valid_from:
        gap.delete()
    else:
        gap.valid_to = last_day
        gap.save(update_fields=["valid_to"])
    record(
        indicator,
        actor=actor,
        verb="uppehall-slut",
        summary=f"Frågas efter igen från {last_day + ONE_DAY}",
        reason=reason.strip(),
    )


@transaction.atomic
def succeed(
    indicator: Indicator,
    *,
    actor: User,
    expected_version: int,
    successors: Sequence[Indicator],
    kind: str,
    on: dt.date,
    reason: str,
) -> None:
    """Let other indicators take this one's place from a day; from then on it is not asked for.

    Their series do not go on from its: both pages tell of the other. Raises NotAllowed; Conflict;
    Invalid, at the field: no reason, a single part of a split, itself, or a day that is locked.
    """
    indicator = take(indicator, actor, expected_version)
    check_texts(reason=reason)
    if not reason.strip():
        raise Invalid("Ange orsaken.", field="reason")
    if kind == SuccessionKind.SPLIT and len(successors) < 2:
        raise Invalid("Välj minst två indikatorer som den delas i.", field="successors")
    check_free(on, "on")
    for successor in successors:
        row = IndicatorSuccession(
            predecessor=indicator, successor=successor, on=on, kind=kind, reason=reason.strip()
        )
        try:
            check_row(row)
        except Invalid as wrong:
            raise Invalid(wrong.message, field="successors") from wrong
        row.save()
    codes = ", ".join(successor.code for successor in successors)
    label = SuccessionKind(kind).label
    gap = IndicatorGap(
        indicator=indicator, kind=GapKind.ENDED, valid_from=on, reason=f"{label}: {codes}."
    )
    if not indicator.gaps.filter(valid_to=None).exists():
        check_row(gap)
        gap.save()
    record(
        indicator,
        actor=actor,
        verb="ersatt",
        summary=f"{label} från {on}: {codes}",
        reason=reason.strip(),
    )


@transaction.atomic
def change_target(
    indicator: Indicator,
    *,
    actor: User,
    expected_version: int,
    year: int,
    namnd: Namnd | None,
    value: Decimal,
    valid_from: dt.date,
    decision: str,
) -> Target:
    """Let the årsmål of a year, the city's or a nämnd's, be another from a day in it.

    The one before stays, and holds until then. Raises NotAllowed; Conflict; Invalid, at the
    field: no decision, a day outside the year or locked, or no årsmål that could be changed.
    """
    indicator = take(indicator, actor, expected_version)
    decision = decision.strip()
    check_texts(decision=decision)
    if not decision:
        raise Invalid("Ange beslutet.", field="decision")
    if valid_from.year != year:
        raise Invalid(f"Årsmålet för {year} ändras under det året.", field="valid_from")
    check_free(valid_from, "valid_from")
    there = Target.objects.filter(indicator=indicator, year=year, namnd=namnd)
    before = there.order_by(F("valid_from").asc(nulls_first=True)).last()
    if before is None:
        raise Invalid("Det finns inget årsmål att ändra för det året.", field="year")
    if before.value == value:
        raise Invalid("Årsmålet är redan det.", field="value")
    target = Target(
        indicator=indicator,
        year=year,
        namnd=namnd,
        value=value,
        valid_from=valid_from,
        decision=decision,
        source=before.source,
        is_example=before.is_example,
    )
    check_row(target)
    target.save()
    whose = str(namnd) if namnd else "staden"
    record(
        indicator,
        actor=actor,
        verb="arsmal-andrat",
        summary=f"Årsmålet {year} för {whose} ändrades från {format_number(before.value)} till "
        f"{format_number(value)} från {valid_from}, {decision}",
        scope=namnd.code if namnd else "",
    )
    return target


@transaction.atomic
def move_indicator(
    indicator: Indicator,
    *,
    actor: User,
    expected_version: int,
    leaves: IndicatorGoal | None,
    goal: Goal | None,
    on: dt.date,
    decision: str,
    source: str = "",
) -> None:
    """Let the indicator measure `goal` from `on`, and no longer that of the link `leaves`.

    Without `leaves` the goal is one more; without `goal` there is one less. What was measured
    stays under its goal in earlier periods. Raises NotAllowed; Conflict; Invalid, at the field:
    no decision, a day in a locked period, a goal that it has already, or none left.
    """
    decision, source = decision.strip(), source.strip()
    indicator = take(indicator, actor, expected_version)
    check_texts(decision=decision, source=source)
    if not decision:
        raise Invalid("Ange beslutet.", field="decision")
    if leaves is None and goal is None:
        raise Invalid("Välj målet som den lämnar, målet som den går till eller båda.", field="goal")
    check_free(on, "on")
    told = []
    if leaves is not None:
        told.append(_leave(indicator, leaves, on, decision, follows=goal))
    if goal is not None:
        told.append(_measure(indicator, goal, on, decision, source))
    record(
        indicator,
        actor=actor,
        verb="flyttad-mellan-mal",
        summary=f"Indikatorn {' och '.join(told)} från {on}, {decision}",
    )


def _leave(
    indicator: Indicator, link: IndicatorGoal, on: dt.date, decision: str, follows: Goal | None
) -> str:
    if link.indicator_id != indicator.pk:
        raise Invalid("Välj ett av indikatorns mål.", field="leaves")
    link = IndicatorGoal.objects.select_for_update().get(pk=link.pk)
    last = on - ONE_DAY
    if not link.holds_on(last):
        raise Invalid(f"Indikatorn hör inte till det målet {last}.", field="on")
    others = IndicatorGoal.objects.valid_on(on).filter(indicator=indicator).exclude(pk=link.pk)
    if follows is None and not others.exists():
        raise Invalid("Indikatorn skulle stå utan mål. Välj vart den flyttas.", field="goal")
    link.valid_to, link.end_decision = last, decision
    link.save(update_fields=["valid_to", "end_decision"])
    return f"lämnade {_named(link.goal)}"


def _measure(indicator: Indicator, goal: Goal, on: dt.date, decision: str, source: str) -> str:
    if not (goal.holds_on(on) and goal.programme.first_year <= on.year <= goal.programme.last_year):
        raise Invalid("Målet gäller inte den dagen.", field="goal")
    link = IndicatorGoal(
        indicator=indicator, goal=goal, valid_from=on, decision=decision, source=source
    )
    there = IndicatorGoal.objects.filter(indicator=indicator, goal=goal)
    if there.filter(valid_to__isnull=True).exists() or there.filter(valid_to__gte=on).exists():
        raise Invalid("Indikatorn hör redan till det målet.", field="goal")
    check_row(link)
    link.save()
    return f"lades till {_named(goal)}"


def _named(goal: Goal) -> str:
    return f"{goal.label.lower()} i {goal.programme}"
