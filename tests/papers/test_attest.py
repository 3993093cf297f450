"""Attest: heads approve one exact version, in their order; an edit makes it hold no longer."""

import datetime as dt
import io

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from organisation.enums import Role
from papers.domain.attest import attest, heads_of, return_from_attest, send_to_attest
from papers.domain.content import Header
from papers.domain.contents import fingerprint_of
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import open_new_version, save_header, save_section
from papers.enums import PaperState
from papers.exports.files import FileFormat
from papers.models import Attestant, Attestation, Paper
from remisser.domain.answers import copy_positions
from remisser.domain.lint import look_over
from remisser.exports.answer_document import write_answer
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user, settle
from tests.factories import ready_answer as ready
from trace.models import Event, Mail

pytestmark = pytest.mark.django_db
CODES = ["ks-2023-553", "sodermalm"]


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, name="Siv", email="siv@stad.example")


@pytest.fixture
def heads():
    return [
        make_user(Role.CHEF, name="Anna Chef", title="Avdelningschef", email="anna@stad.example"),
        make_user(Role.CHEF, name="Bo Direktör", title="Direktör", email="bo@stad.example"),
    ]


@pytest.fixture
def answer(secretary) -> Answer:
    answer = ready(actor=secretary)
    settle()
    return answer


def fresh(answer: Answer) -> Paper:
    answer.paper = Paper.objects.select_related("current", "namnd").get(pk=answer.paper_id)
    return answer.paper


def send(answer: Answer, actor, people, **changes) -> Paper:
    paper = fresh(answer)
    given = {
        "actor": actor,
        "expected_version": paper.revision,
        "attestants": people,
        "look": lambda paper: look_over(answer, paper),
    }
    return send_to_attest(paper, **{**given, **changes})


def approve(answer: Answer, actor) -> Attestation:
    paper = fresh(answer)
    return attest(paper, actor=actor, sha256=fingerprint_of(paper.current))


def test_the_last_of_those_asked_makes_the_paper_attested(answer, secretary, heads):
    send(answer, secretary, heads)
    assert fresh(answer).state == PaperState.UNDER_ATTEST
    approve(answer, heads[0])
    assert fresh(answer).state == PaperState.UNDER_ATTEST
    approve(answer, heads[1])
    assert fresh(answer).state == PaperState.ATTESTERAD
    sha256 = fingerprint_of(answer.paper.current)
    assert list(
        Attestation.objects.values_list("name", "title", "by", "on", "sha256", "source")
    ) == [(h.name, h.title, h.pk, timezone.localdate(), sha256, "samlad") for h in heads]


def test_each_is_told_when_it_is_their_turn_and_the_sender_at_last(answer, secretary, heads):
    send(answer, secretary, heads)
    assert [mail.person for mail in Mail.objects.order_by("pk")] == [heads[0]]
    approve(answer, heads[0])
    approve(answer, heads[1])
    assert [m.person for m in Mail.objects.order_by("pk")] == [heads[0], heads[1], secretary]


def test_the_order_is_kept(answer, secretary, heads):
    send(answer, secretary, heads)
    with pytest.raises(NotOpen, match="Anna Chef attesterar före dig"):
        approve(answer, heads[1])
    assert Attestation.objects.count() == 0


def test_who_is_not_asked_does_not_attest(answer, secretary, heads):
    send(answer, secretary, heads[:1])
    with pytest.raises(NotOpen, match="inte ombedd"):
        approve(answer, heads[1])
    with pytest.raises(NotAllowed):
        approve(answer, make_user(Role.LASARE))
    with pytest.raises(NotAllowed):
        approve(answer, make_user(Role.CHEF, make_namnd("farsta")))


