"""Who may do what with the programmes' registers, as named rules."""

import rules

from organisation.models import User
from organisation.rules import is_samordnare

rules.add_rule("service.keep", is_samordnare)


def may_keep_services(user: User) -> bool:
    """Whether the person adds, changes, verifies and retires stöd och insatser: samordnaren."""
    return rules.test_rule("service.keep", user)
