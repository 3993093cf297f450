"""Writing in a paper: sections, the header, versions."""

import datetime as dt

import pytest

from organisation.enums import Role
from organisation.models import Meeting
from papers.documents.model import Contact, Signatory
from papers.domain.content import (
    AttestContent,
    Header,
    SectionContent,
    VersionContent,
    header_of,
)
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import (
    create_paper,
    open_new_version,
    read_in_paper,
    save_header,
    save_section,
)
from papers.enums import PaperKind, PaperState
from papers.models import Paper, PaperVersion, Section
from tests.factories import make_namnd, make_template, make_user
from trace.models import Event

pytestmark = pytest.mark.django_db

ATTESTED = VersionContent(
    header=Header(title="Svar", signatures=(Signatory("Anna Chef", "Direktör"),)),
    sections=(SectionContent("bakgrund", "Bakgrund", body="<p>Text</p>"),),
    attests=(AttestContent("Anna Chef", "Direktör", dt.date(2023, 8, 10)),),
    warnings=("Se över raden.",),
    source_name="svar.txt",
    source_sha256="a" * 64,
)


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def colleague():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Kim")


@pytest.fixture
def paper(secretary) -> Paper:
    return create_paper(
        make_template(), namnd=make_namnd(), actor=secretary, header=Header(title="Rubrik")
    )


def section(paper: Paper, order: int = 1) -> Section:
    return paper.current.sections.get(order=order)


def attested(actor=None) -> Paper:
    return read_in_paper(ATTESTED, namnd=make_namnd(), kind=PaperKind.REMISSVAR, actor=actor)


def test_a_new_paper_has_the_templates_sections_in_order_and_no_text(paper):
    assert [(s.order, s.key, s.body) for s in paper.current.sections.all()] == [
        (1, "sammanfattning", ""),
        (2, "synpunkter", ""),
        (3, "underskrifter", ""),
    ]
    assert (paper.state, paper.current.number, paper.current.title) == ("utkast", 1, "Rubrik")
    assert [e.verb for e in Event.objects.about(paper)] == ["started"]


def test_nobody_but_the_secretary_begins_a_paper():
    with pytest.raises(NotAllowed):
        create_paper(
            make_template(), namnd=make_namnd(), actor=make_user(Role.CHEF), header=Header()
        )
    assert not Paper.objects.exists()


def test_a_saved_text_is_cleaned_counted_and_written_to_the_history(paper, secretary):
    dirty = (
        '<h1>Rubrik</h1><p class="MsoNormal" style="color:red" onclick="x()">Hej '
        '<b>du</b><script>alert(1)</script></p><p><a href="javascript:x()">länk</a></p>'
    )
    saved = save_section(section(paper), actor=secretary, expected_version=0, body=dirty)
    assert section(paper).body == "<h3>Rubrik</h3>\n<p>Hej <strong>du</strong></p>\n<p>länk</p>"
    assert saved.revision == 1
    last = Event.objects.about(paper).first()
    assert (last.verb, last.actor, last.scope) == ("saved", secretary, "sodermalm")
    assert last.summary == "Skrev i avsnittet ”Sammanfattning”"


def test_the_same_text_again_changes_nothing(paper, secretary):
    for _ in range(2):
        saved = save_section(section(paper), actor=secretary, expected_version=0, body="<p>A</p>")
    assert saved.revision == 1
    assert Event.objects.about(paper).filter(verb="saved").count() == 1


def test_who_comes_second_to_a_section_is_refused_and_told_what_stands_there(
    paper, secretary, colleague
):
    save_section(section(paper), actor=colleague, expected_version=0, body="<p>Deras</p>")
    with pytest.raises(Conflict) as refusal:
        save_section(section(paper), actor=secretary, expected_version=0, body="<p>Min</p>")
    assert (refusal.value.theirs, refusal.value.by, refusal.value.revision) == (
        "<p>Deras</p>",
        colleague,
        1,
    )
    assert section(paper).body == "<p>Deras</p>"


def test_two_who_write_in_different_sections_do_not_disturb_each_other(paper, secretary, colleague):
    save_section(section(paper, 1), actor=colleague, expected_version=0, body="<p>Deras</p>")
    save_section(section(paper, 2), actor=secretary, expected_version=0, body="<p>Min</p>")
    assert (section(paper, 1).body, section(paper, 2).body) == ("<p>Deras</p>", "<p>Min</p>")


def test_after_a_conflict_the_text_can_be_saved_over_with_open_eyes(paper, secretary, colleague):
    save_section(section(paper), actor=colleague, expected_version=0, body="<p>Deras</p>")
    save_section(section(paper), actor=secretary, expected_version=1, body="<p>Båda</p>")
    assert section(paper).body == "<p>Båda</p>"


def test_a_section_of_facts_has_no_text_of_its_own(paper, secretary):
    with pytest.raises(InvalidContent):
        save_section(section(paper, 3), actor=secretary, expected_version=0, body="<p>A</p>")


