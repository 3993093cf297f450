"""Sections that another unit writes, each with a day of its own.

Who is given a section may write in that one, and in nothing else of the paper.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from organisation.enums import INSIDE_ROLES
from organisation.models import Membership, User
from papers.domain.changes import current_version, record_change, take
from papers.domain.content import WRITTEN_KINDS, check_lengths, check_words
from papers.domain.errors import InvalidContent, NotAllowed
from papers.domain.workflow import ONLY_SECRETARIES, Action, find_transition
from papers.models import Paper, Section, SectionTask
from papers.rules import may_write

NOT_OF_THE_NAMND = "Personen har ingen roll i nämnden. Be systemförvaltaren ge den en."
GIVEN_ALREADY = "Avsnittet är redan fördelat. Ta tillbaka det först."
UNIT_MISSING = "Skriv vilken enhet som skriver avsnittet."


def people_to_ask(paper: Paper) -> QuerySet[User]:
    """Everyone who works in the nämnd today, by name."""
    today = timezone.localdate()
    inside = Membership.objects.valid_on(today).filter(namnd=paper.namnd_id, role__in=INSIDE_ROLES)
    return User.objects.filter(is_active=True, pk__in=inside.order_by().values("user_id")).order_by(
        "name", "username"
    )


def tasks_of(paper: Paper) -> list[SectionTask]:
    """What has been given out of the paper, what is left first. For its own nämnd."""
    rows = paper.tasks.select_related("person", "given_by")
    return sorted(rows, key=lambda task: (task.done_at is not None, task.due_on, task.pk))


def given_keys(user: User, paper: Paper) -> Collection[str]:
    """Keys of the sections that the person has been given and not finished; one query."""
    return set(
        SectionTask.objects.open()
        .filter(paper=paper, person=user)
        .order_by()
        .values_list("key", flat=True)
    )


def sections_to_give(paper: Paper) -> list[Section]:
    """The sections of the current version that are written and have a key of their own."""
    sections = [s for s in current_version(paper).sections.all() if s.kind in WRITTEN_KINDS]
    keys = [s.key for s in sections]
    return [s for s in sections if s.key and keys.count(s.key) == 1]


@transaction.atomic
def give_section(
    paper: Paper,
    *,
    key: str,
    person: User,
    unit: str,
    due_on: dt.date,
    actor: User,
    note: str = "",
) -> SectionTask:
    """Let `person` at `unit` write a section by a day. The same again changes nothing.

    Raises NotAllowed; NotOpen when the paper is no draft; InvalidContent for a section that is
    given to somebody else, or a person without a role in the nämnd.
    """
    paper = take(paper.pk)
    find_transition(Action.GIVE, paper, actor=actor)
    unit, note = " ".join(unit.split()), note.strip()
    section = next((s for s in sections_to_give(paper) if s.key == key), None)
    if section is None:
        raise InvalidContent("Välj ett avsnitt som skrivs.")
    if not unit:
        raise InvalidContent(UNIT_MISSING)
    check_words(unit, "Enheten")
    check_words(note, "Anteckningen")
    if not people_to_ask(paper).filter(pk=person.pk).exists():
        raise InvalidContent(NOT_OF_THE_NAMND)
    there = SectionTask.objects.open().filter(paper=paper, key=key).first()
    if there is not None:
        if (there.person_id, there.unit, there.due_on) == (person.pk, unit, due_on):
            return there
        raise InvalidContent(GIVEN_ALREADY)
    task = SectionTask(
        paper=paper,
        key=key,
        heading=section.heading,
        unit=unit,
        person=person,
        due_on=due_on,
        note=note,
        given_by=actor,
    )
    check_lengths(task)
    task.save()
    record_change(
        paper,
        Action.GIVE,
        actor=actor,
        summary=f"Fördelade avsnittet ”{section.heading}” till {unit}, senast {due_on:%Y-%m-%d}",
        reason=note,
    )
    return task


@transaction.atomic
def finish_section(task: SectionTask, *, actor: User) -> SectionTask:
    """Say that the section is written; by who was given it, or a nämndsekreterare.

    The same again changes nothing. Raises NotAllowed.
    """
    paper = take(task.paper_id)
    task = SectionTask.objects.get(pk=task.pk)
    if actor.pk != task.person_id and not may_write(actor, paper):
        raise NotAllowed(ONLY_SECRETARIES)
    if task.done_at is None:
        task.done_at = timezone.now()
        task.save(update_fields=["done_at"])
        record_change(
            paper, Action.GIVE, actor=actor, summary=f"Avsnittet ”{task.heading}” är klart"
        )
    return task


@transaction.atomic
def take_back_section(task: SectionTask, *, actor: User) -> None:
    """Take a section back from who was given it. The same again changes nothing.

    Raises NotAllowed.
    """
    paper = take(task.paper_id)
    if not may_write(actor, paper):
        raise NotAllowed(ONLY_SECRETARIES)
    if SectionTask.objects.open().filter(pk=task.pk).delete()[0]:
        record_change(
            paper,
            Action.GIVE,
            actor=actor,
            summary=f"Tog tillbaka avsnittet ”{task.heading}” från {task.unit}",
        )
