"""Reports on which something is left to do, for the to-do list: read with the periods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from indicators.enums import FollowupKind, FollowupState
from indicators.models import FollowupReport, FollowupVersion, Period
from indicators.rules import may_decide_followup, may_write_followup
from organisation.enums import Role
from organisation.models import User

CONCERNED = (Role.GRANSKARE, Role.NAMNDSEKRETERARE, Role.CHEF)


@dataclass(frozen=True)
class WaitingReport:
    """A report that is being written, or that is fixed and not decided on."""

    period: Period
    is_citys: bool
    namnd_code: str
    namnd: str
    is_draft: bool
    latest: int
    """The number of the version that was fixed last; 0 for none."""
    is_example: bool
    writes: bool
    """Whether the person is to write on."""
    decides: bool
    """Whether the person is to register the nämnd's decision."""


def waiting_reports(user: User) -> ArraySubquery:
    """Those of each period that concern the person by their role, to be annotated on periods.

    Also of nämnder that the person's own have followed: what those left unfinished.
    """
    concerned = Q(namnd__in=user.access.reading_ids(*CONCERNED))
    if user.access.is_samordnare:
        concerned |= Q(kind=FollowupKind.STADEN)
    latest = FollowupVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    reports = (
        FollowupReport.objects.exclude(state=FollowupState.BESLUTAD)
        .filter(concerned, period=OuterRef("pk"))
        .order_by("kind", "namnd__sort_key")
    )
    return ArraySubquery(
        reports.values(
            row=JSONObject(
                kind="kind",
                namnd_id="namnd_id",
                code="namnd__code",
                name="namnd__short_name",
                state="state",
                is_example="is_example",
                latest=Subquery(latest.values("number")[:1]),
            )
        )
    )


def read_waiting(
    period: Period, rows: list[Mapping[str, Any]] | None, user: User
) -> Iterator[WaitingReport]:
    """What `waiting_reports` gave for the period; None where it was known to be nothing."""
    own = user.access.namnd_ids(*CONCERNED)
    for row in rows or ():
        report = FollowupReport(
            kind=row["kind"], namnd_id=row["namnd_id"], period=period, state=row["state"]
        )
        found = WaitingReport(
            period=period,
            is_citys=report.is_citys,
            namnd_code=row["code"],
            namnd=row["name"],
            is_draft=report.is_draft,
            latest=row["latest"] or 0,
            is_example=row["is_example"],
            writes=report.is_draft and may_write_followup(user, report),
            decides=not report.is_draft and may_decide_followup(user, report),
        )
        if report.is_citys or row["namnd_id"] in own or found.writes or found.decides:
            yield found