def test_who_has_written_in_the_paper_can_not_be_asked(answer, secretary, heads):
    both = make_user(Role.CHEF, make_namnd(), name="Båda")
    both.memberships.create(
        namnd=make_namnd(), role=Role.NAMNDSEKRETERARE, valid_from=dt.date(2020, 1, 1)
    )
    section = fresh(answer).current.sections.get(order=1)
    save_section(section, actor=both, expected_version=answer.paper.revision, body="<p>Ny</p>")
    assert heads_of(fresh(answer)) == heads
    with pytest.raises(InvalidContent, match="attesterar den inte själv"):
        send(answer, secretary, [both])
    # Nor by whoever sends it.
    third = make_user(Role.CHEF, make_namnd(), name="Tredje")
    third.memberships.create(
        namnd=make_namnd(), role=Role.NAMNDSEKRETERARE, valid_from=dt.date(2020, 1, 1)
    )
    with pytest.raises(InvalidContent, match="attesterar den inte själv"):
        send(answer, third, [third])


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (lambda _: [], "minst en"),
        (lambda heads: [heads[0], heads[0]], "två gånger"),
        (lambda _: [make_user(Role.LASARE, name="Lova")], "Lova är inte chef"),
        (lambda _: [make_user(Role.CHEF, make_namnd("farsta"), name="F")], "F är inte chef"),
        (lambda _: [make_user(Role.CHEF, name=f"C{n}") for n in range(6)], "Högst 5"),
    ],
)
def test_who_is_asked_must_be_able_to(answer, secretary, heads, people, says):
    with pytest.raises(InvalidContent, match=says):
        send(answer, secretary, people(heads))
    assert (Attestant.objects.count(), fresh(answer).state) == (0, PaperState.UTKAST)


def test_errors_in_the_paper_stop_it(secretary, heads):
    answer = make_answer(make_instance(make_remiss(), make_namnd()), secretary)
    answer = Answer.objects.select_related(
        "paper__namnd", "paper__current", "instance__remiss", "instance__namnd"
    ).get(pk=answer.pk)
    with pytest.raises(InvalidContent, match="fel före attest"):
        send(answer, secretary, heads)
    assert (Attestant.objects.count(), fresh(answer).state) == (0, PaperState.UTKAST)


def test_what_has_changed_since_is_looked_at_first(answer, secretary, heads):
    with pytest.raises(Conflict):
        send(answer, secretary, heads, expected_version=1)


def test_each_button_pressed_twice_does_one_thing(answer, secretary, heads):
    before = fresh(answer).revision
    send(answer, secretary, heads)
    events = Event.objects.about(answer.paper).count()
    send(answer, secretary, heads, expected_version=before)
    assert (Attestant.objects.count(), Event.objects.about(answer.paper).count()) == (2, events)
    first = approve(answer, heads[0])
    assert approve(answer, heads[0]) == first
    assert Event.objects.about(answer.paper).count() == events + 1
    seen = fresh(answer).revision
    for _ in range(2):
        return_from_attest(fresh(answer), actor=heads[1], expected_version=seen, reason="Stavfel")
    assert (fresh(answer).versions.count(), fresh(answer).state) == (2, PaperState.UTKAST)
    assert Event.objects.about(answer.paper).count() == events + 2


def test_the_last_attest_given_twice_is_one(answer, secretary, heads):
    send(answer, secretary, heads[:1])
    first = approve(answer, heads[0])
    assert approve(answer, heads[0]) == first
    assert fresh(answer).state == PaperState.ATTESTERAD


def test_another_version_than_the_one_that_was_read_is_not_attested(answer, secretary, heads):
    send(answer, secretary, heads)
    with pytest.raises(NotOpen, match="en annan än den du läste"):
        attest(fresh(answer), actor=heads[0], sha256="0" * 64)


def test_under_attest_nothing_is_written(answer, secretary, heads):
    section = fresh(answer).current.sections.get(order=1)
    send(answer, secretary, heads)
    with pytest.raises(NotOpen, match="under attest"):
        save_section(section, actor=secretary, expected_version=99, body="<p>Ny</p>")
    with pytest.raises(NotOpen, match="under attest"):
        save_header(fresh(answer), actor=secretary, expected_version=99, header=Header(title="Ny"))


