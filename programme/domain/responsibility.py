"""Commands on responsibilities: lay one on a nämnd or a group from a day, and end it.

They work alike for whatever has responsibilities: activities here, indicators above.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.domain.days import ONE_DAY
from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.models import Namnd, User
from organisation.personnummer import why_not_personnummer
from programme.domain.settled import check_responsible
from programme.domain.succession import carry_over, subject_of
from programme.enums import ResponsibilityKind
from programme.models import ResponsibilityBase
from programme.models.responsibility import ENDS_FIRST
from programme.rules import may_lay_responsibility
from trace.domain import record

ONLY_SAMORDNARE = "Bara samordnaren bestämmer vem som ansvarar."
NO_DECISION = "Ange beslutet, till exempel ”Kommunfullmäktige 2024-11-21 § 12”."
ALREADY_CHANGED = "Någon har ändrat ansvaret sedan du öppnade sidan. Läs om den och försök igen."


@transaction.atomic
def lay_responsibility(
    subject: Any,
    *,
    actor: User,
    namnd: Namnd | None = None,
    group: str = "",
    kind: str = ResponsibilityKind.ANSVARIG,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    decision: str,
) -> ResponsibilityBase:
    """Let a nämnd, or a group, answer for `subject` (an activity or an indicator) from a day.

    Of a nämnd that has been succeeded by another, the other carries it on from that day, in a
    responsibility of its own. Raises NotAllowed; Invalid, at the field that is wrong: no decision,
    a personnummer in it, days in the wrong order or when the nämnd does not exist, days that a
    locked follow-up has counted, or days when it answers for the same already.
    """
    _check_right(actor)
    decision = decision.strip()
    _check_decision(decision, "decision")
    manager = subject.responsibilities
    row = manager.model(
        **{manager.field.name: subject},
        namnd=namnd,
        group=group,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        decision=decision,
    )
    if namnd is not None:
        _check_days_of(namnd, valid_from)
    check_responsible(subject, valid_from, "valid_from")
    try:
        row.full_clean()
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field="" if field == "__all__" else field) from wrong
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as first:  # somebody laid the same in this moment
        raise Conflict(ALREADY_CHANGED) from first
    record(
        subject,
        actor=actor,
        verb="ansvar-lagt",
        summary=f"{row}: {row.get_kind_display().lower()} {_days_text(row)}, {decision}",
    )
    if namnd is not None:
        carry_over(manager.model, [namnd.pk])
        row.refresh_from_db()
    return row


@transaction.atomic
def end_responsibility(
    row: ResponsibilityBase,
    *,
    actor: User,
    last_day: dt.date,
    decision: str,
    expected_valid_to: dt.date | None,
) -> ResponsibilityBase:
    """Let `last_day` be the last of the responsibility. It stays readable for the time it held.

    expected_valid_to: the last day that the person saw; when it is another by now, somebody was
    first. Raises NotAllowed; Conflict; Invalid for a day before the first, or before the
    last that a locked follow-up has counted, or no decision.
    """
    _check_right(actor)
    decision = decision.strip()
    _check_decision(decision, "decision")
    if row.valid_from is not None and last_day < row.valid_from:
        raise Invalid(ENDS_FIRST, field="last_day")
    if row.valid_to is not None and last_day > row.valid_to:
        raise Invalid(
            f"Ansvaret upphör redan {row.valid_to:%Y-%m-%d}. Lägg ett nytt i stället.",
            field="last_day",
        )
    model = type(row)
    check_responsible(getattr(row, subject_of(model)), last_day + ONE_DAY, "last_day")
    changed = model._default_manager.filter(pk=row.pk, valid_to=expected_valid_to).update(
        valid_to=last_day, end_decision=decision
    )
    if not changed:
        raise Conflict(ALREADY_CHANGED)
    row.refresh_from_db()
    record(
        getattr(row, subject_of(model)),
        actor=actor,
        verb="ansvar-avslutat",
        summary=f"{row}: ansvaret upphör {last_day:%Y-%m-%d}, {decision}",
    )
    return row


# Parts ------------------------------------------------------------------------------------------


def _check_right(actor: User) -> None:
    if not may_lay_responsibility(actor):
        raise NotAllowed(ONLY_SAMORDNARE)


def _check_decision(decision: str, field: str) -> None:
    if not decision:
        raise Invalid(NO_DECISION, field=field)
    if problem := why_not_personnummer(decision):
        raise Invalid(problem, field=field)


def _check_days_of(namnd: Namnd, valid_from: dt.date) -> None:
    if namnd.valid_to is not None and valid_from > namnd.valid_to:
        heirs = ", ".join(str(s) for s in Namnd.objects.filter(predecessors=namnd).in_order())
        instead = f" Välj {heirs} i stället." if heirs else ""
        raise Invalid(f"{namnd} upphörde {namnd.valid_to:%Y-%m-%d}.{instead}", field="valid_from")
    if namnd.valid_from is not None and valid_from < namnd.valid_from:
        before = namnd.valid_from - ONE_DAY
        raise Invalid(
            f"{namnd} finns från {namnd.valid_from:%Y-%m-%d}. Lägg ansvaret till och med "
            f"{before:%Y-%m-%d} på föregångaren.",
            field="valid_from",
        )


def _days_text(row: ResponsibilityBase) -> str:
    begins = f"från {row.valid_from:%Y-%m-%d}" if row.valid_from else "från början"
    return f"{begins} till {row.valid_to:%Y-%m-%d}" if row.valid_to else begins
