"""Loading a programme from a file: what it may not remove or change."""

import datetime as dt

import pytest

from desk.demo.organisation import load_namnder
from indicators.domain.loading.loading import load_programme
from indicators.domain.loading.problems import BadFile
from indicators.enums import ActivityState
from indicators.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Value,
)
from organisation.models import Namnd
from programme.models import Activity, Goal, Programme, Responsibility
from tests.factories import (
    make_goal,
    make_indicator,
    make_period,
    make_report,
)
from tests.indicators.programme_sheets import as_yaml, small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def namnder() -> None:
    load_namnder()


def faults(document, form=as_yaml) -> list[str]:
    """What is wrong, with the places; nothing may have been changed."""
    before = (Programme.objects.count(), Goal.objects.count(), Indicator.objects.count())
    with pytest.raises(BadFile) as bad:
        load_programme(form(document))
    assert before == (Programme.objects.count(), Goal.objects.count(), Indicator.objects.count())
    return [str(problem) for problem in bad.value.problems]


def changed(plan) -> list[tuple[str, str, str]]:
    return [(c.table.title, c.kind.value, c.title) for c in plan.changes]


@pytest.fixture
def reported() -> None:
    """Södermalm has answered the indicator for 2026-T1, and judged goal 1."""
    load_programme(as_yaml(small()))
    namnd = Namnd.objects.get(code="sodermalm")
    version = make_report(namnd, make_period("2026-T1")).current
    Value.objects.create(
        version=version,
        definition=IndicatorVersion.objects.get(),
        numerator=5,
        denominator=10,
    )
    version.grades.create(goal=Goal.objects.get(number=1, parent=None), grade="helt")


@pytest.mark.usefixtures("reported")
def test_what_has_values_or_judgements_is_not_removed():
    bare = small(**{t: [] for t in small() if t not in ("Program", "Våldstyper", "Perspektiv")})
    said = faults(bare)
    assert [line.split(":")[0] for line in said] == ["Mål", "Definitioner", "Ansvar indikatorer"]
    assert "1 bedömning av mål hör till raden" in said[0]
    assert "sista dag i kolumnen Gäller till" in said[0]
    assert "1 värde hör till raden" in said[1]
    assert "avsluta den tidigast 2026-04-30" in said[2]


@pytest.mark.usefixtures("reported")
def test_a_responsibility_that_has_been_answered_may_end_but_not_before_the_answer():
    document = small()
    row = document["Ansvar indikatorer"][0]
    row["Gäller till"] = dt.date(2026, 4, 29)
    assert "Ta med raden, och avsluta den tidigast 2026-04-30" in faults(document)[0]
    row["Gäller till"] = dt.date(2026, 4, 30)
    load_programme(as_yaml(document))
    assert IndicatorResponsibility.objects.get().valid_to == dt.date(2026, 4, 30)


def test_a_responsibility_whose_status_has_been_told_stays():
    load_programme(as_yaml(small()))
    version = make_report(Namnd.objects.get(code="sodermalm"), make_period("2026-T1")).current
    version.statuses.create(
        activity=Activity.objects.get(code="skydda"), state=ActivityState.PABORJAD
    )
    document = small()
    row = document["Ansvar"].pop()
    (said,) = faults(document)
    assert said.startswith("Ansvar: Södermalms stadsdelsnämnd har lämnat ”skydda” för 2026-T1")
    assert "avsluta den tidigast 2026-04-30" in said
    document["Ansvar"].append(row | {"Gäller till": dt.date(2026, 4, 29)})
    assert "avsluta den tidigast 2026-04-30" in faults(document)[0]
    document["Ansvar"][-1]["Gäller till"] = dt.date(2026, 4, 30)
    load_programme(as_yaml(document))
    assert Responsibility.objects.get(activity__code="skydda").valid_to == dt.date(2026, 4, 30)


@pytest.mark.usefixtures("reported")
def test_a_group_may_give_way_to_its_members():
    document = small()
    document["Ansvar indikatorer"] = [
        {"Indikator": "antal-fragade", "Nämnd eller grupp": "Södermalm"}
    ]
    load_programme(as_yaml(document))
    assert IndicatorResponsibility.objects.get().namnd.code == "sodermalm"


@pytest.mark.usefixtures("reported")
def test_a_definition_with_values_keeps_what_they_mean():
    document = small()
    document["Definitioner"][0] |= {"Skala": 1000, "Namn": "Andel som tillfrågats"}
    (said,) = faults(document)
    assert said.startswith("definitioner[1].skala, rad")
    assert "lägg till en ny version" in said
    document["Definitioner"][0]["Skala"] = 100
    load_programme(as_yaml(document))
    assert IndicatorVersion.objects.get().name == "Andel som tillfrågats"


@pytest.mark.usefixtures("reported")
def test_a_new_definition_begins_after_what_has_been_reported():
    document = small()
    new = document["Definitioner"][0] | {"Version": 2, "Gäller från": dt.date(2026, 4, 30)}
    document["Definitioner"].append(new)
    assert "tidigast 2026-05-01" in faults(document)[0]
    new["Gäller från"] = dt.date(2026, 5, 1)
    load_programme(as_yaml(document))
    assert IndicatorVersion.objects.count() == 2


def test_an_indicator_of_another_programme_leaves_this_one_only():
    make_indicator("delad", goal=make_goal(1))
    document = small()
    document["Indikatorer"].append({"Kod": "delad", "Mål": ["2"], "Exempel": True})
    document["Definitioner"].append(
        {
            "Indikator": "delad",
            "Version": 1,
            "Gäller från": dt.date(2021, 1, 1),
            "Namn": "Indikator delad",
            "Enhet": "antal",
            "Sammanläggning": "summa",
            "Avser": "hittills",
        }
    )
    document["Ansvar indikatorer"].append(
        {"Indikator": "delad", "Nämnd eller grupp": "Alla stadsdelsnämnder"}
    )
    plan = load_programme(as_yaml(document)).plan
    assert ("Indikatorer", "ändrad", "delad") in changed(plan)
    assert Indicator.objects.get(code="delad").goals.count() == 2
    plan = load_programme(as_yaml(small())).plan
    assert changed(plan) == [("Indikatorer", "borttagen", "delad")]
    assert Indicator.objects.get(code="delad").goals.get().programme.slug == "vald-2021-2025"
    assert IndicatorVersion.objects.filter(indicator__code="delad").count() == 1
