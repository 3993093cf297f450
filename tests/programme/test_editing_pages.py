"""The coordinator's pages for a programme's content, and the files of a programme."""

import datetime as dt
import io
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from desk.domain.programme_pages import read_whole_programme
from desk.exports.programme_document import FORMATS, programme_document
from indicators.enums import PeriodState
from indicators.models import ActivityStatus
from organisation.enums import Role
from programme.models import Activity, Goal, GoalLink, Precondition, Programme
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_link,
    make_namnd,
    make_part,
    make_period,
    make_precondition,
    make_reference,
    make_report,
    make_user,
    make_value,
    make_violence_type,
    make_wording,
)

pytestmark = pytest.mark.django_db
SLUG = "vald-2021-2025"
TODAY = dt.date(2025, 5, 5)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(make_user(Role.SAMORDNARE))
    return client


def send(client: Client, address: str, args: list, **fields) -> str:
    """Sends a form; answers where it leads, or the page that says what is wrong."""
    response = client.post(reverse(address, args=args), fields)
    return (
        response.headers["Location"] if response.status_code == 302 else response.content.decode()
    )


def test_a_goal_is_built_up_page_by_page(coordinator: Client):
    programme = {
        "slug": "vald-2026-2030", "name": "Nästa program", "short_name": "Nästa", "kind": "stad",
        "first_year": 2026, "last_year": 2030, "source": "Förslag",
    }  # fmt: skip
    home = "/program/vald-2026-2030/"
    assert send(coordinator, "programme-new", [], **programme) == home
    slug = "vald-2026-2030"
    assert send(coordinator, "goal-new", [slug], number=1, text="Ett mål") == f"{home}mal/1/"
    top = Goal.objects.get()
    part = {"number": 2, "parent": top.pk, "text": "Ett delmål"}
    assert send(coordinator, "goal-new", [slug], **part) == f"{home}mal/1.2/"
    activity = {"code": "ny", "text": "Göra något", "order": 1, "source": "Förslag"}
    assert send(coordinator, "activity-new", [slug, "1.2"], **activity) == f"{home}aktivitet/ny/"
    precondition = {"revision": 0, "text": "Pengar", "order": 1, "is_example": "on"}
    assert send(coordinator, "precondition-new", [slug, "1.2"], **precondition) == f"{home}mal/1.2/"
    wording = {
        "revision": 1, "text": "Ett nytt delmål", "valid_from": "2027-01-01", "decision": "KF § 1",
    }  # fmt: skip
    assert send(coordinator, "goal-wording", [slug, "1.2"], **wording) == f"{home}mal/1.2/"
    page = coordinator.get(f"{home}mal/1.2/").content.decode()
    for words in ("Göra något", "Pengar", "Delmål 1.2"):
        assert words in page
    assert Activity.objects.get().goal == Precondition.objects.get().goal


@pytest.mark.parametrize("name", ["goal-wording", "activity-wording"])
def test_what_was_typed_stays_when_somebody_was_first(coordinator: Client, name: str):
    goal = make_goal(1)
    activity = make_activity("a-1", goal)
    row, code = (goal, "1") if name == "goal-wording" else (activity, "a-1")
    url = reverse(name, args=[SLUG, code])
    fields = {"revision": 0, "valid_from": "2023-01-01", "decision": "KF § 1"}
    coordinator.post(url, {**fields, "text": "Den förstas."})
    page = coordinator.post(url, {**fields, "text": "Den andras."}).content.decode()
    assert "Någon annan har ändrat det här" in page
    assert "Den andras.</textarea>" in page
    assert "Så här står det sparat nu" in page
    assert "<p>Den förstas.</p>" in page
    (revision,) = re.findall(r'name="revision" value="(\d+)"', page)
    again = {**fields, "revision": revision, "text": "Den andras.", "valid_from": "2023-02-01"}
    assert coordinator.post(url, again).status_code == 302
    assert [w.text for w in row.wordings.all()] == ["Den förstas.", "Den andras."]


def test_a_fault_is_said_at_its_field_and_nothing_is_cleared(coordinator: Client):
    make_goal(1)
    page = send(
        coordinator, "goal-wording", [SLUG, "1"], revision=0, text="Ny.", valid_from="2031-01-01",
        decision="KF § 1",
    )  # fmt: skip
    assert 'href="#id_valid_from"' in page
    assert "Ny.</textarea>" in page
    assert not Goal.objects.get().wordings.exists()


def test_a_link_is_made_and_ended(coordinator: Client):
    goal, other = make_goal(5), make_goal(6, make_reference())
    send(coordinator, "goal-link", [SLUG, "5"], other=other.pk, source="Jämförelse")
    link = GoalLink.objects.get()
    assert "Mål nummer 6" in coordinator.get(f"/program/{SLUG}/mal/5/").content.decode()
    send(coordinator, "goal-unlink", [SLUG, "5", link.pk], last_day="2024-12-31")
    link.refresh_from_db()
    assert (link.from_goal, link.valid_to) == (goal, dt.date(2024, 12, 31))


def test_a_row_of_another_goal_is_not_there(coordinator: Client):
    make_goal(1)
    row = make_precondition(make_goal(2))
    link = make_link(make_goal(3))
    for name, pk in (("precondition-change", row.pk), ("goal-unlink", link.pk)):
        assert coordinator.get(reverse(name, args=[SLUG, "1", pk])).status_code == 404
    assert coordinator.get(f"/program/{SLUG}/mal/9/andra/").status_code == 404


def test_what_something_rests_on_is_not_removed_and_it_is_said(coordinator: Client):
    make_activity("a-1", make_goal(1))
    response = coordinator.post(
        reverse("goal-remove", args=[SLUG, "1"]), {"revision": "0"}, follow=True
    )
    assert "Målet kan inte tas bort: där finns aktiviteter." in response.content.decode()
    make_goal(2)
    assert send(coordinator, "goal-remove", [SLUG, "2"], revision=0) == f"/program/{SLUG}/"
    assert [g.number for g in Goal.objects.all()] == [1]


