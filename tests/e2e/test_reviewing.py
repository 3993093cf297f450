"""A report goes back with a word at a row, is mended there, and is approved by somebody else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.deep

FORM = "/inrapportering/hagersten-alvsjo/2025-VB/"
WORD = "Stäm av mot verksamhetssystemet."


def hand_in(page: Page) -> None:
    """By way of the page that says what is missing and what is not explained."""
    page.get_by_role("button", name="Se över och lämna in").click()
    page.get_by_role("button", name=re.compile("^Lämna in")).click()
    expect(page.locator("body")).to_contain_text("Inlämnad")


def test_a_comment_at_a_row_is_seen_dealt_with_and_approved(visitor: Visitor):
    page = visitor.page
    # The demo's report has been sent back with comments; they stand at the very rows.
    visitor.sign_in("uppgift.hagersten")
    visitor.open(FORM)
    visitor.check_page()
    expect(page.locator("#rubrik-uppgifter ~ ol")).to_contain_text("från granskaren att åtgärda")
    row = page.locator(".more-row", has_text=WORD)
    row.get_by_role("button", name=re.compile("Markera som åtgärdad")).click()
    expect(page.locator(".more-row", has_text=WORD)).to_contain_text("Åtgärdad av Ulf Uppgift")
    visitor.check_page()
    hand_in(page)
    visitor.sign_out()

    # The granskare sends it back once more, with a word at another row.
    visitor.sign_in("granskare.hagersten")
    visitor.open(FORM)
    visitor.check_page()
    expect(page.locator("body")).to_contain_text("Åtgärdad")
    remark = page.locator("details.remark").nth(1)
    remark.locator("summary").click()
    remark.locator("textarea").fill("Är det hela nämnden?")
    page.get_by_label("Vad behöver rättas?").fill("Se raden.")
    page.get_by_role("button", name="Skicka tillbaka").click()
    expect(page.locator("body")).to_contain_text("Är det hela nämnden?")
    visitor.sign_out()

    visitor.sign_in("uppgift.hagersten")
    visitor.open(FORM)
    again = page.locator(".more-row", has_text="Är det hela nämnden?")
    again.get_by_role("button", name=re.compile("Markera som åtgärdad")).click()
    hand_in(page)
    visitor.sign_out()

    visitor.sign_in("granskare.hagersten")
    visitor.open(FORM)
    page.get_by_role("button", name="Godkänn").click()
    expect(page.locator("body")).to_contain_text("Godkänd")
    visitor.check_page()
