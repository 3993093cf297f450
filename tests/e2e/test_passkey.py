"""A passkey, from the first one to signing in with it, under the strict content policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor

PERSON = "lasare.hasselby"


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """As elsewhere, but at a name: a passkey belongs to a name, never to a number."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="sv-SE")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield Visitor(page, server.replace("127.0.0.1", "localhost"))
    context.close()


def test_a_person_adds_a_passkey_and_signs_in_with_it_alone(visitor: Visitor):
    page = visitor.page
    visitor.open("/logga-in/")
    visitor.check_page()
    visitor.sign_in(PERSON)
    page.wait_for_load_state("networkidle")
    for path in ("/konto/", "/konto/losenord/", "/konto/app/", "/konto/passnycklar/"):
        visitor.open(path)
        page.wait_for_load_state("networkidle")
        visitor.check_page()
        visitor.fits(375)
    page.set_viewport_size({"width": 1280, "height": 900})

    visitor.open("/konto/passnycklar/ny/")
    visitor.check_page()
    visitor.fits(375)
    page.get_by_label("Namn på passnyckeln").fill("Jobbdatorn")
    page.get_by_role("button", name="Lägg till passnyckeln").click()
    page.wait_for_url("**/konto/reservkoder/")
    expect(page.locator("ol.codes li")).to_have_count(10)
    visitor.check_page()

    visitor.sign_out()
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(f"{visitor.address}/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Lova Läsare").first).to_be_visible()

    # With the password, the passkey is the second step.
    visitor.sign_out()
    form = page.locator(f'form:has(input[name="username"][value="{PERSON}"])')
    form.get_by_role("button").click()
    page.wait_for_url("**/logga-in/kod/")
    visitor.check_page()
    visitor.fits(375)
    page.get_by_role("button", name="Använd passnyckel").click()
    page.wait_for_url(f"{visitor.address}/")
    page.wait_for_load_state("networkidle")

    visitor.open("/konto/passnycklar/")
    expect(page.get_by_text("Jobbdatorn").first).to_be_visible()
    page.get_by_role("link", name="Ta bort").click()
    visitor.check_page()
    page.get_by_role("button", name="Ta bort passnyckeln").click()
    expect(page.get_by_text("Du har inga passnycklar.")).to_be_visible()
    assert visitor.complaints == []


def test_a_passkey_that_is_not_there_is_said_in_words(visitor: Visitor):
    page = visitor.page
    visitor.open("/logga-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    notice = page.get_by_text("Passnyckeln gick inte att använda den här gången.")
    expect(notice).to_be_visible()
    assert visitor.complaints == []
