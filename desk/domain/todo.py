"""The to-do list: what is mine, how long is left, and what waits for somebody else."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from desk.domain.attest_tasks import attest_tasks, papers_at_hand, received_drafts
from desk.domain.meeting_tasks import meeting_tasks, papers_to_read
from desk.domain.merger import coming_mergers, waiting_tasks
from desk.domain.section_tasks import given_sections
from indicators.domain.followup_report.waiting import WaitingReport
from indicators.domain.followup_report.wording import small
from indicators.domain.plans import unregistered_plans
from indicators.domain.reports import ReportLine, reporting_overview
from indicators.domain.workflow import EDITABLE
from indicators.enums import ReportState
from organisation.domain.due import days_text
from organisation.enums import Role
from organisation.models import User
from papers.enums import PaperState
from papers.models import Paper
from papers.models.paper import OUT_STATES
from programme.domain.assignment_reading import open_accounts_of, open_obligations_of
from programme.models import Account, Obligation
from remisser.domain.plans import next_steps
from remisser.models import Remissinstans

# From when the heads have attested a paper until it is sent to those it is for.
ON_ITS_WAY = (
    PaperState.ATTESTERAD,
    PaperState.UTSKICKAD,
    PaperState.BESLUTAD,
    PaperState.BORDLAGD,
    PaperState.ATERREMITTERAD,
)
# An unanswered remiss whose day has long passed is history, not work.
REMISS_IS_WORK_FOR = dt.timedelta(days=180)


@dataclass(frozen=True)
class Task:
    """One line of the list."""

    title: str
    detail: str
    url: str
    action: str
    """What the link says: the verb of what is to be done."""
    due_on: dt.date | None
    days_left: int | None
    is_example: bool = False
    steps: tuple[str, ...] = ()
    """What is planned next, with its day."""

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def due_text(self) -> str:
        return "" if self.days_left is None else days_text(self.days_left)


@dataclass(frozen=True)
class Todo:
    mine: tuple[Task, ...]
    waiting: tuple[Task, ...]
    """What is under way but waits for somebody else, so that nobody has to ask."""


def todo_for(user: User) -> Todo:
    """Everything that is open for the person, nearest due date first."""
    mine: list[Task] = []
    waiting: list[Task] = []
    overview = reporting_overview(user)
    for line in overview.open:
        _sort_report(user, line, mine, waiting)
    for period in overview.asked_to_correct:
        mine.append(
            Task(
                title=f"Begäran om rättelse, {period.label.lower()}",
                detail="En nämnd vill rätta sin rapport fast perioden är stängd eller låst",
                url=reverse("period", args=[period.code]),
                action="Svara",
                due_on=None,
                days_left=None,
            )
        )
    for period in overview.corrected:
        mine.append(
            Task(
                title=f"Rättade uppgifter i {period.label.lower()}",
                detail="En nämnd har rättat uppgifter som du har använt eller följer",
                url=reverse("followup-corrections", args=[period.code]),
                action="Läs",
                due_on=None,
                days_left=None,
            )
        )
    for status in overview.city:
        if status.done < len(status.lines):
            mine.append(
                Task(
                    title=f"Följ {status.period.label.lower()} i staden",
                    detail=_progress(status.done, len(status.lines), status.late),
                    url=reverse("followup", args=[status.period.code]),
                    action="Se läget",
                    due_on=status.period.due_on,
                    days_left=status.lines[0].days_left if status.lines else None,
                )
            )
    for report in overview.followup_reports:
        _sort_followup_report(report, mine, waiting)
    _sort_plans(user, mine, waiting)
    under_way = _sort_answers(user, mine, waiting)
    at_hand = list(papers_at_hand(user))
    mine += [
        Task(
            title=given.title,
            detail=given.detail,
            url=given.url,
            action="Skriv",
            due_on=given.due_on,
            days_left=_days_left(given.due_on, timezone.localdate()),
            is_example=given.is_example,
        )
        for given in given_sections(at_hand)
    ]
    _sort_attests(user, at_hand, mine, waiting)
    accounts = _accounts(user)
    at_meetings = under_way | {account.paper_id for account in accounts if account.paper_id}
    at_meetings |= {paper.pk for paper in at_hand if paper.state == PaperState.BESLUTAD}
    told = _sort_meetings(user, at_meetings, mine, waiting)
    _sort_accounts(user, [a for a in accounts if a.paper_id not in told], mine, waiting)
    _sort_sent_remisser(user, waiting)
    _sort_received_drafts(user, at_hand, mine, waiting)
    _sort_mergers(user, mine, waiting)
    return Todo(mine=_by_due_date(mine), waiting=_by_due_date(waiting))


def _sort_report(user: User, line: ReportLine, mine: list[Task], waiting: list[Task]) -> None:
    """A report is the filler's until it is handed in, and then the granskare's."""
    fills_in = user.access.has_role(line.namnd.pk, Role.UPPGIFTSLAMNARE)
    reviews = user.access.has_role(line.namnd.pk, Role.GRANSKARE)
    filled = f"{line.filled} av {line.expected} uppgifter ifyllda"

    def task(detail: str, action: str) -> Task:
        return Task(
            title=f"{line.period.label}, {line.namnd.short_name}",
            detail=detail,
            url=reverse("report", args=[line.namnd.code, line.period.code]),
            action=action,
            # A correction has no day of its own: what counts was handed in long ago.
            due_on=None if line.is_corrected else line.due_on,
            days_left=None if line.is_corrected else line.days_left,
            is_example=line.is_example,
        )

    if not line.state or line.state in EDITABLE:
        returned = line.state == ReportState.ATERSAND
        how = "Återsänd av granskaren, " if returned else "Rättas, " if line.is_corrected else ""
        if fills_in:
            rights = returned or line.is_corrected
            mine.append(task(f"{how}{filled}", "Rätta" if rights else "Fyll i"))
        elif reviews:
            waiting.append(task(f"Hos uppgiftslämnaren, {filled}", "Läs"))
    elif line.state == ReportState.INLAMNAD:
        if reviews:
            mine.append(task(f"Inlämnad, {filled}", "Granska"))
        elif fills_in:
            waiting.append(task("Inlämnad, väntar på granskning", "Läs"))


def _sort_followup_report(report: WaitingReport, mine: list[Task], waiting: list[Task]) -> None:
    """The follow-up as a report: a draft is its makers', a fixed one is the secretary's to decide
    on; whoever else it concerns sees where it is."""
    name = "followup-report" if report.is_citys else "tertial-report"
    codes = [*([] if report.is_citys else [report.namnd_code]), report.period.code]
    period = small(report.period.label)
    task = Task(
        title=f"Rapporten, samlad uppföljning {period}"
        if report.is_citys
        else f"Tertialrapporten, {period}, {report.namnd}",
        detail="Utkast" if report.is_draft else "Fastställd, inget beslut registrerat",
        url=reverse(f"{name}-decision", args=[*codes, report.latest])
        if report.decides
        else reverse(name, args=codes),
        action="Registrera beslut"
        if report.decides
        else "Skriv vidare"
        if report.writes
        else "Läs",
        due_on=None,
        days_left=None,
        is_example=report.is_example,
    )
    (mine if report.decides or report.writes else waiting).append(task)


def _sort_plans(user: User, mine: list[Task], waiting: list[Task]) -> None:
    """What the nämnd has adopted for the year is the secretary's to register, once it is decided.

    A chef may register it too, but is not asked to.
    """
    writes_for = user.access.namnd_ids(Role.NAMNDSEKRETERARE)
    for plan in unregistered_plans(user.access.namnder(Role.NAMNDSEKRETERARE, Role.CHEF)):
        writes = plan.namnd.pk in writes_for
        what = (
            "1 aktivitet eller indikator"
            if plan.expected == 1
            else (f"{plan.expected} aktiviteter och indikatorer")
        )
        task = Task(
            title=f"Verksamhetsplan {plan.year}, {plan.namnd.short_name}",
            detail=f"Registrera vad nämnden har antagit. {what} väntas av nämnden",
            url=reverse("plan-change" if writes else "plan", args=[plan.namnd.code, plan.year]),
            action="Registrera" if writes else "Läs",
            due_on=None,
            days_left=None,
        )
        (mine if writes else waiting).append(task)


def _sort_answers(user: User, mine: list[Task], waiting: list[Task]) -> set[int]:
    """A remiss is the nämnd secretary's until its paper is sent to attest.

    Answers the papers that are further on their way.
    """
    today = timezone.localdate()
    writes_for = user.access.namnd_ids(Role.NAMNDSEKRETERARE)
    reads_for = user.access.namnd_ids(Role.CHEF) - writes_for
    under_way: set[int] = set()
    instances = (
        _open_instances(today, or_in=ON_ITS_WAY)
        .filter(namnd_id__in=writes_for | reads_for)
        .select_related("remiss", "namnd", "answer__paper", "plan")
        .order_by("due_on", "pk")
    )
    for instance in instances:
        namnd = instance.namnd
        assert namnd is not None  # noqa: S101 - the query asked for the person's own nämnder
        paper: Paper | None = instance.answer.paper if hasattr(instance, "answer") else None
        if paper is not None and paper.state != PaperState.UTKAST:
            under_way |= {paper.pk} if paper.state in ON_ITS_WAY else set()
            continue
        task = Task(
            title=f"Svar på remiss {instance.remiss.dnr}, {namnd.short_name}",
            detail=f"{instance.remiss.title}. {'Utkast' if paper else 'Inte påbörjat'}",
            url=reverse("answer", args=[instance.remiss.slug, namnd.code])
            if paper
            else reverse("remiss", args=[instance.remiss.slug]),
            action=("Skriv vidare" if paper else "Påbörja")
            if instance.namnd_id in writes_for
            else "Läs",
            due_on=instance.due_on,
            days_left=_days_left(instance.due_on, today),
            is_example=instance.remiss.is_example,
            steps=next_steps(instance.plan, today) if hasattr(instance, "plan") else (),
        )
        (mine if instance.namnd_id in writes_for else waiting).append(task)
    return under_way


def _sort_attests(user: User, papers: list[Paper], mine: list[Task], waiting: list[Task]) -> None:
    """A paper under attest is one head's at a time; the others see whose."""
    today = timezone.localdate()
    for found in attest_tasks(user, papers):
        task = Task(
            title=found.title,
            detail=found.detail,
            url=found.url,
            action="Läs och attestera" if found.is_mine else "Se",
            due_on=found.due_on,
            days_left=_days_left(found.due_on, today),
            is_example=found.paper.is_example,
        )
        (mine if found.is_mine else waiting).append(task)


