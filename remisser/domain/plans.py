"""The plans of a nämnd's answers: read, made anew when something changes, and told of.

A plan is counted from the calendar, the rules and the due date whenever it is shown. What was
counted last is kept beside it, so that those concerned are told when it comes out otherwise.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.domain.who import who_for
from organisation.enums import MeetingKind, Role
from organisation.models import Meeting, Membership, Namnd, User
from organisation.rules import may_keep_calendar
from papers.enums import PaperState
from remisser.domain.planning import MeetingDay, Plan, Rule, make_plan, rules_of
from remisser.domain.succession import open_instances
from remisser.enums import RULED_STEPS, PlanAnchor, PlanStep
from remisser.models import AnswerPlan, DnrSeries, DueDateExtension, PlanRule, Remissinstans
from trace.domain import record
from trace.domain.history import Kept, Line, history
from trace.domain.outbox import post_mail

ONLY_ITS_SECRETARY = "Bara nämndens nämndsekreterare och systemförvaltaren ändrar reglerna."
MOST_DAYS = 120
# A meeting that is moved moves the plan of what is with the heads or has been sent out, too.
BEFORE_THE_DECISION = tuple(
    state for state in PaperState if state not in (PaperState.BESLUTAD, PaperState.EXPEDIERAD)
)


@dataclass(frozen=True)
class Calendar:
    """What the plans of one nämnd are counted from."""

    meetings: tuple[MeetingDay, ...]
    rules: tuple[Rule, ...]


def calendar_of(namnd_id: int) -> Calendar:
    """Two queries."""
    meetings = Meeting.objects.filter(namnd=namnd_id, cancelled=False).order_by("date")
    return Calendar(
        meetings=tuple(
            MeetingDay(m.pk, m.date, m.agenda_on, m.kind == MeetingKind.EXTRA) for m in meetings
        ),
        rules=rules_in_force(namnd_id),
    )


def rules_in_force(namnd_id: int) -> tuple[Rule, ...]:
    """One rule for each step that has one: the nämnd's own, else Samlad's default."""
    own = PlanRule.objects.filter(namnd=namnd_id)
    return rules_of(
        Rule(PlanStep(rule.step), rule.days, PlanAnchor(rule.anchor), rule.used) for rule in own
    )


def plan_of(
    instance: Remissinstans, *, today: dt.date, calendar: Calendar | None = None
) -> Plan | None:
    """The plan of the instance's answer as it comes out now; None for one outside Samlad.

    instance: with its answer's paper loaded, if there is one.
    """
    if instance.namnd_id is None:
        return None
    calendar = calendar or calendar_of(instance.namnd_id)
    answer = getattr(instance, "answer", None)
    return make_plan(
        due_on=instance.due_on,
        meetings=calendar.meetings,
        rules=calendar.rules,
        today=today,
        chosen=answer.paper.meeting_id if answer else None,
    )


@transaction.atomic
def replan(namnd_id: int, *, actor: User | None, because: str) -> int:
    """Make the plans of the nämnd's open answers anew. Answers how many came out otherwise.

    because: what changed, as it is told ("Sammanträdeskalendern har ändrats."); "": nobody is
    told, and nothing but the plans is written (the demo).
    Side effects: rows of AnswerPlan; an event and mail for each plan that has changed.
    """
    today = timezone.localdate()
    calendar = calendar_of(namnd_id)
    found = open_instances([namnd_id], today, states=BEFORE_THE_DECISION)
    kept = {
        plan.instance_id: plan
        for plan in AnswerPlan.objects.select_for_update()
        .filter(instance__in=[i.pk for i in found])
        .order_by("pk")
    }
    changed = 0
    for instance in found:
        plan = plan_of(instance, today=today, calendar=calendar)
        if plan is not None:
            changed += _keep(instance, plan, kept.get(instance.pk), actor, because)
    return changed


@transaction.atomic
def set_rules(namnd: Namnd, rules: Collection[Rule], *, actor: User, seen: Collection[Rule]) -> int:
    """Set the rules of a nämnd's planning. Answers how many plans came out otherwise.

    rules: one for each of RULED_STEPS. seen: the rules that the person saw.
    Raises NotAllowed; Invalid for numbers or anchors that do not go; Conflict when somebody else
    has set them meanwhile. The same again changes nothing.
    """
    if not may_keep_calendar(actor, PlanRule(namnd=namnd)):
        raise NotAllowed(ONLY_ITS_SECRETARY)
    Namnd.objects.select_for_update().get(pk=namnd.pk)
    before = {rule.step: rule for rule in rules_in_force(namnd.pk)}
    given = {rule.step: rule for rule in rules}
    if set(given) != set(RULED_STEPS):
        raise Invalid("Varje steg ska ha en regel.")
    if {_facts(rule) for rule in before.values()} == {_facts(rule) for rule in given.values()}:
        return 0
    if {_facts(rule) for rule in before.values()} != {_facts(rule) for rule in seen}:
        raise Conflict("Någon annan har ändrat reglerna sedan du öppnade sidan. Läs dem igen.")
    for rule in given.values():
        _check(rule)
    for step in RULED_STEPS:
        rule = given[step]
        if _facts(rule) != _facts(before[step]) or not before[step].is_default:
            PlanRule.objects.update_or_create(
                namnd=namnd,
                step=step,
                defaults={"days": rule.days, "anchor": rule.anchor, "used": rule.used},
            )
    record(
        namnd,
        actor=actor,
        verb="planeringsregler-andrade",
        summary="Ändrade reglerna för hur svar planeras",
        scope=namnd.code,
    )
    return replan(namnd.pk, actor=actor, because="Nämndens regler för planering har ändrats.")


def next_steps(kept: AnswerPlan, today: dt.date, most: int = 2) -> tuple[str, ...]:
    """What the kept plan says comes next, at most `most` steps: "2026-12-01 Attest"."""
    if not any(step["step"] == PlanStep.SAMMANTRADE for step in kept.steps):
        return ("Inget sammanträde hinner före svarsdagen: se planen",)
    return tuple(
        f"{step['on']} {PlanStep(step['step']).label}"
        for step in kept.steps
        if step["on"] >= today.isoformat() and step["step"] != PlanStep.SVAR
    )[:most]


def plan_history(instance: Remissinstans, *, reader: User) -> list[Line]:
    """How the plan of an answer has changed, and what anstånd was asked for."""
    rows = {"instance_id": instance.pk}
    kept = [
        Kept(AnswerPlan, rows, lambda _: "Planen", say=_say_plan),
        Kept(
            DueDateExtension,
            rows,
            lambda c: f"Anståndet till {c.until:%Y-%m-%d}",
            {
                "state": "läget",
                "granted_until": "den nya svarsdagen",
                "answered_on": "dagen för beskedet",
                "reason": "skälet",
            },
        ),
        Kept(
            Remissinstans,
            {"id": instance.pk},
            lambda _: "Svarsdagen",
            {"due_on": ""},
            only_changes=True,
        ),
    ]
    return history(kept, who=who_for(reader))


def calendar_history(namnd: Namnd, *, reader: User) -> list[Line]:
    """How the nämnd's meetings and its rules of planning have changed."""
    rows = {"namnd_id": namnd.pk}
    kept = [
        Kept(
            Meeting,
            rows,
            lambda c: f"Sammanträdet {c.date:%Y-%m-%d}",
            {"date": "dagen", "kind": "slaget", "agenda_on": "utskicket", "cancelled": "inställt"},
        ),
        Kept(
            PlanRule,
            rows,
            lambda c: (
                f"Regeln för {PlanStep(c.step).label[:1].lower()}{PlanStep(c.step).label[1:]}"
            ),
            {"days": "antalet arbetsdagar", "anchor": "vad den räknas från", "used": "används"},
        ),
    ]
    if namnd.pk in reader.access.inside_ids():
        kept.append(
            Kept(DnrSeries, rows, lambda c: f"Nummerserien {c.pattern}", {"used": "används"})
        )
    return history(kept, who=who_for(reader))


