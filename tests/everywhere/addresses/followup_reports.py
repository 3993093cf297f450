"""The follow-up as a report: the city's, one's own nämnd's and the other's."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from indicators.models import FollowupComment
from tests.everywhere.addresses.address import HEADER, Address, Fields
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
        Address(f"{whose} draft on one page", f"{name}-whole", draft),
        Address(f"{whose} fixed on one page", f"{name}-whole", fixed),
        Address(f"{whose} news", f"{name}-news", fixed),
        Address(f"begin {whose}", f"{name}-begin", draft),
        Address(f"{whose} chapter", f"{name}-chapter", in_draft, _sent(namnd, OPEN, body="Nytt")),
        Address(
            f"{whose} fixed chapter",
            f"{name}-chapter",
            in_fixed,
            _sent(namnd, CLOSED, body="Nytt"),
        ),
        Address(
            f"autosave {whose}",
            f"{name}-autosave",
            in_draft,
            _sent(namnd, OPEN, body="Nyare"),
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
        Address(f"{whose} version on one page", f"{name}-version-whole", first),
        Address(
            f"{whose} version's chapter",
            f"{name}-version-chapter",
            _of(namnd, CLOSED, number=1, key=GOAL),
        ),
        Address(f"{whose} version since", f"{name}-version-since", first),
        Address(f"{whose} version pdf", f"{name}-pdf", first),
        Address(f"{whose} version word", f"{name}-word", first),
        Address(
            f"decision on {whose}",
            f"{name}-decision",
            _of(namnd, CLOSED, number=2),
            _decided,
        ),
        Address(f"lay {whose} before", f"{name}-paper", _of(namnd, CLOSED, number=2)),
        Address(f"compare {whose}", f"{name}-compare", _of(namnd, CLOSED, first=1, second=2)),
        Address(f"{whose} draft's history", f"{name}-history", draft),
        Address(f"{whose} history", f"{name}-history", fixed),
    ]


def _laid(namnd: str, **more: Any) -> Callable[[City], Fields]:
    return lambda city: {"pk": city.laid(namnd).pk, **more}


def _written(namnd: str, **fields: Any) -> Callable[[City], Fields]:
    return lambda city: {"revision": city.laid(namnd).paper.revision, **fields}


def _papers(whose: str, namnd: str) -> list[Address]:
    """Of the tjänsteutlåtande on one report. whose: at the head of each label."""
    name = "followup-paper"
    return [
        Address(f"{whose} laid before", name, _laid(namnd)),
        Address(
            f"{whose} laid, section",
            f"{name}-section",
            _laid(namnd, order=1),
            _written(namnd, body="<p>Nytt</p>"),
        ),
        Address(f"{whose} laid, header", f"{name}-header", _laid(namnd), _written(namnd, **HEADER)),
        Address(
            f"{whose} laid, new version",
            f"{name}-new-version",
            _laid(namnd),
            _written(namnd, reason="Fel siffra"),
        ),
        Address(f"{whose} laid, attest", f"{name}-attest", _laid(namnd)),
        Address(
            f"{whose} laid, to attest",
            f"{name}-attest-send",
            _laid(namnd),
            lambda city: {
                **_written(namnd)(city),
                "first": city.attestant(namnd or "sodermalm").pk,
            },
        ),
        # Not sent to attest: to attest it is refused on the page.
        Address(
            f"{whose} laid, attested",
            f"{name}-attest-approve",
            _laid(namnd),
            lambda _: {"sha256": "a" * 64},
        ),
        Address(
            f"{whose} laid, returned",
            f"{name}-attest-return",
            _laid(namnd),
            _written(namnd, reason="Kortare"),
        ),
        Address(f"{whose} laid, bilaga", f"{name}-attachment", _laid(namnd)),
        Address(f"{whose} laid as word", f"{name}-export", _laid(namnd, file_format="word")),
        Address(f"{whose} laid as pdf", f"{name}-export", _laid(namnd, file_format="pdf")),
    ]


FOLLOWUP_REPORTS = [
    *_pages("city's report", ""),
    Address(
        "city's report version's figures",
        "followup-report-data",
        _of("", CLOSED, number=1, file_format="xlsx"),
    ),
    *_pages("own tertialrapport", "sodermalm"),
    *_pages("their tertialrapport", "bromma"),
    *_papers("city's report", ""),
    *_papers("own tertialrapport", "sodermalm"),
    *_papers("their tertialrapport", "bromma"),
]
