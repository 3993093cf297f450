"""Several programmes side by side: delmål, links between goals, tags, and the commands on them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from organisation.enums import Role
from programme.domain import read_goal, read_programme
from programme.domain.errors import Conflict, Invalid, NotAllowed
from programme.domain.goals import (
    add_goal,
    change_goal,
    link_goals,
    remove_goal,
    save_precondition,
    unlink_goals,
)
from programme.domain.parts import Facts
from programme.domain.programmes import ProgrammeFacts, add_programme, change_programme
from programme.models import Goal, GoalLink
from tests.factories import (
    make_activity,
    make_goal,
    make_link,
    make_part,
    make_perspective,
    make_precondition,
    make_programme,
    make_reference,
    make_user,
    make_violence_type,
    make_wording,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 5, 5)
SLUG = "vald-2021-2025"


@pytest.fixture
def coordinator():
    return make_user(Role.SAMORDNARE)


# Goals and delmål --------------------------------------------------------------------------------


def test_delmål_are_numbered_within_their_goal_and_stand_after_it():
    for number in (10, 2):
        goal = make_goal(number)
        for part in (2, 1):
            make_part(goal, part)
    assert [goal.code for goal in Goal.objects.in_order()] == [
        "2", "2.1", "2.2", "10", "10.1", "10.2",
    ]  # fmt: skip
    rows = read_programme(SLUG, on=TODAY).goals
    assert [(row.code, [part.code for part in row.parts]) for row in rows] == [
        ("2", ["2.1", "2.2"]),
        ("10", ["10.1", "10.2"]),
    ]
    page = read_goal(SLUG, "10.1", on=TODAY)
    assert (page.name.heading, page.parent.code) == ("Delmål 10.1. Delmål nummer 1.", "10")
    assert (page.earlier, page.later) == (None, "10.2")
    assert Goal.objects.with_code("2").get().parent is None
    assert Goal.objects.with_code("10.2").get().text == "Delmål nummer 2."


def test_a_number_is_used_once_in_its_place():
    goal = make_goal(1)
    make_part(goal, 1)
    make_part(make_goal(2), 1)
    with pytest.raises(IntegrityError, match="goal_number_once"):
        make_part(goal, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda goal, _: make_programme("annat").goals.create(number=1, text="x", parent=goal),
        lambda _, part: make_part(part, 1),
        lambda goal, _: Goal.objects.filter(pk=goal.pk).update(parent=make_goal(2)),
    ],
    ids=["of another programme", "of a delmål", "with delmål of its own"],
)
def test_a_delmål_belongs_to_a_goal_of_its_programme(wrong):
    goal = make_goal(1)
    part = make_part(goal, 1)
    with pytest.raises(IntegrityError, match="goal_parent_fits"):
        wrong(goal, part)


def test_a_goal_keeps_its_programme():
    goal = make_goal(1)
    with pytest.raises(IntegrityError, match="a goal keeps its programme"):
        Goal.objects.filter(pk=goal.pk).update(programme=make_programme("annat"))


# Goals that correspond ---------------------------------------------------------------------------


@pytest.fixture
def regional():
    """The city's seven goals and the eight regional ones, as they correspond."""
    city, region = make_programme(), make_reference()
    for number in range(1, 9):
        make_goal(number, region)
    for mine, theirs in {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 7, 7: 8}.items():
        make_link(make_goal(mine, city), make_goal(theirs, region))
    return region


def test_city_5_is_regional_6_and_regional_5_is_nobodys(regional):
    def found(slug, number):
        page = read_goal(slug, number, on=TODAY)
        return [c.goal.code for c in page.counterparts], page.without_counterpart

    assert [found(SLUG, n) for n in (4, 5, 6, 7)] == [
        (["4"], ()),
        (["6"], ()),
        (["7"], ()),
        (["8"], ()),
    ]
    assert found("regional-2020-2026", 6) == (["5"], ())
    assert found("regional-2020-2026", 5) == ([], ("Program mot våld 2021–2025",))
    (table,) = read_programme(SLUG, on=TODAY).correspondences
    assert [(mine.code, [g.code for g in theirs]) for mine, theirs in table.rows] == [
        ("1", ["1"]), ("2", ["2"]), ("3", ["3"]), ("4", ["4"]),
        ("5", ["6"]), ("6", ["7"]), ("7", ["8"]),
    ]  # fmt: skip
    assert [goal.code for goal in table.alone] == ["5"]


