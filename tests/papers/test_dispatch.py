"""Expediering: what was sent, to whom, and that nothing of it changes afterwards."""

import datetime as dt
import io
import zipfile
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from organisation.domain.decisions import Statement
from organisation.domain.meetings import meeting_of
from organisation.enums import Role
from papers.domain.agenda import send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import MadeFile, dispatch_paper
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import open_new_version
from papers.enums import PaperState
from papers.models import Dispatch, DispatchFile, Paper
from programme.domain.accounts import Point
from remisser.domain.deciding import decide_answer
from remisser.domain.lint import look_over
from remisser.models import Answer
from tests.factories import make_namnd, make_user, ready_answer, settle
from trace.models import Event

pytestmark = pytest.mark.django_db
CODES = ["ks-2023-553", "sodermalm"]
MADE = [MadeFile("svar.pdf", "application/pdf", b"%PDF-ett")]


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    """Sent out, and not decided."""
    answer = ready_answer(actor=secretary)
    head = make_user(Role.CHEF, make_namnd(), name="Anna")
    paper = send_to_attest(
        answer.paper,
        actor=secretary,
        expected_version=answer.paper.revision,
        attestants=[head],
        look=lambda paper: look_over(answer, paper),
    )
    attest(paper, actor=head, sha256=fingerprint_of(paper.current))
    send_out(meeting_of(make_namnd(), dt.date(2025, 3, 6), actor=None), [paper], actor=secretary)
    fresh(answer)
    return answer


def fresh(answer: Answer) -> Paper:
    answer.paper = Paper.objects.select_related("current", "namnd").get(pk=answer.paper_id)
    return answer.paper


@pytest.fixture
def decided(answer, secretary) -> Answer:
    decide_answer(
        answer,
        actor=secretary,
        expected_version=answer.paper.revision,
        outcome="andrat",
        paragraph="7",
        points=[Point("Nämnden avstyrker motionen.")],
        statements=[Statement("reservation", "V", "Motionen borde ha tillstyrkts.")],
        immediate=True,
    )
    settle()
    fresh(answer)
    return answer


def dispatch(answer: Answer, actor, **changes) -> Dispatch:
    paper = fresh(answer)
    given = {
        "actor": actor,
        "expected_version": paper.revision,
        "recipients": ["Kommunstyrelsen", " Kommunstyrelsen", "", "Unizon"],
        "make_files": lambda _: MADE,
    }
    return dispatch_paper(paper, **{**given, **changes})


def test_what_is_sent_is_kept_with_its_digest_and_those_it_went_to(decided, secretary):
    sending = dispatch(decided, secretary)
    assert fresh(decided).state == PaperState.EXPEDIERAD
    assert [one.name for one in sending.recipients.all()] == ["Kommunstyrelsen", "Unizon"]
    file = sending.files.get()
    assert (bytes(file.content), file.sha256) == (
        MADE[0].content,
        sha256(MADE[0].content).hexdigest(),
    )
    assert (sending.by, sending.sha256) == (secretary, fingerprint_of(decided.paper.current))


def test_sent_twice_is_once(decided, secretary):
    seen = decided.paper.revision
    first = dispatch(decided, secretary)
    events = Event.objects.count()
    assert dispatch(decided, secretary, expected_version=seen) == first
    assert (Dispatch.objects.count(), DispatchFile.objects.count()) == (1, 1)
    assert Event.objects.count() == events


def test_only_what_is_decided_is_sent_by_the_secretary(answer, secretary):
    with pytest.raises(NotOpen, match="beslut är registrerat"):
        dispatch(answer, secretary)
    with pytest.raises(NotAllowed):
        dispatch(answer, make_user(Role.CHEF, make_namnd()))
    assert Dispatch.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"recipients": ["  "]}, InvalidContent),
        ({"recipients": ["x" * 201]}, InvalidContent),
        ({"recipients": [f"nr {n}" for n in range(61)]}, InvalidContent),
        ({"recipients": ["Anna 19121212-1212"]}, InvalidContent),
        ({"expected_version": 0}, Conflict),
    ],
)
def test_what_cannot_be_sent_changes_nothing(decided, secretary, changes, error):
    with pytest.raises(error):
        dispatch(decided, secretary, **changes)
    assert (fresh(decided).state, Dispatch.objects.count()) == (PaperState.BESLUTAD, 0)