def _sort_meetings(
    user: User, paper_ids: set[int], mine: list[Task], waiting: list[Task]
) -> set[int]:
    """From attest to the decision; and for members, what they have been sent to read.

    Answers the papers that have been told of.
    """
    told: set[int] = set()
    today = timezone.localdate()
    for found in (*meeting_tasks(user, today, paper_ids), *papers_to_read(user, today)):
        task = Task(
            title=found.title,
            detail=found.detail,
            url=found.url,
            action=found.action,
            due_on=found.due_on,
            days_left=_days_left(found.due_on, today),
            is_example=found.is_example,
        )
        (mine if found.is_mine else waiting).append(task)
        told.add(found.paper_id)
    return told


def _accounts(user: User) -> list[Account]:
    """The accounts that are left to make, of the nämnder where the person is to know of them."""
    concerned = user.access.namnd_ids(Role.NAMNDSEKRETERARE, Role.CHEF)
    return list(open_accounts_of(concerned)) if concerned else []


def _sort_accounts(
    user: User, accounts: list[Account], mine: list[Task], waiting: list[Task]
) -> None:
    """What uppdrag and decisions ask of the nämnd: the secretary's to write, the chef's to know.

    An uppdrag does not grow old: it stays here until it is accounted for or closed.
    """
    today = timezone.localdate()
    writes_for = user.access.namnd_ids(Role.NAMNDSEKRETERARE)
    concerned = writes_for | user.access.namnd_ids(Role.CHEF)
    if not concerned:
        return

    def put(of: Account | Obligation, title: str, detail: str, action: str, url: str) -> None:
        task = Task(
            title=title,
            detail=detail,
            url=url,
            action=action if of.namnd_id in writes_for else "Läs",
            due_on=of.due_on,
            days_left=_days_left(of.due_on, today),
            is_example=of.assignment.is_example,
        )
        (mine if of.namnd_id in writes_for else waiting).append(task)

    for account in accounts:
        paper = account.paper
        if paper is not None and paper.state == PaperState.UNDER_ATTEST:
            continue
        attested = paper is not None and paper.state != PaperState.UTKAST
        address = [account.assignment.slug, account.number]
        put(
            account,
            f"{account.get_kind_display()} av uppdrag, {account.namnd.short_name}",
            f"{account.assignment.title}. "
            + (
                "Attesterad, inget beslut registrerat"
                if attested
                else "Utkast"
                if paper
                else "Inte påbörjad"
            ),
            "Registrera beslut" if attested else "Skriv vidare" if paper else "Påbörja",
            reverse(
                "account-decision"
                if attested and account.namnd_id in writes_for
                else "account-page",
                args=address,
            ),
        )
    for obligation in open_obligations_of(concerned):
        put(
            obligation,
            f"{obligation.text.rstrip('.')}, {obligation.namnd.short_name}",
            f"Enligt beslut i uppdraget {obligation.assignment.title}",
            "Se uppdraget",
            reverse("assignment", args=[obligation.assignment.slug]),
        )


