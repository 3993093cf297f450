"""A nämnd as papers write it, and the record that is meant."""

import pytest

from desk.demo.organisation import load_namnder
from organisation.domain.names import NamndNames, find_namnd
from organisation.models import Namnd

pytestmark = pytest.mark.django_db

WRITTEN = [
    ("sodermalm", "sodermalm"),
    ("Södermalms stadsdelsnämnd", "sodermalm"),
    ("Södermalms  stadsdelsnämnd.", "sodermalm"),
    ("SÖDERMALMS STADSDELSNÄMND", "sodermalm"),
    ("So\u0308dermalms stadsdelsna\u0308mnd", "sodermalm"),
    ("Södermalm", "sodermalm"),
    ("Farsta stadsdelsnämnd", "farsta"),
    ("Farstas stadsdelsnämnd", "farsta"),
    ("Hässelby-Vällingby stadsdelsnämnd", "hasselby-vallingby"),
    ("Hässelby–Vällingby\nstadsdelsnämnd", "hasselby-vallingby"),
    ("Hässelby-Vällingbys stadsdelsnämnd", "hasselby-vallingby"),
    ("Norrmalms stadsdelsnämnd", "norrmalm"),
    ("Hägersten-Liljeholmens stadsdelsnämnd", "hagersten-liljeholmen"),
    ("Hägersten-Liljeholmens", "hagersten-liljeholmen"),
    ("Kungsholmens stadsdelsnämnd", "kungsholmen"),
    ("Norra innerstadens stadsdelsnämnd", "norra-innerstaden"),
    ("Järva stadsdelsnämnd", "jarva"),
    ("socialnämnden", "socialnamnden"),
    ("Socialnämndens", "socialnamnden"),
    ("miljö- och hälsoskyddsnämnden", "miljo-och-halsoskyddsnamnden"),
    ("kommunstyrelsen", "kommunstyrelsen"),
    ("Kommunstyrelsens", "kommunstyrelsen"),
    ("Stockholms Stadshus AB", "stockholms-stadshus"),
]


@pytest.mark.parametrize(("written", "code"), WRITTEN)
def test_the_name_as_written_points_at_the_record(written, code):
    load_namnder()
    found = find_namnd(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "written",
    ["", "  ", "stadsdelsnämnden", "samtliga stadsdelsnämnder", "Unizon", "stadsledningskontoret"],
)
def test_what_is_not_certain_is_not_guessed(written):
    load_namnder()
    assert find_namnd(written) is None


def test_a_former_name_is_known_until_somebody_else_has_it():
    load_namnder()
    for name in ("Fritidsnämnden", "Idrotts- och fritidsnämnden"):
        Namnd.objects.filter(code="idrottsnamnden").update(name=name, short_name=name)
    assert find_namnd("idrottsnämnden") is None
    names = NamndNames.read(former=True)
    assert names.find("Idrottsnämndens") == names.find("fritidsnämnden")
    assert names.find("fritidsnämnden").code == "idrottsnamnden"
    Namnd.objects.filter(code="valnamnden").update(name="Fritidsnämnden")
    assert NamndNames.read(former=True).find("fritidsnämnden").code == "valnamnden"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Södermlams stadsdelsnämnd", "sodermalm"),
        ("Socialnämden", "socialnamnden"),
        ("Hässelby Vällingby sdn", "hasselby-vallingby"),
        ("Föreningen Unizon", None),
    ],
)
def test_the_nearest_name_is_suggested(written, code):
    load_namnder()
    suggested = NamndNames.read().suggest(written)
    assert (suggested.code if suggested else None) == code
