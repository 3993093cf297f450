"""A personnummer is stopped in every text that people write: by the page, and by the command."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.domain.entry import (
    GradeInput,
    InvalidEntry,
    StatusInput,
    ValueInput,
    return_report,
    save_entries,
)
from indicators.domain.entry import submit_report as submit
from indicators.models import IndicatorVersion
from organisation.domain.api_tokens import create_token
from organisation.domain.errors import Invalid
from organisation.domain.insight import ask_for_insight
from organisation.domain.namnder import change_namnd
from organisation.models import Namnd
from papers.domain.comments import reply, start_thread
from papers.domain.content import header_of
from papers.domain.errors import InvalidContent
from papers.domain.papers import open_new_version, save_header, save_section
from papers.domain.preparation import Facts, add_consultation
from papers.domain.saves import name_save, restore
from papers.domain.tasks import give_section
from programme.domain.responsibility import end_responsibility, lay_responsibility
from programme.domain.services.keeping import (
    add_service,
    change_service,
    facts_of,
    retire_service,
)
from programme.models import Activity, Goal, Service
from remisser.domain.answers import save_position
from remisser.domain.drafts import share_answer_draft
from remisser.domain.import_answer import NotImportable, import_answer
from remisser.models import Answer
from tests.everywhere.addresses import ADDRESSES
from tests.everywhere.scenario import ATTESTED, DRAFT, City
from tests.everywhere.visiting import sign_in

pytestmark = pytest.mark.django_db

NUMBER = "19121212-1212"  # the one that authorities show in their examples
TEXT = f"Hon har {NUMBER}."

OF_A_REPORT = ["v-i-1-totalt-kommentar", "a-a-1-kommentar", "g-vald-2021-2025-1-analys"]
# Who fills in which page, and in which of its fields people write freely.
FIELDS = {
    "new api key": ("admin", ["name"]),
    "own draft report": ("filler", OF_A_REPORT),
    "hand in own": ("filler", OF_A_REPORT),
    "change own plan": ("secretary", ["orsak"]),
    "return own": ("reviewer", ["reason", "k-v-i-1", "k-a-a-1", "k-g-vald-2021-2025-1"]),
    "recall own": ("filler", ["recall_reason"]),
    "correct own": ("filler", ["correct_reason"]),
    "decision on own report": ("secretary", ["paragraph", "points", "source"]),
    "city's report chapter": ("coordinator", ["body"]),
    "judge in city's report": ("coordinator", ["betyg-reasons"]),
    "comment city's report": ("coordinator", ["text"]),
    "reopen city's report": ("coordinator", ["reason"]),
    "fix own tertialrapport again": ("secretary", ["reason"]),
    "own tertialrapport chapter": ("reviewer", ["body"]),
    "decision on own tertialrapport": ("secretary", ["paragraph", "points", "source"]),
    "own section": ("secretary", ["body"]),
    "own position": ("secretary", ["body"]),
    "own header": (
        "secretary",
        [
            "title",
            "subtitle",
            "dnr",
            "forvaltning",
            "avdelning",
            "addressee",
            "handlaggare",
            "address",
            "signatures",
            "bilagor",
            "recipients",
        ],
    ),
    "own new version": ("secretary", ["reason"]),
    "send own draft": ("secretary", ["message"]),
    "name own answer's save": ("secretary", ["name"]),
    "restore own answer's save": ("secretary", ["reason"]),
    "own answer's comments": ("reader", ["text", "quote"]),
    "own answer's sections given": ("secretary", ["unit", "note"]),
    "own answer's decision put right": ("secretary", ["paragraph", "note", "source", "reason"]),
    "own answer's beredning": ("secretary", ["name", "outcome"]),
    "own answer's consultation": ("secretary", ["name", "outcome"]),
    "new uppdrag": (
        "secretary",
        [
            "title",
            "text",
            "dnr",
            "origin_as_written",
            "due_as_written",
            "others",
            "goals_source",
            "note",
            "source",
        ],
    ),
    "close own uppdrag": ("secretary", ["reason"]),
    "own obligation": ("secretary", ["note"]),
    "own new account": ("secretary", ["due_as_written"]),
    "own account's day": ("secretary", ["due_as_written", "reason"]),
    "own account's section": ("secretary", ["body"]),
    "own decision": ("secretary", ["paragraph", "note", "source", "p-0-text"]),
    "own decision put right": ("secretary", ["reason"]),
    "insight": ("admin", ["reason"]),
    "a nämnd": ("admin", ["note"]),
    "responsibility for an activity": ("coordinator", ["decision"]),
    "end a responsibility": ("coordinator", ["decision"]),
    "new definition": ("coordinator", ["name", "reason"]),
    "pause of an indicator": ("coordinator", ["reason"]),
    "end of a pause": ("coordinator", ["reason"]),
    "successors of an indicator": ("coordinator", ["reason"]),
    "changed target": ("coordinator", ["decision"]),
    "new programme": ("coordinator", ["name", "short_name", "source", "vision", "note"]),
    "change programme": ("coordinator", ["name", "note"]),
    "new goal": ("coordinator", ["text", "source"]),
    "change goal": ("coordinator", ["source"]),
    "correct goal": ("coordinator", ["text", "reason"]),
    "correct activity": ("coordinator", ["text", "reason"]),
    "new wording of goal": ("coordinator", ["text", "decision", "source"]),
    "new precondition": ("coordinator", ["text", "source"]),
    "change precondition": ("coordinator", ["text", "source"]),
    "link goals": ("coordinator", ["source"]),
    "new activity": ("coordinator", ["text", "source"]),
    "change activity": ("coordinator", ["source"]),
    "new wording of activity": ("coordinator", ["text", "decision", "source"]),
    "indicator's goals": ("coordinator", ["decision", "source"]),
    "link remiss to goal": ("secretary", ["source"]),
    "link remiss to uppdrag": ("secretary", ["source"]),
    "ask for anstånd": ("secretary", ["reason"]),
    "register a remiss": (
        "secretary",
        [
            "remitter",
            "dnr",
            "title",
            "author",
            "party",
            "own_dnr",
            "instances",
            "proposals",
            "goals_source",
            "duplicate_reason",
        ],
    ),
    "amend own remiss": ("secretary", ["remitter", "dnr", "title", "author", "party"]),
    "add instances to own remiss": ("secretary", ["instances"]),
    "change instance of own remiss": ("secretary", ["name"]),
    "add att-satser to own remiss": ("secretary", ["proposals"]),
    "change att-sats of own remiss": ("secretary", ["text"]),
    "remove own paper of a remiss": ("secretary", ["reason"]),
    "own part of a remiss": ("secretary", ["own_dnr"]),
    "new service": (
        "coordinator",
        ["name", "description", "operator", "how_to_reach", "place_note", "source"],
    ),
    "change service": ("coordinator", ["description"]),
    "retire service": ("coordinator", ["why"]),
}
CASES = [(label, field) for label, (_, fields) in FIELDS.items() for field in fields]


@pytest.mark.parametrize(("label", "field"), CASES)
def test_the_page_says_it_at_the_field_and_keeps_the_text(city: City, label: str, field: str):
    address = next(a for a in ADDRESSES if a.label == label)
    if label in ("return own", "recall own"):
        report = city.report()
        submit(report, actor=city.people["filler"], expected_version=report.revision)
    client = sign_in(city, FIELDS[label][0])
    answer = client.post(address.path(city), {**address.fields(city), field: TEXT})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ser ut som ett personnummer (19121212-NNNN)" in page
    assert NUMBER in page  # what was typed stands in its field
    assert f"id_{field}_error" in page or f'href="#id_{field}' in page


def refused(expected: type[Exception], command, *args, **kwargs) -> None:
    with pytest.raises(expected, match=r"ser ut som ett personnummer \(19121212-NNNN\)"):
        command(*args, **kwargs)


def test_the_commands_of_a_report_refuse_it(city: City):
    report, filler = city.report(), city.people["filler"]
    definition, goal = (
        IndicatorVersion.objects.get(),
        Goal.objects.get(programme__slug="vald-2021-2025"),
    )
    comment = ValueInput(definition.pk, number=Decimal(1), comment=TEXT)
    analysis = GradeInput(goal.pk, "helt", TEXT)
    status = StatusInput(Activity.objects.get().pk, "paborjad", TEXT)
    for values, grades, statuses in (
        ([comment], [], []),
        ([], [analysis], []),
        ([], [], [status]),
    ):
        refused(
            InvalidEntry,
            save_entries,
            report,
            actor=filler,
            expected_version=report.revision,
            values=values,
            grades=grades,
            statuses=statuses,
        )
    report = submit(report, actor=filler, expected_version=report.revision)
    refused(
        InvalidEntry,
        return_report,
        report,
        actor=city.people["reviewer"],
        expected_version=report.revision,
        reason=TEXT,
    )


def test_the_commands_of_an_answer_refuse_it(city: City):
    answer, secretary = city.answer(DRAFT), city.people["secretary"]
    now = {"actor": secretary, "expected_version": answer.paper.revision}
    section = answer.paper.current.sections.first()
    proposal = answer.instance.remiss.proposals.first()
    body = f"<p>{NUMBER[:8]}<strong>{NUMBER[8:]}</strong></p>"
    refused(InvalidContent, save_section, section, body=body, **now)
    refused(InvalidContent, save_position, answer, proposal, stance="", body=body, **now)
    before = header_of(answer.paper.current)
    changed = {**before.__dict__, "bilagor": (TEXT,)}
    refused(InvalidContent, save_header, answer.paper, header=type(before)(**changed), **now)
    refused(
        InvalidContent,
        share_answer_draft,
        answer,
        to_namnd=Namnd.objects.get(code="farsta"),
        actor=secretary,
        message=TEXT,
    )
    save = answer.paper.saves.order_by("revision")[0]
    refused(InvalidContent, name_save, save, actor=secretary, name=TEXT)
    refused(InvalidContent, restore, save, reason=TEXT, **now)
    thread, task = answer.paper.threads.get(), answer.paper.tasks.get()
    now_what = {"actor": secretary, "place": thread.place}
    refused(InvalidContent, start_thread, answer.paper, text=TEXT, **now_what)
    refused(InvalidContent, start_thread, answer.paper, text="Ja", quote=TEXT, **now_what)
    refused(InvalidContent, reply, thread, actor=secretary, text=TEXT)
    to = {"key": task.key, "person": task.person, "due_on": task.due_on, "actor": secretary}
    refused(InvalidContent, give_section, answer.paper, unit=TEXT, **to)
    refused(InvalidContent, give_section, answer.paper, unit="Enheten", note=TEXT, **to)
    for facts in (
        Facts("rad", TEXT, "mojlighet", dt.date(2025, 3, 3)),
        Facts("rad", "Rådet", "mojlighet", dt.date(2025, 3, 3), TEXT),
    ):
        refused(InvalidContent, add_consultation, answer.paper, facts, actor=secretary)
    attested = city.answer(ATTESTED).paper
    refused(
        InvalidContent,
        open_new_version,
        attested,
        actor=secretary,
        expected_version=attested.revision,
        reason=TEXT,
    )


def test_the_systemförvaltares_commands_refuse_it(city: City):
    admin, farsta = city.people["admin"], Namnd.objects.get(code="farsta")
    refused(
        Invalid,
        ask_for_insight,
        city.report("bromma"),
        namnd=Namnd.objects.get(code="bromma"),
        actor=admin,
        reason=TEXT,
    )
    refused(
        Invalid,
        change_namnd,
        farsta,
        actor=admin,
        name=farsta.name,
        short_name=farsta.short_name,
        forvaltning="",
        note=TEXT,
        valid_from=None,
        valid_to=None,
    )


def test_the_name_of_an_api_key_refuses_it(city: City):
    refused(
        Invalid,
        create_token,
        actor=city.people["admin"],
        name=TEXT,
        namnd=None,
        scopes=["program"],
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2025, 12, 31),
    )


def test_the_commands_of_a_service_refuse_it(city: City):
    service, coordinator = Service.objects.get(code="origo"), city.people["coordinator"]
    for name in ("name", "description", "operator", "how_to_reach", "place_note", "source"):
        facts = replace(facts_of(service), **{name: TEXT})
        refused(Invalid, add_service, facts, actor=coordinator)
        refused(Invalid, change_service, service, facts, actor=coordinator, expected_version=0)
    refused(Invalid, retire_service, service, actor=coordinator, expected_version=0, why=TEXT)


def test_a_search_for_stöd_och_insatser_refuses_it(city: City):
    page = sign_in(city, "reader").get("/insatser/", {"q": TEXT}).content.decode()
    assert "ser ut som ett personnummer (19121212-NNNN)" in page
    assert "passar" not in page


PAPER = """TJÄNSTEUTLÅTANDE
Dnr 1.2.3-4/2025