def test_a_link_that_has_ended_is_shown_with_its_days_but_does_not_hold(coordinator):
    link = make_link(make_goal(1))
    unlink_goals(link, actor=coordinator, last_day=dt.date(2024, 12, 31))
    (found,) = read_goal(SLUG, 1, on=TODAY).counterparts
    assert (found.holds, found.valid_to) == (False, dt.date(2024, 12, 31))
    assert read_programme(SLUG, on=TODAY).correspondences == ()
    unlink_goals(link, actor=coordinator)
    assert not GoalLink.objects.exists()


def test_goals_of_one_programme_do_not_correspond(coordinator):
    with pytest.raises(Invalid):
        link_goals(make_goal(1), make_goal(2), actor=coordinator, source="Källa")
    with pytest.raises(IntegrityError, match="goal_link_between_programmes"):
        make_link(make_goal(1), make_goal(2))


def test_a_link_is_told_once_whichever_end_it_begins_at(coordinator):
    mine, theirs = make_goal(1), make_goal(1, make_reference())
    link_goals(mine, theirs, actor=coordinator, source="Källa")
    with pytest.raises(Invalid, match="motsvarar redan varandra"):
        link_goals(theirs, mine, actor=coordinator, source="Källa")
    with pytest.raises(Invalid) as refusal:
        link_goals(mine, make_goal(2, make_reference()), actor=coordinator, source=" ")
    assert refusal.value.field == "source"


day = st.none() | st.dates(dt.date(2021, 1, 1), dt.date(2021, 1, 12))
spans = st.tuples(day, day).filter(lambda s: None in s or s[0] <= s[1])


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(spans, st.booleans()), min_size=1, max_size=5))
def test_the_database_lets_no_two_links_of_the_same_goals_overlap(wanted):
    def overlap(a, b):
        first, last = dt.date.min, dt.date.max
        return (a[0] or first) <= (b[1] or last) and (b[0] or first) <= (a[1] or last)

    with transaction.atomic():
        ends = [make_goal(1), make_goal(1, make_reference())]
        kept = []
        for span, turned in wanted:
            mine, theirs = reversed(ends) if turned else ends
            try:
                with transaction.atomic():
                    make_link(mine, theirs, valid_from=span[0], valid_to=span[1])
            except IntegrityError:
                assert any(overlap(span, other) for other in kept)
            else:
                assert not any(overlap(span, other) for other in kept)
                kept.append(span)
        for probe in (dt.date(2021, 1, 1) + dt.timedelta(days=n) for n in range(12)):
            holding = [s for s in kept if (s[0] or probe) <= probe <= (s[1] or probe)]
            assert GoalLink.objects.valid_on(probe).count() == len(holding) <= 1
        transaction.set_rollback(True)


def test_days_are_in_order():
    with pytest.raises(IntegrityError, match="precondition_days_in_order"):
        make_precondition(valid_from=TODAY, valid_to=dt.date(2025, 1, 1))


def test_a_precondition_has_a_source_or_is_an_example():
    with pytest.raises(IntegrityError, match="precondition_has_source_or_is_example"):
        make_precondition(is_example=False)


# Commands ----------------------------------------------------------------------------------------


def test_a_next_programme_is_begun_without_a_developer(coordinator):
    facts = ProgrammeFacts("Nästa program", "Nästa", 2026, 2030, "Förslag", "stad")
    made = add_programme(
        "vald-2026-2030", facts, actor=coordinator, violence_types=[make_violence_type()]
    )
    goal = add_goal(made, actor=coordinator, number=1, text="Första målet.")
    part = add_goal(made, actor=coordinator, number=1, text="Ett delmål.", parent=goal)
    page = read_programme("vald-2026-2030", on=TODAY)
    assert page.violence_types == ("prostitution",)
    assert [(g.text, [p.text for p in g.parts]) for g in page.goals] == [
        ("Första målet.", ["Ett delmål."])
    ]
    with pytest.raises(Invalid) as refusal:
        add_goal(made, actor=coordinator, number=1, text="Ett till.", parent=goal)
    assert (refusal.value.field, refusal.value.message) == ("number", "Nummer 1 är upptaget.")
    with pytest.raises(Invalid):
        add_goal(made, actor=coordinator, number=1, text="För djupt.", parent=part)
    with pytest.raises(Invalid) as refusal:
        add_programme("nytt", facts, actor=coordinator)
    assert refusal.value.field == "slug"


