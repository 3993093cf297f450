"""Who may do what with a nämnd's report and its adoption, as named rules.

`report` may be unsaved: a report that nobody has started yet belongs to its nämnd all the same.
The rules ask about the person; whether the report is in a state for it, the table of
transitions says (domain/workflow.py).
"""

import rules

from indicators.models import Adoption, FollowupReport, Report
from organisation.enums import Role
from organisation.models import Namnd, User
from organisation.rules import has_role_in_its_namnd, is_samordnare


@rules.predicate
def did_not_submit_it(user: User, report: Report) -> bool:
    """Four eyes: who submitted the version does not approve it."""
    return report.current is None or report.current.submitted_by_id != user.pk


rules.add_rule("report.fill_in", has_role_in_its_namnd(Role.UPPGIFTSLAMNARE))
rules.add_rule("report.submit", has_role_in_its_namnd(Role.UPPGIFTSLAMNARE))
rules.add_rule("report.review", has_role_in_its_namnd(Role.GRANSKARE))
rules.add_rule("report.approve", has_role_in_its_namnd(Role.GRANSKARE) & did_not_submit_it)
rules.add_rule("report.recall", has_role_in_its_namnd(Role.UPPGIFTSLAMNARE))
rules.add_rule("report.correct", has_role_in_its_namnd(Role.UPPGIFTSLAMNARE, Role.GRANSKARE))
rules.add_rule("report.let_correct", is_samordnare)
rules.add_rule("report.decide", has_role_in_its_namnd(Role.NAMNDSEKRETERARE))
rules.add_rule("period.manage", is_samordnare)


def may_manage_periods(user: User) -> bool:
    """Whether the person opens, closes and locks periods and reminds: the samordnare."""
    return rules.test_rule("period.manage", user)


def may_fill_in(user: User, report: Report) -> bool:
    """Whether the person may write in the report: uppgiftslämnare of its nämnd."""
    return rules.test_rule("report.fill_in", user, report)


def may_submit(user: User, report: Report) -> bool:
    """Whether the person may hand it in: uppgiftslämnare of its nämnd."""
    return rules.test_rule("report.submit", user, report)


def may_review(user: User, report: Report) -> bool:
    """Whether the person may send it back: granskare of its nämnd."""
    return rules.test_rule("report.review", user, report)


def may_approve(user: User, report: Report) -> bool:
    """Whether the person may approve it: granskare of its nämnd, and not who submitted it."""
    return rules.test_rule("report.approve", user, report)


def may_recall(user: User, report: Report) -> bool:
    """Whether the person may take back what was handed in: uppgiftslämnare of its nämnd."""
    return rules.test_rule("report.recall", user, report)


def may_correct(user: User, report: Report) -> bool:
    """Whether the person may begin, ask for or give up a correction: who fills in or reviews."""
    return rules.test_rule("report.correct", user, report)


def may_let_correct(user: User, report: Report) -> bool:
    """Whether the person opens a report for correction after its period: the samordnare."""
    return rules.test_rule("report.let_correct", user, report)


def may_register_decision(user: User, report: Report) -> bool:
    """Whether the person registers the nämnd's decision on the report: its nämndsekreterare."""
    return rules.test_rule("report.decide", user, report)


# A verksamhetsplan is the nämnd's: what it has decided is written in by those who keep its papers.
rules.add_rule("adoption.register", has_role_in_its_namnd(Role.NAMNDSEKRETERARE, Role.CHEF))


def may_adopt(user: User, adoption: Adoption) -> bool:
    """Whether the person may register what the nämnd has adopted: its secretary or a chef."""
    return rules.test_rule("adoption.register", user, adoption)


rules.add_rule("indicator.keep", is_samordnare)


def may_keep_indicators(user: User) -> bool:
    """Whether the person changes what indicators mean, measure and aim at: the coordinator."""
    return rules.test_rule("indicator.keep", user)


rules.add_rule("programme.load", is_samordnare)


def may_load_programmes(user: User) -> bool:
    """Whether the person keeps the programmes' content: the coordinator."""
    return rules.test_rule("programme.load", user)


rules.add_rule("indicator.set_checks", is_samordnare)


def may_set_checks(user: User) -> bool:
    """Whether the person decides how outcomes are looked over: the samordnare."""
    return rules.test_rule("indicator.set_checks", user)


@rules.predicate
def makes_the_citys(user: User, report: FollowupReport) -> bool:
    """The whole city's follow-up is made by the samordnare."""
    return report.is_citys and user.access.is_samordnare


@rules.predicate
def makes_the_namnds(user: User, report: FollowupReport) -> bool:
    """A nämnd's tertialrapport is made by its granskare and its nämndsekreterare.

    Where the nämnd has been followed by another since the period ended, by that one's.
    """
    roles = (Role.GRANSKARE, Role.NAMNDSEKRETERARE)
    return not report.is_citys and _answering(user, report, *roles) is not None


@rules.predicate
def keeps_its_decisions(user: User, report: FollowupReport) -> bool:
    """The nämndsekreterare of the nämnd that answers for the report today."""
    return _answering(user, report, Role.NAMNDSEKRETERARE) is not None


def _answering(user: User, report: FollowupReport, *roles: Role) -> Namnd | None:
    return user.access.answering(report.namnd_id, report.period.ends_on, *roles)


@rules.predicate
def reads_the_draft(user: User, report: FollowupReport) -> bool:
    return report.namnd_id in user.access.inside_ids()


rules.add_rule("followup.write", makes_the_citys | makes_the_namnds)
rules.add_rule("followup.comment", makes_the_citys | reads_the_draft)
rules.add_rule("followup.decide", keeps_its_decisions)


def may_write_followup(user: User, report: FollowupReport) -> bool:
    """Whether the person writes, grades and fixes the follow-up.

    report: with its period; may be unsaved.
    """
    return rules.test_rule("followup.write", user, report)


def may_comment_followup(user: User, report: FollowupReport) -> bool:
    """Whether the person comments the draft: who writes it, and who reads it in its nämnd."""
    return rules.test_rule("followup.comment", user, report)


def may_decide_followup(user: User, report: FollowupReport) -> bool:
    """Whether the person registers the nämnd's decision on it: its nämndsekreterare."""
    return rules.test_rule("followup.decide", user, report)


def who_decides(user: User, report: FollowupReport) -> Namnd | None:
    """The person's nämnd that decides on the report; None for who is not its nämndsekreterare."""
    return _answering(user, report, Role.NAMNDSEKRETERARE)
