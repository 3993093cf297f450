"""Finding a report, its versions and chapters: what one may see of them, and what is in them."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q

from indicators.domain.followup_report.held import around, with_around, with_written
from indicators.domain.followup_report.making import anchor_of
from indicators.enums import Chapter, FollowupKind, FollowupState
from indicators.models import (
    FollowupDecision,
    FollowupReport,
    FollowupVersion,
    Period,
    Report,
    ReportVersion,
)
from indicators.rules import may_write_followup
from organisation.enums import Role
from organisation.models import Namnd, User
from programme.enums import ProgrammeKind
from programme.models import Goal

BEGIN = "Påbörja"


def decisions_first(path: str = "decisions") -> Prefetch:
    """What was decided on versions, with the meeting; one query. path: from the row to them."""
    return Prefetch(
        path, queryset=FollowupDecision.objects.select_related("decision__meeting__namnd")
    )


def find_report(
    user: User, period_code: str, namnd_code: str = "", *, written: bool = False
) -> FollowupReport | None:
    """The report that the person may see some version of, or may begin; None otherwise.

    namnd_code: "" for the whole city's. One that nobody has begun is unsaved. written: with what
    people have written in it, in the same query (held.with_written).
    """
    wanted = (
        Q(kind=FollowupKind.NAMNDEN, namnd__code=namnd_code)
        if namnd_code
        else Q(kind=FollowupKind.STADEN)
    )
    reports = FollowupReport.objects.select_related("namnd", "period").saying_whether_inside(user)
    of_period = reports.filter(wanted, period__code=period_code)
    seen = of_period.visible_to(user)
    found = (with_written(seen) if written else seen).first()
    if found is not None:
        return found
    if of_period.exists():
        return None
    period = Period.objects.started().filter(code=period_code).with_days().first()
    namnd = _whose(user, namnd_code)
    if period is None or namnd is None:
        return None
    kind = FollowupKind.NAMNDEN if namnd_code else FollowupKind.STADEN
    report = FollowupReport(kind=kind, namnd=namnd, period=period)
    return report if may_write_followup(user, report) else None


def _whose(user: User, namnd_code: str) -> Namnd | None:
    if namnd_code:
        return Namnd.objects.filter(code=namnd_code).first()
    return next(iter(user.access.namnder(Role.SAMORDNARE)), None)


def reads_draft(user: User, report: FollowupReport) -> bool:
    """Whether the person reads the report whole, and not its fixed versions only.

    report: as `find_report` gave it to the same person.
    """
    if report.pk is None:
        return may_write_followup(user, report)
    return bool(report.is_inside)


def versions_of(report: FollowupReport) -> Sequence[FollowupVersion]:
    """The fixed versions, newest first, with who fixed them and when they were decided on; what
    they hold is not read. Two queries.
    """
    return list(
        FollowupVersion.objects.filter(report=report.pk)
        .defer("content")
        .select_related("fixed_by", "report__namnd", "report__period")
        .prefetch_related(decisions_first())
        .order_by("-number")
    )


def find_version(
    report: FollowupReport, number: int, *, decided: bool = True
) -> FollowupVersion | None:
    """The version of that number, with what it holds.

    decided: with what was decided on it. `around`: what stands beside it (held.with_around).
    """
    found = with_around(
        FollowupVersion.objects.filter(report=report.pk, number=number)
    ).select_related("fixed_by", "report__namnd", "report__period")
    if decided:
        found = found.prefetch_related(decisions_first(), "decisions__decision__points")
    version = found.first()
    if version is not None:
        version.around = around(version)
    return version


def goals_by_key() -> dict[str, Goal]:
    """By the key of its chapter, every goal that a report may have a chapter of."""
    goals = (
        Goal.objects.filter(programme__kind=ProgrammeKind.STAD)
        .select_related("programme", "parent")
        .order_by()
    )
    return {anchor_of(goal): goal for goal in goals}


def chapter_of(key: str) -> tuple[str, Goal | None] | None:
    """(kind of chapter, its goal) of a key; None for a key of no chapter."""
    if key in (Chapter.INLEDNING, Chapter.SAMMANFATTNING):
        return key, None
    goal = goals_by_key().get(key)
    return None if goal is None else (Chapter.MAL.value, goal)


def citys_reports(user: User) -> dict[str, str]:
    """By period code: the state, in words, of each of the city's reports that the person may see.

    "Påbörja" where there is none and the person may begin it.
    """
    begun = FollowupReport.objects.filter(kind=FollowupKind.STADEN).order_by()
    states = {
        code: FollowupState(state).label
        for code, state in begun.visible_to(user).values_list("period__code", "state")
    }
    if not user.access.is_samordnare:
        return states
    started = Period.objects.started().order_by().values_list("code", flat=True)
    return {code: states.get(code, BEGIN) for code in started}


def has_tertial_report(report: Report) -> bool:
    """Whether a version of the nämnd's tertialrapport of that period has been fixed."""
    return FollowupVersion.objects.filter(
        report__kind=FollowupKind.NAMNDEN,
        report__namnd=report.namnd_id,
        report__period=report.period_id,
    ).exists()


def approved_since(version: FollowupVersion) -> bool:
    """Whether any report that the version may rest on has been approved after it was fixed."""
    return ReportVersion.objects.filter(
        report__period__ends_on__lte=version.report.period.ends_on,
        approved_at__gt=version.fixed_at,
    ).exists()
