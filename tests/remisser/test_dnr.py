"""Registry numbers in the forms that people write them."""

import pytest

from remisser.domain.dnr import dnr_slug, normalise_dnr, same_dnr
from remisser.domain.remisser import find_answer, find_remiss
from tests.factories import make_answer, make_instance, make_remiss

FORMS = [
    ("KS 2023/553", "KS 2023/553", "ks-2023-553"),
    ("ks 2023/553", "KS 2023/553", "ks-2023-553"),
    ("KS2023/553", "KS 2023/553", "ks-2023-553"),
    ("2023/553", "KS 2023/553", "ks-2023-553"),
    ("Dnr KS 2023/553", "KS 2023/553", "ks-2023-553"),
    ("KS\u00a02023 / 553", "KS 2023/553", "ks-2023-553"),
    ("3.1.1-730/2020", "3.1.1-730/2020", "3-1-1-730-2020"),
    ("3.1.1–730/2020", "3.1.1-730/2020", "3-1-1-730-2020"),
    ("3.1.1 - 730/2020", "3.1.1-730/2020", "3-1-1-730-2020"),
    ("441-2011-1.5.1", "441-2011-1.5.1", "441-2011-1-5-1"),
    ("110-1166/2015", "110-1166/2015", "110-1166-2015"),
]


@pytest.mark.parametrize(("written", "dnr", "slug"), FORMS)
def test_every_form_has_one_spelling_and_one_address(written, dnr, slug):
    assert (normalise_dnr(written), dnr_slug(written)) == (dnr, slug)


def test_no_number_is_the_same_as_no_number():
    assert not same_dnr("", "")
    assert same_dnr("2023/553", "KS 2023/553")
    assert not same_dnr("2023/553", "KS 2023/55")


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["KS 2023/553", "2023/553", "ks-2023-553", "ks2023/553"])
def test_a_remiss_is_found_by_its_number_in_any_form(written):
    remiss = make_remiss("KS 2023/553")
    make_remiss("KS 2023/55")
    assert find_remiss(written) == remiss


@pytest.mark.django_db
def test_an_answer_is_found_by_the_remitters_number_or_the_nämnds_own():
    answer = make_answer(make_instance(make_remiss()))
    answer.paper.dnr = "3.1.1-730/2020"
    answer.paper.save()
    for written in ("2023/553", "3.1.1–730/2020"):
        assert find_answer(written, "sodermalm") == answer
    assert find_answer("2023/553", "bromma") is None
    assert find_answer("", "sodermalm") is None
