"""Beredning: who was consulted, and the section that is written from it and never over a person."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfWriter

from organisation.enums import Role
from papers.domain.content import header_of
from papers.domain.errors import Conflict, InvalidContent, NotAllowed, NotOpen
from papers.domain.papers import save_header, save_section
from papers.domain.preparation import (
    DAY_MISSING,
    KEY,
    MOVED_ON,
    ONLY_IN_A_DRAFT,
    ONLY_PDF,
    TWICE,
    Facts,
    add_consultation,
    change_consultation,
    digest_of,
    lay_proposal,
    preparation_of,
    remove_consultation,
    set_proposal_aside,
)
from papers.domain.preparation_text import Consulted, proposal
from papers.enums import PaperState
from papers.models import Consultation, Paper, Section
from remisser.domain.lint import lint_answer
from remisser.domain.reading import answer_page
from remisser.models import Answer
from tests.factories import (
    make_answer,
    make_instance,
    make_namnd,
    make_remiss,
    make_template,
    make_user,
    triggers_asleep,
)
from trace.models import Event
from trace.uploads import PDF, WORD, CheckedFile

pytestmark = pytest.mark.django_db

HOME = "/remisser/ks-2023-553/svar/sodermalm/"
GROUP = Facts("forvaltningsgrupp", "Förvaltningsgruppen", "behandlat", dt.date(2025, 3, 3))
COUNCIL = Facts("rad", "Rådet för funktionshinderfrågor", "mojlighet", dt.date(2025, 3, 4))
WRITTEN = (
    "<p>Förvaltningsgruppen har behandlat ärendet den 3 mars 2025. Rådet för funktionshinderfrågor "
    "har haft möjlighet att behandla ärendet den 4 mars 2025.</p>"
)


@pytest.fixture
def secretary():
    return make_user(Role.NAMNDSEKRETERARE, make_namnd(), name="Siv")


@pytest.fixture
def answer(secretary) -> Answer:
    template = make_template()
    template.sections.create(key=KEY, heading="Ärendets beredning", kind="text", order=4)
    remiss = make_remiss(received_on=dt.date(2025, 2, 3))
    return make_answer(make_instance(remiss, due_on=dt.date(2025, 5, 2)), secretary)


def fresh(answer: Answer) -> Paper:
    answer.paper = Paper.objects.select_related("namnd", "current").get(pk=answer.paper_id)
    return answer.paper


def section(answer: Answer) -> Section:
    return fresh(answer).current.sections.get(key=KEY)


def add(answer: Answer, actor, facts: Facts = GROUP, **more) -> Consultation:
    return add_consultation(answer.paper, facts, actor=actor, **more)


def write(answer: Answer, actor, body: str) -> None:
    paper = fresh(answer)
    save_section(section(answer), actor=actor, expected_version=paper.revision, body=body)


def in_state(answer: Answer, state: PaperState) -> None:
    with triggers_asleep():
        Paper.objects.filter(pk=answer.paper_id).update(state=state)


def pdf(name: str = "protokoll.pdf", data: bytes = b"%PDF-1.7 x %%EOF") -> CheckedFile:
    return CheckedFile(name, PDF, data)


# The words ----------------------------------------------------------------------------------------


def test_the_words_say_what_happened_and_no_more():
    assert proposal(
        [
            Consulted("Rådet för äldre", "mojlighet", dt.date(2023, 8, 24), "Rådet sa inget"),
            Consulted("Förvaltningsgruppen", "behandlat", dt.date(2023, 8, 23)),
            Consulted("Avdelningen för unga", "berett"),
            Consulted("Avdelningen för vuxna", "berett"),
            Consulted("Utbildningsförvaltningen", "samrad"),
            Consulted("Origo", "avstatt"),
            Consulted("SHIS <Bostäder>", "synpunkter", dt.date(2023, 8, 1), "De vill vara med."),
        ]
    ) == (
        "<p>Ärendet har beretts inom avdelningen för unga och avdelningen för vuxna i samråd med "
        "utbildningsförvaltningen. SHIS &lt;Bostäder&gt; har lämnat synpunkter på ärendet den "
        "1 augusti 2023. De vill vara med. Förvaltningsgruppen har behandlat ärendet den "
        "23 augusti 2023. Rådet för äldre har haft möjlighet att behandla ärendet den "
        "24 augusti 2023. Rådet sa inget. Origo har avstått från att lämna synpunkter på "
        "ärendet.</p>"
    )
    assert proposal([]) == ""


# Registered ---------------------------------------------------------------------------------------


def test_the_section_is_written_from_what_is_registered(answer, secretary):
    add(answer, secretary)
    row = add(answer, secretary, COUNCIL)
    assert section(answer).body == WRITTEN
    remove_consultation(row, actor=secretary)
    assert "Rådet" not in section(answer).body
    verbs = list(Event.objects.about(answer.paper).values_list("verb", flat=True))
    assert (verbs.count("consulted"), verbs.count("saved")) == (3, 3)


def test_what_somebody_wrote_by_hand_is_never_written_over(answer, secretary):
    write(answer, secretary, "<p>Ärendet har beretts hos oss.</p>")
    add(answer, secretary)
    assert section(answer).body == "<p>Ärendet har beretts hos oss.</p>"
    state = preparation_of(fresh(answer))
    assert (state.by_hand, state.is_behind) == (True, True)
    lay_proposal(answer.paper, actor=secretary, seen=digest_of(state.proposal))
    assert section(answer).body == state.proposal
    assert not preparation_of(fresh(answer)).is_behind
    # And from then on Samlad writes on, until somebody writes again.
    row = add(answer, secretary, COUNCIL)
    assert section(answer).body == WRITTEN
    write(answer, secretary, WRITTEN.replace("</p>", " Rådet var positivt.</p>"))
    remove_consultation(row, actor=secretary)
    assert "Rådet var positivt" in section(answer).body
    assert preparation_of(fresh(answer)).is_behind


def test_a_text_that_is_kept_is_not_behind_until_something_changes_again(answer, secretary):
    write(answer, secretary, "<p>Vårt.</p>")
    add(answer, secretary)
    seen = digest_of(preparation_of(fresh(answer)).proposal)
    set_proposal_aside(answer.paper, actor=secretary, seen=seen)
    events = Event.objects.count()
    set_proposal_aside(answer.paper, actor=secretary, seen=seen)
    state = preparation_of(fresh(answer))
    assert (state.is_behind, section(answer).body, Event.objects.count()) == (
        False,
        "<p>Vårt.</p>",
        events,
    )
    add(answer, secretary, COUNCIL)
    assert preparation_of(fresh(answer)).is_behind
    with pytest.raises(InvalidContent, match=MOVED_ON[:20]):
        lay_proposal(answer.paper, actor=secretary, seen=seen)


def test_the_same_twice_is_once_and_another_the_same_day_is_refused(answer, secretary):
    row = add(answer, secretary, file=pdf())
    events = Event.objects.count()
    assert add(answer, secretary, file=pdf()) == row
    assert (Consultation.objects.count(), Event.objects.count()) == (1, events)
    with pytest.raises(InvalidContent, match=TWICE):
        add(answer, secretary, Facts(**{**GROUP.__dict__, "verb": "mojlighet"}))


def test_two_who_change_the_same_one_are_told(answer, secretary):
    row = add(answer, secretary)
    later = Facts(**{**GROUP.__dict__, "on": dt.date(2025, 3, 10)})
    change_consultation(row, later, actor=secretary, expected_version=0)
    assert "10 mars 2025" in section(answer).body
    change_consultation(row, later, actor=secretary, expected_version=0)  # the same again
    with pytest.raises(Conflict) as conflict:
        change_consultation(row, GROUP, actor=secretary, expected_version=0)
    assert conflict.value.theirs == later


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"on": None}, DAY_MISSING),
        ({"name": " "}, "Skriv vem"),
        ({"verb": "nej"}, "Välj vad som hände"),
        ({"kind": "nej"}, "Välj vilka"),
        ({"outcome": "19121212-1212 sa nej"}, "personnummer"),
        ({"outcome": "a" * 1001}, "1000 tecken"),
        ({"goes_along": True}, "Välj filen"),
    ],
)
def test_what_cannot_be_registered(answer, secretary, facts, says):
    with pytest.raises(InvalidContent, match=says):
        add(answer, secretary, Facts(**{**GROUP.__dict__, **facts}))
    assert not Consultation.objects.exists()


def test_only_a_pdf_goes_along_and_only_from_a_draft(answer, secretary):
    along = Facts(**{**GROUP.__dict__, "goes_along": True})
    with pytest.raises(InvalidContent, match=ONLY_PDF[:20]):
        add(answer, secretary, along, file=CheckedFile("a.docx", WORD, b"PK"))
    row = add(answer, secretary, along, file=pdf())
    in_state(answer, PaperState.ATTESTERAD)
    with pytest.raises(NotOpen, match=ONLY_IN_A_DRAFT[:20]):
        remove_consultation(row, actor=secretary)
    with pytest.raises(NotOpen, match=ONLY_IN_A_DRAFT[:20]):
        change_consultation(row, along, actor=secretary, expected_version=0, file=pdf(data=b"y"))
    other = Facts(**{**COUNCIL.__dict__, "goes_along": True})
    with pytest.raises(NotOpen, match=ONLY_IN_A_DRAFT[:20]):
        add(answer, secretary, other, file=pdf())
    add(answer, secretary, COUNCIL, file=pdf())  # for the nämnd's own eyes: still open
    assert section(answer).body.count("Rådet") == 0  # what the heads have read is not written in
    assert preparation_of(fresh(answer)).is_behind


def test_only_the_secretary_registers_and_not_once_it_is_with_the_namnd(answer, secretary):
    row = add(answer, secretary)
    for other in (
        make_user(Role.CHEF, make_namnd()),
        make_user(Role.NAMNDSEKRETERARE, make_namnd("bromma")),
    ):
        with pytest.raises(NotAllowed):
            add(answer, other, COUNCIL)
        with pytest.raises(NotAllowed):
            remove_consultation(row, actor=other)
    assert not Consultation.objects.visible_to(other).exists()
    in_state(answer, PaperState.UTSKICKAD)
    with pytest.raises(NotOpen, match="hos nämnden"):
        add(answer, secretary, COUNCIL)
    for sql in ("UPDATE papers_consultation SET name = 'x'", "DELETE FROM papers_consultation"):
        with (
            pytest.raises(IntegrityError, match="stand"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_the_database_holds_what_always_holds(answer, secretary):
    add(answer, secretary)
    for change in ("verb = 'behandlat', \"on\" = NULL", "file_name = 'a.pdf'", "goes_along = true"):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE papers_consultation SET {change}")


# Looked over --------------------------------------------------------------------------------------


def found(answer: Answer) -> list[tuple[bool, str]]:
    fresh(answer)
    lint = lint_answer(answer_page(answer, None))
    return [(f.is_error, f.words) for f in (*lint.errors, *lint.warnings) if f.preparation]


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (dt.date(2025, 3, 21), (True, "är efter sammanträdet 2025-03-20.")),
        (dt.date(2025, 3, 20), (False, "är samma dag som sammanträdet.")),
        (dt.date(2025, 2, 2), (True, "är före den dag då remissen kom, 2025-02-03.")),
        (dt.date(2025, 3, 2), None),
    ],
)
@time_machine.travel("2025-03-25 12:00", tick=False)
def test_days_that_contradict_each_other_are_found(answer, secretary, day, says):
    paper = fresh(answer)
    header = header_of(paper.current)
    save_header(
        paper,
        actor=secretary,
        expected_version=0,
        header=type(header)(**{**header.__dict__, "meeting_on": dt.date(2025, 3, 20)}),
    )
    add(answer, secretary, Facts(**{**GROUP.__dict__, "on": day}))
    told = [(error, words.split(f"{day} ", 1)[-1]) for error, words in found(answer)]
    assert told == ([says] if says else [])


@time_machine.travel("2025-03-01 12:00", tick=False)
def test_what_has_not_been_yet_and_a_text_that_is_behind_are_found(answer, secretary):
    add(answer, secretary)
    assert [words for _, words in found(answer)] == [
        "Samrådet med Förvaltningsgruppen 2025-03-03 har inte varit än, men texten säger att det "
        "har det."
    ]
    write(answer, secretary, "<p>Annat.</p>")
    assert found(answer)[-1] == (
        False,
        "Texten om ärendets beredning säger något annat än de registrerade samråden.",
    )


# The page -----------------------------------------------------------------------------------------


def fields(**more):
    return {"kind": "rad", "name": "Rådet", "verb": "mojlighet", "on": "2025-03-04", **more}


def real_pdf() -> bytes:
    from_bytes = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.write(from_bytes)
    return from_bytes.getvalue()


def test_on_the_page_it_is_registered_with_its_file_changed_and_taken_away(
    answer, secretary, client
):
    client.force_login(secretary)
    data = real_pdf()
    page = client.post(
        f"{HOME}beredning/",
        fields(file=SimpleUploadedFile("protokoll.pdf", data), outcome="Inget att erinra"),
        follow=True,
    ).content.decode()
    assert "Samrådet är registrerat." in page
    row = Consultation.objects.get()
    file = client.get(f"{HOME}beredning/{row.pk}/fil/")
    assert (file.content, file.headers["Content-Type"]) == (data, "application/pdf")
    assert "attachment" in file.headers["Content-Disposition"]
    change = f"{HOME}beredning/{row.pk}/"
    assert 'value="0"' in client.get(change).content.decode()
    client.post(change, fields(name="Pensionärsrådet", revision=0, drop_file="on"))
    row.refresh_from_db()
    assert (row.name, row.file_name, row.size) == ("Pensionärsrådet", "", 0)
    late = client.post(change, fields(name="Rådet", revision=0)).content.decode()
    assert "Det som är sparat nu" in late
    assert "Pensionärsrådet" in late
    client.post(f"{change}ta-bort/")
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"%PDF-1.7 /Encrypt 5 0 R %%EOF", "skyddad med lösenord"),
        ("a.exe", b"MZ", "av ett slag som inte tas emot"),
        ("a.pdf", b"", "är tom"),
        ("a.pdf", b"%PDF-1.7" + b"x" * (9 << 20), "större än 7 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    answer, secretary, client, name, data, says
):
    client.force_login(secretary)
    given = fields(file=SimpleUploadedFile(name, data), name="Rådet som skrevs")
    page = client.post(f"{HOME}beredning/", given).content.decode()
    assert says in page
    assert "Rådet som skrevs" in page  # nothing typed is cleared
    assert not Consultation.objects.exists()


def test_the_page_shows_both_texts_and_lets_one_choose(answer, secretary, client):
    write(answer, secretary, "<p>Vårt eget.</p>")
    add(answer, secretary)
    client.force_login(secretary)
    page = client.get(f"{HOME}beredning/").content.decode()
    assert "Texten ligger efter samråden" in page
    assert "Vårt eget." in page
    seen = digest_of(preparation_of(fresh(answer)).proposal)
    client.post(f"{HOME}beredning/text/", {"choice": "behall", "seen": seen})
    assert section(answer).body == "<p>Vårt eget.</p>"
    client.post(f"{HOME}beredning/text/", {"choice": "lagg-in", "seen": seen})
    assert "har behandlat ärendet" in section(answer).body


def test_the_page_asks_the_same_of_one_and_of_three(answer, secretary, client):
    client.force_login(secretary)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("answer-preparation", args=["ks-2023-553", "sodermalm"]))
        return len(queries)

    add(answer, secretary)
    asked()
    one = asked()
    add(answer, secretary, COUNCIL)
    add(answer, secretary, Facts("avdelning", "Avdelningen för unga", "berett"))
    assert asked() == one
