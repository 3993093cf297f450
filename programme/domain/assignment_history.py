"""Historik of an uppdrag, for the nämnd whose matter it is."""

from typing import Any

from organisation.domain.who import namnd_names, who_for
from organisation.enums import NamndGroup
from organisation.models import Decision, DecisionPoint, Meeting, User
from programme.domain.assignment_workflow import Action
from programme.models import (
    Account,
    Assignment,
    AssignmentGoal,
    AssignmentPartner,
    Goal,
    Obligation,
    Postponement,
)
from trace.domain.history import Kept, Line, Spoken, history

ASSIGNMENT = {
    "title": "rubriken",
    "text": "texten",
    "abridged": "återgivet i korthet",
    "origin": "ursprunget",
    "origin_year": "budgetens år",
    "origin_as_written": "ursprunget, som det står",
    "dnr": "diarienumret",
    "due_on": "senast",
    "due_as_written": "senast, som det står",
    "note": "anmärkningen",
    "source": "källan",
}
DUE = {"due_on": "senast", "due_as_written": "senast, som det står"}
DECISION = {
    "paragraph": "paragrafen",
    "title": "ärendet",
    "dnr": "diarienumret",
    "outcome": "utfallet",
    "note": "anmärkningen",
    "source": "källan",
}
# What was done is told in its own words; what was changed is told by what it was and became.
ACTS = frozenset(
    {action.value for action in Action} - {Action.CHANGE.value, Action.CHANGE_ACCOUNT.value}
) | {"handed-over", "taken-over"}


def assignment_history(assignment: Assignment, *, reader: User) -> list[Line]:
    """Everything that was done with an uppdrag, its accounts and the decisions on them."""
    names = namnd_names()
    goals = {
        g.pk: f"{g.programme}, {g.label.lower()}"
        for g in Goal.objects.select_related("programme", "parent").order_by()
    }
    rows = {"assignment_id": assignment.pk}
    accounts = {a.pk: a.get_kind_display() for a in Account.objects.filter(**rows)}
    settled = Account.objects.filter(decision__isnull=False, **rows)
    decisions: list[int] = list(settled.values_list("decision_id", flat=True))
    put_off = Postponement.objects.filter(account__in=accounts)
    decisions += put_off.values_list("decision_id", flat=True)
    # A decision that was put right is kept, and told of too.
    found = list(Decision.objects.filter(pk__in=decisions).select_related("meeting"))
    while wrong := [d.corrects_id for d in found if d.corrects_id not in {d.pk for d in found}]:
        more = [pk for pk in wrong if pk is not None]
        if not more:
            break
        found += Decision.objects.filter(pk__in=more).select_related("meeting")
    days = {d.pk: f"{d.meeting.date:%Y-%m-%d}" for d in found}

    def partner(change: Any) -> str:
        group = NamndGroup(change.group).label if change.group else ""
        return f"Samverkan med {names(change.namnd_id) or group or change.name}"

    kept = [
        Kept(
            Assignment, {"id": assignment.pk}, lambda _: "Uppdraget", ASSIGNMENT, only_changes=True
        ),
        Kept(AssignmentPartner, rows, partner),
        Kept(
            AssignmentGoal,
            rows,
            lambda c: f"Kopplingen till {goals.get(c.goal_id, 'ett mål')}",
            {"source": "källan"},
        ),
        Kept(
            Account,
            rows,
            lambda c: accounts.get(c.pgh_obj_id, "Redovisningen") + "en",
            DUE,
            only_changes=True,
        ),
        Kept(
            Postponement,
            {"account_id__in": list(accounts)},
            lambda c: f"Uppskovet {days.get(c.decision_id, '')}",
        ),
        Kept(Obligation, rows, lambda c: f"Åtagandet ”{c.text}”", DUE),
        Kept(
            Decision, {"id__in": list(days)}, lambda c: f"Beslutet {days[c.pgh_obj_id]}", DECISION
        ),
        Kept(
            DecisionPoint,
            {"decision_id__in": list(days)},
            lambda c: f"Punkt {c.number} i beslutet {days[c.decision_id]}",
            {"text": ""},
        ),
        Kept(
            Meeting,
            {"id__in": list({d.meeting_id for d in found})},
            lambda _: "Sammanträdet",
            {"date": "dagen"},
            only_changes=True,
        ),
    ]
    return history(kept, who=who_for(reader), spoken=[Spoken(assignment, ACTS)])
