"""Eight people press the same button at the same moment, against what is really committed.

One of them wins. The others keep what they wrote and see what won; nothing is half written, and
the trace is whole.
"""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.domain.deciding import ProtocolText
from indicators.domain.entry import approve_report, recall_report, submit_report
from indicators.domain.errors import Conflict, NotOpen
from indicators.domain.followup_report.fixing import decide, fix, reopen
from indicators.enums import ReportState
from indicators.models import Report, ReportVersion, Value
from organisation.enums import Role
from organisation.models import User
from papers.domain import errors as paper_errors
from papers.domain.attest import attest
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import MadeFile, dispatch_paper
from papers.domain.papers import open_new_version
from papers.enums import PaperState
from papers.models import Attestation, Paper, PaperVersion, Section
from remisser.domain.deciding import decide_answer
from remisser.models import Position
from tests.committed import CommittedDatabase, copied, working_in
from tests.everywhere.scenario import AT_ATTEST, ATTESTED, CLOSED, DRAFT, GOAL, OPEN, SENT_OUT, City
from tests.factories import make_namnd, make_user
from trace.models import Event

EIGHT = range(8)


@pytest.fixture
def busy(built_city, django_db_blocker, monkeypatch) -> Iterator[tuple[CommittedDatabase, City]]:
    """A city of one's own, in which everything may be committed; afterwards its trace is whole."""
    monkeypatch.setenv("AUDIT_SEAL_KEY", "en-nyckel-bara-for-provning-av-forseglingen")
    with django_db_blocker.unblock(), copied(built_city.database) as name, working_in(name):
        yield CommittedDatabase(name), built_city.city


def check_trace() -> None:
    connection.close()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("Spåret är helt. ")


def people(role: str) -> list[User]:
    return [make_user(role, make_namnd("sodermalm"), name=f"Nummer {n}") for n in EIGHT]


def browsers(role: str) -> list[Client]:
    clients = []
    for person in people(role):
        client = Client()
        client.force_login(person)
        clients.append(client)
    return clients


def posting(client: Client, path: str, fields: dict) -> Callable[[], tuple[int, str]]:
    def work() -> tuple[int, str]:
        answer = client.post(path, fields)
        return answer.status_code, answer.content.decode()

    return work


def one_winner(answers: list[tuple[int, str]]) -> int:
    """Whose post was saved: all others got their page back."""
    assert sorted(status for status, _ in answers) == [200] * 7 + [302], answers
    return next(n for n, (status, _) in enumerate(answers) if status == 302)


def test_one_section_keeps_one_text_and_the_others_keep_theirs(busy):
    database, city = busy
    paper = city.answer(DRAFT).paper
    path = reverse("answer-section", args=[DRAFT, "sodermalm", 1])
    fields = [{"body": f"<p>text-{n}-</p>", "revision": paper.revision} for n in EIGHT]
    clients = browsers(Role.NAMNDSEKRETERARE)
    before = Event.objects.about(paper).count()
    answers = database.in_threads(
        *[posting(c, path, f) for c, f in zip(clients, fields, strict=True)]
    )
    won = one_winner(answers)
    for number, (_, page) in enumerate(answers):
        if number != won:
            assert "Någon annan hann före" in page
            assert f"text-{number}-" in page  # in the field, as it was written
            assert f"text-{won}-" in page  # beside it
    section = Section.objects.get(version=paper.current, order=1)
    after = Paper.objects.get(pk=paper.pk)
    assert section.body == f"<p>text-{won}-</p>"
    assert after.revision == section.revision == paper.revision + 1
    assert Event.objects.about(paper).count() == before + 1
    check_trace()


def test_one_position_keeps_one_stance_and_the_others_keep_theirs(busy):
    database, city = busy
    paper = city.answer(DRAFT).paper
    path = reverse("answer-position", args=[DRAFT, "sodermalm", 2])
    fields = [
        {"stance": "positiv", "body": f"<p>text-{n}-</p>", "revision": paper.revision}
        for n in EIGHT
    ]
    clients = browsers(Role.NAMNDSEKRETERARE)
    answers = database.in_threads(
        *[posting(c, path, f) for c, f in zip(clients, fields, strict=True)]
    )
    won = one_winner(answers)
    for number, (_, page) in enumerate(answers):
        assert number == won or (f"text-{number}-" in page and f"text-{won}-" in page)
    position = Position.objects.get(answer_version__version=paper.current, proposal__number=2)
    assert position.body == f"<p>text-{won}-</p>"
    check_trace()


