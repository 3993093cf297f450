"""The pages of uppdrag: the list, one uppdrag, the account as a paper, the decision."""

import datetime as dt
import io

import docx
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import NamndGroup, Role
from organisation.models import Decision
from papers.domain.content import AttestContent, Header, SectionContent, VersionContent
from papers.domain.papers import read_in_paper
from papers.domain.templates import ensure_standard_templates
from papers.enums import PaperKind
from papers.models import PaperTemplate
from programme.assignment_enums import AccountKind
from programme.domain.accounts import start_account
from programme.models import Account, Assignment
from tests.factories import make_account, make_assignment, make_goal, make_namnd, make_user
from trace.models import ReadLog

pytestmark = pytest.mark.django_db
DUE = dt.date(2025, 4, 30)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2025, 5, 10, 12, tzinfo=dt.UTC))


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


def at(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(answer) -> str:
    return " ".join(answer.content.decode().split())


def begun(secretary, **fields) -> Account:
    ensure_standard_templates()
    account = make_account(make_assignment(slug="modellen", **fields), due_on=DUE)
    template = PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE)
    return start_account(account, template, actor=secretary)


def test_the_list_says_what_is_late_in_words_and_filters(secretary):
    make_account(make_assignment(title="Sent uppdrag"), due_on=DUE, due_as_written="i april")
    make_assignment(make_namnd("bromma"), title="Annans uppdrag")
    client = at(secretary)
    page = body(client.get(reverse("assignment-list")))
    assert "10 dagar sen" in page
    assert "(i april)" in page
    assert "Annans uppdrag" in page
    mine = body(client.get(reverse("assignment-list"), {"vems": "mina", "lage": "forsenade"}))
    assert "Sent uppdrag" in mine
    assert "Annans uppdrag" not in mine
    nothing = body(client.get(reverse("assignment-list"), {"lage": "klara"}))
    assert "Inga uppdrag stämmer med valet" in nothing


@pytest.mark.parametrize("given", [{"lage": "x"}, {"vems": "x"}, {"vems": "farsta"}])
def test_a_filter_that_is_none_is_not_there(secretary, given):
    make_namnd("farsta")  # which has no uppdrag
    assert at(secretary).get(reverse("assignment-list"), given).status_code == 404


def test_the_pages_ask_as_much_of_the_database_for_one_row_as_for_three(secretary):
    def asked(address: str) -> int:
        client = at(secretary)
        client.get(address)  # what is asked once for all is asked
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    first = make_assignment(slug="ett", goals=(make_goal(1),))
    make_account(first, kind=AccountKind.DEL)
    list_with_one, page_with_one = asked("/uppdrag/"), asked("/uppdrag/ett/")
    for _ in range(2):
        make_account(first, kind=AccountKind.DEL)
        make_account(make_assignment(), due_on=DUE)
    assert (asked("/uppdrag/"), asked("/uppdrag/ett/")) == (list_with_one, page_with_one)


def test_an_uppdrag_is_registered_changed_and_closed(secretary):
    client = at(secretary)
    sent = {
        "responsible": f"namnd-{make_namnd().pk}",
        "title": "Ta fram en modell",
        "text": "Texten.",
        "origin": "budget",
        "origin_year": "2025",
        "due_on": "2025-12-31",
        "with_group": NamndGroup.STADSDELSNAMNDER,
        "others": "SHIS Bostäder\n\nUnizon",
        "goals": [make_goal(4).pk],
        "source": "Budget 2025",
        "revision": "0",
    }
    answer = client.post(reverse("assignment-new"), sent)
    assert answer.url == "/uppdrag/ta-fram-en-modell/"
    page = body(client.get(answer.url))
    for words in (
        "Budget 2025",
        "alla stadsdelsnämnder, SHIS Bostäder, Unizon",
        "31 december 2025",
    ):
        assert words in page
    changed = {**sent, "title": "Ta fram två modeller", "with_namnder": [make_namnd("bromma").pk]}
    assert client.post(f"{answer.url}andra/", changed).status_code == 302
    assert "Ta fram två modeller" in body(client.get(answer.url))
    late = client.post(f"{answer.url}andra/", {**changed, "title": "Annat"})
    assert "har ändrat uppdraget sedan du öppnade sidan" in body(late)
    assert 'value="Annat"' in late.content.decode()
    assert 'name="revision" value="1"' in late.content.decode()
    assert client.post(f"{answer.url}avsluta/", {"revision": "1", "reason": ""}).status_code == 200
    client.post(f"{answer.url}avsluta/", {"revision": "1", "reason": "Drogs tillbaka."})
    page = body(at(make_user(Role.LASARE, make_namnd("bromma"))).get(answer.url))
    assert "Drogs tillbaka." in page


