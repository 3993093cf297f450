"""Anstånd: asking the remitter for a later due date, and what came of it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Invalid, NotAllowed
from organisation.models import User
from organisation.personnummer import why_not_personnummer
from papers.models import Paper
from papers.rules import may_write
from remisser.domain.plans import replan
from remisser.enums import ExtensionState
from remisser.models import DueDateExtension, Remissinstans
from trace.domain import record

ONLY_SECRETARIES = "Bara nämndens nämndsekreterare begär anstånd."
MAX_REASON = 250


@transaction.atomic
def ask_for_extension(
    instance: Remissinstans, *, actor: User, until: dt.date, reason: str
) -> DueDateExtension:
    """Write down that the nämnd has asked for a later due date.

    The same again while it waits is the one that stands (a button pressed twice).
    Raises NotAllowed; Invalid (`field`) for a day that is no later than the one that holds, a
    reason that cannot be kept, or another request that waits.
    """
    _check_right(instance, actor)
    instance = _locked(instance)
    reason = reason.strip()
    if not reason:
        raise Invalid("Skriv varför nämnden behöver mer tid.", field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid(f"Skälet får ha högst {MAX_REASON} tecken.", field="reason")
    if problem := why_not_personnummer(reason):
        raise Invalid(problem, field="reason")
    waiting = DueDateExtension.objects.filter(
        instance=instance, state=ExtensionState.BEGART
    ).first()
    if waiting is not None:
        if (waiting.until, waiting.reason) == (until, reason):
            return waiting
        raise Invalid("Nämnden väntar redan på besked om anstånd.")
    if instance.due_on is not None and until <= instance.due_on:
        raise Invalid(f"Välj en dag efter {instance.due_on}, som gäller nu.", field="until")
    asked = DueDateExtension.objects.create(
        instance=instance,
        asked_on=timezone.localdate(),
        until=until,
        reason=reason,
        asked_by=actor,
        due_before=instance.due_on,
    )
    _record(asked, actor, "anstand-begart", f"Begärde anstånd till {until}", reason)
    return asked


@transaction.atomic
def answer_extension(
    asked: DueDateExtension,
    *,
    actor: User,
    granted_until: dt.date | None,
    answered_on: dt.date,
) -> DueDateExtension:
    """Write down what the remitter answered: a new due date, or None for no.

    The same again changes nothing.
    Raises NotAllowed; Invalid (`field`) when it is answered otherwise already, for an answer in the
    future or before the request, or for a new day that is no later than the one before.
    Side effects: the instance's due date; the nämnd's plans, and mail to those concerned.
    """
    _check_right(asked.instance, actor)
    instance = _locked(asked.instance)
    asked = DueDateExtension.objects.select_for_update().get(pk=asked.pk)
    if asked.state != ExtensionState.BEGART:
        if (asked.granted_until, asked.answered_on) == (granted_until, answered_on):
            return asked
        raise Invalid("Beskedet är redan registrerat.")
    if answered_on > timezone.localdate():
        raise Invalid("Beskedet kan inte ha kommit efter i dag.", field="answered_on")
    if answered_on < asked.asked_on:
        raise Invalid(f"Beskedet kan inte ha kommit före {asked.asked_on}.", field="answered_on")
    if granted_until is not None and instance.due_on and granted_until <= instance.due_on:
        raise Invalid(f"Välj en dag efter {instance.due_on}.", field="granted_until")
    asked.answered_on, asked.granted_until = answered_on, granted_until
    if granted_until is None:
        asked.state = ExtensionState.AVSLAGET
        asked.save()
        _record(asked, actor, "anstand-avslaget", "Registrerade att anstånd inte ges")
        return asked
    asked.state = ExtensionState.BEVILJAT
    asked.save()
    Remissinstans.objects.filter(pk=instance.pk).update(due_on=granted_until)
    _record(asked, actor, "anstand-beviljat", f"Registrerade anstånd till {granted_until}")
    if instance.namnd_id is not None:
        because = f"Remittenten har gett anstånd till {granted_until}."
        replan(instance.namnd_id, actor=actor, because=because)
    return asked


def _check_right(instance: Remissinstans, actor: User) -> None:
    if instance.namnd_id is None or not may_write(actor, Paper(namnd_id=instance.namnd_id)):
        raise NotAllowed(ONLY_SECRETARIES)


def _locked(instance: Remissinstans) -> Remissinstans:
    # Two who do it at once: the second waits here.
    Remissinstans.objects.select_for_update().get(pk=instance.pk)
    return Remissinstans.objects.select_related("remiss", "namnd").get(pk=instance.pk)


def _record(asked: DueDateExtension, actor: User, verb: str, said: str, reason: str = "") -> None:
    instance = asked.instance
    record(
        asked,
        actor=actor,
        verb=verb,
        summary=f"{said}, {instance.remiss.dnr}",
        scope=instance.namnd.code if instance.namnd else "",
        reason=reason,
    )
