"""What a nämnd adopts in its verksamhetsplan, and what is expected of it but not adopted.

A nämnd adopts, a year at a time and by a decision, the programme's activities and indicators that
concern it, and may set its own activities and årsmål beside them.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from indicators.domain.checks import MAX_COMMENT, PER_CENT, check_words
from indicators.domain.errors import InvalidEntry, NotAllowed, Refused
from indicators.domain.plans import Plan, read_plan
from indicators.models import (
    AdoptedActivity,
    AdoptedIndicator,
    Adoption,
    OwnActivity,
    Target,
)
from indicators.rules import may_adopt
from organisation.models import Namnd, User
from trace.domain import record

NOT_AN_ADOPTER = "Bara nämndens sekreterare eller chef kan registrera vad nämnden har antagit."
MAX_OWN_TEXT = 500
MAX_OWN_PER_GOAL = 30
_PARAGRAPH = re.compile(r"(?:§ ?)?(\d{1,4} ?[a-z]?)", re.IGNORECASE)


class StalePlan(Refused):
    """Somebody else has registered something since: `revision` is the one that is saved now."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            "Någon annan har ändrat det som är registrerat sedan du öppnade sidan. "
            "Sparar du igen ersätts det av det som står här."
        )
        self.revision = revision


@dataclass(frozen=True)
class PlanInput:
    """What the nämnd has decided.

    paragraph: "12" or "§ 12". own_activities: goal id → texts, in order. targets: indicator id →
    the nämnd's own årsmål for the year; absent or None: none. reason: why what is registered is
    changed.
    """

    decided_on: dt.date | None
    paragraph: str
    activity_ids: frozenset[int] = frozenset()
    indicator_ids: frozenset[int] = frozenset()
    own_activities: Mapping[int, Sequence[str]] = field(default_factory=dict)
    targets: Mapping[int, Decimal | None] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class PlanProblem:
    """What is wrong: `about` is "decided_on", "paragraph", "reason", "own" (pk of a goal) or
    "target" (pk of an indicator).
    """

    about: str
    message: str
    pk: int = 0


def clean_paragraph(text: str) -> str:
    """ "§ 12" → "12"; "" when it is no paragraph."""
    found = _PARAGRAPH.fullmatch(" ".join(text.split()))
    return found[1].replace(" ", "").lower() if found else ""


def check_plan(plan: Plan, given: PlanInput) -> list[PlanProblem]:
    """What is wrong with what is given, in the order of the page."""
    problems: list[PlanProblem] = []
    if message := _why_not_decided(plan.year, given.decided_on):
        problems.append(PlanProblem("decided_on", message))
    if not clean_paragraph(given.paragraph):
        problems.append(PlanProblem("paragraph", "Skriv paragrafens nummer, till exempel 12."))
    for goal in plan.goals:
        for row in goal.indicators:
            value = given.targets.get(row.indicator.pk)
            if value is None:
                continue
            message = ""
            if row.indicator.pk not in given.indicator_ids:
                message = "Kryssa i indikatorn också, eller ta bort årsmålet."
            elif value < 0:
                message = "Ett årsmål kan inte vara negativt."
            elif row.definition.unit == PER_CENT and value > 100:
                message = "En andel kan inte vara större än 100 procent."
            if message:
                problems.append(PlanProblem("target", message, row.indicator.pk))
        if message := _why_not_own(given.own_activities.get(goal.goal.pk, ())):
            problems.append(PlanProblem("own", message, goal.goal.pk))
    if plan.adoption is not None and not given.reason.strip():
        problems.append(PlanProblem("reason", "Skriv varför det som är registrerat ändras."))
    elif message := check_words(given.reason, most=MAX_COMMENT, what="Texten"):
        problems.append(PlanProblem("reason", message))
    return problems


def _why_not_decided(year: int, day: dt.date | None) -> str:
    if day is None:
        return "Ange vilken dag nämnden beslutade."
    if day > timezone.localdate():
        return "Beslutet är inte fattat än. Registrera det när nämnden har beslutat."
    if day.year not in (year - 1, year):
        said = date_format(day, "j F Y")
        return f"Verksamhetsplanen för {year} beslutas {year - 1} eller {year}, inte {said}."
    return ""


def _why_not_own(texts: Sequence[str]) -> str:
    if len(texts) > MAX_OWN_PER_GOAL:
        return f"Högst {MAX_OWN_PER_GOAL} egna aktiviteter för ett mål. Nu är de {len(texts)}."
    for number, text in enumerate(texts, start=1):
        if message := check_words(text, most=MAX_OWN_TEXT, what=f"Rad {number}"):
            return message
    return ""


