"""Which remisser concern a goal, for the goal's page."""

from dataclasses import dataclass

from organisation.models import User
from remisser.models import RemissGoal


@dataclass(frozen=True)
class RelatedRemiss:
    slug: str
    dnr: str
    title: str
    is_example: bool
    source: str
    """Where it is said that it concerns the goal."""


def remisser_of_goal(goal_id: int, *, user: User) -> tuple[RelatedRemiss, ...]:
    """The remisser that `user` may see and that concern the goal, the latest first. One query."""
    links = RemissGoal.objects.visible_to(user).filter(goal=goal_id).select_related("remiss")
    return tuple(
        RelatedRemiss(
            slug=link.remiss.slug,
            dnr=link.remiss.dnr,
            title=link.remiss.title,
            is_example=link.remiss.is_example,
            source=link.source,
        )
        for link in links.order_by("-remiss__dnr")
    )
