"""The follow-up as a report: the city's, one's own nämnd's and the other's."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from indicators.models import FollowupComment
from tests.everywhere.addresses.address import Address, Fields
from tests.everywhere.scenario import CLOSED, GOAL, OPEN, City


def _of(namnd: str, period: str, **more: Any) -> Callable[[City], Fields]:
    whose = {"namnd_code": namnd} if namnd else {}
    return lambda _: {**whose, "code": period, **more}


def _sent(namnd: str, period: str, prefix: str = "", **fields: Any) -> Callable[[City], Fields]:
    """What a form sends, with the revision that stands now."""
    return lambda city: {
        f"{prefix}revision": city.followup(namnd, period).revision,
        **{f"{prefix}{name}": value for name, value in fields.items()},
    }


def _comment(namnd: str) -> Callable[[City], Fields]:
    def found(city: City) -> Fields:
        report = city.followup(namnd)
        said = FollowupComment.objects.get(report=report)
        return {**_of(namnd, OPEN)(city), "pk": said.pk}

    return found


def _decided(_: City) -> Fields:
    return {
        "meeting_on": timezone.localdate().isoformat(),
        "paragraph": "8",
        "points": "Godkänns.",
        "source": "Protokollet",
    }


def _pages(whose: str, namnd: str) -> list[Address]:
    """Of one report. whose: at the head of each label."""
    name = "tertial-report" if namnd else "followup-report"
    draft, fixed = _of(namnd, OPEN), _of(namnd, CLOSED)
    in_draft, in_fixed = _of(namnd, OPEN, key=GOAL), _of(namnd, CLOSED, key=GOAL)
    first = _of(namnd, CLOSED, number=1)
    return [
        Address(f"{whose} draft", name, draft),
        Address(f"{whose} fixed", name, fixed),
        Address(f"begin {whose}", f"{name}-begin", draft),
        Address(f"{whose} chapter", f"{name}-chapter", in_draft, _sent(namnd, OPEN, body="Nytt")),
        Address(
            f"{whose} fixed chapter",
            f"{name}-chapter",
            in_fixed,
            _sent(namnd, CLOSED, body="Nytt"),
        ),
        Address(
            f"judge in {whose}",
            f"{name}-grade",
            in_draft,
            _sent(namnd, OPEN, "betyg-", grade="helt", reasons="Nytt"),
        ),
        Address(f"comment {whose}", f"{name}-comment", in_draft, lambda _: {"text": "Nytt"}),
        Address(f"resolve in {whose}", f"{name}-resolve", _comment(namnd)),
        Address(f"fix {whose}", f"{name}-fix", draft, _sent(namnd, OPEN)),
        Address(f"fix {whose} again", f"{name}-fix", fixed, _sent(namnd, CLOSED, reason="Nytt")),
        Address(f"reopen {whose}", f"{name}-reopen", fixed, _sent(namnd, CLOSED, reason="Nytt")),
        Address(f"{whose} version", f"{name}-version", first),
        Address(f"{whose} version not there", f"{name}-version", _of(namnd, OPEN, number=1)),
        Address(f"{whose} version pdf", f"{name}-pdf", first),
        Address(
            f"decision on {whose}",
            f"{name}-decision",
            _of(namnd, CLOSED, number=2),
            _decided,
        ),
        Address(f"compare {whose}", f"{name}-compare", _of(namnd, CLOSED, first=1, second=2)),
        Address(f"{whose} draft's history", f"{name}-history", draft),
        Address(f"{whose} history", f"{name}-history", fixed),
    ]


FOLLOWUP_REPORTS = [
    *_pages("city's report", ""),
    *_pages("own tertialrapport", "sodermalm"),
    *_pages("their tertialrapport", "bromma"),
]
