"""Templates as the administrators keep them: for whom, in use or not, and what is required when."""

import pytest

from organisation.enums import Role
from papers.domain.content import Header
from papers.domain.errors import InvalidContent
from papers.domain.papers import create_paper, save_section
from papers.domain.saves import restore, save_at
from papers.domain.templates import ensure_standard_templates
from papers.models import Paper, PaperTemplate
from remisser.domain.lint import lint_answer
from remisser.domain.reading import answer_page
from remisser.domain.remisser import answer_templates
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_template,
    make_user,
)

pytestmark = pytest.mark.django_db


def codes(namnd) -> list[str]:
    return [t.code for t in answer_templates(namnd)]


def test_a_nämnd_is_offered_its_own_first_and_those_for_all():
    own, other = make_namnd(), make_namnd("bromma")
    make_template("alla", name="A")
    make_template("egen", name="Ö", namnd=own)
    make_template("andras", name="B", namnd=other)
    make_template("gammal", name="C", retired=True)
    make_template("eget", name="D", kind="eget-arende")
    assert codes(own) == ["egen", "alla"]
    assert codes(other) == ["andras", "alla"]


@pytest.mark.parametrize("field", ["retired", "other"])
def test_a_paper_begins_with_no_other(field):
    fields = {"retired": True} if field == "retired" else {"namnd": make_namnd("bromma")}
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    with pytest.raises(InvalidContent, match="Mallen kan inte användas"):
        create_paper(
            make_template(**fields), namnd=make_namnd(), actor=secretary, header=Header(title="X")
        )
    assert not Paper.objects.exists()


def test_a_draft_keeps_its_sections_whatever_becomes_of_its_template():
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    answer = make_answer(make_instance(make_remiss()), secretary)
    template = PaperTemplate.objects.get(code="prov")
    template.sections.filter(key="sammanfattning").update(
        heading="Kort", required=False, guidance="Nytt", required_from="expediering"
    )
    template.sections.filter(key="synpunkter").delete()
    found = answer.paper.current.sections.values_list("key", "heading", "required", "required_from")
    assert list(found)[:2] == [
        ("sammanfattning", "Sammanfattning", True, "attest"),
        ("synpunkter", "Synpunkter", True, "attest"),
    ]
    paper = save_section(
        answer.paper.current.sections.get(order=1), actor=secretary, expected_version=0, body="Nytt"
    )
    restore(save_at(paper, 0), actor=secretary, expected_version=1, reason="Fel")
    assert list(Paper.objects.get().current.sections.values_list("heading", "required_from"))[
        :2
    ] == [("Sammanfattning", "attest"), ("Synpunkter", "attest")]


def test_what_is_required_only_later_is_no_error_before_attest():
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    template = make_template()
    template.sections.filter(key="sammanfattning").update(required_from="expediering")
    template.sections.filter(key="underskrifter").update(required_from="utskick")
    answer = make_answer(make_instance(make_remiss()), secretary)
    said = [f.words for f in lint_answer(answer_page(answer, secretary)).errors]
    assert said == ["Nämndens diarienummer saknas.", "Avsnittet ”Synpunkter” är tomt."]


def test_to_whom_the_decision_goes_is_settled_last():
    ensure_standard_templates()
    template = PaperTemplate.objects.get(code="stadsdel-eget-yttrande")
    later = template.sections.exclude(required_from="attest")
    assert list(later.values_list("key", "required_from")) == [("skickas_till", "expediering")]
