"""Real papers come in as answers: whole, all or nothing, and nothing made up."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from desk.demo.organisation import load_namnder
from organisation.enums import Role
from organisation.models import Namnd
from papers.domain.errors import NotAllowed
from papers.models import Attestation, Paper, PaperTemplate, PaperVersion, Section
from remisser.domain.answers import coverage
from remisser.domain.import_answer import ANSWERS_TOGETHER, NotImportable, import_answer
from remisser.models import Answer, Position, Proposal, Remiss, Remissinstans
from tests.factories import make_remiss, make_user
from tests.remisser.seeds import HASSELBY, SOCIALNAMNDEN, SODERMALM, read
from trace.models import Event

pytestmark = pytest.mark.django_db

SMALL = """Svar på remiss KS 2024/1

Förslag till beslut
Södermalms stadsdelsnämnd överlämnar tjänsteutlåtandet som svar.

Sammanfattning
En kort text{extra}.
"""


@pytest.fixture(autouse=True)
def _boards():
    load_namnder()


def small(extra: str = "") -> str:
    return SMALL.format(extra=extra)


def take_in(seeds, name: str, **fields):
    return import_answer((seeds / name).read_bytes(), source_name=name, **fields)


def answer_of(code: str) -> Answer:
    return Answer.objects.get(paper__namnd__code=code)


def rows() -> list[int]:
    tables = (Remiss, Remissinstans, Proposal, Answer, Paper, PaperVersion, Section, Position)
    return [t.objects.count() for t in (*tables, Attestation, Event, PaperTemplate)]


def test_hasselby_vallingby_comes_in_whole_into_an_empty_register(seeds):
    outcome = take_in(seeds, HASSELBY)
    assert (outcome.remiss, outcome.remiss_created, outcome.namnd, outcome.instance_created) == (
        "KS 2023/553",
        True,
        "hasselby-vallingby",
        True,
    )
    remiss = Remiss.objects.get()
    assert (remiss.slug, remiss.title, remiss.kind, remiss.remitter) == (
        "ks-2023-553",
        "Motion om lämna-program för individer i våldsamma relationer",
        "motion",
        "Kommunstyrelsen",
    )
    assert (remiss.author, remiss.party, remiss.received_on) == ("Kristin Jacobsson", "C", None)
    assert remiss.remitter_namnd == Namnd.objects.get(code="kommunstyrelsen")
    assert remiss.instances.get().due_on == dt.date(2023, 9, 19)
    version = answer_of("hasselby-vallingby").paper.current
    assert version.paper.state == "attesterad"
    assert version.meeting_on == dt.date(2023, 8, 31)
    assert version.handlaggare == [{"name": "Ludvig Jansson", "telephone": "08-50805795"}]
    assert [person["name"] for person in version.signatures] == [
        "Toni Mellblom",
        "Fredrik Skoglund",
    ]
    assert [(a.name, a.on, a.source) for a in version.attestations.all()] == [
        ("Toni Mellblom", dt.date(2023, 8, 10), "papper"),
        ("Fredrik Skoglund", dt.date(2023, 8, 9), "papper"),
    ]
    assert (version.recipients, len(version.bilagor)) == (["Kommunstyrelsen"], 2)
    assert (version.paper.dnr, version.dated_on, version.avdelning) == ("", None, "")


def test_its_sections_stand_in_the_papers_order_with_the_names_where_they_stood(seeds):
    take_in(seeds, HASSELBY)
    sections = answer_of("hasselby-vallingby").paper.current.sections.all()
    assert [(s.key, s.kind) for s in sections] == [
        ("forslag_till_beslut", "text"),
        ("sammanfattning", "text"),
        ("bakgrund", "text"),
        ("arendets_beredning", "text"),
        ("yttrande", "yttrande"),
        ("sammanfattande_bedomning", "text"),
        ("forvaltningens_synpunkter_kort", "text"),
        ("underskrifter", "underskrifter"),
        ("bilagor", "bilagor"),
        ("skickas_till", "mottagare"),
        ("attest", "attest"),
    ]


def test_its_eight_numbered_statements_are_positions_with_words_and_no_stance(seeds):
    take_in(seeds, HASSELBY)
    answer = answer_of("hasselby-vallingby")
    paper = read(seeds, HASSELBY)
    found = Position.objects.order_by("proposal__number")
    assert [(p.proposal.number, p.wording, p.stance) for p in found] == [
        (s.number, s.wording, "") for s in paper.statements
    ]
    assert len(paper.statements) == 8
    assert all(position.body.startswith("<p>") for position in found)
    assert coverage(answer).sentence == "8 av 8 besvarade"
    # The wordings are the answer's own retelling of the motion.
    assert set(Proposal.objects.values_list("abridged", flat=True)) == {True}


def test_socialnamnden_retells_the_proposals_and_answers_them_together(seeds):
    outcome = take_in(seeds, SOCIALNAMNDEN)
    paper = read(seeds, SOCIALNAMNDEN)
    assert [p.text for p in Proposal.objects.all()] == list(paper.proposals)
    assert (outcome.proposals_created, outcome.collective, outcome.state) == (8, True, "utkast")
    assert ANSWERS_TOGETHER in outcome.warnings
    answer = answer_of("socialnamnden")
    assert coverage(answer).sentence == "besvaras samlat"
    assert answer.paper.current.answer.stance == ""
    assert not Position.objects.exists()
    assert outcome.due_on is None


def test_socialnamnden_names_the_instances_and_a_ceased_nämnd_keeps_its_name(seeds):
    take_in(seeds, SOCIALNAMNDEN)
    found = {i.name_as_written: i.namnd and i.namnd.code for i in Remissinstans.objects.all()}
    assert len(found) == 12
    assert found["Norrmalms stadsdelsnämnd"] == "norrmalm"
    assert found["socialnämnden"] == "socialnamnden"
    assert found["Unizon"] is None


def test_sodermalm_has_no_proposals_and_no_title_and_says_so(seeds):
    outcome = take_in(seeds, SODERMALM)
    assert (outcome.remiss, outcome.namnd, outcome.due_on, outcome.state) == (
        "KS 2020/924",
        "sodermalm",
        dt.date(2020, 12, 2),
        "utkast",
    )
    assert (outcome.title, Remiss.objects.get().title) == ("", "")
    assert coverage(answer_of("sodermalm")).sentence == "inga att-satser"
    assert not outcome.collective


@pytest.mark.parametrize("order", [(HASSELBY, SOCIALNAMNDEN), (SOCIALNAMNDEN, HASSELBY)])
def test_two_nämnders_papers_meet_on_one_remiss_whatever_comes_first(seeds, order):
    for name in order:
        take_in(seeds, name)
    remiss = Remiss.objects.get()
    assert (remiss.proposals.count(), remiss.instances.count()) == (8, 12)
    assert [p.number for p in remiss.proposals.all()] == list(range(1, 9))
    assert Answer.objects.count() == 2
    assert coverage(answer_of("hasselby-vallingby")).sentence == "8 av 8 besvarade"


def test_a_registered_remiss_keeps_its_title_its_proposals_and_its_dates(seeds):
    remiss = make_remiss("KS 2023/553", proposals=8, title="Registrets rubrik")
    board = Namnd.objects.get(code="hasselby-vallingby")
    remiss.instances.create(
        name_as_written="Hässelby-Vällingby sdn", namnd=board, due_on=dt.date(2023, 9, 1)
    )
    outcome = take_in(seeds, HASSELBY)
    assert (outcome.remiss_created, outcome.instance_created, outcome.proposals_created) == (
        False,
        False,
        0,
    )
    remiss.refresh_from_db()
    assert remiss.title == "Registrets rubrik"
    assert [p.text for p in remiss.proposals.all()] == [f"Att-sats {n}" for n in range(1, 9)]
    assert remiss.instances.get().due_on == dt.date(2023, 9, 1)
    assert any("Registrets datum gäller" in warning for warning in outcome.warnings)


def test_a_proposal_that_the_remiss_lacks_is_added_and_the_others_keep_their_numbers(seeds):
    make_remiss("KS 2023/553", proposals=6)
    outcome = take_in(seeds, HASSELBY)
    assert outcome.proposals_created == 2
    assert [p.number for p in Proposal.objects.all()] == list(range(1, 9))
    assert any("att-sats 7, 8" in warning for warning in outcome.warnings)


def test_the_same_file_again_changes_nothing(seeds):
    take_in(seeds, HASSELBY)
    before = rows()
    outcome = take_in(seeds, HASSELBY)
    assert (outcome.changed, outcome.version) == (False, 1)
    assert rows() == before


def test_another_paper_for_the_same_remiss_and_nämnd_adds_a_version():
    first = import_answer(small(), source_name="a.txt")
    second = import_answer(small(" som har ändrats"), source_name="b.txt")
    assert (first.version, second.version, second.changed) == (1, 2, True)
    paper = answer_of("sodermalm").paper
    assert paper.current.number == 2
    texts = [v.sections.get(key="sammanfattning").body for v in paper.versions.all()]
    assert texts == ["<p>En kort text.</p>", "<p>En kort text som har ändrats.</p>"]
    # The first one again is a change: it is not what holds now.
    assert import_answer(small()).version == 3


def test_a_dry_run_says_the_same_and_changes_nothing(seeds):
    before = rows()
    dry = take_in(seeds, HASSELBY, dry_run=True)
    assert rows() == before
    wet = take_in(seeds, HASSELBY)
    assert {**dry.as_json(), "dry_run": False} == wet.as_json()


def test_warnings_of_the_reading_are_kept_on_the_version(seeds):
    outcome = take_in(seeds, SOCIALNAMNDEN)
    assert answer_of("socialnamnden").paper.current.warnings == list(outcome.warnings)
    assert any("kvarglömd malltext" in warning for warning in outcome.warnings)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("", None, "tom"),
        ("Bara en mening utan rubriker.", None, "rubriker"),
        (small().replace("KS 2024/1", ""), None, "diarienummer"),
        (small().replace("Södermalms stadsdelsnämnd", "Nämnden"), None, "Ange nämndens kod"),
        (small(), "finns-inte", "ingen nämnd med koden"),
        (small(), "bromma", "inte för Bromma"),
    ],
)
def test_a_paper_that_does_not_say_enough_is_refused_and_leaves_nothing(text, code, says):
    before = rows()
    with pytest.raises(NotImportable, match=says):
        import_answer(text, namnd_code=code)
    assert rows() == before


def test_when_something_fails_on_the_way_nothing_is_left():
    before = rows()
    with pytest.raises(NotAllowed):
        import_answer(small(), actor=make_user(Role.CHEF, Namnd.objects.get(code="sodermalm")))
    assert [*rows()] == before


def test_the_code_says_whose_paper_it_is_when_the_paper_does_not():
    text = small().replace("Södermalms stadsdelsnämnd", "Nämnden")
    assert import_answer(text, namnd_code="sodermalm").namnd == "sodermalm"


def test_markup_in_a_paper_is_text():
    import_answer(small(" <script>alert(1)</script> <b>fet</b>"))
    body = Section.objects.get(key="sammanfattning").body
    assert body == (
        "<p>En kort text &lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;fet&lt;/b&gt;.</p>"
    )


def test_the_command_prints_what_it_understood_as_json(seeds, capsys):
    call_command("import_answer", str(seeds / HASSELBY), "--dry-run", "--format", "json")
    printed = json.loads(capsys.readouterr().out)
    assert (printed["remiss"], printed["due_on"], printed["dry_run"]) == (
        "KS 2023/553",
        "2023-09-19",
        True,
    )
    assert [statement["number"] for statement in printed["statements"]] == list(range(1, 9))
    assert not Answer.objects.exists()


def test_the_command_says_in_words_what_it_did(seeds, capsys):
    for _ in range(2):
        call_command("import_answer", str(seeds / HASSELBY), "--namnd", "hasselby-vallingby")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Läste in version 1 av svaret på KS 2023/553, hasselby-vallingby (attesterad)."
    )
    assert "Svar per att-sats: 8." in lines
    assert lines[-1] == (
        "Filen är redan inläst som version 1 (KS 2023/553, hasselby-vallingby). Inget ändrades."
    )


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("svar.docx", b"x", "slutar på .txt"),
        ("saknas.txt", None, "finns inte"),
        ("tom.txt", b"", "tom"),
        ("binar.txt", b"\x00\x01", "inte en textfil"),
    ],
)
def test_the_command_refuses_in_one_swedish_line(tmp_path, name, content, says):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("import_answer", str(file))
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
