"""Registering a remiss, and amending what was registered of the matter itself.

A matter is registered once, whoever is asked: a nämnd that finds it registered already gives it
its own number there. The same form sent twice registers once, whatever its two senders do.
"""

import datetime as dt
import re
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.domain.names import find_namnd
from organisation.enums import Role
from organisation.models import Membership, Namnd, User
from programme.models import Goal
from remisser.domain.asked import check_once
from remisser.domain.dnr import dnr_key, dnr_slug, same_dnr, tidy_dnr
from remisser.domain.links import link_goal
from remisser.domain.own_dnr import NO_NUMBER, OwnDnr, give_dnr
from remisser.domain.plans import replan
from remisser.domain.received_files import attach_files
from remisser.domain.words import day, one_line, running_text
from remisser.enums import RemissKind
from remisser.models import Proposal, Remiss, RemissFile, Remissinstans
from remisser.rules import may_amend, may_register
from trace.domain import record
from trace.domain.outbox import post_mail

__all__ = [
    "Duplicate",
    "InstanceInput",
    "MatterFacts",
    "OwnPart",
    "RemissInput",
    "amend_remiss",
    "likely_duplicates",
    "register_remiss",
]

ONLY_WHO_REGISTERS = "Bara nämndsekreterare och remittentens handläggare registrerar remisser."
ONLY_WHO_REGISTERED = (
    "Bara den nämnd som har registrerat remissen, och remittenten, ändrar dess uppgifter."
)
CHANGED_MEANWHILE = "Någon annan har ändrat remissen sedan du öppnade sidan. Läs den igen."
RESERVED = frozenset({"registrera", "planering", "svar"})
LONGEST_PROPOSAL = 4000


@dataclass(frozen=True)
class MatterFacts:
    """What is registered of the matter itself. Blank: not known."""

    dnr: str
    remitter: str
    title: str
    kind: str = ""
    author: str = ""
    party: str = ""
    received_on: dt.date | None = None


@dataclass(frozen=True)
class InstanceInput:
    """Whom it was sent to: the name as it is written, and the nämnd that is meant.

    line: the number of the line that it was typed on, for messages.
    """

    name: str
    namnd: Namnd | None = None
    due_on: dt.date | None = None
    line: int = 0


@dataclass(frozen=True)
class OwnPart:
    """What the nämnd that registers does with the matter itself.

    asked: True when it was asked, False when it answers unasked.
    """

    namnd: Namnd
    asked: bool = True
    due_on: dt.date | None = None
    dnr: OwnDnr = NO_NUMBER


@dataclass(frozen=True)
class RemissInput:
    """A whole registration.

    key: of the form. by_namnd: who registers. duplicate_reason: why it is none, when it looks like
    one. own: None when the one who registers does not answer. files: of those that came with the
    same form, the ids to keep. files_open: everyone signed in may read
    them.
    """

    key: UUID
    by_namnd: Namnd
    facts: MatterFacts
    instances: Sequence[InstanceInput] = ()
    proposals: Sequence[str] = ()
    abridged: bool = False
    goals: Collection[Goal] = ()
    goals_source: str = ""
    duplicate_reason: str = ""
    own: OwnPart | None = None
    files: Collection[int] = ()
    files_open: bool = False


@dataclass(frozen=True)
class Duplicate:
    """A remiss that may be the same."""

    remiss: Remiss
    why: str
    """ "samma diarienummer" or "samma rubrik och remittent"."""


def likely_duplicates(facts: MatterFacts, *, but: Remiss | None = None) -> tuple[Duplicate, ...]:
    """Registered remisser with the same number, or with the same title from the same remitter."""
    title, remitter = _words(facts.title), _words(facts.remitter)
    found = []
    for remiss in Remiss.objects.order_by("pk"):
        if but is not None and remiss.pk == but.pk:
            continue
        if same_dnr(remiss.dnr, facts.dnr):
            found.append(Duplicate(remiss, "samma diarienummer"))
        elif title and (_words(remiss.title), _words(remiss.remitter)) == (title, remitter):
            found.append(Duplicate(remiss, "samma rubrik och remittent"))
    return tuple(found)


