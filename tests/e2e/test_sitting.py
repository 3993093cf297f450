"""The sitting: a nämnd's report filled in, and nothing of it lost whatever happens on the way."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.e2e.conftest import PATIENCE_MS, Visitor

PERIOD = "2025-VB"
VALUES = f"/inrapportering/{{}}/{PERIOD}/"
# Indicators of the demo's register, with and without the sexes, and one that is a ratio.
COUNT, OTHER, RATIO = "aktualiserade", "fatt-insats", "akut-boende"
ANSWER = re.compile(r"/spara/$")

Sit = Callable[..., Visitor]
FILLERS = {
    "jarva": ["Anna Ek"],
    "norra-innerstaden": ["Anna Ek", "Eva Dahl"],
    # Not Hägersten-Älvsjö: its report is handed in and approved in the browser test of a review.
    "hasselby-vallingby": ["Anna Ek", "Bo Alm", "Cia Ask", "Dan Berg"],
}


@pytest.fixture(scope="module")
def fillers(server: str, manage) -> None:
    """Those who fill in, made by one command: each command starts a Python of its own."""
    manage("shell", "-v", "0", "-c", MAKE.format(fillers=FILLERS))


@pytest.fixture
def sit(browser: Browser, server: str, fillers: None) -> Iterator[Sit]:
    """Somebody who fills in the report of a nämnd, signed in, with the report before them."""
    contexts: list[BrowserContext] = []

    def begin(namnd: str, name: str = "Anna Ek", *, scripts: bool = True) -> Visitor:
        assert name in FILLERS[namnd]
        username = f"{namnd}.{name.split()[0].lower()}"
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(context.new_page(), server)
        sign_in(visitor, username)
        visitor.open(VALUES.format(namnd))
        return visitor

    yield begin
    for context in contexts:
        context.close()


MAKE = """
from organisation.models import Membership, Namnd, User
for namnd, names in {fillers}.items():
    for name in names:
        user = User(username=namnd + "." + name.split()[0].lower(), name=name)
        user.set_password("demo")
        user.save()
        Membership.objects.create(
            user=user, namnd=Namnd.objects.get(code=namnd), role="uppgiftslamnare"
        )
"""


def sign_in(visitor: Visitor, username: str) -> None:
    page = visitor.page
    if "/logga-in/" not in page.url:
        page.goto(f"{visitor.address}/logga-in/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill("demo")
    page.get_by_label("Lösenord").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*logga-in)"))


def field(page: Page, code: str, part: str = "utfall", category: str = "totalt") -> Locator:
    return page.locator(f'[name="v-{code}-{category}-{part}"]')


def state(page: Page, code: str) -> Locator:
    return page.locator(f'[data-cell="v-{code}"] [data-cell-state]')


def saved(page: Page, code: str) -> None:
    expect(state(page, code)).to_have_text(re.compile(r"^Sparat \d\d:\d\d$"))


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.name ?? ''")


def test_a_sitting_with_the_keyboard_alone(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page
    visitor.check_page()
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page).startswith("v-"):
            break
    first = focused(page)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    second = focused(page)
    assert second not in ("", first)
    page.keyboard.press("Shift+Enter")  # in a list of choices the arrows choose
    assert focused(page) == first
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Sparat"))
    cell = page.locator("[data-cell]", has=page.locator(f'[name="{first}"]'))
    expect(cell.locator("[data-cell-state]")).to_have_text(re.compile("Sparat"))

    # Definition, history and comment of the cell; Escape goes back to where one was.
    page.keyboard.press("Control+Enter")
    assert focused(page).endswith("-kommentar")
    history = page.locator(".more-row.is-open [data-history]")
    expect(history).to_contain_text("Värdet lades till: 12")
    expect(history).to_contain_text("Anna Ek")
    visitor.check_page()
    page.keyboard.type("Räknat för hand.")
    page.keyboard.press("Escape")
    assert focused(page) == first
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Sparat"))

    # A mistake, said in words at its cell, and taken back.
    page.keyboard.press("Control+a")
    page.keyboard.type("1.000")
    page.keyboard.press("Enter")
    notes = page.locator(f'[data-more-of="{first.rsplit("-", 2)[0]}"].has-notes')
    expect(notes).to_contain_text("kan betyda")
    visitor.complaints.clear()  # the refused request is in the console
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+z")
    expect(page.locator(f'[name="{first}"]')).to_have_value("12")
    expect(notes.locator(".field-error")).to_have_count(0)

    page.reload()
    expect(page.locator(f'[name="{first}"]')).to_have_value("12")
    assert page.evaluate("localStorage.length") == 0
    visitor.check_page()


def test_a_block_from_a_spreadsheet_is_laid_out_and_checked_cell_by_cell(sit: Sit):
    visitor = sit("norra-innerstaden")
    page = visitor.page
    field(page, COUNT).focus()
    block = "1 282\t235\tfyra\r\n12\t\t\r\n4000\t\t\r\n203\t169\t33\t8\r\n"
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true,
            });
            document.activeElement.dispatchEvent(paste);
        }""",
        block,
    )
    expect(field(page, COUNT)).to_have_value("1 282")
    expect(field(page, COUNT, category="kvinnor")).to_have_value("235")
    expect(field(page, OTHER, category="man")).to_have_value("33")
    saved(page, OTHER)
    notes = page.locator(f'[data-more-of="v-{COUNT}"] [data-cell-notes]')
    expect(notes).to_contain_text("”fyra” är inte ett tal")
    expect(page.locator("[data-trouble]")).to_contain_text("”8” (rad 4, kolumn 4)")
    visitor.complaints.clear()
    visitor.check_page()
    field(page, COUNT, category="man").fill("46")
    field(page, COUNT, category="man").press("Enter")
    saved(page, COUNT)

    page.get_by_role("button", name="Ångra").click()
    page.get_by_role("button", name="Ångra").click()
    expect(field(page, OTHER, category="man")).to_have_value("")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Sparat"))
    page.reload()
    expect(field(page, OTHER)).to_have_value("")