def _sort_sent_remisser(user: User, waiting: list[Task]) -> None:
    """For the remitter's officer: answers that are still to come."""
    today = timezone.localdate()
    awaited = (
        _open_instances(today)
        .filter(asked=True, remiss__remitter_namnd_id__in=user.access.namnd_ids(Role.REMITTENT))
        .exclude(answer__paper__state__in=OUT_STATES)
        .select_related("remiss")
        .order_by("due_on", "remiss_id", "order", "pk")
    )
    by_remiss: dict[int, list[Remissinstans]] = {}
    for instance in awaited:
        by_remiss.setdefault(instance.remiss_id, []).append(instance)
    for instances in by_remiss.values():
        remiss, due_on = instances[0].remiss, instances[0].due_on
        waiting.append(
            Task(
                title=f"Svar på remiss {remiss.dnr}",
                detail=f"{remiss.title}. {len(instances)} instanser ska svara",
                url=reverse("remiss", args=[remiss.slug]),
                action="Se läget",
                due_on=due_on,
                days_left=_days_left(due_on, today),
                is_example=remiss.is_example,
            )
        )


def _sort_received_drafts(
    user: User, papers: list[Paper], mine: list[Task], waiting: list[Task]
) -> None:
    """Another nämnd has sent its draft and asks for comments; those who write answer it."""
    since = timezone.now() - REMISS_IS_WORK_FOR
    answers_for = user.access.namnd_ids(Role.NAMNDSEKRETERARE, Role.CHEF)
    for paper, version, share in received_drafts(papers):
        if share.at < since:
            continue
        remiss = paper.answer.instance.remiss
        sent_on = date_format(timezone.localtime(share.at), "Y-m-d")
        task = Task(
            title=f"Utkast för synpunkter, {remiss.dnr}, {share.to_namnd.short_name}",
            detail=f"{paper.namnd} skickade version {version.number} {sent_on}",
            url=reverse("shared-draft", args=[remiss.slug, paper.namnd.code, version.number]),
            action="Läs",
            due_on=None,
            days_left=None,
            is_example=paper.is_example,
        )
        (mine if share.to_namnd_id in answers_for else waiting).append(task)


