"""Every save is kept, can be named, laid beside another, and gone back to."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from organisation.enums import Role
from papers.domain.changes import current_version
from papers.domain.content import header_of
from papers.domain.contents import content_of, fingerprint
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import save_header, save_section
from papers.domain.saves import (
    NAME_TAKEN,
    THE_SAME,
    content_at,
    differences,
    name_save,
    restore,
    save_at,
    saves_of,
)
from papers.enums import PaperState
from papers.models import Paper, PaperSave
from remisser.domain.answers import save_position
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user, settle
from trace.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    return make_answer(make_instance(make_remiss()), secretary)


def fresh(answer: Answer) -> Paper:
    return Paper.objects.select_related("namnd", "current").get(pk=answer.paper_id)


def write(answer: Answer, actor, body: str) -> Paper:
    paper = fresh(answer)
    return save_section(
        paper.current.sections.get(order=1), actor=actor, expected_version=paper.revision, body=body
    )


def take(answer: Answer, actor, stance: str) -> None:
    proposal = answer.instance.remiss.proposals.get(number=1)
    save_position(
        answer,
        proposal,
        actor=actor,
        expected_version=fresh(answer).revision,
        stance=stance,
        body="Bra",
    )


def test_each_change_is_a_save_and_the_same_again_is_none(answer, secretary):
    write(answer, secretary, "Ett")
    write(answer, secretary, "Ett")
    take(answer, secretary, "positiv")
    saves = list(answer.paper.saves.order_by("revision"))
    assert [(s.revision, s.by, s.what) for s in saves] == [
        (0, secretary, "Påbörjade handlingen med mallen Prov"),
        (1, secretary, "Skrev i avsnittet ”Sammanfattning”"),
        (2, secretary, "Svarade på att-sats 1"),
    ]


def test_one_sitting_is_one_line_until_somebody_asks_for_each(answer, secretary):
    colleague = make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Kim")
    for actor, body in ((secretary, "Ett"), (secretary, "Två"), (colleague, "Tre")):
        write(answer, actor, body)
    lines = saves_of(fresh(answer))
    assert [(line.save.revision, line.saves, line.is_current) for line in lines] == [
        (3, 1, True),
        (2, 3, False),
    ]
    assert len(saves_of(fresh(answer), every=True)) == 4


def test_a_named_save_stands_by_itself(answer, secretary):
    for body in ("Ett", "Två", "Tre"):
        write(answer, secretary, body)
    name_save(save_at(fresh(answer), 2), actor=secretary, name=" Till  förvaltningsgruppen ")
    lines = saves_of(fresh(answer))
    assert [(line.save.revision, line.save.name, line.saves) for line in lines] == [
        (3, "", 1),
        (2, "Till förvaltningsgruppen", 3),
    ]
    assert Event.objects.about(answer.paper).first().verb == "save-named"


def test_a_name_is_one_save_s(answer, secretary):
    write(answer, secretary, "Ett")
    name_save(save_at(fresh(answer), 0), actor=secretary, name="A")
    with pytest.raises(InvalidContent, match=NAME_TAKEN):
        name_save(save_at(fresh(answer), 1), actor=secretary, name="A")
    name_save(save_at(fresh(answer), 0), actor=secretary, name="")
    name_save(save_at(fresh(answer), 1), actor=secretary, name="A")
    assert [save.name for save in answer.paper.saves.order_by("revision")] == ["", "A"]
    assert fresh(answer).revision == 1


def test_only_who_writes_names_and_goes_back(answer, secretary):
    write(answer, secretary, "Ett")
    chef = make_user(Role.CHEF, make_namnd())
    save = save_at(fresh(answer), 0)
    with pytest.raises(NotAllowed):
        name_save(save, actor=chef, name="A")
    with pytest.raises(NotAllowed):
        restore(save, actor=chef, expected_version=1, reason="Så")


def test_what_differs_is_said_word_by_word(answer, secretary):
    write(answer, secretary, "<p>Nämnden är positiv.</p>")
    paper = fresh(answer)
    header = replace(header_of(current_version(paper)), title="Ny rubrik")
    save_header(paper, actor=secretary, expected_version=1, header=header)
    take(answer, secretary, "positiv")
    write(answer, secretary, "<p>Nämnden är mycket positiv.</p>")
    before, after = (content_at(save_at(fresh(answer), n)) for n in (1, 4))
    found = differences(before, after)
    assert [(change.heading, change.how) for change in found] == [
        ("Huvudet", "Ändrat"),
        ("Sammanfattning", "Ändrat"),
        ("Svaret på att-sats 1", "Tillagt"),
    ]
    assert "mycket" in found[1].marked
    assert found[1].marked.count("<ins>") == 1
    assert differences(after, after) == ()


def test_going_back_opens_a_version_with_everything_as_it_was(answer, secretary):
    write(answer, secretary, "Ett")
    take(answer, secretary, "positiv")
    was = content_of(current_version(fresh(answer)))
    write(answer, secretary, "Två")
    take(answer, secretary, "avstyrker")
    paper = restore(
        save_at(fresh(answer), 2), actor=secretary, expected_version=4, reason="Det blev fel"
    )
    settle()
    now = current_version(fresh(answer))
    assert (now.number, paper.state) == (2, PaperState.UTKAST)
    assert now.reason.endswith(": Det blev fel")
    assert fingerprint(content_of(now)) == fingerprint(was)
    assert content_of(now).sections == was.sections
    # What was written after it is there still.
    assert "Två" in content_at(save_at(fresh(answer), 4)).sections[0].body
    # And one writes on.
    write(answer, secretary, "Tre")
    assert content_of(now).sections[0].body == "<p>Tre</p>"


def test_the_button_pressed_twice_goes_back_once(answer, secretary):
    write(answer, secretary, "Ett")
    save = save_at(fresh(answer), 0)
    for _ in range(2):
        restore(save, actor=secretary, expected_version=1, reason="Så")
    assert fresh(answer).versions.count() == 2


def test_what_is_refused_changes_nothing(answer, secretary):
    write(answer, secretary, "Ett")
    save, now = save_at(fresh(answer), 0), save_at(fresh(answer), 1)
    for error, match, what, fields in (
        (InvalidContent, "Skriv varför", save, {"reason": " ", "expected_version": 1}),
        (Conflict, "har ändrat", save, {"reason": "Så", "expected_version": 0}),
        (InvalidContent, THE_SAME, now, {"reason": "Så", "expected_version": 1}),
    ):
        with pytest.raises(error, match=match):
            restore(what, actor=secretary, **fields)
    assert (fresh(answer).revision, fresh(answer).versions.count()) == (1, 1)


def test_what_is_written_on_the_page_of_the_older_version_is_refused(answer, secretary):
    write(answer, secretary, "Ett")
    section = fresh(answer).current.sections.get(order=1)
    restore(save_at(fresh(answer), 0), actor=secretary, expected_version=1, reason="Så")
    with pytest.raises(NotOpen, match="ny version"):
        save_section(section, actor=secretary, expected_version=1, body="Två")


@pytest.mark.parametrize(
    "change", [{"revision": 9}, {"what": "Annat"}, {"at": "2020-01-01T00:00:00Z"}]
)
def test_a_save_stays_what_it_was_whatever_road(answer, change):
    with pytest.raises(IntegrityError, match="stays what it was"), transaction.atomic():
        PaperSave.objects.filter(paper=answer.paper).update(**change)


def test_a_name_without_anybody_is_refused_by_the_database(answer):
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperSave.objects.filter(paper=answer.paper).update(name="A")


# Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def page(client: Client, secretary) -> Client:
    client.force_login(secretary)
    return client


HOME = "/remisser/ks-2023-553/svar/sodermalm/"


def test_the_page_shows_saves_and_what_differs(page, answer, secretary):
    write(answer, secretary, "<p>Nämnden är positiv.</p>")
    write(answer, secretary, "<p>Nämnden är mycket positiv.</p>")
    found = page.get(f"{HOME}versioner/?fran=2&till=1").content.decode()
    assert "Vad som skiljer" in found
    assert "<ins>" in found
    assert "Skrev i avsnittet ”Sammanfattning”" in found
    assert "Texterna är lika." in page.get(f"{HOME}versioner/?fran=1&till=1").content.decode()


@pytest.mark.parametrize("query", ["fran=x&till=1", "fran=&till=", "fran=99999999999&till=0"])
def test_what_is_no_save_is_said(page, answer, query):
    assert page.get(f"{HOME}versioner/?{query}").status_code == 200


def test_what_is_not_there_is_not_there(page, answer):
    assert page.get(f"{HOME}versioner/?fran=0&till=7").status_code == 404
    assert page.get(f"{HOME}versioner/7/").status_code == 404


def test_naming_and_going_back_by_the_page(page, answer, secretary):
    write(answer, secretary, "Ett")
    sent = page.post(f"{HOME}versioner/0/namn/", {"name": "till gruppen"}, follow=True)
    assert "Till gruppen" in sent.content.decode()
    assert "Till gruppen" in page.get(HOME).content.decode()
    refused = page.post(f"{HOME}versioner/0/aterstall/", {"revision": 1, "reason": ""})
    assert "Skriv varför texten återställs." in refused.content.decode()
    late = page.post(f"{HOME}versioner/0/aterstall/", {"revision": 0, "reason": "Så"})
    assert "har ändrat här" in late.content.decode()
    done = page.post(f"{HOME}versioner/0/aterstall/", {"revision": 1, "reason": "Så"}, follow=True)
    assert "återställd som version 2" in done.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_however_long_it_is(
    page, answer, secretary, number, django_assert_num_queries
):
    for n in range(number):
        actor = make_user(Role.NAMNDSEKRETERARE, make_namnd(), name=f"Kim {n}")
        write(answer, actor, f"Text {n}")
    page.get(f"{HOME}versioner/")
    with django_assert_num_queries(QUERIES):
        page.get(f"{HOME}versioner/?alla=ja")


QUERIES = 5
