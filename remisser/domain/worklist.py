"""The answers of a person's nämnder as work: how far each has come, what is next, who has it.

For who works in a nämnd, of its own answers only; of others' one sees what the remiss shows.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from organisation.domain.due import days_text
from organisation.enums import Role
from organisation.models import Membership, Namnd, User
from papers.enums import PaperState
from papers.models import Attestant, Attestation, Paper, SectionTask
from remisser.domain.succession import STILL_OPEN_FOR
from remisser.enums import PlanStep
from remisser.models import AnswerPlan, Remissinstans

NOT_BEGUN = ""
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Inte påbörjat", (NOT_BEGUN,)),
    ("Utkast", (PaperState.UTKAST,)),
    ("Under attest", (PaperState.UNDER_ATTEST,)),
    ("Attesterat", (PaperState.ATTESTERAD,)),
    ("Utskickat till nämnden", (PaperState.UTSKICKAD,)),
    ("Tillbaka från nämnden", (PaperState.BORDLAGD, PaperState.ATERREMITTERAD)),
    ("Beslutat", (PaperState.BESLUTAD,)),
    ("Expedierat", (PaperState.EXPEDIERAD,)),
)
"""The steps in their order, and the states of a paper that are at each."""

# Which of the plan's steps a paper in each state is on its way to; the first to come counts.
_TOWARDS: Mapping[str, tuple[PlanStep, ...]] = {
    NOT_BEGUN: (PlanStep.UTKAST,),
    PaperState.UTKAST: (
        PlanStep.UTKAST,
        PlanStep.FORVALTNINGSGRUPP,
        PlanStep.RAD,
        PlanStep.ATTEST,
    ),
    PaperState.UNDER_ATTEST: (PlanStep.ATTEST,),
    PaperState.ATTESTERAD: (PlanStep.UTSKICK,),
    PaperState.BORDLAGD: (PlanStep.UTSKICK,),
    PaperState.UTSKICKAD: (PlanStep.SAMMANTRADE,),
    PaperState.BESLUTAD: (PlanStep.EXPEDIERING,),
    PaperState.ATERREMITTERAD: (PlanStep.UTKAST, PlanStep.ATTEST),
}


@dataclass(frozen=True)
class Chosen:
    """What the person wants to see."""

    namnd: str = ""
    """A code; "" for all of the person's nämnder."""
    person: int = 0
    """Who has it; 0 for everybody."""
    only_mine: bool = False
    everything: bool = False
    """Also what has been sent, and what is long past."""


@dataclass(frozen=True)
class WorkRow:
    instance: Remissinstans
    namnd: Namnd
    state: str
    """A PaperState, or NOT_BEGUN."""
    next_step: str
    next_on: dt.date | None
    """The day that the plan has for it."""
    holders: tuple[User, ...]
    """Who is to do it: one person, or those who share the role."""
    also: tuple[User, ...]
    """Who has been given a section besides."""
    is_mine: bool
    url: str
    today: dt.date

    @property
    def state_label(self) -> str:
        return str(PaperState(self.state).label) if self.state else "Inte påbörjat"

    @property
    def is_done(self) -> bool:
        return self.state == PaperState.EXPEDIERAD

    @property
    def is_late(self) -> bool:
        due = self.instance.due_on
        return due is not None and due < self.today and not self.is_done

    @property
    def step_is_late(self) -> bool:
        return self.next_on is not None and self.next_on < self.today and not self.is_done

    @property
    def days_left(self) -> str:
        """ "3 dagar kvar"; "" when there is no day, or nothing left to do."""
        due = self.instance.due_on
        return "" if due is None or self.is_done else days_text((due - self.today).days)

    @property
    def who(self) -> str:
        if self.is_done:
            return ""
        if self.state == PaperState.UTSKICKAD and not self.holders:
            return "Nämnden"
        return ", ".join(str(person) for person in self.holders) or "Ingen nämndsekreterare"


@dataclass(frozen=True)
class Worklist:
    rows: tuple[WorkRow, ...]
    namnder: tuple[Namnd, ...]
    """To choose from; only when there are several."""
    people: tuple[User, ...]
    """Who has any of the answers, to choose from."""
    chosen: Chosen

    @property
    def columns(self) -> tuple[tuple[str, tuple[WorkRow, ...]], ...]:
        """The same answers by step, each step whether it has any or not."""
        return tuple(
            (name, tuple(row for row in self.rows if row.state in states))
            for name, states in COLUMNS
        )


def worklist(user: User, chosen: Chosen, *, today: dt.date, with_sent: bool = False) -> Worklist:
    """The answers of the person's nämnder, nearest due date first.

    with_sent: what has been sent lately stands along (the board's last column).
    The number of queries does not depend on how many there are.
    """
    instances = list(_instances(user, today, everything=chosen.everything))
    secretaries = _secretaries(instances, today)
    rows = [_row(instance, user, secretaries, today) for instance in instances]
    if not (chosen.everything or with_sent):
        rows = [row for row in rows if not row.is_done]
    namnder = {row.namnd.pk: row.namnd for row in rows}
    people = {person.pk: person for row in rows for person in (*row.holders, *row.also)}
    shown = [
        row
        for row in rows
        if (not chosen.namnd or row.namnd.code == chosen.namnd)
        and (not chosen.person or chosen.person in {p.pk for p in (*row.holders, *row.also)})
        and (not chosen.only_mine or row.is_mine)
    ]
    shown.sort(key=lambda row: (row.is_done, row.instance.due_on or dt.date.max, row.instance.pk))
    return Worklist(
        rows=tuple(shown),
        namnder=tuple(sorted(namnder.values(), key=lambda namnd: namnd.sort_key))
        if len(namnder) > 1
        else (),
        people=tuple(sorted(people.values(), key=lambda person: str(person).casefold())),
        chosen=chosen,
    )


