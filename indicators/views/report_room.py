"""What the pages of the follow-up as a report share: whose it is, what one may, where things are.

The same pages serve the whole city's report and one nämnd's tertialrapport, below two addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from indicators.domain.followup_report.finding import find_report, find_version, reads_draft
from indicators.domain.followup_report.workflow import Action, possible_actions
from indicators.models import FollowupReport, FollowupVersion
from organisation.models import User


@dataclass(frozen=True)
class ReportRoom:
    """A report, for one person."""

    report: FollowupReport
    namnd_code: str
    """ "" for the city's."""
    is_inside: bool
    """Whether the person reads the draft."""
    actions: frozenset[Action]

    @property
    def name(self) -> str:
        label = self.report.period.label
        if self.report.is_citys:
            return f"Samlad uppföljning, {label[:1].lower()}{label[1:]}"
        return f"{label}, {self.report.namnd.name}"

    @property
    def kind(self) -> str:
        return "uppföljningsrapporten" if self.report.is_citys else "tertialrapporten"

    def url(self, page: str = "", *values: str | int) -> str:
        """The address of one of the report's pages: "version", "fix" and so on; "" its first."""
        before = "followup-report" if self.report.is_citys else "tertial-report"
        of_whom = [] if self.report.is_citys else [self.namnd_code]
        name = f"{before}-{page}" if page else before
        return reverse(name, args=[*of_whom, self.report.period.code, *values])

    def data(self, number: int, file_format: str) -> str:
        """The address of the figures of a fixed version; of the city's report only."""
        return reverse("followup-report-data", args=[self.report.period.code, number, file_format])

    @property
    def home(self) -> str:
        return self.url()

    def chapter(self, key: str) -> str:
        """The address of the page of a chapter of the draft."""
        return self.url("chapter", key)

    def chapter_of(self, version: FollowupVersion) -> Callable[[str], str]:
        """From a key to the address of the page of that chapter in a fixed version."""
        return lambda key: self.url("version-chapter", version.number, key)

    @property
    def whole(self) -> str:
        return self.url("whole")

    @property
    def news(self) -> str:
        return self.url("news")

    @property
    def begin(self) -> str:
        return self.url("begin")

    @property
    def fix(self) -> str:
        return self.url("fix")

    @property
    def reopen(self) -> str:
        return self.url("reopen")

    @property
    def history(self) -> str:
        return self.url("history")

    @property
    def can_write(self) -> bool:
        return Action.WRITE in self.actions

    @property
    def can_comment(self) -> bool:
        return Action.COMMENT in self.actions

    @property
    def can_grade(self) -> bool:
        return Action.GRADE in self.actions

    @property
    def can_fix(self) -> bool:
        return Action.FIX in self.actions

    @property
    def can_reopen(self) -> bool:
        return Action.REOPEN in self.actions

    @property
    def can_decide(self) -> bool:
        return Action.DECIDE in self.actions

    @property
    def above(self) -> list[dict[str, str]]:
        """The way to the report's first page."""
        period = self.report.period
        if self.report.is_citys:
            return [
                {"url": reverse("followup-list"), "label": "Uppföljning"},
                {"url": reverse("followup", args=[period.code]), "label": period.label},
            ]
        return [
            {"url": reverse("reporting"), "label": "Inrapportering"},
            {
                "url": reverse("report", args=[self.namnd_code, period.code]),
                "label": f"{period.label}, {self.report.namnd.name}",
            },
        ]

    @property
    def trail(self) -> list[dict[str, str]]:
        """The way to a page below the first one."""
        label = "Rapporten" if self.report.is_citys else "Tertialrapporten"
        return [*self.above, {"url": self.home, "label": label}]


def room_for(
    user: User, code: str, namnd_code: str, *, begun: bool = True, written: bool = False
) -> ReportRoom:
    """The report, when the person may see any of it. Raises Http404.

    begun: whether one that nobody has begun is as good as none. written: see `find_report`.
    """
    report = find_report(user, code, namnd_code, written=written)
    if report is None or (begun and report.pk is None):
        raise Http404
    actions = possible_actions(user, report) if report.pk else frozenset()
    return ReportRoom(report, namnd_code, reads_draft(user, report), actions)


def inside_room(user: User, code: str, namnd_code: str) -> ReportRoom:
    """The report and what is written in it, when the person reads its draft. Raises Http404."""
    room = room_for(user, code, namnd_code, written=True)
    if not room.is_inside:
        raise Http404
    return room


def version_for(room: ReportRoom, number: int, *, decided: bool = True) -> FollowupVersion:
    """The fixed version of that number, with what was decided on it. Raises Http404."""
    version = find_version(room.report, number, decided=decided)
    if version is None:
        raise Http404
    return version