@transaction.atomic
def register_remiss(given: RemissInput, *, actor: User) -> Remiss:
    """Register a remiss. The same form again is the remiss that it registered.

    Raises NotAllowed; Invalid (`field`) for what cannot be kept, an instance that stands twice, or
    a likely duplicate without a reason (`duplicate_reason`).
    Side effects: the remiss with instances, att-satser, links and files; the nämnd's own number;
    plans; an event; mail to the secretaries of the other nämnder that are asked.
    """
    if not may_register(actor) or not actor.access.has_role(
        given.by_namnd.pk, Role.NAMNDSEKRETERARE, Role.REMITTENT
    ):
        raise NotAllowed(ONLY_WHO_REGISTERS)
    facts = _checked(given.facts)
    _hold(f"key:{given.key}", f"dnr:{dnr_key(facts.dnr)}", f"title:{_words(facts.title)}")
    there = Remiss.objects.filter(registration_key=given.key).first()
    if there is not None:
        if there.registered_by_namnd_id != given.by_namnd.pk:
            raise Invalid("Öppna sidan på nytt: formuläret är redan använt.")
        return there
    reason = one_line(
        given.duplicate_reason, field="duplicate_reason", label="Förklaringen", most=250
    )
    likely = likely_duplicates(facts)
    if likely and not reason:
        raise Invalid(_warning(likely), field="duplicate_reason")
    instances = [*given.instances]
    _check_instances(instances, given.own)
    remiss = Remiss.objects.create(
        **facts.__dict__,
        slug=_free_slug(facts),
        remitter_namnd=find_namnd(facts.remitter),
        registered_by_namnd=given.by_namnd,
        registration_key=given.key,
        duplicate_reason=reason if likely else "",
    )
    record(
        remiss,
        actor=actor,
        verb="registered",
        summary=f"Registrerade remissen {remiss.dnr}",
        scope=given.by_namnd.code,
        reason=remiss.duplicate_reason,
    )
    rows = _lay_in(remiss, instances, given.own)
    Proposal.objects.bulk_create(
        Proposal(
            remiss=remiss,
            number=number,
            text=proposal_text(text, number),
            abridged=given.abridged,
        )
        for number, text in enumerate(given.proposals, start=1)
    )
    for goal in given.goals:
        link_goal(remiss, goal, actor=actor, source=given.goals_source)
    if given.own is not None:
        mine = next(row for row in rows if row.namnd_id == given.own.namnd.pk)
        give_dnr(mine, given.own.dnr, actor=actor)
    waiting = RemissFile.objects.filter(form_key=given.key, remiss__isnull=True, by=actor)
    attach_files(remiss, waiting.filter(pk__in=given.files), actor=actor, is_open=given.files_open)
    for namnd_id in sorted({row.namnd_id for row in rows if row.namnd_id}):
        replan(namnd_id, actor=actor, because="")
    tell_those_asked(rows, actor=actor)
    return remiss


@transaction.atomic
def amend_remiss(
    remiss: Remiss,
    facts: MatterFacts,
    *,
    actor: User,
    expected_version: int,
    duplicate_reason: str = "",
) -> Remiss:
    """Change what is registered of the matter. Its address stays. The same changes nothing.

    Raises NotAllowed; Invalid (`field`), for a likely duplicate too; Conflict.
    """
    if not may_amend(actor, remiss):
        raise NotAllowed(ONLY_WHO_REGISTERED)
    facts = _checked(facts)
    _hold(f"dnr:{dnr_key(facts.dnr)}", f"title:{_words(facts.title)}")
    remiss = Remiss.objects.select_for_update(of=("self",)).get(pk=remiss.pk)
    changed = {k: v for k, v in facts.__dict__.items() if getattr(remiss, k) != v}
    if not changed:
        return remiss
    reason = remiss.duplicate_reason
    if {"dnr", "title", "remitter"} & set(changed):
        reason = one_line(
            duplicate_reason, field="duplicate_reason", label="Förklaringen", most=250
        )
        likely = likely_duplicates(facts, but=remiss)
        if likely and not reason:
            raise Invalid(_warning(likely), field="duplicate_reason")
        changed["duplicate_reason"] = reason if likely else ""
    if "remitter" in changed:
        changed["remitter_namnd"] = find_namnd(facts.remitter)
    count_up(remiss, expected_version)
    Remiss.objects.filter(pk=remiss.pk).update(**changed)
    record(
        remiss,
        actor=actor,
        verb="amended",
        summary=f"Ändrade uppgifterna om {facts.dnr}",
        scope=scope_of(remiss),
        reason=changed.get("duplicate_reason", ""),
    )
    return Remiss.objects.get(pk=remiss.pk)


# Shared with what amends the parts ---------------------------------------------------------------


def count_up(remiss: Remiss, expected_version: int) -> None:
    """One more change of the remiss. Raises Conflict when it is another than the person saw."""
    rows = Remiss.objects.filter(pk=remiss.pk, revision=expected_version)
    if not rows.update(revision=F("revision") + 1):
        raise Conflict(CHANGED_MEANWHILE)


def scope_of(remiss: Remiss) -> str:
    """The code of the nämnd whose register the remiss stands in; "" when nobody's."""
    namnd = remiss.registered_by_namnd
    return namnd.code if namnd else ""


def proposal_text(text: str, number: int) -> str:
    return running_text(text, field="proposals", label=f"Att-sats {number}", most=LONGEST_PROPOSAL)


