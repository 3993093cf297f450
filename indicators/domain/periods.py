"""The coordinator's commands on a period: plan, open, close, lock, and give one nämnd more time."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators.domain.checks import check_words
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen, Refused
from indicators.enums import PeriodKind, PeriodState, ReportState
from indicators.models import Extension, Period, PeriodDueDate, Report
from indicators.models.report import OUT_STATES
from indicators.rules import may_manage_periods
from organisation.enums import NamndKind
from organisation.models import Namnd, User
from trace.domain import record

NOT_THE_COORDINATOR = "Bara programmets samordnare kan ändra perioder."
MAX_REASON = 1_000


class PeriodChanged(Refused):
    """Somebody else changed the period first; nothing was done."""

    def __init__(self) -> None:
        super().__init__("Perioden har ändrats sedan du öppnade sidan. Se efter och försök igen.")


class PeriodAction(Enum):
    """What can be done with a period; the value is the verb of its event."""

    OPEN = "opened"
    CLOSE = "closed"
    REOPEN = "reopened"
    LOCK = "locked"


@dataclass(frozen=True)
class PeriodTransition:
    action: PeriodAction
    source: PeriodState
    target: PeriodState
    did: str
    """The event, without its end: "Öppnade perioden"."""
    needs_reason: bool = False


# The database holds the same pairs (migrations, "frozen").
PERIOD_TRANSITIONS = (
    PeriodTransition(
        PeriodAction.OPEN, PeriodState.PLANERAD, PeriodState.OPPEN, "Öppnade perioden"
    ),
    PeriodTransition(PeriodAction.CLOSE, PeriodState.OPPEN, PeriodState.STANGD, "Stängde perioden"),
    PeriodTransition(
        PeriodAction.REOPEN, PeriodState.STANGD, PeriodState.OPPEN, "Öppnade perioden igen", True
    ),
    PeriodTransition(
        PeriodAction.LOCK, PeriodState.OPPEN, PeriodState.LAST, "Låste perioden", True
    ),
    PeriodTransition(
        PeriodAction.LOCK, PeriodState.STANGD, PeriodState.LAST, "Låste perioden", True
    ),
)


def possible_period_actions(user: User, period: Period) -> frozenset[PeriodAction]:
    """What the person can do with the period as it stands."""
    if not may_manage_periods(user):
        return frozenset()
    return frozenset(t.action for t in PERIOD_TRANSITIONS if t.source == period.state)


@transaction.atomic
def plan_period(*, actor: User, year: int, kind: str, due_on: dt.date | None) -> Period:
    """Add a period that is to come. Raises NotAllowed, InvalidEntry when it is there already."""
    _may(actor)
    if kind not in PeriodKind.values or not 2000 <= year <= 2100:
        raise InvalidEntry("Välj tertial 1, tertial 2 eller verksamhetsberättelse, och ett år.")
    period = Period.describe(year, kind)
    if Period.objects.filter(code=period.code).exists():
        raise InvalidEntry(f"{period.label} finns redan.")
    _check_due(period, due_on)
    period.due_on = due_on
    period.save()
    record(period, actor=actor, verb="planned", summary=f"Lade upp {period.label.lower()}")
    return period


@transaction.atomic
def set_due_dates(
    period: Period,
    *,
    actor: User,
    expected_version: int,
    due_on: dt.date | None,
    of_kinds: Mapping[str, dt.date | None],
) -> Period:
    """Set when the period is due, for all and for kinds of nämnd that differ (None: as the others).

    Kinds that are not named are left as they are. Raises NotAllowed, NotOpen when the period is
    locked, InvalidEntry, PeriodChanged.
    """
    period = _take(period, actor, expected_version)
    if period.state == PeriodState.LAST:
        raise NotOpen(f"{period.label} är låst. Datumen kan inte ändras längre.")
    _check_due(period, due_on)
    before = _days_in_words(period)
    for kind, day in of_kinds.items():
        if kind not in NamndKind.values:
            raise InvalidEntry("Slaget av nämnd finns inte bland dem som kan väljas.")
        _check_due(period, day)
        if day is None:
            PeriodDueDate.objects.filter(period=period, kind=kind).delete()
        else:
            PeriodDueDate.objects.update_or_create(
                period=period, kind=kind, defaults={"due_on": day}
            )
    period.due_on = due_on
    after = _days_in_words(period)
    if after == before:
        return period
    _advance(period, due_on=due_on)
    record(period, actor=actor, verb="due", summary=f"Satte inlämningsdagar: {after}")
    return period


@transaction.atomic
def move_period(
    period: Period, action: PeriodAction, *, actor: User, expected_version: int, reason: str = ""
) -> Period:
    """Open, close, open again or lock the period.

    reason: asked for when it is opened again or locked; a lock says why it is locked.
    Side effects of a lock: every approved report of the period is locked with it, each with an
    event. Reports that are not approved then never count for the period.
    Raises NotAllowed; NotOpen when the period is not in a state for it, or when a nämnd still has
    extra time; InvalidEntry without a reason; PeriodChanged.
    """
    _may(actor)
    found = next((t for t in PERIOD_TRANSITIONS if t.action is action), None)
    now = Period.objects.select_for_update().get(pk=period.pk)
    if found is not None and now.revision == expected_version + 1 and now.state == found.target:
        return now  # the button was pressed twice
    period = _take(period, actor, expected_version)
    transition = next(
        (t for t in PERIOD_TRANSITIONS if t.action is action and t.source == period.state), None
    )
    if transition is None:
        raise NotOpen(
            f"{period.label} är {period.get_state_display().lower()}. Det går inte att göra nu."
        )
    reason = reason.strip()
    if transition.needs_reason and not reason:
        raise InvalidEntry("Skriv varför.")
    if problem := check_words(reason, most=MAX_REASON, what="Orsaken"):
        raise InvalidEntry(problem)
    changes = {}
    if action is PeriodAction.LOCK:
        _refuse_while_time_is_given(period)
        _refuse_while_corrected(period)
        _lock_reports(period, actor)
        changes = {"lock_reason": reason}
    _advance(period, state=transition.target, **changes)
    record(period, actor=actor, verb=action.value, summary=transition.did, reason=reason)
    return period


@transaction.atomic
def extend(period: Period, namnd: Namnd, *, actor: User, until: dt.date, reason: str) -> Extension:
    """Give one nämnd until that day, also when the period closes before it.

    A second time given takes the place of the first; both stand in the history.
    Raises NotAllowed, NotOpen when the period is locked, InvalidEntry without a reason or with a
    day that has passed.
    """
    _may(actor)
    if period.state == PeriodState.LAST:
        raise NotOpen(f"{period.label} är låst. Ingen kan få mer tid.")
    reason = reason.strip()
    if not reason:
        raise InvalidEntry("Skriv varför nämnden får mer tid.")
    if problem := check_words(reason, most=MAX_REASON, what="Orsaken"):
        raise InvalidEntry(problem)
    if until < timezone.localdate():
        raise InvalidEntry("Dagen har redan varit. Välj i dag eller en senare dag.")
    if not namnd.exists_on(period.ends_on):
        raise InvalidEntry(f"{namnd.name} finns inte vid slutet av {period.label.lower()}.")
    extension, _ = Extension.objects.update_or_create(
        period=period, namnd=namnd, defaults={"until": until, "reason": reason, "given_by": actor}
    )
    record(
        period,
        actor=actor,
        verb="extended",
        summary=f"Gav {namnd.name} tid till och med {until.isoformat()}",
        scope=namnd.code,
        reason=reason,
    )
    return extension


def find_extension(period: Period, pk: int) -> Extension | None:
    """The extra time of that number, if it belongs to the period."""
    return Extension.objects.filter(period=period, pk=pk).select_related("namnd", "period").first()


@transaction.atomic
def withdraw_extension(extension: Extension, *, actor: User) -> None:
    """Take the extra time back. Raises NotAllowed."""
    _may(actor)
    deleted, _ = Extension.objects.filter(pk=extension.pk).delete()
    if deleted:
        record(
            extension.period,
            actor=actor,
            verb="extension-withdrawn",
            summary=f"Tog tillbaka extra tid för {extension.namnd.name}",
            scope=extension.namnd.code,
        )


def _may(actor: User) -> None:
    if not may_manage_periods(actor):
        raise NotAllowed(NOT_THE_COORDINATOR)


def _take(period: Period, actor: User, expected_version: int) -> Period:
    _may(actor)
    taken = Period.objects.select_for_update().get(pk=period.pk)
    if taken.revision != expected_version:
        raise PeriodChanged
    return taken


def _advance(period: Period, **changes) -> None:
    changed = Period.objects.filter(pk=period.pk, revision=period.revision).update(
        revision=F("revision") + 1, **changes
    )
    if not changed:
        raise PeriodChanged
    for name, value in changes.items():
        setattr(period, name, value)
    period.revision += 1


def _check_due(period: Period, due_on: dt.date | None) -> None:
    if due_on is not None and due_on < period.ends_on:
        raise InvalidEntry(
            f"Perioden går till och med {period.ends_on.isoformat()}. "
            "Den kan inte lämnas in innan den är slut."
        )


def _days_in_words(period: Period) -> str:
    days = [f"alla {period.due_on.isoformat()}" if period.due_on else "alla utan dag"]
    own = PeriodDueDate.objects.filter(period=period).order_by("kind")
    days += [f"{one.get_kind_display().lower()} {one.due_on.isoformat()}" for one in own]
    return ", ".join(days)


def _refuse_while_time_is_given(period: Period) -> None:
    waiting = (
        Extension.objects.filter(period=period, until__gte=timezone.localdate())
        .exclude(namnd__reports__in=Report.objects.filter(period=period).counted())
        .select_related("namnd")
        .order_by("namnd__sort_key")
    )
    names = ", ".join(f"{one.namnd.name} (till och med {one.until.isoformat()})" for one in waiting)
    if names:
        raise NotOpen(
            f"Perioden kan inte låsas än, för mer tid har getts åt {names}. "
            "Vänta, eller ta tillbaka den extra tiden."
        )


def _refuse_while_corrected(period: Period) -> None:
    """A lock would leave a correction where nobody can go on with it."""
    reports = Report.objects.counted().filter(period=period).exclude(state__in=OUT_STATES)
    found = reports.select_related("namnd").order_by("namnd__sort_key")
    if names := ", ".join(report.namnd.name for report in found):
        raise NotOpen(
            f"Perioden kan inte låsas än, för en rättelse pågår hos {names}. "
            "Vänta tills den är godkänd, eller be nämnden avbryta den."
        )


def _lock_reports(period: Period, actor: User) -> None:
    reports = Report.objects.filter(period=period, state=ReportState.GODKAND)
    for report in reports.select_for_update().select_related("namnd").order_by("pk"):
        Report.objects.filter(pk=report.pk).update(
            state=ReportState.LAST, revision=F("revision") + 1
        )
        record(
            report,
            actor=actor,
            verb="locked",
            summary="Låstes med perioden",
            scope=report.namnd.code,
        )
