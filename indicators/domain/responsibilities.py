"""Who answers for one activity or indicator, over time: its page, and what the page may do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from indicators.models import Indicator
from programme.models import Activity, ResponsibilityBase


@dataclass(frozen=True)
class SubjectPage:
    """An activity or an indicator with everybody who answers, has answered or will."""

    subject: Activity | Indicator
    name: str
    is_activity: bool
    programme_slug: str
    rows: Sequence[ResponsibilityBase]


def read_subject(kind: str, code: str) -> SubjectPage | None:
    """The activity ("aktivitet") or indicator ("indikator") with its responsibilities, or None.

    Those that go on come first, then the latest ended.
    """
    subject: Activity | Indicator | None
    if kind == "aktivitet":
        subject = Activity.objects.filter(code=code).select_related("goal__programme").first()
    else:
        subject = Indicator.objects.filter(code=code).prefetch_related("versions").first()
    if subject is None:
        return None
    rows = subject.responsibilities.select_related("namnd").order_by(
        F("valid_to").desc(nulls_first=True), "kind", "group", "namnd__sort_key", "pk"
    )
    if isinstance(subject, Activity):
        return SubjectPage(
            subject,
            subject.text_on(timezone.localdate()),
            True,
            subject.goal.programme.slug,
            list(rows),
        )
    versions = sorted(subject.versions.all(), key=lambda version: version.number)
    name = versions[-1].name if versions else subject.code
    return SubjectPage(subject, name, False, "", list(rows))
