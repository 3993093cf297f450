""" "Vad ska vår nämnd göra?" in the year of the merger, as the reader sees it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from organisation.models import Namnd, NamndSuccession
from programme.domain.succession import carry_over
from programme.models import Responsibility
from tests.factories import make_activity, make_namnd, make_period, make_user

pytestmark = pytest.mark.django_db

MERGER, LAST_DAY = dt.date(2023, 7, 1), dt.date(2023, 6, 30)


@pytest.fixture(autouse=True)
def merged():
    def named(code: str, short: str, **days) -> Namnd:
        return make_namnd(code, name=f"{short} stadsdelsnämnd", short_name=short, **days)

    rinkeby = named("rinkeby-kista", "Rinkeby-Kista", valid_to=LAST_DAY)
    old = (rinkeby, named("spanga-tensta", "Spånga-Tensta", valid_to=LAST_DAY))
    new = named("jarva", "Järva", valid_from=MERGER)
    for namnd in old:
        NamndSuccession.objects.create(predecessor=namnd, successor=new, on=MERGER)
    activity = make_activity("skydda", text="Erbjud skyddat boende.")
    activity.responsibilities.all().delete()
    activity.responsibilities.create(namnd=rinkeby, decision="§ 4")
    carry_over(Responsibility)
    for period in ("2023-T1", "2023-T2"):
        make_period(period)


@pytest.fixture
def page(client):
    client.force_login(make_user())

    def read(namnd: str, period: str) -> str:
        answer = client.get(reverse("todo", args=[namnd, period]))
        assert answer.status_code == 200
        content = answer.content.decode()
        main = content[content.index("<main") : content.index("</main>")]
        return re.sub(r"\s+", " ", strip_tags(main))

    return read


def test_before_it_exists_nothing_is_asked_and_those_before_it_are_named(page):
    said = page("jarva", "2023-T1")
    assert (
        "Järva stadsdelsnämnd finns från 1 juli 2023. Tertialrapport 1 2023 slutade "
        "30 april 2023, och därför väntas ingenting av nämnden då." in said
    ), said
    assert "Föregångare Rinkeby-Kista stadsdelsnämnd ansvarade till och med 30 juni 2023" in said
    assert "Spånga-Tensta stadsdelsnämnd ansvarade till och med 30 juni 2023" in said
    assert "skyddat boende" not in said


def test_in_its_first_period_it_has_what_it_took_over(page):
    said = page("jarva", "2023-T2")
    assert (
        "Nämnden har tagit över från Rinkeby-Kista stadsdelsnämnd och Spånga-Tensta "
        "stadsdelsnämnd 1 juli 2023: 1 av aktiviteterna och indikatorerna nedan." in said
    ), said
    assert "Erbjud skyddat boende." in said
    assert "Övertaget från Rinkeby-Kista stadsdelsnämnd (§ 4)" in said
    assert "väntas ingenting" not in said


def test_one_that_has_ceased_says_so_and_who_answers_now(page):
    said = page("rinkeby-kista", "2023-T2")
    assert "Rinkeby-Kista stadsdelsnämnd upphörde 30 juni 2023." in said, said
    assert "därför väntas ingenting av nämnden då" in said
    assert "Efterträdare Järva stadsdelsnämnd ansvarar från 1 juli 2023" in said
    assert "skyddat boende" not in said
    assert "Erbjud skyddat boende." in page("rinkeby-kista", "2023-T1")
