"""Historik of the follow-up as a report, as far as the reader may see it."""

from collections.abc import Callable
from typing import Any

from indicators.enums import FollowupState
from indicators.models import (
    CityGrade,
    FollowupComment,
    FollowupDecision,
    FollowupPaper,
    FollowupReport,
    FollowupText,
    FollowupVersion,
)
from organisation.domain.who import who_for
from organisation.models import User
from programme.models import Goal
from trace.domain.history import Kept, Line, history

MOVES = {
    FollowupState.FASTSTALLD: "Rapporten fastställdes",
    FollowupState.BESLUTAD: "Nämnden beslutade om rapporten",
    FollowupState.UTKAST: "Rapporten öppnades igen",
}


def report_history(report: FollowupReport, *, reader: User, whole: bool) -> list[Line]:
    """What was done with the report. whole: also what was written and said in the draft."""
    numbers = dict(FollowupVersion.objects.filter(report=report.pk).values_list("pk", "number"))

    def decided(before: Any | None, after: Any) -> str:
        what = f"Nämndens beslut om version {numbers.get(after.version_id, '')}"
        if before is None:
            return f"{what} registrerades"
        return f"{what} rättades" if before.decision_id != after.decision_id else ""

    kept = [
        Kept(FollowupReport, {"id": report.pk}, lambda _: "", say=_move),
        Kept(
            FollowupVersion,
            {"report_id": report.pk},
            lambda c: f"Version {c.number}",
            {"reason": "varför den fastställdes"},
            say=_fixed,
        ),
        Kept(
            FollowupDecision,
            {"version_id__in": list(numbers)},
            lambda _: "",
            say=decided,
        ),
    ]
    if whole:
        kept += _draft(report)
        kept.append(
            Kept(
                FollowupPaper,
                {"version_id__in": list(numbers)},
                lambda c: f"Tjänsteutlåtandet om version {numbers.get(c.version_id, '')}",
            )
        )
    return history(kept, who=who_for(reader), with_reasons=whole)


def _draft(report: FollowupReport) -> list[Kept]:
    goals = {
        goal.pk: goal.label
        for goal in Goal.objects.select_related("programme", "parent").order_by()
    }
    rows = {"report_id": report.pk}

    def called(what: str) -> Callable[[Any], str]:
        def call(change: Any) -> str:
            where = goals.get(change.goal_id) or change.chapter.capitalize()
            return f"{what} i kapitlet ”{where}”"

        return call

    return [
        Kept(
            FollowupText,
            rows,
            called("Den egna texten"),
            {"body": ""},
            same=lambda c: (c.chapter, c.goal_id),
        ),
        Kept(
            CityGrade,
            rows,
            lambda c: f"Stadens bedömning av {goals.get(c.goal_id, 'ett mål').lower()}",
            {"grade": "", "reasons": "skälen"},
            same=lambda c: c.goal_id,
        ),
        Kept(
            FollowupComment,
            rows,
            called("Kommentaren"),
            {"text": "", "resolved_at": "när den löstes"},
        ),
    ]


def _move(before: Any | None, after: Any) -> str:
    if before is None:
        return "Rapporten påbörjades" if after.pgh_label == "insert" else ""
    return "" if before.state == after.state else MOVES[FollowupState(after.state)]


def _fixed(before: Any | None, after: Any) -> str:
    return f"Version {after.number} fastställdes" if before is None else ""
