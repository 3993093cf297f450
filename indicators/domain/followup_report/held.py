"""What people have written and said in a report that is being made, read in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce, JSONObject

from indicators.domain.followup_report.one_namnd import OwnJudgement
from indicators.enums import CityGradeChoice
from indicators.models import (
    CityGrade,
    FollowupComment,
    FollowupReport,
    FollowupText,
    FollowupVersion,
    GoalGrade,
)


@dataclass(frozen=True)
class OwnText:
    """People's own words in one chapter, and who wrote them last."""

    body: str
    written_by: str
    written_at: dt.datetime


@dataclass(frozen=True)
class SetGrade:
    """How the city judges a goal, and who set it."""

    grade: str
    reasons: str
    set_by: str
    set_at: dt.datetime

    @property
    def label(self) -> str:
        return str(CityGradeChoice(self.grade).label) if self.grade else ""


@dataclass(frozen=True)
class Said:
    """One comment, or an answer to one."""

    pk: int
    text: str
    written_by: str
    written_at: dt.datetime
    resolved_by: str = ""
    resolved_at: dt.datetime | None = None


@dataclass(frozen=True)
class Thread:
    """A comment and the answers to it."""

    first: Said
    replies: tuple[Said, ...]


@dataclass(frozen=True)
class Written:
    """People's own part of a report, by the key of the chapter."""

    texts: Mapping[str, OwnText] = field(default_factory=dict)
    grades: Mapping[str, SetGrade] = field(default_factory=dict)
    threads: Mapping[str, Sequence[Thread]] = field(default_factory=dict)
    digests: Mapping[int, str] | None = None
    """Of every fixed version of the period, by its id; None where they have not been read."""
    judgements: Mapping[str, OwnJudgement] | None = None
    """What the nämnd's approved report says of the goals; None where it has not been read."""

    @property
    def open_comments(self) -> int:
        return sum(t.first.resolved_at is None for of in self.threads.values() for t in of)


_PARTS = ("written", "judged", "said", "digests", "own")


def with_written(reports: QuerySet[FollowupReport]) -> QuerySet[FollowupReport]:
    """The reports, each with what `read_written` and `last_version` tell."""
    of_report = FollowupVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    return reports.annotate(
        written=_texts(),
        judged=_grades(),
        said=_comments(),
        digests=_digests_of(OuterRef("period")),
        own=ArraySubquery(_judgements(OuterRef("period"), OuterRef("namnd"))),
        last=Coalesce(Subquery(of_report.values("number")[:1]), 0),
    )


def last_version(report: FollowupReport) -> int:
    """Number of the latest fixed version, 0 for none, of a report read by `with_written`."""
    return int(report.__dict__["last"])


def read_written(report: FollowupReport) -> Written:
    """What people have written in the report; one query.

    None the first time, of one that was read with it (`with_written`): after that something may
    have been written.
    """
    row: Mapping[str, Any] | None
    if "written" in report.__dict__:
        row = {name: report.__dict__.pop(name) for name in _PARTS}
    else:
        reports = with_written(FollowupReport.objects.filter(pk=report.pk).order_by())
        row = reports.values(*_PARTS).first()
    if row is None:
        return Written()
    return Written(
        {_key(one): _text(one) for one in row["written"]},
        {_key(one): _grade(one) for one in row["judged"]},
        _threads(row["said"]),
        _read_digests(row["digests"]),
        _judged(row["own"]),
    )


def judgements_of(report: FollowupReport) -> dict[str, OwnJudgement]:
    """What the nämnd's approved report says of the goals, by their anchors; one query."""
    return _judged(_judgements(report.period_id, report.namnd_id))


def with_around(versions: QuerySet[FollowupVersion]) -> QuerySet[FollowupVersion]:
    """The versions, each with what `around` reads."""
    return versions.annotate(
        digests=_digests_of(OuterRef("report__period")),
        own=ArraySubquery(_judgements(OuterRef("report__period"), OuterRef("report__namnd"))),
    )


def around(version: FollowupVersion) -> Written:
    """What a report says today beside a fixed version of it, where nobody has written anything:
    the digests of its period's versions, and what the nämnd's approved report says of the goals."""
    given = version.__dict__
    return Written(digests=_read_digests(given["digests"]), judgements=_judged(given["own"]))


