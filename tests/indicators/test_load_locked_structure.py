"""A file lets what a locked follow-up had in it hold as it did: goals, activities, indicators."""

import datetime as dt

import pytest

from desk.demo.organisation import load_namnder
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.enums import PeriodState
from indicators.models import Indicator, IndicatorGoal
from programme.models import Activity, ActivityWording, Goal
from tests.factories import make_period, make_programme
from tests.indicators.programme_sheets import as_workbook, as_yaml, small

pytestmark = pytest.mark.django_db
LAST, FREE = dt.date(2026, 4, 30), dt.date(2026, 5, 1)
LOCKED = "Perioderna till och med 2026-04-30 är låsta"


@pytest.fixture
def document() -> dict:
    """The small programme, loaded; its first period, 2026-T1, is locked."""
    load_namnder()
    document = small()
    load_programme(as_yaml(document))
    make_period("2026-T1", state=PeriodState.LAST)
    return document


def fault(document) -> str:
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    (said,) = bad.value.problems
    return str(said)


@pytest.mark.parametrize(("sheet", "row", "letters"), [("Mål", 2, "GH"), ("Aktiviteter", 1, "IJ")])
def test_days_that_are_locked_stay(document, sheet, row, letters):
    there = document[sheet][row]
    first, last = letters
    place = f"{sheet}, rad {row + 2}, kolumn"
    document[sheet][row] = there | {"Gäller från": FREE}
    said = fault(document)
    assert said.startswith(f"{place} {first} (Gäller från): ")
    assert LOCKED in said
    assert said.endswith("Låt Gäller från vara –, som det är i Samlad.")
    document[sheet][row] = there | {"Gäller till": dt.date(2026, 4, 29)}
    assert fault(document).startswith(f"{place} {last} (Gäller till): ")
    document[sheet][row] = there | {"Gäller till": LAST}
    load_programme(as_workbook(document))


@pytest.mark.parametrize(
    ("sheet", "new"),
    [
        ("Mål", {"Mål": "3", "Text": "Ett tredje."}),
        ("Aktiviteter", {"Kod": "ny", "Mål": "1", "Text": "Ny.", "Exempel": True}),
    ],
)
def test_what_is_new_begins_after_what_is_locked(document, sheet, new):
    document[sheet].append(new)
    assert fault(document).endswith("Skriv 2026-05-01 eller senare i kolumnen Gäller från.")
    new["Gäller från"] = FREE
    load_programme(as_workbook(document))


def test_what_was_there_is_not_removed(document):
    Activity.objects.create(
        code="ensam", goal=Goal.objects.get(number=2), text="Utan ansvar.", is_example=True
    )
    said = fault(document)
    assert said.startswith(f"Aktiviteter: ”ensam”: {LOCKED}")
    assert said.endswith("Ta med raden, och skriv 2026-04-30 eller senare i kolumnen Gäller till.")


def test_an_activity_stays_under_the_goal_that_it_was_counted_in(document):
    document["Aktiviteter"][1]["Mål"] = "1"
    said = fault(document)
    assert said.startswith(f"Aktiviteter, rad 3, kolumn B (Mål): ”skydda”: {LOCKED}")
    assert "Låt Mål vara 2." in said


def test_an_older_programme_is_loaded_whole_afterwards():
    load_namnder()
    make_programme("prov-2026-2030", first_year=2026, last_year=2030)
    make_period("2026-T1", state=PeriodState.LAST)
    load_programme(as_yaml(small()))
    assert Goal.objects.count() == 3


# Indicators --------------------------------------------------------------------------------------


def test_an_indicator_stays_under_the_goals_that_it_measured(document):
    document["Indikatorer"][0]["Mål"] = ["1"]
    said = fault(document)
    assert said.startswith(f"Indikatorer, rad 2, kolumn B (Mål): ”antal-fragade”: {LOCKED}")
    document["Indikatorer"][0]["Mål"] = ["1", "1.1", "2"]
    assert "Mål 1.1 kan läggas till tidigast från 2026-05-01" in fault(document)
    document["Indikatorer"][0]["Mål"] = ["1", "2"]
    link = {"Indikator": "antal-fragade", "Mål": "1.1", "Gäller från": LAST}
    document["Indikatorers mål"] = [link]
    assert fault(document).startswith("Indikatorers mål, rad 2, kolumn C (Gäller från): ")
    link["Gäller från"] = FREE
    load_programme(as_workbook(document))
    assert IndicatorGoal.objects.count() == 3


def test_the_same_said_with_days_is_the_same(document):
    document["Indikatorer"][0]["Mål"] = ["1"]
    document["Indikatorers mål"] = [
        {"Indikator": "antal-fragade", "Mål": "2", "Gäller till": dt.date(2026, 3, 31)},
        {"Indikator": "antal-fragade", "Mål": "2", "Gäller från": dt.date(2026, 4, 1)},
    ]
    load_programme(as_workbook(document))
    assert Indicator.objects.get().goal_links.count() == 3


def test_a_definition_is_not_dated_back(document):
    second = document["Definitioner"][0] | {"Version": 2, "Gäller från": LAST, "Orsak": "Ny"}
    document["Definitioner"].append(second)
    said = fault(document)
    assert said.startswith("Definitioner, rad 3, kolumn C (Gäller från): ”antal-fragade, 2”: ")
    assert said.endswith("En ny kan gälla tidigast från 2026-05-01.")
    second["Gäller från"] = FREE
    load_programme(as_workbook(document))


# Corrections -------------------------------------------------------------------------------------


def test_a_correction_says_why_and_no_decision(document):
    new = {"Aktivitet": "skydda", "Gäller från": FREE, "Text": "Skydda alla.", "Rättelse": True}
    document["Lydelser"].append(new)
    assert fault(document) == (
        "Lydelser, rad 3, kolumn G (Varför): Varför saknas. Skriv vad som var fel."
    )
    new["Varför"] = "Ett ord föll bort."
    load_programme(as_workbook(document))
    wording = ActivityWording.objects.get(activity__code="skydda")
    assert (wording.is_correction, wording.reason) == (True, "Ett ord föll bort.")
    assert load_programme(as_yaml(document)).plan.changes == ()
    new["Rättelse"] = False
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    assert [str(p) for p in bad.value.problems] == [
        "Lydelser, rad 3, kolumn E (Beslut): Beslut saknas. Vem, när och paragraf."
    ]