def test_the_header_is_saved_whole_and_blank_stays_blank(paper, secretary):
    meeting = Meeting.objects.create(namnd=paper.namnd, date=dt.date(2025, 5, 22))
    header = Header(
        title="Ny rubrik",
        dnr="3.1.1-730/2020",
        meeting_on=dt.date(2025, 5, 22),
        handlaggare=(Contact("Siv", "08-1"), Contact("Kim")),
        bilagor=("En bilaga", " "),
    )
    save_header(paper, actor=secretary, expected_version=0, header=header)
    version = PaperVersion.objects.select_related("paper").get(pk=paper.current_id)
    assert header_of(version) == Header(
        title="Ny rubrik",
        dnr="3.1.1-730/2020",
        meeting_on=dt.date(2025, 5, 22),
        handlaggare=(Contact("Siv", "08-1"), Contact("Kim")),
        bilagor=("En bilaga",),
    )
    assert version.paper.meeting == meeting


def test_the_header_is_not_written_over(paper, secretary, colleague):
    save_header(paper, actor=colleague, expected_version=0, header=Header(title="Deras"))
    with pytest.raises(Conflict) as refusal:
        save_header(paper, actor=secretary, expected_version=0, header=Header(title="Min"))
    assert refusal.value.theirs == Header(title="Deras")


@pytest.mark.parametrize(
    "header", [Header(title="x" * 301), Header(title="x", dnr="1" * 61)], ids=["title", "dnr"]
)
def test_a_text_that_does_not_fit_is_refused_in_words(paper, secretary, header):
    with pytest.raises(InvalidContent, match="får ha högst"):
        save_header(paper, actor=secretary, expected_version=0, header=header)
    assert Paper.objects.get().revision == 0


def test_a_paper_with_attests_is_read_in_as_attested(secretary):
    paper = attested(secretary)
    assert (paper.state, paper.current.number, paper.current.origin) == ("attesterad", 1, "inlast")
    assert [(a.name, a.source) for a in paper.current.attestations.all()] == [
        ("Anna Chef", "papper")
    ]
    assert paper.current.warnings == ["Se över raden."]


def test_an_attested_paper_is_not_edited(secretary):
    paper = attested()
    with pytest.raises(NotOpen):
        save_section(section(paper), actor=secretary, expected_version=9, body="<p>Ny</p>")
    with pytest.raises(NotOpen):
        save_header(paper, actor=secretary, expected_version=9, header=Header(title="Ny"))
    assert section(paper).body == "<p>Text</p>"


def test_a_new_version_has_the_content_but_not_the_attest(secretary):
    paper = attested()
    old = paper.current
    opened = open_new_version(paper, actor=secretary, expected_version=0, reason="Ny siffra")
    new = opened.current
    assert (opened.state, new.number, new.reason) == (PaperState.UTKAST, 2, "Ny siffra")
    assert header_of(new) == header_of(old)
    assert [(s.key, s.body) for s in new.sections.all()] == [("bakgrund", "<p>Text</p>")]
    assert (old.attestations.count(), new.attestations.count()) == (1, 0)
    save_section(section(opened), actor=secretary, expected_version=1, body="<p>Ny</p>")
    assert [s.body for s in old.sections.all()] == ["<p>Text</p>"]


def test_a_new_version_is_opened_once_when_the_button_is_pressed_twice(secretary):
    paper = attested()
    for _ in range(2):
        open_new_version(paper, actor=secretary, expected_version=0, reason="Ny siffra")
    assert paper.versions.count() == 2


def test_a_draft_needs_no_new_version(paper, secretary):
    with pytest.raises(NotOpen):
        open_new_version(paper, actor=secretary, expected_version=0, reason="Skäl")


def test_what_was_written_on_an_older_version_is_not_lost_into_the_new_one(secretary):
    paper = attested()
    old = section(paper)
    open_new_version(paper, actor=secretary, expected_version=0, reason="Skäl")
    with pytest.raises(NotOpen):
        save_section(old, actor=secretary, expected_version=1, body="<p>Sent</p>")


def test_a_real_paper_takes_the_place_of_an_example_and_the_example_keeps_its_mark(secretary):
    paper = create_paper(
        make_template(),
        namnd=make_namnd(),
        actor=secretary,
        header=Header(title="Påhitt"),
        is_example=True,
    )
    read_in_paper(ATTESTED, namnd=paper.namnd, kind=PaperKind.REMISSVAR, actor=None, paper=paper)
    assert [v.shows_example for v in Paper.objects.get().versions.all()] == [True, False]


@pytest.mark.parametrize("role", [Role.LEDAMOT, Role.SAMORDNARE])
def test_neither_ledamot_nor_coordinator_sees_the_nämnds_own_draft(paper, role):
    assert not Paper.objects.visible_to(make_user(role, paper.namnd)).exists()


def test_the_nämnds_staff_sees_its_drafts_and_nobody_elses(paper):
    other = make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma"))
    for role in (Role.NAMNDSEKRETERARE, Role.CHEF, Role.LASARE, Role.UPPGIFTSLAMNARE):
        assert list(Paper.objects.visible_to(make_user(role, paper.namnd))) == [paper]
    assert not Paper.objects.visible_to(other).exists()
