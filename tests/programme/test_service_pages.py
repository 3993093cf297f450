"""Stöd och insatser: the pages on which the register is searched, printed and kept."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import NamndKind, Role
from organisation.models import NamndSuccession, User
from programme.domain.services import finding, keeping
from programme.domain.services.finding import Today
from programme.enums import Reach
from programme.models import Service, ViolenceType
from tests.factories import (
    make_goal,
    make_namnd,
    make_service,
    make_user,
    make_violence_type,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 2, 3)
NOW = dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC)
HONOUR = "hedersrelaterat våld och förtryck"


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def samordnare() -> User:
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden", kind=NamndKind.FACKNAMND))


def make_kind(name: str = HONOUR, **fields) -> ViolenceType:
    code = name.translate(str.maketrans("åäö ", "aao-"))
    return make_violence_type(code, name=name, **fields)


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_search_shows_how_it_was_understood_and_each_part_is_taken_away_by_a_link(client: Client):
    make_service("origo", age_from=13, age_to=26, violence_types=[make_kind(HONOUR)])
    client.force_login(make_user())
    page = client.get("/insatser/", {"q": "17 år, hedersrelaterat, anonymt"})
    said = text_of(page)
    assert "Ålder: 17 år Ta bort" in said
    assert f"Våldstyp: {HONOUR} (”hedersrelaterat”) Ta bort" in said
    assert "Anonymt: ja Ta bort" in said
    assert "Ingen passar säkert 1 kan passa, men något är okänt" in said
    assert f"Passar: 13–26 år · {HONOUR} Okänt, fråga om: anonymitet" in said
    links = re.findall(r'href="(/insatser/\?[^"]+)">Ta bort', page.content.decode())
    kind = "hedersrelaterat-vald-och-fortryck"
    assert [link.replace("&amp;", "&") for link in links] == [
        f"/insatser/?anonym=ja&vald={kind}",
        "/insatser/?alder=17&anonym=ja",
        f"/insatser/?alder=17&vald={kind}",
    ]
    by_fields = client.get("/insatser/", {"alder": "17", "vald": kind})
    assert "1 passar" in text_of(by_fields)
    assert f'value="17 år, {HONOUR}"' in by_fields.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"alder": "sjutton"}, "”sjutton” är ingen ålder"),
        ({"vald": "finns-inte"}, "Välj i listan."),
        ({"stadsdel": "norrmalm"}, "Välj i listan."),
        ({"q": "a" * 301}, "som mest 300 tecken"),
    ],
)
def test_a_field_that_cannot_be_is_said_and_nothing_is_shown(client: Client, query, said: str):
    make_service()
    client.force_login(make_user())
    page = client.get("/insatser/", query)
    assert page.status_code == 200
    assert re.search(said, text_of(page))
    assert "Origo" not in text_of(page)


def test_the_samordnare_adds_changes_verifies_retires_and_takes_back(client: Client, samordnare):
    client.force_login(samordnare)
    new = {"name": "Nya jouren", "source": "Egen kännedom", "anonymous": "ja", "reach": "hela"}
    assert client.post("/insatser/ny/", new | {"verified": "on"}).url == "/insatser/nya-jouren/"
    assert f"Kontrollerad 2026-02-03 av {samordnare} (samordnare vid" in text_of(
        client.get("/insatser/nya-jouren/")
    )
    changed = new | {"age_from": "13", "age_to": "26", "revision": "0"}
    client.post("/insatser/nya-jouren/andra/", changed)
    page = text_of(client.get("/insatser/nya-jouren/"))
    assert "13–26 år" in page
    assert "Inte kontrollerad" in page
    client.post("/insatser/nya-jouren/kontrollerad/", {"revision": "1"})
    assert "Kontrollerad 2026-02-03" in text_of(client.get("/insatser/nya-jouren/"))
    client.post("/insatser/nya-jouren/avsluta/", {"revision": "2", "why": "Flyttade"})
    assert "Används inte sedan 3 februari 2026. Flyttade" in text_of(
        client.get("/insatser/nya-jouren/")
    )
    client.post("/insatser/nya-jouren/ta-tillbaka/", {"revision": "3"})
    service = Service.objects.get()
    assert (service.retired_on, service.revision) == (None, 4)


def test_who_is_second_keeps_what_they_wrote_and_sees_what_is_saved(client: Client, samordnare):
    make_service("origo", name="Origo", age_from=13, revision=1)
    client.force_login(samordnare)
    mine = {"name": "Origo", "source": "Ett papper", "anonymous": "okant", "reach": "okant"}
    page = client.post("/insatser/origo/andra/", mine | {"age_from": "12", "revision": "0"})
    said = text_of(page)
    assert "Någon annan har ändrat posten" in said
    assert "från ålder: 13" in said
    assert 'value="12"' in page.content.decode()
    assert 'name="revision" value="1"' in page.content.decode()
    client.post("/insatser/origo/andra/", mine | {"age_from": "12", "revision": "1"})
    assert Service.objects.get().age_from == 12
    for bad in ("", "x", "9" * 30, "-1"):
        answer = client.post("/insatser/origo/kontrollerad/", {"revision": bad})
        assert answer.status_code == 302
    assert Service.objects.get().verified_on is None


def test_a_page_to_print_for_a_stadsdel_and_the_old_ones_lead_to_it(client: Client):
    old, new = make_namnd("norrmalm"), make_namnd("norra", name="Norra innerstadens stadsdelsnämnd")
    NamndSuccession.objects.create(predecessor=old, successor=new, on=dt.date(2023, 7, 1))
    make_service("jour", name="Jouren", reach=Reach.STADSDELAR, namnder=[old])
    client.force_login(make_user())
    assert client.get("/insatser/stadsdel/norrmalm/").url == "/insatser/stadsdel/norra/"
    assert "Särskilt för Norra Jouren" in text_of(client.get("/insatser/stadsdel/norra/"))
    assert client.get("/insatser/stadsdel/saknas/").status_code == 404


PAGES = {
    "list": "/insatser/",
    "search": "/insatser/?q=17+%C3%A5r%2C+heder%2C+anonymt%2C+boende",
    "stadsdelar": "/insatser/stadsdel/",
    "stadsdel": "/insatser/stadsdel/namnd-1/",
    "to verify": "/insatser/att-kontrollera/",
    "one": "/insatser/s-1/",
    "change": "/insatser/s-1/andra/",
}


@pytest.mark.parametrize("url", PAGES.values(), ids=list(PAGES))
def test_the_number_of_queries_does_not_grow(client: Client, samordnare: User, url: str):
    client.force_login(samordnare)

    def add(number: int) -> None:
        namnd = make_namnd(f"namnd-{number}")
        kind = make_kind(f"våldstyp {number}")
        goal = make_goal(number)
        for code in (f"s-{number}", f"t-{number}"):
            make_service(
                code,
                namnder=[namnd],
                reach=Reach.STADSDELAR,
                violence_types=[kind],
                goals=[goal],
                verified_on=dt.date(2020, 1, number),
                verified_by=samordnare,
            )
        make_service(f"slut-{number}", retired_on=TODAY, retired_why="Slut")
        first = Service.objects.get(code="s-1")
        first.goals.add(goal)
        first.namnder.add(namnd)
        first.violence_types.add(kind)
        keeping.record(first, actor=samordnare, verb="provad", summary="Något hände")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    add(1)
    client.get(url)
    with_one = queries()
    add(2)
    add(3)
    assert queries() == with_one


def test_records_stand_in_swedish_order(client: Client):
    for name in ("Örat", "Ängen", "Åsen", "zebra", "Alfa"):
        make_service(f"s-{len(name)}-{ord(name[0])}", name=name)
    rows = finding.all_services(make_user(), Today())
    assert [row.service.name for row in rows] == ["Alfa", "zebra", "Åsen", "Ängen", "Örat"]


def test_the_address_of_a_page_is_never_a_records(client: Client):
    taken = {reverse(name) for name in ("service-new", "service-districts", "service-to-verify")}
    assert taken == {f"/insatser/{code}/" for code in keeping.TAKEN_BY_PAGES}


def test_a_goal_and_its_services_lead_to_each_other(client: Client):
    goal = make_goal(4)
    make_service("origo", name="Origo", goals=[goal], age_from=13, age_to=26)
    make_service("slut", name="Slut", goals=[goal], retired_on=TODAY, retired_why="Slut")
    make_service("annan", name="Annan", goals=[make_goal(5)])
    client.force_login(make_user())
    page = client.get("/program/vald-2021-2025/mal/4/").content.decode()
    assert re.findall(r'href="/insatser/([a-z]+)/"', page) == ["origo"]
    back = client.get("/insatser/origo/").content.decode()
    assert re.findall(r'href="(/program/[^"]+/mal/[^"]+)"', back) == [
        "/program/vald-2021-2025/mal/4/"
    ]
