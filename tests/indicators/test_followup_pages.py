"""The follow-up and the register as people meet them."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.enums import Aggregation, Category, Grade, IndicatorKind, PeriodState, ReportState
from indicators.models import GoalGrade, IndicatorVersion, ReferenceValue, Report, Target
from organisation.enums import Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
)
from tests.indicators.reading import tables
from trace.domain import acting

pytestmark = pytest.mark.django_db
DONE = ReportState.GODKAND
SUB = ("indikator/i-1", "saknas", "avvikelser")


def approved(code, period="2025-T1", **fields):
    return make_report(make_namnd(code), make_period(period), DONE, **fields)


@pytest.fixture
def reader(client):
    client.force_login(make_user(Role.LASARE, make_namnd("bromma")))
    return client


@pytest.fixture
def coordinator(client):
    client.force_login(make_user(Role.SAMORDNARE, make_namnd("bromma")))
    return client


def page(client, name="followup", code=None):
    if code is None and name == "followup":
        code = "2025-T1"
    response = client.get(reverse(name, args=[code] if code else []))
    assert response.status_code == 200
    return response.content.decode()


def goal_page(client, number=1, period="2025-T1"):
    """The page of a goal in the period, where its figures stand."""
    address = reverse("followup-goal", args=[period, "vald-2021-2025", number])
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "address", ["/uppfoljning/", "/uppfoljning/2025-T1/", "/indikatorer/", "/indikatorer/i-1/"]
)
def test_the_addresses_are_the_contract_and_ask_for_sign_in(client, address):
    make_indicator()
    make_period()
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"/logga-in/?next={address}"


@pytest.mark.parametrize("role", [r for r in Role if r != Role.SYSTEMFORVALTARE])
def test_everyone_signed_in_may_read(client, role):
    make_indicator()
    make_period()
    client.force_login(make_user(role, make_namnd()))
    for address in ("/uppfoljning/", "/uppfoljning/2025-T1/", "/indikatorer/", "/indikatorer/i-1/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/uppfoljning/2025-T3/",
        "/uppfoljning/2031-T1/pdf/",
        "/uppfoljning/2025-T1/exe/",
        "/indikatorer/finns-inte/",
    ],
)
def test_what_does_not_exist_is_not_found(reader, address):
    make_indicator()
    make_period()
    assert reader.get(address).status_code == 404


def test_the_page_begins_with_who_is_in_and_who_is_not(reader):
    definition = make_indicator()
    make_period(due_on=dt.date(2025, 5, 20))
    make_value(approved("bromma"), definition, 12)
    make_report(make_namnd("farsta"), make_period(), ReportState.INLAMNAD)
    make_namnd("jarva")

    html = page(reader)

    assert "1 av 3 nämnder har godkänd rapport." in html
    status = re.search(r'<dl class="facts report-status">.*?</dl>', html, re.DOTALL)[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", status)).strip()
    assert words == (
        "Försenade Jarva stadsdelsnämnd Inlämnade Farsta stadsdelsnämnd "
        "(väntar på nämndens eget godkännande) Godkända Bromma stadsdelsnämnd"
    )


def test_the_table_of_a_goal_says_what_a_figure_is_read_beside(reader):
    definition = make_indicator(direction="hogre")
    make_value(approved("bromma", "2024-T1"), definition, 1200)
    make_value(approved("bromma"), definition, 1300)
    make_namnd("farsta")
    Target.objects.create(indicator=definition.indicator, year=2025, value=4000, source="KF")

    found = tables(goal_page(reader))["Indikatorer för mål 1"]

    assert found == [
        ["Indikator", "Utfall", "Kvinnor", "Män", "Jämförelse", "Årsmål", "Har uppgift"],
        [
            "Indikator i-1, antal Exempel",
            "1\xa0300",
            "– delas inte på kön",
            "– delas inte på kön",
            "1\xa0200 +100 2024-T1, 1 av 2",
            "4\xa0000 inte uppnått än",
            "1 av 2",
        ],
    ]


def test_grades_are_counted_and_said(reader):
    goal = make_goal(1)
    make_indicator(goal=goal)
    for code, grade in (("bromma", Grade.HELT), ("farsta", Grade.DELVIS)):
        GoalGrade.objects.create(version=approved(code).current, goal=goal, grade=grade)

    html = page(reader)

    assert "1 av 2 nämnder bedömer att målet uppfylls helt, en delvis." in goal_page(reader)
    caption = "Antal nämnder efter bedömning, av dem som berörs av målet"
    assert tables(html)[caption][1][2:] == ["1", "1", "0", "0", "0", "0 av 2"]


def test_what_is_not_approved_is_nowhere_on_the_page(reader):
    definition = make_indicator()
    make_value(approved("bromma"), definition, 12)
    report = make_report(make_namnd("farsta"), make_period(), ReportState.INLAMNAD)
    make_value(report, definition, 7654321, comment="Hemligt utkast")
    GoalGrade.objects.create(version=report.current, goal=make_goal(), analysis="Hemlig analys")

    html = page(reader) + goal_page(reader) + page(reader, "indicator", "i-1")
    html += "".join(reader.get(f"/uppfoljning/2025-T1/{sub}/").content.decode() for sub in SUB)

    assert "7654321" not in html
    assert "7\xa0654\xa0321" not in html
    assert "Hemlig" not in html


def small_world():
    """Totals that may be shown with parts that may not."""
    definition = make_indicator(counts_people=True, split_by_sex=True)
    for code, kvinnor, man in (("bromma", 40, 3), ("farsta", 20, 7), ("jarva", 2, 0)):
        report = approved(code)
        make_value(report, definition, kvinnor + man, comment=f"Ord från {code}")
        make_value(report, definition, kvinnor, category=Category.KVINNOR)
        make_value(report, definition, man, category=Category.MAN)
    ratio = make_indicator(
        "i-2", counts_people=True, aggregation=Aggregation.RATIO, unit="%", order=1
    )
    make_value(approved("kista"), ratio, numerator=9779, denominator=9781)
    return definition


HIDDEN = "skyddad uppgift"
PARTS_OF_1 = "Indikator i-1, antal: nämnd för nämnd"
PARTS_OF_2 = "Indikator i-2, %: nämnd för nämnd"


def test_small_numbers_are_protected_cell_by_cell(reader):
    small_world()
    found = tables(goal_page(reader))
    assert found["Indikatorer för mål 1"][1][1:4] == ["72", "62", "10"]
    assert found["Indikatorer för mål 1"][2][1] == HIDDEN
    assert found[PARTS_OF_1][1:] == [
        # Not only the small ones: with those alone hidden they could be had by subtraction.
        ["Bromma stadsdelsnämnd", HIDDEN, "40", HIDDEN],
        ["Farsta stadsdelsnämnd", "27", HIDDEN, HIDDEN],
        ["Jarva stadsdelsnämnd", HIDDEN, HIDDEN, "0"],
        ["Kista stadsdelsnämnd", "uppgift saknas", "uppgift saknas", "uppgift saknas"],
    ]
    assert found[PARTS_OF_2][4] == ["Kista stadsdelsnämnd", HIDDEN]


def test_the_page_of_an_indicator_protects_the_same(reader):
    small_world()
    found = tables(page(reader, "indicator", "i-1"))
    assert [row[1:4] for row in found[PARTS_OF_1][1:4]] == [
        [HIDDEN, "40", HIDDEN],
        ["27", HIDDEN, HIDDEN],
        [HIDDEN, HIDDEN, "0"],
    ]
    html = page(reader, "indicator", "i-2")
    assert tables(html)["Indikator i-2, %: staden"][1][1] == HIDDEN
    for number in ("9779", "9781", "9\xa0779", "9\xa0781", "99,98", "100,0"):
        assert number not in html


def test_what_protected_means_is_explained_once(reader):
    small_world()
    assert goal_page(reader).count("betyder att det gäller så få personer (1–4)") == 1
    assert page(reader).count("betyder att det gäller så få personer (1–4)") == 1
    assert page(reader, "indicator", "i-1").count("så få personer (1–4)") == 1


def test_the_coordinator_sees_all_and_is_told_what_others_do_not(coordinator):
    small_world()
    html = goal_page(coordinator)
    assert "Skyddas i allt som lämnar sidan" in page(coordinator)
    assert "Skyddas i allt som lämnar sidan" in html
    assert [row[1:4] for row in tables(html)[PARTS_OF_1][1:4]] == [
        ["43", "40", "3"],
        ["27", "20", "7"],
        ["2", "2", "0"],
    ]
    assert tables(html)[PARTS_OF_2][4] == [
        "Kista stadsdelsnämnd",
        "100,0 9\xa0779 av 9\xa0781",
    ]


def test_others_are_not_told_of_a_protection_that_is_not_theirs(reader):
    small_world()
    assert "Skyddas i allt som lämnar sidan" not in page(reader) + goal_page(reader)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PeriodState.PLANERAD, "Perioden har inte öppnats för inrapportering än."),
        (PeriodState.OPPEN, "Det finns inga siffror att visa."),
    ],
)
def test_an_empty_period_says_so(reader, state, words):
    make_indicator()
    make_period(state=state)
    html = page(reader)
    assert words in html
    assert "uppfoljning/2025-T1/pdf" not in html


def test_a_year_without_a_programme_says_so(reader):
    make_period("2031-T1")
    html = page(reader, "followup", "2031-T1")
    assert "Inget program löper under 2031" in html


def test_example_reports_are_marked(reader):
    definition = make_indicator()
    make_value(approved("bromma", is_example=True), definition, 12)
    assert '<span class="mark">Exempeldata</span>' in page(reader)
    assert '<span class="mark">Exempeldata</span>' in goal_page(reader)
    assert '<span class="mark">Exempeldata</span>' in page(reader, "indicator", "i-1")


def test_a_chart_has_its_table_and_nothing_a_strict_policy_stops(reader):
    definition = make_indicator(name="<b>Namn</b> & ”citat”")
    for year in (2021, 2022, 2023, 2024, 2025):
        make_value(approved("bromma", f"{year}-T1"), definition, year - 2000)

    # On the indicator's own page there is one of the nämnd too.
    for html, charts in ((goal_page(reader), 1), (page(reader, "indicator", "i-1"), 2)):
        assert html.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == charts
        assert "&lt;b&gt;Namn&lt;/b&gt; &amp; ”citat”" in html
        assert "<b>Namn" not in html
        assert " style=" not in html
        assert "<style" not in html
        caption = "<b>Namn</b> & ”citat”, antal: staden"
        assert [row[1] for row in tables(html)[caption][1:]] == ["21", "22", "23", "24", "25"]


def test_a_development_indicator_is_listed_but_not_asked_for(reader):
    definition = make_indicator(source="Regional strategi")
    definition.indicator.kind = IndicatorKind.UTVECKLINGSINDIKATOR
    definition.indicator.save()

    html = page(reader, "indicator", "i-1")

    assert "ingen datakälla än" in html
    assert "Regional strategi" in page(reader, "indicator-list")


def test_the_page_of_an_indicator_shows_targets_and_published_values(reader):
    definition = make_indicator()
    Target.objects.create(indicator=definition.indicator, year=2025, value=90, source="KF budget")
    ReferenceValue.objects.create(
        indicator=definition.indicator,
        region="riket",
        year=2022,
        value="28.5",
        source="Öppna jämförelser",
    )
    found = tables(page(reader, "indicator", "i-1"))
    assert found["Årsmål"][1] == ["2025", "Staden", "90", "KF budget"]
    assert found["Publicerade värden, antal"][1] == ["Riket", "2022", "28,5", "Öppna jämförelser"]


def fill(namnder, indicators):
    """That many nämnder with reports in two periods, and that many indicators, in all."""
    for number in range(IndicatorVersion.objects.count(), indicators):
        make_indicator(f"i-{number}", split_by_sex=True)
    for period in ("2024-T1", "2025-T1"):
        for number in range(namnder):
            namnd = make_namnd(f"n{number}")
            report = Report.objects.filter(namnd=namnd, period__code=period).first()
            report = report or approved(f"n{number}", period)
            for definition in IndicatorVersion.objects.exclude(values__version=report.current):
                make_value(report, definition, 10)
            GoalGrade.objects.get_or_create(version=report.current, goal=make_goal(), grade="helt")


OF_FOLLOWUP = {
    "followup": ["2025-T1"],
    "followup-goal": ["2025-T1", "vald-2021-2025", "1"],
    "followup-indicator": ["2025-T1", "i-0"],
    "followup-missing": ["2025-T1"],
    "followup-deviations": ["2025-T1"],
}


@pytest.mark.parametrize("name", [*OF_FOLLOWUP, "followup-list", "indicator-list", "indicator"])
def test_queries_do_not_grow(reader, name):
    counts, filler = {}, make_user(Role.UPPGIFTSLAMNARE, make_namnd("n0"))
    for size in ((1, 1), (3, 1), (3, 7)):
        with acting(actor=filler):
            fill(*size)
        with CaptureQueriesContext(connection) as queries:
            address = reverse(name, args=OF_FOLLOWUP.get(name, ["i-0"] * (name == "indicator")))
            assert reader.get(address).status_code == 200
        counts[size] = len(queries)
    assert len(set(counts.values())) == 1, counts
    # Who is asking takes three of them: session, person and roles.
    assert name not in OF_FOLLOWUP or counts[1, 1] <= 12


def test_the_list_says_how_far_each_period_has_come(reader):
    definition = make_indicator()
    make_value(approved("bromma", "2024-VB"), definition, 12)
    make_period("2025-T1", due_on=dt.date(2025, 5, 20))
    make_period("2025-T2", state=PeriodState.PLANERAD)

    found, none = tables(page(reader, "followup-list")), "– ingen rapport"

    assert found["Perioder, den senaste först"][1:] == [
        ["Tertialrapport 1 2025", "0 av 1 nämnd", "Öppen", "2025-05-20", none],
        ["Verksamhetsberättelse 2024", "1 av 1 nämnd", "Öppen", "– inget datum satt", none],
    ]


def test_a_forecast_stands_beside_the_outcome_and_small_ones_are_protected(reader):
    definition = make_indicator("prognos", counts_people=True)
    given = (("sodermalm", 20, 60), ("farsta", 20, 3), ("bromma", 2, 50), ("kista", 3, 40))
    for code, number, forecast in given:
        make_value(approved(code), definition, number, forecast=forecast)
    parts = {
        part.namnd_code: part.forecast and part.forecast.text
        for goal in consolidate(make_period("2025-T1"), audience=Audience.OTHERS).goals
        for result in goal.indicators
        for part in result.parts
    }
    assert parts == {
        "sodermalm": "60",
        "farsta": "skyddad uppgift",
        "bromma": None,
        "kista": None,
    }
    body = goal_page(reader)
    assert "prognos för helåret 60" in body
    assert body.count("prognos för helåret") == 2