def test_everyone_signed_in_reads_it_from_then_on_and_nobody_else_before(
    decided, secretary, client
):
    stranger = make_user(Role.LASARE, make_namnd("farsta"))
    client.force_login(stranger)
    home = reverse("answer", args=CODES)
    assert client.get(home).status_code == 404
    assert client.get(f"{home}expediering/").status_code == 404
    dispatch(decided, secretary)
    page = client.get(home).content.decode()
    for words in ("Så tycker vi.", "Ändrat", "§ 7", "Kommunstyrelsen", "svar.pdf"):
        assert words in page
    assert "Siv" not in page.split('id="namndens-beslut"')[1].split("paper-layout")[0]


def test_the_package_holds_the_paper_and_an_extract_of_the_protocol(decided, secretary, client):
    client.force_login(secretary)
    url = f"{reverse('answer', args=CODES)}expediering/"
    page = client.post(
        url, {"revision": decided.paper.revision, "recipients": "Kommunstyrelsen"}, follow=True
    )
    assert "Expedierade filer" in page.content.decode()
    package = zipfile.ZipFile(io.BytesIO(client.get(f"{url}paket/").content))
    assert package.namelist() == [
        "svar-ks-2023-553-sodermalm.pdf",
        "svar-ks-2023-553-sodermalm.docx",
        "svar-ks-2023-553-sodermalm-protokollsutdrag.pdf",
        "svar-ks-2023-553-sodermalm-protokollsutdrag.docx",
        "innehall.txt",
    ]
    listed = package.read("innehall.txt").decode()
    for file in DispatchFile.objects.all():
        assert package.read(file.name) == bytes(file.content)
        assert f"{file.name}  {file.sha256}" in listed
        sent = client.get(f"{url}fil/{file.pk}/")
        assert (sent.content, sent["Content-Type"]) == (bytes(file.content), file.content_type)
    pdf = PdfReader(io.BytesIO(package.read("svar-ks-2023-553-sodermalm-protokollsutdrag.pdf")))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in (
        "Protokollsutdrag",
        "Nämnden avstyrker motionen.",
        "Paragrafen justerades omedelbart.",
        "Motionen borde ha tillstyrkts.",
    ):
        assert words in text


def test_after_it_nothing_is_written(decided, secretary):
    dispatch(decided, secretary)
    with pytest.raises(NotOpen):
        open_new_version(
            fresh(decided),
            actor=secretary,
            expected_version=decided.paper.revision,
            reason="Fel",
        )


def refused(statement: str, match: str) -> None:
    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    with pytest.raises(IntegrityError, match=match):
        run()


def test_the_database_freezes_what_was_sent(decided, secretary):
    refused("UPDATE papers_paper SET state = 'expedierad'", "has not been sent")
    sending = dispatch(decided, secretary)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE papers_dispatch SET opened_in = 'earlier'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    for table in ("papers_dispatch", "papers_dispatchfile", "papers_dispatchrecipient"):
        refused(f"DELETE FROM {table}", "frozen")
    refused("UPDATE papers_dispatchfile SET content = 'x'", "frozen")
    refused("UPDATE papers_dispatchrecipient SET name = 'x'", "frozen")
    refused("UPDATE papers_dispatch SET at = now()", "frozen")
    refused(
        "INSERT INTO papers_dispatchrecipient (dispatch_id, number, name) "
        f"VALUES ({sending.pk}, 9, 'x')",
        "frozen",
    )
    refused("UPDATE papers_paper SET dnr = 'x'", "has been sent")
    refused("UPDATE papers_paper SET state = 'utkast'", "does not go from|has been sent")
    refused("UPDATE papers_section SET body = 'annat'", "frozen")


def test_the_database_sends_nothing_that_is_not_decided(answer, secretary):
    with pytest.raises(IntegrityError, match="not decided"), transaction.atomic():
        Dispatch.objects.create(
            paper=answer.paper,
            version=answer.paper.current,
            item=answer.paper.agenda_items.get(),
            by=secretary,
            sha256="a" * 64,
        )
