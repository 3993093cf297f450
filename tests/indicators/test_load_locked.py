"""A file changes nothing that a locked follow-up rests on; the rest it may."""

import datetime as dt
from decimal import Decimal

import pytest

from desk.demo.organisation import load_namnder
from indicators.domain.loading.loading import load_programme, plan_programme
from indicators.domain.loading.problems import BadFile
from indicators.enums import PeriodState
from indicators.models import Adoption, Target
from organisation.models import Namnd
from programme.models import Activity, Goal, Programme
from tests.factories import (
    make_goal,
    make_indicator,
    make_period,
    make_programme,
    make_report,
    make_violence_type,
)
from tests.indicators.programme_sheets import as_workbook, as_yaml, small

pytestmark = pytest.mark.django_db
FREE = dt.date(2026, 5, 1)
LOCKED = "Perioderna till och med 2026-04-30 är låsta"


def loaded(**tables) -> dict:
    load_namnder()
    document = small(**tables)
    load_programme(as_yaml(document))
    return document


@pytest.fixture
def document() -> dict:
    """The small programme, loaded; its first period, 2026-T1, is locked."""
    document = loaded()
    make_period("2026-T1", state=PeriodState.LAST)
    make_period("2026-T2")
    return document


def faults(document) -> list[str]:
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    return [str(problem) for problem in bad.value.problems]


def fault(document) -> str:
    (said,) = faults(document)
    return said


def test_the_same_file_again_is_still_taken(document):
    assert load_programme(as_workbook(document)).plan.changes == ()


# Årsmål ------------------------------------------------------------------------------------------


def test_the_arsmal_that_a_locked_period_was_read_against_stays(document):
    document["Årsmål"][0]["Årsmål"] = Decimal("90")
    said = fault(document)
    assert said.startswith("Årsmål, rad 2, kolumn D (Årsmål): ”antal-fragade, 2026”: " + LOCKED)
    assert said.endswith(
        "Låt årsmålet stå som 62,5, eller skriv ett årsmål som är ändrat från 2026-05-01 eller "
        "senare."
    )
    document["Årsmål"][0] = small()["Årsmål"][0]
    document["Årsmål"].append(
        document["Årsmål"][0]
        | {"Årsmål": Decimal("90"), "Ändrat från": FREE, "Enligt beslut": "§ 1"}
    )
    load_programme(as_workbook(document))
    assert Target.objects.filter(namnd=None).count() == 2


def test_an_arsmal_of_a_locked_period_is_neither_removed_nor_added(document):
    kept = document["Årsmål"].pop()
    said = fault(document)
    assert said.startswith("Årsmål: ”antal-fragade, 2026, Södermalms stadsdelsnämnd”: " + LOCKED)
    assert "Ta med raden, eller" in said
    document["Årsmål"] += [kept, kept | {"Nämnd": "Farsta"}]
    said = fault(document)
    assert said.startswith("Årsmål, rad 4, kolumn D (Årsmål): ")
    assert "Ta bort raden, eller" in said


def test_an_arsmal_of_a_later_year_and_its_source_may_change(document):
    document["Årsmål"][0]["Källa"] = "Budgeten"
    document["Årsmål"].append(document["Årsmål"][0] | {"År": 2027})
    load_programme(as_workbook(document))
    document["Årsmål"][2]["Årsmål"] = Decimal("1")
    load_programme(as_workbook(document))
    assert Target.objects.get(year=2027).value == 1


