"""Amending whom a remiss was sent to and what it asks; and a nämnd's own part of it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.models import Namnd, User
from papers.models import Paper
from papers.rules import may_write
from remisser.domain.asked import check_once
from remisser.domain.own_dnr import NO_NUMBER, ONLY_SECRETARIES, OwnDnr, give_dnr
from remisser.domain.plans import replan
from remisser.domain.registering import (
    ONLY_WHO_REGISTERED,
    InstanceInput,
    count_up,
    proposal_text,
    scope_of,
    tell_those_asked,
)
from remisser.domain.words import day, one_line
from remisser.models import Answer, Proposal, Remiss, Remissinstans
from remisser.rules import may_amend
from trace.domain import record

DUE_DATE_CHANGED = "Svarsdagen har ändrats."
NUMBER_STAYS = (
    "Nämnder har redan börjat svara på remissen, och svaren hänvisar till numren. De kan därför "
    "inte ändras. Lägg till en ny att-sats sist i stället."
)
NOT_REMOVED = (
    "Nämnder har redan börjat svara på remissen, och svaren hänvisar till numren. Att-satsen kan "
    "därför inte tas bort."
)


@transaction.atomic
def add_instances(
    remiss: Remiss,
    instances: Sequence[InstanceInput],
    *,
    actor: User,
    expected_version: int,
) -> Sequence[Remissinstans]:
    """Lay more instances last. Raises NotAllowed; Invalid for one that is there; Conflict.

    Side effects: plans, an event, mail to the secretaries of the nämnder that are asked.
    """
    remiss = _to_amend(remiss, actor)
    there = [(0, i.name_as_written, i.namnd) for i in remiss.instances.select_related("namnd")]
    check_once([*there, *((i.line, i.name, i.namnd) for i in instances)])
    if not instances:
        raise Invalid("Skriv minst en instans.", field="instances")
    count_up(remiss, expected_version)
    last = remiss.instances.aggregate(last=Max("order"))["last"] or 0
    rows = Remissinstans.objects.bulk_create(
        Remissinstans(
            remiss=remiss,
            name_as_written=one_line(i.name, field="instances", label="Namnet", most=200),
            namnd=i.namnd,
            due_on=day(i.due_on, field="due_on"),
            order=order,
        )
        for order, i in enumerate(instances, start=last + 1)
    )
    names = ", ".join(row.name_as_written for row in rows)
    _record(remiss, actor, "instances-added", f"La till instanser på {remiss.dnr}: {names}"[:500])
    _plan_anew(rows, actor, because="")
    tell_those_asked(rows, actor=actor)
    return rows


@transaction.atomic
def change_instance(
    instance: Remissinstans,
    facts: InstanceInput,
    *,
    actor: User,
    expected_version: int,
) -> Remissinstans:
    """Change the name as written, the nämnd that is meant, or the due date of one instance.

    expected_version: the remiss' revision. The same changes nothing.
    Raises NotAllowed; Invalid for what stands on the remiss already, or another nämnd for an
    instance that has an answer or a number; Conflict.
    """
    remiss = _to_amend(instance.remiss, actor)
    instance = remiss.instances.select_related("remiss", "namnd").get(pk=instance.pk)
    name = one_line(facts.name, field="name", label="Namnet", most=200, required=True)
    due_on = day(facts.due_on, field="due_on")
    namnd_id = facts.namnd.pk if facts.namnd else None
    before = (instance.name_as_written, instance.namnd_id, instance.due_on)
    if before == (name, namnd_id, due_on):
        return instance
    for other in remiss.instances.exclude(pk=instance.pk).select_related("namnd"):
        if other.name_as_written.casefold() == name.casefold():
            raise Invalid(f"{name} står redan på remissen.", field="name")
        if namnd_id is not None and other.namnd_id == namnd_id:
            raise Invalid(
                f"{facts.namnd} står redan på remissen, som ”{other.name_as_written}”.",
                field="namnd",
            )
    if namnd_id != instance.namnd_id and _has_work(instance):
        raise Invalid(
            "Nämnden har redan ett svar, ett diarienummer eller ett anstånd här, så instansen kan "
            "inte pekas om till en annan. Lägg till den andra nämnden som en ny instans.",
            field="namnd",
        )
    count_up(remiss, expected_version)
    newly_asked = namnd_id is not None and namnd_id != instance.namnd_id
    instance.name_as_written, instance.namnd, instance.due_on = name, facts.namnd, due_on
    instance.save()
    _record(remiss, actor, "instance-changed", f"Ändrade instansen {name} på {remiss.dnr}")
    _plan_anew([instance], actor, because=DUE_DATE_CHANGED)
    if newly_asked:
        tell_those_asked([instance], actor=actor)
    return instance


@transaction.atomic
def remove_instance(instance: Remissinstans, *, actor: User, expected_version: int) -> None:
    """Take an instance away that was laid in by mistake. Gone already, nothing happens.

    Raises NotAllowed; Invalid when it has an answer, a number or anstånd; Conflict.
    """
    remiss = _to_amend(instance.remiss, actor)
    found = remiss.instances.filter(pk=instance.pk).first()
    if found is None:
        return
    if _has_work(found):
        raise Invalid(
            "Nämnden har redan ett svar, ett diarienummer eller ett anstånd här, så instansen "
            "står kvar."
        )
    count_up(remiss, expected_version)
    name = found.name_as_written
    found.delete()
    _record(remiss, actor, "instance-removed", f"Tog bort instansen {name} från {remiss.dnr}")


@transaction.atomic
def append_proposals(
    remiss: Remiss,
    texts: Sequence[str],
    *,
    actor: User,
    expected_version: int,
    abridged: bool = False,
) -> Sequence[Proposal]:
    """Lay att-satser last, with the next numbers. Raises NotAllowed, Invalid, Conflict.

    Goes also when the remiss is being answered: then they stand as unanswered in the drafts.
    """
    remiss = _to_amend(remiss, actor)
    if not texts:
        raise Invalid("Skriv minst en att-sats.", field="proposals")
    count_up(remiss, expected_version)
    last = remiss.proposals.aggregate(last=Max("number"))["last"] or 0
    added = Proposal.objects.bulk_create(
        Proposal(remiss=remiss, number=number, text=proposal_text(text, number), abridged=abridged)
        for number, text in enumerate(texts, start=last + 1)
    )
    numbers = ", ".join(str(one.number) for one in added)
    _record(remiss, actor, "proposals-added", f"La till att-sats {numbers} på {remiss.dnr}")
    return added


@transaction.atomic
def change_proposal(
    proposal: Proposal,
    *,
    actor: User,
    expected_version: int,
    number: int,
    text: str,
    abridged: bool,
) -> Proposal:
    """Put an att-sats right; its number only while nobody has begun to answer.

    With another number it changes places with the one that has it. The same changes nothing.
    Raises NotAllowed; Invalid (`number`, `text`); Conflict.
    """
    remiss = _to_amend(proposal.remiss, actor)
    proposal = remiss.proposals.get(pk=proposal.pk)
    text = proposal_text(text, number)
    if (proposal.number, proposal.text, proposal.abridged) == (number, text, abridged):
        return proposal
    moves = number != proposal.number
    if moves and _begun_held(remiss):
        raise Invalid(NUMBER_STAYS, field="number")
    last = remiss.proposals.aggregate(last=Max("number"))["last"] or 0
    if moves and not 1 <= number <= last:
        raise Invalid(f"Skriv ett nummer från 1 till {last}.", field="number")
    count_up(remiss, expected_version)
    if moves:
        _change_places(remiss, proposal, number, last)
    proposal.number, proposal.text, proposal.abridged = number, text, abridged
    proposal.save()
    _record(remiss, actor, "proposal-changed", f"Ändrade att-sats {number} på {remiss.dnr}")
    return proposal


@transaction.atomic
def remove_proposal(proposal: Proposal, *, actor: User, expected_version: int) -> None:
    """Take an att-sats away while nobody has begun to answer; those after it move up.

    Gone already, nothing happens. Raises NotAllowed; Invalid; Conflict.
    """
    remiss = _to_amend(proposal.remiss, actor)
    found = remiss.proposals.filter(pk=proposal.pk).first()
    if found is None:
        return
    if _begun_held(remiss):
        raise Invalid(NOT_REMOVED)
    count_up(remiss, expected_version)
    number = found.number
    found.delete()
    for after in remiss.proposals.filter(number__gt=number).order_by("number"):
        after.number -= 1
        after.save(update_fields=["number"])
    _record(remiss, actor, "proposal-removed", f"Tog bort att-sats {number} från {remiss.dnr}")


def answers_begun(remiss: Remiss) -> bool:
    """Whether some nämnd has begun to answer."""
    return Answer.objects.filter(instance__remiss=remiss).exists()


@transaction.atomic
def register_at_namnd(
    remiss: Remiss,
    namnd: Namnd,
    *,
    actor: User,
    due_on: dt.date | None,
    dnr: OwnDnr = NO_NUMBER,
    asked: bool = True,
    seen: dt.date | None = None,
) -> Remissinstans:
    """A nämnd's own part of a remiss: its number and its due date.

    A nämnd that does not stand on the remiss comes to stand there: as asked, or as one that
    answers unasked. asked: counts only then. seen: the due date that the page showed.
    The same again changes nothing.
    Raises NotAllowed; Invalid (`field`); Conflict when the due date is another than was seen.
    """
    if not may_write(actor, Paper(namnd=namnd)):
        raise NotAllowed(ONLY_SECRETARIES)
    due_on = day(due_on, field="due_on")
    Remiss.objects.select_for_update(of=("self",)).get(pk=remiss.pk)
    instance = remiss.instances.select_related("remiss", "namnd").filter(namnd=namnd).first()
    if instance is None:
        instance = _join(remiss, namnd, asked=asked, due_on=due_on, actor=actor)
    elif instance.due_on != due_on:
        if instance.due_on != seen:
            raise Conflict(
                f"Svarsdagen har ändrats till {instance.due_on or 'inte känd'} sedan du öppnade "
                "sidan.",
                field="due_on",
            )
        instance.due_on = due_on
        instance.save(update_fields=["due_on"])
        record(
            instance,
            actor=actor,
            verb="due-date-changed",
            summary=f"Ändrade svarsdagen för {remiss.dnr} till {due_on or 'inte känd'}",
            scope=namnd.code,
        )
        _plan_anew([instance], actor, because=DUE_DATE_CHANGED)
    give_dnr(instance, dnr, actor=actor)
    return instance


# Parts ------------------------------------------------------------------------------------------


def _join(
    remiss: Remiss, namnd: Namnd, *, asked: bool, due_on: dt.date | None, actor: User
) -> Remissinstans:
    if remiss.instances.filter(name_as_written__iexact=namnd.name).exists():
        raise Invalid(
            f"{namnd} står på remissen men är inte kopplad till nämnden. Be den som har "
            "registrerat remissen att koppla den."
        )
    last = remiss.instances.aggregate(last=Max("order"))["last"] or 0
    instance = Remissinstans.objects.create(
        remiss=remiss,
        name_as_written=namnd.name,
        namnd=namnd,
        due_on=due_on,
        asked=asked,
        order=last + 1,
    )
    how = "som tillfrågad" if asked else "på eget initiativ"
    record(
        instance,
        actor=actor,
        verb="joined",
        summary=f"Registrerade att nämnden svarar på {remiss.dnr} {how}",
        scope=namnd.code,
    )
    _plan_anew([instance], actor, because="")
    return instance


def _to_amend(remiss: Remiss, actor: User) -> Remiss:
    """The remiss, held until the end. Raises NotAllowed."""
    if not may_amend(actor, remiss):
        raise NotAllowed(ONLY_WHO_REGISTERED)
    Remiss.objects.select_for_update(of=("self",)).get(pk=remiss.pk)
    return Remiss.objects.select_related("registered_by_namnd").get(pk=remiss.pk)


def _begun_held(remiss: Remiss) -> bool:
    """`answers_begun`, while nobody can begin: who does it at the same moment waits."""
    list(remiss.instances.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return answers_begun(remiss)


def _has_work(instance: Remissinstans) -> bool:
    return (
        hasattr(instance, "answer")
        or hasattr(instance, "registration")
        or instance.extensions.exists()
    )


def _change_places(remiss: Remiss, proposal: Proposal, number: int, last: int) -> None:
    """Each number stands once at every moment: the other one waits beyond the last."""
    other = remiss.proposals.filter(number=number).first()
    mine = proposal.number
    if other is None:
        return
    Proposal.objects.filter(pk=proposal.pk).update(number=last + 1)
    Proposal.objects.filter(pk=other.pk).update(number=mine)


def _plan_anew(rows: Sequence[Remissinstans], actor: User, *, because: str) -> None:
    for namnd_id in sorted({row.namnd_id for row in rows if row.namnd_id}):
        replan(namnd_id, actor=actor, because=because)


def _record(remiss: Remiss, actor: User, verb: str, said: str) -> None:
    record(remiss, actor=actor, verb=verb, summary=said, scope=scope_of(remiss))
