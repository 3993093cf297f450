"""Papers on their way through the nämnd, in the to-do list: sent out, decided, written again."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from organisation.enums import Role
from organisation.models import User
from papers.enums import AttestSource, PaperState
from papers.models import AgendaItem, Attestation, Paper


@dataclass(frozen=True)
class MeetingTask:
    paper_id: int
    """0 for a whole meeting."""
    title: str
    detail: str
    action: str
    url: str
    is_mine: bool
    due_on: dt.date | None
    is_example: bool


def meeting_tasks(user: User, today: dt.date, paper_ids: Collection[int]) -> Iterator[MeetingTask]:
    """What the secretary does next with answers and accounts among the papers, attested in Samlad.

    As many queries whatever their number.
    """
    writes_for = user.access.namnd_ids(Role.NAMNDSEKRETERARE)
    for paper in _papers(paper_ids) if paper_ids else ():
        version, meeting, namnd = paper.current, paper.meeting, paper.namnd
        home = url = _home(paper)
        agenda = reverse("agenda", args=[namnd.code, meeting.pk]) if meeting else ""
        detail, action = "", ""
        match paper.state:
            case PaperState.ATTESTERAD:
                detail, action = "Attesterad, inte utskickad", "Skicka ut"
                url = agenda or reverse("planning", args=[namnd.code])
            case PaperState.BORDLAGD:
                detail, action = "Bordlagd, tas upp igen vid ett senare sammanträde", "Skicka ut"
                url = reverse("planning", args=[namnd.code])
            case PaperState.ATERREMITTERAD:
                detail, action = "Återremitterad, nämnden har bett om något", "Öppna ny version"
            case PaperState.BESLUTAD:
                detail, action = "Nämnden har beslutat", "Expediera"
                url = f"{url}expediering/"
            case PaperState.UTSKICKAD if meeting and meeting.date <= today:
                detail, action = f"Sammanträdet var {meeting.date}", "Registrera beslutet"
                url = f"{url}beslut/"
            case PaperState.UTSKICKAD:
                detail = f"Utskickad till sammanträdet {meeting.date if meeting else ''}"
        is_mine = bool(action) and paper.namnd_id in writes_for
        yield MeetingTask(
            paper_id=paper.pk,
            title=f"{version.title or version.subtitle}, {namnd.short_name}" if version else "",
            detail=detail,
            action=action if is_mine else "Läs",
            url=url if is_mine else home,
            is_mine=is_mine,
            due_on=paper.answer.instance.due_on
            if hasattr(paper, "answer")
            else paper.account.due_on,
            is_example=paper.is_example,
        )


def papers_to_read(user: User, today: dt.date) -> Iterator[MeetingTask]:
    """For members: meetings to come that papers have been sent out to."""
    member_of = user.access.namnd_ids(Role.LEDAMOT)
    if not member_of:
        return
    items = (
        AgendaItem.objects.visible_to(user)
        .filter(meeting__namnd_id__in=member_of, meeting__date__gte=today, meeting__cancelled=False)
        .select_related("meeting__namnd")
        .order_by("meeting__date", "meeting")
    )
    by_meeting: dict[int, list[AgendaItem]] = {}
    for item in items:
        by_meeting.setdefault(item.meeting_id, []).append(item)
    for found in by_meeting.values():
        meeting = found[0].meeting
        count = "1 ärende" if len(found) == 1 else f"{len(found)} ärenden"
        yield MeetingTask(
            paper_id=0,
            title=f"Sammanträdet {meeting.date}, {meeting.namnd.short_name}",
            detail=f"{count} på dagordningen",
            action="Läs handlingarna",
            url=reverse("agenda", args=[meeting.namnd.code, meeting.pk]),
            is_mine=True,
            due_on=meeting.date,
            is_example=meeting.is_example,
        )


def _papers(paper_ids: Collection[int]) -> QuerySet[Paper]:
    given_here = Attestation.objects.filter(version=OuterRef("current"), source=AttestSource.SAMLAD)
    return (
        Paper.objects.filter(
            pk__in=paper_ids,
            state__in=(
                PaperState.ATTESTERAD,
                PaperState.UTSKICKAD,
                PaperState.BESLUTAD,
                PaperState.BORDLAGD,
                PaperState.ATERREMITTERAD,
            ),
        )
        # What was read in from a paper that was attested long ago is history, and not work.
        .filter(Q(answer__isnull=False) | Q(account__isnull=False), Exists(given_here))
        .select_related(
            "namnd", "current", "meeting", "answer__instance__remiss", "account__assignment"
        )
        .order_by("pk")
    )


def _home(paper: Paper) -> str:
    """The paper's own address."""
    if hasattr(paper, "answer"):
        return reverse("answer", args=[paper.answer.instance.remiss.slug, paper.namnd.code])
    account = paper.account
    return reverse("account-page", args=[account.assignment.slug, account.number])
