"""The calendar of a nämnd's meetings. What is planned by it is planned anew when it changes."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.dispatch import Signal

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import MeetingKind
from organisation.models import Meeting, Namnd, User
from organisation.rules import may_keep_calendar
from trace.domain import record

ONLY_ITS_SECRETARY = "Bara nämndens nämndsekreterare och systemförvaltaren sköter sammanträdena."

# Sent inside the transaction of the change, with `namnd_id` and `actor` (None: the program
# itself); from a change of one, with that `meeting` and, where it was cancelled or moved, with
# a sentence that says so as `moved`. Apps above listen: this one knows nothing of what is planned
# by its meetings.
calendar_changed = Signal()


@dataclass(frozen=True)
class MeetingFacts:
    date: dt.date
    starts_at: dt.time | None = None
    """Tells two meetings on one day apart."""
    kind: str = MeetingKind.ORDINARIE
    agenda_on: dt.date | None = None
    """When the papers are sent out; None when it is not known."""
    cancelled: bool = False


@transaction.atomic
def add_meeting(
    namnd: Namnd, facts: MeetingFacts, *, actor: User | None, is_example: bool = False
) -> Meeting:
    """Put a meeting into the nämnd's calendar.

    actor: None for the program itself (the demo).
    Raises NotAllowed; Invalid for a day that has a meeting or on which there is no such nämnd.
    Side effects: an event; `calendar_changed`.
    """
    _check_right(namnd.pk, actor)
    # Two who add the same day at once: the second waits here, and is told.
    namnd = Namnd.objects.select_for_update().get(pk=namnd.pk)
    meeting = Meeting(namnd=namnd, is_example=is_example)
    _put(meeting, facts)
    meeting.save()
    _tell(meeting, actor, "sammantrade-tillagt", f"Lade in sammanträdet {meeting.date}")
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, facts: MeetingFacts, *, actor: User, expected_version: int
) -> Meeting:
    """Move a meeting, cancel it, or say when its papers are sent out.

    expected_version: the meeting's revision that the person saw. The same again changes nothing.
    Raises NotAllowed, Invalid, Conflict. Side effects: an event; `calendar_changed`.
    """
    _check_right(meeting.namnd_id, actor)
    Namnd.objects.select_for_update().get(pk=meeting.namnd_id)
    meeting = Meeting.objects.select_related("namnd").get(pk=meeting.pk)
    before = meeting.date
    now = MeetingFacts(
        meeting.date, meeting.starts_at, meeting.kind, meeting.agenda_on, meeting.cancelled
    )
    if now == facts:
        return meeting
    if meeting.revision != expected_version:
        raise Conflict("Någon annan har ändrat sammanträdet sedan du öppnade sidan. Läs det igen.")
    if facts.date != before and meeting.decisions.exists():
        raise Invalid("Nämnden har beslutat vid sammanträdet, så dagen står fast.", field="date")
    _put(meeting, facts)
    meeting.revision += 1
    meeting.save()
    said, moved = f"Ändrade sammanträdet {before}", ""
    if facts.cancelled and not now.cancelled:
        said, moved = f"Ställde in sammanträdet {before}", f"Sammanträdet {before} är inställt."
    elif facts.date != before:
        said = f"Flyttade sammanträdet {before} till {facts.date}"
        moved = f"Sammanträdet {before} är flyttat till {facts.date}."
    _tell(meeting, actor, "sammantrade-andrat", said, moved=moved)
    return meeting


def meeting_of(
    namnd: Namnd, on: dt.date, *, actor: User | None, is_example: bool = False
) -> Meeting:
    """The nämnd's meeting on that day, the first of them; one that is not registered is by this.

    For commands. Side effects: perhaps the meeting, and `calendar_changed`.
    """
    found = Meeting.objects.filter(namnd=namnd, date=on).first()
    if found is not None:
        return found
    meeting = Meeting.objects.create(namnd=namnd, date=on, is_example=is_example)
    calendar_changed.send(Meeting, namnd_id=namnd.pk, actor=actor)
    return meeting


def _put(meeting: Meeting, facts: MeetingFacts) -> None:
    if facts.kind not in MeetingKind.values:
        raise Invalid("Välj ett slag i listan.", field="kind")
    others = Meeting.objects.filter(
        namnd=meeting.namnd_id, date=facts.date, starts_at=facts.starts_at
    ).exclude(pk=meeting.pk)
    if others.exists():
        raise Invalid(
            "Nämnden har redan ett sammanträde den tiden. Är det två samma dag, skriv klockslag."
            if facts.starts_at
            else "Nämnden har redan ett sammanträde den dagen. Är det två, skriv klockslag.",
            field="starts_at" if facts.starts_at else "date",
        )
    if not meeting.namnd.exists_on(facts.date):
        raise Invalid(f"{meeting.namnd} finns inte den dagen.", field="date")
    if facts.agenda_on and facts.agenda_on > facts.date:
        raise Invalid("Utskicket kan inte vara efter sammanträdet.", field="agenda_on")
    meeting.date, meeting.starts_at, meeting.kind = facts.date, facts.starts_at, facts.kind
    meeting.agenda_on, meeting.cancelled = facts.agenda_on, facts.cancelled


def _check_right(namnd_id: int, actor: User | None) -> None:
    if actor is not None and not may_keep_calendar(actor, Meeting(namnd_id=namnd_id)):
        raise NotAllowed(ONLY_ITS_SECRETARY)


def _tell(
    meeting: Meeting, actor: User | None, verb: str, summary: str, *, moved: str = ""
) -> None:
    record(meeting, actor=actor, verb=verb, summary=summary, scope=meeting.namnd.code)
    calendar_changed.send(
        Meeting, namnd_id=meeting.namnd_id, actor=actor, meeting=meeting, moved=moved
    )
