"""A report's workbook: taken out, filled in off line, uploaded, looked at and thrown away."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.deep

REPORT = "/inrapportering/sodermalm/2025-VB/"
GRADE = "g-vald-2021-2025-1"


def fill(path: Path) -> None:
    """Another analysis of goal 1, where somebody else has written since; and one of goal 2."""
    book = load_workbook(path)
    keys = book["Nycklar"]
    for row in keys.iter_rows():
        if row[0].value == GRADE and row[1].value == "analys":
            row[5].value = "Vad som stod när arbetsboken hämtades."
    for sheet in ("Mål 1", "Mål 2"):
        for row in book[sheet].iter_rows():
            if str(row[0].value).startswith("g-"):
                row[13].value = f"Skriven i Excel, {sheet}."
    book.save(path)


def test_a_workbook_is_filled_in_and_looked_at(visitor: Visitor, tmp_path: Path):
    page = visitor.page
    visitor.sign_in("uppgift.sodermalm")
    visitor.open(REPORT)
    page.get_by_role("link", name="Fyll i med Excel").click()
    visitor.check_page()
    visitor.fits(375)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta arbetsboken").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "inrapportering-sodermalm-2025-VB.xlsx"

    fill(path)
    page.get_by_label("Arbetsbok som du har fyllt i").set_input_files(path)
    page.get_by_role("button", name="Granska arbetsboken").click()
    expect(page.get_by_role("heading", name="Granska arbetsboken")).to_be_visible()
    expect(page.locator("body")).to_contain_text("1 ändring och 1 krock")
    visitor.check_page()
    visitor.fits(375)
    page.get_by_role("button", name="Spara ändringarna i rapporten").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    visitor.check_page()
    page.get_by_label("Det sparade").check()
    page.get_by_role("button", name="Kasta filen").click()
    expect(page.locator("body")).to_contain_text("Filen är kastad. Inget har ändrats.")
    visitor.check_page()

    book = load_workbook(path)
    book["Mål 1"]["H7"] = "12 st"
    book.save(path)
    page.get_by_label("Arbetsbok som du har fyllt i").set_input_files(path)
    page.get_by_role("button", name="Granska arbetsboken").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("body")).to_contain_text("”12 st” är inte ett tal")
    visitor.check_page()
