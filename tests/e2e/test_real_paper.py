"""A real paper read in from the shell, and who sees it in the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.deep


def test_a_real_paper_is_read_in_and_seen_by_its_own_nämnd(visitor: Visitor, manage, seeds):
    manage(
        "import_answer",
        str(seeds / "svar-ks-2023-553-hasselby-vallingby.txt"),
        "--namnd",
        "hasselby-vallingby",
    )
    visitor.sign_in("sekreterare.hasselby")
    visitor.open("/remisser/ks-2023-553/svar/hasselby-vallingby/")
    expect(visitor.page.get_by_text("8 av 8 besvarade")).to_be_visible()
    visitor.check_page()
    visitor.fits(375)
    for heading in ("Sammanfattning", "Stadsdelsnämndens yttrande", "Attesterat av"):
        expect(visitor.page.get_by_role("heading", name=heading)).to_be_visible()
    visitor.sign_out()

    # Another nämnd's secretary sees that the answer exists, and not what it says.
    visitor.sign_in("sekreterare.socialnamnden")
    response = visitor.page.goto(f"{visitor.address}/remisser/ks-2023-553/svar/hasselby-vallingby/")
    assert response is not None
    assert response.status == 404


def test_the_administrators_start_is_reached_by_the_same_sign_in(visitor: Visitor):
    visitor.sign_in("admin")
    visitor.check_page()
    visitor.open("/admin/")
    assert visitor.complaints == []
