"""Who answers for what, and the reports."""

import json
from collections.abc import Callable
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.domain.correcting import ask_to_correct
from indicators.domain.importing.review import plan_of
from indicators.models import ReportFile, RowComment
from organisation.models import Namnd
from programme.models import Responsibility
from tests.everywhere.addresses.address import Address, Fields, given
from tests.everywhere.scenario import CLOSED, OPEN, City, own_workbook


def _report(namnd: str, period: str) -> Callable[[City], Fields]:
    return given(namnd_code=namnd, period_code=period)


def _entry(namnd: str) -> Callable[[City], Fields]:
    def fields(city: City) -> Fields:
        return {
            "revision": city.report(namnd).revision,
            "seen": "{}",
            "v-i-1-totalt-utfall": "21",
            "v-i-1-totalt-kommentar": "Nytt",
        }

    return fields


def _goal(namnd: str, period: str) -> Callable[[City], Fields]:
    return given(namnd_code=namnd, period_code=period, goal_code="1")


def _cell(namnd: str) -> Callable[[City], Fields]:
    """One cell, seen as the city's reports hold it."""

    def fields(city: City) -> Fields:
        seen = {
            "v-i-1-totalt-utfall": "20",
            "v-i-1-totalt-kommentar": f"{namnd}-{city.secret}",
        }
        return {"cell": "v-i-1", "v-i-1-totalt-utfall": "21", "seen": json.dumps(seen)}

    return fields


def _workbook(namnd: str) -> Callable[[City], Fields]:
    def fields(city: City) -> Fields:
        file = own_workbook(Namnd.objects.get(code=namnd), city.secret)
        return {"file": SimpleUploadedFile(file.name, file.data)}

    return fields


def _waiting(namnd: str) -> Callable[[City], Fields]:
    return lambda _: {
        "namnd_code": namnd,
        "period_code": OPEN,
        "pk": ReportFile.objects.get(namnd__code=namnd).pk,
    }


@cache
def _digest(pk: int, _secret: str) -> str:
    """Read once: it takes a process of its own, and the city is the same for everybody."""
    return plan_of(ReportFile.objects.get(pk=pk)).digest


def _waiting_digest(namnd: str) -> Callable[[City], Fields]:
    return lambda city: {
        "digest": _digest(ReportFile.objects.get(namnd__code=namnd).pk, city.secret)
    }


LAY = {
    "who": "namnd:socialnamnden",
    "kind": "ansvarig",
    "valid_from": "2026-01-01",
    "decision": "KF 2025-11-20 § 1",
}

RESPONSIBILITY = [
    Address("responsibility", "responsibility"),
    Address("nämnd and goal", "responsibility-matrix", given(period_code=OPEN)),
    Address("what has changed", "responsibility-changes", given(period_code=OPEN)),
    Address("what is nobody's", "responsibility-unclaimed", given(period_code=OPEN)),
    Address("own todo", "todo", _report("sodermalm", OPEN)),
    Address("their todo", "todo", _report("bromma", OPEN)),
    Address("todo of nobody", "todo", _report("ingen", OPEN)),
    Address(
        "responsibility for an activity",
        "responsibilities",
        given(subject="aktivitet", code="a-1"),
        given(**LAY),
    ),
    Address(
        "responsibility for an indicator",
        "responsibilities",
        given(subject="indikator", code="i-1"),
        given(**LAY),
    ),
    Address(
        "end a responsibility",
        "responsibility-end",
        lambda _: {
            "subject": "aktivitet",
            "code": "a-1",
            "pk": str(Responsibility.objects.filter(activity__code="a-1").first().pk),
        },
        given(last_day="2030-12-31", decision="KF 2030-11-21 § 1"),
    ),
]


def _version(namnd: str) -> Callable[[City], Fields]:
    return given(namnd_code=namnd, period_code=CLOSED, number=1)


def _comment(namnd: str) -> Callable[[City], Fields]:
    """What the granskare said when the nämnd's report for 2024 was reviewed."""

    def codes(city: City) -> Fields:
        comment = RowComment.objects.get(version__report=city.report(namnd, CLOSED))
        return {"namnd_code": namnd, "period_code": CLOSED, "pk": comment.pk}

    return codes


def _asked(city: City) -> Fields:
    """Södermalm asks to correct what was approved for 2024."""
    report = city.report("sodermalm", CLOSED)
    asked = ask_to_correct(report, actor=city.people["filler"], reason="Fel kolumn")
    return {"code": CLOSED, "pk": asked.pk}


