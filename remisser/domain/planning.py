"""The plan of an answer, counted backwards from the nämnd's meeting. Pure functions.

The last meeting before the due date is taken. Each step lies a number of working days from the
meeting or from the day when the papers are sent out; how many is a rule of the nämnd. No step lies
on a Saturday, a Sunday, a holiday or an eve, or after the due date, unless a remark says so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from organisation.domain.working_days import (
    on_or_before,
    why_free,
    working_days_after,
    working_days_before,
)
from remisser.enums import RULED_STEPS, PlanAnchor, PlanStep

__all__ = ["DEFAULTS", "MeetingDay", "Plan", "Rule", "Step", "WayOut", "make_plan", "rules_of"]

REASONS: Mapping[PlanStep, str] = {
    PlanStep.UTKAST: "Texten ska vara klar att läsa för andra.",
    PlanStep.FORVALTNINGSGRUPP: "De fackliga företrädarna ska ha behandlat ärendet.",
    PlanStep.RAD: "Råden ska ha haft möjlighet att behandla ärendet.",
    PlanStep.ATTEST: "Cheferna ska ha godkänt den version som skickas ut.",
    PlanStep.UTSKICK: "Ledamöterna ska hinna läsa.",
    PlanStep.SAMMANTRADE: "Sista sammanträdet före svarsdagen.",
    PlanStep.EXPEDIERING: "Protokollet ska vara justerat innan svaret skickas.",
    PlanStep.SVAR: "Remittentens sista dag.",
}


@dataclass(frozen=True)
class Rule:
    """One step lies `days` working days from its anchor."""

    step: PlanStep
    days: int
    anchor: PlanAnchor
    used: bool = True
    is_default: bool = False
    """Samlad's own proposal, which the nämnd has not decided on."""

    @property
    def words(self) -> str:
        """ "7 arbetsdagar före sammanträdet"."""
        counted = "1 arbetsdag" if self.days == 1 else f"{self.days} arbetsdagar"
        return f"{counted} {self.anchor.label}"


# A beginning until the nämnd has set its own: usual practice, and nobody's official rule.
DEFAULTS: tuple[Rule, ...] = (
    Rule(PlanStep.UTKAST, 8, PlanAnchor.UTSKICK, is_default=True),
    Rule(PlanStep.FORVALTNINGSGRUPP, 6, PlanAnchor.SAMMANTRADE, is_default=True),
    Rule(PlanStep.RAD, 5, PlanAnchor.SAMMANTRADE, is_default=True),
    Rule(PlanStep.ATTEST, 3, PlanAnchor.UTSKICK, is_default=True),
    Rule(PlanStep.UTSKICK, 7, PlanAnchor.SAMMANTRADE, is_default=True),
    Rule(PlanStep.EXPEDIERING, 8, PlanAnchor.EFTER, is_default=True),
)


@dataclass(frozen=True)
class MeetingDay:
    """A meeting that has not been cancelled."""

    pk: int
    date: dt.date
    agenda_on: dt.date | None = None
    is_extra: bool = False


@dataclass(frozen=True)
class Step:
    kind: PlanStep
    on: dt.date
    reason: str
    rule: str
    """The rule in words."""
    remarks: tuple[str, ...] = ()
    """What is not as it should be with the day."""

    @property
    def label(self) -> str:
        return str(self.kind.label)


@dataclass(frozen=True)
class WayOut:
    """What can be done when the ordinary way does not go, and what it means."""

    name: str
    meaning: str
    possible: bool = True


@dataclass(frozen=True)
class Plan:
    due_on: dt.date | None
    meeting: MeetingDay | None
    steps: tuple[Step, ...]
    """In the order of the days."""
    remarks: tuple[str, ...]
    """What is wrong with the plan as a whole, first what matters most."""
    ways_out: tuple[WayOut, ...]

    def next_step(self, today: dt.date) -> Step | None:
        return next((step for step in self.steps if step.on >= today), None)