def _digests_of(period: OuterRef) -> ArraySubquery:
    """The fixed versions of a period, to be read beside something else in the same query."""
    versions = FollowupVersion.objects.filter(report__period=period).order_by("pk")
    return ArraySubquery(versions.values(row=JSONObject(pk="pk", sha256="sha256")))


def _read_digests(rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """What `_digests_of` gave: the digest of each version by its id."""
    return {row["pk"]: row["sha256"] for row in rows}


# Parts ------------------------------------------------------------------------------------------

_GOAL = {
    "chapter": "chapter",
    "slug": "goal__programme__slug",
    "number": "goal__number",
    "above": "goal__parent__number",
}


def _name(person: str) -> Case:
    """A person as they are called: by name, or by user name."""
    return Case(
        When(**{f"{person}__name": ""}, then=F(f"{person}__username")), default=f"{person}__name"
    )


def _day(name: str) -> Cast:
    return Cast(name, TextField())


def _of_report(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(report=OuterRef("pk")).order_by("pk")


def _texts() -> ArraySubquery:
    row = JSONObject(**_GOAL, body="body", by=_name("written_by"), at=_day("written_at"))
    return ArraySubquery(_of_report(FollowupText.objects.all()).values(row=row))


def _grades() -> ArraySubquery:
    row = JSONObject(
        **_GOAL_OF_GRADE, grade="grade", reasons="reasons", by=_name("set_by"), at=_day("set_at")
    )
    return ArraySubquery(_of_report(CityGrade.objects.all()).values(row=row))


_GOAL_OF_GRADE = {name: path for name, path in _GOAL.items() if name != "chapter"}


def _judgements(period: Any, namnd: Any) -> QuerySet[Any]:
    """What the approved report of the nämnd says of the goals."""
    of_namnd = GoalGrade.objects.filter(
        version__approved_of__period=period, version__approved_of__namnd=namnd
    )
    row = JSONObject(**_GOAL_OF_GRADE, grade="grade", analysis="analysis")
    return of_namnd.order_by().values_list(row, flat=True)


def _judged(rows: Iterable[Mapping[str, Any]]) -> dict[str, OwnJudgement]:
    return {_key(row): OwnJudgement(row["grade"], row["analysis"].strip()) for row in rows}


def _comments() -> ArraySubquery:
    row = JSONObject(
        **_GOAL,
        pk="pk",
        reply_to="reply_to_id",
        text="text",
        by=_name("written_by"),
        at=_day("written_at"),
        resolved_by=_name("resolved_by"),
        resolved_at=_day("resolved_at"),
    )
    return ArraySubquery(_of_report(FollowupComment.objects.all()).values(row=row))


def _key(row: Mapping[str, Any]) -> str:
    """The key of the chapter: that of its goal, or its own."""
    if row["number"] is None:
        return str(row["chapter"])
    code = f"{row['above']}-{row['number']}" if row["above"] else str(row["number"])
    return f"{row['slug']}-mal-{code}"


def _text(row: Mapping[str, Any]) -> OwnText:
    return OwnText(row["body"], row["by"], dt.datetime.fromisoformat(row["at"]))


def _grade(row: Mapping[str, Any]) -> SetGrade:
    at = dt.datetime.fromisoformat(row["at"])
    return SetGrade(row["grade"], row["reasons"], row["by"], at)


def _said(row: Mapping[str, Any]) -> Said:
    resolved = row["resolved_at"]
    return Said(
        row["pk"],
        row["text"],
        row["by"],
        dt.datetime.fromisoformat(row["at"]),
        (row["resolved_by"] or "") if resolved else "",
        dt.datetime.fromisoformat(resolved) if resolved else None,
    )


def _threads(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Thread]]:
    replies: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        if row["reply_to"] is not None:
            replies[row["reply_to"]].append(_said(row))
    found: dict[str, list[Thread]] = defaultdict(list)
    for row in rows:
        if row["reply_to"] is None:
            found[_key(row)].append(Thread(_said(row), tuple(replies[row["pk"]])))
    return dict(found)
