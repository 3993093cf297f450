"""When a nämnd's calendar changes, what is planned by it is planned anew."""

from typing import Any

from django.dispatch import receiver

from organisation.domain.meetings import calendar_changed
from organisation.models import Meeting, User
from papers.domain.agenda import tell_of_moved_meeting
from papers.domain.signals import meeting_chosen
from papers.models import Paper
from remisser.domain.plans import replan


@receiver(calendar_changed)
def plan_anew(namnd_id: int, actor: User | None, **_: Any) -> None:
    replan(namnd_id, actor=actor, because="Nämndens sammanträdeskalender har ändrats.")


@receiver(meeting_chosen)
def plan_by_the_chosen_meeting(paper: Paper, actor: User | None, **_: Any) -> None:
    replan(paper.namnd_id, actor=actor, because="Handlingens sammanträde har ändrats.")


@receiver(calendar_changed)
def tell_the_members(
    actor: User | None, meeting: Meeting | None = None, moved: str = "", **_: Any
) -> None:
    if meeting is not None and moved:
        tell_of_moved_meeting(meeting, moved, actor=actor)
