"""Who may do what with the programmes, as named rules."""

import rules

from organisation.models import User
from organisation.rules import is_samordnare

rules.add_rule("programme.responsibility", is_samordnare)


def may_lay_responsibility(user: User) -> bool:
    """Whether the person says who answers for activities and indicators: the samordnare."""
    return rules.test_rule("programme.responsibility", user)
