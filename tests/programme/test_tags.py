"""What a goal or an activity is about, from when to when and by which source."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from desk.demo.organisation import load_namnder
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.exports.programme_yaml import programme_yaml
from organisation.enums import Role
from programme.domain import read_activity, read_goal, read_programme
from programme.domain.activities import change_activity
from programme.domain.errors import Invalid
from programme.domain.goals import change_goal
from programme.domain.parts import Facts
from programme.models import Activity, Goal, GoalPerspective, GoalViolenceType
from tests.factories import (
    make_activity,
    make_goal,
    make_perspective,
    make_user,
    make_violence_type,
)
from tests.indicators.programme_sheets import as_workbook, as_yaml, small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SLUG = "vald-2021-2025"
DAY, EVE = dt.date(2024, 1, 1), dt.date(2023, 12, 31)


@pytest.fixture
def today():
    with time_machine.travel(dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE)


def tag(row, coordinator, *, kinds=(), perspectives=(), **more):
    row.refresh_from_db()
    facts = Facts(
        is_example=True, violence_types=tuple(kinds), perspectives=tuple(perspectives), **more
    )
    if isinstance(row, Goal):
        return change_goal(row, actor=coordinator, expected_version=row.revision, facts=facts)
    return change_activity(
        row, actor=coordinator, expected_version=row.revision, order=1, facts=facts
    )


def told(row, on: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if isinstance(row, Goal):
        page = read_goal(SLUG, row.code, on=on)
        return page.violence_types, page.perspectives
    row = read_activity(SLUG, row.code, on=on).activity
    return row.violence_types, row.perspectives


@pytest.fixture(params=["goal", "activity"])
def row(request):
    return make_goal(1) if request.param == "goal" else make_activity("a-1")


def test_a_tag_is_put_on_and_taken_off_from_a_day(row, coordinator):
    hot, barn = make_violence_type("hot"), make_perspective("barnratt")
    tag(row, coordinator, kinds=[hot])
    assert told(row, EVE) == told(row, DAY) == (("hot",), ())
    tag(row, coordinator, perspectives=[barn], tags_from=DAY, tags_source="KF § 1")
    assert told(row, EVE) == (("hot (till och med 2023-12-31)",), ())
    assert told(row, DAY) == ((), ("barnratt (från 2024-01-01, KF § 1)",))
    link = row.perspective_links.get()
    assert (link.valid_from, link.valid_to, link.source) == (DAY, None, "KF § 1")
    tag(row, coordinator)
    assert told(row, DAY) == ((), ())
    assert not row.perspective_links.exists()


def test_what_has_been_taken_off_comes_back_from_a_day_only(row, coordinator):
    hot = make_violence_type("hot")
    tag(row, coordinator, kinds=[hot])
    tag(row, coordinator, tags_from=DAY)
    with pytest.raises(Invalid) as refused:
        tag(row, coordinator, kinds=[hot])
    assert refused.value.field == "tags_from"
    with pytest.raises(Invalid) as refused:
        tag(row, coordinator, kinds=[hot], tags_from=EVE)
    assert refused.value.field == "tags_from"
    tag(row, coordinator, kinds=[hot], tags_from=dt.date(2024, 3, 1))
    assert told(row, dt.date(2024, 2, 1)) == ((), ())
    assert told(row, dt.date(2024, 3, 1)) == (("hot (från 2024-03-01)",), ())


@pytest.mark.parametrize("model", [GoalViolenceType, GoalPerspective])
def test_the_database_wants_days_in_order_and_once_at_a_time(model):
    goal = make_goal(1)
    one = make_violence_type() if model is GoalViolenceType else make_perspective()
    key = "violencetype" if model is GoalViolenceType else "perspective"
    model.objects.create(goal=goal, **{key: one}, valid_to=EVE)
    model.objects.create(goal=goal, **{key: one}, valid_from=DAY)
    with pytest.raises(IntegrityError, match=f"goal_{key}_once_at_a_time"):
        model.objects.create(goal=goal, **{key: one}, valid_from=dt.date(2025, 1, 1))


def test_the_page_takes_the_day_and_the_history_tells_it(client: Client, coordinator):
    hot, goal = make_violence_type("hot"), make_goal(1)
    client.force_login(coordinator)
    url = reverse("goal-change", args=[SLUG, "1"])
    assert "Märkningen ändras från" in client.get(url).content.decode()
    sent = {"revision": 0, "violence_types": [hot.pk], "tags_from": "2024-01-01"}
    assert client.post(url, {**sent, "tags_source": "KF § 1"}).status_code == 302
    assert told(goal, DAY) == (("hot (från 2024-01-01, KF § 1)",), ())
    page = client.get(url).content.decode()
    assert re.search(rf'value="{hot.pk}"[^>]* checked', page)
    history = client.get(reverse("goal-history", args=[SLUG, "1"])).content.decode()
    assert "Våldstypen hot" in history


def test_a_programme_has_its_tags_all_its_years():
    goal = make_goal(1)
    goal.programme.violence_types.add(make_violence_type("hot"))
    assert read_programme(SLUG, on=DAY).violence_types == ("hot",)


# The file ----------------------------------------------------------------------------------------


@pytest.fixture
def document() -> dict:
    load_namnder()
    return small()


def test_a_file_says_for_which_time(document):
    document["Mål"][0]["Våldstyper"] = []
    document["Märkning"] = [
        {"Mål": "1", "Våldstyp": "hot", "Gäller från": dt.date(2026, 1, 1), "Källa": "KF § 1"},
        {"Aktivitet": "fraga", "Perspektiv": "barnratt", "Gäller till": dt.date(2027, 1, 1)},
    ]
    load_programme(as_workbook(document))
    goal = Goal.objects.get(parent=None, number=1)
    (link,) = goal.violence_type_links.all()
    assert (link.valid_from, link.source) == (dt.date(2026, 1, 1), "KF § 1")
    assert Activity.objects.get(code="fraga").perspective_links.get().valid_to == dt.date(
        2027, 1, 1
    )
    assert load_programme(as_yaml(document)).plan.changes == ()
    out = programme_yaml(read_existing("prov-2026-2030"))
    assert "märkning:" in out.decode()
    document["Märkning"].pop(0)
    document["Mål"][0]["Våldstyper"] = ["hot"]
    load_programme(as_yaml(document))
    (link,) = goal.violence_type_links.all()
    assert (link.valid_from, link.source) == (None, "")
    document["Märkning"] = []
    load_programme(as_yaml(document))
    assert not Activity.objects.get(code="fraga").perspective_links.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"Våldstyp": "hot"}, "kolumn A (Mål): Skriv antingen ett mål eller"),
        ({"Mål": "9", "Våldstyp": "hot"}, "kolumn A (Mål): Mål 9 finns inte"),
        ({"Aktivitet": "frga", "Våldstyp": "hot"}, "kolumn B (Aktivitet): Koden ”frga” finns inte"),
        ({"Mål": "2"}, "kolumn C (Våldstyp): Skriv antingen en våldstyp eller ett perspektiv."),
        ({"Mål": "2", "Våldstyp": "hott"}, "kolumn C (Våldstyp): Koden ”hott” finns inte"),
        ({"Mål": "2", "Perspektiv": "x"}, "kolumn D (Perspektiv): Koden ”x” finns inte"),
        ({"Mål": "1", "Våldstyp": "hot"}, "kolumn C (Våldstyp): Märkningen gäller redan"),
    ],
)
def test_a_row_that_marks_nothing_is_refused(document, row, said):
    document["Märkning"] = [row]
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    (problem,) = map(str, bad.value.problems)
    assert problem.startswith(f"Märkning, rad 2, {said}")


def test_a_tag_twice_at_a_time_is_refused(document):
    document["Märkning"] = [
        {"Mål": "2", "Våldstyp": "hot", "Gäller till": dt.date(2027, 1, 1)},
        {"Mål": "2", "Våldstyp": "hot", "Gäller från": dt.date(2027, 1, 1)},
    ]
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    assert "Raden överlappar rad 2" in str(bad.value.problems[0])
