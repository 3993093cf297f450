"""The life of an answer, by four people: written, attested, sent out, decided, sent to its reader.

A nämnd of its own, so that no other test's writing comes in the way.
"""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor

pytestmark = pytest.mark.deep

NAMND = "bromma"
PEOPLE = {
    "siv": ("Siv Skriver", "namndsekreterare"),
    "ove": ("Ove Ordnar", "namndsekreterare"),
    "anna": ("Anna Chef", "chef"),
    "lars": ("Lars Ledamot", "ledamot"),
}
MAKE = """
import datetime as dt, json
from django.utils import timezone
from organisation.domain.meetings import meeting_of
from organisation.models import Membership, Namnd, User
from remisser.models import Proposal, Remiss, Remissinstans
namnd = Namnd.objects.get(code="{namnd}")
for name, (full, role) in json.loads('{people}').items():
    user = User(username="liv." + name, name=full)
    user.set_password("demo")
    user.save()
    Membership.objects.create(user=user, namnd=namnd, role=role)
# A decision is recorded when the meeting has been.
day = timezone.localdate()
meeting = meeting_of(namnd, day, actor=None, is_example=True)
for number in (1, 2):
    remiss = Remiss.objects.create(
        slug=f"liv-{{number}}", dnr=f"Liv {{number}}", title=f"Motion om liv {{number}}",
        kind="motion", remitter="Kommunstyrelsen", is_example=True,
    )
    Proposal.objects.create(remiss=remiss, number=1, text="Att pröva ett förslag.")
    Remissinstans.objects.create(
        remiss=remiss, namnd=namnd, name_as_written="Bromma", order=1,
        due_on=day + dt.timedelta(days=9),
    )
print(json.dumps([meeting.pk, str(day)]))
"""

Enter = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def meeting(server: str, manage) -> tuple[int, str]:
    """The number and the day of the nämnd's meeting; its people and two remisser are there too."""
    code = MAKE.format(namnd=NAMND, people=json.dumps(PEOPLE))
    number, day = json.loads(manage("shell", "-v", "0", "-c", code).splitlines()[-1])
    return number, day


@pytest.fixture
def enter(browser: Browser, server: str, meeting: tuple[int, str]) -> Iterator[Enter]:
    """One of the people, signed in, each in a browser of their own."""
    contexts: list[BrowserContext] = []

    def begin(name: str) -> Visitor:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="sv-SE", timezone_id="Europe/Stockholm"
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(context.new_page(), server)
        page = visitor.page
        page.goto(f"{server}/logga-in/")
        page.get_by_label("Användarnamn").fill(f"liv.{name}")
        page.get_by_label("Lösenord").fill("demo")
        page.get_by_label("Lösenord").press("Enter")
        page.wait_for_url(f"{server}/")
        return visitor

    yield begin
    for context in contexts:
        context.close()


def answer_at(number: int) -> str:
    return f"/remisser/liv-{number}/svar/{NAMND}/"


def state(page: Page) -> Locator:
    return page.locator("dl.facts .state").first


def begin_answer(visitor: Visitor, number: int) -> None:
    page = visitor.page
    visitor.open(answer_at(number))
    page.get_by_label("Stadsdelsförvaltning", exact=True).check()
    page.get_by_role("button", name="Påbörja svaret").click()
    page.wait_for_url(f"{visitor.address}{answer_at(number)}")


def write(page: Page, words: str) -> None:
    """In the section that is open, in the place of what stands there."""
    page.get_by_role("toolbar").wait_for()
    editor = page.locator(".editor-text")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def fill_everything(visitor: Visitor, number: int, day: str) -> None:
    """Every section, one after the other, the answer to the proposal, and the header."""
    page = visitor.page
    page.get_by_role("link", name=re.compile("^Skriv i avsnittet")).first.click()
    while True:
        write(page, "Så tycker nämnden.")
        onward = page.get_by_role("button", name=re.compile("^Spara och gå till"))
        if onward.count() == 0:
            break
        here = page.url
        onward.click()
        page.wait_for_url(lambda url, here=here: url != here)
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(re.compile("#avsnitt-"))
    page.get_by_role("link", name="Skriv svar på att-sats 1").click()
    page.get_by_label("Ställningstagande").select_option(label="Tillstyrker")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(re.compile("#att-sats-1"))
    page.get_by_role("link", name="Ändra huvudet").click()
    page.get_by_label("Nämndens diarienummer").fill(f"1.5.1-{number}/2025")
    page.get_by_label("Nämndens sammanträde").fill(day)
    page.get_by_label("Underskrifter").fill("Anna Chef, Direktör")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(f"{visitor.address}{answer_at(number)}")
    expect(page.get_by_role("region", name="Före attest")).not_to_contain_text("Fel")


def send_to_attest(visitor: Visitor, number: int) -> None:
    page = visitor.page
    visitor.open(f"{answer_at(number)}attest/")
    page.get_by_label("Attesterar först").select_option(label="Anna Chef")
    page.get_by_role("button", name="Skicka till attest").click()
    expect(state(page)).to_have_text("Under attest")


def press_twice(visitor: Visitor, name: str) -> None:
    """And wait for the page that comes of it, where there is nothing left to press."""
    button = visitor.page.get_by_role("button", name=name, exact=True)
    button.dblclick()
    expect(button).to_have_count(0)
    # The browser gives up listening to the first of two sendings; the server has had both.
    visitor.complaints.clear()