# Parts ------------------------------------------------------------------------------------------


def _keep(
    instance: Remissinstans,
    plan: Plan,
    before: AnswerPlan | None,
    actor: User | None,
    because: str,
) -> bool:
    """Keep the plan; True when it is another than the one that was kept."""
    steps = [{"step": str(step.kind), "on": step.on.isoformat()} for step in plan.steps]
    meeting_id = plan.meeting.pk if plan.meeting else None
    if before is None:
        AnswerPlan.objects.create(instance=instance, meeting_id=meeting_id, steps=steps)
        return False
    if (before.meeting_id, before.steps) == (meeting_id, steps):
        return False
    before.meeting_id, before.steps = meeting_id, steps
    before.revision += 1
    before.save()
    if not because:
        return True
    assert instance.namnd is not None  # noqa: S101 - only such instances are planned
    record(
        before,
        actor=actor,
        verb="plan-andrad",
        summary=f"Planen för svaret på {instance.remiss.dnr} räknades om",
        scope=instance.namnd.code,
        reason=because,
    )
    _tell(instance, plan, before, actor, because)
    return True


def _tell(
    instance: Remissinstans, plan: Plan, kept: AnswerPlan, actor: User | None, because: str
) -> None:
    """By mail to those who write the answer and those who attest it, but who did it knows."""
    namnd, remiss = instance.namnd, instance.remiss
    assert namnd is not None  # noqa: S101 - only such instances are planned
    listed = "\n".join(f"– {step.on}: {step.label}" for step in plan.steps)
    said = "".join(f"{remark}\n" for remark in plan.remarks)
    for person in _concerned(namnd.pk):
        if person == actor or not person.email:
            continue
        post_mail(
            key=f"plan:{kept.pk}:{kept.revision}:{person.pk}",
            person=person,
            subject=f"Ny plan för svaret på {remiss.dnr}",
            body=(
                f"{because} Planen för {namnd.genitive} svar på {remiss.dnr} är därför ändrad.\n\n"
                + (f"{said}\n" if said else "")
                + f"{listed}\n\nLogga in i Samlad för att se planen och reglerna bakom den."
            ),
            posted_by=actor,
            scope=namnd.code,
        )