def test_an_arsmal_that_another_programme_has_been_followed_up_by_stays():
    document = loaded()
    document["Program"][0]["Slag"] = "referens"
    other = make_programme("annat-2028-2030", first_year=2028, last_year=2030)
    version = make_indicator("delad", goal=make_goal(1, other), valid_from=dt.date(2028, 1, 1))
    version.indicator.goals.add(Goal.objects.get(programme__slug="prov-2026-2030", number=2))
    Programme.objects.filter(slug="prov-2026-2030").update(kind="referens")
    make_period("2028-T1", state=PeriodState.LAST)
    document["Indikatorer"].append({"Kod": "delad", "Mål": ["2"], "Exempel": True})
    document["Definitioner"].append(
        {
            "Indikator": "delad",
            "Version": 1,
            "Gäller från": dt.date(2028, 1, 1),
            "Namn": "Indikator delad",
            "Enhet": "antal",
            "Sammanläggning": "summa",
            "Avser": "hittills",
        }
    )
    document["Ansvar indikatorer"].append(
        {"Indikator": "delad", "Nämnd eller grupp": "Alla stadsdelsnämnder"}
    )
    document["Årsmål"].append({"Indikator": "delad", "År": 2028, "Årsmål": 5, "Exempel": True})
    assert "Perioderna till och med 2028-04-30 är låsta" in fault(document)


# Texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "row", "place"),
    [
        ("Mål", 0, "Mål, rad 2, kolumn B (Text): ”1”: "),
        ("Aktiviteter", 1, "Aktiviteter, rad 3, kolumn C (Text): ”skydda”: "),
    ],
)
def test_a_text_that_a_locked_follow_up_reads_in_stays(document, sheet, row, place):
    document[sheet][row]["Text"] = "Något helt annat."
    said = fault(document)
    assert said.startswith(place + LOCKED)
    assert said.endswith("skriv den nya i bladet Lydelser.")


def test_a_text_that_was_not_known_may_be_told(document):
    Goal.objects.filter(number=2).update(text="")
    load_programme(as_workbook(document))
    assert Goal.objects.get(number=2).text == "Ett andra mål.\nPå två rader."


def test_the_text_of_what_begins_after_what_is_locked_may_be_corrected(document):
    new = {"Kod": "ny", "Mål": "1", "Text": "Ny.", "Exempel": True, "Gäller från": FREE}
    document["Aktiviteter"].append(new)
    load_programme(as_workbook(document))
    new["Text"] = "Rättad."
    load_programme(as_workbook(document))
    assert Activity.objects.get(code="ny").text == "Rättad."


# The programme's years ---------------------------------------------------------------------------


def test_the_years_that_have_been_reported_stay(document):
    make_report(Namnd.objects.get(code="farsta"), make_period("2026-T1"))
    document["Program"][0]["Första år"] = 2027
    said = faults(document)
    assert said[0] == (
        "Program, rad 2, kolumn E (Första år): Nämnder har rapporterat för 2026-T1, som då faller "
        "utanför. Låt Första år vara 2026, som det är i Samlad."
    )
    # What the file itself says of that year is told too, each at its row.
    assert [line.split(":")[0] for line in said[1:]] == [
        "Årsmål, rad 2, kolumn B (År)",
        "Årsmål, rad 3, kolumn B (År)",
    ]


def test_a_programme_that_has_been_reported_does_not_become_one_of_others(document):
    make_report(Namnd.objects.get(code="farsta"), make_period("2026-T1"))
    document["Program"][0]["Slag"] = "referens"
    assert fault(document).startswith(
        "Program, rad 2, kolumn D (Slag): Nämnder har rapporterat för 2026-T1"
    )


def test_the_years_that_have_been_adopted_stay():
    document = loaded()
    farsta = Namnd.objects.get(code="farsta")
    adoption = Adoption.objects.create(
        namnd=farsta, year=2030, decided_on=dt.date(2029, 12, 1), paragraph="1"
    )
    adoption.activities.add(Activity.objects.get(code="skydda"))
    document["Program"][0]["Sista år"] = 2029
    assert "Nämnder har antagit delar av programmet för 2030" in fault(document)
    adoption.delete()
    load_programme(as_workbook(document))
    assert Programme.objects.get().last_year == 2029


def test_a_programme_does_not_grow_into_what_is_locked(document):
    make_period("2025-VB", state=PeriodState.LAST)
    document["Program"][0]["Första år"] = 2025
    assert "2025-VB är låst, och programmet skulle läggas till i efterhand." in fault(document)