def test_one_value_is_saved_and_the_others_keep_theirs(busy):
    database, city = busy
    report = city.report()
    path = reverse("report", args=["sodermalm", OPEN])
    fields = [
        {
            "revision": report.revision,
            "seen": "{}",
            "v-i-1-totalt-utfall": f"{4000 + n}",
            "v-i-1-totalt-kommentar": f"kommentar-{n}-",
        }
        for n in EIGHT
    ]
    clients = browsers(Role.UPPGIFTSLAMNARE)
    answers = database.in_threads(
        *[posting(c, path, f) for c, f in zip(clients, fields, strict=True)]
    )
    won = one_winner(answers)
    for number, (_, page) in enumerate(answers):
        if number != won:
            assert f"Nummer {won} har ändrat rapporten" in page
            assert f'value="{4000 + number}"' in page
            assert f"kommentar-{number}-" in page
            assert f"kommentar-{won}-" in page
    value = Value.objects.get(version=report.current)
    assert (value.number, value.comment) == (4000 + won, f"kommentar-{won}-")
    assert value.entered_by.name == f"Nummer {won}"
    assert Report.objects.get(pk=report.pk).revision == report.revision + 1
    check_trace()


def outcomes(answers: list, wins: type) -> tuple[list, list]:
    """Those that were carried out, and the kinds of the refusals."""
    done = [a for a in answers if isinstance(a, wins)]
    return done, [type(a) for a in answers if not isinstance(a, wins)]


def test_a_report_is_handed_in_once_and_approved_once(busy):
    database, city = busy
    report, fillers = city.report(), people(Role.UPPGIFTSLAMNARE)
    now = {"expected_version": report.revision}
    answers = database.in_threads(
        *[lambda who=who: submit_report(report, actor=who, **now) for who in fillers]
    )
    done, refused = outcomes(answers, Report)
    assert len(done) == 1
    assert set(refused) <= {NotOpen, Conflict}
    report = Report.objects.get(pk=report.pk)
    reviewers = people(Role.GRANSKARE)
    now = {"expected_version": report.revision}
    answers = database.in_threads(
        *[lambda who=who: approve_report(report, actor=who, **now) for who in reviewers]
    )
    done, refused = outcomes(answers, Report)
    assert len(done) == 1
    assert set(refused) <= {NotOpen, Conflict}
    report = Report.objects.get(pk=report.pk)
    assert (report.state, report.approved_id) == (ReportState.GODKAND, report.current_id)
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert (verbs.count("submitted"), verbs.count("approved")) == (1, 1)
    check_trace()


def test_a_report_is_recalled_or_approved_never_both(busy):
    """Four take it back while four approve it: exactly one of the eight gets through."""
    database, city = busy
    report, filler = city.report(), city.people["filler"]
    report = submit_report(report, actor=filler, expected_version=report.revision)
    now = {"expected_version": report.revision}
    fillers, reviewers = people(Role.UPPGIFTSLAMNARE)[:4], people(Role.GRANSKARE)[4:]
    answers = database.in_threads(
        *[lambda who=who: recall_report(report, actor=who, reason="Fel", **now) for who in fillers],
        *[lambda who=who: approve_report(report, actor=who, **now) for who in reviewers],
    )
    done, refused = outcomes(answers, Report)
    assert len(done) == 1
    assert set(refused) <= {NotOpen, Conflict}
    after = Report.objects.get(pk=report.pk)
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert verbs.count("recalled") + verbs.count("approved") == 1
    was_recalled = after.state == ReportState.UTKAST
    assert (after.approved_id is None) == was_recalled
    assert after.versions.count() == (2 if was_recalled else 1)
    check_trace()


def test_one_attest_is_given_however_often_it_is_pressed(busy):
    database, city = busy
    paper, head = city.answer(AT_ATTEST).paper, city.attestant()
    sha256 = fingerprint_of(paper.current)
    answers = database.in_threads(
        *[lambda: attest(paper, actor=head, sha256=sha256) for _ in EIGHT]
    )
    assert len({given.pk for given in answers}) == 1
    assert Attestation.objects.filter(version=paper.current).count() == 1
    verbs = list(Event.objects.about(paper).values_list("verb", flat=True))
    assert (verbs.count("attested-by-all"), Paper.objects.get(pk=paper.pk).state) == (
        1,
        PaperState.ATTESTERAD,
    )
    check_trace()


def test_a_paper_is_attested_or_opened_again_never_both(busy):
    """Four open a new version while the head attests: what is attested is what was read."""
    database, city = busy
    paper, head = city.answer(AT_ATTEST).paper, city.attestant()
    sha256, secretaries = fingerprint_of(paper.current), people(Role.NAMNDSEKRETERARE)[:4]
    now = {"expected_version": paper.revision, "reason": "Fel"}
    database.in_threads(
        *[lambda who=who: open_new_version(paper, actor=who, **now) for who in secretaries],
        *[lambda: attest(paper, actor=head, sha256=sha256) for _ in range(4)],
    )
    after = Paper.objects.get(pk=paper.pk)
    attested = Attestation.objects.filter(by=head, version__paper=paper).count()
    if after.state == PaperState.ATTESTERAD:
        assert (attested, after.versions.count(), after.current_id) == (1, 1, paper.current_id)
    else:
        assert (after.state, after.versions.count()) == (PaperState.UTKAST, 2)
        assert after.current.attestations.count() == 0
    check_trace()