@pytest.mark.parametrize("attested_by", [1, 2])
def test_an_edit_makes_the_attest_hold_no_longer(answer, secretary, heads, attested_by):
    send(answer, secretary, heads)
    for head in heads[:attested_by]:
        approve(answer, head)
    old = fresh(answer).current
    open_new_version(
        answer.paper,
        actor=secretary,
        expected_version=answer.paper.revision,
        reason="Fel siffra",
        copy_more=copy_positions,
    )
    paper = fresh(answer)
    assert (paper.state, paper.current.number) == (PaperState.UTKAST, 2)
    assert (old.attestations.count(), paper.current.attestations.count()) == (attested_by, 0)
    assert paper.current.attestants.count() == 0
    # Attested anew it takes all of them again.
    send(answer, secretary, heads)
    approve(answer, heads[0])
    assert fresh(answer).state == PaperState.UNDER_ATTEST
    approve(answer, heads[1])
    assert fresh(answer).state == PaperState.ATTESTERAD


def test_a_paper_is_returned_with_a_reason_into_a_new_version(answer, secretary, heads):
    send(answer, secretary, heads)
    approve(answer, heads[0])
    seen = fresh(answer).revision
    with pytest.raises(InvalidContent):
        return_from_attest(answer.paper, actor=heads[1], expected_version=seen, reason=" ")
    return_from_attest(
        answer.paper,
        actor=heads[1],
        expected_version=seen,
        reason="Skriv kortare",
        copy_more=copy_positions,
    )
    paper = fresh(answer)
    assert (paper.state, paper.current.number) == (PaperState.UTKAST, 2)
    assert paper.current.reason == "Återlämnad av Bo Direktör: Skriv kortare"
    assert Mail.objects.filter(person=secretary).count() == 1
    # Who returned it has not written it, and can be asked again.
    send(answer, secretary, [heads[1]])
    approve(answer, heads[1])
    assert fresh(answer).state == PaperState.ATTESTERAD


def test_only_who_is_asked_returns_it(answer, secretary, heads):
    send(answer, secretary, heads[:1])
    with pytest.raises(NotOpen, match="inte ombedd"):
        return_from_attest(
            fresh(answer),
            actor=heads[1],
            expected_version=answer.paper.revision,
            reason="Nej",
        )


# The database -------------------------------------------------------------------------------------


def refused(statement: str, match: str, **values) -> None:
    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match=match):
        run()


def sql_attest(answer: Answer, person, version=None) -> tuple[str, dict]:
    return (
        'INSERT INTO papers_attestation (version_id, name, title, "on", source, by_id, at, sha256)'
        " VALUES (%(v)s, 'x', '', '2025-01-02', 'samlad', %(p)s, now(), %(s)s)",
        {"v": (version or answer.paper.current).pk, "p": person.pk, "s": "a" * 64},
    )


def test_the_database_refuses_an_attest_past_the_rules(answer, secretary, heads):
    statement, values = sql_attest(answer, heads[0])
    refused(statement, "not under attest", **values)
    send(answer, secretary, heads)
    settle()
    fresh(answer)
    refused(*[sql_attest(answer, heads[1])[0], "not for person"], **sql_attest(answer, heads[1])[1])
    refused(statement, "not for person", **{**values, "p": secretary.pk})
    refused(
        "UPDATE papers_paper SET state = 'attesterad' WHERE id = %(p)s",
        "not attested by all",
        p=answer.paper_id,
    )
    refused(
        'INSERT INTO papers_attestant (version_id, "order", person_id) VALUES (%(v)s, 9, %(p)s)',
        "frozen",
        v=answer.paper.current.pk,
        p=secretary.pk,
    )
    refused("DELETE FROM papers_attestant", "frozen")
    approve(answer, heads[0])
    refused(statement, "one_attest_a_person|not for person|duplicate", **values)
    refused("UPDATE papers_attestation SET sha256 = 'b'", "frozen")
    refused("DELETE FROM papers_attestation", "frozen")
    refused("UPDATE papers_section SET body = 'annat'", "frozen")


