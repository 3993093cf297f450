"""A section that the template has come to require is said to be missing, and put in by a button."""

import pytest
from django.test import Client

from organisation.enums import Role
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.missing import add_missing_section
from papers.domain.saves import content_at, passages_of, save_at
from papers.enums import PaperState
from papers.models import Paper, PaperTemplate
from remisser.domain.lint import lint_answer, look_over
from remisser.domain.reading import answer_page
from remisser.models import Answer
from tests.factories import make_namnd, make_user, ready_answer
from tests.papers.test_forms_in_files import approve

pytestmark = pytest.mark.django_db

HOME = "/remisser/ks-2023-553/svar/sodermalm/"


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd())


@pytest.fixture
def answer(secretary) -> Answer:
    """A draft whose template has got two sections since: one at once, one for later."""
    answer = ready_answer(actor=secretary)
    template = PaperTemplate.objects.get(code="prov")
    for section in template.sections.filter(order__gte=2).order_by("-order"):
        section.order += 1
        section.save()
    template.sections.create(
        key="barnrattsperspektiv", heading="Barnrättsperspektiv", order=2, guidance="För barn."
    )
    template.sections.create(
        key="skickas_till",
        heading="Beslutet ska skickas till",
        kind="mottagare",
        order=90,
        required_from="expediering",
    )
    return answer


def found(answer: Answer, secretary):
    fresh = Answer.objects.select_related(
        "paper__current", "paper__namnd", "instance__remiss", "instance__namnd"
    ).get(pk=answer.pk)
    lint = lint_answer(answer_page(fresh, secretary))
    return [(f.is_error, f.words, f.missing) for f in (*lint.errors, *lint.warnings) if f.missing]


def headings() -> list[str]:
    sections = Paper.objects.get().current.sections.order_by("order")
    return list(sections.values_list("heading", flat=True))


def test_what_is_missing_is_an_error_and_what_is_asked_for_later_a_warning(answer, secretary):
    assert found(answer, secretary) == [
        (
            True,
            "Barnrättsperspektivet saknas, och mallen kräver det.",
            "barnrattsperspektiv",
        ),
        (
            False,
            "Avsnittet ”Beslutet ska skickas till” saknas. Mallen kräver det innan svaret skickas.",
            "skickas_till",
        ),
    ]


def test_a_button_puts_it_in_where_the_template_has_it(client: Client, answer, secretary):
    before = headings()
    client.force_login(secretary)
    page = client.get(HOME).content.decode()
    assert page.count("Lägg till avsnittet</button>") == 2
    sent = client.post(f"{HOME}lagg-till-avsnitt/", {"key": "barnrattsperspektiv"})
    assert sent.headers["Location"] == f"{HOME}#avsnitt-2"
    assert headings() == [before[0], "Barnrättsperspektiv", *before[1:]]
    assert found(answer, secretary)[0][2] == "skickas_till"
    # Pressed twice it is there once; what was said before is as it was.
    client.post(f"{HOME}lagg-till-avsnitt/", {"key": "barnrattsperspektiv"})
    assert headings().count("Barnrättsperspektiv") == 1
    paper = Paper.objects.get()
    older = passages_of(content_at(save_at(paper, paper.revision - 1)))
    assert [p.heading for p in older if p.heading in before] == [
        h for h in before if h in {p.heading for p in older}
    ]
    assert "Barnrättsperspektiv" not in {p.heading for p in older}


def test_a_text_on_its_way_goes_where_it_was_written(client: Client, answer, secretary):
    client.force_login(secretary)
    revision = Paper.objects.get().revision
    page = client.get(f"{HOME}avsnitt/2/").content.decode()
    assert 'name="section" value="synpunkter"' in page
    add_missing_section(answer.paper, actor=secretary, key="barnrattsperspektiv")
    sent = {"body": "<p>Mina ord</p>", "revision": revision, "section": "synpunkter"}
    client.post(f"{HOME}avsnitt/2/", {**sent, "autosave": "1"})
    bodies = dict(Paper.objects.get().current.sections.values_list("key", "body"))
    assert bodies["synpunkter"] == "<p>Mina ord</p>"
    assert bodies["barnrattsperspektiv"] == ""


def test_only_who_writes_a_draft_and_only_what_the_template_has(answer, secretary):
    with pytest.raises(NotAllowed):
        add_missing_section(
            answer.paper, actor=make_user(Role.LASARE, make_namnd()), key="skickas_till"
        )
    with pytest.raises(InvalidContent, match="finns inte i handlingens mall"):
        add_missing_section(answer.paper, actor=secretary, key="annat")
    Paper.objects.update(template=None)
    with pytest.raises(InvalidContent):
        add_missing_section(answer.paper, actor=secretary, key="skickas_till")


def test_an_attested_paper_gets_none(answer, secretary):
    PaperTemplate.objects.get(code="prov").sections.filter(key="barnrattsperspektiv").delete()
    approve(answer.paper, secretary, look=lambda paper: look_over(answer, paper))
    assert Paper.objects.get().state == PaperState.ATTESTERAD
    with pytest.raises(NotOpen):
        add_missing_section(answer.paper, actor=secretary, key="skickas_till")