def test_one_decision_and_one_sending_come_of_eight_clicks(busy):
    database, city = busy
    answer, secretary = city.answer(SENT_OUT), city.people["secretary"]
    now = {"actor": secretary, "expected_version": answer.paper.revision}
    items = database.in_threads(
        *[lambda: decide_answer(answer, outcome="enligt", **now) for _ in EIGHT]
    )
    assert len({item.decision_id for item in items}) == 1
    paper = Paper.objects.get(pk=answer.paper_id)
    now["expected_version"] = paper.revision
    made = [MadeFile("svar.pdf", "application/pdf", b"%PDF-")]
    sendings = database.in_threads(
        *[
            lambda: dispatch_paper(paper, recipients=["KS"], make_files=lambda _: made, **now)
            for _ in EIGHT
        ]
    )
    assert len({sending.pk for sending in sendings}) == 1
    verbs = list(Event.objects.about(paper).values_list("verb", flat=True))
    assert (verbs.count("decided"), verbs.count("dispatched")) == (1, 1)
    check_trace()


def test_one_new_version_is_opened(busy):
    database, city = busy
    paper, secretaries = city.answer(ATTESTED).paper, people(Role.NAMNDSEKRETERARE)
    answers = database.in_threads(
        *[
            lambda who=who: open_new_version(
                paper, actor=who, expected_version=paper.revision, reason=f"Skäl {who.name}"
            )
            for who in secretaries
        ]
    )
    done, refused = outcomes(answers, Paper)
    assert len(done) == 1
    assert set(refused) <= {paper_errors.NotOpen, paper_errors.Conflict}
    versions = list(PaperVersion.objects.filter(paper=paper).order_by("number"))
    assert [v.number for v in versions] == [1, 2]
    assert versions[1].reason == f"Skäl {versions[1].created_by.name}"
    assert [v.sections.count() for v in versions] == [6, 6]
    check_trace()


def test_eight_clicks_of_one_person_are_one_act_and_all_succeed(busy):
    database, city = busy
    report, filler = city.report(), city.people["filler"]
    now = {"actor": filler, "expected_version": report.revision}
    answers = database.in_threads(*[lambda: submit_report(report, **now) for _ in EIGHT])
    assert {type(a) for a in answers} == {Report}
    report = Report.objects.get(pk=report.pk)
    now = {"actor": city.people["reviewer"], "expected_version": report.revision}
    answers = database.in_threads(*[lambda: approve_report(report, **now) for _ in EIGHT])
    assert {type(a) for a in answers} == {Report}
    paper = city.answer(ATTESTED).paper
    now = {"actor": city.people["secretary"], "expected_version": paper.revision}
    answers = database.in_threads(
        *[lambda: open_new_version(paper, reason="Skäl", **now) for _ in EIGHT]
    )
    assert {type(a) for a in answers} == {Paper}
    assert ReportVersion.objects.filter(report=report).count() == 1
    assert PaperVersion.objects.filter(paper=paper).count() == 2
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert (verbs.count("submitted"), verbs.count("approved")) == (1, 1)
    check_trace()


def test_one_chapter_keeps_one_text_and_the_others_keep_theirs(busy):
    database, city = busy
    report = city.followup("sodermalm")
    path = reverse("tertial-report-chapter", args=["sodermalm", OPEN, GOAL])
    fields = [{"body": f"text-{n}-", "revision": report.revision} for n in EIGHT]
    clients = browsers(Role.NAMNDSEKRETERARE)
    answers = database.in_threads(
        *[posting(c, path, f) for c, f in zip(clients, fields, strict=True)]
    )
    won = one_winner(answers)
    for number, (_, page) in enumerate(answers):
        if number != won:
            assert f"text-{number}-" in page  # in the field, as it was written
            assert f"text-{won}-" in page  # beside it
    assert report.texts.get(chapter="mal").body == f"text-{won}-"
    check_trace()


def test_a_follow_up_is_fixed_once_and_decided_on_once_however_many_clicks(busy):
    database, city = busy
    report, secretary = city.followup("sodermalm", CLOSED), city.people["secretary"]
    reopen(report, actor=secretary, expected_version=report.revision, reason="Mer")
    report.refresh_from_db()
    now = {"actor": secretary, "expected_version": report.revision, "reason": "Mer"}
    answers = database.in_threads(*[lambda: fix(report, **now) for _ in EIGHT])
    assert {a.number for a in answers} == {3}
    version = report.versions.get(number=3)
    text = ProtocolText("9", ("Godkänns.",))
    answers = database.in_threads(
        *[
            lambda: decide(version, actor=secretary, on=timezone.localdate(), text=text)
            for _ in EIGHT
        ]
    )
    assert len({a.pk for a in answers}) == 1
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert (verbs.count("fixed"), verbs.count("decided")) == (3, 1)
    check_trace()
