"""What is pasted and what is saved by itself: nothing is lost, and what goes is said."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from organisation.enums import Role
from papers.documents.dropped import what_was_dropped
from papers.forms import MAX_BODY
from papers.models import Paper
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db

HOME = "/remisser/ks-2023-553/svar/sodermalm/"
SECTION = f"{HOME}avsnitt/1/"
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal'
    '{margin:0}</style></head><body lang=SV><p class=MsoNormal style="color:red">Stycke ett'
    '<o:p></o:p></p><img src="file:///C:/bild.png"><table class=MsoTableGrid><tr><td>Cell ett'
    '</td><td>Cell två</td></tr></table><p onclick="x()">Slut</p><script>x()</script></body></html>'
)


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    return make_answer(make_instance(make_remiss()), secretary)


@pytest.fixture
def page(client: Client, secretary, answer) -> Client:
    client.force_login(secretary)
    return client


def body() -> str:
    return Paper.objects.get().current.sections.get(order=1).body


def test_what_word_sends_along_is_said_and_the_words_stay(page):
    told = page.post(SECTION, {"body": WORD, "revision": 0}, follow=True).content.decode()
    assert (
        "Texten är rensad. Det här följde inte med: 1 bild, typsnitt, färger och annat utseende "
        "och programkod. En tabell blev stycken, en rad i taget."
    ) in told
    assert body() == "<p>Stycke ett</p>\n<p>Cell ett Cell två</p>\n<p>Slut</p>"


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Bara text</p>", ""),
        ("Ren text med <tecken>", ""),
        ("<img><img>", "Det här följde inte med: 2 bilder."),
        ('<a href="javascript:x()">Läs</a>', "Det här följde inte med: 1 länk som inte är säker."),
        ('<a href="https://stockholm.se">Läs</a>', ""),
        ("<table></table><table></table>", "2 tabeller blev stycken, en rad i taget."),
    ],
)
def test_only_what_goes_is_said(html, said):
    assert what_was_dropped(html) == said


def test_two_megabytes_from_word_are_taken_in_when_the_words_have_room(page):
    clutter = '<p class=MsoNormal style="' + "mso-fareast-language:SV;" * 10 + '">Ord.</p>'
    sent = clutter * (2_000_000 // len(clutter))
    assert page.post(SECTION, {"body": sent, "revision": 0}).status_code == 302
    assert body().count("Ord.") == sent.count("Ord.")


def test_two_megabytes_of_words_are_refused_in_words_and_stay_in_the_field(page):
    words = "Ord. " * 400_000
    answer = page.post(SECTION, {"body": words, "revision": 0})
    told = answer.content.decode()
    assert answer.status_code == 200
    assert f"för lång för ett avsnitt (högst {MAX_BODY} tecken" in told
    assert words in told
    assert body() == ""


# What is saved by itself -------------------------------------------------------------------------


def test_it_is_saved_by_itself_and_the_next_goes_on_from_there(page):
    with time_machine.travel("2025-03-04 14:32 +0100", tick=False):
        first = page.post(SECTION, {"body": "Ett", "revision": 0, "autosave": "1"})
        assert first.json() == {"saved": True, "said": "Sparat 14:32", "revision": 1, "others": []}
        again = page.post(SECTION, {"body": "Ett två", "revision": 1, "autosave": "1"})
        assert again.json()["revision"] == 2
    assert body() == "<p>Ett två</p>"
    assert Paper.objects.get().saves.count() == 3


def test_when_somebody_was_first_nothing_is_written_over_and_it_says_who(page, client):
    page.post(SECTION, {"body": "Mitt", "revision": 0, "autosave": "1"})
    client.force_login(make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Kim"))
    told = client.post(SECTION, {"body": "Kims", "revision": 0, "autosave": "1"}).json()
    assert (told["saved"], told["conflict"]) == (False, True)
    assert told["problem"].startswith("Siv har ändrat här sedan du öppnade sidan. Din text står")
    assert body() == "<p>Mitt</p>"


def test_what_may_not_be_saved_says_why(page):
    told = page.post(
        SECTION, {"body": "Hon har 19121212-1212.", "revision": 0, "autosave": "1"}
    ).json()
    assert (told["saved"], told["conflict"]) == (False, False)
    assert "ser ut som ett personnummer" in told["problem"]


def test_who_may_not_write_may_not_this_way_either(page, client):
    client.force_login(make_user(Role.CHEF, make_namnd()))
    sent = client.post(SECTION, {"body": "Ett", "revision": 0, "autosave": "1"})
    assert sent.status_code == 403
    assert body() == ""


def test_a_stance_is_saved_by_itself_too(page):
    at = f"{HOME}att-sats/1/"
    told = page.post(at, {"stance": "positiv", "body": "Ja", "revision": 0, "autosave": "1"})
    assert told.json()["saved"]


def test_who_writes_in_a_section_is_shown_to_the_others_for_a_while(page, client):
    page.post(SECTION, {"body": "Ett", "revision": 0, "autosave": "1"})
    assert "Skriver här nu</span> Siv" not in page.get(HOME).content.decode()
    client.force_login(make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Kim"))
    assert "Skriver här nu</span> Siv" in client.get(HOME).content.decode()
    assert "data-others-names>Siv<" in client.get(SECTION).content.decode()
    later = timezone.now() + dt.timedelta(minutes=16)
    with time_machine.travel(later, tick=False):
        assert "Skriver här nu</span> Siv" not in client.get(HOME).content.decode()
