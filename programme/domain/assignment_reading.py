"""Reading uppdrag: the list with what is due next, and one uppdrag with its accounts."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from organisation.enums import NamndGroup, NamndKind
from organisation.models import Decision, Namnd, User
from papers.enums import PaperKind
from papers.models import PaperTemplate
from programme.assignment_enums import OPEN_STATES, AssignmentOrigin, ObligationKind
from programme.assignment_rules import may_keep, may_keep_account
from programme.domain.assignment_history import assignment_history
from programme.domain.assignment_pages import (
    AccountLine,
    AssignmentPage,
    Deadline,
    DecisionView,
    DueOf,
    Filter,
    GoalView,
    LaidOn,
    ObligationLine,
    Row,
    TowardsGoal,
)
from programme.domain.assignment_workflow import Action, possible_actions
from programme.models import (
    Account,
    Assignment,
    AssignmentGoal,
    AssignmentPartner,
    Obligation,
)


def deadline_of(on: dt.date | None, as_written: str, today: dt.date) -> Deadline:
    return Deadline(on, as_written, None if on is None else (on - today).days)


def assignment_list(user: User, wanted: Filter) -> list[Row]:
    """The uppdrag that the person may see, the most urgent first, then those without a day."""
    today = timezone.localdate()
    found = _loaded(Assignment.objects.visible_to(user))
    if wanted.state in ("oppna", "forsenade"):
        found = found.open()
    elif wanted.state == "klara":
        found = found.exclude(state__in=OPEN_STATES)
    rows = [_row(assignment, user, today) for assignment in found]
    if wanted.state == "forsenade":
        rows = [row for row in rows if row.deadline.is_late]
    if wanted.whose == "mina":
        rows = [row for row in rows if row.is_mine]
    elif wanted.whose:
        rows = [row for row in rows if _concerns(row.assignment, wanted.whose)]
    return sorted(rows, key=_urgency)


def namnder_with_assignments(user: User) -> list[Namnd]:
    """The nämnder that have an uppdrag, or account for one, in Swedish order."""
    return list(
        Namnd.objects.filter(
            pk__in=_responsible_ids(Assignment.objects.visible_to(user))
        ).in_order()
    )


def assignment_page(assignment: Assignment, user: User) -> AssignmentPage:
    """One uppdrag. assignment: of whom the caller has checked that the person may see it."""
    today = timezone.localdate()
    assignment = _loaded(Assignment.objects.filter(pk=assignment.pk)).get()
    inside = user.access.inside_ids()
    may = possible_actions(user, assignment)
    lines = tuple(
        _account_line(account, assignment, user, inside, today)
        for account in assignment.accounts.all()
    )
    reads_history = assignment.namnd_id in inside or may_keep(user, assignment)
    return AssignmentPage(
        row=_row(assignment, user, today),
        accounts=lines,
        obligations=tuple(_obligation_line(o, user, today) for o in _obligations(assignment)),
        goals=tuple(_goals(assignment, today)),
        history=assignment_history(assignment, reader=user) if reads_history else None,
        may_change=Action.CHANGE in may,
        may_close=Action.CLOSE in may,
        may_add=assignment.is_open and bool(accounting_namnder(assignment, user)),
    )


def assignments_of_goal(goal_id: int, *, user: User) -> list[TowardsGoal]:
    """The uppdrag that work towards a goal, as far as the person may see them.

    The open ones first, by when they are due.
    """
    today = timezone.localdate()
    links = AssignmentGoal.objects.filter(goal_id=goal_id).order_by()
    source_of = dict(links.values_list("assignment_id", "source"))
    if not source_of:
        return []
    found = _loaded(Assignment.objects.visible_to(user).filter(pk__in=source_of))
    rows = sorted((_row(assignment, user, today) for assignment in found), key=_urgency)
    return [TowardsGoal(row, source_of[row.assignment.pk]) for row in rows]


def assignments_on(namnd: Namnd, *, user: User) -> list[LaidOn]:
    """The open uppdrag that are laid on the nämnd or on its group, the most urgent first.

    As it is today: an uppdrag has no period. A group asks those who exist today.
    """
    today = timezone.localdate()
    laid = Q(namnd=namnd)
    if namnd.exists_on(today):
        laid |= Q(group__in=[group for group in NamndGroup if namnd.belongs_to(group)])
    found = _loaded(Assignment.objects.visible_to(user).open().filter(laid)).prefetch_related(
        Prefetch(
            "obligations",
            Obligation.objects.filter(
                namnd=namnd, kind=ObligationKind.ANNAT, done_on__isnull=True
            ).order_by("due_on", "pk"),
            to_attr="open_duties",
        )
    )
    lines = [
        LaidOn(
            assignment=one,
            origin=_origin(one),
            through=one.get_group_display() if one.group else "",
            due=_due_of(one, namnd, today),
        )
        for one in found
    ]
    return sorted(
        lines,
        key=lambda line: (
            (line.due[0].deadline.on if line.due else None) or dt.date.max,
            line.assignment.title,
        ),
    )


def accounting_namnder(assignment: Assignment, user: User) -> list[Namnd]:
    """The person's nämnder that can account for the uppdrag, and whose accounts they may plan."""
    today = timezone.localdate()
    if assignment.namnd is not None:
        one = [assignment.namnd]
    else:
        one = [
            namnd
            for namnd in user.access.namnder()
            if namnd.belongs_to(assignment.group) and namnd.exists_on(today)
        ]
    return [n for n in one if may_keep_account(user, Account(assignment=assignment, namnd=n))]


