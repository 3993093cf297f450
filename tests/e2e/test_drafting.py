"""Drafting in a browser: footnotes in the editor, and everything without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor

pytestmark = pytest.mark.deep

ANSWER = "/remisser/exempel-2025-1/svar/hasselby-vallingby/"
WRITTEN = """# Rubrik
Ett stycke med **fet** och *kursiv*.[Fotnot: Se *boken*.]

- en punkt
  1. inre

> citat

[Stockholm](https://stockholm.se)"""
RICH = (
    "<h4>Rubrik</h4><p>Ett stycke med <strong>fet</strong> och <em>kursiv</em>."
    '<small class="note">[Fotnot: Se <em>boken</em>.]</small></p>'
    "<ul><li><p>en punkt</p><ol><li><p>inre</p></li></ol></li></ul>"
    "<blockquote><p>citat</p></blockquote>"
    '<p><a href="https://stockholm.se">Stockholm</a></p>'
)


def section(visitor: Visitor, heading: str) -> str:
    """What stands in a section on the answer's page, in one line."""
    found = visitor.page.locator(".paper-section").filter(
        has=visitor.page.get_by_role("heading", name=heading, exact=True)
    )
    return found.locator(".rich").first.inner_html().replace("\n", "")


def test_footnotes_are_put_in_by_a_button_numbered_changed_and_kept(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("sekreterare.hasselby")
    visitor.open(ANSWER)
    page.get_by_role("link", name="Skriv i avsnittet Ärendets beredning").click()
    page.get_by_role("toolbar").wait_for()
    editor = page.get_by_role("textbox", name="Ärendets beredning")
    editor.click()
    page.keyboard.press("Control+a")
    for words, note_words in (("Ett.", "Den första."), (" Två.", "Den [andra."), (" Tre.", "Den")):
        expect(editor).to_be_focused()
        page.keyboard.type(words)
        page.get_by_role("button", name="Fotnot", exact=True).click()
        note = page.get_by_role("textbox", name="Fotnotens text")
        expect(note).to_be_focused()
        page.get_by_role("button", name="Använd").click()
        expect(page.get_by_role("dialog")).to_contain_text("Skriv vad fotnoten ska säga")
        expect(note).to_be_focused()
        page.keyboard.type(note_words)
        page.get_by_role("button", name="Använd").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    notes = page.get_by_role("list", name="Fotnoter i Ärendets beredning").get_by_role("listitem")
    expect(notes).to_have_count(3)
    expect(notes.first).to_contain_text("Den första.")
    expect(editor.get_by_role("button", name="Fotnot: Den första.")).to_be_visible()
    notes.nth(2).get_by_role("button", name="Ändra fotnot 3").click()
    expect(note).to_be_focused()
    visitor.check_page()
    page.keyboard.type(" sista, se ")
    page.keyboard.press("Control+i")
    page.keyboard.type("boken")
    page.get_by_role("button", name="Använd").click()
    expect(notes.nth(2)).to_contain_text("Den sista, se boken")
    notes.nth(0).get_by_role("button", name="Ändra fotnot 1").click()
    page.get_by_role("button", name="Ta bort fotnoten").click()
    expect(notes).to_have_count(2)
    visitor.check_page()
    visitor.fits(375)
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(re.compile("#avsnitt-"))
    assert section(visitor, "Ärendets beredning") == (
        '<p>Ett. Två.<small class="note">[Fotnot: Den (andra.]</small> Tre.'
        '<small class="note">[Fotnot: Den sista, se <em>boken</em>]</small></p>'
    )
    visitor.check_page()
    # Opened again they are notes, as they were.
    page.get_by_role("link", name="Skriv i avsnittet Ärendets beredning").click()
    expect(notes).to_have_count(2)
    expect(notes.nth(1)).to_contain_text("Den sista, se boken")
    visitor.check_page()


def test_everything_is_written_without_javascript_and_comes_back_the_same(
    visitor: Visitor, browser: Browser
):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    context.set_default_timeout(PATIENCE_MS)
    plain = Visitor(context.new_page(), visitor.address)
    page = plain.page
    plain.sign_in("sekreterare.hasselby")
    plain.open(ANSWER)
    page.get_by_role("link", name="Skriv i avsnittet Bakgrund").click()
    expect(page.get_by_text("Så här formaterar du")).to_be_visible()
    field = page.get_by_label("Bakgrund")
    field.fill(WRITTEN)
    page.get_by_role("button", name="Spara", exact=True).click()
    assert section(plain, "Bakgrund") == RICH
    page.get_by_role("link", name="Skriv i avsnittet Bakgrund").click()
    field = page.get_by_label("Bakgrund")
    assert field.input_value().replace("\n\n", "\n") == WRITTEN.replace("\n\n", "\n")
    page.get_by_role("button", name="Spara", exact=True).click()
    assert section(plain, "Bakgrund") == RICH
    context.close()
