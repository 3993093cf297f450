"""What follows for tertialrapporter when a nämnd carries on what others did.

The words that were written for a period that ends when the old nämnd is gone go over to the new
one's draft. The old drafts stand as they were, with their comments, and the new nämnd reads them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from indicators.domain.followup_report.writing import advance, record_on, take
from indicators.enums import FollowupKind, FollowupState
from indicators.models import FollowupReport, FollowupText
from organisation.models import Namnd, User

Chapter = tuple[str, int | None]


def open_drafts(namnd_ids: Collection[int], on: dt.date) -> Sequence[FollowupReport]:
    """Begun tertialrapporter of the nämnder, never fixed, of periods that end on `on` or later."""
    return list(
        FollowupReport.objects.filter(
            kind=FollowupKind.NAMNDEN,
            namnd__in=namnd_ids,
            period__ends_on__gte=on,
            state=FollowupState.UTKAST,
            versions__isnull=True,
        )
        .select_related("namnd", "period")
        .order_by("period__ends_on", "namnd__sort_key")
    )


def drafts_to_move(
    old_ids: Collection[int], new: Namnd, on: dt.date
) -> dict[int, list[FollowupReport]]:
    """By period: the open drafts of the old nämnder, where the new one has none of its own."""
    by_period: dict[int, list[FollowupReport]] = defaultdict(list)
    for report in open_drafts(old_ids, on):
        by_period[report.period_id].append(report)
    there = FollowupReport.objects.filter(kind=FollowupKind.NAMNDEN, namnd=new)
    for period_id in there.order_by().values_list("period_id", flat=True):
        by_period.pop(period_id, None)
    return dict(by_period)


@transaction.atomic
def take_over_drafts(
    old_ids: Collection[int], new: Namnd, *, on: dt.date, actor: User
) -> Sequence[FollowupReport]:
    """Give the new nämnd the words of the old ones' drafts, for periods that end on `on` or later.

    Where several have written in a chapter all of it is kept, each after whose it was. Answers the
    reports that were made; where the new nämnd has one already, that one stands. For the merger
    of nämnder only, which has asked whether the person may merge.
    """
    return [_move(drafts, new, actor) for drafts in drafts_to_move(old_ids, new, on).values()]


def _move(drafts: Sequence[FollowupReport], new: Namnd, actor: User) -> FollowupReport:
    report = FollowupReport.objects.create(
        kind=FollowupKind.NAMNDEN,
        namnd=new,
        period=drafts[0].period,
        is_example=any(draft.is_example for draft in drafts),
    )
    report = take(report)
    advance(report)
    for (chapter, goal_id), body in _texts(drafts).items():
        FollowupText.objects.create(
            report=report,
            chapter=chapter,
            goal_id=goal_id,
            body=body,
            revision=report.revision,
            written_by=actor,
            written_at=timezone.now(),
        )
    names = " och ".join(str(draft.namnd) for draft in drafts)
    record_on(report, "taken-over", actor=actor, summary=f"Tog över texterna från {names}")
    for draft in drafts:
        record_on(
            draft,
            "handed-over",
            actor=actor,
            summary=f"Texterna lämnades över till {new}, och står kvar här som de var",
        )
    return report


def _texts(drafts: Sequence[FollowupReport]) -> dict[Chapter, str]:
    """By chapter: what is written there, of several with whose it was."""
    written: dict[Chapter, list[tuple[str, str]]] = defaultdict(list)
    rows = FollowupText.objects.filter(report__in=drafts).exclude(body="")
    for text in rows.select_related("report__namnd").order_by("report__namnd__sort_key"):
        written[text.chapter, text.goal_id].append((text.report.namnd.name, text.body))
    return {
        chapter: said[0][1]
        if len(said) == 1
        else "\n\n".join(f"{name}:\n{body}" for name, body in said)
        for chapter, said in written.items()
    }
