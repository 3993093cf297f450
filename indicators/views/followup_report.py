"""Reading the follow-up as a report: its first page, its fixed versions and how they differ."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.domain.followup_report.comparing import Changes, compare, corrections_since
from indicators.domain.followup_report.draft import read_draft
from indicators.domain.followup_report.finding import (
    approved_since,
    versions_of,
)
from indicators.domain.followup_report.history import report_history
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.followup_report.stored import read_version
from indicators.exports.followup_report_document import report_file_name, report_pdf
from indicators.followup_report_page import sections_of
from indicators.models import FollowupVersion
from indicators.views.report_room import ReportRoom, room_for, version_for
from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest


@require_safe
def report_home(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """The draft, for who makes it; its fixed versions, for everybody."""
    room = room_for(request.user, code, namnd_code, begun=False)
    draft = read_draft(room.report) if room.report.pk and room.is_inside else None
    return render(
        request,
        "indicators/followup_report.html",
        {
            "room": room,
            "report": room.report,
            "draft": draft,
            "snapshot": draft.snapshot if draft else None,
            "sections": sections_of(
                draft.snapshot, draft=draft, address=lambda key: room.url("chapter", key)
            )
            if draft
            else [],
            "versions": _versions(room) if room.report.pk else [],
            "trail": room.above,
        },
    )


@require_safe
def report_version(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """One fixed version, as it was fixed, and beside it what has been corrected since."""
    room = room_for(request.user, code, namnd_code)
    version = version_for(room, number)
    snapshot = read_version(version)
    return render(
        request,
        "indicators/followup_report_version.html",
        {
            "room": room,
            "version": version,
            "snapshot": snapshot,
            "sections": sections_of(snapshot),
            "since": _corrected(room, version, snapshot),
            "versions": (found := _versions(room)),
            "latest": found[0].addresses["page"],
            "decision_address": room.url("decision", number),
            "pdf_address": room.url("pdf", number),
            "trail": room.trail,
        },
    )


@require_safe
def report_version_pdf(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """A fixed version as PDF: the same bytes every time."""
    room = room_for(request.user, code, namnd_code)
    version = version_for(room, number)
    content = report_pdf(read_version(version), version)
    log_export(
        room.report.period,
        reader=request.user,
        what=f"{room.kind} för {code}, version {number}, som pdf",
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = report_file_name(version, "pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def report_compare(
    request: SignedInRequest, code: str, first: int, second: int, namnd_code: str = ""
) -> HttpResponse:
    """What has changed between two fixed versions, goal by goal."""
    room = room_for(request.user, code, namnd_code)
    before, now = version_for(room, first), version_for(room, second)
    return render(
        request,
        "indicators/followup_report_compare.html",
        {
            "room": room,
            "before": before,
            "now": now,
            "changes": compare(read_version(before), read_version(now)),
            "trail": room.trail,
        },
    )


@require_safe
def report_history_page(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """What was done with the report; what was written in the draft, for who reads it."""
    room = room_for(request.user, code, namnd_code)
    lines = report_history(room.report, reader=request.user, whole=room.is_inside)
    context = {"what": room.name, "lines": lines, "home": room.home, "trail": room.trail}
    return render(request, "trace/history_page.html", context)


@dataclass(frozen=True)
class VersionLine:
    """A fixed version in a list."""

    row: FollowupVersion
    before: int
    """The number of the version before it; 0 for the first."""
    addresses: dict[str, str]

    @property
    def number(self) -> int:
        return self.row.number


def _versions(room: ReportRoom) -> list[VersionLine]:
    """Newest first."""
    lines = []
    for row in versions_of(room.report):
        addresses = {"page": room.url("version", row.number), "pdf": room.url("pdf", row.number)}
        if row.number > 1:
            addresses["compare"] = room.url("compare", row.number - 1, row.number)
        lines.append(VersionLine(row, row.number - 1, addresses))
    return lines


def _corrected(room: ReportRoom, version: FollowupVersion, snapshot: Snapshot) -> Changes | None:
    """What the figures say otherwise today; asked only when something was approved since."""
    if not approved_since(version):
        return None
    return corrections_since(snapshot, make_snapshot(room.report))
