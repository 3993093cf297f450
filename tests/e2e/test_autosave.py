"""A text that saves itself: a chapter of the city's report, and a section of a paper.

What both do is one module's (static/samlad/autosave.js), so what is hard is tried on one of them.
No other browser test writes in these.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor

pytestmark = pytest.mark.deep

REPORT = "/uppfoljning/2025-VB/rapport/"
SAVED = re.compile(r"Sparat \d\d:\d\d")
KEPT = "samlad:osparat:"


@dataclass
class Place:
    """A chapter that one writes in. sends: the address that it saves at."""

    page: Page
    url: str
    sends: re.Pattern[str]

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name="Egen text")

    @property
    def said(self) -> Locator:
        return self.page.locator("[data-save-state]")

    def kept(self) -> list[str]:
        """What the browser keeps of texts that are not saved."""
        script = f"Object.keys(localStorage).filter(key => key.startsWith('{KEPT}'))"
        return self.page.evaluate(script)


@pytest.fixture
def coordinator(browser: Browser, server: str) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    context.set_default_timeout(PATIENCE_MS)
    visitor = Visitor(context.new_page(), server)
    visitor.sign_in("samordnare")
    yield visitor
    context.close()


def chapter(visitor: Visitor, goal: int) -> Place:
    """The page of a chapter; every test has its own."""
    path = f"{REPORT}kapitel/vald-2021-2025-mal-{goal}/"
    visitor.open(path)
    return Place(visitor.page, f"{visitor.address}{path}", re.compile(f"mal-{goal}/spara/$"))


def test_a_chapter_saves_itself_and_the_button_saves_what_is_left(coordinator: Visitor):
    at = chapter(coordinator, 1)
    at.field.fill("Ett.")
    expect(at.said).to_have_text(SAVED)
    assert at.kept() == []
    # The next goes on from there, and a button pressed in the midst of a save loses no word.
    at.field.fill("Ett.\n\nTvå.")
    at.page.get_by_role("button", name="Spara", exact=True).click()
    at.page.wait_for_load_state()
    expect(at.page.get_by_role("status").first).to_have_text(SAVED)
    expect(at.field).to_have_value("Ett.\n\nTvå.")
    assert at.kept() == []
    coordinator.check_page()
    coordinator.fits(375)
    coordinator.open(f"{REPORT}hela/")
    expect(at.page.get_by_text("Två.", exact=True)).to_be_visible()


def test_without_a_network_the_text_stays_and_is_saved_when_it_is_back(coordinator: Visitor):
    at = chapter(coordinator, 2)
    at.page.context.set_offline(True)
    at.field.fill("Skrivet utan nät.")
    expect(at.said).to_contain_text("Inte sparat än")
    assert at.kept() != []
    # Neither does the button lead away from what is not saved.
    at.page.get_by_role("button", name="Spara", exact=True).click()
    expect(at.said).to_contain_text("ingen kontakt med Samlad")
    expect(at.field).to_have_value("Skrivet utan nät.")
    at.page.context.set_offline(False)
    expect(at.said).to_have_text(SAVED)
    assert at.kept() == []
    coordinator.complaints.clear()  # the requests that never came home
    at.page.goto(at.url)
    expect(at.field).to_have_value("Skrivet utan nät.")


def test_a_tab_that_is_closed_before_it_was_saved_loses_nothing(coordinator: Visitor):
    at = chapter(coordinator, 3)
    refused: list[Route] = []
    at.page.route(at.sends, lambda route: (refused.append(route), route.fulfill(status=503)))
    at.field.fill("Hann inte fram.")
    expect(at.said).to_contain_text("försöker igen")
    assert refused
    again = at.page.context.new_page()
    at.page.close()
    again.goto(at.url)
    at = Place(again, at.url, at.sends)
    expect(at.field).to_have_value("Hann inte fram.")
    expect(at.said).to_have_text(SAVED)
    assert at.kept() == []


def test_after_a_new_sign_in_in_another_tab_the_page_saves_again(coordinator: Visitor):
    at = chapter(coordinator, 5)
    at.page.context.clear_cookies()
    at.field.fill("Skrivet utloggad.")
    expect(at.said).to_contain_text("Du är utloggad.")
    other = Visitor(at.page.context.new_page(), coordinator.address)
    other.sign_in("samordnare")
    at.page.bring_to_front()
    at.field.press("End")
    at.page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(at.said).to_have_text(SAVED)
    assert at.kept() == []


def test_when_somebody_else_was_first_both_texts_are_shown(coordinator: Visitor):
    at = chapter(coordinator, 6)
    other = Visitor(at.page.context.new_page(), coordinator.address)
    others = chapter(other, 6)
    others.field.fill("Den enas text.")
    expect(others.said).to_have_text(SAVED)
    at.field.fill("Den andras text.")
    expect(at.said).to_contain_text("har ändrat")
    coordinator.complaints.clear()  # the refused request is in the console
    at.page.get_by_role("button", name="Spara", exact=True).click()
    saved = at.page.get_by_role("region", name="Texten som är sparad nu")
    expect(saved).to_contain_text("Den enas text.")
    expect(at.field).to_have_value("Den andras text.")
    coordinator.check_page()
    at.page.get_by_role("button", name="Spara min text").click()
    expect(at.page.get_by_role("status").first).to_have_text(SAVED)
    expect(at.field).to_have_value("Den andras text.")
    assert at.kept() == []


def test_a_section_of_a_paper_does_the_same_in_its_editor(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("sekreterare.hasselby")
    visitor.open("/remisser/exempel-2025-1/svar/hasselby-vallingby/")
    if page.url.endswith("/paborja/"):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Påbörja svaret").click()
    page.get_by_role("link", name="Skriv i avsnittet Sammanfattning").click()
    page.wait_for_url(re.compile(r"/avsnitt/\d+/$"))
    url = page.url
    editor = page.locator(".editor-text")
    said = page.locator("[data-save-state]")
    expect(editor).to_be_visible()
    assert visitor.complaints == []
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Första orden.")
    expect(said).to_have_text(SAVED)
    visitor.check_page()
    # Kept in the browser, and back in the editor.
    page.route(url, lambda route: route.abort())
    page.keyboard.type(" Och fler.")
    expect(said).to_contain_text("ingen kontakt med Samlad")
    page.unroute(url)
    again = page.context.new_page()
    page.close()
    again.goto(url)
    expect(again.locator(".editor-text")).to_have_text("Första orden. Och fler.")
    expect(again.locator("[data-save-state]")).to_have_text(SAVED)
    again.get_by_role("button", name="Spara", exact=True).click()
    again.wait_for_url(re.compile(r"#avsnitt-\d+$"))
    expect(again.locator("article")).to_contain_text("Första orden. Och fler.")
    script = f"Object.keys(localStorage).filter(key => key.startsWith('{KEPT}'))"
    assert again.evaluate(script) == []