def test_a_warning_comes_as_it_is_typed_and_a_comment_explains_it(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page
    notes = page.locator(f'[data-more-of="v-{COUNT}"] [data-cell-notes]')
    for category in ("kvinnor", "man"):
        field(page, COUNT, category=category).fill("")
    field(page, COUNT).fill("90 000")
    field(page, COUNT).press("Enter")
    saved(page, COUNT)
    expect(notes).to_contain_text("ligger långt över vad andra stadsdelsnämnder brukar ha.")
    expect(field(page, COUNT)).to_have_attribute("aria-describedby", f"notes-v-{COUNT}")
    expect(page.locator("[data-announce]")).to_contain_text("Skriv en förklaring i kommentaren.")
    visitor.check_page()
    notes.get_by_role("link", name="Skriv en förklaring").press("Enter")
    assert focused(page) == f"v-{COUNT}-totalt-kommentar"
    page.keyboard.type("Alla ärenden sedan starten är med.")
    page.keyboard.press("Escape")
    expect(notes).to_contain_text("Förklarad i kommentaren")
    expect(page.locator("[data-announce]")).to_contain_text("varningen är förklarad")
    visitor.check_page()
    page.reload()
    expect(notes).to_contain_text("Förklarad i kommentaren")


@pytest.mark.deep
def test_a_session_that_has_ended_costs_no_word(sit: Sit):
    visitor = sit("hasselby-vallingby")
    page = visitor.page
    page.context.clear_cookies(name="sessionid")
    analysis = page.locator('[name$="-4-analys"]')
    analysis.fill("Skrivet efter att sessionen tog slut.")
    analysis.blur()
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("Du har blivit utloggad")
    field(page, COUNT, category="totalt").fill("4711")
    trouble.get_by_role("link", name="Logga in igen").click()
    sign_in(visitor, "hasselby-vallingby.anna")
    expect(page).to_have_url(visitor.address + VALUES.format("hasselby-vallingby"))
    expect(analysis).to_have_value("Skrivet efter att sessionen tog slut.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("Sparat"))
    page.reload()
    expect(analysis).to_have_value("Skrivet efter att sessionen tog slut.")
    expect(field(page, COUNT)).to_have_value(re.compile(r"4\s711"))
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.deep
def test_a_new_sign_in_in_another_tab_is_enough(sit: Sit):
    """The token of the page is of the old session; it is renewed, and the page saves on."""
    visitor = sit("jarva")
    page = visitor.page
    page.context.clear_cookies()
    other = Visitor(page.context.new_page(), visitor.address)
    sign_in(other, "jarva.anna")
    field(page, OTHER).fill("77")
    field(page, OTHER).blur()
    saved(page, OTHER)


@pytest.mark.deep
def test_what_is_typed_off_line_is_there_when_the_browser_is_opened_again(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page
    context = page.context
    context.set_offline(True)
    field(page, COUNT).fill("31")
    field(page, COUNT).blur()
    expect(state(page, COUNT)).to_have_text("Väntar på kontakt")
    expect(page.locator("[data-trouble]")).to_contain_text("Ingen kontakt")
    page.close()
    context.set_offline(False)

    again = Visitor(context.new_page(), visitor.address)
    again.open(VALUES.format("jarva"))
    expect(field(again.page, COUNT)).to_have_value("31")
    saved(again.page, COUNT)
    assert again.page.evaluate("localStorage.length") == 0


def test_off_line_for_a_while_is_saved_by_itself(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page
    page.context.set_offline(True)
    field(page, RATIO, "taljare").fill("9")
    field(page, RATIO, "taljare").press("Enter")
    assert focused(page) == f"v-{RATIO}-totalt-namnare"
    page.keyboard.type("14")
    expect(page.locator(f'[data-cell="v-{RATIO}"] output').first).to_have_text(
        re.compile(r"= 64,3\s%")
    )
    page.keyboard.press("Enter")
    expect(state(page, RATIO)).to_have_text("Väntar på kontakt")
    page.context.set_offline(False)
    saved(page, RATIO)
    expect(page.locator("[data-trouble]")).to_be_hidden()


def test_what_was_said_of_the_saving_stays_when_the_field_is_left(sit: Sit):
    page = sit("norra-innerstaden", "Eva Dahl").page
    for category in ("kvinnor", "man"):
        field(page, COUNT, category=category).fill("")
    field(page, COUNT).fill("3012")
    saved(page, COUNT)  # while one still stands in it
    field(page, COUNT).press("Enter")
    saved(page, COUNT)
    assert state(page, COUNT).get_attribute("class") == "cell-state cell-saved"


@pytest.mark.deep
def test_two_people_in_the_same_report(sit: Sit):
    anna, bo = sit("hasselby-vallingby", "Anna Ek"), sit("hasselby-vallingby", "Bo Alm")
    for visitor, code, number in ((anna, COUNT, "300"), (bo, OTHER, "40")):
        for category in ("kvinnor", "man"):
            field(visitor.page, code, category=category).fill("")
        field(visitor.page, code).fill(number)
        field(visitor.page, code).press("Enter")
        saved(visitor.page, code)

    # Both in the same cell: neither text is lost, and Bo chooses.
    field(bo.page, COUNT).fill("350")
    field(bo.page, COUNT).press("Enter")
    notes = bo.page.locator(f'[data-more-of="v-{COUNT}"] [data-cell-notes]')
    expect(notes).to_contain_text("Anna Ek har sparat ”300” här")
    expect(field(bo.page, COUNT)).to_have_value("350")
    bo.complaints.clear()
    bo.check_page()
    notes.get_by_role("button", name="Spara mitt").click()
    saved(bo.page, COUNT)
    anna.page.reload()
    expect(field(anna.page, COUNT)).to_have_value("350")
    expect(field(anna.page, OTHER)).to_have_value("40")
    expect(anna.page.locator(".tasks")).to_contain_text("Bo Alm")


@pytest.mark.deep
def test_a_right_taken_away_is_told_and_the_words_stay(sit: Sit, manage):
    visitor = sit("hasselby-vallingby", "Cia Ask")
    page = visitor.page
    manage(
        "shell",
        "-v",
        "0",
        "-c",
        "from organisation.models import Membership; "
        "Membership.objects.filter(user__username='hasselby-vallingby.cia')"
        ".update(role='lasare')",
    )
    field(page, OTHER).fill("4712")
    field(page, OTHER).press("Enter")
    expect(page.locator("[data-trouble]")).to_contain_text("Du kan inte längre fylla i rapporten")
    expect(field(page, OTHER)).to_have_value("4712")
    visitor.complaints.clear()
    visitor.check_page()

    # The report is there to be read only; what was typed is shown until it is taken away.
    page.reload()
    left = page.locator("[data-left]")
    expect(left).to_contain_text("Det här skrev du, och det är inte sparat")
    expect(left).to_contain_text("4712")
    visitor.check_page()
    left.get_by_role("button", name="Ta bort från webbläsaren").click()
    expect(left).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.deep
def test_one_odd_answer_stops_one_field_and_no_other(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page

    def answer(route: Route) -> None:
        if f"cell=v-{OTHER}&" in (route.request.post_data or ""):
            route.fulfill(status=500, content_type="text/html", body="<h1>Fel</h1>")
        else:
            route.continue_()

    page.route(ANSWER, answer)
    field(page, OTHER).fill("78")
    field(page, OTHER).press("Enter")
    notes = page.locator(f'[data-more-of="v-{OTHER}"] [data-cell-notes]')
    expect(notes).to_contain_text("ett nytt försök görs om en stund")
    field(page, COUNT, "kommentar").fill("Räknat två gånger.", force=True)
    for category in ("kvinnor", "man"):
        field(page, COUNT, category=category).fill("")
    field(page, COUNT).fill("33")
    field(page, COUNT).press("Enter")
    saved(page, COUNT)
    expect(page.locator("[data-trouble]")).to_be_hidden()
    page.unroute(ANSWER)
    page.get_by_role("button", name="Spara").click()
    saved(page, OTHER)
    expect(notes).not_to_contain_text("försök")


def test_a_row_by_keyboard_with_sexes_reason_and_tick(sit: Sit):
    visitor = sit("jarva")
    page = visitor.page
    for category in ("totalt", "kvinnor", "man"):
        field(page, COUNT, category=category).fill("")
    field(page, COUNT).focus()
    page.keyboard.type("50")
    page.keyboard.press("Tab")  # the box that says that nobody knows the sex of the rest
    assert focused(page) == f"v-{COUNT}-totalt-resten"
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    page.keyboard.type("15")
    page.keyboard.press("Tab")
    notes = page.locator(f'[data-more-of="v-{COUNT}"] [data-cell-notes]')
    expect(notes.locator(".mend")).to_contain_text("om könet inte är känt för 5")
    field(page, COUNT, "resten").focus()
    page.keyboard.press("Space")
    saved(page, COUNT)
    expect(notes.locator(".mend")).to_have_count(0)

    # Down and up the column; a reason in place of the number.
    field(page, COUNT).focus()
    page.keyboard.press("ArrowDown")
    below = focused(page)
    assert below.endswith(("-utfall", "-taljare"))
    page.keyboard.press("ArrowUp")
    assert focused(page) == f"v-{COUNT}-totalt-utfall"
    field(page, OTHER, "saknas").focus()
    for category in ("totalt", "kvinnor", "man"):
        field(page, OTHER, category=category).fill("")
    field(page, OTHER, "saknas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    saved(page, OTHER)
    page.reload()
    expect(field(page, OTHER, "saknas")).not_to_have_value("")
    expect(field(page, COUNT, "resten")).to_be_checked()
    visitor.check_page()


def test_without_scripts_the_button_saves(sit: Sit):
    visitor = sit("hasselby-vallingby", "Dan Berg", scripts=False)
    page = visitor.page
    field(page, OTHER).fill("1.000")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("kan betyda")
    expect(field(page, OTHER)).to_have_value("1.000")
    for category, number in (("totalt", "1 000"), ("kvinnor", "600"), ("man", "400")):
        field(page, OTHER, category=category).fill(number)
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".notice-good")).to_contain_text("Sparat")
    expect(field(page, OTHER)).to_have_value(re.compile(r"1\s000"))

    # The page of one goal saves its own fields, and no others.
    page.get_by_role("link", name="Mål 4").first.click()
    field(page, OTHER).fill("1001")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".notice-good")).to_contain_text("Sparat")
    expect(field(page, OTHER)).to_have_value(re.compile(r"1\s001"))


@pytest.mark.deep
def test_the_page_of_a_goal_saves_as_the_grid_does(sit: Sit):
    visitor = sit("norra-innerstaden", "Eva Dahl")
    page = visitor.page
    visitor.open(VALUES.format("norra-innerstaden") + "mal/4/")
    visitor.check_page()
    field(page, COUNT, "saknas").select_option("sekretess")
    saved(page, COUNT)
    # As in the grid: what belongs to the cell is opened by the keyboard, and closed again.
    field(page, COUNT).press("Control+Enter")
    assert focused(page) == f"v-{COUNT}-totalt-kommentar"
    expect(page.locator(f'[data-cell="v-{COUNT}"] [data-history]')).to_contain_text("Eva Dahl")
    visitor.check_page()
    page.keyboard.press("Escape")
    assert focused(page) == f"v-{COUNT}-totalt-utfall"
    for width in (375, 320):
        visitor.fits(width)
    visitor.open(VALUES.format("norra-innerstaden"))
    for width in (375, 320):
        visitor.fits(width)
        visitor.check_page()
