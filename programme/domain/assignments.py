"""Commands on an uppdrag: register it, change what is known of it, close it without an account.

Each checks the person's right and the state, runs in one transaction, refuses what builds on an
older revision, and writes its event. The same again changes nothing.
"""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from organisation.models import Decision, Namnd, User
from organisation.personnummer import why_not_personnummer
from organisation.readable import REFUSED, is_readable
from programme.assignment_enums import AssignmentOrigin
from programme.domain.assignment_errors import Conflict, Invalid
from programme.domain.assignment_workflow import Action, find_transition
from programme.models import Assignment, AssignmentGoal, AssignmentPartner, Goal
from trace.domain import record
from trace.models import Event

# Addresses below /uppdrag/ that are no uppdrag.
TAKEN_SLUGS = frozenset({"nytt"})


@dataclass(frozen=True)
class Partner:
    """One of: a nämnd, a group of them, another by name."""

    namnd: Namnd | None = None
    group: str = ""
    name: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of an uppdrag. Blank is not known, and is never filled in with a guess."""

    title: str
    origin: str
    text: str = ""
    abridged: bool = False
    origin_year: int | None = None
    origin_decision: Decision | None = None
    origin_as_written: str = ""
    dnr: str = ""
    due_on: dt.date | None = None
    due_as_written: str = ""
    note: str = ""
    source: str = ""
    partners: tuple[Partner, ...] = ()
    goals: tuple[Goal, ...] = ()
    goals_source: str = ""
    """Who says that the uppdrag works towards those goals."""


WORDS = {
    "title": "Rubriken",
    "text": "Texten",
    "origin_as_written": "Ursprunget",
    "dnr": "Diarienumret",
    "due_as_written": "Tiden",
    "note": "Anmärkningen",
    "source": "Källan",
}
COLUMNS = (
    "title",
    "origin",
    "text",
    "abridged",
    "origin_year",
    "origin_decision",
    "origin_as_written",
    "dnr",
    "due_on",
    "due_as_written",
    "note",
    "source",
)


@transaction.atomic
def create_assignment(
    facts: Facts,
    *,
    actor: User | None,
    namnd: Namnd | None = None,
    group: str = "",
    slug: str = "",
    is_example: bool = False,
) -> Assignment:
    """Register an uppdrag that a budget or a decision gave to a nämnd, or to a group of them.

    actor: None for the program itself (the demo). slug: made of the title when none is given.
    Raises NotAllowed; Invalid (`field`) for what does not go together or cannot be kept.
    Side effects: the uppdrag, its partners and links to goals, an event.
    """
    assignment = Assignment(namnd=namnd, group=group, is_example=is_example)
    transition = find_transition(Action.CREATE, assignment, actor=actor)
    _check(facts)
    for name in COLUMNS:
        setattr(assignment, name, getattr(facts, name))
    assignment.slug = slug or _free_slug(facts.title)
    assignment.state = transition.target
    _validate(assignment)
    assignment.save()
    _set_links(assignment, facts)
    record_change(
        assignment, Action.CREATE, actor=actor, summary=f"Registrerade uppdraget {facts.title}"
    )
    return assignment


@transaction.atomic
def change_assignment(
    assignment: Assignment, *, actor: User, expected_version: int, facts: Facts
) -> Assignment:
    """Change what is known of an open uppdrag; whose it is stands. The same again changes nothing.

    Raises NotAllowed, NotOpen, Invalid, Conflict.
    """
    assignment = take(assignment.pk)
    find_transition(Action.CHANGE, assignment, actor=actor)
    _check(facts)
    changed = [name for name in COLUMNS if getattr(assignment, name) != getattr(facts, name)]
    links = _links_differ(assignment, facts)
    if not changed and not links:
        return assignment
    check_revision(assignment, expected_version)
    for name in changed:
        setattr(assignment, name, getattr(facts, name))
    _validate(assignment)
    advance(assignment, **{name: getattr(facts, name) for name in changed})
    if links:
        assignment.partners.all().delete()
        assignment.goal_links.all().delete()
        _set_links(assignment, facts)
    words = [str(Assignment._meta.get_field(n).verbose_name) for n in changed]  # type: ignore[union-attr]
    what = ", ".join([*words, *(["samverkan och mål"] if links else [])])
    record_change(assignment, Action.CHANGE, actor=actor, summary=f"Ändrade uppdraget ({what})")
    return assignment


@transaction.atomic
def close_assignment(
    assignment: Assignment, *, actor: User, expected_version: int, reason: str
) -> Assignment:
    """End an uppdrag without a (final) account. What was accounted for stays.

    reason: read by everyone who reads the uppdrag. The same again changes nothing.
    Raises NotAllowed, NotOpen, Invalid (no reason), Conflict.
    """
    assignment = take(assignment.pk)
    transition = find_transition(Action.CLOSE, assignment, actor=actor, reason=reason)
    check_words(reason, "Skälet", "reason")
    check_revision(assignment, expected_version)
    advance(assignment, state=transition.target, closed_reason=reason.strip())
    record_change(
        assignment,
        Action.CLOSE,
        actor=actor,
        summary="Avslutade uppdraget utan redovisning",
        reason=reason.strip(),
    )
    return assignment


# What the commands on accounts use too ------------------------------------------------------------


def take(assignment_id: int) -> Assignment:
    """The uppdrag as it stands in the database, held until the transaction ends."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("namnd", "origin_decision")
        .get(pk=assignment_id)
    )


