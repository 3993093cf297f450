"""An indicator measures a goal from when to when: moved by a decision, read by the period."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from desk.demo.organisation import load_namnder
from indicators.domain import life
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in
from indicators.domain.goal_figures import read_goal_figures
from indicators.domain.ledger import expected_of, matrix_of, todo_of, unclaimed_in
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.domain.register import list_register, read_indicator
from indicators.domain.sheet import entry_sheet
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import ExpectedCell, IndicatorGoal
from organisation.enums import Role
from programme.domain.errors import Conflict, Invalid, NotAllowed
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
)
from tests.indicators.programme_sheets import as_workbook, as_yaml, small
from trace.models import Event

pytestmark = pytest.mark.django_db
SUMMER = dt.date(2025, 5, 1)


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))


@pytest.fixture
def indicator():
    return make_indicator().indicator


def move(indicator, actor, **given):
    goal = given.pop("goal", None) or make_goal(2)
    given.setdefault("leaves", indicator.goal_links.order_by("pk").first())
    indicator.refresh_from_db()
    life.move_indicator(
        indicator,
        actor=actor,
        **{
            "expected_version": indicator.revision,
            "goal": goal,
            "on": SUMMER,
            "decision": "KF 2025-04-28 § 5",
            **given,
        },
    )


def codes(goals) -> dict[str, list[str]]:
    """Number of a goal → codes of what stands under it."""
    return {goal.code: [result.code for result in goal.indicators] for goal in goals}


def test_every_page_reads_the_goal_of_the_period(indicator, coordinator):
    namnd, t1, t2 = make_namnd(), make_period("2025-T1"), make_period("2025-T2")
    move(indicator, coordinator)
    for period, home, other in ((t1, "1", "2"), (t2, "2", "1")):
        followed = consolidate(period, audience=Audience.OTHERS)
        assert codes(followed.goals) == {home: ["i-1"], other: []}
        asked = todo_of(namnd, period)
        assert [g.goal.code for g in asked.goals] == [home]
        sheet = entry_sheet(make_report(namnd, period))
        assert [goal.goal.code for goal in sheet.goals] == [home]
        (cell,) = expected_of(namnd, period)
        assert cell.goal_ids == [make_goal(int(home)).pk]
        matrix = matrix_of(period)
        counts = {
            g.code: c.indicators for g, c in zip(matrix.goals, matrix.rows[0].cells, strict=True)
        }
        assert counts == {home: 1, other: 0}
        assert unclaimed_in(period).indicators == ()
    for day, home in ((dt.date(2025, 4, 30), 1), (SUMMER, 2)):
        assert [
            f.code
            for f in read_goal_figures(make_goal(home).pk, audience=Audience.OTHERS, today=day)
        ] == ["i-1"]
        assert [g.heading[:5] for g in list_register(day) if g.rows] == [f"Mål {home}"]
        page = read_indicator("i-1", audience=Audience.OTHERS, today=day)
        assert [(g.code, g.holds) for g in page.goals] == [
            (str(home), True),
            (str(3 - home), False),
        ]


def test_it_stays_in_the_ledger_only_while_it_has_a_goal(indicator):
    namnd, t1, t2 = make_namnd(), make_period("2025-T1"), make_period("2025-T2")
    indicator.goal_links.update(valid_to=dt.date(2025, 4, 30))
    assert set(ExpectedCell.objects.values_list("period__code", "namnd__code")) == {
        (t1.code, namnd.code)
    }
    assert [bool(expected_in(period).definitions) for period in (t1, t2)] == [True, False]


def test_a_move_is_recorded_and_told(indicator, coordinator):
    move(indicator, coordinator, source="Budget 2025")
    left, came = indicator.goal_links.order_by("pk")
    assert (left.valid_to, left.end_decision) == (dt.date(2025, 4, 30), "KF 2025-04-28 § 5")
    assert (came.valid_from, came.decision, came.source) == (
        SUMMER,
        "KF 2025-04-28 § 5",
        "Budget 2025",
    )
    assert Event.objects.get(verb="flyttad-mellan-mal").summary == (
        "Indikatorn lämnade mål 1 i Program mot våld 2021–2025 och lades till mål 2 i Program mot "
        "våld 2021–2025 från 2025-05-01, KF 2025-04-28 § 5"
    )


def test_a_goal_more_and_a_goal_less_but_never_none(indicator, coordinator):
    def leave(on: dt.date) -> None:
        indicator.refresh_from_db()
        link = indicator.goal_links.filter(valid_to=None).order_by("pk").first()
        life.move_indicator(
            indicator,
            actor=coordinator,
            expected_version=indicator.revision,
            leaves=link,
            goal=None,
            on=on,
            decision="KF § 6",
        )

    move(indicator, coordinator, leaves=None)
    assert indicator.goal_links.filter(valid_to=None).count() == 2
    leave(dt.date(2025, 9, 1))
    with pytest.raises(Invalid, match="utan mål"):
        leave(dt.date(2025, 10, 1))
    assert indicator.goal_links.get(valid_to=None).goal.code == "2"


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"decision": " "}, "decision", "Ange beslutet"),
        ({"decision": "enligt 19121212-1212"}, "decision", "personnummer"),
        ({"on": dt.date(2024, 12, 31)}, "on", "låsta"),
        ({"on": dt.date(2026, 1, 1)}, "goal", "gäller inte den dagen"),
    ],
)
def test_a_move_that_cannot_be_is_refused_at_the_field(indicator, coordinator, given, field, says):
    make_period("2024-VB", state="last")
    with pytest.raises(Invalid, match=says) as refused:
        move(indicator, coordinator, **given)
    assert refused.value.field == field
    assert indicator.goal_links.get().valid_to is None


def test_only_the_coordinator_moves_and_only_what_is_as_it_was_seen(indicator, coordinator):
    with pytest.raises(NotAllowed):
        move(indicator, make_user(Role.GRANSKARE, make_namnd()))
    with pytest.raises(Conflict):
        move(indicator, coordinator, expected_version=7)
    with pytest.raises(Invalid, match="hör redan"):
        move(indicator, coordinator, leaves=None, goal=make_goal(1))


def test_the_database_refuses_the_same_goal_twice_at_a_time(indicator):
    goal = indicator.goals.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorGoal.objects.create(indicator=indicator, goal=goal, valid_from=SUMMER)
    indicator.goal_links.update(valid_to=dt.date(2025, 4, 30))
    IndicatorGoal.objects.create(indicator=indicator, goal=goal, valid_from=SUMMER)


# In files -----------------------------------------------------------------------------------------

MOVED = {
    "Indikatorer": [{"Kod": "antal-fragade", "Mål": ["2"], "Slag": "I", "Källa": "Test"}],
    "Indikatorers mål": [
        {
            "Indikator": "antal-fragade",
            "Mål": "1",
            "Gäller till": dt.date(2026, 12, 31),
            "Upphör enligt beslut": "KF § 1",
        },
        {
            "Indikator": "antal-fragade",
            "Mål": "1.1",
            "Gäller från": dt.date(2027, 1, 1),
            "Enligt beslut": "KF § 1",
            "Källa": "Budget",
        },
    ],
}


@pytest.mark.parametrize("form", [as_yaml, as_workbook])
def test_a_move_is_loaded_taken_out_and_loaded_again(form):
    load_namnder()
    load_programme(form(small()))
    load_programme(form(small(**MOVED)))
    links = IndicatorGoal.objects.order_by("pk").values_list("goal__text", "valid_from", "valid_to")
    assert sorted(links, key=str) == [
        ("Ett andra mål.\nPå två rader.", None, None),
        ("Ett delmål.", dt.date(2027, 1, 1), None),
        ("Ett första mål.", None, dt.date(2026, 12, 31)),
    ]
    assert load_programme(form(small(**MOVED))).plan.changes == ()
    out = programme_yaml(read_existing("prov-2026-2030"))
    load_programme(form(small()))
    assert IndicatorGoal.objects.filter(valid_from=None, valid_to=None).count() == 2
    assert programme_yaml(read_existing("prov-2026-2030")) != out
    load_programme(form(small(**MOVED)))
    assert programme_yaml(read_existing("prov-2026-2030")) == out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"Mål": "2"}, "hör redan till mål 2 hela tiden"),
        ({"Mål": "1.1", "Gäller till": dt.date(2027, 6, 1)}, "överlappar"),
        ({"Mål": "9"}, "Mål 9 finns inte"),
        ({"Indikator": "annan"}, "Koden ”annan” finns inte"),
    ],
)
def test_a_link_that_cannot_be_is_said_row_by_row(change, says):
    load_namnder()
    document = small(**MOVED)
    first = document["Indikatorers mål"][0]
    document["Indikatorers mål"] = [{**first, **change}, document["Indikatorers mål"][1]]
    with pytest.raises(BadFile) as bad:
        load_programme(as_yaml(document))
    assert any(says in str(problem) for problem in bad.value.problems)


def test_an_indicator_without_any_goal_is_refused():
    load_namnder()
    document = small()
    del document["Indikatorer"][0]["Mål"]
    with pytest.raises(BadFile) as bad:
        load_programme(as_yaml(document))
    assert ["Mål saknas" in str(problem) for problem in bad.value.problems] == [True]