def rules_of(own: Iterable[Rule]) -> tuple[Rule, ...]:
    """The nämnd's own rules, and Samlad's defaults for the steps that it has none for."""
    found = {rule.step: rule for rule in DEFAULTS} | {rule.step: rule for rule in own}
    return tuple(found[step] for step in RULED_STEPS)


def make_plan(
    *,
    due_on: dt.date | None,
    meetings: Sequence[MeetingDay],
    rules: Sequence[Rule],
    today: dt.date,
    chosen: int | None = None,
) -> Plan:
    """Plan one answer.

    due_on: the last day for the answer; None when it is not known.
    meetings: the nämnd's, in any order. chosen: the pk of the one that the paper says itself.
    rules: one for each of RULED_STEPS (see `rules_of`).
    """
    by_step = {rule.step: rule for rule in rules}
    meeting = next((m for m in meetings if m.pk == chosen), None)
    meeting = meeting or _last_before(due_on, meetings, today)
    passed = due_on is not None and due_on < today
    remarks = [f"Svarsdagen {due_on} har passerat."] if passed else []
    if due_on is None:
        remarks.append("Svarsdagen är inte känd, så planen kan inte räknas från den.")
    steps: list[Step] = []
    hurried = False
    if meeting is not None:
        steps, hurried = _steps(meeting, due_on, by_step)
        if meeting.pk == chosen:
            steps = [
                replace(s, reason="Sammanträdet som står i handlingen.")
                if s.kind is PlanStep.SAMMANTRADE
                else s
                for s in steps
            ]
        remarks += _of_meeting(meeting, due_on, steps, today, hurried)
    elif due_on is not None and not passed:
        remarks.append(f"Inget sammanträde hinner före svarsdagen {due_on}.")
    if due_on is not None:
        steps.append(Step(PlanStep.SVAR, due_on, REASONS[PlanStep.SVAR], "Enligt remissen"))
    steps = [_with_remarks(step, due_on) for step in steps]
    order = list(PlanStep)
    steps.sort(key=lambda step: (step.on, order.index(step.kind)))
    stuck = due_on is not None and (meeting is None or passed or bool(remarks))
    return Plan(
        due_on=due_on,
        meeting=meeting,
        steps=tuple(steps),
        remarks=tuple(remarks),
        ways_out=_ways_out(due_on, meetings, by_step, today, hurried)
        if stuck and due_on is not None
        else (),
    )


def _last_before(
    due_on: dt.date | None, meetings: Sequence[MeetingDay], today: dt.date
) -> MeetingDay | None:
    """The last meeting that is not after the due date; one that has been only when that has too."""
    if due_on is None:
        return None
    first = today if due_on >= today else dt.date.min
    return max(
        (m for m in meetings if first <= m.date <= due_on),
        key=lambda m: (m.date, m.pk),
        default=None,
    )


def _steps(
    meeting: MeetingDay, due_on: dt.date | None, rules: Mapping[PlanStep, Rule]
) -> tuple[list[Step], bool]:
    """The steps around a meeting, and whether the minutes must be approved at once."""
    of_agenda = rules[PlanStep.UTSKICK]
    agenda = meeting.agenda_on or working_days_before(meeting.date, of_agenda.days)
    steps = [
        Step(
            PlanStep.SAMMANTRADE,
            meeting.date,
            REASONS[PlanStep.SAMMANTRADE],
            "Enligt nämndens kalender",
        ),
        Step(
            PlanStep.UTSKICK,
            agenda,
            REASONS[PlanStep.UTSKICK],
            "Enligt nämndens kalender"
            if meeting.agenda_on
            else f"{of_agenda.words}, eftersom kalendern inte anger något utskick",
        ),
    ]
    for kind in (PlanStep.UTKAST, PlanStep.FORVALTNINGSGRUPP, PlanStep.RAD, PlanStep.ATTEST):
        rule = rules[kind]
        if rule.used:
            start = agenda if rule.anchor is PlanAnchor.UTSKICK else meeting.date
            day = working_days_before(start, rule.days)
            steps.append(Step(kind, day, REASONS[kind], rule.words))
    sent, hurried = _sending(meeting, due_on, rules[PlanStep.EXPEDIERING])
    return [*steps, sent], hurried


