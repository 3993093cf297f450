"""Reading the follow-up as a report: its contents, its chapters, its fixed versions, how they
differ."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.domain.followup_report.comparing import compare, corrections_since
from indicators.domain.followup_report.contents import (
    ContentsLine,
    contents_of,
    contents_of_draft,
)
from indicators.domain.followup_report.draft import changes_since, read_draft
from indicators.domain.followup_report.finding import (
    approved_since,
    versions_of,
)
from indicators.domain.followup_report.history import report_history
from indicators.domain.followup_report.laying import may_lay_before, paper_for
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.followup_report.stored import read_version
from indicators.exports.files import FORMATS
from indicators.exports.fixed_data import DATA_FORMATS, fixed_data
from indicators.exports.followup_report_document import (
    report_docx,
    report_file_name,
    report_pdf,
)
from indicators.followup_report_page import ChapterAddress, section_of, sections_of
from indicators.models import FollowupVersion
from indicators.views.report_room import ReportRoom, inside_room, room_for, version_for
from organisation.domain.reading import log_export
from organisation.requests import SignedInRequest
from papers.exports.files import FileFormat
from papers.views.versions import file_response


@require_safe
def report_home(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """The contents of the draft, for who makes it; its fixed versions, for everybody."""
    room = room_for(request.user, code, namnd_code, begun=False)
    contents = contents_of_draft(room.report) if room.report.pk and room.is_inside else None
    return render(
        request,
        "indicators/followup_report.html",
        {
            "room": room,
            "report": room.report,
            "contents": contents,
            "lines": _with_addresses(contents.lines, room.chapter) if contents else [],
            "versions": _versions(room) if room.report.pk else [],
            "trail": room.above,
        },
    )


@require_safe
def report_whole(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """The whole draft on one page, to be read through or printed."""
    room = inside_room(request.user, code, namnd_code)
    draft = read_draft(room.report)
    return render(
        request,
        "indicators/followup_report_whole.html",
        {
            "room": room,
            "snapshot": draft.snapshot,
            "sections": sections_of(draft.snapshot, draft=draft, address=room.chapter),
            "back": room.home,
            "trail": room.trail,
        },
    )


@require_safe
def report_news(request: SignedInRequest, code: str, namnd_code: str = "") -> HttpResponse:
    """What the draft says otherwise than the version that was fixed last."""
    room = inside_room(request.user, code, namnd_code)
    latest = room.report.versions.order_by("-number").first()
    if latest is None:
        raise Http404
    return render(
        request,
        "indicators/followup_report_news.html",
        {
            "room": room,
            "version": latest,
            "changes": changes_since(latest, read_draft(room.report)),
            "trail": room.trail,
        },
    )


@require_safe
def report_version(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """One fixed version: its contents, what was decided on it, whether it was corrected since."""
    room, version, snapshot = _version(request, code, number, namnd_code, decided=True)
    contents = contents_of(snapshot)
    may_lay = may_lay_before(request.user, version)
    laid = paper_for(request.user, version) if may_lay or room.is_inside else None
    versions = _versions(room)
    return render(
        request,
        "indicators/followup_report_version.html",
        {
            **_about(room, version, snapshot),
            "lines": _with_addresses(contents.lines, room.chapter_of(version)),
            "coverage": contents.coverage,
            "laid": laid,
            "may_lay": may_lay and laid is None,
            "is_corrected": approved_since(version),
            "versions": versions,
            "latest": versions[0],
            "addresses": {
                name: room.url(page, number)
                for name, page in (
                    ("whole", "version-whole"),
                    ("since", "version-since"),
                    ("decision", "decision"),
                    ("pdf", "pdf"),
                    ("word", "word"),
                    ("paper", "paper"),
                )
            },
            "data": [(room.data(number, ending), name) for ending, name in DATA_FORMATS.items()]
            if room.report.is_citys
            else [],
            "trail": room.trail,
        },
    )


@require_safe
def report_version_whole(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """The whole of a fixed version on one page."""
    room, version, snapshot = _version(request, code, number, namnd_code)
    return render(
        request,
        "indicators/followup_report_whole.html",
        {
            **_about(room, version, snapshot),
            "sections": sections_of(snapshot, address=room.chapter_of(version)),
            "back": room.url("version", number),
        },
    )


@require_safe
def report_version_chapter(
    request: SignedInRequest, code: str, number: int, key: str, namnd_code: str = ""
) -> HttpResponse:
    """One chapter of a fixed version."""
    room, version, snapshot = _version(request, code, number, namnd_code)
    address = room.chapter_of(version)
    section = section_of(snapshot, key, address=address)
    if section is None:
        raise Http404
    return render(
        request,
        "indicators/followup_report_version_chapter.html",
        {
            **_about(room, version, snapshot),
            "section": section,
            "chapter": section.chapter,
            "goal": section.goal,
            "beside": beside(snapshot, key, address),
            "back": room.url("version", number),
        },
    )


@require_safe
def report_version_since(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """What the figures say otherwise today than when the version was fixed."""
    room, version, snapshot = _version(request, code, number, namnd_code)
    today = make_snapshot(room.report, version.around)
    context = {
        **_about(room, version, snapshot),
        "changes": corrections_since(snapshot, today),
        "back": room.url("version", number),
    }
    return render(request, "indicators/followup_report_since.html", context)


@require_safe
def report_version_pdf(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """A fixed version as PDF: the same bytes every time."""
    return _file(request, code, number, namnd_code, FileFormat.PDF, report_pdf)


@require_safe
def report_version_word(
    request: SignedInRequest, code: str, number: int, namnd_code: str = ""
) -> HttpResponse:
    """A fixed version as Word, to write on from."""
    return _file(request, code, number, namnd_code, FileFormat.WORD, report_docx)


@require_safe
def report_version_data(
    request: SignedInRequest, code: str, number: int, file_format: str
) -> HttpResponse:
    """The figures of a fixed version of the city's report, to calculate with."""
    if file_format not in DATA_FORMATS:
        raise Http404
    room, version, snapshot = _version(request, code, number, "")
    content = fixed_data(snapshot, version, file_format)
    log_export(
        room.report.period,
        reader=request.user,
        what=f"{room.kind} för {code}, version {number}, som {file_format}",
    )
    response = HttpResponse(content, content_type=FORMATS[file_format].content_type)
    name = report_file_name(version, file_format)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def report_compare(
    request: SignedInRequest, code: str, first: int, second: int, namnd_code: str = ""
) -> HttpResponse:
    """What has changed between two fixed versions, goal by goal."""
    room = room_for(request.user, code, namnd_code)
    before, now = (version_for(room, number, decided=False) for number in (first, second))
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


