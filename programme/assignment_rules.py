"""Who may do what with an uppdrag and its accounts, as named rules.

`obj` may be unsaved: an uppdrag that nobody has registered belongs to its nämnd all the same. An
uppdrag that is laid on a group is nobody's own: the samordnare keeps it, and each of the group's
nämnder keeps its own accounts.
"""

from typing import Any

import rules

from organisation.enums import Role
from organisation.models import User
from organisation.rules import has_role_in_its_namnd
from programme.models import Account, Assignment

_its_own = has_role_in_its_namnd(Role.NAMNDSEKRETERARE, Role.CHEF)


@rules.predicate
def coordinates_a_groups(user: User, assignment: Any) -> bool:
    return bool(assignment.group) and user.access.has_role_anywhere(Role.SAMORDNARE)


rules.add_rule("assignment.keep", _its_own | coordinates_a_groups)
rules.add_rule("account.keep", _its_own)


def may_keep(user: User, assignment: Assignment) -> bool:
    """Whether the person may register, change and close the uppdrag."""
    return rules.test_rule("assignment.keep", user, assignment)


def may_keep_account(user: User, account: Account) -> bool:
    """Whether the person may plan the account and record what was decided on it."""
    return rules.test_rule("account.keep", user, account)
