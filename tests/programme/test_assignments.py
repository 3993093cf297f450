"""Uppdrag and their accounts: the commands, what they refuse, and who sees what."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from organisation.domain.decisions import DecisionContent
from organisation.enums import DecisionOutcome, NamndGroup, NamndKind, Role
from organisation.models import Meeting
from papers.domain.errors import NotAllowed as PaperNotAllowed
from papers.domain.papers import save_section
from papers.domain.templates import ensure_standard_templates
from papers.enums import PaperKind, SectionKind
from papers.models import Paper, PaperTemplate
from programme.assignment_enums import (
    AccountKind,
    AssignmentOrigin,
    AssignmentState,
    ObligationKind,
)
from programme.domain.accounts import (
    Point,
    change_due,
    correct_account_decision,
    decide_account,
    fulfil_obligation,
    start_account,
)
from programme.domain.assignment_errors import Conflict, Invalid, NotAllowed, NotOpen
from programme.domain.assignment_pages import Filter
from programme.domain.assignment_reading import (
    assignment_list,
    assignment_page,
    open_accounts_of,
    open_obligations_of,
)
from programme.domain.assignments import (
    Facts,
    Partner,
    change_assignment,
    close_assignment,
    create_assignment,
    facts_of,
)
from programme.models import Account, Assignment, Obligation, Postponement
from tests.factories import (
    make_account,
    make_assignment,
    make_goal,
    make_namnd,
    make_template,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 20)
DUE = dt.date(2025, 4, 30)
NUMBER = "19121212-1212"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2025, 5, 10, 12, tzinfo=dt.UTC))


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def own_matter() -> PaperTemplate:
    ensure_standard_templates()
    return PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE)


def facts(**fields) -> Facts:
    fields.setdefault("title", "Ta fram en modell för stöd")
    fields.setdefault("origin", AssignmentOrigin.BUDGET)
    fields.setdefault("source", "Budget 2025")
    return Facts(**fields)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def decide(account: Account, actor=None, **fields):
    fields.setdefault("on", DAY)
    revision = Assignment.objects.get(pk=account.assignment_id).revision
    return decide_account(account, actor=actor, expected_version=revision, **fields)


# The uppdrag --------------------------------------------------------------------------------------


def test_an_uppdrag_of_a_budget_is_registered_with_what_is_known_and_no_more(secretary):
    goal = make_goal(4)
    made = create_assignment(
        facts(
            partners=(Partner(group=NamndGroup.STADSDELSNAMNDER), Partner(name="SHIS Bostäder")),
            goals=(goal,),
        ),
        actor=secretary,
        namnd=make_namnd(),
    )
    assert (made.slug, made.state) == ("ta-fram-en-modell-for-stod", AssignmentState.PAGAR)
    assert (made.origin_year, made.due_on, made.dnr) == (None, None, "")
    assert {str(p) for p in made.partners.all()} == {"Alla stadsdelsnämnder", "SHIS Bostäder"}
    assert list(made.goals.all()) == [goal]
    event = Event.objects.about(made).get()
    assert (event.verb, event.actor, event.scope) == ("created", secretary, "sodermalm")


def test_an_uppdrag_of_a_decision_points_at_it(secretary):
    decision = decide(make_account(kind=AccountKind.DEL), points=(Point("Ta fram en modell."),))
    made = create_assignment(
        facts(origin=AssignmentOrigin.BESLUT, origin_decision=decision),
        actor=secretary,
        namnd=make_namnd(),
    )
    assert made.origin_decision == decision
    with pytest.raises(Invalid):
        create_assignment(facts(origin_decision=decision), actor=secretary, namnd=make_namnd())


def test_two_of_the_same_name_get_addresses_of_their_own(secretary):
    slugs = [
        create_assignment(facts(title="Nytt"), actor=secretary, namnd=make_namnd()).slug
        for _ in range(3)
    ]
    assert slugs == ["nytt-2", "nytt-3", "nytt-4"]  # nytt/ is the page where one is registered


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"origin": "hittepa"}, "origin"),
        ({"due_as_written": "i april"}, "due_on"),
        ({"text": f"Hon har {NUMBER}."}, "text"),
        ({"note": NUMBER}, "note"),
        ({"partners": (Partner(name=NUMBER),)}, "others"),
        ({"source": ""}, ""),
    ],
)
def test_what_does_not_go_together_is_refused_with_its_place(secretary, fields, field):
    with pytest.raises(Invalid) as refusal:
        create_assignment(facts(**fields), actor=secretary, namnd=make_namnd())
    assert refusal.value.field == field
    assert Assignment.objects.count() == 0


def test_nobody_lays_an_uppdrag_on_another_namnd(secretary):
    with pytest.raises(NotAllowed):
        create_assignment(facts(), actor=secretary, namnd=make_namnd("bromma"))
    with pytest.raises(NotAllowed):
        create_assignment(facts(), actor=secretary, group=NamndGroup.STADSDELSNAMNDER)


def test_a_change_is_counted_told_and_refused_when_somebody_was_first(secretary):
    made = make_assignment()
    changed = facts_of(made).__class__(**{**facts_of(made).__dict__, "dnr": "1.1-5/2025"})
    change_assignment(made, actor=secretary, expected_version=0, facts=changed)
    assert (fresh(made).dnr, fresh(made).revision) == ("1.1-5/2025", 1)
    change_assignment(made, actor=secretary, expected_version=0, facts=changed)  # the same again
    assert fresh(made).revision == 1
    other = changed.__class__(**{**changed.__dict__, "title": "Annat"})
    with pytest.raises(Conflict) as conflict:
        change_assignment(made, actor=secretary, expected_version=0, facts=other)
    assert (conflict.value.revision, conflict.value.by) == (1, secretary)


def test_closing_takes_a_reason_and_ends_everything_that_was_asked(secretary):
    made = make_assignment()
    account = make_account(made, due_on=DUE)
    with pytest.raises(Invalid):
        close_assignment(made, actor=secretary, expected_version=1, reason=" ")
    close_assignment(made, actor=secretary, expected_version=1, reason="Uppdraget drogs tillbaka.")
    made = fresh(made)
    assert (made.state, made.closed_reason) == (
        AssignmentState.AVSLUTAT,
        "Uppdraget drogs tillbaka.",
    )
    assert list(open_accounts_of([account.namnd_id])) == []
    with pytest.raises(NotOpen):
        make_account(made, kind=AccountKind.DEL)


# Accounts -----------------------------------------------------------------------------------------


def test_an_account_has_a_number_a_day_and_one_is_the_last(secretary):
    made = make_assignment()
    first = make_account(made, kind=AccountKind.DEL, due_on=DUE, due_as_written="i april")
    last = make_account(made)
    assert [(a.number, a.kind) for a in (first, last)] == [(1, "del"), (2, "slut")]
    with pytest.raises(Invalid) as refusal:
        make_account(made)
    assert refusal.value.field == "kind"


def test_an_account_of_a_group_is_one_namnds_of_that_group():
    made = make_assignment(group=NamndGroup.STADSDELSNAMNDER)
    with pytest.raises(Invalid, match="Välj vilken nämnd"):
        make_account(made)
    with pytest.raises(Invalid, match="ligger inte på"):
        make_account(made, namnd=make_namnd("socialnamnden", kind=NamndKind.FACKNAMND))
    assert make_account(made, namnd=make_namnd("bromma")).namnd.code == "bromma"


def test_the_day_moves_with_a_reason(secretary):
    account = make_account(due_on=DUE)
    later = dt.date(2025, 6, 19)
    moved = {"due_on": later, "due_as_written": ""}
    with pytest.raises(Invalid):
        change_due(account, actor=secretary, expected_version=1, reason="", **moved)
    change_due(account, actor=secretary, expected_version=1, reason="Nämnden flyttade.", **moved)
    assert fresh(account).due_on == later
    assert Event.objects.about(account.assignment).first().reason == "Nämnden flyttade."
    change_due(account, actor=secretary, expected_version=0, reason="", **moved)  # the same again
    with pytest.raises(Conflict):
        change_due(
            account, actor=secretary, expected_version=1, reason="x", due_on=DUE, due_as_written=""
        )


def test_the_paper_begins_as_an_own_matter_with_signatures_after_the_decision(
    secretary, own_matter
):
    account = start_account(
        make_account(make_assignment(dnr="3.1.1-7/2025"), due_on=DUE), own_matter, actor=secretary
    )
    paper = account.paper
    assert (paper.kind, paper.namnd, paper.dnr) == ("eget-arende", make_namnd(), "3.1.1-7/2025")
    kinds = [section.kind for section in paper.current.sections.all()]
    assert kinds.index(SectionKind.UNDERSKRIFTER) == 1
    assert (paper.current.title, paper.current.subtitle) == ("Ett uppdrag", "Slutredovisning")
    assert start_account(account, own_matter, actor=secretary).paper == paper  # pressed twice
    assert Paper.objects.count() == 1


def test_the_paper_is_begun_by_the_secretary_with_a_template_of_its_kind(secretary, own_matter):
    account = make_account()
    for role in (Role.CHEF, Role.LASARE, Role.SAMORDNARE):
        with pytest.raises((NotAllowed, PaperNotAllowed)):
            start_account(account, own_matter, actor=make_user(role, make_namnd()))
    with pytest.raises(Invalid):
        start_account(account, make_template(), actor=secretary)
    assert Paper.objects.count() == 0


# The nämnd's decision -----------------------------------------------------------------------------


def test_a_partial_account_moves_the_uppdrag_and_its_points_oblige(secretary):
    made = make_assignment()
    account = make_account(made, kind=AccountKind.DEL)
    points = (
        Point("Delredovisningen godkänns."),
        Point("Slutredovisa senast april 2021.", ObligationKind.SLUTREDOVISA, DUE, "i april"),
        Point("Berätta för stadsdelsnämnderna.", ObligationKind.ANNAT),
    )
    decision = decide(account, secretary, outcome=DecisionOutcome.ENLIGT, points=points)
    assert fresh(made).state == AssignmentState.DELREDOVISAT
    assert fresh(account).decision == decision
    final = made.accounts.get(kind=AccountKind.SLUT)
    assert (final.due_on, final.due_as_written, final.namnd) == (DUE, "i april", make_namnd())
    to_account, to_tell = made.obligations.order_by("pk")
    assert (to_account.account, to_account.point.number) == (final, 2)
    assert (to_tell.account, to_tell.due_on, to_tell.done_on) == (None, None, None)
    assert [a.pk for a in open_accounts_of([made.namnd_id])] == [final.pk]
    assert [o.pk for o in open_obligations_of([made.namnd_id])] == [to_tell.pk]


def test_a_point_gives_its_day_to_the_final_account_that_is_planned(secretary):
    made = make_assignment()
    partial, final = make_account(made, kind=AccountKind.DEL), make_account(made)
    decide(partial, secretary, points=(Point("x", ObligationKind.SLUTREDOVISA, DUE),))
    assert made.accounts.count() == 2
    assert fresh(final).due_on == DUE
    assert Obligation.objects.get().account == final


@pytest.mark.parametrize("outcome", ["", DecisionOutcome.ENLIGT, DecisionOutcome.ANDRAT])
def test_a_final_account_ends_the_uppdrag(secretary, outcome):
    account = make_account()
    decide(account, secretary, outcome=outcome)
    assert fresh(account.assignment).state == AssignmentState.SLUTREDOVISAT
    with pytest.raises(NotOpen):
        decide(account, secretary)


@pytest.mark.parametrize("outcome", [DecisionOutcome.BORDLAGT, DecisionOutcome.ATERREMITTERAT])
def test_what_is_put_off_is_still_to_be_accounted_for(secretary, outcome):
    account = make_account(due_on=DUE)
    decision = decide(account, secretary, outcome=outcome)
    assert fresh(account.assignment).state == AssignmentState.PAGAR
    assert fresh(account).decision is None
    assert Postponement.objects.get().decision == decision
    decide(account, secretary, outcome=DecisionOutcome.ENLIGT, on=dt.date(2025, 4, 24))
    assert fresh(account.assignment).state == AssignmentState.SLUTREDOVISAT


def test_a_groups_uppdrag_is_finished_when_each_of_its_namnder_is():
    made = make_assignment(group=NamndGroup.STADSDELSNAMNDER)
    make_namnd("socialnamnden", kind=NamndKind.FACKNAMND)
    accounts = [make_account(made, namnd=make_namnd(code)) for code in ("bromma", "farsta")]
    decide(accounts[0])
    assert fresh(made).state == AssignmentState.DELREDOVISAT
    decide(accounts[1])
    assert fresh(made).state == AssignmentState.SLUTREDOVISAT


@pytest.mark.parametrize(
    ("kind", "outcome", "point"),
    [
        (AccountKind.SLUT, "", Point("x", ObligationKind.SLUTREDOVISA)),
        (AccountKind.DEL, DecisionOutcome.BORDLAGT, Point("x", ObligationKind.DELREDOVISA)),
        (AccountKind.DEL, "", Point("", ObligationKind.ANNAT)),
        (AccountKind.DEL, "", Point("x", "hittepa")),
        (AccountKind.DEL, "", Point("x", due_on=DUE)),
        (AccountKind.DEL, "", Point("x", ObligationKind.ANNAT, due_as_written="i april")),
        (AccountKind.DEL, "", Point(NUMBER)),
    ],
)
def test_a_point_that_cannot_be_is_refused_and_nothing_is_changed(secretary, kind, outcome, point):
    account = make_account(kind=kind)
    with pytest.raises(Invalid):
        decide(account, secretary, outcome=outcome, points=(point,))
    assert fresh(account.assignment).revision == 1
    assert Meeting.objects.count() == Obligation.objects.count() == 0


def test_a_decision_is_recorded_by_its_own_and_on_what_they_saw(secretary):
    account = make_account()
    for user in (
        make_user(Role.LASARE, make_namnd()),
        make_user(Role.SAMORDNARE, make_namnd()),
        make_user(Role.CHEF, make_namnd("bromma")),
    ):
        with pytest.raises(NotAllowed):
            decide(account, user)
    with pytest.raises(Conflict):
        decide_account(account, actor=secretary, expected_version=0, on=DAY)
    decide(account, make_user(Role.CHEF, make_namnd()))


def test_a_wrong_record_is_put_right_and_the_old_stays(secretary):
    account = make_account()
    old = decide(account, secretary, outcome=DecisionOutcome.ENLIGT, paragraph="7")
    right = DecisionContent(old.title, paragraph="7", outcome=DecisionOutcome.ANDRAT)
    revision = fresh(account.assignment).revision
    command = {"actor": secretary, "expected_version": revision, "reason": "Fel utfall"}
    put_off = DecisionContent(old.title, outcome=DecisionOutcome.BORDLAGT)
    with pytest.raises(Invalid):
        correct_account_decision(account, content=put_off, **command)
    new = correct_account_decision(account, content=right, **command)
    assert fresh(account).decision == new
    assert (new.corrects, new.corrects.outcome) == (old, DecisionOutcome.ENLIGT)


def test_something_else_that_was_asked_is_marked_as_done(secretary):
    account = make_account(kind=AccountKind.DEL)
    decide(account, secretary, points=(Point("Berätta.", ObligationKind.ANNAT, DUE),))
    obligation = Obligation.objects.get()
    revision = fresh(account.assignment).revision
    done = {"actor": secretary, "expected_version": revision}
    with pytest.raises(Invalid, match="inte varit än"):
        fulfil_obligation(obligation, on=dt.date(2026, 1, 1), **done)
    with pytest.raises(Invalid):
        fulfil_obligation(obligation, on=DAY, note=NUMBER, **done)
    fulfil_obligation(obligation, on=DAY, note="Brev.", **done)
    fulfil_obligation(obligation, on=DAY, note="Brev.", **done)  # pressed twice
    assert (fresh(obligation).done_on, fresh(account.assignment).revision) == (DAY, revision + 1)
    with pytest.raises(NotOpen):
        fulfil_obligation(obligation, on=DAY, note="Annat", **done)


# What the database itself refuses -----------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programme_account SET due_on = '2030-01-01'",
        "UPDATE programme_account SET decision_id = NULL",
        "DELETE FROM programme_account",
        "UPDATE programme_account SET number = 9",
        "UPDATE programme_assignment SET title = 'annat'",
        "UPDATE programme_assignment SET state = 'pagar'",
        "DELETE FROM programme_assignment",
        "UPDATE programme_postponement SET decision_id = decision_id",
        "DELETE FROM programme_postponement",
    ],
)
def test_what_is_settled_does_not_change_by_sql(secretary, statement):
    account = make_account()
    decide(account, secretary, outcome=DecisionOutcome.BORDLAGT)
    decide(account, secretary, on=dt.date(2025, 4, 24))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_uppdrag_begins_open_and_moves_by_a_decision():
    made = make_assignment()
    for state in ("delredovisat", "slutredovisat"):
        with pytest.raises(IntegrityError, match="by a decision"), transaction.atomic():
            Assignment.objects.filter(pk=made.pk).update(state=state)
    with pytest.raises(IntegrityError, match="begins as pagar"), transaction.atomic():
        Assignment.objects.create(
            namnd=make_namnd(),
            slug="x",
            title="x",
            source="x",
            origin="budget",
            state="avslutat",
            closed_reason="x",
        )


# Who sees what ------------------------------------------------------------------------------------


def test_state_and_day_are_open_to_all_and_what_is_written_to_its_own(secretary, own_matter):
    account = start_account(make_account(due_on=DUE), own_matter, actor=secretary)
    section = account.paper.current.sections.get(key="sammanfattning")
    save_section(section, actor=secretary, expected_version=0, body="<p>Hemligt</p>")
    for role, namnd, inside in (
        (Role.LASARE, "sodermalm", True),
        (Role.CHEF, "sodermalm", True),
        (Role.LEDAMOT, "sodermalm", False),
        (Role.SAMORDNARE, "sodermalm", False),
        (Role.CHEF, "bromma", False),
    ):
        user = make_user(role, make_namnd(namnd))
        page = assignment_page(account.assignment, user)
        (line,) = page.accounts
        assert (line.deadline.on, line.deadline.days) == (DUE, -10)
        assert line.is_inside == inside == bool(page.history)
        assert line.state == ("Utkast" if inside else "Försenad")
        assert list(Account.objects.inside(user)) == ([account] if inside else [])


def test_the_list_has_the_most_urgent_first_and_filters():
    late = make_account(make_assignment(title="Sent"), due_on=DUE).assignment
    soon = make_account(make_assignment(title="Snart"), due_on=dt.date(2025, 5, 12)).assignment
    blank = make_assignment(make_namnd("bromma"), title="Ingen dag")
    done = make_account(make_assignment(title="Klart")).assignment
    decide(done.accounts.get())
    user = make_user(Role.LASARE, make_namnd("bromma"))

    def titles(**wanted):
        return [row.assignment.title for row in assignment_list(user, Filter(**wanted))]

    assert titles() == ["Sent", "Snart", "Ingen dag", "Klart"]
    assert titles(state="oppna") == ["Sent", "Snart", "Ingen dag"]
    assert titles(state="forsenade") == ["Sent"]
    assert titles(state="klara") == ["Klart"]
    assert titles(whose="mina") == ["Ingen dag"]
    assert titles(whose="sodermalm", state="oppna") == ["Sent", "Snart"]
    rows = {row.assignment.title: row for row in assignment_list(user, Filter())}
    assert rows["Sent"].deadline.text == "10 dagar sen"
    assert rows["Snart"].deadline.text == "2 dagar kvar"
    assert [late.pk, soon.pk, blank.pk]  # each is there once
