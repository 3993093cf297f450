"""What nämnder adopt in their verksamhetsplaner, and what is expected of them but not adopted."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.domain.adoption import PlanInput, StalePlan, adopt, check_plan, clean_paragraph
from indicators.domain.errors import InvalidEntry, NotAllowed
from indicators.domain.plans import list_plans, read_plan, year_to_show
from indicators.domain.sheet import entry_sheet
from indicators.models import Adoption, Report, Target
from organisation.enums import Role
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_user,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 12, 16)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def namnd():
    return make_namnd("sodermalm", name="Södermalms stadsdelsnämnd")


@pytest.fixture
def activity(namnd):
    return make_activity("rutin", make_goal(1), text="Fråga alla.")


@pytest.fixture
def definition(namnd):
    return make_indicator("andel", goal=make_goal(1), unit="%", aggregation="ingen")


@pytest.fixture
def secretary(namnd):
    return make_user(Role.NAMNDSEKRETERARE, namnd)


def given(*activities, indicators=(), **more):
    values = {"decided_on": DAY, "paragraph": "§ 12"} | more
    return PlanInput(
        activity_ids=frozenset(a.pk for a in activities),
        indicator_ids=frozenset(d.indicator_id for d in indicators),
        **values,
    )


def register(namnd, actor, plan, revision=0, year=2025):
    return adopt(namnd, year, plan, actor=actor, expected_revision=revision)


def test_a_decision_is_registered_with_all_its_parts(namnd, activity, definition, secretary):
    adoption = register(
        namnd,
        secretary,
        given(
            activity,
            indicators=[definition],
            own_activities={activity.goal_id: ["Egen kurs.", "Eget kafé."]},
            targets={definition.indicator_id: Decimal(80)},
        ),
    )
    plan = read_plan(namnd, 2025)
    assert plan is not None
    assert plan.adoption == adoption
    assert (adoption.decided_on, adoption.paragraph, adoption.revision) == (DAY, "12", 1)
    assert (plan.missing, plan.expected, plan.own_count) == (0, 2, 2)
    assert plan.goals[0].own_activities == ("Egen kurs.", "Eget kafé.")
    target = Target.objects.get(namnd=namnd)
    assert (target.value, target.source) == (80, "Verksamhetsplan 2025, beslutad 2024-12-16 § 12")
    event = Event.objects.about(adoption).get()
    assert (event.actor, event.scope) == (secretary, "sodermalm")
    assert event.summary == (
        "Registrerade verksamhetsplan 2025, beslutad 2024-12-16 § 12: "
        "1 aktiviteter, 1 indikatorer, 2 egna aktiviteter"
    )


def test_the_own_target_stands_beside_the_field_in_the_report(
    namnd, activity, definition, secretary
):
    register(
        namnd,
        secretary,
        given(indicators=[definition], targets={definition.indicator_id: Decimal(80)}),
    )
    sheet = entry_sheet(Report(namnd=namnd, period=make_period("2025-T1")))
    assert sheet.rows[0].target is not None
    assert (sheet.rows[0].target.text, sheet.rows[0].target.is_own) == ("80", True)


def test_what_is_expected_but_not_adopted_shows(namnd, activity, definition, secretary):
    make_activity("andra", make_goal(1), text="Utbilda alla.")
    register(namnd, secretary, given(activity))
    plans = list_plans(2025)
    (line,) = plans.lines
    assert (line.activities, line.activities_expected) == (1, 2)
    assert (line.indicators, line.indicators_expected) == (0, 1)
    assert line.missing == ("Utbilda alla.", "Indikator andel")
    assert (plans.adopted, plans.complete) == (1, 0)


def test_before_any_decision_everything_is_missing(namnd, activity, definition):
    (line,) = list_plans(2025).lines
    assert line.adoption is None
    assert line.missing == ("Fråga alla.", "Indikator andel")


def test_who_has_ceased_before_the_year_is_out_is_asked_for_its_part(activity):
    old = make_namnd("norrmalm", valid_to=dt.date(2023, 6, 30))
    new = make_namnd("norra", valid_from=dt.date(2023, 7, 1))
    assert {line.namnd for line in list_plans(2023).lines} >= {old, new}
    assert read_plan(old, 2024) is None
    assert read_plan(new, 2022) is None


@pytest.mark.parametrize("role", [Role.UPPGIFTSLAMNARE, Role.GRANSKARE, Role.LASARE, Role.LEDAMOT])
def test_only_its_secretary_and_heads_register(namnd, activity, role):
    with pytest.raises(NotAllowed):
        register(namnd, make_user(role, namnd), given(activity))
    assert register(namnd, make_user(Role.CHEF, namnd), given(activity)).pk


def test_neither_another_namnds_secretary_nor_the_coordinator_registers(namnd, activity):
    for role, where in ((Role.NAMNDSEKRETERARE, "farsta"), (Role.SAMORDNARE, "socialnamnden")):
        with pytest.raises(NotAllowed):
            register(namnd, make_user(role, make_namnd(where)), given(activity))


def test_only_what_is_expected_can_be_adopted(namnd, activity, secretary):
    theirs = make_activity("deras", make_goal(2))
    theirs.responsibilities.all().delete()
    with pytest.raises(InvalidEntry, match="väntas av nämnden"):
        register(namnd, secretary, given(activity, theirs))


def test_what_was_adopted_stays_when_it_is_no_longer_expected(namnd, activity, secretary):
    make_namnd("socialnamnden", kind="facknamnd")
    register(namnd, secretary, given(activity))
    activity.responsibilities.update(group="", namnd=make_namnd("socialnamnden"))
    plan = read_plan(namnd, 2025)
    assert plan is not None
    assert [(row.is_expected, row.is_adopted) for row in plan.activities] == [(False, True)]
    assert plan.missing == 0


def problems(namnd, year=2025, **more):
    plan = read_plan(namnd, year)
    assert plan is not None
    return [(problem.about, problem.message) for problem in check_plan(plan, given(**more))]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (None, "Ange vilken dag nämnden beslutade."),
        (
            dt.date(2025, 3, 4),
            "Beslutet är inte fattat än. Registrera det när nämnden har beslutat.",
        ),
        (
            dt.date(2023, 12, 31),
            "Verksamhetsplanen för 2025 beslutas 2024 eller 2025, inte 31 december 2023.",
        ),
    ],
)
def test_the_day_of_the_decision_has_been_and_fits_the_year(namnd, activity, day, message):
    assert problems(namnd, decided_on=day) == [("decided_on", message)]


@pytest.mark.parametrize(
    ("typed", "means"),
    [("12", "12"), ("§ 12", "12"), (" §12 a", "12a"), ("§§", ""), ("tolv", ""), ("", "")],
)
def test_a_paragraph_is_a_number(typed, means):
    assert clean_paragraph(typed) == means


@pytest.mark.parametrize(
    ("value", "ticked", "message"),
    [
        (Decimal(101), True, "En andel kan inte vara större än 100 procent."),
        (Decimal(-1), True, "Ett årsmål kan inte vara negativt."),
        (Decimal(50), False, "Kryssa i indikatorn också, eller ta bort årsmålet."),
    ],
)
def test_an_own_target_is_sensible(namnd, definition, value, ticked, message):
    assert problems(
        namnd,
        indicators=[definition] if ticked else [],
        targets={definition.indicator_id: value},
    ) == [("target", message)]


def test_own_activities_hold_no_personnummer_and_are_not_too_many(namnd, activity):
    (found,) = problems(namnd, own_activities={activity.goal_id: ["Ja", "19121212-1212"]})
    assert found[0] == "own"
    assert found[1].startswith("Rad 2 innehåller något som ser ut som ett personnummer")
    (found,) = problems(namnd, own_activities={activity.goal_id: ["x"] * 31})
    assert found[1] == "Högst 30 egna aktiviteter för ett mål. Nu är de 31."


def test_a_change_says_why_and_is_told(namnd, activity, definition, secretary):
    first = given(
        activity,
        indicators=[definition],
        own_activities={activity.goal_id: ["Egen kurs."]},
        targets={definition.indicator_id: Decimal(80)},
    )
    adoption = register(namnd, secretary, first)
    assert register(namnd, secretary, first).revision == 1  # pressed twice
    with pytest.raises(InvalidEntry, match="varför"):
        register(namnd, secretary, given(activity), 1)
    changed = register(namnd, secretary, given(activity, reason="Nytt beslut."), 1)
    assert (changed.pk, changed.revision) == (adoption.pk, 2)
    assert not Target.objects.filter(namnd=namnd).exists()
    assert not changed.own_activities.exists()
    assert [e.reason for e in Event.objects.about(adoption)] == ["Nytt beslut.", ""]


def test_who_read_an_older_plan_overwrites_nothing(namnd, activity, secretary):
    register(namnd, secretary, given(activity))
    with pytest.raises(StalePlan) as stale:
        register(namnd, secretary, given(reason="Fel"), 0)
    assert stale.value.revision == 1
    assert Adoption.objects.get().adopted_activities.count() == 1


def test_a_target_that_this_page_did_not_set_stays(namnd, activity, definition, secretary):
    Target.objects.create(indicator=definition.indicator, year=2025, value=70, source="KF")
    register(
        namnd,
        secretary,
        given(indicators=[definition], targets={definition.indicator_id: Decimal(75)}),
    )
    assert list(Target.objects.order_by("value").values_list("namnd__code", "value")) == [
        (None, 70),
        ("sodermalm", 75),
    ]


@pytest.mark.parametrize("fields", [{"paragraph": " "}, {"year": 2025}])
def test_the_database_keeps_one_decision_a_year_with_its_paragraph(namnd, fields):
    row = {"namnd": namnd, "year": 2025, "decided_on": DAY, "paragraph": "1"}
    if "year" in fields:
        Adoption.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(**row | fields)


def test_this_year_is_shown_or_the_last_that_had_a_programme():
    assert year_to_show((2025, 2024)) == 2025
    assert year_to_show((2030, 2024, 2023)) == 2024
    assert year_to_show(()) == 2025


# Pages ----------------------------------------------------------------------------------------


def browser(role, namnd):
    client = Client()
    client.force_login(make_user(role, namnd))
    return client


def test_the_secretary_registers_on_the_page(namnd, activity, definition):
    client = browser(Role.NAMNDSEKRETERARE, namnd)
    where = "/verksamhetsplaner/sodermalm/2025/"
    assert "Registrera nämndens beslut" in client.get(where).content.decode()
    fields = {
        "revision": "0",
        "beslutad": "2024-12-16",
        "paragraf": "§ 12",
        "aktivitet-rutin": "on",
        "indikator-andel": "on",
        "arsmal-andel": "82,5",
        f"egna-{activity.goal_id}": "Egen kurs.\r\n\r\n  Eget kafé.  ",
    }
    wrong = client.post(where + "registrera/", fields | {"paragraf": "tolv"})
    page = wrong.content.decode()
    assert wrong.status_code == 200
    assert 'href="#id_paragraf"' in page
    assert 'value="82,5"' in page
    assert client.post(where + "registrera/", fields).status_code == 302
    page = client.get(where).content.decode()
    for text in ("2024-12-16, § 12", "Egen kurs.", "Eget kafé.", "82,5", "Ändra det som är"):
        assert text in page
    assert Target.objects.get(namnd=namnd).value == Decimal("82.5")


def test_two_at_once_the_second_is_told_and_keeps_what_it_typed(namnd, activity, secretary):
    register(namnd, secretary, given(activity))
    client = browser(Role.CHEF, namnd)
    fields = {"revision": "0", "beslutad": "2024-12-17", "paragraf": "13", "orsak": "Fel dag"}
    page = client.post("/verksamhetsplaner/sodermalm/2025/registrera/", fields).content.decode()
    assert "Någon annan har ändrat" in page
    assert 'value="2024-12-17"' in page
    assert '<input type="hidden" name="revision" value="1">' in page
    assert Adoption.objects.get().decided_on == DAY


def test_the_coordinator_sees_who_has_not_adopted_what(namnd, activity, definition, secretary):
    register(namnd, secretary, given(activity))
    make_namnd("farsta")
    client = browser(Role.SAMORDNARE, make_namnd("socialnamnden", kind="facknamnd"))
    page = client.get("/verksamhetsplaner/", follow=True).content.decode()
    assert "1 av 2 nämnder har registrerat sitt beslut, och 0 har antagit allt" in page
    assert "<summary>1 saknas</summary>" in page
    assert "<li>Indikator andel</li>" in page
    assert "Inte registrerat" in page
    assert "registrera/" not in client.get("/verksamhetsplaner/sodermalm/2025/").content.decode()


def test_only_the_namnd_reads_who_registered(namnd, activity, secretary):
    register(namnd, secretary, given(activity))
    where = "/verksamhetsplaner/sodermalm/2025/"
    assert "Historik" in browser(Role.LASARE, namnd).get(where).content.decode()
    others = browser(Role.LASARE, make_namnd("farsta")).get(where).content.decode()
    assert "Historik" not in others
    assert secretary.name not in others


@pytest.mark.parametrize("where", ["2030/", "sodermalm/2030/", "okand/2025/"])
def test_what_is_not_there_is_said_so(namnd, activity, where):
    assert browser(Role.LASARE, namnd).get(f"/verksamhetsplaner/{where}").status_code == 404


@pytest.mark.parametrize("where", ["2025/", "sodermalm/2025/"])
def test_queries_do_not_grow(namnd, secretary, where):
    client = browser(Role.LASARE, namnd)
    counts = []
    for size in (1, 3):
        for number in range(size):
            make_namnd(f"n{number}")
        there = Adoption.objects.first()
        for number in range(0 if there is None else 1, size):
            make_activity(f"a{number}", make_goal(1 + number))
            make_indicator(f"i{number}", goal=make_goal(1 + number))
        plan = read_plan(namnd, 2025)
        assert plan is not None
        register(
            namnd,
            secretary,
            PlanInput(
                DAY,
                "1",
                frozenset(row.activity.pk for row in plan.activities),
                frozenset(row.indicator.pk for row in plan.indicators),
                {goal.goal.pk: ["Egen."] for goal in plan.goals},
                reason="Mer",
            ),
            there.revision if there else 0,
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/verksamhetsplaner/{where}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