def test_only_the_coordinator_is_shown_the_way_to_change(client: Client):
    make_activity("a-1", make_goal(1))
    pages = ["/program/", f"/program/{SLUG}/", f"/program/{SLUG}/mal/1/"]
    pages.append(f"/program/{SLUG}/aktivitet/a-1/")
    for role, shown in ((Role.SAMORDNARE, True), (Role.GRANSKARE, False), (Role.LASARE, False)):
        client.force_login(make_user(role))
        found = [
            re.search(r"/(andra|nytt|ny-lydelse)/", client.get(p).content.decode()) for p in pages
        ]
        assert [bool(each) for each in found] == [shown] * 4


@time_machine.travel(dt.datetime(2025, 5, 5, 10, tzinfo=dt.UTC), tick=False)
def test_a_page_shows_the_words_of_today_and_those_before(client: Client):
    goal = make_goal(1, text="Gammal.")
    make_wording(goal, dt.date(2023, 7, 1), "Dagens.", decision="KF 2023-06-01 § 2")
    make_wording(goal, dt.date(2025, 7, 1), "Morgondagens.", decision="KF 2025-04-01 § 3")
    client.force_login(make_user())
    page = client.get(f"/program/{SLUG}/mal/1/").content.decode()
    assert "<h1>Mål 1. Dagens.</h1>" in page
    assert "Lydelse från 1 juli 2023. Beslut: KF 2023-06-01 § 2." in page
    assert page.index("Morgondagens.") < page.index("Gammal.")
    assert "Ursprunglig lydelse, till 30 juni 2023" in page


def test_a_goal_whose_text_is_not_known_says_so(client: Client):
    make_goal(1, text="")
    client.force_login(make_user())
    assert "Texten finns inte i Samlad" in client.get(f"/program/{SLUG}/").content.decode()
    assert "men inte dess text" in client.get(f"/program/{SLUG}/mal/1/").content.decode()


# Files -------------------------------------------------------------------------------------------


def contents():
    goal = make_goal(1, text="Gammal.")
    make_part(goal, 1, text="Ett delmål.")
    make_wording(goal, dt.date(2023, 7, 1), "Dagens.", decision="KF § 2")
    make_precondition(goal, text="Pengar finns.")
    activity = make_activity("a-1", goal, text="Göra något.")
    make_wording(activity, dt.date(2024, 1, 1), "Göra mer.", decision="KF § 3")
    activity.violence_types.add(make_violence_type("prostitution"))
    few = make_indicator("i-1", goal=goal, name="Få personer", counts_people=True)
    many = make_indicator("i-2", goal=goal, name="Många personer", counts_people=True)
    report = make_report(make_namnd(), make_period("2024-VB", state=PeriodState.LAST), "godkand")
    make_value(report, few, 3)
    make_value(report, many, 12_345)
    ActivityStatus.objects.create(version=report.current, activity=activity, state="paborjad")
    draft = make_report(make_namnd("bromma"), make_period("2024-VB"))
    make_value(draft, many, 98_765)
    make_link(goal)
    make_goal(2, text="")
    return programme_document(read_whole_programme(SLUG, on=TODAY))


def test_word_and_pdf_hold_the_whole_programme():
    document = contents()
    word = Document(io.BytesIO(FORMATS["docx"].write(document)))
    in_word = "\n".join(p.text for p in word.paragraphs)
    in_word += "\n".join(c.text for t in word.tables for row in t.rows for c in row.cells)
    in_word = in_word.replace("\N{NO-BREAK SPACE}", " ")
    pdf = PdfReader(io.BytesIO(FORMATS["pdf"].write(document)))
    in_pdf = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    for words in (
        "Program mot våld 2021–2025",
        "Mål 1. Dagens.",
        "Delmål 1.1. Ett delmål.",
        "Pengar finns. (exempel)",
        "Göra mer. (ändrad lydelse)",
        "Texten ändrades 1 januari 2024 genom KF § 3.",
        "Till och med 31 december 2023: Göra något.",
        make_violence_type("prostitution").name,
        "Verksamhetsberättelse 2024: 1 av 2 åtaganden är påbörjat.",
        "Påbörjad: 1",
        "12 345",
        "skyddad uppgift",
        "Alla stadsdelsnämnder",
        "Gammal.",
        "Målets text finns inte i Samlad.",
        "ingen motsvarighet",
    ):
        assert words in in_word, words
        assert words in in_pdf, words
    assert "98 765" not in in_word + in_pdf


def test_the_same_programme_gives_the_same_bytes():
    document = contents()
    for made in FORMATS.values():
        assert made.write(document) == made.write(document)


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_a_file_has_a_name_and_its_type(client: Client, file_format: str):
    make_goal(1)
    client.force_login(make_user())
    response = client.get(f"/program/{SLUG}/ladda-ned/{file_format}/")
    assert response.headers["Content-Type"] == FORMATS[file_format].content_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{SLUG}.{file_format}"'
    assert client.get(f"/program/{SLUG}/ladda-ned/exe/").status_code == 404
    assert client.get("/program/finns-inte/ladda-ned/pdf/").status_code == 404


def test_a_programme_without_goals_is_a_page_and_a_file(client: Client):
    Programme.objects.create(
        slug="tomt", name="Tomt", short_name="Tomt", first_year=2030, last_year=2031, source="K"
    )
    client.force_login(make_user())
    for address in ("/program/tomt/", "/program/tomt/ladda-ned/pdf/"):
        assert client.get(address).status_code == 200
