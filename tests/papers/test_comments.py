"""Comments on passages, and sections given to others: within the nämnd, and never in a file."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.domain.todo import todo_for
from organisation.enums import Role
from papers.domain.comments import (
    NO_PLACE,
    NOT_THERE,
    NOTHING_SAID,
    RESOLVED,
    reopen,
    reply,
    resolve,
    start_thread,
    threads_of,
)
from papers.domain.errors import InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import save_header, save_section
from papers.domain.saves import restore, save_at
from papers.domain.tasks import (
    GIVEN_ALREADY,
    NOT_OF_THE_NAMND,
    finish_section,
    give_section,
    take_back_section,
    tasks_of,
)
from papers.models import Comment, CommentThread, Paper, SectionTask
from remisser.domain.answers import save_position
from remisser.domain.drafts import share_answer_draft
from remisser.domain.lint import lint_answer
from remisser.domain.reading import answer_page
from remisser.models import Answer
from tests.factories import make_answer, make_instance, make_namnd, make_remiss, make_user

pytestmark = pytest.mark.django_db

HOME = "/remisser/ks-2023-553/svar/sodermalm/"
SUMMARY = "sammanfattning/Sammanfattning/1"


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def chef():
    return make_user(Role.CHEF, make_namnd(), name="Cia")


@pytest.fixture
def answer(secretary) -> Answer:
    answer = make_answer(make_instance(make_remiss()), secretary)
    write(answer, secretary, "<p>Nämnden är <strong>positiv</strong> till förslaget.</p>")
    return answer


def fresh(answer: Answer) -> Paper:
    return Paper.objects.select_related("namnd", "current").get(pk=answer.paper_id)


def write(answer: Answer, actor, body: str) -> None:
    paper = fresh(answer)
    save_section(
        paper.current.sections.get(order=1), actor=actor, expected_version=paper.revision, body=body
    )


def ask(answer: Answer, actor, text: str = "Stämmer det?", **more) -> CommentThread:
    return start_thread(fresh(answer), actor=actor, place=SUMMARY, text=text, **more)


def test_a_question_on_words_follows_them_when_others_move(answer, chef, secretary):
    thread = ask(answer, chef, quote="är  positiv till")
    write(answer, secretary, "<h3>Först</h3><p>Nytt.</p><p>Nämnden är positiv till förslaget.</p>")
    (view,) = threads_of(fresh(answer))
    assert (view.thread, view.has_changed, view.anchor) == (thread, False, "avsnitt-1")


def test_a_question_on_words_that_are_gone_stays_and_says_so(answer, chef, secretary):
    ask(answer, chef, quote="är positiv till")
    write(answer, secretary, "<p>Nämnden avstår.</p>")
    (view,) = threads_of(fresh(answer))
    assert (view.has_changed, view.thread.quote) == (True, "är positiv till")


def test_it_is_there_in_the_next_version_too(answer, chef, secretary):
    ask(answer, chef, quote="är positiv till")
    write(answer, secretary, "<p>Nämnden avstår.</p>")
    restore(save_at(fresh(answer), 1), actor=secretary, expected_version=2, reason="Fel")
    (view,) = threads_of(fresh(answer))
    assert not view.has_changed


def test_the_answer_to_a_proposal_can_be_asked_about(answer, chef, secretary):
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=2),
        actor=secretary,
        expected_version=1,
        stance="positiv",
        body="Bra förslag",
    )
    start_thread(fresh(answer), actor=chef, place="att-sats-2", text="Är det?", quote="Bra förslag")
    (view,) = threads_of(fresh(answer))
    assert (view.thread.heading, view.anchor) == ("Svaret på att-sats 2", "att-sats-2")


@pytest.mark.parametrize(
    ("place", "fields", "match"),
    [
        (SUMMARY, {"text": " "}, NOTHING_SAID),
        ("finns-inte", {"text": "Ja"}, NO_PLACE),
        (SUMMARY, {"text": "Ja", "quote": "finns inte"}, NOT_THERE),
        (SUMMARY, {"text": "x" * 4001}, "högst 4000 tecken"),
        ("huvudet", {"text": "Ja"}, NO_PLACE),
    ],
)
def test_what_cannot_be_asked(answer, chef, place, fields, match):
    with pytest.raises(InvalidContent, match=match):
        start_thread(fresh(answer), actor=chef, place=place, **fields)
    assert Comment.objects.count() == 0


def test_a_thread_is_answered_resolved_and_opened_again(answer, chef, secretary):
    thread = ask(answer, chef)
    reply(thread, actor=secretary, text="Ja.")
    resolve(thread, actor=secretary)
    with pytest.raises(NotOpen, match=RESOLVED):
        reply(thread, actor=chef, text="Men?")
    assert threads_of(fresh(answer), only_open=True) == []
    reopen(thread, actor=chef)
    reply(thread, actor=chef, text="Men?")
    (view,) = threads_of(fresh(answer), only_open=True)
    assert [c.text for c in view.comments] == ["Stämmer det?", "Ja.", "Men?"]


def test_buttons_pressed_twice_do_one_thing(answer, chef, secretary):
    for _ in range(2):
        thread = ask(answer, chef)
        reply(thread, actor=secretary, text="Ja.")
        resolve(thread, actor=secretary)
        reopen(thread, actor=secretary)
    # Between the two somebody else spoke: the second time is a new question.
    assert CommentThread.objects.count() == 2
    for _ in range(2):
        thread = ask(answer, chef, text="En gång?")
    for _ in range(2):
        reply(thread, actor=secretary, text="Ja.")
    assert Comment.objects.filter(thread=thread).count() == 2


def test_a_comment_is_no_change_of_the_paper(answer, chef, secretary):
    before = fresh(answer).revision
    ask(answer, chef)
    assert fresh(answer).revision == before
    paper = fresh(answer)
    save_section(
        paper.current.sections.get(order=1), actor=secretary, expected_version=before, body="Nytt"
    )


def test_only_who_works_in_the_nämnd_may(answer, chef):
    thread = ask(answer, chef)
    for role, namnd in ((Role.CHEF, "bromma"), (Role.LEDAMOT, "sodermalm"), (Role.SAMORDNARE, "x")):
        stranger = make_user(role, make_namnd(namnd))
        with pytest.raises(NotAllowed):
            ask(answer, stranger)
        with pytest.raises(NotAllowed):
            reply(thread, actor=stranger, text="Ja")
        with pytest.raises(NotAllowed):
            resolve(thread, actor=stranger)
        assert not CommentThread.objects.visible_to(stranger).exists()
        assert not Comment.objects.visible_to(stranger).exists()


def test_a_nämnd_that_is_sent_the_draft_reads_nothing_of_what_is_said(
    client: Client, answer, chef, secretary
):
    ask(answer, chef, text="Internt, mellan oss")
    give_section(
        fresh(answer),
        key="sammanfattning",
        person=chef,
        unit="Enheten för våldsfrågor",
        due_on=dt.date(2031, 1, 2),
        actor=secretary,
    )
    share_answer_draft(answer, to_namnd=make_namnd("bromma"), actor=secretary)
    client.force_login(make_user(Role.CHEF, make_namnd("bromma")))
    page = client.get(f"{HOME}utkast/1/").content.decode()
    assert "positiv" in page
    assert "Internt" not in page
    assert "Enheten" not in page
    assert client.get(f"{HOME}kommentarer/").status_code == 404


@pytest.mark.parametrize("kind", ["word", "pdf"])
def test_no_file_holds_what_is_said(client: Client, answer, chef, secretary, kind):
    ask(answer, chef, text="Internt, mellan oss", quote="är positiv till")
    client.force_login(secretary)
    data = client.get(f"{HOME}{kind}/").content
    if kind == "word":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(parts.read(name) for name in parts.namelist())
            assert "word/comments.xml" not in parts.namelist()
    assert b"Internt" not in data


def test_what_is_not_resolved_is_named_before_attest_with_a_link(client, answer, chef, secretary):
    thread = ask(answer, chef)
    page = answer_page(answer, secretary)
    words = [(f.words, f.thread, f.is_error) for f in lint_answer(page).warnings if f.thread]
    assert words == [(f"En kommentar från {chef} är inte löst.", thread.pk, False)]
    client.force_login(secretary)
    assert f'href="{HOME}kommentarer/#trad-{thread.pk}"' in client.get(HOME).content.decode()
    resolve(thread, actor=secretary)
    assert not [f for f in lint_answer(answer_page(answer, secretary)).warnings if f.thread]


def test_by_the_page(client: Client, answer, chef):
    client.force_login(chef)
    form = client.get(f"{HOME}kommentarer/?avsnitt={SUMMARY}&citat=positiv").content.decode()
    assert f'value="{SUMMARY}" selected' in form
    said = client.post(
        f"{HOME}kommentarer/", {"place": SUMMARY, "quote": "positiv", "text": "Hur?"}, follow=True
    )
    assert "Kommentaren är sparad." in said.content.decode()
    thread = CommentThread.objects.get()
    at = f"{HOME}kommentarer/{thread.pk}/"
    for path, data, words in (
        ("svara/", {f"t{thread.pk}-text": ""}, NOTHING_SAID),
        ("svara/", {f"t{thread.pk}-text": "Så."}, "Svaret är sparat."),
        ("los/", {}, "Kommentaren är löst."),
        ("oppna/", {}, "Kommentaren är öppen igen."),
    ):
        assert words in client.post(f"{at}{path}", data, follow=True).content.decode()
    kept = client.post(
        f"{HOME}kommentarer/", {"place": SUMMARY, "quote": "saknas", "text": "Mitt"}
    ).content.decode()
    assert NOT_THERE in kept
    assert "Mitt" in kept


def test_the_page_asks_as_often_however_many(client, answer, chef):
    client.force_login(chef)
    asked = []
    for more in (1, 2):
        for n in range(more):
            other = make_user(Role.CHEF, make_namnd(), name=f"Kim {more} {n}")
            reply(ask(answer, other, text=f"Nr {more} {n}"), actor=chef, text="Ja")
        client.get(f"{HOME}kommentarer/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{HOME}kommentarer/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_database_wants_both_who_and_when(answer, chef):
    ask(answer, chef)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentThread.objects.update(resolved_by=chef)


# Sections given to others ------------------------------------------------------------------------


@pytest.fixture
def writer():
    return make_user(Role.UPPGIFTSLAMNARE, make_namnd(), name="Ulla")


def give(answer: Answer, actor, person, key: str = "sammanfattning", **more) -> SectionTask:
    more.setdefault("unit", "Enheten för våldsfrågor")
    more.setdefault("due_on", dt.date(2031, 1, 2))
    return give_section(fresh(answer), key=key, person=person, actor=actor, **more)


def test_who_is_given_a_section_writes_in_that_one_only(answer, secretary, writer):
    with pytest.raises(NotAllowed):
        write(answer, writer, "Mitt")
    task = give(answer, secretary, writer)
    write(answer, writer, "Mitt")
    paper = fresh(answer)
    with pytest.raises(NotAllowed):
        save_section(
            paper.current.sections.get(order=2), actor=writer, expected_version=9, body="Mitt"
        )
    with pytest.raises(NotAllowed):
        save_header(paper, actor=writer, expected_version=9, header=None)
    finish_section(task, actor=writer)
    with pytest.raises(NotAllowed):
        write(answer, writer, "Mer")


def test_who_has_lost_the_role_writes_no_more(answer, secretary, writer):
    give(answer, secretary, writer)
    writer.memberships.all().delete()
    with pytest.raises(NotAllowed):
        write(answer, type(writer).objects.get(pk=writer.pk), "Mitt")


def test_it_stands_in_the_list_of_who_was_given_it_until_it_is_done(answer, secretary, writer):
    task = give(answer, secretary, writer, note="Kort")
    (mine,) = [t for t in todo_for(writer).mine if "Skriv avsnittet" in t.title]
    assert (mine.title, mine.due_on) == (
        "Skriv avsnittet ”Sammanfattning”, Sodermalm",
        dt.date(2031, 1, 2),
    )
    assert mine.detail == "Svar på KS 2023/553. Enheten för våldsfrågor. Kort"
    assert mine.url == f"{HOME}fordelning/"
    finish_section(task, actor=writer)
    assert not [t for t in todo_for(writer).mine if "Skriv avsnittet" in t.title]


def test_a_section_is_one_s_at_a_time(answer, secretary, writer, chef):
    task = give(answer, secretary, writer)
    assert give(answer, secretary, writer) == task
    with pytest.raises(InvalidContent, match=GIVEN_ALREADY):
        give(answer, secretary, chef)
    take_back_section(task, actor=secretary)
    give(answer, secretary, chef)
    assert [t.person for t in tasks_of(fresh(answer))] == [chef]
    with pytest.raises(IntegrityError), transaction.atomic():
        SectionTask.objects.create(
            paper=answer.paper,
            key="sammanfattning",
            heading="x",
            unit="x",
            person=chef,
            due_on=dt.date(2031, 1, 1),
            given_by=chef,
        )


def test_only_people_of_the_nämnd_are_given_and_only_the_secretary_gives(answer, secretary, writer):
    stranger = make_user(Role.CHEF, make_namnd("bromma"))
    with pytest.raises(InvalidContent, match=NOT_OF_THE_NAMND):
        give(answer, secretary, stranger)
    with pytest.raises(NotAllowed):
        give(answer, writer, writer)
    with pytest.raises(InvalidContent, match="Välj ett avsnitt"):
        give(answer, secretary, writer, key="underskrifter")
    task = give(answer, secretary, writer)
    with pytest.raises(NotAllowed):
        take_back_section(task, actor=writer)
    with pytest.raises(NotAllowed):
        finish_section(task, actor=stranger)


def test_giving_by_the_page(client: Client, answer, secretary, writer):
    client.force_login(secretary)
    data = {"key": "sammanfattning", "unit": "Enheten", "person": writer.pk, "due_on": "x"}
    assert "Skriv datumet som" in client.post(f"{HOME}fordelning/", data).content.decode()
    data["due_on"] = "2031-01-02"
    page = client.post(f"{HOME}fordelning/", data, follow=True).content.decode()
    assert "Avsnittet är fördelat till Ulla" in page
    assert "skriver avsnittet. Klart senast 2 januari 2031" in client.get(HOME).content.decode()
    task = SectionTask.objects.get()
    client.force_login(writer)
    home = client.get(HOME).content.decode()
    assert f'href="{HOME}avsnitt/1/"' in home
    assert f'href="{HOME}avsnitt/2/"' not in home
    assert client.get(f"{HOME}avsnitt/1/").status_code == 200
    assert client.get(f"{HOME}avsnitt/2/").status_code == 403
    done = client.post(f"{HOME}fordelning/{task.pk}/klart/", follow=True).content.decode()
    assert "Avsnittet är klart." in done
