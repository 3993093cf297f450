"""Nämnder: their order, when they exist, who follows whom."""

import datetime as dt

import pytest
from django.db import IntegrityError

from organisation.enums import NamndGroup, NamndKind
from organisation.models import Meeting, Namnd, NamndSuccession
from tests.factories import make_namnd

pytestmark = pytest.mark.django_db


def test_å_ä_and_ö_come_last_in_that_order():
    for code, name in (("a", "Östermalm"), ("b", "Älvsjö"), ("c", "Årsta"), ("d", "Zinken")):
        make_namnd(code, name=name)
    make_namnd("e", name="årstafältet")
    make_namnd("f", name="Bromma")
    assert [namnd.name for namnd in Namnd.objects.in_order()] == [
        "Bromma",
        "Zinken",
        "Årsta",
        "årstafältet",
        "Älvsjö",
        "Östermalm",
    ]
    assert list(Namnd.objects.all()) == list(Namnd.objects.in_order())


@pytest.mark.parametrize(
    ("day", "exists"),
    [
        (dt.date(2020, 6, 30), False),
        (dt.date(2020, 7, 1), True),
        (dt.date(2023, 6, 30), True),
        (dt.date(2023, 7, 1), False),
    ],
)
def test_a_nämnd_exists_from_its_first_day_to_its_last(day: dt.date, exists: bool):
    namnd = make_namnd(valid_from=dt.date(2020, 7, 1), valid_to=dt.date(2023, 6, 30))
    assert Namnd.objects.valid_on(day).exists() == exists
    assert namnd.exists_on(day) == exists


def test_a_nämnd_without_days_has_always_existed():
    namnd = make_namnd()
    assert namnd.exists_on(dt.date(1900, 1, 1))
    assert Namnd.objects.valid_on(dt.date(2100, 1, 1)).get() == namnd


def test_several_may_become_one():
    merger = dt.date(2023, 7, 1)
    norrmalm, ostermalm, new = make_namnd("norrmalm"), make_namnd("ostermalm"), make_namnd("norra")
    for old in (norrmalm, ostermalm):
        NamndSuccession.objects.create(predecessor=old, successor=new, on=merger)
    assert set(new.predecessors.all()) == {norrmalm, ostermalm}
    assert list(norrmalm.successors.all()) == [new]
    assert list(new.successors.all()) == []


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        (NamndKind.STADSDELSNAMND, {"stadsdelsnamnder", "namnder", "alla"}),
        (NamndKind.FACKNAMND, {"namnder", "alla"}),
        (NamndKind.KOMMUNSTYRELSEN, {"namnder", "alla"}),
        (NamndKind.MODERBOLAG, {"alla", "bolagen"}),
        (NamndKind.BOLAG, set()),
    ],
)
def test_the_groups_a_nämnd_belongs_to(kind: str, groups: set[str]):
    namnd = make_namnd(kind=kind)
    assert {group.value for group in NamndGroup if namnd.belongs_to(group)} == groups


@pytest.mark.parametrize(
    ("name", "genitive"),
    [("Socialnämnden", "Socialnämndens"), ("Norrmalms", "Norrmalms")],
)
def test_a_name_in_s_takes_no_further_s(name: str, genitive: str):
    assert Namnd(name=name).genitive == genitive


@pytest.mark.parametrize("code", ["Södermalm", "södermalm", "a_b", "-a", "a--b", "a b", ""])
def test_a_code_is_small_letters_digits_and_single_hyphens(code: str):
    with pytest.raises(IntegrityError, match="namnd_code_is_ascii_slug"):
        make_namnd(code, name="Namn", short_name="Namn")


def test_a_nämnd_cannot_cease_before_it_begins():
    with pytest.raises(IntegrityError, match="namnd_validity_in_order"):
        make_namnd(valid_from=dt.date(2023, 7, 1), valid_to=dt.date(2023, 6, 30))


def test_a_nämnd_does_not_succeed_itself():
    namnd = make_namnd()
    with pytest.raises(IntegrityError, match="namnd_does_not_succeed_itself"):
        NamndSuccession.objects.create(predecessor=namnd, successor=namnd, on=dt.date(2023, 7, 1))


@pytest.mark.parametrize("starts_at", [None, dt.time(16)])
def test_a_nämnd_meets_once_at_a_time(starts_at):
    """Twice a day it may: an extra meeting has an hour of its own."""
    namnd, day = make_namnd(), dt.date(2023, 8, 31)
    Meeting.objects.create(namnd=namnd, date=day, starts_at=dt.time(9))
    Meeting.objects.create(namnd=namnd, date=day, starts_at=starts_at)
    Meeting.objects.create(namnd=make_namnd("bromma"), date=day, starts_at=starts_at)
    with pytest.raises(IntegrityError, match="one_meeting_at_a_time"):
        Meeting.objects.create(namnd=namnd, date=day, starts_at=starts_at)
