"""Putting right a slip of the pen in the text of a goal or an activity.

That is no new decision: it says why instead. Where what is corrected has been followed up and
locked, the old words stay there, and the right ones hold from the day after.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from organisation.domain.days import ONE_DAY
from organisation.models import User
from programme.domain.errors import Invalid
from programme.domain.parts import check_right, check_row, check_texts, count_change
from programme.domain.settled import settled_until
from programme.models import Activity, Goal, Programme
from trace.domain import record

NO_REASON = "Skriv vad som var fel, till exempel ”Ett ord hade fallit bort”."


@dataclass(frozen=True)
class Correctable:
    """A wording that may be put right. since: the day it began to hold, None for the original.

    holds_from: the first day on which it will read otherwise; None: as long as it has held.
    """

    since: dt.date | None
    text: str
    holds_from: dt.date | None


def correctable(row: Goal | Activity) -> list[Correctable]:
    """The wordings of which something is not locked, the latest first. Wants `wordings` at hand."""
    settled = settled_until(_programme(row))
    changes: Any = row.wordings.all()
    wordings = sorted(changes, key=lambda wording: wording.valid_from)
    begins: list[dt.date] = [wording.valid_from for wording in wordings]
    sinces: list[dt.date | None] = [None, *begins]
    lasts = [*(day - ONE_DAY for day in begins), row.valid_to]
    texts = [row.text, *(wording.text for wording in wordings)]
    found = []
    for since, text, ends in zip(sinces, texts, lasts, strict=True):
        began = since or row.valid_from
        if settled is None or (began is not None and began > settled):
            found.append(Correctable(since, text, None))
        elif ends is None or ends > settled:
            found.append(Correctable(since, text, settled + ONE_DAY))
    return found[::-1]


@transaction.atomic
def correct_text(
    row: Goal | Activity,
    *,
    actor: User,
    expected_version: int,
    since: dt.date | None,
    text: str,
    reason: str,
) -> None:
    """Put right the wording that began on `since` (None: the original one).

    As long as it has held; where that has been followed up and locked from the day after, as a
    wording of its own that is marked as a correction. Raises NotAllowed; Conflict with what it says
    as it is saved now; Invalid, at the field: no reason, no change, or a wording that is locked.
    """
    check_right(actor)
    reason = reason.strip()
    check_texts(text=text, reason=reason)
    if not text.strip():
        raise Invalid("Skriv texten.", field="text")
    if not reason:
        raise Invalid(NO_REASON, field="reason")
    row = type(row).objects.prefetch_related("wordings").get(pk=row.pk)
    there = {wording.valid_from: wording for wording in row.wordings.all()}
    before = row.text if since is None else there[since].text if since in there else None
    if before is None:
        raise Invalid("Den lydelsen finns inte längre.", field="since")
    count_change(row, expected_version, theirs=before)
    one = next((each for each in correctable(row) if each.since == since), None)
    if one is None:
        raise Invalid("Den lydelsen gällde bara i perioder som är låsta.", field="since")
    if text == before:
        raise Invalid("Texten är redan så.", field="text")
    if one.holds_from is not None:
        wordings: Any = row.wordings
        made = wordings.model(
            **{wordings.field.name: row},
            text=text,
            valid_from=one.holds_from,
            is_correction=True,
            reason=reason,
        )
        check_row(made)
        made.save()
    elif since is None:
        row.text = text
        row.save(update_fields=["text"])
    else:
        there[since].text = text
        there[since].save(update_fields=["text"])
    when = f" från {one.holds_from}" if one.holds_from else ""
    what = row.label.lower() if isinstance(row, Goal) else f"aktiviteten {row.code}"
    record(
        row,
        actor=actor,
        verb="mal-rattat" if isinstance(row, Goal) else "aktivitet-rattad",
        summary=f"Rättade texten till {what}{when}",
        reason=reason,
    )


def _programme(row: Goal | Activity) -> Programme:
    return row.programme if isinstance(row, Goal) else row.goal.programme