def _sending(meeting: MeetingDay, due_on: dt.date | None, rule: Rule) -> tuple[Step, bool]:
    usual = working_days_after(meeting.date, rule.days) if rule.days else meeting.date
    step = Step(PlanStep.EXPEDIERING, usual, REASONS[PlanStep.EXPEDIERING], rule.words)
    if due_on is None or usual <= due_on or meeting.date > due_on:
        return step, False
    # The next working day, or the meeting's own when the due date allows no more.
    soon = min(working_days_after(meeting.date, 1), on_or_before(due_on))
    return (
        replace(
            step,
            on=max(soon, meeting.date),
            rule="Genast efter sammanträdet, med omedelbar justering",
            remarks=(f"Med vanlig justering skulle det bli {usual}.",),
        ),
        True,
    )


def _of_meeting(
    meeting: MeetingDay,
    due_on: dt.date | None,
    steps: Iterable[Step],
    today: dt.date,
    hurried: bool,
) -> list[str]:
    found = []
    if due_on is not None and meeting.date > due_on:
        found.append(f"Sammanträdet {meeting.date} är efter svarsdagen {due_on}.")
    if hurried:
        found.append(
            f"Beslutet vid sammanträdet {meeting.date} måste justeras omedelbart: protokollet "
            "hinner annars inte bli klart före svarsdagen."
        )
    agenda = next(step.on for step in steps if step.kind is PlanStep.UTSKICK)
    if agenda < today <= meeting.date:
        found.append(
            f"Utskicket till sammanträdet {meeting.date} var {agenda}. Ärendet kan bara tas upp om "
            "handlingarna får skickas ut i efterhand."
        )
    return found


def _with_remarks(step: Step, due_on: dt.date | None) -> Step:
    """The same step, with what is wrong with its day said."""
    remarks = list(step.remarks)
    if why := why_free(step.on):
        said = f"Dagen är ingen arbetsdag ({why[:1].lower()}{why[1:]})."
        if step.kind is PlanStep.SVAR:
            said += f" Sista arbetsdagen före är {on_or_before(step.on)}."
        remarks.append(said)
    if due_on is not None and step.on > due_on:
        remarks.append("Dagen är efter svarsdagen.")
    return replace(step, remarks=tuple(remarks))


def _ways_out(
    due_on: dt.date,
    meetings: Sequence[MeetingDay],
    rules: Mapping[PlanStep, Rule],
    today: dt.date,
    hurried: bool,
) -> tuple[WayOut, ...]:
    last, days = on_or_before(due_on), rules[PlanStep.EXPEDIERING].days
    in_time = working_days_before(last, days)
    later = min((m.date for m in meetings if m.date > max(due_on, today)), default=None)
    if last < today:
        extra = "Svarsdagen har passerat, så ett extra sammanträde hinner inte utan anstånd."
    else:
        extra = (
            "Ordföranden kallar nämnden en gång till. Senast "
            + (f"{in_time} med vanlig justering, eller " if in_time >= today else "")
            + f"{last} med omedelbar justering."
        )
    if later is None:
        asked = "Be remittenten om en senare svarsdag. Inget senare sammanträde är inlagt."
    else:
        asked = (
            f"Be remittenten om en senare svarsdag. Nästa sammanträde efter svarsdagen är {later}: "
            f"be om svar senast {working_days_after(later, max(days, 1))}."
        )
    return (
        WayOut(
            "Omedelbar justering",
            "Paragrafen justeras vid sammanträdet, så att svaret kan skickas samma dag eller "
            "dagen efter. Skriv in det i förslaget till beslut."
            if hurried
            else "Hjälper bara tillsammans med ett sammanträde som hinner före svarsdagen.",
            possible=hurried,
        ),
        WayOut("Extra sammanträde", extra, possible=last >= today),
        WayOut("Anstånd", asked),
        WayOut(
            "Kontorsyttrande",
            "Förvaltningen svarar i eget namn, utan nämndens beslut, om delegationsordningen "
            "tillåter det. Svaret anmäls sedan till nämnden.",
        ),
    )