RECALL, CORRECT = (
    given(revision="0", recall_reason="Fel"),
    given(revision="0", correct_reason="Fel"),
)
DECIDED = given(
    meeting_on="2025-02-20", paragraph="7", points="Att godkänna.", source="Protokollet"
)

REVIEWING = [
    Address(
        "comment own", "report-comments", _report("sodermalm", OPEN), given(**{"k-v-i-1": "x"})
    ),
    Address("comment theirs", "report-comments", _report("bromma", OPEN)),
    Address("deal with own comment", "comment-dealt", _comment("sodermalm")),
    Address("deal with their comment", "comment-dealt", _comment("bromma")),
    Address("recall own", "report-recall", _report("sodermalm", OPEN), RECALL),
    Address("recall theirs", "report-recall", _report("bromma", OPEN), RECALL),
    Address("correct own", "report-correct", _report("sodermalm", CLOSED), CORRECT),
    Address("correct theirs", "report-correct", _report("bromma", CLOSED), CORRECT),
    Address("give up own", "report-give-up", _report("sodermalm", CLOSED), given(revision="0")),
    Address("give up theirs", "report-give-up", _report("bromma", CLOSED), given(revision="0")),
    Address("own version", "report-version", _version("sodermalm")),
    Address("their version", "report-version", _version("bromma")),
    Address("decision on own report", "report-decision", _report("sodermalm", CLOSED), DECIDED),
    Address("decision on their report", "report-decision", _report("bromma", CLOSED), DECIDED),
    Address(
        "answer who wants to correct",
        "correction-answer",
        _asked,
        given(svar="ja", until="2031-01-01", answer="Gör det"),
    ),
    Address("corrections", "followup-corrections", given(code=CLOSED)),
]

REPORTS = [
    *REVIEWING,
    Address("reporting", "reporting"),
    Address("own draft report", "report", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("own approved report", "report", _report("sodermalm", CLOSED), _entry("sodermalm")),
    Address("their draft report", "report", _report("bromma", OPEN), _entry("bromma")),
    Address("their approved report", "report", _report("bromma", CLOSED), _entry("bromma")),
    Address("own goal", "report-goal", _goal("sodermalm", OPEN), _entry("sodermalm")),
    Address("own approved goal", "report-goal", _goal("sodermalm", CLOSED), _entry("sodermalm")),
    Address("their goal", "report-goal", _goal("bromma", OPEN), _entry("bromma")),
    Address("their approved goal", "report-goal", _goal("bromma", CLOSED), _entry("bromma")),
    Address("save own cell", "report-autosave", _report("sodermalm", OPEN), _cell("sodermalm")),
    Address(
        "save own approved cell",
        "report-autosave",
        _report("sodermalm", CLOSED),
        _cell("sodermalm"),
    ),
    Address("save their cell", "report-autosave", _report("bromma", OPEN), _cell("bromma")),
    Address("own workbooks", "report-files", _report("sodermalm", OPEN), _workbook("sodermalm")),
    Address("own workbook as xlsx", "report-export", _report("sodermalm", OPEN)),
    Address("own waiting workbook", "report-file", _waiting("sodermalm")),
    Address(
        "read own workbook",
        "report-file-load",
        _waiting("sodermalm"),
        _waiting_digest("sodermalm"),
    ),
    Address("discard own workbook", "report-file-discard", _waiting("sodermalm")),
    Address("their workbooks", "report-files", _report("bromma", OPEN), _workbook("bromma")),
    Address("their workbook as xlsx", "report-export", _report("bromma", OPEN)),
    Address("their waiting workbook", "report-file", _waiting("bromma")),
    Address(
        "read their workbook",
        "report-file-load",
        _waiting("bromma"),
        _waiting_digest("bromma"),
    ),
    Address("discard their workbook", "report-file-discard", _waiting("bromma")),
    Address("own report's history", "report-history", _report("sodermalm", OPEN)),
    Address("their report's history", "report-history", _report("bromma", OPEN)),
    Address("hand in own", "report-submit", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("hand in theirs", "report-submit", _report("bromma", OPEN), _entry("bromma")),
    Address("approve own", "report-approve", _report("sodermalm", OPEN), _entry("sodermalm")),
    Address("approve theirs", "report-approve", _report("bromma", OPEN), _entry("bromma")),
    Address(
        "return own",
        "report-return",
        _report("sodermalm", OPEN),
        lambda city: {**_entry("sodermalm")(city), "reason": "Rätta"},
    ),
    Address(
        "return theirs",
        "report-return",
        _report("bromma", OPEN),
        lambda city: {**_entry("bromma")(city), "reason": "Rätta"},
    ),
]