# Parts ------------------------------------------------------------------------------------------


def _instances(user: User, today: dt.date, *, everything: bool) -> QuerySet[Remissinstans]:
    found = Remissinstans.objects.visible_to(user).filter(namnd__in=user.access.inside_ids())
    if not everything:
        since = today - STILL_OPEN_FOR
        found = found.filter(Q(due_on__gte=since) | Q(due_on__isnull=True)).filter(
            Q(due_on__isnull=False)
            | Q(remiss__received_on__isnull=True)
            | Q(remiss__received_on__gte=since)
        )
    return found.select_related(
        "remiss", "namnd", "plan", "answer__paper__meeting", "answer__paper__current__created_by"
    ).prefetch_related(
        Prefetch("answer__paper__current__attestants", Attestant.objects.select_related("person")),
        Prefetch(
            "answer__paper__current__attestations",
            Attestation.objects.filter(by__isnull=False),
        ),
        Prefetch("answer__paper__tasks", SectionTask.objects.open().select_related("person")),
    )


def _secretaries(instances: Iterable[Remissinstans], today: dt.date) -> dict[int, list[User]]:
    """The nämndsekreterare of each nämnd; one query."""
    held = (
        Membership.objects.valid_on(today)
        .filter(
            namnd__in={i.namnd_id for i in instances},
            role=Role.NAMNDSEKRETERARE,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user__name", "user_id")
    )
    found: dict[int, list[User]] = {}
    for membership in held:
        if membership.namnd_id is not None:
            found.setdefault(membership.namnd_id, []).append(membership.user)
    return found


def _row(
    instance: Remissinstans,
    user: User,
    secretaries: Mapping[int, Sequence[User]],
    today: dt.date,
) -> WorkRow:
    namnd = instance.namnd
    assert namnd is not None  # noqa: S101 - the query asked for the person's own nämnder
    paper: Paper | None = instance.answer.paper if hasattr(instance, "answer") else None
    state = paper.state if paper else NOT_BEGUN
    own = tuple(secretaries.get(namnd.pk, ()))
    holders = _holders(paper, own, today)
    also = tuple(
        task.person
        for task in (paper.tasks.all() if paper and state == PaperState.UTKAST else ())
        if task.person not in holders
    )
    args = [instance.remiss.slug, namnd.code]
    return WorkRow(
        instance=instance,
        namnd=namnd,
        state=state,
        next_step=_next_step(paper, today),
        next_on=_next_on(instance.plan if hasattr(instance, "plan") else None, state, today),
        holders=holders,
        also=tuple(dict.fromkeys(also)),
        is_mine=user in holders or user in also,
        url=reverse("answer", args=args) if paper else reverse("answer-start", args=args),
        today=today,
    )


def _holders(paper: Paper | None, own: tuple[User, ...], today: dt.date) -> tuple[User, ...]:
    """Whose turn it is: of the nämnd's secretaries the one who opened the version that is written.

    A paper that the nämnd has before it is nobody's until the meeting has been.
    """
    if paper is None or paper.current is None:
        return own
    version, state = paper.current, paper.state
    if state == PaperState.EXPEDIERAD:
        return ()
    if state == PaperState.UNDER_ATTEST:
        done = {attest.by_id for attest in version.attestations.all()}
        return tuple(one.person for one in version.attestants.all() if one.person_id not in done)[
            :1
        ]
    if state == PaperState.UTSKICKAD and paper.meeting and paper.meeting.date >= today:
        return ()
    author = version.created_by
    return (author,) if author is not None and author in own else own


def _next_step(paper: Paper | None, today: dt.date) -> str:
    if paper is None:
        return "Påbörja svaret"
    day = paper.meeting.date if paper.meeting else None
    match paper.state:
        case PaperState.UTKAST:
            return "Skriv färdigt och skicka till attest"
        case PaperState.UNDER_ATTEST:
            return "Attestera"
        case PaperState.ATTESTERAD | PaperState.BORDLAGD:
            return "Skicka ut till nämnden"
        case PaperState.UTSKICKAD:
            if day is not None and day >= today:
                return f"Nämnden behandlar svaret {day}"
            return "Registrera nämndens beslut"
        case PaperState.ATERREMITTERAD:
            return "Skriv om i en ny version"
        case PaperState.BESLUTAD:
            return "Expediera"
    return ""


def _next_on(plan: AnswerPlan | None, state: str, today: dt.date) -> dt.date | None:
    """The plan's day for what is next: the first to come, else the last that has passed."""
    if plan is None:
        return None
    towards = _TOWARDS.get(state, ())
    days = sorted(
        dt.date.fromisoformat(step["on"]) for step in plan.steps if step["step"] in towards
    )
    return next((day for day in days if day >= today), days[-1] if days else None)
