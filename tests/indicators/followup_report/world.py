"""A city of three nämnder with approved reports, and the people who make its follow-up."""

import datetime as dt
from decimal import Decimal
from typing import Any

from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.fixing import fix
from indicators.domain.followup_report.writing import begin_report, save_text
from indicators.enums import Aggregation, ReportState
from indicators.models import FollowupReport, FollowupVersion, Report, Value
from organisation.enums import Role
from organisation.models import Namnd, User
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
    triggers_asleep,
)

GOAL = "vald-2021-2025-mal-1"
APPROVED = dt.datetime(2025, 5, 20, 12, tzinfo=dt.UTC)


class World:
    """Farsta, Bromma and Sodermalm report two indicators; Järva has not reported."""

    def __init__(self) -> None:
        self.socialnamnden = make_namnd("socialnamnden", kind="facknamnd", name="Socialnämnden")
        self.coordinator = make_user(Role.SAMORDNARE, self.socialnamnden, name="Sam Ordnare")
        self.secretary = make_user(Role.NAMNDSEKRETERARE, self.socialnamnden)
        self.colleague = make_user(Role.LASARE, self.socialnamnden)
        self.goal = make_goal(1, text="Mål ett.")
        self.period = make_period()
        self.count = make_indicator(
            "i-1", goal=self.goal, name="Sökande", counts_people=True, split_by_sex=True
        )
        self.share = make_indicator(
            "i-2", goal=self.goal, name="Andel", aggregation=Aggregation.RATIO, unit="%"
        )
        self.activity = make_activity("a-1", self.goal)
        self.namnder: dict[str, Namnd] = {}
        self.reports: dict[str, Report] = {}
        for code, women, men, part in (
            ("bromma", 30, 20, 20),
            ("farsta", 40, 3, 60),
            ("sodermalm", 50, 10, 70),
        ):
            namnd = make_namnd(code)
            report = make_report(namnd, self.period, ReportState.GODKAND)
            for category, number in (("totalt", women + men), ("kvinnor", women), ("man", men)):
                make_value(report, self.count, number, category=category)
            make_value(report, self.share, numerator=part, denominator=100)
            version = report.approved
            assert version is not None
            version.grades.create(goal=self.goal, grade="helt", analysis="Det går bra.")
            version.approved_at = APPROVED
            version.save()
            self.namnder[code], self.reports[code] = namnd, report
        make_namnd("jarva", name="Järva stadsdelsnämnd")

    def citys(self) -> FollowupReport:
        """The city's report, begun."""
        found = find_report(self.coordinator, self.period.code)
        assert found is not None
        return begin_report(found, actor=self.coordinator)

    def write(self, report: FollowupReport, key: str, body: str, **how: Any) -> FollowupReport:
        how.setdefault("expected_version", report.revision)
        return save_text(report, key, actor=how.pop("actor", self.coordinator), body=body, **how)

    def fixed(self, report: FollowupReport, actor: User | None = None, **how: Any):
        report = FollowupReport.objects.get(pk=report.pk)
        return fix(report, actor=actor or self.coordinator, expected_version=report.revision, **how)

    def change(self, code: str, number: int) -> None:
        """Another number in an approved report, as if it had been corrected."""
        with triggers_asleep():
            Value.objects.filter(
                version__report__namnd__code=code, definition=self.count, category="totalt"
            ).update(number=Decimal(number))


def number_of_versions() -> int:
    return FollowupVersion.objects.count()
