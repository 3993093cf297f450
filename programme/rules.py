"""Who may do what with the programmes, as named rules.

Everybody who is signed in reads them. Their content is the coordinator's: the samordnare of the
programme, and nobody else. The systemförvaltare keeps the lists that programmes choose from.
"""

import rules

from organisation.models import User
from organisation.rules import is_samordnare

rules.add_rule("programme.edit", is_samordnare)
rules.add_rule("service.keep", is_samordnare)


def may_edit_programmes(user: User) -> bool:
    """Whether the person may change goals, activities and what belongs to them: samordnare."""
    return rules.test_rule("programme.edit", user)


def may_keep_services(user: User) -> bool:
    """Whether the person adds, changes, verifies and retires stöd och insatser: samordnaren."""
    return rules.test_rule("service.keep", user)
