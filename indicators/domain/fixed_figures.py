"""What fixed versions of the follow-up show for ever, beside the figures of today.

Who has kept a version, or reads it still, sets its figures against those on the page. So what a
version hides stays hidden; and where reports have come or been corrected since, the figures that
stand in the version are laid beside today's, as a table that is settled already.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeVar, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject

from indicators.domain.expected import Expected
from indicators.domain.followup_report.stored import hidden_of
from indicators.domain.json_rows import loaded
from indicators.enums import Category, FollowupKind
from indicators.models import FollowupVersion, Period, ReportVersion, Value


@dataclass(frozen=True)
class Fixed:
    """One fixed version of a period's follow-up."""

    pk: int
    sha256: str
    fixed_at: dt.datetime
    namnd_id: int | None
    """Whose own report it is; None for the city's."""


_Periods = TypeVar("_Periods", bound=QuerySet[Period])


def with_fixed(periods: _Periods) -> _Periods:
    """The periods, each with `fixed`, its fixed versions; those without are asked for theirs."""
    versions = FollowupVersion.objects.filter(report__period=OuterRef("pk")).order_by("pk")
    row = JSONObject(
        pk="pk",
        sha256="sha256",
        fixed_at=Cast("fixed_at", TextField()),
        kind="report__kind",
        namnd="report__namnd_id",
    )
    return cast(_Periods, periods.annotate(fixed=ArraySubquery(versions.values(row=row))))


def fixed_versions(expected: Mapping[str, Expected]) -> dict[str, tuple[Fixed, ...]]:
    """By period, oldest first; periods without are left out. No query where they were read with
    the periods (`with_fixed`), else one."""
    rows = {code: getattr(one.period, "fixed", None) for code, one in expected.items()}
    lacking = [expected[code].period.pk for code, found in rows.items() if found is None]
    if lacking:
        rows |= {p.code: p.fixed for p in with_fixed(Period.objects.filter(pk__in=lacking))}  # type: ignore[attr-defined]
    return {code: tuple(map(_fixed, map(loaded, found))) for code, found in rows.items() if found}


def _fixed(row: Mapping) -> Fixed:
    namnd = None if row["kind"] == FollowupKind.STADEN else row["namnd"]
    return Fixed(row["pk"], row["sha256"], dt.datetime.fromisoformat(row["fixed_at"]), namnd)


_BY_INDICATOR: dict[str, dict[str, list[tuple[str, str, str]]]] = {}
"""By digest and code of an indicator, what a version hides: (period, nämnd or "", category)."""


@dataclass(frozen=True)
class HiddenThen:
    """What fixed versions hide, each in its own period."""

    expected: Mapping[str, Expected]
    versions: Mapping[str, Sequence[Fixed]]
    """By period, oldest first; periods without are left out."""

    def of(self, version: Fixed, code: str, indicator_id: int) -> set[tuple[int | None, str]]:
        """(nämnd's id, None for the city's; category). code: of the version's period."""
        now = self.expected[code]
        indicator = now.definitions[indicator_id].indicator.code
        return {
            (version.namnd_id if not namnd else self._namnder[code][namnd], category)
            for period, namnd, category in _BY_INDICATOR[version.sha256].get(indicator, ())
            if period == code and (not namnd or namnd in self._namnder[code])
        }

    @cached_property
    def _namnder(self) -> dict[str, dict[str, int]]:
        return {
            code: {n.code: pk for pk, n in self.expected[code].namnder.items()}
            for code in self.versions
        }


def hidden_then(expected: Mapping[str, Expected]) -> HiddenThen:
    """What the fixed versions of the periods hide; no query for what this process has read."""
    versions = fixed_versions(expected)
    lacking = {
        one.pk: one.sha256
        for of in versions.values()
        for one in of
        if one.sha256 not in _BY_INDICATOR
    }
    for pk, hidden in hidden_of(lacking).items() if lacking else ():
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for indicator, period, namnd, category in hidden:
            found[indicator].append((period, namnd, category))
        _BY_INDICATOR[lacking[pk]] = dict(found)
    return HiddenThen(expected, versions)


@dataclass(frozen=True)
class Then:
    """What one nämnd had given when a version was fixed."""

    namnd_id: int
    parts: tuple[Decimal, ...]
    approved_at: dt.datetime


def read_then(
    version: Fixed, in_period: Expected, indicator_ids: Iterable[int]
) -> dict[tuple[int, str], list[Then]]:
    """By indicator and category, what had been approved in the period when it was fixed; a query.

    What was approved then is among the versions of reports still, and cannot have changed.
    """
    approved = (
        ReportVersion.objects.filter(
            report__period=in_period.period, approved_at__lte=version.fixed_at
        )
        .order_by("report_id", "-approved_at", "-number")
        .distinct("report_id")
    )
    if version.namnd_id is not None:
        approved = approved.filter(report__namnd=version.namnd_id)
    definitions = {in_period.definitions[pk].pk: pk for pk in indicator_ids}
    rows = (
        Value._default_manager.order_by()
        .filter(version__in=approved.values("pk"), definition__in=definitions, missing="")
        .values_list(
            "definition",
            "category",
            "version__report__namnd",
            "number",
            "numerator",
            "denominator",
            "version__approved_at",
        )
    )
    found: dict[tuple[int, str], list[Then]] = defaultdict(list)
    for definition, category, namnd_id, number, numerator, denominator, approved_at in rows:
        pk = definitions[definition]
        if namnd_id not in in_period.asked_of[pk] or category not in Category:
            continue
        parts = [number] if denominator is None else [numerator, denominator]
        given = tuple(part or Decimal(0) for part in parts)
        found[pk, category].append(Then(namnd_id, given, approved_at or version.fixed_at))
    return found
