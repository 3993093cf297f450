"""A nämnd's own registry numbers: out of a series without race or duplicate, or typed."""

import datetime as dt
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from organisation.domain.errors import Conflict, Invalid, NotAllowed
from organisation.enums import Role
from papers.models import PaperTemplate
from remisser.domain.answers import start_answer
from remisser.domain.own_dnr import (
    NO_NUMBER,
    OwnDnr,
    SeriesFacts,
    add_series,
    change_series,
    give_dnr,
)
from remisser.models import DnrSeries, Registration
from tests.committed import committed_db  # noqa: F401
from tests.factories import make_instance, make_namnd, make_remiss, make_template, make_user
from tests.remisser.registering import a_remiss, registered

TODAY = dt.date(2026, 11, 20)
PATTERN = "3.1.1-{nr}/{år}"
in_db = pytest.mark.django_db


@pytest.fixture
def today():
    with time_machine.travel("2026-11-20T09:00+01:00", tick=False):
        yield TODAY


@pytest.fixture
def secretary(db, today):
    return make_user(Role.NAMNDSEKRETERARE, make_namnd("sodermalm"), name="Siv")


@pytest.fixture
def series(secretary):
    return add_series(make_namnd("sodermalm"), SeriesFacts(PATTERN, 7), actor=secretary)


def instance(number=1, namnd="sodermalm"):
    return make_instance(make_remiss(f"KS 2026/{number}"), make_namnd(namnd))


def test_fifty_parallel_registrations_give_fifty_distinct_numbers(committed_db):  # noqa: F811
    secretaries = [make_user(Role.NAMNDSEKRETERARE, make_namnd("sodermalm")) for _ in range(50)]
    series = add_series(make_namnd("sodermalm"), SeriesFacts(PATTERN, 1), actor=secretaries[0])
    works = [
        partial(registered, a_remiss(number, series=series), by)
        for number, by in enumerate(secretaries, start=1)
    ]
    answers = committed_db.in_threads(*works)
    assert [a for a in answers if isinstance(a, Exception)] == []
    connection.close()
    found = Registration.objects.order_by("number")
    # Each once, and none left out.
    assert [one.number for one in found] == list(range(1, 51))
    assert len({one.dnr_key for one in found}) == 50
    series.refresh_from_db()
    assert series.last_number == 50


def test_a_number_comes_from_the_series_and_stands_in_the_answer(secretary, series):
    found = instance()
    given = give_dnr(found, OwnDnr(series), actor=secretary)
    assert (given.dnr, given.number, given.year) == ("3.1.1-7/2026", 7, 2026)
    make_template()
    answer = start_answer(found, PaperTemplate.objects.get(code="prov"), secretary)
    assert answer.paper.dnr == "3.1.1-7/2026"


def test_a_new_year_begins_from_one(secretary, series):
    give_dnr(instance(), OwnDnr(series), actor=secretary)
    with time_machine.travel("2027-01-04T09:00+01:00", tick=False):
        assert give_dnr(instance(2), OwnDnr(series), actor=secretary).dnr == "3.1.1-1/2027"


def test_typed_numbers_are_passed_over(secretary, series):
    give_dnr(instance(1), OwnDnr(typed="3.1.1 – 7/2026"), actor=secretary)
    assert give_dnr(instance(2), OwnDnr(series), actor=secretary).dnr == "3.1.1-8/2026"


def test_the_same_again_takes_no_second_number(secretary, series):
    found = instance()
    first = give_dnr(found, OwnDnr(series), actor=secretary)
    assert give_dnr(found, OwnDnr(series), actor=secretary) == first
    assert give_dnr(found, NO_NUMBER, actor=secretary) == first
    assert DnrSeries.objects.get().last_number == 7


def test_a_typed_number_stands_once_in_a_namnd_and_may_in_two(secretary):
    give_dnr(instance(1), OwnDnr(typed="110-1166/2015"), actor=secretary)
    with pytest.raises(Invalid, match="står redan på nämndens svar på KS 2026/1"):
        give_dnr(instance(2), OwnDnr(typed="110 - 1166/2015"), actor=secretary)
    other = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    assert give_dnr(instance(3, "bromma"), OwnDnr(typed="110-1166/2015"), actor=other)


def test_a_typed_number_can_be_put_right_and_one_of_a_series_stays(secretary, series):
    found = instance()
    give_dnr(found, OwnDnr(typed="3.1.1-70/2026"), actor=secretary)
    assert give_dnr(found, OwnDnr(typed="3.1.1-71/2026"), actor=secretary).dnr == "3.1.1-71/2026"
    given = give_dnr(found, OwnDnr(series), actor=secretary)
    with pytest.raises(Invalid, match="taget ur nämndens serie"):
        give_dnr(found, OwnDnr(typed="3.1.1-72/2026"), actor=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.filter(pk=given.pk).update(dnr="3.1.1-72/2026")
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.filter(pk=given.pk).delete()


def test_the_database_holds_that_a_number_is_of_the_instances_own_namnd(secretary, series):
    given = give_dnr(instance(), OwnDnr(series), actor=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.filter(pk=given.pk).update(namnd=make_namnd("bromma"))
    with pytest.raises(DatabaseError), transaction.atomic():
        DnrSeries.objects.filter(pk=series.pk).update(last_number=3)


@pytest.mark.parametrize("role", [r for r in Role.values if r != Role.NAMNDSEKRETERARE])
def test_nobody_else_gives_numbers(secretary, series, role):
    namnd = None if role == Role.SYSTEMFORVALTARE else make_namnd("sodermalm")
    with pytest.raises(NotAllowed):
        give_dnr(instance(), OwnDnr(series), actor=make_user(role, namnd))


def test_another_namnds_series_gives_nothing(secretary, series):
    other = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    with pytest.raises(Invalid, match="en av nämndens serier"):
        give_dnr(instance(1, "bromma"), OwnDnr(series), actor=other)


@in_db
@pytest.mark.parametrize("pattern", ["3.1.1-{nr}", "{år}", "{nr}/{år}-{nr}", "{x}-{nr}/{år}", "x"])
def test_a_pattern_has_number_and_year_once_each(secretary, pattern):
    with pytest.raises(Invalid, match="löpnumret"):
        add_series(make_namnd("sodermalm"), SeriesFacts(pattern, 1), actor=secretary)


def test_the_next_number_can_be_set_but_not_to_one_that_was_given(secretary, series):
    seen = SeriesFacts(PATTERN, 7)
    change_series(series, SeriesFacts(PATTERN, 730), actor=secretary, seen=seen)
    assert give_dnr(instance(), OwnDnr(series), actor=secretary).dnr == "3.1.1-730/2026"
    with pytest.raises(Conflict, match="Nästa nummer är nu 731"):
        change_series(series, SeriesFacts(PATTERN, 9), actor=secretary, seen=seen)
    with pytest.raises(Invalid, match="högre än 730"):
        change_series(
            series, SeriesFacts(PATTERN, 9), actor=secretary, seen=SeriesFacts(PATTERN, 731)
        )


def test_a_series_that_is_not_used_gives_nothing(secretary, series):
    seen = SeriesFacts(PATTERN, 7)
    change_series(series, SeriesFacts(PATTERN, 7, used=False), actor=secretary, seen=seen)
    with pytest.raises(Invalid):
        give_dnr(instance(), OwnDnr(series), actor=secretary)
