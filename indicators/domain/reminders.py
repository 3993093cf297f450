"""Reminding nämnder of a report that is late or soon due; through the outbox."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from indicators.domain.checks import check_words
from indicators.domain.due_dates import due_dates
from indicators.domain.errors import InvalidEntry, NotAllowed
from indicators.enums import ReportState
from indicators.models import Period, Report
from indicators.rules import may_manage_periods
from organisation.enums import Role
from organisation.models import Membership, Namnd, User
from trace.domain import record
from trace.domain.outbox import post_mail

MAX_SUBJECT, MAX_BODY = 150, 4_000
NAMND, DAY, PERIOD = "[nämnd]", "[sista dag]", "[period]"

SUBJECT = f"Påminnelse: {PERIOD} från {NAMND}"
BODY = f"""Hej!

Rapporten för {PERIOD} från {NAMND} är inte klar än. Den ska vara inlämnad senast {DAY}.

Logga in i Samlad och fyll i det som saknas, eller hör av dig om nämnden behöver mer tid.

Vänliga hälsningar
Programmets samordnare"""


@dataclass(frozen=True)
class Reminded:
    """What came of it. Names are nämnders, in Swedish order."""

    told: tuple[str, ...]
    unreachable: tuple[str, ...]
    """Nämnder where nobody with the task has an e-mail address."""


@transaction.atomic
def remind(
    period: Period,
    namnder: Collection[Namnd],
    *,
    actor: User,
    subject: str,
    body: str,
) -> Reminded:
    """Post a reminder to those who are to act for each of `namnder`, at most one a day each.

    Who that is: the uppgiftslämnare until the report is handed in, and then the granskare. In
    both texts [nämnd], [sista dag] and [period] stand for the nämnd's own.
    Raises NotAllowed, and InvalidEntry when a text is missing or too long.
    """
    if not may_manage_periods(actor):
        raise NotAllowed("Bara programmets samordnare kan påminna.")
    subject, body = subject.strip(), body.strip()
    if not subject or not body:
        raise InvalidEntry("Skriv både ämne och text.")
    for text, most, what in ((subject, MAX_SUBJECT, "Ämnet"), (body, MAX_BODY, "Texten")):
        if problem := check_words(text, most=most, what=what):
            raise InvalidEntry(problem)
    today = timezone.localdate()
    due = due_dates([period])
    handed_in = set(
        Report.objects.filter(period=period, state=ReportState.INLAMNAD).values_list(
            "namnd_id", flat=True
        )
    )
    people = _people_of([namnd.pk for namnd in namnder])
    told, unreachable = [], []
    for namnd in sorted(namnder, key=lambda namnd: namnd.sort_key):
        role = Role.GRANSKARE if namnd.pk in handed_in else Role.UPPGIFTSLAMNARE
        reached = [person for person in people.get((namnd.pk, role), ()) if person.email]
        if not reached:
            unreachable.append(namnd.name)
            continue
        day = due.of(period, namnd)
        words = {
            NAMND: namnd.name,
            DAY: day.isoformat() if day else "den dag som bestäms",
            PERIOD: period.label.lower(),
        }
        for person in reached:
            post_mail(
                key=f"paminnelse:{period.code}:{namnd.code}:{person.pk}:{today.isoformat()}",
                person=person,
                subject=_filled(subject, words),
                body=_filled(body, words),
                posted_by=actor,
                scope=namnd.code,
            )
        told.append(namnd.name)
    if told:
        record(
            period,
            actor=actor,
            verb="reminded",
            summary=f"Påminde om rapporten: {', '.join(told)}",
        )
    return Reminded(tuple(told), tuple(unreachable))


def _people_of(namnd_ids: Collection[int]) -> dict[tuple[int, str], list[User]]:
    found: dict[tuple[int, str], list[User]] = {}
    memberships = (
        Membership.objects.valid_on(timezone.localdate())
        .filter(
            namnd__in=namnd_ids,
            role__in=(Role.UPPGIFTSLAMNARE, Role.GRANSKARE),
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id")
    )
    for one in memberships:
        people = found.setdefault((one.namnd_id, one.role), [])
        if one.user not in people:
            people.append(one.user)
    return found


def _filled(text: str, words: dict[str, str]) -> str:
    for word, meant in words.items():
        text = text.replace(word, meant)
    return text
