"""The real papers taken in, written as Word and PDF and read back: the same text, sign by sign.

What is put aside on both sides is stated in tests/remisser/reading_back.py.
"""

from dataclasses import replace

import pytest

from desk.demo.organisation import load_namnder
from papers.domain.changes import current_version
from papers.domain.content import SectionContent, VersionContent, from_template, header_of
from papers.domain.papers import read_in_paper
from papers.domain.templates import STANDARD_TEMPLATES, ensure_standard_templates
from papers.enums import PaperKind
from papers.exports.files import FileFormat, write_document
from papers.exports.paper_document import paper_document
from papers.models import PaperTemplate, PaperVersion
from remisser.domain.import_answer import import_answer
from remisser.exports.answer_document import write_answer
from remisser.models import Answer
from tests.remisser.reading_back import Body, pdf_body, source_body, squeezed, word_body
from tests.remisser.seeds import ANSWERS, HASSELBY, SOCIALNAMNDEN, SODERMALM

pytestmark = pytest.mark.django_db

READERS = {FileFormat.WORD: word_body, FileFormat.PDF: pdf_body}
# Which of the city's forms each paper has.
FORMS = {HASSELBY: "stadsdel-eget-yttrande", SOCIALNAMNDEN: "facknamnd", SODERMALM: "stadsdel"}


def taken_in(seeds, name: str) -> PaperVersion:
    load_namnder()
    outcome = import_answer((seeds / name).read_bytes(), source_name=name)
    version = Answer.objects.get(paper__namnd__code=outcome.namnd).paper.current
    assert version is not None
    return version


def source(seeds, name: str) -> Body:
    return source_body((seeds / name).read_text(encoding="utf-8"))


def where_they_part(one: str, other: str) -> str:
    """The place where two texts part, for whoever must find out why; "" when they are equal."""
    if one == other:
        return ""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    return f"{one[max(at - 60, 0) : at + 60]!r} / {other[at : at + 60]!r}"


@pytest.mark.parametrize("file_format", FileFormat)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_body_text_comes_back_sign_by_sign(seeds, name, file_format):
    version, paper = taken_in(seeds, name), source(seeds, name)
    written = READERS[file_format](write_answer(version, file_format))
    first = version.signatures[0]["name"]
    for mine, theirs in zip(
        paper.without_signatures(first), written.without_signatures(first), strict=True
    ):
        assert where_they_part(mine, theirs) == ""
    assert written.notes == paper.notes
    # A line that ended in a hyphen may have divided a word; every other hyphen is the writer's.
    whole = written.hyphens + written.broken
    assert paper.hyphens <= whole <= paper.hyphens + paper.broken


def test_only_one_paper_has_footnotes_and_its_left_over_one_is_none(seeds):
    assert {name: len(source(seeds, name).notes) for name in ANSWERS} == {
        HASSELBY: 0,
        SOCIALNAMNDEN: 6,
        SODERMALM: 0,
    }


@pytest.mark.parametrize("file_format", FileFormat)
def test_a_word_that_is_lost_on_the_way_is_seen(seeds, file_format):
    version, paper = taken_in(seeds, SODERMALM), source(seeds, SODERMALM)
    section = version.sections.get(key="bakgrund")
    section.body = section.body.replace("senast", "", 1)
    section.save()
    written = READERS[file_format](write_answer(version, file_format))
    assert where_they_part(paper.text, written.text).startswith("'")


@pytest.mark.parametrize("name", ANSWERS)
def test_each_paper_has_the_order_of_its_form(seeds, name):
    """The form's sections in its order; a paper may lack some of them, and has no others."""
    template = next(t for t in STANDARD_TEMPLATES if t.code == FORMS[name])
    form = [(section.key, section.kind) for section in template.sections]
    found = list(taken_in(seeds, name).sections.values_list("key", "kind"))
    assert found == [section for section in form if section in found]
    assert [key for key, _ in form if key not in dict(found)] == []


@pytest.mark.parametrize("file_format", FileFormat)
def test_as_an_own_matter_the_signatures_come_right_after_the_decision(seeds, file_format):
    """The same text in the form of an own matter: nothing is lost, and the names have moved."""
    load_namnder()
    version = taken_in(seeds, SOCIALNAMNDEN)
    own = own_matter(version)
    before = READERS[file_format](write_answer(version, file_format))
    written = READERS[file_format](write_document(paper_document(own), file_format))
    heading, first = squeezed("Sammanfattning"), squeezed(version.signatures[0]["name"])
    # The paper has one bilaga; the form's heading is for several.
    assert sorted(written.text) == sorted(before.text.replace("Bilaga", "Bilagor"))
    decision = before.text[: before.text.index(heading)]
    assert written.text.startswith(decision + first)
    names = written.text[len(decision) : written.text.index(heading)]
    people = [squeezed("".join(person.values())) for person in version.signatures]
    assert sorted(names) == sorted("".join(people))
    assert len(written.notes) == len(before.notes) == 6


def own_matter(answer: PaperVersion) -> PaperVersion:
    """What the answer says, in the sections of the standard form for an own matter."""
    ensure_standard_templates()
    template = PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE)
    bodies = {section.key: section.body for section in answer.sections.all()}
    empty = from_template(list(template.sections.all()))
    missing = [
        SectionContent(s.key, s.heading, body=s.body)
        for s in answer.sections.exclude(key__in=[one.key for one in empty])
    ]
    filled = [replace(one, body=bodies.get(one.key, "")) for one in empty]
    paper = read_in_paper(
        VersionContent(header=header_of(answer), sections=(*filled[:-1], *missing, filled[-1])),
        namnd=answer.paper.namnd,
        kind=PaperKind.EGET_ARENDE,
        actor=None,
    )
    return current_version(paper)
