"""What has happened to the demo's indicators over the years: all of it made up, and marked so."""

import datetime as dt
from decimal import Decimal

from indicators.enums import GapKind
from indicators.models import Indicator, IndicatorGap, IndicatorVersion, Report, Target

NEW_YEAR = dt.date(2024, 1, 1)
MOVED = dt.date(2025, 1, 1)
DECISION = "Exempel: kommunfullmäktiges beslut om budget"


def load_life() -> int:
    """A break, a pause, a move and a changed årsmål. Answers how many were made.

    Before the first reports are: what has been reported keeps its definition.
    """
    if Report.objects.exists():
        return 0
    indicators = {one.code: one for one in Indicator.objects.all()}
    made = [
        _break(indicators["rutin-vid-indikation"]),
        _pause(indicators["bedomningsmetod"]),
        _move(indicators["origo-utbildning"]),
        _target(indicators["origo-utbildning"]),
    ]
    return sum(made)


def _break(indicator: Indicator) -> bool:
    first = indicator.versions.get(number=1)
    fields = {
        field.name: getattr(first, field.name)
        for field in IndicatorVersion._meta.concrete_fields
        if field.name not in ("id", "number", "indicator")
    }
    fields |= {
        "valid_from": NEW_YEAR,
        "definition": "Ja, om rutinen är skriven och har gåtts igenom de senaste två åren.",
        "breaks_series": True,
        "reason": "Exempel: gränsen för en aktuell rutin gick från 12 till 24 månader.",
    }
    _, made = IndicatorVersion.objects.get_or_create(indicator=indicator, number=2, defaults=fields)
    return made


def _pause(indicator: Indicator) -> bool:
    _, made = IndicatorGap.objects.get_or_create(
        indicator=indicator,
        valid_from=NEW_YEAR,
        defaults={
            "kind": GapKind.PAUSED,
            "valid_to": dt.date(2024, 12, 31),
            "reason": "Exempel: enkäten gjordes inte det året.",
        },
    )
    return made


def _move(indicator: Indicator) -> bool:
    links = indicator.goal_links.select_related("goal")
    if links.exclude(valid_from=None).exists():
        return False
    leaves, comes = links.get(goal__number=5), links.get(goal__number=7)
    leaves.valid_to, leaves.end_decision = MOVED - dt.timedelta(days=1), DECISION
    leaves.save()
    comes.valid_from, comes.decision = MOVED, DECISION
    comes.save()
    return True


def _target(indicator: Indicator) -> bool:
    _, made = Target.objects.get_or_create(
        indicator=indicator,
        year=2025,
        namnd=None,
        valid_from=dt.date(2025, 9, 1),
        defaults={"value": Decimal(450), "decision": DECISION, "is_example": True},
    )
    return made