def account_templates(namnd: Namnd) -> QuerySet[PaperTemplate]:
    """Templates for a paper of the nämnd on an own matter."""
    return PaperTemplate.objects.offered_to(namnd).filter(kind=PaperKind.EGET_ARENDE)


# For the start page -----------------------------------------------------------------------------


def open_accounts_of(namnd_ids: Iterable[int]) -> QuerySet[Account]:
    """Accounts that these nämnder still have to make, of uppdrag that are open."""
    return (
        Account.objects.filter(
            namnd_id__in=namnd_ids, decision__isnull=True, assignment__state__in=OPEN_STATES
        )
        .select_related("assignment", "namnd", "paper")
        .order_by("due_on", "pk")
    )


def open_obligations_of(namnd_ids: Iterable[int]) -> QuerySet[Obligation]:
    """What else points of decisions oblige these nämnder to, and is not done."""
    return (
        Obligation.objects.filter(
            namnd_id__in=namnd_ids, kind=ObligationKind.ANNAT, done_on__isnull=True
        )
        .exclude(assignment__state="avslutat")
        .select_related("assignment", "namnd")
        .order_by("due_on", "pk")
    )


# Parts ------------------------------------------------------------------------------------------


def _urgency(row: Row) -> tuple[bool, dt.date, str]:
    """What is open comes first, then what is due soonest."""
    return not row.assignment.is_open, row.deadline.on or dt.date.max, row.assignment.title


def _loaded(found: QuerySet[Assignment]):
    accounts = Account.objects.select_related(
        "namnd", "paper", "decision__meeting", "decision__corrects"
    ).prefetch_related(
        "decision__points", "postponements__decision__meeting", "postponements__decision__points"
    )
    return found.select_related("namnd", "origin_decision__meeting__namnd").prefetch_related(
        "partners__namnd", Prefetch("accounts", accounts.order_by("number"))
    )


def _responsible_ids(found: QuerySet[Assignment]) -> set[int]:
    laid_on = found.exclude(namnd=None).order_by().values_list("namnd_id", flat=True)
    accounting = Account.objects.filter(assignment__in=found.order_by())
    return set(laid_on) | set(accounting.order_by().values_list("namnd_id", flat=True))


def _row(assignment: Assignment, user: User, today: dt.date) -> Row:
    what, deadline = _next(assignment, today)
    own = user.access.namnder()
    return Row(
        assignment=assignment,
        responsible=str(assignment.namnd or assignment.get_group_display()),
        partners=tuple(_in_running_text(partner) for partner in assignment.partners.all()),
        origin=_origin(assignment),
        next_what=what,
        deadline=deadline,
        is_mine=any(
            namnd.pk == assignment.namnd_id
            or (assignment.group and namnd.belongs_to(assignment.group))
            for namnd in own
        ),
    )


def _in_running_text(partner: AssignmentPartner) -> str:
    """Inside a sentence; a nämnd that is called by a place keeps its capital."""
    name = str(partner)
    keeps = partner.name or (
        partner.namnd and partner.namnd.kind in (NamndKind.STADSDELSNAMND, NamndKind.BOLAG)
    )
    return name if keeps else name[:1].lower() + name[1:]


def _next(assignment: Assignment, today: dt.date) -> tuple[str, Deadline]:
    """What is due next of an open uppdrag: its nearest open account, else the uppdrag itself."""
    nothing = deadline_of(None, "", today)
    if not assignment.is_open:
        return "", nothing
    coming = sorted(
        (a for a in assignment.accounts.all() if not a.is_settled),
        key=lambda account: (account.due_on or dt.date.max, account.number),
    )
    if coming:
        first = coming[0]
        return (
            first.get_kind_display(),
            deadline_of(first.due_on, first.due_as_written, today),
        )
    if assignment.due_on:
        return "Uppdraget", deadline_of(assignment.due_on, assignment.due_as_written, today)
    return "", nothing


