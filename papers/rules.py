"""Who may do what with a nämnd's paper, as named rules.

`paper` may be unsaved: a paper that nobody has begun belongs to its nämnd all the same. The rules
ask about the person; whether the paper is in a state for it, the table of transitions says
(domain/workflow.py).
"""

import rules

from organisation.enums import INSIDE_ROLES, Role
from organisation.models import User
from organisation.rules import has_role_in_its_namnd
from papers.models import Paper

rules.add_rule("paper.write", has_role_in_its_namnd(Role.NAMNDSEKRETERARE))
rules.add_rule("paper.open_version", has_role_in_its_namnd(Role.NAMNDSEKRETERARE))
rules.add_rule("paper.comment", has_role_in_its_namnd(*INSIDE_ROLES))
rules.add_rule("paper.share", has_role_in_its_namnd(Role.NAMNDSEKRETERARE))
rules.add_rule("paper.send_to_attest", has_role_in_its_namnd(Role.NAMNDSEKRETERARE))
rules.add_rule("paper.attest", has_role_in_its_namnd(Role.CHEF))


def may_send_to_attest(user: User, paper: Paper) -> bool:
    """Whether the person may ask heads to attest the paper: nämndsekreterare of its nämnd."""
    return rules.test_rule("paper.send_to_attest", user, paper)


def may_attest(user: User, paper: Paper) -> bool:
    """Whether the person can be asked to attest the paper: chef of its nämnd.

    That they were asked, and have not written it themselves, the command asks.
    """
    return rules.test_rule("paper.attest", user, paper)


def may_share(user: User, paper: Paper) -> bool:
    """Whether the person may send a draft to another nämnd: nämndsekreterare of the paper's."""
    return rules.test_rule("paper.share", user, paper)


def may_write(user: User, paper: Paper) -> bool:
    """Whether the person may write in the paper: nämndsekreterare of its nämnd."""
    return rules.test_rule("paper.write", user, paper)


def may_open_version(user: User, paper: Paper) -> bool:
    """Whether the person may open a new version: nämndsekreterare of its nämnd."""
    return rules.test_rule("paper.open_version", user, paper)


def may_comment(user: User, paper: Paper) -> bool:
    """Whether the person may comment on the paper: everyone who works in its nämnd."""
    return rules.test_rule("paper.comment", user, paper)
