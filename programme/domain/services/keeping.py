"""Keeping the register of stöd och insatser: add, change, verify, retire, take back.

Facts that are verified stay verified only as long as they stand: a change takes the verification
away, unless whoever changes says that the facts are verified now.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from organisation.domain.errors import Invalid, NotAllowed, Refused
from organisation.models import Namnd, User
from organisation.personnummer import why_not_personnummer
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models import Goal, Service, ViolenceType
from programme.rules import may_keep_services
from trace.domain import record
from trace.models import Event

ONLY_SAMORDNARE = "Bara samordnaren sköter registret över stöd och insatser."
# What stands in addresses where the code of a service might.
TAKEN_BY_PAGES = frozenset({"ny", "stadsdel", "att-kontrollera"})
TEXTS = ("name", "description", "operator", "how_to_reach", "website", "place_note", "source")
CHOICES = {
    "provider": Provider.choices,
    "audiences": Audience.choices,
    "anonymous": Anonymity.choices,
    "reach": Reach.choices,
}
LINKS = ("violence_types", "namnder", "goals")


class Conflict(Refused):
    """Somebody else was first: what was written builds on an older revision.

    service: as it stands now. by: who changed it last, as far as is known.
    """

    def __init__(self, service: Service, *, by: User | None) -> None:
        super().__init__("Någon annan har ändrat posten sedan du öppnade sidan.")
        self.service = service
        self.by = by


@dataclass(frozen=True)
class ServiceFacts:
    """All that is stated of a service. What nobody knows is left out: it is then unknown."""

    name: str
    description: str = ""
    provider: str = ""
    operator: str = ""
    age_from: int | None = None
    age_to: int | None = None
    violence_types: Collection[ViolenceType] = ()
    audiences: Collection[str] = ()
    anonymous: str = Anonymity.OKANT
    how_to_reach: str = ""
    website: str = ""
    reach: str = Reach.OKANT
    namnder: Collection[Namnd] = ()
    place_note: str = ""
    goals: Collection[Goal] = ()
    source: str = ""
    is_example: bool = field(default=False)


COLUMNS = tuple(f.name for f in fields(ServiceFacts) if f.name not in LINKS)


@transaction.atomic
def add_service(facts: ServiceFacts, *, actor: User, verified: bool = False) -> Service:
    """Add an operation to the register. Its code, for its address, is made from its name.

    verified: the facts were checked with the operation itself, today.
    Raises NotAllowed; Invalid, with the field that is wrong.
    """
    _check_right(actor)
    _check_facts(facts)
    service = Service(code=_free_code(facts.name))
    _lay_in(service, facts)
    if verified:
        service.verified_on, service.verified_by = timezone.localdate(), actor
    _full_clean(service)
    service.save()
    _link(service, facts)
    record(service, actor=actor, verb="insats-tillagd", summary=f"Lade till {service}")
    if verified:
        _record_verified(service, actor)
    return service


@transaction.atomic
def change_service(
    service: Service,
    facts: ServiceFacts,
    *,
    actor: User,
    expected_version: int,
    verified: bool = False,
) -> Service:
    """Change what is stated of a service. The same again changes nothing.

    verified: the facts were checked with the operation itself, today; without it a change of
    facts takes an earlier verification away (links to goals are no facts of the operation).
    Raises NotAllowed; Conflict; Invalid, with the field that is wrong.
    """
    _check_right(actor)
    _check_facts(facts)
    service = _take(service, expected_version)
    changed = changed_fields(service, facts)
    if not changed:
        return verify_now(service, actor) if verified else service
    _lay_in(service, facts)
    lost = False
    if set(changed) - {"goals", "is_example"} and not verified and service.verified_on:
        service.verified_on = service.verified_by = None
        lost = True
    if verified:
        service.verified_on, service.verified_by = timezone.localdate(), actor
    _full_clean(service)
    service.revision = F("revision") + 1
    service.save()
    service.refresh_from_db()
    _link(service, facts)
    words = ", ".join(_name_of(name) for name in changed)
    after = " (behöver kontrolleras igen)" if lost else ""
    record(
        service,
        actor=actor,
        verb="insats-andrad",
        summary=f"Ändrade {service}: {words}{after}",
    )
    if verified:
        _record_verified(service, actor)
    return service


@transaction.atomic
def verify_service(service: Service, *, actor: User, expected_version: int) -> Service:
    """State that the facts were checked today. Raises NotAllowed; Conflict; Invalid if retired."""
    _check_right(actor)
    service = _take(service, expected_version)
    if service.retired_on is not None:
        raise Invalid("Posten används inte längre. Ta tillbaka den innan du kontrollerar den.")
    return verify_now(service, actor)


def verify_now(service: Service, actor: User) -> Service:
    """The row is held by the caller, who has asked for the right."""
    today = timezone.localdate()
    if service.verified_on == today and service.verified_by_id == actor.pk:
        return service
    service.verified_on, service.verified_by = today, actor
    _count(service, "verified_on", "verified_by")
    _record_verified(service, actor)
    return service


@transaction.atomic
def retire_service(service: Service, *, actor: User, expected_version: int, why: str) -> Service:
    """Take an operation that is no more out of use; what is known of it stays to be read.

    Raises NotAllowed; Conflict; Invalid without a reason.
    """
    _check_right(actor)
    why = why.strip()
    if not why:
        raise Invalid("Skriv varför posten inte längre används.", field="why")
    if problem := why_not_personnummer(why):
        raise Invalid(problem, field="why")
    if len(why) > _room("retired_why"):
        raise Invalid(f"Skriv högst {_room('retired_why')} tecken.", field="why")
    service = _take(service, expected_version)
    if service.retired_on is not None:
        raise Invalid("Posten används redan inte längre.")
    service.retired_on, service.retired_why = timezone.localdate(), why
    _count(service, "retired_on", "retired_why")
    record(
        service,
        actor=actor,
        verb="insats-avslutad",
        summary=f"Tog {service} ur bruk",
        reason=why,
    )
    return service


@transaction.atomic
def take_back_service(service: Service, *, actor: User, expected_version: int) -> Service:
    """Take a retired operation back into use. Raises NotAllowed; Conflict; Invalid if in use."""
    _check_right(actor)
    service = _take(service, expected_version)
    if service.retired_on is None:
        raise Invalid("Posten används redan.")
    service.retired_on, service.retired_why = None, ""
    _count(service, "retired_on", "retired_why")
    record(service, actor=actor, verb="insats-atertagen", summary=f"Tog tillbaka {service} i bruk")
    return service


def facts_of(service: Service) -> ServiceFacts:
    """What is stated of a service now."""
    facts: dict[str, Any] = {name: getattr(service, name) for name in COLUMNS}
    facts |= {name: tuple(getattr(service, name).all()) for name in LINKS}
    return ServiceFacts(**facts)


def changed_fields(service: Service, facts: ServiceFacts) -> list[str]:
    """Names of the fields in which `facts` differs from what is stated now."""
    now = facts_of(service)
    return [f.name for f in fields(ServiceFacts) if _plain(now, f.name) != _plain(facts, f.name)]


@dataclass(frozen=True)
class Difference:
    """A field in which what is saved differs from what somebody else wants to write."""

    label: str
    saved: str


def differences(service: Service, facts: ServiceFacts) -> list[Difference]:
    """What is saved now, field by field, where `facts` says something else."""
    now = facts_of(service)
    return [
        Difference(_name_of(name), _in_words(name, getattr(now, name)))
        for name in changed_fields(service, facts)
    ]


# Parts ------------------------------------------------------------------------------------------


def _check_right(actor: User) -> None:
    if not may_keep_services(actor):
        raise NotAllowed(ONLY_SAMORDNARE)


def _check_facts(facts: ServiceFacts) -> None:
    for name in TEXTS:
        if problem := why_not_personnummer(getattr(facts, name)):
            raise Invalid(problem, field=name)
    if not facts.name.strip():
        raise Invalid("Skriv vad verksamheten heter.", field="name")
    if facts.reach == Reach.STADSDELAR and not facts.namnder:
        raise Invalid("Välj minst en stadsdel eller nämnd.", field="namnder")
    if facts.reach != Reach.STADSDELAR and facts.namnder:
        raise Invalid(
            f"Välj ”{Reach.STADSDELAR.label}” när du pekar ut några, eller ta bort dem.",
            field="reach",
        )
    if not facts.source.strip() and not facts.is_example:
        raise Invalid("Skriv varifrån uppgifterna kommer.", field="source")


def _take(service: Service, expected_version: int) -> Service:
    """The row as it stands, held until the transaction ends. Raises Conflict."""
    held = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if held.revision != expected_version:
        last = Event.objects.about(held).first()
        raise Conflict(held, by=last.actor if last else None)
    return held


def _count(service: Service, *names: str) -> None:
    """Save some columns as one change."""
    service.revision += 1
    service.save(update_fields=[*names, "revision"])


def _lay_in(service: Service, facts: ServiceFacts) -> None:
    for name in COLUMNS:
        value = getattr(facts, name)
        if name == "audiences":
            value = list(dict.fromkeys(value))
        setattr(service, name, value.strip() if isinstance(value, str) else value)


def _link(service: Service, facts: ServiceFacts) -> None:
    for name in LINKS:
        getattr(service, name).set(getattr(facts, name))


def _full_clean(service: Service) -> None:
    try:
        service.full_clean()
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise Invalid(messages[0], field="" if name == "__all__" else name) from wrong


def _record_verified(service: Service, actor: User) -> None:
    record(
        service,
        actor=actor,
        verb="insats-kontrollerad",
        summary=f"Kontrollerade uppgifterna om {service}",
    )


def _plain(facts: ServiceFacts, name: str) -> Any:
    value = getattr(facts, name)
    if name in LINKS:
        return {each.pk for each in value}
    if name == "audiences":
        return set(value)
    return value.strip() if isinstance(value, str) else value


def _in_words(name: str, value: Any) -> str:
    if name in LINKS:
        return ", ".join(str(each) for each in value) or "inget"
    choices = dict(CHOICES.get(name, ()))
    if name == "audiences":
        return ", ".join(choices[each] for each in value) or "inget"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "tomt" if value in ("", None) else str(choices.get(value, value))


def _name_of(name: str) -> str:
    return str(Service._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # own fields


def _room(name: str) -> int:
    return Service._meta.get_field(name).max_length  # type: ignore[union-attr, return-value]


_LATIN = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuaaoeu")


def _free_code(name: str) -> str:
    """A code from the name that no service and no page has."""
    base = slugify(name.translate(_LATIN))[:70].strip("-") or "insats"
    taken = set(Service.objects.filter(code__startswith=base).values_list("code", flat=True))
    if base not in taken and base not in TAKEN_BY_PAGES:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