# Responsibility ----------------------------------------------------------------------------------


def test_responsibility_is_not_laid_back_into_a_locked_period(document):
    new = {"Aktivitet": "skydda", "Nämnd eller grupp": "Farsta"}
    document["Ansvar"].append(new)
    of_indicator = {"Indikator": "antal-fragade", "Nämnd eller grupp": "Socialnämnden"}
    document["Ansvar indikatorer"].append(of_indicator)
    first, second = faults(document)
    assert first.startswith("Ansvar, rad 5, kolumn D (Gäller från): ")
    assert second.startswith("Ansvar indikatorer, rad 3, kolumn D (Gäller från): ")
    assert LOCKED in second
    assert second.endswith("Skriv 2026-05-01 eller senare i kolumnen Gäller från.")
    new["Gäller från"] = of_indicator["Gäller från"] = FREE
    load_programme(as_workbook(document))


@pytest.mark.parametrize("sheet", ["Ansvar", "Ansvar indikatorer"])
def test_responsibility_in_a_locked_period_is_neither_removed_nor_ended_nor_turned(document, sheet):
    row = document[sheet].pop(0)
    assert fault(document).endswith("Ta med raden, och avsluta den tidigast 2026-04-30.")
    document[sheet].insert(0, row | {"Gäller till": dt.date(2026, 4, 29)})
    said = fault(document)
    assert said.startswith(f"{sheet}, rad 2, kolumn E (Gäller till): ")
    assert said.endswith("Avsluta ansvaret tidigast 2026-04-30.")
    document[sheet][0] = row | {"Ansvar": "medverkande"}
    assert fault(document).startswith(f"{sheet}, rad 2, kolumn C (Ansvar): ")
    document[sheet][0] = row | {"Gäller till": dt.date(2026, 4, 30), "Upphör enligt beslut": "§ 2"}
    load_programme(as_workbook(document))


def test_what_begins_after_what_is_locked_has_its_responsibility_from_the_beginning(document):
    document["Aktiviteter"].append(
        {"Kod": "ny", "Mål": "1", "Text": "Ny.", "Exempel": True, "Gäller från": FREE}
    )
    document["Ansvar"].append({"Aktivitet": "ny", "Nämnd eller grupp": "Farsta"})
    load_programme(as_workbook(document))
    document["Ansvar"].pop()
    load_programme(as_workbook(document))
    assert not Activity.objects.get(code="ny").responsibilities.exists()


# What is shared with other programmes ------------------------------------------------------------


def test_it_is_told_what_changes_in_other_programmes_too():
    document = loaded()
    assert [n for n in _notes_on_shared(document) if "andra program" in n] == []
    make_indicator("annan", goal=make_goal(1, make_programme()))
    make_goal(1).indicators.add(_indicator())
    make_goal(1).violence_types.add(make_violence_type("hot"))
    assert _notes_on_shared(document) == [
        "Indikatorn ”antal-fragade” finns också i andra program. Det nya i Slag och Källa gäller "
        "även där.",
        "Våldstyper, ”hot” används också utanför det här programmet. Det nya i Namn gäller även "
        "där.",
    ]


def _indicator():
    return Goal.objects.get(programme__slug="prov-2026-2030", number=2).indicators.get()


def _notes_on_shared(document) -> list[str]:
    document["Indikatorer"][0] |= {"Källa": "En annan", "Slag": "UI"}
    document["Våldstyper"][0]["Namn"] = "hot om våld"
    document["Perspektiv"][0]["Namn"] = "barnets rätt"
    document["Program"][0] |= {"Våldstyper": ["hot om våld"], "Perspektiv": ["barnets rätt"]}
    document["Mål"][0]["Våldstyper"] = ["hot om våld"]
    document["Aktiviteter"][1]["Perspektiv"] = ["barnets rätt"]
    return [note for note in plan_programme(as_yaml(document)).notes if "även där" in note]
