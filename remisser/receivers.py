"""When a nämnd's calendar changes, what is planned by it is planned anew."""

from typing import Any

from django.dispatch import receiver

from organisation.domain.meetings import calendar_changed
from organisation.models import User
from remisser.domain.plans import replan


@receiver(calendar_changed)
def plan_anew(namnd_id: int, actor: User | None, **_: Any) -> None:
    replan(namnd_id, actor=actor, because="Nämndens sammanträdeskalender har ändrats.")