Till
{namnd}

Svar på remiss av motion om något, KS 2025/9

Sammanfattning
Förvaltningen är positiv.
{line}
"""


def test_a_paper_with_one_is_not_read_in_and_the_line_is_named(city: City):
    paper = PAPER.format(namnd=Namnd.objects.get(code="farsta").name, line=TEXT)
    before = Answer.objects.count()
    with pytest.raises(NotImportable, match=r"^Rad 11 innehåller något som ser ut"):
        import_answer(paper, namnd_code="farsta")
    broken = paper.replace(TEXT, f"{NUMBER[:9]}\n{NUMBER[9:]}")
    with pytest.raises(NotImportable, match=r"^Papperet innehåller något som ser ut"):
        import_answer(broken, namnd_code="farsta")
    assert Answer.objects.count() == before


def test_the_commands_of_responsibility_refuse_it(city: City):
    activity, samordnare = Activity.objects.get(), city.people["coordinator"]
    refused(
        Invalid,
        lay_responsibility,
        activity,
        actor=samordnare,
        namnd=Namnd.objects.get(code="farsta"),
        valid_from=dt.date(2025, 1, 1),
        decision=TEXT,
    )
    refused(
        Invalid,
        end_responsibility,
        activity.responsibilities.get(),
        actor=samordnare,
        last_day=dt.date(2025, 1, 1),
        decision=TEXT,
        expected_valid_to=None,
    )
