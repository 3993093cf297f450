"""The coordinator's desk: progress arrives while the page is open, and never a value."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor
from tests.e2e.test_sitting import field, saved, sign_in

pytestmark = pytest.mark.deep

DESK = "/inrapportering/perioder/2025-VB/"
# A nämnd that has not begun, and that no other browser test writes in.
NAMND, CODE, NUMBER = "trafiknamnden", "origo-utbildning", "7319"
MAKE = f"""
from organisation.models import Membership, Namnd, User
user = User(username="skriver", name="Siv Skriver")
user.set_password("demo")
user.save()
namnd = Namnd.objects.get(code="{NAMND}")
Membership.objects.create(user=user, namnd=namnd, role="uppgiftslamnare")
"""


@pytest.fixture
def filler(browser: Browser, server: str, manage) -> Iterator[Visitor]:
    manage("shell", "-v", "0", "-c", MAKE)
    context: BrowserContext = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield Visitor(context.new_page(), server)
    context.close()


def test_progress_arrives_while_the_desk_is_open(visitor: Visitor, filler: Visitor):
    page = visitor.page
    page.clock.install()
    visitor.sign_in("samordnare")
    visitor.open(DESK)
    visitor.check_page()
    row = page.locator("tr", has=page.locator(f"#namnd-{NAMND}"))
    expect(row).to_contain_text("Inte påbörjad")
    expect(row).to_contain_text(re.compile(r"\b0 av \d+"))
    row.get_by_role("checkbox").check()
    # Whatever has focus in the table is left in peace.
    page.locator("h1").click()

    sign_in(filler, "skriver")
    filler.open(f"/inrapportering/{NAMND}/2025-VB/")
    field(filler.page, CODE).fill(NUMBER)
    field(filler.page, CODE).press("Enter")
    saved(filler.page, CODE)

    page.clock.run_for(21_000)
    expect(row).to_contain_text(re.compile(r"\b1 av \d+"))
    expect(row).not_to_contain_text("Inte påbörjad")
    expect(page.locator("[data-live-said]")).to_contain_text("Uppdaterad")
    # What was ticked stays so, and the number itself has not left the nämnd.
    expect(row.get_by_role("checkbox")).to_be_checked()
    assert NUMBER not in page.content().replace("\xa0", "").replace(" ", "")
    visitor.check_page()

    # While somebody stands in the table with the keyboard nothing is taken from under them.
    box = row.get_by_role("checkbox")
    box.focus()
    before = page.locator("[data-live-said]").inner_text()
    page.clock.run_for(61_000)
    expect(box).to_be_focused()
    expect(page.locator("[data-live-said]")).to_have_text(before)
    visitor.fits(375)


def test_the_desk_says_so_when_the_server_is_gone_and_goes_on_when_it_is_back(visitor: Visitor):
    page = visitor.page
    page.clock.install()
    visitor.sign_in("samordnare")
    visitor.open(DESK)
    page.context.set_offline(True)
    page.clock.run_for(21_000)
    said = page.locator("[data-live-said]")
    expect(said).to_contain_text("Tabellen kunde inte hämtas.")
    page.context.set_offline(False)
    page.clock.run_for(21_000)
    expect(said).to_contain_text("Uppdaterad")
