"""One value's way: typed by Södermalm, approved by Södermalm, read in the city's total."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

FORM = "/inrapportering/sodermalm/2025-VB/"
FOLLOWUP = "/uppfoljning/2025-VB/mal/vald-2021-2025/1/"
TRAINED = "Antal medarbetare som gått Origos utbildning om hedersrelaterat våld och förtryck"


def city_total(visitor: Visitor, name: str) -> int:
    """The figure of the first row of that indicator in the consolidated follow-up."""
    row = visitor.page.locator("tr", has=visitor.page.get_by_role("link", name=name)).first
    text = row.locator("td").first.inner_text().split("\n")[0]
    return int(re.sub(r"\D", "", text))


def trained_field(visitor: Visitor):
    return visitor.page.locator('[name="v-origo-utbildning-totalt-utfall"]')


def test_a_value_goes_from_the_nämnd_to_the_citys_total(visitor: Visitor):
    page = visitor.page
    visitor.sign_in("samordnare")
    visitor.open(FOLLOWUP)
    before = city_total(visitor, TRAINED)
    visitor.sign_out()

    # The uppgiftslämnare finds the report on the to-do list, is corrected, and hands it in.
    visitor.sign_in("uppgift.sodermalm")
    visitor.check_page()
    page.get_by_role("link", name=re.compile("Fyll i")).click()
    page.wait_for_url(f"{visitor.address}{FORM}")
    visitor.check_page()
    field = trained_field(visitor)
    field.fill("1.000")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("kan betyda")).to_be_visible()
    expect(trained_field(visitor)).to_be_focused()
    expect(trained_field(visitor)).to_have_value("1.000")
    visitor.complaints.clear()  # the refused request is in the console
    visitor.check_page()
    trained_field(visitor).fill("1 234")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    expect(trained_field(visitor)).to_have_value(re.compile(r"1\s?234"))
    page.get_by_role("button", name="Se över och lämna in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lämna in")
    visitor.check_page()
    page.get_by_role("button", name=re.compile("^Lämna in")).click()
    expect(page.locator("body")).to_contain_text("Inlämnad")
    visitor.check_page()
    visitor.sign_out()

    # What is handed in but not approved does not count.
    visitor.sign_in("samordnare")
    visitor.open(FOLLOWUP)
    assert city_total(visitor, TRAINED) == before
    visitor.sign_out()

    visitor.sign_in("granskare.sodermalm")
    page.get_by_role("link", name=re.compile("Granska")).click()
    visitor.check_page()
    page.get_by_role("button", name="Godkänn").click()
    expect(page.locator("body")).to_contain_text("Godkänd")
    visitor.check_page()
    visitor.sign_out()

    visitor.sign_in("samordnare")
    visitor.open(FOLLOWUP)
    assert city_total(visitor, TRAINED) == before + 1234
    visitor.check_page()


def test_every_reading_page_is_accessible_and_fits_a_phone(visitor: Visitor):
    visitor.open("/logga-in/")
    visitor.check_page()
    visitor.sign_in("ledamot")
    for path in (
        "/",
        "/program/",
        "/program/vald-2021-2025/",
        "/program/vald-2021-2025/mal/4/",
        "/indikatorer/",
        "/inrapportering/",
        "/uppfoljning/",
        "/uppfoljning/2025-T2/",
        "/uppfoljning/2025-T2/mal/vald-2021-2025/4/",
        "/uppfoljning/2025-T2/indikator/origo-utbildning/",
        "/uppfoljning/2025-T2/saknas/",
        "/uppfoljning/2025-T2/avvikelser/",
        "/uppfoljning/2025-T2/urval/?fran=2023-T1&lasning=serie&indikator=origo-utbildning",
        "/remisser/",
        "/remisser/ks-2023-553/",
    ):
        visitor.page.set_viewport_size({"width": 1280, "height": 900})
        visitor.open(path)
        visitor.check_page()
        visitor.fits(375)
        visitor.fits(320)


@pytest.mark.deep
def test_the_coordinators_pages_are_accessible_empty_filled_and_in_error(visitor: Visitor):
    def is_well() -> None:
        visitor.page.set_viewport_size({"width": 1280, "height": 900})
        visitor.check_page()
        visitor.fits(375)
        visitor.fits(320)
        visitor.page.set_viewport_size({"width": 1280, "height": 900})

    visitor.sign_in("samordnare")
    page, errors = visitor.page, visitor.page.locator(".error-summary")
    filled = "/inrapportering/perioder/2025-VB/"
    for path in ("/inrapportering/perioder/", filled, f"{filled}historik/", "/utkorg/"):
        visitor.open(path)
        is_well()
    for name in ("Påminn de förkryssade", "Ge mer tid"):
        visitor.open(filled)
        page.get_by_role("button", name=name).click()
        expect(errors).to_be_visible()
        is_well()
    # No programme runs then: a period with nobody in it.
    visitor.open("/inrapportering/perioder/")
    page.get_by_role("textbox", name="År").fill("2031")
    page.get_by_role("button", name="Lägg upp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2031")
    is_well()