def test_years_do_not_leave_out_what_the_programme_holds(coordinator):
    goal = make_goal(1)
    facts = Facts(valid_from=dt.date(2021, 7, 1))
    change_goal(goal, actor=coordinator, expected_version=0, facts=facts)
    programme = goal.programme
    later = ProgrammeFacts("Namn", "Kort", 2022, 2025, "Källa", "stad")
    with pytest.raises(Invalid) as refusal:
        change_programme(programme, later, actor=coordinator, expected_version=0)
    assert refusal.value.field == "first_year"
    outside = Facts(valid_to=dt.date(2026, 1, 1))
    with pytest.raises(Invalid) as refusal:
        change_goal(goal, actor=coordinator, expected_version=1, facts=outside)
    assert refusal.value.field == "valid_to"


def test_tags_and_facts_are_changed_and_whoever_is_second_is_told(coordinator):
    goal = make_goal(1)
    facts = Facts(
        source="En bok", violence_types=(make_violence_type(),), perspectives=(make_perspective(),)
    )
    change_goal(goal, actor=coordinator, expected_version=0, facts=facts)
    page = read_goal(SLUG, 1, on=TODAY)
    assert (page.source, page.violence_types, page.perspectives) == (
        "En bok", ("prostitution",), ("barnratt",),
    )  # fmt: skip
    with pytest.raises(Conflict) as conflict:
        change_goal(goal, actor=coordinator, expected_version=0, facts=Facts())
    assert conflict.value.revision == 1
    assert read_goal(SLUG, 1, on=TODAY).source == "En bok"


def test_a_text_that_was_not_known_may_be_laid_in_but_not_one_that_is(coordinator):
    goal = make_goal(1, text="")
    assert str(goal) == "Mål 1"
    change_goal(goal, actor=coordinator, expected_version=0, facts=Facts(), text="Funnen.")
    assert read_goal(SLUG, 1, on=TODAY).text == "Funnen."
    with pytest.raises(Invalid):
        change_goal(goal, actor=coordinator, expected_version=1, facts=Facts(), text="Annan.")


def test_only_what_nothing_rests_on_is_removed(coordinator):
    goal = make_goal(1)
    make_activity("a-1", goal)
    make_wording(goal, TODAY, "Ny.")
    with pytest.raises(Invalid, match="där finns aktiviteter, målens lydelser"):
        remove_goal(goal, actor=coordinator, expected_version=0)
    alone = make_goal(2)
    remove_goal(alone, actor=coordinator, expected_version=0)
    assert [g.number for g in Goal.objects.all()] == [1]


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.SAMORDNARE])
def test_nobody_but_the_coordinator_keeps_the_structure(role):
    goal, facts = make_goal(1), ProgrammeFacts("N", "N", 2026, 2030, "K", "stad")
    who = {"actor": make_user(role, is_superuser=True)}
    now = {**who, "expected_version": 0}
    for command in (
        lambda: add_programme("p", facts, **who),
        lambda: change_programme(goal.programme, facts, **now),
        lambda: add_goal(goal.programme, number=2, text="x", **who),
        lambda: change_goal(goal, facts=Facts(), **now),
        lambda: remove_goal(goal, **now),
        lambda: save_precondition(goal, text="x", source="x", **now),
        lambda: link_goals(goal, make_goal(1, make_reference()), source="x", **who),
    ):
        with pytest.raises(NotAllowed):
            command()


def test_days_in_the_wrong_order_are_said_at_the_field(coordinator):
    mine, theirs = make_goal(1), make_goal(1, make_reference())
    days = {"valid_from": dt.date(2024, 1, 1), "valid_to": dt.date(2023, 1, 1)}
    with pytest.raises(Invalid) as refusal:
        link_goals(mine, theirs, actor=coordinator, source="Källa", **days)
    assert refusal.value.field == "valid_to"