# Parts ------------------------------------------------------------------------------------------


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


@dataclass(frozen=True)
class Beside:
    """The chapter before or after one."""

    heading: str
    url: str


@dataclass(frozen=True)
class ChapterLine:
    """A chapter in the list of contents, and where it is."""

    line: ContentsLine
    url: str


def _file(
    request: SignedInRequest,
    code: str,
    number: int,
    namnd_code: str,
    file_format: FileFormat,
    write: Callable[[Snapshot, FollowupVersion], bytes],
) -> HttpResponse:
    room, version, snapshot = _version(request, code, number, namnd_code)
    content = write(snapshot, version)
    log_export(
        room.report.period,
        reader=request.user,
        what=f"{room.kind} för {code}, version {number}, som {file_format.value}",
    )
    return file_response(content, file_format, report_file_name(version, file_format.value))


def beside(snapshot: Snapshot, key: str, address: ChapterAddress) -> dict[str, Beside | None]:
    """The chapters "before" and "after" the one of that key."""
    chapters = snapshot.chapters
    place = next(number for number, one in enumerate(chapters) if one.key == key)

    def at(number: int) -> Beside | None:
        if not 0 <= number < len(chapters):
            return None
        return Beside(chapters[number].heading, address(chapters[number].key))

    return {"before": at(place - 1), "after": at(place + 1)}


def _with_addresses(lines: tuple[ContentsLine, ...], address: ChapterAddress) -> list[ChapterLine]:
    return [ChapterLine(line, address(line.key)) for line in lines]


def _version(
    request: SignedInRequest, code: str, number: int, namnd_code: str, *, decided: bool = False
) -> tuple[ReportRoom, FollowupVersion, Snapshot]:
    room = room_for(request.user, code, namnd_code)
    version = version_for(room, number, decided=decided)
    return room, version, read_version(version)


def _about(room: ReportRoom, version: FollowupVersion, snapshot: Snapshot) -> dict[str, object]:
    """What every page of a fixed version says, and the way to it."""
    label = f"Version {version.number}"
    return {
        "room": room,
        "version": version,
        "snapshot": snapshot,
        "trail": [*room.trail, {"url": room.url("version", version.number), "label": label}],
    }


def _versions(room: ReportRoom) -> list[VersionLine]:
    """Newest first."""
    lines = []
    for row in versions_of(room.report):
        addresses = {"page": room.url("version", row.number), "pdf": room.url("pdf", row.number)}
        if row.number > 1:
            addresses["compare"] = room.url("compare", row.number - 1, row.number)
        lines.append(VersionLine(row, row.number - 1, addresses))
    return lines
