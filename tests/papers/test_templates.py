"""The standard templates, in the forms that the city's papers have."""

import pytest

from papers.domain.templates import STANDARD_TEMPLATES, ensure_standard_templates
from papers.models import PaperTemplate

pytestmark = pytest.mark.django_db


def keys(code: str) -> list[str]:
    return [s.key for s in PaperTemplate.objects.get(code=code).sections.all()]


def test_they_are_laid_in_once():
    assert (ensure_standard_templates(), ensure_standard_templates()) == (4, 0)
    assert PaperTemplate.objects.count() == len(STANDARD_TEMPLATES)


def test_what_the_administrator_changed_stays():
    ensure_standard_templates()
    PaperTemplate.objects.filter(code="stadsdel").update(name="Vår mall")
    PaperTemplate.objects.get(code="stadsdel").sections.get(key="bakgrund").delete()
    ensure_standard_templates()
    assert PaperTemplate.objects.get(code="stadsdel").name == "Vår mall"
    assert "bakgrund" not in keys("stadsdel")


def test_a_matter_of_ones_own_is_signed_right_after_the_decision():
    ensure_standard_templates()
    assert keys("eget-arende")[:3] == ["forslag_till_beslut", "underskrifter", "sammanfattning"]


def test_with_an_opinion_of_its_own_the_nämnd_answers_before_the_administration():
    ensure_standard_templates()
    assert keys("stadsdel-eget-yttrande") == [
        "forslag_till_beslut",
        "sammanfattning",
        "bakgrund",
        "arendets_beredning",
        "yttrande",
        "sammanfattande_bedomning",
        "forvaltningens_synpunkter_kort",
        "underskrifter",
        "bilagor",
        "skickas_till",
        "attest",
    ]


def test_every_template_for_an_answer_has_one_place_for_the_proposals():
    for template in STANDARD_TEMPLATES:
        places = [s for s in template.sections if s.kind == "yttrande"]
        assert len(places) == (1 if template.kind == "remissvar" else 0), template.code
