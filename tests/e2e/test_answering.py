"""A secretary's way: begin an answer, write, paste from Word, take a stance, take it out."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

REMISS = "/remisser/exempel-2025-1/"
ANSWER = f"{REMISS}svar/socialnamnden/"
FROM_WORD = """<html><head><style>p.MsoNormal {color: red}</style></head><body>
<p class="MsoNormal" style="mso-x: 1"><o:p></o:p><span style="color: red">Klistrat ord</span>
<script>window.hacked = 1</script><img src="x" alt="a>b" onerror="window.hacked = 1"></p>
<p><a href="javascript:window.hacked=1">ond länk</a></p></body></html>"""


def paste(visitor: Visitor, html: str) -> None:
    visitor.page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const paste = new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true,
            });
            document.querySelector("[contenteditable]").dispatchEvent(paste);
        }""",
        html,
    )


def begin_or_open(visitor: Visitor) -> None:
    """The demo may have begun the answer already."""
    page = visitor.page
    visitor.open(ANSWER)
    visitor.check_page()
    if page.url.endswith("/paborja/"):
        page.get_by_label("Fackförvaltning").check()
        page.get_by_role("button", name="Påbörja svaret").click()
        page.wait_for_url(f"{visitor.address}{ANSWER}")


def test_a_secretary_writes_an_answer_and_takes_it_out(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("sekreterare.socialnamnden")
    visitor.open("/remisser/")
    visitor.check_page()
    visitor.fits(375)
    visitor.open(REMISS)
    visitor.check_page()
    visitor.fits(375)
    page.set_viewport_size({"width": 1280, "height": 900})
    begin_or_open(visitor)

    # A section: typed, formatted, pasted into, linked.
    page.get_by_role("link", name="Skriv i avsnittet Sammanfattning").click()
    editor = page.get_by_role("textbox", name="Sammanfattning")
    expect(editor).to_be_visible()
    visitor.check_page()
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Nämnden svarar. ")
    paste(visitor, FROM_WORD)
    expect(editor).to_contain_text("Klistrat ord")
    page.keyboard.press("Control+a")
    bold = page.get_by_role("button", name="Fet")
    bold.click()
    expect(bold).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Länk").click()
    page.get_by_label("Adress").fill("javascript:alert(1)")
    page.get_by_role("button", name="Använd").click()
    expect(page.get_by_role("dialog")).to_contain_text("börjar med https://")
    visitor.check_page()
    page.get_by_role("button", name="Avbryt").click()
    visitor.fits(375)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(re.compile(r"/svar/socialnamnden/#avsnitt-\d+$"))
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"Sparat \d\d:\d\d\."))
    saved = page.locator("section", has=page.get_by_role("heading", name="Sammanfattning")).last
    assert saved.locator(".rich").inner_html().replace("\n", "") == (
        "<p><strong>Nämnden svarar. Klistrat ord</strong></p><p><strong>ond länk</strong></p>"
    )
    assert page.evaluate("window.hacked") is None

    # A stance on the first proposal, and on to the next.
    page.get_by_role("link", name="Skriv svar på att-sats 1").click()
    visitor.check_page()
    page.get_by_label("Ställningstagande").select_option(label="Positiv med förbehåll")
    answer = page.get_by_role("textbox", name="Nämndens svar")
    answer.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ja, om det finns medel.")
    page.get_by_role("button", name="Spara och gå till nästa att-sats").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Att-sats 2 av 5")
    visitor.open(ANSWER)
    expect(page.locator("#att-sats-1")).to_contain_text("Positiv med förbehåll")
    expect(page.locator("#att-sats-1")).to_contain_text("Ja, om det finns medel.")
    visitor.check_page()
    visitor.fits(375)

    # What is wrong is said, and a link leads to the field.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Ändra huvudet").click()
    visitor.check_page()
    page.get_by_label("Nämndens sammanträde").fill("i går")
    page.get_by_role("button", name="Spara").click()
    visitor.check_page()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Skriv datumet som 2025-04-30.").click()
    expect(page.get_by_label("Nämndens sammanträde")).to_be_focused()

    # Both files come as downloads under a name that says what they are.
    for button, name in (("Word", "docx"), ("PDF", "pdf")):
        visitor.open(ANSWER)
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Hämta som {button}").click()
        assert download.value.suggested_filename == f"svar-exempel-2025-1-socialnamnden.{name}"


@pytest.mark.deep
def test_two_tabs_of_one_section_lose_no_words(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("sekreterare.socialnamnden")
    begin_or_open(visitor)
    page.get_by_role("link", name="Skriv i avsnittet Bakgrund").click()
    page.get_by_role("textbox", name="Bakgrund").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    for tab, words in ((other, "Den ena texten"), (page, "Den andra texten")):
        tab.get_by_role("textbox", name="Bakgrund").click()
        tab.keyboard.press("Control+a")
        tab.keyboard.type(words)
        tab.get_by_role("button", name="Spara", exact=True).click()
        tab.wait_for_load_state()
    other.close()
    expect(page.get_by_role("alert")).to_contain_text("Någon annan hann före")
    saved = page.get_by_role("region", name="Texten som är sparad nu")
    expect(saved).to_contain_text("Den ena texten")
    between = page.get_by_role("region", name="Skillnaden, ord för ord")
    expect(between.locator("del")).to_contain_text("ena")
    expect(between.locator("ins")).to_contain_text("andra")
    expect(page.get_by_role("textbox", name="Bakgrund")).to_have_text("Den andra texten")
    visitor.check_page()
    page.get_by_role("button", name="Spara min text").click()
    page.wait_for_url(re.compile("#avsnitt-"))
    expect(page.locator("article")).to_contain_text("Den andra texten")


@pytest.mark.deep
def test_without_javascript_a_section_is_written_in_a_plain_field(visitor: Visitor, browser):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    plain = Visitor(context.new_page(), visitor.address)
    plain.sign_in("sekreterare.socialnamnden")
    begin = plain.page.goto(f"{visitor.address}{ANSWER}")
    assert begin is not None
    if plain.page.url.endswith("/paborja/"):
        plain.page.get_by_label("Fackförvaltning").check()
        plain.page.get_by_role("button", name="Påbörja svaret").click()
    plain.page.get_by_role("link", name="Skriv i avsnittet Jämställdhetsanalys").click()
    plain.page.get_by_label("Jämställdhetsanalys").fill("Ett stycke.\n\nEtt till.")
    plain.page.get_by_role("button", name="Spara", exact=True).click()
    expect(plain.page.locator("article")).to_contain_text("Ett till.")
    context.close()
