"""The versions of a report, and what a correction came to: for pages to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from indicators.domain.workflow import EDITABLE
from indicators.enums import VersionOrigin
from indicators.models import CorrectionRequest, Report, ReportVersion
from organisation.models import User


@dataclass(frozen=True)
class CorrectedReport:
    """That the approved version is a correction: of which version, when, and why."""

    number: int
    before: int
    version: ReportVersion
    reason: str


def versions_of(report: Report) -> list[ReportVersion]:
    """All of them, the newest first, each with how many comments it has (`said`)."""
    versions = report.versions.select_related("submitted_by", "approved_by", "opened_by")
    return list(versions.annotate(said=Count("row_comments")).order_by("-number"))


def find_version(report: Report, number: int) -> ReportVersion | None:
    """One of the report's versions, for who reads it whole."""
    versions = report.versions.select_related("submitted_by", "approved_by", "opened_by")
    return versions.filter(number=number).first()


def correction_of(report: Report) -> CorrectedReport | None:
    """What the approved version put right; None when it is the first that was approved."""
    approved = report.approved
    if approved is None or approved.number == 1:
        return None
    earlier = list(
        report.versions.filter(number__lte=approved.number, approved_at__isnull=False)
        .exclude(pk=approved.pk)
        .order_by("-number")[:1]
    )
    if not earlier:
        return None
    begun = report.versions.filter(
        origin=VersionOrigin.RATTELSE, number__gt=earlier[0].number, number__lte=approved.number
    )
    first = begun.order_by("-number").first()
    return CorrectedReport(
        number=approved.number,
        before=earlier[0].number,
        version=approved,
        reason=first.reason if first else approved.reason,
    )


def requests_of(report: Report) -> Sequence[CorrectionRequest]:
    """What the nämnd has asked the coordinator, the latest first."""
    asked = report.correction_requests.select_related(
        "asked_by", "answered_by", "version", "report__approved"
    )
    return list(asked.order_by("-asked_at", "-pk"))


def requests_in(user: User, period_id: int) -> Sequence[CorrectionRequest]:
    """What nämnder have asked to correct in the period, those that wait first."""
    asked = CorrectionRequest.objects.visible_to(user).filter(report__period=period_id)
    asked = asked.select_related(
        "report__namnd", "report__period", "report__approved", "version", "asked_by", "answered_by"
    )
    return list(asked.order_by("-state", "asked_at", "pk"))


def was_never_handed_in(version: ReportVersion, report: Report) -> bool:
    """Whether a version was left for another before anybody handed it in."""
    on_it = version.pk == report.current_id and report.state in EDITABLE
    return version.submitted_at is None and not on_it
