"""Who is what, as named predicates that the apps above combine.

`obj` is anything with a `namnd_id`. Django's superuser flag gives nothing here: a
systemförvaltare has no silent power over content.
"""

from collections.abc import Callable
from typing import Any

import rules

from organisation.enums import Role
from organisation.models import User


def has_role_in_its_namnd(*roles: str) -> Callable[[User, Any], bool]:
    """A predicate: the person has one of `roles` in the object's own nämnd."""
    name = "has_role:" + ",".join(roles)

    @rules.predicate(name=name)
    def predicate(user: User, obj: Any) -> bool:
        return user.access.has_role(obj.namnd_id, *roles)

    return predicate


@rules.predicate
def is_samordnare(user: User) -> bool:
    return user.access.has_role_anywhere(Role.SAMORDNARE)


@rules.predicate
def is_systemforvaltare(user: User) -> bool:
    return user.access.is_systemforvaltare


rules.add_rule("organisation.administrate", is_systemforvaltare)


def may_administrate(user: User) -> bool:
    """Whether the person keeps people, roles and nämnder: the systemförvaltare.

    It opens no nämnd's content. For that the systemförvaltare asks for insight, with a reason.
    """
    return rules.test_rule("organisation.administrate", user)


rules.add_rule("decision.record", has_role_in_its_namnd(Role.NAMNDSEKRETERARE, Role.CHEF))


def may_record_decision(user: User, meeting: Any) -> bool:
    """Whether the person may record what the nämnd decided: its nämndsekreterare or chef.

    meeting: may be unsaved; anything with a `namnd_id`.
    """
    return rules.test_rule("decision.record", user, meeting)


rules.add_rule("calendar.keep", has_role_in_its_namnd(Role.NAMNDSEKRETERARE) | is_systemforvaltare)


def may_keep_calendar(user: User, meeting: Any) -> bool:
    """Whether the person keeps the nämnd's meetings and how its matters are planned.

    meeting: may be unsaved; anything with a `namnd_id`.
    """
    return rules.test_rule("calendar.keep", user, meeting)