def tell_those_asked(rows: Sequence[Remissinstans], *, actor: User) -> None:
    """By mail, to the secretaries of the nämnder; not to who did it."""
    asked = {row.namnd_id: row for row in rows if row.namnd_id and row.asked}
    held = (
        Membership.objects.valid_on(timezone.localdate())
        .filter(namnd__in=asked, role=Role.NAMNDSEKRETERARE, user__is_active=True)
        .select_related("user", "namnd")
        .order_by("pk")
    )
    for one in held:
        if one.namnd_id is None or one.user == actor or not one.user.email:
            continue
        row, namnd = asked[one.namnd_id], one.namnd
        assert namnd is not None  # noqa: S101 - the query asked for such
        remiss = row.remiss
        until = f" senast {row.due_on}" if row.due_on else ""
        post_mail(
            key=f"remiss:{row.pk}:{one.user_id}",
            person=one.user,
            subject=f"Ny remiss till {namnd}: {remiss.dnr}",
            body=(
                f"{namnd} är tillfrågad om {remiss.dnr}, {remiss.title}, från {remiss.remitter}. "
                f"Svaret ska lämnas{until or ' (svarsdagen är inte känd)'}.\n\n"
                "Logga in i Samlad för att ge ärendet nämndens diarienummer och se planen."
            ),
            posted_by=actor,
            scope=namnd.code,
        )


# Parts ------------------------------------------------------------------------------------------


def _checked(facts: MatterFacts) -> MatterFacts:
    remitter = one_line(
        facts.remitter, field="remitter", label="Remittent", most=120, required=True
    )
    dnr = one_line(
        facts.dnr, field="dnr", label="Remittentens diarienummer", most=60, required=True
    )
    if facts.kind and facts.kind not in RemissKind.values:
        raise Invalid("Välj ett slag i listan.", field="kind")
    board = find_namnd(remitter)
    return MatterFacts(
        dnr=tidy_dnr(dnr, from_ks=board is not None and board.code == "kommunstyrelsen"),
        remitter=remitter,
        title=one_line(facts.title, field="title", label="Rubrik", most=300, required=True),
        kind=facts.kind,
        author=one_line(facts.author, field="author", label="Förslagsställare", most=150),
        party=one_line(facts.party, field="party", label="Parti", most=20),
        received_on=day(facts.received_on, field="received_on"),
    )


def _check_instances(instances: Sequence[InstanceInput], own: OwnPart | None) -> None:
    check_once([(i.line, i.name, i.namnd) for i in instances])
    for instance in instances:
        day(instance.due_on, field="due_on")
        one_line(instance.name, field="instances", label="Instansens namn", most=200)
    if own is None:
        return
    day(own.due_on, field="own_due_on")
    named = next((i for i in instances if i.namnd and i.namnd.pk == own.namnd.pk), None)
    if named is not None and not own.asked:
        raise Invalid(
            f"{own.namnd} står bland instanserna, så nämnden är tillfrågad.", field="own_part"
        )


def _lay_in(
    remiss: Remiss, instances: Sequence[InstanceInput], own: OwnPart | None
) -> list[Remissinstans]:
    rows = [
        Remissinstans(
            remiss=remiss, name_as_written=i.name, namnd=i.namnd, due_on=i.due_on, order=order
        )
        for order, i in enumerate(instances, start=1)
    ]
    if own is not None:
        mine = next((row for row in rows if row.namnd_id == own.namnd.pk), None)
        if mine is None:
            mine = Remissinstans(
                remiss=remiss,
                name_as_written=own.namnd.name,
                namnd=own.namnd,
                asked=own.asked,
                order=len(rows) + 1,
            )
            rows.append(mine)
        mine.due_on = own.due_on or mine.due_on
    return Remissinstans.objects.bulk_create(rows)


def _free_slug(facts: MatterFacts) -> str:
    begins = dnr_slug(facts.dnr, as_written=True)[:44].strip("-") or "remiss"
    taken = set(Remiss.objects.filter(slug__startswith=begins).values_list("slug", flat=True))
    taken |= RESERVED
    number, slug = 1, begins
    while slug in taken:
        number += 1
        slug = f"{begins}-{number}"
    return slug


def _warning(likely: Sequence[Duplicate]) -> str:
    listed = " och ".join(f"{one.remiss.dnr} ({one.why})" for one in likely[:3])
    return (
        f"Remissen verkar redan vara registrerad: {listed}. Är den det, så öppna den och ge den "
        "nämndens nummer där. Är den här en annan, skriv varför."
    )


def _hold(*names: str) -> None:
    """Those who register the same at once come one after the other; others do not wait."""
    with connection.cursor() as cursor:
        for number in sorted({zlib.crc32(name.encode()) for name in names}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [7264, number - 2**31])


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
