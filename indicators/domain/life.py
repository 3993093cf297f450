"""What happens to an indicator over the years: the coordinator's commands.

Each takes effect from a day, by a decision or with a reason, and leaves what was before as it was.
What has been locked is not asked for anew: no change reaches back into a locked period.
"""

import datetime as dt

from django.db import transaction

from indicators.enums import PeriodState
from indicators.models import Indicator, IndicatorGoal, Period
from indicators.rules import may_keep_indicators
from organisation.domain.days import ONE_DAY
from organisation.models import User
from programme.domain.errors import Invalid, NotAllowed
from programme.domain.parts import check_row, check_texts, count_change
from programme.models import Goal
from trace.domain import record

ONLY_COORDINATORS = "Bara samordnaren ändrar indikatorerna."


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
