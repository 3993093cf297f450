"""Who may register a remiss, amend it, and say what it is about, as named rules.

A remiss is nobody's own: whoever sent it, whoever answers it, and the coordinator of the
programmes may say which goals and uppdrag it belongs with. What it asks is not changed by that.
Whoever registered it amends what was registered, and the remitter itself; each nämnd keeps its own
number and due date.
"""

import rules

from organisation.enums import Role
from organisation.models import User
from organisation.rules import is_samordnare
from remisser.models import Remiss


@rules.predicate
def registers_for_an_instance(user: User, remiss: Remiss) -> bool:
    ids = user.access.namnd_ids(Role.NAMNDSEKRETERARE)
    return bool(ids) and remiss.instances.filter(namnd__in=ids).exists()


@rules.predicate
def sent_it(user: User, remiss: Remiss) -> bool:
    return remiss.remitter_namnd_id is not None and user.access.has_role(
        remiss.remitter_namnd_id, Role.REMITTENT
    )


@rules.predicate
def keeps_a_register(user: User) -> bool:
    return user.access.has_role_anywhere(Role.NAMNDSEKRETERARE, Role.REMITTENT)


@rules.predicate
def registered_it(user: User, remiss: Remiss) -> bool:
    return remiss.registered_by_namnd_id is not None and user.access.has_role(
        remiss.registered_by_namnd_id, Role.NAMNDSEKRETERARE, Role.REMITTENT
    )


rules.add_rule("remiss.register", keeps_a_register)
rules.add_rule("remiss.amend", registered_it | sent_it)
rules.add_rule("remiss.link", is_samordnare | sent_it | registered_it | registers_for_an_instance)


def may_register(user: User) -> bool:
    """Whether the person registers remisser: a nämndsekreterare, or the remitter's officer."""
    return rules.test_rule("remiss.register", user)


def may_amend(user: User, remiss: Remiss) -> bool:
    """Whether the person may amend the matter, its instances and its att-satser."""
    return rules.test_rule("remiss.amend", user, remiss)


def may_link(user: User, remiss: Remiss) -> bool:
    """Whether the person may link the remiss with goals and uppdrag, and take links away."""
    return rules.test_rule("remiss.link", user, remiss)