@transaction.atomic
def adopt(
    namnd: Namnd, year: int, given: PlanInput, *, actor: User, expected_revision: int
) -> Adoption:
    """Register what the nämnd has decided for the year; the whole takes the place of what stood.

    expected_revision: the adoption's `revision` that the person saw; 0 when there was none.
    The same content again changes nothing, whatever `expected_revision` says.
    Side effects: the adoption with its parts, the nämnd's own targets, one event.
    Raises NotAllowed; InvalidEntry when a check refuses it, or when it names what is neither
    expected of the nämnd nor adopted before; StalePlan.
    """
    if not may_adopt(actor, Adoption(namnd=namnd, year=year)):
        raise NotAllowed(NOT_AN_ADOPTER)
    # Whoever registers for the same nämnd at the same time waits here.
    Namnd.objects.select_for_update().get(pk=namnd.pk)
    plan = read_plan(namnd, year)
    if plan is None:
        raise InvalidEntry(f"{namnd} finns inte {year}, eller så löper inget program det året.")
    known_activities = {row.activity.pk for goal in plan.goals for row in goal.activities}
    known_indicators = {row.indicator.pk for goal in plan.goals for row in goal.indicators}
    if (
        not given.activity_ids <= known_activities
        or not given.indicator_ids <= known_indicators
        or not given.targets.keys() <= known_indicators
        or not given.own_activities.keys() <= {goal.goal.pk for goal in plan.goals}
    ):
        raise InvalidEntry("Det som antas ska vara något som väntas av nämnden.")
    adoption = plan.adoption
    # Asked before the checks: whoever presses twice has given no reason the second time either.
    if adoption is not None and _is_saved(plan, given):
        return adoption
    if problems := check_plan(plan, given):
        raise InvalidEntry(" ".join(problem.message for problem in problems))
    saved_revision = adoption.revision if adoption else 0
    if saved_revision != expected_revision:
        raise StalePlan(saved_revision)

    assert given.decided_on is not None  # noqa: S101 - checked above
    paragraph = clean_paragraph(given.paragraph)
    if adoption is None:
        adoption = Adoption.objects.create(
            namnd=namnd, year=year, decided_on=given.decided_on, paragraph=paragraph, revision=1
        )
    else:
        Adoption.objects.filter(pk=adoption.pk).update(
            decided_on=given.decided_on, paragraph=paragraph, revision=F("revision") + 1
        )
        adoption.decided_on, adoption.paragraph = given.decided_on, paragraph
        adoption.revision = saved_revision + 1
    _write_ticks(adoption, given)
    _write_own(adoption, given)
    _write_targets(adoption, plan, given)
    record(
        adoption,
        actor=actor,
        verb="adopted" if saved_revision == 0 else "changed",
        summary=_summary(adoption, given, first=saved_revision == 0),
        scope=namnd.code,
        reason=given.reason.strip(),
    )
    return adoption


def _is_saved(plan: Plan, given: PlanInput) -> bool:
    adoption = plan.adoption
    assert adoption is not None  # noqa: S101 - asked by the caller
    rows = [row for goal in plan.goals for row in goal.indicators]
    return (
        (adoption.decided_on, adoption.paragraph)
        == (given.decided_on, clean_paragraph(given.paragraph))
        and given.activity_ids
        == {r.activity.pk for g in plan.goals for r in g.activities if r.is_adopted}
        and given.indicator_ids == {row.indicator.pk for row in rows if row.is_adopted}
        and all(row.own_target == given.targets.get(row.indicator.pk) for row in rows)
        and all(
            goal.own_activities == tuple(given.own_activities.get(goal.goal.pk, ()))
            for goal in plan.goals
        )
    )


def _write_ticks(adoption: Adoption, given: PlanInput) -> None:
    _tick(AdoptedActivity, adoption, "activity_id", given.activity_ids)
    _tick(AdoptedIndicator, adoption, "indicator_id", given.indicator_ids)


def _tick(model: type[models.Model], adoption: Adoption, key: str, wanted: frozenset[int]) -> None:
    rows = model._default_manager.filter(adoption=adoption)
    there = set(rows.values_list(key, flat=True))
    if gone := there - wanted:
        rows.filter(**{f"{key}__in": gone}).delete()
    model._default_manager.bulk_create(
        [model(adoption=adoption, **{key: pk}) for pk in sorted(wanted - there)]
    )


def _write_own(adoption: Adoption, given: PlanInput) -> None:
    """What stands in its place already is left alone, so that the history tells what changed."""
    wanted = {
        (goal_id, order): text
        for goal_id, texts in given.own_activities.items()
        for order, text in enumerate(texts, start=1)
    }
    there = {(own.goal_id, own.order): own for own in adoption.own_activities.all()}
    if gone := [own.pk for place, own in there.items() if place not in wanted]:
        OwnActivity.objects.filter(pk__in=gone).delete()
    changed = []
    for place, own in there.items():
        if place in wanted and own.text != wanted[place]:
            own.text = wanted[place]
            changed.append(own)
    if changed:
        OwnActivity.objects.bulk_update(changed, ["text"])
    OwnActivity.objects.bulk_create(
        OwnActivity(adoption=adoption, goal_id=goal_id, order=order, text=text)
        for (goal_id, order), text in wanted.items()
        if (goal_id, order) not in there
    )


def _write_targets(adoption: Adoption, plan: Plan, given: PlanInput) -> None:
    """The nämnd's own årsmål, with the decision as their source. Others than these stay."""
    source = (
        f"Verksamhetsplan {adoption.year}, beslutad {adoption.decided_on:%Y-%m-%d} "
        f"§ {adoption.paragraph}"
    )
    for row in (row for goal in plan.goals for row in goal.indicators):
        value = given.targets.get(row.indicator.pk)
        place: dict[str, Any] = {
            "indicator": row.indicator,
            "namnd": adoption.namnd,
            "year": adoption.year,
            "valid_from": None,
        }
        if value is None:
            if row.own_target is not None:
                Target.objects.filter(**place).delete()
        elif value != row.own_target:
            Target.objects.update_or_create(
                **place,
                defaults={"value": value, "source": source, "is_example": adoption.is_example},
            )


def _summary(adoption: Adoption, given: PlanInput, *, first: bool) -> str:
    own = sum(len(texts) for texts in given.own_activities.values())
    return (
        f"{'Registrerade' if first else 'Ändrade'} verksamhetsplan {adoption.year}, "
        f"beslutad {adoption.decided_on:%Y-%m-%d} § {adoption.paragraph}: "
        f"{len(given.activity_ids)} aktiviteter, {len(given.indicator_ids)} indikatorer, "
        f"{own} egna aktiviteter"
    )
