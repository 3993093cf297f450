"""Several nämnder become one: before the day, after it, twice, and what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from desk.domain.merger import merge, move_open_tasks, preview_merger, waiting_tasks
from desk.domain.todo import todo_for
from indicators.domain.expected import expected_in
from indicators.enums import PeriodState, ReportState
from indicators.models import IndicatorResponsibility, Report
from organisation.domain.errors import Invalid, NotAllowed
from organisation.domain.namnder import Merger
from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import Membership, Namnd, NamndSuccession, User
from papers.domain.papers import save_section
from papers.domain.templates import ensure_standard_templates
from papers.enums import PaperKind, PaperState
from papers.models import PaperTemplate
from programme.assignment_enums import AccountKind, ObligationKind
from programme.domain.accounts import Point, decide_account, start_account
from programme.domain.assignments import Partner, close_assignment
from programme.models import Account, Responsibility
from remisser.domain.answers import save_position
from remisser.models import Answer, Remissinstans
from tests.factories import (
    make_account,
    make_activity,
    make_answer,
    make_assignment,
    make_indicator,
    make_instance,
    make_namnd,
    make_period,
    make_remiss,
    make_report,
    make_user,
    make_value,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 7, 1)
BEFORE, AFTER = dt.date(2025, 6, 2), dt.date(2025, 7, 2)


@pytest.fixture
def administrator() -> User:
    return make_user(Role.SYSTEMFORVALTARE)


@pytest.fixture
def old() -> tuple[Namnd, Namnd]:
    return make_namnd("norrmalm"), make_namnd("ostermalm")


@pytest.fixture
def merger(old) -> Merger:
    return Merger(
        old=old,
        on=ON,
        code="norra-innerstaden",
        name="Norra innerstadens stadsdelsnämnd",
        short_name="Norra innerstaden",
        kind=NamndKind.STADSDELSNAMND,
    )


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@time_machine.travel(BEFORE, tick=False)
def test_until_the_day_everything_is_the_old_nämnders(administrator, old, merger):
    new = merge(merger, actor=administrator)
    for namnd in old:
        namnd.refresh_from_db()
    last_day = dt.date(2025, 6, 30)
    assert [namnd.exists_on(last_day) for namnd in (*old, new)] == [True, True, False]
    assert [namnd.exists_on(ON) for namnd in (*old, new)] == [False, False, True]
    assert set(new.predecessors.all()) == set(old)


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_people_are_in_the_old_nämnd_until_its_last_day_and_then_in_the_new(
    administrator, old, merger, day
):
    user = make_user(Role.GRANSKARE, old[0])
    with time_machine.travel(BEFORE, tick=False):
        new = merge(merger, actor=administrator)
    with time_machine.travel(day, tick=False):
        now = old[0] if day < ON else new
        assert again(user).access.namnd_ids() == {now.pk}
        assert again(user).access.has_role(now.pk, Role.GRANSKARE)


@time_machine.travel(BEFORE, tick=False)
def test_the_same_role_in_both_is_given_once_and_dates_are_kept(administrator, old, merger):
    user = make_user(Role.CHEF, old[0])
    Membership.objects.create(user=user, namnd=old[1], role=Role.CHEF)
    Membership.objects.create(
        user=user, namnd=old[1], role=Role.GRANSKARE, valid_to=dt.date(2025, 9, 30)
    )
    Membership.objects.create(
        user=user, namnd=old[1], role=Role.LASARE, valid_to=dt.date(2025, 5, 31)
    )
    later = dt.date(2025, 8, 1)
    Membership.objects.create(user=user, namnd=old[0], role=Role.NAMNDSEKRETERARE, valid_from=later)
    new = merge(merger, actor=administrator)
    given = user.memberships.filter(namnd=new).values_list("role", "valid_from", "valid_to")
    assert set(given) == {
        (Role.CHEF, ON, None),
        (Role.GRANSKARE, ON, dt.date(2025, 9, 30)),
        (Role.NAMNDSEKRETERARE, later, None),
    }
    assert not user.memberships.filter(namnd__in=old, valid_to=None).exists()
    assert not user.memberships.filter(namnd__in=old, valid_to__gte=ON).exists()


@time_machine.travel(BEFORE, tick=False)
def test_a_deputy_goes_along_beside_the_role_of_their_own(administrator, old, merger):
    held = make_user(Role.GRANSKARE, old[0])
    deputy = make_user(None)
    Membership.objects.create(
        user=deputy,
        namnd=old[0],
        role=Role.GRANSKARE,
        deputy_for=held,
        valid_from=dt.date(2025, 6, 15),
        valid_to=dt.date(2025, 8, 31),
    )
    Membership.objects.create(
        user=deputy,
        namnd=old[1],
        role=Role.GRANSKARE,
        valid_from=dt.date(2025, 8, 1),
        valid_to=dt.date(2025, 8, 15),
    )
    new = merge(merger, actor=administrator)
    rows = deputy.memberships.filter(namnd=new).order_by("valid_from")
    assert [(m.valid_from.isoformat(), m.valid_to.isoformat(), m.deputy_for) for m in rows] == [
        ("2025-07-01", "2025-07-31", held),
        ("2025-08-01", "2025-08-15", None),
        ("2025-08-16", "2025-08-31", held),
    ]


@time_machine.travel(AFTER, tick=False)
def test_responsibilities_named_on_an_old_nämnd_are_the_new_ones_from_the_day(
    administrator, old, merger
):
    definition = make_indicator(namnd=old[0])
    activity = make_activity()
    Responsibility.objects.create(activity=activity, namnd=old[1])
    before, after = make_period("2025-T1"), make_period("2025-T2")
    new = merge(merger, actor=administrator)
    indicator = definition.indicator_id
    assert expected_in(before).asked_of[indicator] == {old[0].pk}
    assert expected_in(after).asked_of[indicator] == {new.pk}
    assert Responsibility.objects.filter(activity=activity, namnd=new).count() == 1
    assert Responsibility.objects.filter(activity=activity, namnd=old[1]).count() == 1


@time_machine.travel(AFTER, tick=False)
def test_a_draft_of_one_is_taken_over_and_stays_with_the_old_as_well(administrator, old, merger):
    definition = make_indicator()
    report = make_report(old[0], make_period("2025-T2"))
    make_value(report, definition, 17)
    new = merge(merger, actor=administrator)
    taken = Report.objects.get(namnd=new)
    assert (taken.period, taken.state) == (report.period, ReportState.UTKAST)
    assert [int(v.number) for v in taken.current.values.all()] == [17]
    report.refresh_from_db()
    assert (report.namnd, report.state) == (old[0], ReportState.UTKAST)
    assert [int(v.number) for v in report.current.values.all()] == [17]
    assert Event.objects.about(taken).get().summary.startswith("Tog över tertialrapport 2 2025")


@time_machine.travel(AFTER, tick=False)
def test_of_two_drafts_none_is_chosen_by_guess(administrator, old, merger):
    for namnd in old:
        make_report(namnd, make_period("2025-T2"))
    seen = preview_merger(merger, actor=administrator)
    assert [len(seen.copied), len(seen.begun_anew)] == [0, 2]
    new = merge(merger, actor=administrator)
    assert not Report.objects.filter(namnd=new).exists()
    user = make_user(Role.UPPGIFTSLAMNARE, new)
    assert Report.objects.inside(user).count() == 2
    assert waiting_tasks() == []


@time_machine.travel(AFTER, tick=False)
def test_history_stays_with_the_old(administrator, old, merger):
    done = make_report(old[0], make_period("2025-T1", state=PeriodState.LAST), ReportState.LAST)
    unfinished = make_report(old[1], make_period("2024-VB"))
    new = merge(merger, actor=administrator)
    assert set(Report.objects.values_list("pk", flat=True)) == {done.pk, unfinished.pk}
    assert not Report.objects.filter(namnd=new).exists()


@time_machine.travel(AFTER, tick=False)
def test_an_unanswered_remiss_is_answered_by_the_new_with_the_draft_of_the_old(
    administrator, old, merger
):
    remiss = make_remiss(received_on=dt.date(2025, 5, 1))
    begun = make_instance(remiss, old[0], due_on=dt.date(2025, 8, 31))
    make_instance(remiss, old[1], due_on=dt.date(2025, 8, 15))
    secretary = make_user(Role.NAMNDSEKRETERARE, old[0])
    answer = make_answer(begun, secretary)
    section = answer.paper.current.sections.get(order=1)
    save_section(section, actor=secretary, expected_version=0, body="<p>Vi instämmer.</p>")
    save_position(
        answer,
        remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=1,
        stance="avstyrker",
        body="<p>Nej.</p>",
    )
    new = merge(merger, actor=administrator)
    instance = Remissinstans.objects.get(namnd=new)
    assert (instance.remiss, instance.due_on) == (remiss, dt.date(2025, 8, 15))
    taken = Answer.objects.get(instance=instance)
    assert taken.paper.namnd == new
    assert taken.paper.current.sections.get(order=1).body == "<p>Vi instämmer.</p>"
    position = taken.paper.current.answer.positions.get()
    assert (position.stance, position.body) == ("avstyrker", "<p>Nej.</p>")
    answer.refresh_from_db()
    assert (answer.instance, answer.paper.namnd) == (begun, old[0])


@time_machine.travel(AFTER, tick=False)
def test_what_is_open_of_an_uppdrag_goes_over_and_what_was_decided_stays(
    administrator, old, merger
):
    secretary = make_user(Role.NAMNDSEKRETERARE, old[0])
    assignment = make_assignment(old[0], partners=(Partner(namnd=old[1]), Partner(name="Unizon")))
    partial = make_account(assignment, kind=AccountKind.DEL)
    decide_account(
        partial,
        actor=secretary,
        expected_version=1,
        on=dt.date(2025, 5, 20),
        points=(
            Point("Slutredovisa.", ObligationKind.SLUTREDOVISA, dt.date(2025, 12, 31)),
            Point("Berätta.", ObligationKind.ANNAT),
        ),
    )
    final = Account.objects.get(assignment=assignment, kind=AccountKind.SLUT)
    ensure_standard_templates()
    start_account(final, PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE), actor=secretary)
    draft = Account.objects.get(pk=final.pk).paper
    section = draft.current.sections.get(key="sammanfattning")
    save_section(section, actor=secretary, expected_version=0, body="<p>Så långt.</p>")
    other = make_assignment(make_namnd("bromma"), slug="andras", partners=(Partner(namnd=old[0]),))
    closed = make_assignment(old[1], slug="avslutat")
    close_assignment(closed, actor=None, expected_version=0, reason="Inställt")

    seen = preview_merger(merger, actor=administrator)
    assert {a.slug for a in seen.assignments} == {assignment.slug, "andras"}
    new = merge(merger, actor=administrator)

    assignment.refresh_from_db()
    assert assignment.namnd == new
    assert {(str(p.namnd or ""), p.name) for p in assignment.partners.all()} == {("", "Unizon")}
    assert [p.namnd for p in other.partners.all()] == [new]
    partial.refresh_from_db()
    final.refresh_from_db()
    assert (partial.namnd, partial.decision.meeting.namnd) == (old[0], old[0])
    assert (final.namnd, final.paper.namnd) == (new, new)
    assert final.paper.current.sections.get(key="sammanfattning").body == "<p>Så långt.</p>"
    draft.refresh_from_db()
    assert (draft.namnd, draft.state) == (old[0], PaperState.UTKAST)
    owed = assignment.obligations.order_by("kind").values_list("namnd__code", flat=True)
    assert set(owed) == {new.code}
    closed.refresh_from_db()
    assert closed.namnd == old[1]
    said = Event.objects.about(assignment).filter(verb__in=("handed-over", "taken-over"))
    assert set(said.values_list("verb", "scope")) == {
        ("handed-over", "norrmalm"),
        ("handed-over", "ostermalm"),
        ("taken-over", new.code),
    }
    tasks = [(task.title, task.action) for task in todo_for(again(secretary)).mine]
    assert ("Slutredovisning av uppdrag, Norra innerstaden", "Skriv vidare") in tasks
    assert ("Berätta, Norra innerstaden", "Se uppdraget") in tasks
    assert waiting_tasks() == []
    assert move_open_tasks(new, actor=administrator) == 0


@time_machine.travel(AFTER, tick=False)
def test_of_a_groups_uppdrag_the_new_nämnd_accounts_once(administrator, old, merger):
    group = make_assignment(group=NamndGroup.STADSDELSNAMNDER)
    nearest = make_account(group, namnd=old[1], due_on=dt.date(2025, 9, 1))
    stays = make_account(group, namnd=old[0], due_on=dt.date(2025, 10, 1))
    new = merge(merger, actor=administrator)
    nearest.refresh_from_db()
    stays.refresh_from_db()
    assert (nearest.namnd, stays.namnd) == (new, old[0])
    chef = make_user(Role.CHEF, new)
    assert [task.due_on for task in todo_for(chef).waiting] == [dt.date(2025, 9, 1)]
    assert waiting_tasks() == []
    assert move_open_tasks(new, actor=administrator) == 0


@time_machine.travel(AFTER, tick=False)
def test_a_remiss_long_overdue_is_history(administrator, old, merger):
    make_instance(make_remiss(), old[0], due_on=dt.date(2023, 6, 1))
    new = merge(merger, actor=administrator)
    assert not Remissinstans.objects.filter(namnd=new).exists()


def test_planned_ahead_the_tasks_wait_for_the_day(administrator, old, merger):
    with time_machine.travel(BEFORE, tick=False):
        report = make_report(old[0], make_period("2025-T2"))
        make_instance(make_remiss(), old[1], due_on=dt.date(2025, 8, 15))
        make_assignment(old[1])
        user = make_user(Role.UPPGIFTSLAMNARE, old[0])
        assert preview_merger(merger, actor=administrator).waits
        new = merge(merger, actor=administrator)
        assert waiting_tasks() == []
        with pytest.raises(Invalid):
            move_open_tasks(new, actor=administrator)
        assert list(Report.objects.inside(again(user))) == [report]
        assert not Report.objects.filter(namnd=new).exists()
    with time_machine.travel(AFTER, tick=False):
        waiting = [(w.new, w.reports, w.instances, w.assignments) for w in waiting_tasks()]
        assert waiting == [(new, 1, 1, 1)]
        assert move_open_tasks(new, actor=administrator) == 3
        assert waiting_tasks() == []
        assert move_open_tasks(new, actor=administrator) == 0
        assert Report.objects.filter(namnd=new).count() == 1


@time_machine.travel(AFTER, tick=False)
def test_the_same_merger_again_changes_nothing(administrator, old, merger):
    make_indicator(namnd=old[0])
    make_report(old[0], make_period("2025-T2"))
    make_user(Role.CHEF, old[0])
    new = merge(merger, actor=administrator)

    def counted() -> list[int]:
        models = (Namnd, NamndSuccession, Membership, Report, Event, IndicatorResponsibility)
        return [model.objects.count() for model in models]

    before = counted()
    assert merge(merger, actor=administrator) == new
    assert counted() == before


@time_machine.travel(AFTER, tick=False)
@pytest.mark.parametrize(
    ("arrange", "change", "field"),
    [
        (None, {"old": 1}, "old"),
        ({"valid_from": ON}, {}, "on"),
        ({"valid_from": dt.date(2026, 1, 1)}, {}, "on"),
        ({"valid_to": dt.date(2025, 5, 31)}, {}, "on"),
        ({"valid_to": ON}, {}, "on"),
        (None, {"code": "norrmalm"}, "code"),
        (None, {"name": "Norrmalm stadsdelsnämnd"}, "name"),
        (None, {"code": "Fel Kod"}, "code"),
    ],
)
def test_what_does_not_go_together_is_refused_whole(
    administrator, old, merger, arrange, change, field
):
    if arrange:
        Namnd.objects.filter(pk=old[0].pk).update(**arrange)
        merger = replace(merger, old=tuple(Namnd.objects.filter(pk__in=[o.pk for o in old])))
    if change.get("old"):
        change = {"old": old[:1]}
    merger = replace(merger, **change)
    with pytest.raises(Invalid) as refused:
        merge(merger, actor=administrator)
    assert refused.value.field == field
    assert Namnd.objects.count() == 2
    assert not NamndSuccession.objects.exists()


@time_machine.travel(AFTER, tick=False)
def test_an_approved_report_for_a_later_day_contradicts_the_merger(administrator, old, merger):
    make_report(old[0], make_period("2025-T2"), ReportState.GODKAND)
    with pytest.raises(Invalid) as refused:
        merge(merger, actor=administrator)
    assert refused.value.field == "on"
    assert "tertialrapport 2 2025" in refused.value.message


@time_machine.travel(AFTER, tick=False)
def test_who_is_succeeded_already_is_not_merged_again(administrator, old, merger):
    NamndSuccession.objects.create(predecessor=old[0], successor=make_namnd("annan"), on=ON)
    with pytest.raises(Invalid) as refused:
        merge(merger, actor=administrator)
    assert refused.value.field == "old"


@time_machine.travel(AFTER, tick=False)
def test_the_day_after_its_stated_last_day_a_nämnd_may_be_merged(administrator, old, merger):
    Namnd.objects.filter(pk=old[0].pk).update(valid_to=dt.date(2025, 6, 30))
    merger = replace(merger, old=tuple(Namnd.objects.filter(pk__in=[o.pk for o in old])))
    assert merge(merger, actor=administrator).valid_from == ON


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEMFORVALTARE])
def test_only_the_systemförvaltare_merges(merger, role):
    actor = make_user(role)
    for command in (merge, preview_merger):
        with pytest.raises(NotAllowed):
            command(merger, actor=actor)


@time_machine.travel(AFTER, tick=False)
def test_the_page_shows_first_and_does_then(client, administrator, old, merger):
    client.force_login(administrator)
    make_report(old[0], make_period("2025-T2"))
    form = {
        "old": [o.pk for o in old],
        "on": "2025-07-01",
        "name": merger.name,
        "short_name": merger.short_name,
        "code": merger.code,
        "kind": merger.kind,
    }
    page = reverse("namnd-merge")
    body = client.post(page, form).content.decode()
    assert "utkastet från Norrmalm stadsdelsnämnd följer med som det står" in body
    assert not Namnd.objects.filter(code=merger.code).exists()
    body = client.post(page, form | {"change": "1"}).content.decode()
    assert f'value="{merger.code}"' in body
    assert client.post(page, form | {"carry-out": "1"}).url == reverse("namnd-list")
    assert Namnd.objects.filter(code=merger.code).count() == 1
    assert client.post(page, form | {"carry-out": "1"}).url == reverse("namnd-list")
    assert Namnd.objects.filter(code=merger.code).count() == 1
    body = client.post(page, form | {"code": "annan", "name": "Annan"}).content.decode()
    assert 'href="#id_old"' in body
