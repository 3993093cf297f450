"""What is typed and pasted beside the plain numbers: a forecast of the year, ratios in a block.

Each test writes in a nämnd of its own.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.test_sitting import field, saved, sign_in

pytestmark = pytest.mark.deep

# Who has not begun the second tertial, and gets more time; may correct the first, which is locked.
LATE = "overformyndarnamnden"
# Who has handed in, and takes it back.
HASTY = "skarholmen"
# Whose figures of before are those of two others.
MERGED = "jarva"
COUNT, RATIO, NEXT_RATIO = "origo-utbildning", "akut-boende", "langsiktigt-boende"
MAKE = f"""
import datetime as dt
from django.utils import timezone
from indicators.domain.correcting import ask_to_correct, let_correct
from indicators.domain.periods import extend
from indicators.models import Period, Report
from organisation.models import Membership, Namnd, User

people = {{}}
for code in ("{LATE}", "{HASTY}", "{MERGED}"):
    people[code] = user = User(username=code + ".lena", name="Lena Ask")
    user.set_password("demo")
    user.save()
    Membership.objects.create(
        user=user, namnd=Namnd.objects.get(code=code), role="uppgiftslamnare"
    )
samordnare = User.objects.get(username="samordnare")
week = timezone.localdate() + dt.timedelta(days=7)
extend(
    Period.objects.get(code="2025-T2"), Namnd.objects.get(code="{LATE}"),
    actor=samordnare, until=week, reason="Nytt system",
)
report = Report.objects.get(namnd__code="{LATE}", period__code="2025-T1")
asked = ask_to_correct(report, actor=people["{LATE}"], reason="Prognosen var fel.")
let_correct(asked, actor=samordnare, until=week)
"""


@pytest.fixture(scope="module")
def people(server: str, manage) -> None:
    manage("shell", "-v", "0", "-c", MAKE)


def notes(page: Page, code: str):
    return page.locator(f'[data-more-of="v-{code}"] [data-cell-notes]')


def paste(page: Page, text: str) -> None:
    """What a spreadsheet puts on the clipboard, in the field that has the focus."""
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
                clipboardData: data, bubbles: true, cancelable: true,
            }));
        }""",
        text,
    )


@pytest.mark.parametrize("period", ["2025-T1", "2025-T2"])
def test_the_forecast_of_the_year_is_typed_and_saved(visitor: Visitor, people: None, period: str):
    page = visitor.page
    sign_in(visitor, f"{LATE}.lena")
    visitor.open(f"/inrapportering/{LATE}/{period}/")
    field(page, COUNT).fill("12")
    field(page, COUNT).press("Enter")
    saved(page, COUNT)
    field(page, COUNT, "prognos").fill("tjugo")
    field(page, COUNT, "prognos").press("Enter")
    expect(notes(page, COUNT)).to_contain_text("”tjugo” är inte ett tal")
    visitor.complaints.clear()  # the refused request is in the console
    field(page, COUNT, "prognos").fill("20")
    field(page, COUNT, "prognos").press("Enter")
    saved(page, COUNT)
    expect(notes(page, COUNT)).not_to_contain_text("tjugo")
    page.reload()
    expect(field(page, COUNT)).to_have_value("12")
    expect(field(page, COUNT, "prognos")).to_have_value("20")
    visitor.check_page()
    visitor.fits(320)


def test_a_block_with_ratios_is_checked_cell_by_cell_and_taken_back(visitor: Visitor, people: None):
    page = visitor.page
    sign_in(visitor, f"{HASTY}.lena")
    visitor.open(f"/inrapportering/{HASTY}/2025-VB/")
    page.get_by_label("Varför").fill("En enhet lämnade sina uppgifter för sent.")
    page.get_by_role("button", name="Ta tillbaka rapporten").click()
    expect(field(page, RATIO, "taljare")).to_be_visible()

    places = [
        (code, category, part)
        for code in (RATIO, NEXT_RATIO)
        for category in ("totalt", "kvinnor", "man")
        for part in ("taljare", "namnare")
    ]
    before = [field(page, code, part, category).input_value() for code, category, part in places]

    # A line for each ratio, its two numbers in columns of their own; one of them is no number.
    field(page, RATIO, "taljare").focus()
    paste(page, "18\t24\t10\ttolv\t8\t12\r\n30\t50\t20\t30\t10\t20\r\n")
    given = ["18", "24", "10", "tolv", "8", "12", "30", "50", "20", "30", "10", "20"]
    for (code, category, part), number in zip(places, given, strict=True):
        expect(field(page, code, part, category)).to_have_value(number)
    per_cents = page.locator(f'[data-cell="v-{RATIO}"] output')
    for place, words in ((0, r"= 75,0\s%"), (1, "^$"), (2, r"= 66,7\s%")):
        expect(per_cents.nth(place)).to_have_text(re.compile(words))
    saved(page, NEXT_RATIO)  # the one beside it waits for nothing
    expect(notes(page, RATIO)).to_contain_text("”tolv” är inte ett tal")
    wrong = page.locator(f'[data-cell="v-{RATIO}"] [aria-invalid=true]')
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_attribute("name", f"v-{RATIO}-kvinnor-namnare")
    expect(page.locator("[data-trouble]")).to_be_hidden()
    visitor.complaints.clear()
    visitor.check_page()

    # One press takes the whole block back, and that is saved like anything typed.
    page.get_by_role("button", name="Ångra").click()
    for (code, category, part), text in zip(places, before, strict=True):
        expect(field(page, code, part, category)).to_have_value(text)
    expect(notes(page, RATIO).locator(".field-error")).to_have_count(0)
    saved(page, NEXT_RATIO)
    page.reload()
    for (code, category, part), text in zip(places, before, strict=True):
        expect(field(page, code, part, category)).to_have_value(text)

    # As the grid lies: the numerators in one line, the denominators in the next.
    field(page, RATIO, "taljare").focus()
    paste(page, "18\t10\t8\r\n24\t12\t12\r\n")
    for code, category, part in places[:6]:
        number = given[places.index((code, category, part))]
        expect(field(page, code, part, category)).to_have_value(number.replace("tolv", "12"))
    saved(page, RATIO)

    # A part that is larger than its whole; and what is left without a sex.
    field(page, RATIO, "taljare").fill("30")
    field(page, RATIO, "taljare").press("Enter")
    expect(notes(page, RATIO)).to_contain_text("30 är fler än 24")
    field(page, RATIO, "taljare").fill("19")
    field(page, RATIO, "taljare").press("Enter")
    expect(notes(page, RATIO)).to_contain_text("är 1 av 0 kvar")
    visitor.complaints.clear()
    visitor.check_page()
    field(page, RATIO, "taljare").fill("18")
    field(page, RATIO, "taljare").press("Enter")
    saved(page, RATIO)
    visitor.fits(320)
    visitor.check_page()


def test_the_lines_beside_the_fields_fit_a_narrow_phone(visitor: Visitor, people: None):
    """Women and men of before, the forebears' figures, and what they said of activities."""
    sign_in(visitor, f"{MERGED}.lena")
    visitor.open(f"/inrapportering/{MERGED}/2024-T1/")
    expect(visitor.page.locator("body")).to_contain_text("Rinkeby-Kista och Spånga-Tensta")
    expect(visitor.page.locator("body")).to_contain_text(re.compile("Kvinnor [0-9]+, män [0-9]+"))
    visitor.fits(320)
    visitor.check_page()