def _due_of(assignment: Any, namnd: Namnd, today: dt.date) -> tuple[DueOf, ...]:
    """Of an open uppdrag that has its nämnd's `open_duties`."""
    due = [
        DueOf(
            account.get_kind_display(),
            deadline_of(account.due_on, account.due_as_written, today),
        )
        for account in assignment.accounts.all()
        if account.namnd_id == namnd.pk and not account.is_settled
    ]
    due += [
        DueOf(duty.text, deadline_of(duty.due_on, duty.due_as_written, today))
        for duty in assignment.open_duties
    ]
    if not due and assignment.due_on:
        own = deadline_of(assignment.due_on, assignment.due_as_written, today)
        due.append(DueOf("Uppdraget", own))
    return tuple(sorted(due, key=lambda one: one.deadline.on or dt.date.max))


def _origin(assignment: Assignment) -> str:
    if assignment.origin_as_written:
        return assignment.origin_as_written
    if assignment.origin == AssignmentOrigin.BUDGET:
        return f"Budget {assignment.origin_year}" if assignment.origin_year else "Budget"
    return f"Beslut, {assignment.origin_decision}" if assignment.origin_decision else "Beslut"


def _concerns(assignment: Assignment, code: str) -> bool:
    if assignment.namnd is not None and assignment.namnd.code == code:
        return True
    return any(account.namnd.code == code for account in assignment.accounts.all())


def _account_line(
    account: Account,
    assignment: Assignment,
    user: User,
    inside: frozenset[int],
    today: dt.date,
) -> AccountLine:
    account.assignment = assignment
    is_inside = account.namnd_id in inside
    # What is settled, or no longer asked for, is late no more.
    over = account.is_settled or not assignment.is_open
    deadline = (
        Deadline(account.due_on, account.due_as_written, None)
        if over
        else deadline_of(account.due_on, account.due_as_written, today)
    )
    views = [_decision_view(p.decision, True) for p in account.postponements.all()]
    if account.decision is not None:
        views.append(_decision_view(account.decision, False))
    actions = possible_actions(user, assignment, account)
    return AccountLine(
        account=account,
        state=_account_state(account, is_inside, deadline, assignment),
        deadline=deadline,
        decisions=tuple(views),
        is_inside=is_inside,
        may_start=is_inside
        and account.paper_id is None
        and Action.START_PAPER in actions
        and not account.is_settled,
        actions=actions,
    )


def _account_state(
    account: Account, is_inside: bool, deadline: Deadline, assignment: Assignment
) -> str:
    if account.is_settled:
        return "Beslutad"
    if not assignment.is_open:
        return "Lämnades inte"
    put_off = "Uppskjuten av nämnden" if account.postponements.all() else ""
    if is_inside:
        paper = account.paper.get_state_display() if account.paper else "Inte påbörjad"
        return f"{put_off}. {paper}" if put_off else paper
    return put_off or ("Försenad" if deadline.is_late else "Inte redovisad än")


def _decision_view(decision: Decision, postpones: bool) -> DecisionView:
    return DecisionView(
        decision=decision,
        points=tuple(sorted(decision.points.all(), key=lambda point: point.number)),
        postpones=postpones,
        earlier=decision.corrects,
    )


def _goals(assignment: Assignment, today: dt.date) -> Iterator[GoalView]:
    links = assignment.goal_links.select_related("goal__programme", "goal__parent")
    for link in links.prefetch_related("goal__wordings").order_by("pk"):
        goal = link.goal
        yield GoalView(
            programme=goal.programme,
            code=goal.code,
            label=goal.label,
            text=goal.text_on(today),
            source=link.source,
        )


def _obligations(assignment: Assignment) -> Sequence[Obligation]:
    return list(
        assignment.obligations.select_related(
            "namnd", "point__decision__meeting", "account__decision__meeting"
        ).order_by("due_on", "pk")
    )


def _obligation_line(obligation: Obligation, user: User, today: dt.date) -> ObligationLine:
    done_on = obligation.done_on
    due_on, as_written = obligation.due_on, obligation.due_as_written
    account = obligation.account
    if account is not None:
        # The account's own day is the one that is moved.
        due_on, as_written = account.due_on, account.due_as_written
        done_on = account.decision.meeting.date if account.decision else None
    over = done_on is not None or obligation.assignment.state == "avslutat"
    whose = Account(assignment=obligation.assignment, namnd=obligation.namnd)
    may = possible_actions(user, obligation.assignment, whose)
    return ObligationLine(
        obligation=obligation,
        deadline=Deadline(due_on, as_written, None)
        if over
        else deadline_of(due_on, as_written, today),
        done_on=done_on,
        may_fulfil=not over and account is None and Action.FULFIL in may,
    )
