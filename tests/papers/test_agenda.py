"""A paper's way through the nämnd: sent out, decided, or come back with a question."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.domain.decisions import DecisionContent, Statement
from organisation.domain.errors import Invalid
from organisation.domain.meetings import MeetingFacts, add_meeting, meeting_of
from organisation.enums import Role
from organisation.models import Decision, Meeting
from papers.domain.agenda import add_notice, agenda_of, decide_paper, remove_notice, send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.content import Header
from papers.domain.contents import fingerprint_of
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import open_new_version, save_header
from papers.enums import PaperState
from papers.models import AgendaItem, Paper, PaperVersion
from programme.domain.accounts import Point
from programme.models import Assignment, Obligation
from remisser.domain.answers import copy_positions
from remisser.domain.deciding import decide_answer
from remisser.domain.lint import look_over
from remisser.domain.plans import replan
from remisser.models import Answer, AnswerPlan
from tests.factories import (
    make_instance,
    make_namnd,
    make_remiss,
    make_user,
    ready_answer,
    settle,
)
from trace.models import Event, Mail

pytestmark = pytest.mark.django_db
CODES = ["ks-2023-553", "sodermalm"]
FIRST, LATER = dt.date(2025, 3, 6), dt.date(2025, 4, 3)


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def head():
    return make_user(Role.CHEF, make_namnd(), name="Anna")


@pytest.fixture
def member():
    return make_user(Role.LEDAMOT, make_namnd(), name="Lars", email="lars@stad.example")


@pytest.fixture
def meeting():
    return meeting_of(make_namnd(), FIRST, actor=None)


@pytest.fixture
def later():
    return meeting_of(make_namnd(), LATER, actor=None)


def fresh(answer: Answer) -> Paper:
    answer.paper = Paper.objects.select_related("current", "namnd").get(pk=answer.paper_id)
    return answer.paper


def attested(answer: Answer, secretary, head) -> Answer:
    paper = fresh(answer)
    send_to_attest(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        attestants=[head],
        look=lambda paper: look_over(answer, paper),
    )
    attest(fresh(answer), actor=head, sha256=fingerprint_of(answer.paper.current))
    fresh(answer)
    return answer


@pytest.fixture
def answer(secretary, head) -> Answer:
    answer = attested(ready_answer(actor=secretary), secretary, head)
    settle()
    return answer


def decide(answer: Answer, actor, outcome: str, **more) -> AgendaItem:
    paper = fresh(answer)
    given = {"actor": actor, "expected_version": paper.revision, **more}
    return decide_answer(answer, outcome=outcome, **given)


# Sent out -----------------------------------------------------------------------------------------


def test_from_when_it_is_sent_out_the_members_read_that_version(
    answer, secretary, meeting, member, client
):
    client.force_login(member)
    assert client.get(reverse("answer", args=CODES)).status_code == 404
    assert not PaperVersion.objects.visible_to(member).exists()
    send_out(meeting, [answer.paper], actor=secretary)
    assert fresh(answer).state == PaperState.UTSKICKAD
    page = client.get(reverse("answer", args=CODES), follow=True).content.decode()
    assert "Så tycker vi." in page
    assert list(PaperVersion.objects.visible_to(member)) == [answer.paper.current]
    assert [mail.person for mail in Mail.objects.filter(person=member)] == [member]


def test_what_is_written_later_the_members_do_not_read(answer, secretary, meeting, member):
    send_out(meeting, [answer.paper], actor=secretary)
    sent = fresh(answer).current
    open_new_version(
        answer.paper,
        actor=secretary,
        expected_version=answer.paper.revision,
        reason="Fel",
        copy_more=copy_positions,
    )
    assert list(PaperVersion.objects.visible_to(member)) == [sent]
    other = make_user(Role.LEDAMOT, make_namnd("farsta"), username="other")
    assert not PaperVersion.objects.visible_to(other).exists()


def test_sent_out_twice_is_once(answer, secretary, meeting):
    assert send_out(meeting, [answer.paper], actor=secretary).new == 1
    events = Event.objects.count()
    assert send_out(meeting, [answer.paper], actor=secretary).new == 0
    assert (AgendaItem.objects.count(), Event.objects.count()) == (1, events)


def test_only_what_is_attested_is_sent_out_and_only_by_the_secretary(
    answer, secretary, head, meeting
):
    draft = ready_answer(make_instance(make_remiss("KS 2025/9", slug="r-9")), secretary)
    with pytest.raises(NotOpen, match="attesterad"):
        send_out(meeting, [answer.paper, draft.paper], actor=secretary)
    assert fresh(answer).state == PaperState.ATTESTERAD
    with pytest.raises(NotAllowed):
        send_out(meeting, [answer.paper], actor=head)
    with pytest.raises(InvalidContent):
        send_out(meeting, [], actor=secretary)
    Meeting.objects.filter(pk=meeting.pk).update(cancelled=True)
    with pytest.raises(InvalidContent, match="inställt"):
        send_out(meeting, [answer.paper], actor=secretary)


def test_a_new_version_is_sent_out_to_the_same_meeting_and_takes_the_olds_place(
    answer, secretary, head, meeting
):
    send_out(meeting, [answer.paper], actor=secretary)
    open_new_version(
        fresh(answer),
        actor=secretary,
        expected_version=answer.paper.revision,
        reason="Fel",
        copy_more=copy_positions,
    )
    attested(answer, secretary, head)
    send_out(meeting, [answer.paper], actor=secretary)
    lines = agenda_of(meeting, secretary).groups[0][1]
    assert [(line.item.version.number, line.replaced) for line in lines] == [(1, True), (2, False)]


def test_a_notice_is_put_on_the_agenda_once_and_taken_away(secretary, meeting, head):
    item = add_notice(meeting, title="  Rapport  2024 ", actor=secretary)
    assert add_notice(meeting, title="Rapport 2024", actor=secretary) == item
    assert agenda_of(meeting, secretary).groups[0][0] == "Anmälan"
    with pytest.raises(NotAllowed):
        remove_notice(item, actor=head)
    remove_notice(item, actor=secretary)
    remove_notice(item, actor=secretary)
    assert AgendaItem.objects.count() == 0


# Decided ------------------------------------------------------------------------------------------


def test_a_decision_stands_beside_the_proposal_and_never_over_it(
    answer, secretary, meeting, client
):
    send_out(meeting, [answer.paper], actor=secretary)
    sections = list(answer.paper.current.sections.values_list("body", flat=True))
    item = decide(
        answer,
        secretary,
        "andrat",
        paragraph="7",
        points=[Point("Nämnden avstyrker motionen.")],
        statements=[Statement("reservation", "V", "Motionen borde ha tillstyrkts.")],
        immediate=True,
    )
    assert fresh(answer).state == PaperState.BESLUTAD
    assert list(answer.paper.current.sections.values_list("body", flat=True)) == sections
    decision = item.decision
    assert (decision.meeting, decision.paragraph, decision.immediate) == (meeting, "7", True)
    assert [p.text for p in decision.points.all()] == ["Nämnden avstyrker motionen."]
    assert [(s.party, s.text) for s in decision.statements.all()] == [
        ("V", "Motionen borde ha tillstyrkts.")
    ]
    client.force_login(secretary)
    page = client.get(reverse("answer", args=CODES)).content.decode()
    for words in ("Ändrat", "§ 7", "omedelbart justerad", "Reservation, V", "avstyrker motionen"):
        assert words in page


def test_decided_twice_is_once(answer, secretary, meeting):
    send_out(meeting, [answer.paper], actor=secretary)
    seen = fresh(answer).revision
    points = [Point("Förvaltningen får i uppdrag att mäta.", "annat", dt.date(2026, 1, 31))]
    for _ in range(2):
        decide(answer, secretary, "enligt", expected_version=seen, points=points)
    assert (Decision.objects.count(), Obligation.objects.count()) == (1, 1)
    assert Event.objects.about(answer.paper).filter(verb="decided").count() == 1


def test_a_point_that_obliges_becomes_an_uppdrag_of_the_namnd(answer, secretary, meeting):
    send_out(meeting, [answer.paper], actor=secretary)
    decide(
        answer,
        secretary,
        "enligt",
        paragraph="7",
        points=[
            Point("Nämnden godkänner svaret."),
            Point("Förvaltningen ska redovisa läget.", "slutredovisa", dt.date(2026, 1, 31)),
        ],
    )
    assignment = Assignment.objects.get()
    obligation = Obligation.objects.get()
    assert (assignment.namnd, assignment.origin_decision) == (make_namnd(), Decision.objects.get())
    assert (obligation.point.number, obligation.account.due_on) == (2, dt.date(2026, 1, 31))
    assert assignment.remiss_links.get().remiss == answer.instance.remiss


def test_bordlagt_comes_back_as_it_is_to_a_later_meeting(answer, secretary, meeting, later):
    send_out(meeting, [answer.paper], actor=secretary)
    decide(answer, secretary, "bordlagt", asked="Till nästa gång")
    assert fresh(answer).state == PaperState.BORDLAGD
    with pytest.raises(InvalidContent, match="redan behandlats"):
        send_out(meeting, [answer.paper], actor=secretary)
    version = answer.paper.current
    send_out(later, [answer.paper], actor=secretary)
    assert (fresh(answer).state, answer.paper.current) == (PaperState.UTSKICKAD, version)
    decide(answer, secretary, "enligt")
    assert [i.decision.outcome for i in AgendaItem.objects.order_by("pk")] == ["bordlagt", "enligt"]
    assert fresh(answer).meeting == later


def test_aterremitterat_says_what_was_asked_and_goes_on_in_a_new_version(
    answer, secretary, head, meeting, later
):
    send_out(meeting, [answer.paper], actor=secretary)
    with pytest.raises(InvalidContent, match="bad förvaltningen om"):
        decide(answer, secretary, "aterremitterat")
    item = decide(answer, secretary, "aterremitterat", asked="Räkna på kostnaden")
    assert (fresh(answer).state, item.asked) == (PaperState.ATERREMITTERAD, "Räkna på kostnaden")
    with pytest.raises(NotOpen):
        send_out(later, [answer.paper], actor=secretary)
    open_new_version(
        fresh(answer),
        actor=secretary,
        expected_version=answer.paper.revision,
        reason="Återremitterat",
        copy_more=copy_positions,
    )
    attested(answer, secretary, head)
    send_out(later, [answer.paper], actor=secretary)
    decide(answer, secretary, "enligt")
    assert fresh(answer).state == PaperState.BESLUTAD


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"outcome": ""}, "Välj vad nämnden beslutade"),
        ({"outcome": "andrat"}, "i stället för förslaget"),
        ({"outcome": "enligt", "statements": [Statement("reservation", "")]}, "vilket parti"),
        ({"outcome": "enligt", "points": [Point("", "annat")]}, "Skriv vad punkt 1 säger"),
        ({"outcome": "enligt", "points": [Point("x", "", dt.date(2026, 1, 1))]}, "har en dag"),
        ({"outcome": "bordlagt", "points": [Point("x", "annat")]}, "ärendet kommer tillbaka"),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(answer, secretary, meeting, given, says):
    send_out(meeting, [answer.paper], actor=secretary)
    with pytest.raises(InvalidContent, match=says):
        decide(answer, secretary, **given)
    assert (fresh(answer).state, Decision.objects.count()) == (PaperState.UTSKICKAD, 0)


def test_who_may_decide_and_what_somebody_did_meanwhile(answer, secretary, meeting, member):
    send_out(meeting, [answer.paper], actor=secretary)
    content = DecisionContent(title="Svar", outcome="enligt")
    with pytest.raises(NotAllowed):
        decide(answer, member, "enligt")
    with pytest.raises(Conflict):
        decide_paper(fresh(answer), actor=secretary, expected_version=0, content=content)


def test_two_meetings_one_day_are_told_apart_by_the_hour(answer, secretary):
    namnd = make_namnd()
    at_four = add_meeting(namnd, MeetingFacts(FIRST, dt.time(16)), actor=secretary)
    at_six = add_meeting(namnd, MeetingFacts(FIRST, dt.time(18)), actor=secretary)
    with pytest.raises(Invalid, match="den tiden"):
        add_meeting(namnd, MeetingFacts(FIRST, dt.time(18)), actor=secretary)
    send_out(at_six, [answer.paper], actor=secretary)
    item = decide(answer, secretary, "enligt", paragraph="3")
    assert (item.decision.meeting, at_four.decisions.count()) == (at_six, 0)


def test_the_plan_follows_the_meeting_in_the_papers_header(secretary):
    namnd = make_namnd()
    today = timezone.localdate()
    soon, then = today + dt.timedelta(days=60), today + dt.timedelta(days=90)
    for day in (soon, then):
        meeting_of(namnd, day, actor=None)
    instance = make_instance(make_remiss(), namnd)
    instance.due_on = then + dt.timedelta(days=30)
    instance.save()
    answer = ready_answer(instance, secretary)
    replan(namnd.pk, actor=None, because="")
    assert AnswerPlan.objects.get().meeting.date == then
    paper = fresh(answer)
    save_header(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        header=Header(title="Ny", meeting_on=soon),
    )
    assert AnswerPlan.objects.get().meeting.date == soon


def test_the_start_page_says_what_comes_next(answer, secretary, meeting, member, client):
    def shown(person) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    assert "Attesterad, inte utskickad" in shown(secretary)
    coming = meeting_of(make_namnd(), timezone.localdate() + dt.timedelta(days=9), actor=None)
    send_out(coming, [answer.paper], actor=secretary)
    assert "Läs handlingarna" in shown(member)
    Meeting.objects.filter(pk=coming.pk).update(date=timezone.localdate())
    assert "Registrera beslutet" in shown(secretary)
    decide(answer, secretary, "bordlagt")
    assert "Bordlagd, tas upp igen" in shown(secretary)


# The database -------------------------------------------------------------------------------------


def refused(statement: str, match: str, **values) -> None:
    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    with pytest.raises(IntegrityError, match=match):
        run()


def test_the_database_holds_what_was_sent_out_and_decided(answer, secretary, meeting, later):
    refused("UPDATE papers_paper SET state = 'utskickad'", "is on no agenda")
    send_out(meeting, [answer.paper], actor=secretary)
    settle()
    refused("UPDATE papers_agendaitem SET meeting_id = %(m)s", "stands", m=later.pk)
    refused("UPDATE papers_agendaitem SET version_id = version_id + 1", "stands")
    refused("DELETE FROM papers_agendaitem", "is not removed")
    refused("UPDATE papers_paper SET state = 'beslutad'", "no decision says")
    refused("UPDATE papers_paper SET state = 'attesterad'", "does not go from")
    decide(answer, secretary, "enligt", statements=[Statement("sarskilt-uttalande", "M", "Bra.")])
    settle()
    refused("UPDATE papers_agendaitem SET asked = 'annat'", "stands")
    refused("UPDATE organisation_decisionstatement SET text = 'annat'", "frozen")
    refused("DELETE FROM organisation_decisionstatement", "frozen")
    refused(
        "INSERT INTO organisation_decisionstatement (decision_id, number, kind, party, text) "
        "SELECT decision_id, 9, kind, party, text FROM organisation_decisionstatement",
        "no more points",
    )
    refused("UPDATE papers_paper SET state = 'utkast'", "does not go from")
    refused("UPDATE papers_section SET body = 'annat'", "frozen")


def test_the_database_sends_no_draft_out(secretary, meeting):
    answer = ready_answer(actor=secretary)
    with pytest.raises(IntegrityError, match="is not ready"), transaction.atomic():
        AgendaItem.objects.create(
            meeting=meeting,
            kind="remiss",
            paper=answer.paper,
            version=answer.paper.current,
        )


# Pages --------------------------------------------------------------------------------------------


def test_the_agenda_takes_as_many_queries_for_three_papers_as_for_one(
    secretary, head, meeting, client
):
    client.force_login(secretary)
    url = reverse("agenda", args=["sodermalm", meeting.pk])
    counts = []
    for number in range(3):
        instance = make_instance(make_remiss(f"KS 2025/{number}", slug=f"r-{number}"))
        made = attested(ready_answer(instance, secretary), secretary, head)
        waits = make_instance(make_remiss(f"KS 2025/1{number}", slug=f"w-{number}"))
        attested(ready_answer(waits, secretary), secretary, head)
        send_out(meeting, [made.paper], actor=secretary)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_secretary_sends_out_and_decides_on_the_pages(answer, secretary, meeting, client):
    client.force_login(secretary)
    url = reverse("agenda", args=["sodermalm", meeting.pk])
    assert "Inte angivet" in client.get(url).content.decode()  # the day of the utskick
    sent = client.post(f"{url}utskick/", {"papers": [answer.paper_id]}, follow=True)
    assert "1 handling är utskickad" in sent.content.decode()
    decision = reverse("answer-decision", args=CODES)
    assert "Registrera beslutet" in client.get(decision).content.decode()
    fields = {
        "revision": fresh(answer).revision,
        "outcome": "aterremitterat",
        "p-TOTAL_FORMS": "0",
        "p-INITIAL_FORMS": "0",
        "u-TOTAL_FORMS": "0",
        "u-INITIAL_FORMS": "0",
    }
    assert "bad förvaltningen om" in client.post(decision, fields).content.decode()
    page = client.post(decision, {**fields, "asked": "Räkna om"}, follow=True).content.decode()
    assert "Nämnden bad om: " in page
    assert fresh(answer).state == PaperState.ATERREMITTERAD