def _concerned(namnd_id: int) -> Sequence[User]:
    held = Membership.objects.valid_on(timezone.localdate()).filter(
        namnd=namnd_id, role__in=(Role.NAMNDSEKRETERARE, Role.CHEF)
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _facts(rule: Rule) -> tuple[PlanStep, int, PlanAnchor, bool]:
    return rule.step, rule.days, rule.anchor, rule.used


def _check(rule: Rule) -> None:
    field = f"{rule.step}-days"
    if not 0 <= rule.days <= MOST_DAYS:
        raise Invalid(f"Skriv ett antal arbetsdagar från 0 till {MOST_DAYS}.", field=field)
    after = rule.anchor is PlanAnchor.EFTER
    if after != (rule.step is PlanStep.EXPEDIERING) or (
        rule.step is PlanStep.UTSKICK and rule.anchor is not PlanAnchor.SAMMANTRADE
    ):
        raise Invalid("Steget kan inte räknas därifrån.", field=f"{rule.step}-anchor")


def _say_plan(before: AnswerPlan | None, after: AnswerPlan) -> str:
    days = {step["step"]: step["on"] for step in after.steps}
    meeting = days.get(PlanStep.SAMMANTRADE)
    said = f"sammanträde {meeting}" if meeting else "inget sammanträde hinner"
    return f"Planen {'gjordes' if before is None else 'räknades om'}: {said}"