def test_errors_are_told_at_their_fields_and_nothing_is_cleared(secretary):
    answer = at(secretary).post(
        reverse("assignment-new"),
        {"responsible": "namnd-0", "title": "Kvar", "due_as_written": "i april", "revision": "0"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Välj en i listan", "Skriv var uppdraget står", 'value="Kvar"', "#id_source"):
        assert words in page


def test_the_account_is_begun_written_and_taken_out_as_an_own_matter(secretary):
    client = at(secretary)
    ensure_standard_templates()
    make_account(make_assignment(slug="modellen"), due_on=DUE)
    home = "/uppdrag/modellen/redovisning/1/"
    template = PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE)
    assert "Påbörja slutredovisning" in body(client.get(home))
    assert client.post(home, {"template": template.pk}).url == home
    client.post(f"{home}avsnitt/1/", {"revision": "0", "body": "<p>Nämnden godkänner.</p>"})
    client.post(f"{home}avsnitt/3/", {"revision": "0", "body": "<p>Kort sagt.</p>"})
    header = {"revision": "0", "title": "Modellen", "signatures": "Anna Chef, Direktör"}
    assert client.post(f"{home}huvud/", header).url == home
    page = body(client.get(home))
    order = [page.index(words) for words in ("Nämnden godkänner.", "Anna Chef", "Kort sagt.")]
    assert order == sorted(order)
    word = client.get(f"{home}word/")
    assert 'filename="slutredovisning-modellen-sodermalm.docx"' in word["Content-Disposition"]
    texts = "\n".join(words_of_word(word.content))
    written = pypdf.PdfReader(io.BytesIO(client.get(f"{home}pdf/").content))
    pdf = "\n".join(page.extract_text() for page in written.pages)
    for text in (texts, pdf):
        order = [text.index(words) for words in ("Nämnden godkänner.", "Anna Chef", "Kort sagt.")]
        assert order == sorted(order)


def words_of_word(data: bytes) -> list[str]:
    """Every line of the body, those in tables at their place."""
    found = docx.Document(io.BytesIO(data))
    return ["".join(node.itertext()) for node in found.element.body]


def test_two_who_write_in_the_same_section_both_keep_their_text(secretary):
    begun(secretary)
    home, client = "/uppdrag/modellen/redovisning/1/", at(secretary)
    client.post(f"{home}avsnitt/1/", {"revision": "0", "body": "<p>Den ena</p>"})
    late = body(client.post(f"{home}avsnitt/1/", {"revision": "0", "body": "<p>Den andra</p>"}))
    assert "Den ena" in late
    assert "Den andra" in late
    assert "Skillnaden, ord för ord" in late
    sent = {"revision": "1", "body": "<p>Den andra</p>"}
    merged = body(client.post(f"{home}avsnitt/1/", sent | {"choice": "bada"}))
    assert "Texterna är hoplagda i fältet" in merged
    assert "&lt;p&gt;Den ena&lt;/p&gt; &lt;p&gt;Den andra&lt;/p&gt;" in merged
    kept = body(client.post(f"{home}avsnitt/1/", sent | {"choice": "sparad"}, follow=True))
    assert "Den sparade texten står kvar som den är." in kept
    assert "Den andra" not in kept


def test_the_header_of_an_account_is_put_together_field_by_field(secretary):
    begun(secretary)
    address, client = "/uppdrag/modellen/redovisning/1/huvud/", at(secretary)
    client.post(address, {"revision": "0", "title": "Den enas", "bilagor": "Ena bilagan"})
    mine = {"revision": "0", "title": "Den andras", "bilagor": "Andra bilagan"}
    late = body(client.post(address, mine))
    assert 'name="val-title"' in late
    chosen = {"choice": "bada", "val-title": "sparat", "val-bilagor": "bada"}
    filled = body(client.post(address, mine | chosen))
    assert 'value="Den enas"' in filled
    assert "Ena bilagan Andra bilagan" in filled


def test_an_account_has_its_history_in_words_and_its_readings_are_logged(secretary):
    account = begun(secretary)
    home, client = "/uppdrag/modellen/redovisning/1/", at(secretary)
    client.post(f"{home}avsnitt/1/", {"revision": "0", "body": "<p>Det hemliga</p>"})
    section = account.paper.current.sections.get(order=1)
    said = f"Avsnittet ”{section.heading}” skrevs av Siv (nämndsekreterare vid"
    assert "Version 1 påbörjades" in body(client.get(home))
    assert said in body(client.get(f"{home}avsnitt/1/"))
    readings = ReadLog.objects.filter(subject="papers.paper", subject_id=account.paper.pk)
    assert not readings.exists()
    client.get(f"{home}word/")
    (line,) = readings
    assert line.summary == "Tog ut slutredovisningen av uppdraget modellen, version 1, som word"


def test_an_attested_account_opens_a_new_version_with_a_reason(secretary):
    account = begun(secretary)
    content = VersionContent(
        header=Header(title="Modellen"),
        sections=(SectionContent("sammanfattning", "Sammanfattning", body="<p>Text</p>"),),
        attests=(AttestContent("Anna Chef", "Direktör", dt.date(2025, 4, 1)),),
    )
    read_in_paper(
        content,
        namnd=account.namnd,
        kind=PaperKind.EGET_ARENDE,
        actor=secretary,
        paper=account.paper,
    )
    home, client = "/uppdrag/modellen/redovisning/1/", at(secretary)
    page = body(client.get(home))
    assert "Slutredovisningen är attesterad." in page
    assert client.get(f"{home}avsnitt/1/").url == home
    account.paper.refresh_from_db()
    sent = {"revision": account.paper.revision, "reason": "Fel siffra"}
    assert client.post(f"{home}ny-version/", {**sent, "reason": ""}).status_code == 200
    assert client.post(f"{home}ny-version/", sent).url == home
    assert "Gäller inte längre" in body(client.get(f"{home}?version=2"))
    older = client.get(f"{home}pdf/?version=2")["Content-Disposition"]
    assert 'filename="slutredovisning-modellen-sodermalm-version-2.pdf"' in older
    assert client.get(f"{home}pdf/?version=9").status_code == 404


POINTS = {
    "p-TOTAL_FORMS": "3",
    "p-INITIAL_FORMS": "0",
    "p-0-text": "Delredovisningen godkänns.",
    "p-1-text": "",
    "p-2-text": "Slutredovisa senast april 2026.",
    "p-2-obliges": "slutredovisa",
    "p-2-due_on": "2026-04-30",
    "p-2-due_as_written": "april 2026",
}


def test_a_decision_with_points_makes_the_next_account(secretary):
    make_account(make_assignment(slug="modellen"), kind=AccountKind.DEL)
    client, address = at(secretary), "/uppdrag/modellen/redovisning/1/beslut/"
    sent = {**POINTS, "revision": "1", "meeting_on": "2025-03-20", "paragraph": "7"}
    more = client.post(address, {**sent, "fler": "1"})
    assert Decision.objects.count() == 0
    assert "Punkt 5" in body(more)
    assert "Slutredovisa senast april 2026." in body(more)
    wrong = client.post(address, {**sent, "p-2-due_on": "30/4", "meeting_on": ""})
    for words in ("Skriv sammanträdets dag", "Punkt 3, senast", "#id_p-2-due_on"):
        assert words in body(wrong)
    assert client.post(address, sent).url == "/uppdrag/modellen/"
    page = body(client.get("/uppdrag/modellen/"))
    for words in (
        "20 mars 2025, § 7",
        "Vad punkten säger är inte känt.",
        "355 dagar kvar",
        "Delredovisat",
        "(april 2026)",
    ):
        assert words in page
    right = {**POINTS, "revision": "2", "paragraph": "8", "outcome": "andrat", "reason": "Fel §"}
    correct = f"{address}ratta/"
    assert "Punkt 3" in body(client.get(correct))
    plain = {
        key: value for key, value in right.items() if "obliges" not in key and "due" not in key
    }
    assert client.post(correct, plain).url == "/uppdrag/modellen/"
    page = body(client.get("/uppdrag/modellen/"))
    assert "§ 8" in page
    assert "Tidigare registrerat som § 7" in page


def test_a_draft_is_seen_inside_only_and_the_day_by_all(secretary):
    account = begun(secretary)
    home = "/uppdrag/modellen/redovisning/1/"
    for user in (
        make_user(Role.SAMORDNARE, make_namnd()),
        make_user(Role.LEDAMOT, make_namnd()),
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
    ):
        page = body(at(user).get("/uppdrag/modellen/"))
        assert "10 dagar sen" in page
        assert home not in page
        assert "Utkast" not in page
        for part in ("", "word/", "avsnitt/1/", "huvud/", "beslut/", "dag/"):
            assert at(user).get(home + part).status_code == 404
    assert Assignment.objects.get(pk=account.assignment_id).is_open
