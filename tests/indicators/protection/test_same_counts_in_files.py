"""A programme's file says which counts two indicators share, and is told what does not hold."""

import pytest

from desk.demo.organisation import load_namnder
from indicators.domain.loading.existing import read_existing
from indicators.domain.loading.loading import load_programme, plan_programme
from indicators.domain.loading.problems import BadFile
from indicators.exports.programme_xlsx import programme_xlsx
from indicators.exports.programme_yaml import programme_yaml
from indicators.models import Indicator
from tests.factories import make_indicator
from tests.indicators.programme_sheets import Document, as_workbook, as_yaml, small
from trace.uploads import WORKBOOK, YAML, open_upload

pytestmark = pytest.mark.django_db
SLUG = "prov-2026-2030"


@pytest.fixture(autouse=True)
def namnder() -> None:
    load_namnder()


def sharing(**said: str) -> Document:
    """The small programme, whose only indicator is a ratio."""
    document = small()
    document["Indikatorer"][0] |= said
    return document


@pytest.mark.parametrize("write", [as_yaml, as_workbook])
def test_a_shared_count_is_read_taken_out_and_taken_away(write):
    make_indicator("antal-i-annat")
    load_programme(write(sharing(**{"Täljaren är samma som": "antal-i-annat"})))
    ratio = Indicator.objects.get(code="antal-fragade")
    assert (ratio.numerator_same_as_id, ratio.denominator_same_as_id) == ("antal-i-annat", None)
    existing = read_existing(SLUG)
    for name, data, kind in (
        ("p.yaml", programme_yaml(existing), YAML),
        ("p.xlsx", programme_xlsx(existing), WORKBOOK),
    ):
        assert plan_programme(open_upload(name, data, [kind])).changes == ()
    load_programme(write(small()))
    assert Indicator.objects.get(code="antal-fragade").numerator_same_as_id is None


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("antal-fragade", "Skriv koden för en annan indikator än radens egen."),
        ("finns-inte", "Indikatorn ”finns-inte” finns inte. Rätta koden, eller lämna tomt."),
    ],
)
def test_what_it_names_is_another_indicator_that_there_is(said, fault):
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(sharing(**{"Nämnaren är samma som": said})))
    assert [str(p).split(": ", 1)[1] for p in bad.value.problems] == [fault]


def test_only_a_ratio_has_a_numerator():
    make_indicator("antal-i-annat")
    document = sharing(**{"Täljaren är samma som": "antal-i-annat"})
    document["Definitioner"][0] |= {"Sammanläggning": "summa"}
    with pytest.raises(BadFile) as bad:
        load_programme(as_workbook(document))
    assert [str(p).split(": ", 1)[1] for p in bad.value.problems] == [
        "Bara en kvot har täljare och nämnare. Skriv det på kvotens rad i stället."
    ]
