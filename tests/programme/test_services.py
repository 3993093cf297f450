"""Stöd och insatser: keeping the register, and finding what fits, or may fit, a need."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.db import IntegrityError

from organisation.domain.errors import Invalid, NotAllowed
from organisation.enums import NamndKind, Role
from organisation.models import NamndSuccession, User
from programme.domain.services import finding, keeping
from programme.domain.services.ages import AgeSpan
from programme.domain.services.finding import Today, find_services
from programme.domain.services.keeping import ServiceFacts
from programme.domain.services.need import Need, understand
from programme.enums import Anonymity, Audience, Provider, Reach
from programme.models import Service, ViolenceType
from tests.factories import (
    make_goal,
    make_namnd,
    make_service,
    make_user,
    make_violence_type,
)
from trace.domain.history import change_model
from trace.models import Event

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 2, 3)
NOW = dt.datetime(2026, 2, 3, 9, tzinfo=dt.UTC)
FACTS = ServiceFacts(name="Origo", source="Ett papper")
HONOUR, NEAR = "hedersrelaterat våld och förtryck", "våld i nära relationer"


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


def events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("summary", flat=True))


# Keeping ----------------------------------------------------------------------------------------


def test_a_record_is_added_with_all_that_is_known_and_the_rest_unknown(samordnare: User):
    goal, kind, namnd = make_goal(4), make_kind(), make_namnd("sodermalm")
    full = ServiceFacts(
        name="Åsa & Örjans jour ",
        age_from=13,
        age_to=26,
        violence_types=[kind],
        audiences=[Audience.UTSATT, Audience.UTSATT, Audience.YRKESVERKSAM],
        anonymous=Anonymity.JA,
        reach=Reach.STADSDELAR,
        namnder=[namnd],
        goals=[goal],
        source="Ett papper",
    )
    made = keeping.add_service(full, actor=samordnare)
    made.refresh_from_db()
    assert (made.code, made.name) == ("asa-orjans-jour", "Åsa & Örjans jour")
    assert made.audiences == [Audience.UTSATT, Audience.YRKESVERKSAM]
    assert [list(getattr(made, name).all()) for name in keeping.LINKS] == [[kind], [namnd], [goal]]
    assert (made.verified_on, made.verified_by, made.revision) == (None, None, 0)
    bare = keeping.add_service(FACTS, actor=samordnare)
    assert (bare.ages, bare.anonymous, bare.reach, bare.provider) == ("", "okant", "okant", "")
    assert events() == ["Lade till Åsa & Örjans jour", "Lade till Origo"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Origo", "origo-2"), ("Ny", "ny-2"), ("Stadsdel", "stadsdel-2"), ("!!!", "insats")],
)
def test_a_code_is_no_other_records_and_no_pages(samordnare: User, name: str, code: str):
    make_service("origo")
    made = keeping.add_service(replace(FACTS, name=name), actor=samordnare)
    assert made.code == code


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"name": "  "}, "name", "Skriv vad verksamheten heter."),
        ({"name": "a" * 201}, "name", "som mest 200 tecken"),
        ({"source": ""}, "source", "Skriv varifrån uppgifterna kommer."),
        ({"age_from": 27, "age_to": 13}, "", "Den högsta åldern kan inte vara lägre"),
        ({"age_from": 121}, "", "En ålder är mellan 0 och 120 år."),
        ({"audiences": ["grannar"]}, "audiences", "grannar"),
        ({"anonymous": "kanske"}, "anonymous", "kanske"),
        ({"website": "javascript:alert(1)"}, "website", "webbadress|URL"),
        ({"reach": Reach.STADSDELAR}, "namnder", "Välj minst en stadsdel"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(samordnare: User, change, field, said):
    with pytest.raises(Invalid, match=said) as refusal:
        keeping.add_service(replace(FACTS, **change), actor=samordnare)
    assert refusal.value.field == field
    assert not Service.objects.exists()


def test_somewhere_and_nowhere_in_particular_do_not_go_together(samordnare: User):
    everywhere = replace(FACTS, reach=Reach.HELA, namnder=[make_namnd("sodermalm")])
    with pytest.raises(Invalid) as refusal:
        keeping.add_service(everywhere, actor=samordnare)
    assert refusal.value.field == "reach"


@pytest.mark.parametrize("role", [r for r in Role.values if r != Role.SAMORDNARE])
def test_only_the_samordnare_keeps_the_register(role: str):
    service = make_service()
    retired = make_service("nedlagd", retired_on=TODAY, retired_why="Slut")
    person = make_user(role)
    superuser = make_user(role, username="stor", is_superuser=True, is_staff=True)
    for actor in (person, superuser):
        held = {"actor": actor, "expected_version": 0}
        with pytest.raises(NotAllowed):
            keeping.add_service(FACTS, actor=actor)
        with pytest.raises(NotAllowed):
            keeping.change_service(service, FACTS, **held)
        with pytest.raises(NotAllowed):
            keeping.verify_service(service, **held)
        with pytest.raises(NotAllowed):
            keeping.retire_service(service, why="Slut", **held)
        with pytest.raises(NotAllowed):
            keeping.take_back_service(retired, **held)
    assert events() == []


def test_a_change_takes_the_verification_away_unless_it_is_made_anew(samordnare: User):
    service = keeping.add_service(FACTS, actor=samordnare, verified=True)
    assert (service.verified_on, service.verified_by) == (TODAY, samordnare)
    changed = replace(FACTS, how_to_reach="Ring 08-123")
    service = keeping.change_service(service, changed, actor=samordnare, expected_version=0)
    assert (service.verified_on, service.verified_by, service.revision) == (None, None, 1)
    again = replace(changed, age_from=13)
    service = keeping.change_service(
        service, again, actor=samordnare, expected_version=1, verified=True
    )
    assert (service.verified_on, service.verified_by, service.revision) == (TODAY, samordnare, 2)
    # Which goals it is for is the register's own view, and nothing that anybody verified.
    tied = replace(again, goals=[make_goal(4)])
    service = keeping.change_service(service, tied, actor=samordnare, expected_version=2)
    assert service.verified_on == TODAY
    assert events() == [
        "Lade till Origo",
        "Kontrollerade uppgifterna om Origo",
        "Ändrade Origo: så når man dem (behöver kontrolleras igen)",
        "Ändrade Origo: från ålder",
        "Kontrollerade uppgifterna om Origo",
        "Ändrade Origo: mål",
    ]


def test_the_same_again_changes_nothing(samordnare: User):
    service = keeping.add_service(FACTS, actor=samordnare, verified=True)
    keeping.change_service(service, FACTS, actor=samordnare, expected_version=0)
    keeping.verify_service(service, actor=samordnare, expected_version=0)
    service.refresh_from_db()
    assert (service.revision, service.verified_on) == (0, TODAY)
    assert len(events()) == 2


def test_who_is_second_is_told_what_the_first_saved(samordnare: User):
    service = make_service("origo", name="Origo", source="Ett papper")
    other = make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))
    first = replace(FACTS, age_from=13, audiences=[Audience.UTSATT])
    keeping.change_service(service, first, actor=other, expected_version=0)
    mine = replace(FACTS, age_from=12, audiences=[Audience.UTSATT])
    with pytest.raises(keeping.Conflict) as conflict:
        keeping.change_service(service, mine, actor=samordnare, expected_version=0)
    assert conflict.value.by == other
    there = conflict.value.service
    assert [(d.label, d.saved) for d in keeping.differences(there, mine)] == [("från ålder", "13")]
    for command in (keeping.verify_service, keeping.take_back_service):
        with pytest.raises(keeping.Conflict):
            command(service, actor=samordnare, expected_version=0)
    service.refresh_from_db()
    assert (service.age_from, service.revision) == (13, 1)


def test_a_retired_record_is_read_but_not_found_and_can_be_taken_back(samordnare: User):
    service = make_service("origo", name="Origo")
    with pytest.raises(Invalid, match="Skriv varför"):
        keeping.retire_service(service, actor=samordnare, expected_version=0, why=" ")
    keeping.retire_service(service, actor=samordnare, expected_version=0, why="Nedlagd 2025")
    today = Today()
    assert finding.all_services(samordnare, today) == ()
    assert [row.service.code for row in finding.retired_services(samordnare, today)] == ["origo"]
    with pytest.raises(Invalid, match="används inte längre"):
        keeping.verify_service(service, actor=samordnare, expected_version=1)
    keeping.take_back_service(service, actor=samordnare, expected_version=1)
    assert [row.service.code for row in finding.all_services(samordnare, today)] == ["origo"]
    assert [(e.summary, e.reason) for e in Event.objects.order_by("pk")] == [
        ("Tog Origo ur bruk", "Nedlagd 2025"),
        ("Tog tillbaka Origo i bruk", ""),
    ]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"source": ""}, "service_has_source_or_is_example"),
        ({"name": ""}, "service_has_name"),
        ({"age_from": 20, "age_to": 10}, "service_ages_in_order"),
        ({"age_to": 121}, "service_ages_are_ages"),
        ({"audiences": ["grannar"]}, "service_is_for_known_audiences"),
        ({"anonymous": "kanske"}, "service_anonymity_known_or_said_unknown"),
        ({"verified_on": TODAY}, "service_verified_on_a_day_by_somebody"),
        ({"retired_on": TODAY}, "service_retired_with_a_reason"),
        ({"website": "javascript:alert(1)"}, "service_website_is_a_web_address"),
    ],
)
def test_the_database_holds_the_rules_too(fields, constraint: str):
    with pytest.raises(IntegrityError, match=constraint):
        make_service(**fields)


def test_every_version_of_a_record_and_its_links_is_kept(samordnare: User):
    service = keeping.add_service(replace(FACTS, violence_types=[make_kind()]), actor=samordnare)
    keeping.change_service(
        service, replace(FACTS, name="Nya Origo"), actor=samordnare, expected_version=0
    )
    kept = change_model(Service).objects.order_by("pgh_id").values_list("name", flat=True)
    assert list(kept) == ["Origo", "Nya Origo"]
    links = change_model(Service.violence_types.through.__subclasses__()[0]).objects
    assert list(links.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]


# Finding ----------------------------------------------------------------------------------------


def found(need: Need) -> tuple[list[str], list[str], list[str]]:
    result = find_services(need, make_user(), Today())
    return tuple(
        [row.service.code for row in rows]
        for rows in (result.fits, result.may_fit, result.nothing_known)
    )


def test_unknown_anonymity_is_never_counted_as_yes():
    for code, anonymous in (("ja", "ja"), ("nej", "nej"), ("okant", "okant")):
        make_service(code, anonymous=anonymous, age_from=13, age_to=26)
    assert found(Need(anonymous=True)) == (["ja"], [], ["okant"])
    assert found(Need(anonymous=True, ages=(AgeSpan(17, 17),))) == (["ja"], ["okant"], [])


def test_why_something_fits_is_said():
    honour, near = make_kind(HONOUR, order=2), make_kind(NEAR, order=1)
    make_service(
        "jour",
        name="Jouren",
        age_from=13,
        age_to=26,
        violence_types=[honour, near],
        audiences=[Audience.UTSATT, Audience.ANHORIG],
        anonymous=Anonymity.JA,
        reach=Reach.HELA,
        provider=Provider.CIVIL,
        description="Chatt och telefon",
    )
    today = Today()
    text = "17 år, hedersrelaterat, partnervåld, utsatt, anonymt, Sodermalm, ideell, chatt"
    make_namnd("sodermalm")
    need = understand(text, Today().vocabulary()).need
    (row,) = find_services(need, make_user(), today).fits
    assert row.fits == (
        "13–26 år",
        f"{NEAR} och {HONOUR}",
        "den som är utsatt",
        "man får vara anonym",
        "hela staden",
        "civilsamhället",
        "nämner ”chatt”",
    )
    assert row.unknown == ()


@pytest.mark.parametrize(
    ("ages", "fits"),
    [
        ((None, None), None),
        ((0, None), True),
        ((13, 26), True),
        ((None, 17), True),
        ((18, None), False),
        ((None, 16), False),
        ((17, 17), True),
    ],
)
def test_an_age_fits_or_not_or_nobody_knows(ages, fits):
    make_service("jour", age_from=ages[0], age_to=ages[1])
    expected = {True: (["jour"], [], []), False: ([], [], []), None: ([], [], ["jour"])}[fits]
    assert found(Need(ages=(AgeSpan(17, 17),))) == expected


def test_a_stadsdel_has_what_its_predecessors_had():
    old, new = make_namnd("rinkeby-kista"), make_namnd("jarva")
    NamndSuccession.objects.create(predecessor=old, successor=new, on=dt.date(2023, 7, 1))
    make_service("gammal", reach=Reach.STADSDELAR, namnder=[old])
    make_service("annan", reach=Reach.STADSDELAR, namnder=[make_namnd("farsta")])
    make_service("alla", reach=Reach.HELA)
    make_service("oviss")
    assert found(Need(namnder=("jarva",))) == (["alla", "gammal"], [], ["oviss"])
    today = Today()
    page = finding.services_for_district(new, make_user(), today)
    codes = [[r.service.code for r in rows] for rows in (page.here, page.everywhere, page.perhaps)]
    assert codes == [["gammal"], ["alla"], ["oviss"]]
    assert [place.label for place in page.here[0].places] == ["Jarva (Rinkeby-kista)"]
    assert finding.find_district("rinkeby-kista", today) == new
    assert finding.find_district("saknas", today) is None


def test_the_words_for_a_stadsdel_are_its_names_and_those_before_it():
    old, new = make_namnd("a", short_name="Rinkeby-Kista"), make_namnd("jarva", short_name="Järva")
    NamndSuccession.objects.create(predecessor=old, successor=new, on=dt.date(2023, 7, 1))
    type(old).objects.filter(pk=old.pk).update(valid_to=dt.date(2023, 6, 30))
    vocabulary = Today().vocabulary()
    for name in ("Järva", "järvas", "Rinkeby-Kista", "rinkeby kista", "Kista", "jarva"):
        assert understand(name, vocabulary).need == Need(namnder=("jarva",)), name


def test_words_order_what_fits_and_alone_they_choose():
    make_service("a", name="A", age_from=18)
    make_service("b", name="B", age_from=18, description="Skyddat boende")
    make_service("c", name="C", how_to_reach="Boendet har en telefon")
    need = Need(ages=(AgeSpan(20, 20),), words=("boende", "tjej"))
    assert found(need) == (["b", "a"], ["c"], [])
    assert find_services(need, make_user(), Today()).unmatched_words == ("tjej",)
    assert found(Need(words=("boende", "tjej"))) == (["b", "c"], [], [])


def test_a_record_is_old_a_year_after_it_was_verified(samordnare: User):
    for code, day in (
        ("aldrig", None),
        ("gammal", dt.date(2025, 2, 2)),
        ("nyss", dt.date(2025, 2, 3)),
    ):
        make_service(code, verified_on=day, verified_by=samordnare if day else None)
    make_service("slut", retired_on=TODAY, retired_why="Slut")
    old = finding.not_verified_for_a_year(samordnare, Today())
    assert [row.service.code for row in old] == ["aldrig", "gammal"]
    rows = finding.all_services(samordnare, Today())
    assert {row.service.code: row.is_old for row in rows} == {
        "aldrig": True,
        "gammal": True,
        "nyss": False,
    }


def test_a_year_before_the_leap_day_is_the_day_before_march():
    assert finding.year_ago(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)