def test_four_people_take_an_answer_from_draft_to_its_reader(
    enter: Enter, meeting: tuple[int, str]
):
    pk, day = meeting
    writer = enter("siv")
    page = writer.page
    begin_answer(writer, 1)
    fill_everything(writer, 1, day)
    send_to_attest(writer, 1)
    writer.check_page()

    # The head finds it first on the list, reads it, and presses twice.
    head = enter("anna")
    page = head.page
    page.get_by_role("link", name=re.compile("liv 1", re.IGNORECASE)).first.wait_for()
    head.check_page()
    head.open(f"{answer_at(1)}attest/")
    head.check_page()
    press_twice(head, "Attestera")
    head.open(f"{answer_at(1)}attest/")
    expect(state(page)).to_have_text("Attesterad")
    expect(page.get_by_role("table")).to_contain_text("Attesterade")
    head.open(answer_at(1))
    expect(page.locator("article").get_by_role("row")).to_have_count(2)

    # Another secretary sends it out; only then the member reads it.
    member = enter("lars")
    agenda = f"/remisser/planering/{NAMND}/sammantrade/{pk}/dagordning/"
    member.open(agenda)
    expect(member.page.locator("main")).not_to_contain_text("Motion om liv 1")
    officer = enter("ove")
    page = officer.page
    officer.open(agenda)
    officer.check_page()
    page.get_by_label(re.compile("Motion om liv 1")).check()
    page.get_by_role("button", name="Skicka ut", exact=True).click()
    expect(page.locator("main")).to_contain_text("1 handling är utskickad")
    member.open(agenda)
    member.page.get_by_role("link", name="Motion om liv 1").click()
    expect(member.page.locator("article")).to_contain_text("Så tycker nämnden.")
    member.check_page()

    # What the nämnd decided, pressed twice.
    officer.open(f"{answer_at(1)}beslut/")
    officer.check_page()
    page.get_by_label("Enligt förslaget").check()
    page.get_by_label("Paragraf", exact=True).fill("7")
    press_twice(officer, "Registrera beslutet")
    officer.open(answer_at(1))
    expect(state(page)).to_have_text("Beslutad")
    expect(page.get_by_text("§ 7").first).to_be_visible()

    # Sent to its reader, pressed twice; then everyone signed in reads it, and nobody changes it.
    officer.open(f"{answer_at(1)}expediering/")
    officer.check_page()
    press_twice(officer, "Expediera")
    officer.open(f"{answer_at(1)}expediering/")
    officer.check_page()
    expect(page.get_by_role("link", name=re.compile(r"\.pdf$"))).to_have_count(2)
    expect(page.get_by_role("button", name="Expediera")).to_have_count(0)
    officer.open(answer_at(1))
    expect(state(page)).to_have_text("Expedierad")
    member.open(answer_at(1))
    member.check_page()
    expect(member.page.locator("article")).to_contain_text("Så tycker nämnden.")


def test_two_in_one_section_and_an_attest_that_an_edit_makes_void(
    enter: Enter, meeting: tuple[int, str]
):
    first, second = enter("siv"), enter("ove")
    begin_answer(first, 2)
    section = f"{answer_at(2)}avsnitt/3/"
    for visitor in (first, second):
        visitor.open(section)
        visitor.page.get_by_role("toolbar").wait_for()
    write(first.page, "Sivs text.")
    expect(first.page.locator("[data-save-state]")).to_have_text(re.compile(r"^Sparat \d\d:\d\d"))

    # The other was there already: what they write is refused in words, and kept.
    write(second.page, "Oves text.")
    expect(second.page.locator("[data-save-state]")).to_contain_text("Siv Skriver har ändrat här")
    second.page.get_by_role("button", name="Spara", exact=True).click()
    expect(second.page.get_by_role("alert")).to_contain_text("Någon annan hann före")
    saved = second.page.get_by_role("region", name="Texten som är sparad nu")
    expect(saved).to_contain_text("Sivs text.")
    second.check_page()
    second.page.get_by_role("button", name="Lägg ihop texterna i fältet").click()
    expect(second.page.locator(".editor-text")).to_contain_text("Sivs text.")
    expect(second.page.locator(".editor-text")).to_contain_text("Oves text.")
    second.page.get_by_role("button", name="Spara", exact=True).click()
    second.page.wait_for_url(re.compile("#avsnitt-3"))
    expect(second.page.locator("#avsnitt-3")).to_contain_text("Sivs text.")
    expect(second.page.locator("#avsnitt-3")).to_contain_text("Oves text.")
    # Whoever comes now sees who has just written here.
    first.open(section)
    expect(first.page.locator("[data-others]")).to_contain_text("Ove Ordnar")
    first.check_page()

    fill_everything_from(first, meeting[1])
    send_to_attest(first, 2)
    head = enter("anna")
    head.open(f"{answer_at(2)}attest/")
    head.page.get_by_role("button", name="Attestera", exact=True).click()
    expect(state(head.page)).to_have_text("Attesterad")

    # An edit opens a new version: the attest stays with the old one, and holds no longer.
    page = first.page
    first.open(answer_at(2))
    page.get_by_label("Varför behövs en ny version?").fill("Ett ord saknades")
    page.get_by_role("button", name="Öppna ny version").click()
    expect(state(page)).to_have_text("Utkast")
    expect(page.get_by_role("region", name="Versioner")).to_contain_text(
        "attesten gäller inte längre"
    )
    first.check_page()
    first.open(f"{answer_at(2)}attest/")
    voided = page.get_by_role("table", name="Attester av tidigare versioner")
    expect(voided).to_contain_text("Anna Chef")
    expect(voided).to_contain_text("Gäller inte längre")
    first.check_page()
    head.open(f"{answer_at(2)}attest/")
    expect(head.page.get_by_role("button", name="Attestera", exact=True)).to_have_count(0)


def fill_everything_from(visitor: Visitor, day: str) -> None:
    visitor.open(answer_at(2))
    fill_everything(visitor, 2, day)