def check_revision(assignment: Assignment, expected: int) -> None:
    """Raises Conflict when the uppdrag has changed since `expected`."""
    if assignment.revision != expected:
        last = Event.objects.about(assignment).first()
        raise Conflict(
            revision=assignment.revision,
            by=last.actor if last else None,
            at=last.happened_at if last else None,
        )


def advance(assignment: Assignment, **changes: object) -> None:
    """Count one change, with `changes` to its own columns; conditional on the revision read."""
    changed = Assignment.objects.filter(pk=assignment.pk, revision=assignment.revision).update(
        revision=F("revision") + 1, **changes
    )
    if not changed:
        raise Conflict(revision=assignment.revision)
    assignment.revision += 1
    for name, value in changes.items():
        setattr(assignment, name, value)


def record_change(
    assignment: Assignment,
    action: Action,
    *,
    actor: User | None,
    summary: str,
    reason: str = "",
    scope: str = "",
) -> None:
    """Write the event of a change, for the nämnd whose matter it is."""
    record(
        assignment,
        actor=actor,
        verb=action.value,
        summary=summary,
        scope=scope or assignment.scope,
        reason=reason,
    )


def check_words(text: str, what: str, field: str) -> None:
    """Raises Invalid for a personnummer in a text, and for signs that cannot be kept."""
    if not is_readable(text):
        raise Invalid(f"{what} {REFUSED}", field=field)
    if problem := why_not_personnummer(text, what):
        raise Invalid(problem, field=field)


# Parts ------------------------------------------------------------------------------------------


def _check(facts: Facts) -> None:
    if not facts.title.strip():
        raise Invalid("Skriv en rubrik.", field="title")
    if facts.origin not in AssignmentOrigin.values:
        raise Invalid("Välj om uppdraget kommer av en budget eller ett beslut.", field="origin")
    if facts.due_as_written and facts.due_on is None:
        raise Invalid(
            "Ange också dagen, så att det går att räkna hur lång tid som är kvar.", field="due_on"
        )
    for name, what in WORDS.items():
        check_words(getattr(facts, name), what, name)
    for partner in facts.partners:
        check_words(partner.name, "Samverkansparten", "others")
    check_words(facts.goals_source, "Källan", "goals_source")


def _validate(assignment: Assignment) -> None:
    """The model's own checks: lengths, kinds and what must go together."""
    try:
        assignment.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            raise Invalid(messages[0], field="" if name == "__all__" else name) from error


def _free_slug(title: str) -> str:
    """An address made of the title, that no other uppdrag has."""
    stem = slugify(title.translate(str.maketrans("åäöéÅÄÖÉ", "aaoeAAOE")))[:70].strip("-")
    stem = stem or "uppdrag"
    found = Assignment.objects.filter(slug__startswith=stem)
    there = TAKEN_SLUGS | set(found.order_by().values_list("slug", flat=True))
    candidates = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(slug for slug in candidates if slug not in there)


def _set_links(assignment: Assignment, facts: Facts) -> None:
    AssignmentPartner.objects.bulk_create(
        AssignmentPartner(assignment=assignment, namnd=p.namnd, group=p.group, name=p.name.strip())
        for p in dict.fromkeys(facts.partners)
    )
    AssignmentGoal.objects.bulk_create(
        AssignmentGoal(assignment=assignment, goal=goal, source=facts.goals_source.strip())
        for goal in dict.fromkeys(facts.goals)
    )


def _links_differ(assignment: Assignment, facts: Facts) -> bool:
    partners = {(p.namnd_id, p.group, p.name) for p in assignment.partners.all()}
    wanted = {(p.namnd.pk if p.namnd else None, p.group, p.name.strip()) for p in facts.partners}
    goals = {(link.goal_id, link.source) for link in assignment.goal_links.all()}
    return partners != wanted or goals != {
        (goal.pk, facts.goals_source.strip()) for goal in facts.goals
    }


def partners_of(assignment: Assignment) -> Sequence[Partner]:
    """The partners as values."""
    return [Partner(p.namnd, p.group, p.name) for p in assignment.partners.select_related("namnd")]


def facts_of(assignment: Assignment) -> Facts:
    """What is known of the uppdrag, as values."""
    links = list(assignment.goal_links.select_related("goal"))
    return Facts(
        **{name: getattr(assignment, name) for name in COLUMNS},
        partners=tuple(partners_of(assignment)),
        goals=tuple(link.goal for link in links),
        goals_source=links[0].source if links else "",
    )
