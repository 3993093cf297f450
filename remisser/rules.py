"""Who may say what a remiss is about, as a named rule.

A remiss is nobody's own: whoever sent it, whoever answers it, and the coordinator of the
programmes may say which goals and uppdrag it belongs with. What it asks is not changed by that.
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


rules.add_rule("remiss.link", is_samordnare | sent_it | registers_for_an_instance)


def may_link(user: User, remiss: Remiss) -> bool:
    """Whether the person may link the remiss with goals and uppdrag, and take links away."""
    return rules.test_rule("remiss.link", user, remiss)
