"""When somebody else was first: both texts, what differs word by word, and three ways on."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from indicators.domain.entry import GradeInput, ValueInput, save_entries
from indicators.models import GoalGrade, IndicatorVersion, Value
from organisation.enums import Role
from organisation.models import Namnd
from papers.domain.content import Header, merge_bodies
from papers.domain.papers import save_header, save_section
from papers.models import Section
from programme.models import Goal
from remisser.domain.answers import save_position
from remisser.models import Position
from tests.everywhere.scenario import DRAFT, City
from tests.everywhere.visiting import sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db

BASE = f"/remisser/{DRAFT}/svar/sodermalm"
DELETED = '<del><span class="visually-hidden"> borttaget: </span>{}</del>'
ADDED = '<ins><span class="visually-hidden"> tillagt: </span>{}</ins>'
MARKED = DELETED.format("röd") + ADDED.format("grön")


@pytest.fixture
def kim(city: City) -> Any:
    return make_user(Role.NAMNDSEKRETERARE, Namnd.objects.get(code="sodermalm"), name="Kim")


def revision_in(page: str) -> int:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found is not None
    return int(found[1])


@pytest.fixture
def section(city: City, kim) -> tuple[Client, dict]:
    """A section that Kim has saved, and what the secretary posts on top."""
    paper = city.answer(DRAFT).paper
    theirs = "<p>Bilen är röd.</p><p>Gemensamt.</p>"
    found = paper.current.sections.get(order=1)
    save_section(found, actor=kim, expected_version=paper.revision, body=theirs)
    fields = {"body": "<p>Bilen är grön.</p><p>Gemensamt.</p>", "revision": paper.revision}
    return sign_in(city, "secretary"), fields


def body_of(city: City) -> str:
    return Section.objects.get(version=city.answer(DRAFT).paper.current, order=1).body


def test_a_section_shows_both_and_what_differs(city: City, section):
    client, fields = section
    page = client.post(f"{BASE}/avsnitt/1/", fields).content.decode()
    assert MARKED in page
    assert "<p>Bilen är röd.</p>" in page
    assert "&lt;p&gt;Bilen är grön.&lt;/p&gt;" in page
    for words in ("Spara min text", "Behåll den sparade", "Lägg ihop texterna i fältet"):
        assert words in page


def test_mine(city: City, section):
    client, fields = section
    page = client.post(f"{BASE}/avsnitt/1/", fields).content.decode()
    again = {**fields, "revision": revision_in(page)}
    assert client.post(f"{BASE}/avsnitt/1/", again).status_code == 302
    assert "grön" in body_of(city)


def test_theirs(city: City, section):
    client, fields = section
    before = city.answer(DRAFT).paper.revision
    answer = client.post(f"{BASE}/avsnitt/1/", {**fields, "choice": "sparad"}, follow=True)
    assert "Den sparade texten står kvar som den är." in answer.content.decode()
    assert "röd" in body_of(city)
    assert city.answer(DRAFT).paper.revision == before


def test_both_in_the_field_and_nothing_saved_until_it_is_saved(city: City, section):
    client, fields = section
    answer = client.post(f"{BASE}/avsnitt/1/", {**fields, "choice": "bada"})
    page = answer.content.decode()
    assert "Texterna är hoplagda i fältet" in page
    assert "grön" not in body_of(city)
    merged = "<p>Bilen är röd.</p>\n<p>Bilen är grön.</p>\n<p>Gemensamt.</p>"
    assert merged.replace("<", "&lt;").replace(">", "&gt;") in page
    again = {"body": merged, "revision": revision_in(page)}
    assert client.post(f"{BASE}/avsnitt/1/", again).status_code == 302
    assert body_of(city) == merged


@pytest.mark.parametrize(
    ("saved", "mine", "merged"),
    [
        ("<p>a</p>", "<p>a</p>", "<p>a</p>"),
        ("", "<p>b</p>", "<p>b</p>"),
        ("<p>a</p>", "", "<p>a</p>"),
        ("<p>a</p><p>x</p>", "<p>b</p><p>x</p>", "<p>a</p>\n<p>b</p>\n<p>x</p>"),
        ("<p>x</p>", "<p>x</p><p>slut</p>", "<p>x</p>\n<p>slut</p>"),
    ],
)
def test_nothing_of_either_is_lost(saved: str, mine: str, merged: str):
    assert merge_bodies(saved, mine) == merged


def test_a_position(city: City, kim):
    answer = city.answer(DRAFT)
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=2),
        actor=kim,
        expected_version=answer.paper.revision,
        stance="avstyrker",
        body="<p>Bilen är röd.</p>",
    )
    client, path = sign_in(city, "secretary"), f"{BASE}/att-sats/2/"
    fields = {
        "stance": "positiv",
        "body": "<p>Bilen är grön.</p>",
        "revision": answer.paper.revision,
    }
    page = client.post(path, fields).content.decode()
    assert MARKED in page
    assert "Ställningstagande: Avstyrker" in page
    page = client.post(path, {**fields, "choice": "bada"}).content.decode()
    assert "Bilen är röd.&lt;/p&gt;\n&lt;p&gt;Bilen är grön." in page
    assert '<option value="positiv" selected>' in page
    position = Position.objects.get(
        answer_version__version=answer.paper.current, proposal__number=2
    )
    assert position.stance == "avstyrker"
    client.post(path, {**fields, "choice": "sparad"})
    position.refresh_from_db()
    assert position.body == "<p>Bilen är röd.</p>"
    assert client.post(path, {**fields, "revision": revision_in(page)}).status_code == 302
    position.refresh_from_db()
    assert (position.stance, position.body) == ("positiv", "<p>Bilen är grön.</p>")


def test_the_header_field_by_field(city: City, kim):
    paper = city.answer(DRAFT).paper
    theirs = Header(title="Bilen är röd", addressee="Nämnden", recipients=("Ett", "Två"))
    save_header(paper, actor=kim, expected_version=paper.revision, header=theirs)
    client, path = sign_in(city, "secretary"), f"{BASE}/huvud/"
    fields = {
        "title": "Bilen är grön",
        "addressee": "Annan",
        "recipients": "Två\nTre",
        "revision": paper.revision,
    }
    page = client.post(path, fields).content.decode()
    assert MARKED in page
    assert "Rubrik" in page
    choices = {"choice": "bada", "val-addressee": "sparat", "val-recipients": "bada"}
    page = client.post(path, {**fields, **choices}).content.decode()
    for kept in ('value="Bilen är grön"', 'value="Nämnden"', "Ett\nTvå\nTre</textarea>"):
        assert kept in page
    assert city.answer(DRAFT).paper.current.title == "Bilen är röd"
    client.post(path, {**fields, "choice": "sparad"})
    assert city.answer(DRAFT).paper.current.title == "Bilen är röd"
    assert client.post(path, {**fields, "revision": revision_in(page)}).status_code == 302
    assert city.answer(DRAFT).paper.current.title == "Bilen är grön"


def test_values_field_by_field(city: City):
    report, goal = city.report(), Goal.objects.get(programme__slug="vald-2021-2025")
    client, path = sign_in(city, "filler"), "/inrapportering/sodermalm/2025-T1/"
    form = client.get(path).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', form)
    assert seen is not None
    seen_text = seen[1].replace("&quot;", '"')
    other = make_user(Role.UPPGIFTSLAMNARE, report.namnd, name="Kim")
    save_entries(
        report,
        actor=other,
        expected_version=report.revision,
        values=[
            ValueInput(
                IndicatorVersion.objects.get().pk, number=Decimal(40), comment="Bilen är röd."
            )
        ],
        grades=[GradeInput(goal.pk, "delvis", "Målet är rött.")],
    )
    fields = {
        "revision": report.revision,
        "seen": seen_text,
        "v-i-1-totalt-utfall": "50",
        "v-i-1-totalt-kommentar": "Bilen är grön.",
        "g-vald-2021-2025-1-bedomning": "ej",
        "g-vald-2021-2025-1-analys": "Målet är grönt.",
    }
    page = client.post(path, fields).content.decode()
    assert MARKED in page
    for name in fields:
        assert name in ("revision", "seen") or f'name="val-{name}"' in page
    assert "behåll allt som är sparat" in page
    chosen = {
        **fields,
        "revision": revision_in(page),
        "val-v-i-1-totalt-utfall": "sparat",
        "val-v-i-1-totalt-kommentar": "bada",
        "val-g-vald-2021-2025-1-bedomning": "mitt",
        "val-g-vald-2021-2025-1-analys": "sparat",
    }
    assert client.post(path, chosen).status_code == 302
    value = Value.objects.get(version=report.current)
    assert (value.number, value.comment) == (40, "Bilen är röd.\n\nBilen är grön.")
    grade = GoalGrade.objects.get(version=report.current)
    assert (grade.grade, grade.analysis) == ("ej", "Målet är rött.")
