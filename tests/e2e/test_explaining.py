"""A warning that comes while one types, and the comment that explains it."""

from playwright.sync_api import expect

from tests.e2e.test_sitting import COUNT, Sit, field, focused, saved, sit  # noqa: F401


def test_a_warning_comes_as_it_is_typed_and_a_comment_explains_it(sit: Sit):  # noqa: F811
    visitor = sit("jarva", "Fia Gran")
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
