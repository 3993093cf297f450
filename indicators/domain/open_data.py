"""What of the follow-up is data for anybody to use: fixed by the city, and protected for others."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from indicators.domain.figures import Followup
from indicators.domain.followup_report.stored import read_version
from indicators.enums import FollowupKind
from indicators.models import FollowupVersion
from organisation.models import User


@dataclass(frozen=True)
class Dataset:
    """The figures of one period as they were last fixed."""

    period_code: str
    period_label: str
    starts_on: dt.date
    ends_on: dt.date
    version: int
    fixed_on: dt.date
    first_fixed_on: dt.date
    publisher: str
    """The nämnd whose report it is."""
    is_example: bool

    @property
    def title(self) -> str:
        mark = " (exempeldata)" if self.is_example else ""
        return f"Samlad uppföljning, {self.period_label.lower()}{mark}"


def datasets(user: User) -> tuple[Dataset, ...]:
    """The latest fixed version of the city's follow-up of each period, newest first; one query."""
    first: dict[str, dt.date] = {}
    latest: dict[str, FollowupVersion] = {}
    for version in _fixed(user).defer("content").order_by("-report__period__ends_on", "number"):
        code = version.report.period.code
        first.setdefault(code, timezone.localdate(version.fixed_at))
        latest[code] = version
    return tuple(_dataset(version, first[code]) for code, version in latest.items())


def fixed_figures(user: User, period_code: str, number: int) -> Followup | None:
    """The follow-up as that version of the city's report holds it; None when there is none."""
    version = _fixed(user).filter(report__period__code=period_code, number=number).first()
    return read_version(version).followup if version else None


def _fixed(user: User):
    return (
        FollowupVersion.objects.visible_to(user)
        .filter(report__kind=FollowupKind.STADEN)
        .select_related("report__namnd", "report__period")
    )


def _dataset(version: FollowupVersion, first: dt.date) -> Dataset:
    period = version.report.period
    return Dataset(
        period_code=period.code,
        period_label=period.label,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        version=version.number,
        fixed_on=timezone.localdate(version.fixed_at),
        first_fixed_on=first,
        publisher=version.report.namnd.name,
        is_example=version.is_example,
    )
