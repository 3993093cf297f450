"""The pages of the programmes."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import NamndSuccession
from programme.domain import NotFound, read_activity, read_goal, read_programme
from programme.models import Activity, Responsibility
from tests.factories import (
    make_activity,
    make_goal,
    make_namnd,
    make_programme,
    make_reference,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 5, 5)


@pytest.fixture
def pages() -> list[str]:
    goal = make_goal(4, make_programme())
    make_activity("skydd", goal)
    return [
        reverse("programme-list"),
        reverse("programme", args=["vald-2021-2025"]),
        reverse("goal", args=["vald-2021-2025", 4]),
        reverse("activity", args=["vald-2021-2025", "skydd"]),
    ]


def test_addresses_are_those_of_the_contract(pages: list[str]):
    assert pages == [
        "/program/",
        "/program/vald-2021-2025/",
        "/program/vald-2021-2025/mal/4/",
        "/program/vald-2021-2025/aktivitet/skydd/",
    ]


@pytest.mark.parametrize("role", Role.values)
def test_every_role_may_read_every_page(client: Client, pages: list[str], role: str):
    client.force_login(make_user(role))
    assert [client.get(url).status_code for url in pages] == [200, 200, 200, 200]


def test_who_is_not_signed_in_is_asked_to(client: Client, pages: list[str]):
    assert [client.get(url).headers["Location"] for url in pages] == [
        f"/logga-in/?next={url}" for url in pages
    ]


def test_nothing_is_changed_by_these_pages(client: Client, pages: list[str]):
    client.force_login(make_user())
    assert [client.post(url).status_code for url in pages] == [405, 405, 405, 405]


@pytest.mark.parametrize(
    "url",
    [
        "/program/finns-inte/",
        "/program/finns-inte/mal/4/",
        "/program/vald-2021-2025/mal/5/",
        "/program/vald-2021-2025/mal/0/",
        "/program/vald-2021-2025/mal/99999999999999999999/",
        "/program/vald-2021-2025/aktivitet/finns-inte/",
        "/program/annat-program/aktivitet/skydd/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, pages: list[str], url: str):
    make_programme("annat-program")
    client.force_login(make_user())
    assert client.get(url).status_code == 404


def test_goals_are_numbered_within_their_programme():
    old, new = make_programme("vald-2017-2020"), make_programme("vald-2021-2025")
    make_goal(1, old, text="Det gamla målet.")
    make_activity("ny", make_goal(1, new, text="Det nya målet."))
    assert read_goal("vald-2017-2020", 1, on=TODAY).text == "Det gamla målet."
    assert read_goal("vald-2017-2020", 1, on=TODAY).activities == ()
    assert read_goal("vald-2021-2025", 1, on=TODAY).text == "Det nya målet."
    assert [(g.number, g.activities) for g in read_programme("vald-2021-2025", on=TODAY).goals] == [
        (1, 1)
    ]
    with pytest.raises(NotFound):
        read_activity("vald-2017-2020", "ny", on=TODAY)


def test_goals_with_gaps_in_their_numbers_lead_to_one_another():
    programme = make_programme()
    for number in (2, 5, 9):
        make_goal(number, programme)
    page = read_goal("vald-2021-2025", 5, on=TODAY)
    assert (page.earlier, page.later) == ("2", "9")
    assert read_goal("vald-2021-2025", 2, on=TODAY).earlier is None
    assert read_goal("vald-2021-2025", 9, on=TODAY).later is None


def test_a_group_is_who_it_is_on_the_day():
    merger = dt.date(2023, 7, 1)
    old = make_namnd("rinkeby-kista", name="Rinkeby-Kista", valid_to=dt.date(2023, 6, 30))
    new = make_namnd("jarva", name="Järva", valid_from=merger)
    NamndSuccession.objects.create(predecessor=old, successor=new, on=merger)
    make_namnd("arsta", name="Årsta")
    make_namnd("bromma", name="Bromma")
    make_namnd("socialnamnden", name="Socialnämnden", kind=NamndKind.FACKNAMND)
    make_activity("skydd", group=NamndGroup.STADSDELSNAMNDER)

    def members(day: dt.date) -> list[str]:
        (group,) = read_activity("vald-2021-2025", "skydd", on=day).activity.responsible
        assert group.label == "Alla stadsdelsnämnder"
        return [namnd.name for namnd in group.namnder]

    assert members(dt.date(2023, 6, 30)) == ["Bromma", "Rinkeby-Kista", "Årsta"]
    assert members(merger) == ["Bromma", "Järva", "Årsta"]


def test_a_single_nämnd_that_has_ceased_says_when():
    old = make_namnd("norrmalm", name="Norrmalms stadsdelsnämnd", valid_to=dt.date(2023, 6, 30))
    activity = make_activity("skydd")
    activity.responsibilities.all().delete()
    Responsibility.objects.create(activity=activity, namnd=old)
    (one,) = read_activity("vald-2021-2025", "skydd", on=TODAY).activity.responsible
    assert (one.label, one.namnder, one.ceased_on) == (old.name, (), dt.date(2023, 6, 30))
    (then,) = read_activity("vald-2021-2025", "skydd", on=dt.date(2023, 6, 30)).activity.responsible
    assert then.ceased_on is None


@time_machine.travel(dt.datetime(2025, 5, 5, 10, tzinfo=dt.UTC), tick=False)
def test_an_activity_shows_its_source_or_that_it_is_an_example(client: Client):
    goal = make_goal(1)
    make_namnd("sodermalm")
    make_activity("egen", goal, text="En egen aktivitet")
    make_activity("given", goal, text="En given", is_example=False, source="Svar på KS 2020/924")
    client.force_login(make_user())
    own = client.get("/program/vald-2021-2025/aktivitet/egen/").content.decode()
    given = client.get("/program/vald-2021-2025/aktivitet/given/").content.decode()
    assert own.count('<span class="mark">Exempel</span>') == 1
    assert "Källa:" not in own
    assert given.count('<span class="mark">Exempel</span>') == 0
    assert "Källa: Svar på KS 2020/924" in given
    assert "Sodermalm stadsdelsnämnd" in given


def test_an_activity_without_source_must_be_an_example():
    with pytest.raises(IntegrityError, match="activity_has_source_or_is_example"):
        Activity.objects.create(goal=make_goal(), code="utan", text="Utan källa")


@pytest.mark.parametrize("both", [True, False])
def test_a_responsibility_names_a_nämnd_or_a_group(both: bool):
    activity = make_activity()
    with pytest.raises(IntegrityError, match="activity_responsibility_names_one"):
        Responsibility.objects.create(
            activity=activity,
            namnd=make_namnd() if both else None,
            group=NamndGroup.ALLA if both else "",
        )


def test_goals_of_one_programme_do_not_share_a_number():
    goal = make_goal(3)
    with pytest.raises(IntegrityError, match="goal_number_once"):
        goal.programme.goals.create(number=3, text="Ett mål till")


def queries(get: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        get()
    return len(captured)


@pytest.mark.parametrize("name", ["programme-list", "programme", "goal", "activity"])
def test_the_number_of_queries_does_not_grow(client: Client, name: str):
    client.force_login(make_user())
    goal = make_goal(1)

    def add(number: int) -> None:
        make_goal(number + 1)
        make_goal(1, make_programme(f"program-{number}"))
        namnd = make_namnd(f"namnd-{number}")
        activity = make_activity(f"a-{number}", goal)
        Responsibility.objects.create(activity=activity, namnd=namnd)
        first = Activity.objects.get(code="a-1")
        Responsibility.objects.get_or_create(activity=first, namnd=namnd, group="")

    add(1)
    args = {"goal": ["vald-2021-2025", 1], "activity": ["vald-2021-2025", "a-1"]}.get(name)
    url = reverse(name, args=args or (["vald-2021-2025"] if name == "programme" else []))
    client.get(url)
    with_one = queries(lambda: client.get(url))
    add(2)
    add(3)
    assert queries(lambda: client.get(url)) == with_one


def test_the_citys_programmes_come_first_and_those_of_others_are_told_apart(client: Client):
    make_reference()
    make_programme("vald-2017-2020", first_year=2017, last_year=2020)
    make_programme()
    client.force_login(make_user())
    page = client.get("/program/").content.decode()
    found = [page.index(words) for words in ("/vald-2021", "/vald-2017", "Att jämföra med", "/reg")]
    assert found == sorted(found)