def _sort_mergers(user: User, mine: list[Task], waiting: list[Task]) -> None:
    """Mergers: what has to be moved, for the systemförvaltare; what is coming, for all it is of."""
    today = timezone.localdate()
    keeps_system = user.access.is_systemforvaltare
    for done in waiting_tasks() if keeps_system else ():
        mine.append(
            Task(
                title=f"Flytta öppna ärenden till {done.new}",
                detail=f"{_counted(done.number)} ligger kvar hos de gamla",
                url=reverse("namnd-list"),
                action="Flytta",
                due_on=done.on,
                days_left=(done.on - today).days,
            )
        )
    inside = user.access.inside_ids()
    if not keeps_system and not user.access.is_to_be_followed(today):
        return
    for merger in coming_mergers():
        if not keeps_system and not ({old.pk for old in merger.old} & inside):
            continue
        names = " och ".join(old.short_name for old in merger.old)
        # How much the others have open is theirs.
        open_now = f". {_counted(merger.open_tasks)} följer då med" if keeps_system else ""
        waiting.append(
            Task(
                title=f"{names} blir {merger.new}",
                detail=f"Från {date_format(merger.on, 'j F Y')}{open_now}",
                url=reverse("namnd-list") if keeps_system else reverse("reporting"),
                action="Se nämnderna" if keeps_system else "Se rapporterna",
                due_on=merger.on,
                days_left=(merger.on - today).days,
            )
        )


def _counted(number: int) -> str:
    return "1 öppet ärende" if number == 1 else f"{number} öppna ärenden"


def _open_instances(
    today: dt.date, *, or_in: tuple[PaperState, ...] = ()
) -> QuerySet[Remissinstans]:
    """Instances whose answer is work and not history. Some papers give no due date.

    or_in: and those whose paper is in one of these states.
    """
    recently = today - REMISS_IS_WORK_FOR
    return Remissinstans.objects.filter(
        Q(due_on__gte=recently)
        | Q(due_on__isnull=True, remiss__received_on__gte=recently)
        | Q(answer__paper__state__in=or_in)
    )


def _days_left(due_on: dt.date | None, today: dt.date) -> int | None:
    return None if due_on is None else (due_on - today).days


def _progress(done: int, of: int, late: int) -> str:
    text = f"{done} av {of} nämnder har lämnat in"
    return f"{text}, {late} är sena" if late else text


def _by_due_date(tasks: list[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda task: (task.due_on or dt.date.max, task.title)))
