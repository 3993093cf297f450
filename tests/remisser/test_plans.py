"""Plans that are kept: made anew when something changes, told of, and shown."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.domain.meetings import MeetingFacts, add_meeting, change_meeting
from organisation.enums import Role
from organisation.models import Meeting
from papers.enums import PaperState
from papers.models import AgendaItem, Paper
from remisser.domain.due_dates import answer_extension, ask_for_extension
from remisser.domain.planning import Rule
from remisser.domain.plans import next_steps, replan, rules_in_force, set_rules
from remisser.enums import PlanAnchor, PlanStep
from remisser.models import AnswerPlan, DueDateExtension, PlanRule
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
    triggers_asleep,
)
from trace.models import Event, Mail

TODAY = dt.date(2026, 2, 3)
DUE = dt.date(2026, 3, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), email="sekreterare@exempel.se")


@pytest.fixture
def chef():
    return make_user(Role.CHEF, make_namnd(), email="chef@exempel.se")


@pytest.fixture
def instance(secretary, chef):
    found = make_instance(make_remiss(), due_on=DUE)
    add_meeting(found.namnd, MeetingFacts(dt.date(2026, 3, 5)), actor=None)
    return found


def meeting_of(instance) -> dt.date | None:
    plan = AnswerPlan.objects.get(instance=instance)
    return plan.meeting.date if plan.meeting else None


def test_the_first_plan_is_kept_and_nobody_is_told(instance):
    assert meeting_of(instance) == dt.date(2026, 3, 5)
    assert Mail.objects.count() == 0


def test_a_moved_meeting_plans_anew_and_tells_those_concerned_but_who_did_it(
    instance, secretary, chef
):
    meeting = Meeting.objects.get()
    change_meeting(meeting, MeetingFacts(dt.date(2026, 3, 12)), actor=secretary, expected_version=0)
    assert meeting_of(instance) == dt.date(2026, 3, 12)
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == (chef.email, "Ny plan för svaret på KS 2023/553")
    assert "– 2026-03-12: Sammanträde" in mail.body
    assert Event.objects.filter(verb="plan-andrad").count() == 1


def test_a_cancelled_meeting_leaves_no_meeting_and_the_mail_says_so(instance, secretary, chef):
    facts = MeetingFacts(dt.date(2026, 3, 5), cancelled=True)
    change_meeting(Meeting.objects.get(), facts, actor=secretary, expected_version=0)
    assert meeting_of(instance) is None
    assert "Inget sammanträde hinner före svarsdagen 2026-03-20." in Mail.objects.get().body
    assert next_steps(AnswerPlan.objects.get(), TODAY) == (
        "Inget sammanträde hinner före svarsdagen: se planen",
    )


@pytest.mark.parametrize(
    "state",
    [
        PaperState.UTKAST,
        PaperState.UNDER_ATTEST,
        PaperState.ATTESTERAD,
        PaperState.UTSKICKAD,
        PaperState.BORDLAGD,
        PaperState.ATERREMITTERAD,
    ],
)
def test_it_is_planned_anew_until_the_namnd_has_decided(instance, secretary, chef, state):
    answer = make_answer(instance, secretary)
    with triggers_asleep():
        Paper.objects.filter(pk=answer.paper_id).update(state=state, meeting=Meeting.objects.get())
    facts = MeetingFacts(dt.date(2026, 3, 12))
    change_meeting(Meeting.objects.get(), facts, actor=secretary, expected_version=0)
    assert AnswerPlan.objects.get().steps[-2]["on"] > "2026-03-12"
    assert [mail.address for mail in Mail.objects.all()] == [chef.email]


def test_what_is_decided_is_not_planned_anew(instance, secretary):
    answer = make_answer(instance, secretary)
    with triggers_asleep():
        Paper.objects.filter(pk=answer.paper_id).update(state=PaperState.BESLUTAD)
    facts = MeetingFacts(dt.date(2026, 3, 12))
    change_meeting(Meeting.objects.get(), facts, actor=secretary, expected_version=0)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (MeetingFacts(dt.date(2026, 3, 5), cancelled=True), "är inställt"),
        (MeetingFacts(dt.date(2026, 3, 12)), "är flyttat till 2026-03-12"),
        (MeetingFacts(dt.date(2026, 3, 5), agenda_on=dt.date(2026, 2, 20)), ""),
    ],
)
def test_members_who_have_got_papers_are_told_when_the_meeting_is_moved(
    instance, secretary, facts, says
):
    member = make_user(Role.LEDAMOT, make_namnd(), email="ledamot@exempel.se")
    meeting, answer = Meeting.objects.get(), make_answer(instance, secretary)
    with triggers_asleep():
        AgendaItem.objects.create(
            meeting=meeting, kind="remiss", paper=answer.paper, version=answer.paper.current
        )
    change_meeting(meeting, facts, actor=secretary, expected_version=0)
    told = [mail.body for mail in Mail.objects.filter(person=member)]
    assert [says in body for body in told] == ([True] if says else [])


def test_the_same_again_tells_nobody(instance, secretary):
    facts = MeetingFacts(dt.date(2026, 3, 5))
    change_meeting(Meeting.objects.get(), facts, actor=secretary, expected_version=0)
    assert replan(instance.namnd_id, actor=secretary, because="Prov.") == 0
    assert Mail.objects.count() == 0


def test_a_second_change_over_somebody_elses_is_refused(instance, secretary):
    meeting = Meeting.objects.get()
    now = {"actor": secretary, "expected_version": 0}
    change_meeting(meeting, MeetingFacts(dt.date(2026, 3, 12)), **now)
    with pytest.raises(Conflict):
        change_meeting(meeting, MeetingFacts(dt.date(2026, 3, 13)), **now)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (MeetingFacts(dt.date(2026, 3, 5)), "date"),
        (MeetingFacts(dt.date(2026, 3, 6), agenda_on=dt.date(2026, 3, 7)), "agenda_on"),
        (MeetingFacts(dt.date(2026, 3, 6), kind="annat"), "kind"),
    ],
)
def test_what_is_no_meeting_is_refused_in_words(instance, secretary, facts, field):
    with pytest.raises(Invalid) as refusal:
        add_meeting(instance.namnd, facts, actor=secretary)
    assert refusal.value.field == field


def test_the_database_holds_the_day_of_the_agenda(instance):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(agenda_on=dt.date(2026, 3, 6))


@pytest.mark.parametrize("role", [Role.CHEF, Role.LASARE, Role.SAMORDNARE])
def test_others_keep_neither_meetings_nor_rules(instance, role):
    actor = make_user(role, instance.namnd)
    with pytest.raises(NotAllowed):
        add_meeting(instance.namnd, MeetingFacts(dt.date(2026, 4, 1)), actor=actor)
    rules = rules_in_force(instance.namnd_id)
    with pytest.raises(NotAllowed):
        set_rules(instance.namnd, rules, actor=actor, seen=rules)


def test_the_nämnds_own_rules_plan_anew_and_only_what_differs_is_kept(instance, secretary, chef):
    seen = rules_in_force(instance.namnd_id)
    wanted = [
        Rule(rule.step, 9, PlanAnchor.SAMMANTRADE) if rule.step is PlanStep.UTSKICK else rule
        for rule in seen
    ]
    assert set_rules(instance.namnd, wanted, actor=secretary, seen=seen) == 1
    assert [(r.step, r.days) for r in PlanRule.objects.all()] == [("utskick", 9)]
    assert Mail.objects.get().address == chef.email
    with pytest.raises(Conflict):
        set_rules(instance.namnd, seen, actor=secretary, seen=seen[:-1])
    assert set_rules(instance.namnd, wanted, actor=secretary, seen=seen) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "utskick", "anchor": "efter"},
        {"step": "expediering", "anchor": "utskick"},
        {"step": "attest", "anchor": "efter"},
        {"step": "attest", "anchor": "utskick", "days": 121},
    ],
)
def test_the_database_holds_what_a_rule_can_count_from(instance, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRule.objects.create(namnd=instance.namnd, **{"days": 3, **fields})


# Anstånd ------------------------------------------------------------------------------------------


def ask(instance, secretary) -> DueDateExtension:
    return ask_for_extension(
        instance, actor=secretary, until=dt.date(2026, 4, 20), reason="Nämnden möts i april"
    )


def test_granted_anstånd_moves_the_due_date_and_the_plan(instance, secretary, chef):
    add_meeting(instance.namnd, MeetingFacts(dt.date(2026, 4, 9)), actor=None)
    asked = ask(instance, secretary)
    assert ask(instance, secretary) == asked  # a button pressed twice
    answer = {"actor": secretary, "granted_until": dt.date(2026, 4, 27), "answered_on": TODAY}
    answer_extension(asked, **answer)
    answer_extension(asked, **answer)
    instance.refresh_from_db()
    assert (instance.due_on, meeting_of(instance)) == (dt.date(2026, 4, 27), dt.date(2026, 4, 9))
    assert Mail.objects.get().body.startswith("Remittenten har gett anstånd till 2026-04-27.")
    assert Event.objects.filter(verb="anstand-beviljat").count() == 1


def test_refused_anstånd_changes_no_day(instance, secretary):
    asked = ask(instance, secretary)
    asked = answer_extension(asked, actor=secretary, granted_until=None, answered_on=TODAY)
    instance.refresh_from_db()
    assert (asked.state, instance.due_on) == ("avslaget", DUE)


def test_anstånd_that_cannot_be_is_refused_in_words(instance, secretary, chef):
    with pytest.raises(NotAllowed):
        ask(instance, chef)
    with pytest.raises(Invalid):
        ask_for_extension(instance, actor=secretary, until=DUE, reason="x")
    asked = ask(instance, secretary)
    with pytest.raises(Invalid):
        ask_for_extension(instance, actor=secretary, until=dt.date(2026, 5, 1), reason="Annat")
    for wrong in ({"answered_on": dt.date(2026, 2, 4)}, {"answered_on": dt.date(2026, 2, 2)}):
        with pytest.raises(Invalid):
            answer_extension(asked, actor=secretary, granted_until=None, **wrong)
    with pytest.raises(Invalid):
        answer_extension(asked, actor=secretary, granted_until=DUE, answered_on=TODAY)
    assert DueDateExtension.objects.get().state == "begart"


# Pages --------------------------------------------------------------------------------------------


def test_the_plan_stands_on_its_page_and_short_on_the_answers(client, instance, secretary):
    client.force_login(secretary)
    make_answer(instance, secretary)
    address = [instance.remiss.slug, instance.namnd.code]
    page = client.get(reverse("answer-plan", args=address)).content.decode()
    assert "3 arbetsdagar före utskicket" in page
    assert "Sista sammanträdet före svarsdagen." in page
    short = client.get(reverse("answer", args=address)).content.decode()
    assert "Se hela planen" in short
    todo = client.get(reverse("start")).content.decode()
    assert "2026-02-12 Färdigt utkast" in todo


def test_without_a_meeting_the_page_says_what_can_be_done(client, secretary):
    instance = make_instance(make_remiss(), due_on=DUE)
    client.force_login(secretary)
    page = client.get(
        reverse("answer-plan", args=[instance.remiss.slug, instance.namnd.code])
    ).content.decode()
    assert "Inget sammanträde hinner före svarsdagen 2026-03-20." in page
    for way in ("Omedelbar justering", "Extra sammanträde", "Anstånd", "Kontorsyttrande"):
        assert f"<dt>{way}" in page


def test_the_calendar_takes_the_same_number_of_queries_for_one_and_three(
    client, instance, secretary, django_assert_max_num_queries
):
    client.force_login(secretary)
    path = reverse("planning", args=[instance.namnd.code])
    client.get(path)
    # A calendar that nobody has touched asks for nobody's name. (What is changed after a request
    # in the same transaction is taken for the work of whoever made the request.)
    add_meeting(instance.namnd, MeetingFacts(dt.date(2026, 3, 11)), actor=secretary)
    with django_assert_max_num_queries(30) as one:
        client.get(path)
    for day in (12, 13):
        add_meeting(instance.namnd, MeetingFacts(dt.date(2026, 3, day)), actor=secretary)
    with django_assert_max_num_queries(30) as three:
        client.get(path)
    assert len(one) == len(three)


def test_a_meeting_is_moved_on_the_page(client, instance, secretary):
    client.force_login(secretary)
    meeting = Meeting.objects.get()
    path = reverse("meeting-change", args=[instance.namnd.code, meeting.pk])
    sent = {"date": "2026-03-11", "kind": "extra", "agenda_on": "2026-03-04", "revision": 0}
    assert client.post(path, sent).status_code == 302
    answer = client.post(path, {**sent, "date": "2026-03-10"})
    assert "Så här står det sparat nu" in answer.content.decode()
    meeting.refresh_from_db()
    assert (meeting.date, meeting.kind) == (dt.date(2026, 3, 11), "extra")


def test_the_rules_are_set_on_the_page(client, instance, secretary):
    client.force_login(secretary)
    path = reverse("planning-rules", args=[instance.namnd.code])
    page = client.get(path)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value is not False}
    assert client.post(path, {**sent, "rad-days": "x"}).status_code == 200
    sent.pop("rad-used")
    assert client.post(path, sent).status_code == 302
    assert [(r.step, r.used) for r in PlanRule.objects.all()] == [("rad", False)]