def test_the_database_refuses_the_attest_of_who_wrote_it(answer, secretary, heads):
    both = make_user(Role.CHEF, make_namnd(), name="Båda")
    Attestant.objects.create(version=fresh(answer).current, order=1, person=both)
    Event.objects.create(
        subject="papers.paper", subject_id=answer.paper_id, verb="saved", summary="x", actor=both
    )
    Paper.objects.filter(pk=answer.paper_id).update(state=PaperState.UNDER_ATTEST)
    statement, values = sql_attest(answer, both)
    refused(statement, "has written paper", **values)


def test_the_database_lets_no_paper_to_attest_without_somebody_asked(answer):
    refused("UPDATE papers_paper SET state = 'under-attest'", "nobody is asked")


def test_an_attest_says_who_when_and_what(answer, secretary, heads):
    send(answer, secretary, heads)
    statement, values = sql_attest(answer, heads[0])
    refused(statement.replace("now()", "NULL"), "digital_attest", **values)
    refused(statement, "digital_attest", **{**values, "s": ""})


# Pages and files ----------------------------------------------------------------------------------


def test_the_page_shows_whose_turn_it_is_and_what_holds_no_longer(answer, secretary, heads, client):
    client.force_login(secretary)
    home = reverse("answer", args=CODES)
    sent = client.post(
        f"{home}attest/skicka/",
        {"revision": fresh(answer).revision, "first": heads[0].pk, "second": heads[1].pk},
        follow=True,
    ).content.decode()
    assert "Anna Chef står på tur" in sent
    client.force_login(heads[0])
    page = client.get(f"{home}attest/").content.decode()
    sha256 = fingerprint_of(fresh(answer).current)
    assert sha256 in page
    assert client.post(f"{home}attest/godkann/", {"sha256": sha256}).status_code == 302
    client.force_login(heads[1])
    client.post(
        f"{home}attest/aterlamna/", {"revision": fresh(answer).revision, "reason": "Kortare"}
    )
    client.force_login(secretary)
    page = client.get(f"{home}attest/").content.decode()
    assert "Attester som inte gäller längre" in page
    assert "attesten gäller inte längre" in client.get(home).content.decode()


def test_a_refusal_keeps_the_page_and_says_why(answer, secretary, heads, client):
    client.force_login(secretary)
    url = f"{reverse('answer', args=CODES)}attest/skicka/"
    page = client.post(url, {"revision": fresh(answer).revision}).content.decode()
    assert "Välj vem som attesterar först." in page
    page = client.post(url, {"revision": 1, "first": heads[0].pk}).content.decode()
    assert "har ändrat här sedan du öppnade sidan" in page


def test_the_attests_stand_in_the_files_of_a_paper_whose_template_has_no_place_for_them(
    answer, secretary, heads
):
    send(answer, secretary, heads)
    for head in heads:
        approve(answer, head)
    version = fresh(answer).current
    word = Document(io.BytesIO(write_answer(version, FileFormat.WORD)))
    assert "Attesterat av" in [p.text for p in word.paragraphs]
    rows = [[cell.text for cell in row.cells] for row in word.tables[-1].rows]
    today = f"{timezone.localdate()}"
    assert rows == [
        ["Namn", "Datum"],
        ["Anna Chef, Avdelningschef", today],
        ["Bo Direktör, Direktör", today],
    ]
    pdf = PdfReader(io.BytesIO(write_answer(version, FileFormat.PDF)))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Attesterat av" in text
    assert "Bo Direktör, Direktör" in text


def test_the_start_page_shows_whose_turn_it_is(answer, secretary, heads, client):
    send(answer, secretary, heads)
    client.force_login(heads[0])
    page = client.get("/").content.decode()
    assert "Läs och attestera" in page
    client.force_login(heads[1])
    page = client.get("/").content.decode()
    assert "Läs och attestera" not in page
    assert "Anna Chef står på tur" in page


def test_the_start_page_takes_as_many_queries_for_three_papers_as_for_one(secretary, heads, client):
    counts = []
    for number in range(3):
        instance = make_instance(make_remiss(f"KS 2025/{number}", slug=f"r-{number}"))
        send(ready(instance, secretary), secretary, heads)
        if number in (0, 2):
            client.force_login(heads[0])
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get("/")
            counts.append(len(queries))
    assert counts[0] == counts[1]
