"""Every action in every state, by the commands themselves: done as the table says, or refused.

What is refused changes nothing. (Who may is asked in the tests of each workflow; here the right
person acts. What SQL may move is in the tests of what is frozen.)
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from indicators.domain import errors as report_errors
from indicators.domain.correcting import (
    ask_to_correct,
    begin_correction,
    decline_to_correct,
    give_up_correction,
    let_correct,
)
from indicators.domain.deciding import ProtocolText
from indicators.domain.entry import (
    GradeInput,
    ValueInput,
    approve_report,
    recall_report,
    return_report,
    save_entries,
    submit_report,
)
from indicators.domain.followup_report.fixing import decide, fix, reopen
from indicators.domain.followup_report.writing import (
    begin_report,
    comment,
    save_text,
    set_city_grade,
)
from indicators.domain.periods import PeriodAction, move_period
from indicators.domain.reviewing import save_comments
from indicators.enums import FollowupState, PeriodState, ReportState
from indicators.models import FollowupReport, Period, Report
from organisation.domain.meetings import meeting_of
from organisation.enums import DecisionOutcome, Role
from organisation.models import Namnd
from papers.documents.model import Contact
from papers.domain import errors as paper_errors
from papers.domain.agenda import send_out
from papers.domain.attest import attest, return_from_attest, send_to_attest
from papers.domain.comments import places_of, start_thread
from papers.domain.content import AttestContent, Header, SectionContent, VersionContent
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import MadeFile, dispatch_paper
from papers.domain.papers import open_new_version, read_in_paper, save_header, save_section
from papers.domain.preparation import Facts, add_consultation
from papers.domain.saves import restore
from papers.domain.sharing import take_back_draft
from papers.domain.tasks import give_section, sections_to_give
from papers.enums import PaperKind, PaperState
from papers.models import Paper, PaperTemplate
from programme.domain.accounts import Point
from remisser.domain.answers import (
    open_new_answer_version,
    save_collective,
    save_position,
    start_answer,
)
from remisser.domain.deciding import decide_answer
from remisser.domain.drafts import share_answer_draft
from remisser.domain.lint import look_over
from remisser.models import Answer, Remissinstans
from tests.everywhere.scenario import AT_ATTEST, ATTESTED, DRAFT, SENT_OUT, SHARED, City
from tests.everywhere.scenario import OUT as EXPEDIERAT
from tests.factories import (
    make_goal,
    make_indicator,
    make_instance,
    make_namnd,
    make_period,
    make_remiss,
    make_report,
    make_template,
    make_user,
    make_value,
    settle,
    triggers_asleep,
)
from trace.models import Event

pytestmark = pytest.mark.django_db
OPEN, CLOSED = PeriodState.OPPEN, PeriodState.STANGD
DRAFT_STATE, IN, BACK = ReportState.UTKAST, ReportState.INLAMNAD, ReportState.ATERSAND
OUT, KEPT, LOCKED = ReportState.GODKAND, ReportState.LAST, PeriodState.LAST


# Reports ------------------------------------------------------------------------------------------


def act_on_report(action: str, report: Report) -> Report:
    namnd, expected = report.namnd, {"expected_version": report.revision}
    filler = make_user(Role.UPPGIFTSLAMNARE, namnd)
    reviewer = make_user(Role.GRANSKARE, namnd)
    match action:
        case "save":
            values = [ValueInput(make_indicator("ny").pk, number=Decimal(7))]
            return save_entries(report, actor=filler, values=values, grades=[], **expected)
        case "judge":
            grades = [GradeInput(make_goal().pk, "helt", "Bra")]
            return save_entries(report, actor=filler, values=[], grades=grades, **expected)
        case "submit":
            return submit_report(report, actor=filler, **expected)
        case "return":
            return return_report(report, actor=reviewer, reason="Rätta", **expected)
        case "recall":
            return recall_report(report, actor=filler, reason="Fel", **expected)
        case "comment":
            row = ("value", make_indicator("ny").pk)
            return save_comments(report, actor=reviewer, comments={row: "Se över"})
        case "correct":
            return begin_correction(report, actor=filler, reason="Fel", **expected)
        case "give up":
            return give_up_correction(report, actor=reviewer, **expected)
        case "ask":
            return ask_to_correct(report, actor=filler, reason="Fel").report
        case _:
            return approve_report(report, actor=reviewer, **expected)


REPORT_LEADS_TO = {
    ("save", None, OPEN): DRAFT_STATE,
    ("judge", None, OPEN): DRAFT_STATE,
    ("save", DRAFT_STATE, OPEN): DRAFT_STATE,
    ("judge", DRAFT_STATE, OPEN): DRAFT_STATE,
    ("save", BACK, OPEN): BACK,
    ("judge", BACK, OPEN): BACK,
    ("submit", DRAFT_STATE, OPEN): IN,
    ("submit", BACK, OPEN): IN,
    ("return", IN, OPEN): BACK,
    ("approve", IN, OPEN): ReportState.GODKAND,
    ("approve", IN, CLOSED): ReportState.GODKAND,
    ("recall", IN, OPEN): DRAFT_STATE,
    **{("comment", IN, period): IN for period in PeriodState},
    ("correct", OUT, OPEN): DRAFT_STATE,
    # Of a closed or locked period the coordinator is asked; the report stays as it is.
    **{("ask", state, period): state for state in (OUT, KEPT) for period in (CLOSED, LOCKED)},
}
REPORT_ACTIONS = [
    "save", "judge", "submit", "return", "approve",
    "recall", "comment", "correct", "give up", "ask",
]  # fmt: skip
REPORT_CASES = list(product(REPORT_ACTIONS, [None, *ReportState], list(PeriodState)))


@pytest.mark.parametrize(("action", "state", "period_state"), REPORT_CASES)
def test_a_report(action: str, state: ReportState | None, period_state: PeriodState):
    period, definition = make_period(state=period_state), make_indicator()
    if state is None:
        report = Report(namnd=make_namnd(), period=period)
    else:
        report = make_report(period=period, state=state)
        make_value(report, definition, 5)
    settle()
    target = REPORT_LEADS_TO.get((action, state, period_state))
    if target is not None:
        act_on_report(action, report)
        assert Report.objects.get().state == target
        return
    before = list(Report.objects.values_list("state", "revision", "current"))
    with pytest.raises(report_errors.NotOpen):
        act_on_report(action, report)
    assert list(Report.objects.values_list("state", "revision", "current")) == before
    assert Event.objects.count() == 0


# Corrections of an approved report: what is worked on is a draft beside what counts.
CORRECTION_LEADS_TO = {
    ("save", DRAFT_STATE, OPEN): DRAFT_STATE,
    ("judge", DRAFT_STATE, OPEN): DRAFT_STATE,
    ("save", BACK, OPEN): BACK,
    ("judge", BACK, OPEN): BACK,
    ("submit", DRAFT_STATE, OPEN): IN,
    ("submit", BACK, OPEN): IN,
    ("return", IN, OPEN): BACK,
    ("recall", IN, OPEN): DRAFT_STATE,
    ("approve", IN, OPEN): OUT,
    ("approve", IN, CLOSED): OUT,
    **{("comment", IN, period): IN for period in PeriodState},
    **{
        ("give up", state, period): KEPT if period == LOCKED else OUT
        for state in (DRAFT_STATE, BACK)
        for period in PeriodState
    },
}


@pytest.mark.parametrize(
    ("action", "state", "period_state"),
    list(product(REPORT_ACTIONS, [DRAFT_STATE, IN, BACK], list(PeriodState))),
)
def test_a_correction(action: str, state: ReportState, period_state: PeriodState):
    period, definition = make_period(), make_indicator()
    report = make_report(period=period, state=OUT)
    make_value(report, definition, 5)
    settle()
    report = act_on_report("correct", report)
    if state != DRAFT_STATE:
        report = act_on_report("submit", report)
    if state == BACK:
        report = act_on_report("return", report)
    settle()
    with triggers_asleep() as execute:
        execute(
            f"UPDATE indicators_period SET state = '{period_state.value}', lock_reason = 'Klart.'"
        )
    approved = report.approved_id
    report = Report.objects.select_related("period", "namnd").get()
    target = CORRECTION_LEADS_TO.get((action, state, period_state))
    if target is None:
        before = list(Report.objects.values_list("state", "revision", "current", "approved"))
        with pytest.raises(report_errors.NotOpen):
            act_on_report(action, report)
        now = list(Report.objects.values_list("state", "revision", "current", "approved"))
        assert now == before
        return
    act_on_report(action, report)
    after = Report.objects.get()
    assert after.state == target
    assert (after.approved_id == approved) == (action != "approve")
    if target in (OUT, KEPT):
        assert after.current_id == after.approved_id


@pytest.mark.parametrize("answer", ["let", "decline"])
@pytest.mark.parametrize("state", [OUT, KEPT])
@pytest.mark.parametrize("answered", ["", "let", "decline"])
def test_a_request_to_correct_is_answered_once(answer: str, state: ReportState, answered: str):
    period = make_period(state=LOCKED if state == KEPT else CLOSED)
    report = make_report(period=period, state=state)
    make_value(report, make_indicator(), 5)
    settle()
    filler = make_user(Role.UPPGIFTSLAMNARE, report.namnd)
    coordinator = make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))
    asked = ask_to_correct(report, actor=filler, reason="Fel kolumn")

    def give(what: str) -> None:
        if what == "let":
            let_correct(asked, actor=coordinator, until=timezone.localdate())
        else:
            decline_to_correct(asked, actor=coordinator, answer="Nej, det är för sent")

    if answered:
        give(answered)
    state_before = Report.objects.get().state
    if answered and answered != answer:
        with pytest.raises(report_errors.NotOpen):
            give(answer)
        assert Report.objects.get().state == state_before
    else:
        give(answer)
        assert Report.objects.get().state == (DRAFT_STATE if answer == "let" else state)


# The follow-up as a report ------------------------------------------------------------------------


FOLLOWUP_DRAFT, FIXED = FollowupState.UTKAST, FollowupState.FASTSTALLD
FOLLOWUP_DECIDED = FollowupState.BESLUTAD
FOLLOWUP_LEADS_TO = {
    **{(action, FOLLOWUP_DRAFT): FOLLOWUP_DRAFT for action in ("write", "grade", "comment")},
    ("fix", FOLLOWUP_DRAFT): FIXED,
    ("reopen", FIXED): FOLLOWUP_DRAFT,
    ("reopen", FOLLOWUP_DECIDED): FOLLOWUP_DRAFT,
    # Of the version that was fixed before; the newer draft stays one.
    ("decide", FOLLOWUP_DRAFT): FOLLOWUP_DRAFT,
    ("decide", FIXED): FOLLOWUP_DECIDED,
    ("decide", FOLLOWUP_DECIDED): FOLLOWUP_DECIDED,
}
FOLLOWUP_ACTIONS = ["write", "grade", "comment", "fix", "reopen", "decide"]


@pytest.mark.parametrize(("action", "state"), list(product(FOLLOWUP_ACTIONS, FollowupState)))
def test_a_follow_up_as_a_report(action: str, state: FollowupState):
    owner = make_namnd("socialnamnden")
    coordinator = make_user(Role.SAMORDNARE, owner)
    secretary = make_user(Role.NAMNDSEKRETERARE, owner)
    make_value(make_report(state=OUT), make_indicator(), 5)
    report = begin_report(
        FollowupReport(kind="staden", namnd=owner, period=make_period()), actor=coordinator
    )

    def act(what: str, paragraph: str = "7") -> None:
        now = {"actor": coordinator, "expected_version": report.revision}
        match what:
            case "write":
                save_text(report, "inledning", body="Nytt", **now)
            case "grade":
                set_city_grade(report, "vald-2021-2025-mal-1", grade="ej", reasons="Så", **now)
            case "comment":
                comment(report, "inledning", actor=coordinator, text="Nytt")
            case "fix":
                fix(report, reason="Nytt", **now)
            case "reopen":
                reopen(report, reason="Nytt", **now)
            case _:
                version = report.versions.get(number=1)
                text = ProtocolText(paragraph)
                decide(version, actor=secretary, on=timezone.localdate(), text=text)
        report.refresh_from_db()

    steps = {FOLLOWUP_DRAFT: ["fix", "reopen"], FIXED: ["fix"], FOLLOWUP_DECIDED: ["fix", "decide"]}
    for step in steps[state]:
        act(step, "6")
    assert report.state == state
    target = FOLLOWUP_LEADS_TO.get((action, state))
    before = report.revision, report.versions.count()
    # Another person's click: one's own, given twice, changes nothing and is not refused.
    coordinator = make_user(Role.SAMORDNARE, owner)
    if target is None:
        with pytest.raises(report_errors.NotOpen):
            act(action)
        report.refresh_from_db()
        assert (report.state, (report.revision, report.versions.count())) == (state, before)
        return
    act(action)
    assert report.state == target


# Periods ------------------------------------------------------------------------------------------

PERIOD_LEADS_TO = {
    (PeriodAction.OPEN, PeriodState.PLANERAD): OPEN,
    (PeriodAction.CLOSE, OPEN): CLOSED,
    (PeriodAction.REOPEN, CLOSED): OPEN,
    (PeriodAction.LOCK, OPEN): PeriodState.LAST,
    (PeriodAction.LOCK, CLOSED): PeriodState.LAST,
}


@pytest.mark.parametrize(("action", "state"), list(product(PeriodAction, PeriodState)))
def test_a_period(action: PeriodAction, state: PeriodState):
    period = make_period(state=state)
    actor = make_user(Role.SAMORDNARE, make_namnd("socialnamnden"))

    def act() -> None:
        move_period(period, action, actor=actor, expected_version=0, reason="Så är det")

    target = PERIOD_LEADS_TO.get((action, state))
    if target is None:
        with pytest.raises(report_errors.NotOpen):
            act()
        assert (Period.objects.get().state, Event.objects.count()) == (state, 0)
    else:
        act()
        assert (Period.objects.get().state, Event.objects.count()) == (target, 1)


# Papers -------------------------------------------------------------------------------------------

UTKAST, ATTESTERAD = PaperState.UTKAST, PaperState.ATTESTERAD
UNDER_ATTEST = PaperState.UNDER_ATTEST
UTSKICKAD, BESLUTAD = PaperState.UTSKICKAD, PaperState.BESLUTAD
EXPEDIERAD = PaperState.EXPEDIERAD
BORDLAGD, ATERREMITTERAD = PaperState.BORDLAGD, PaperState.ATERREMITTERAD


def content(*, attested: bool) -> VersionContent:
    return VersionContent(
        header=Header(title="Ny", handlaggare=(Contact("Siv", ""),)),
        sections=(SectionContent("arendet", "Ärendet", body="<p>Nytt</p>"),),
        attests=(AttestContent("Chefen", "", make_period().starts_on),) if attested else (),
    )


def act_on_paper(action: str, answer: Answer, actor: Any) -> Any:
    paper = answer.paper
    now = {"actor": actor, "expected_version": paper.revision}
    namnd = paper.namnd
    actions: dict[str, Callable[[], Any]] = {
        "section": lambda: save_section(
            paper.current.sections.get(order=1), body="<p>Nytt</p>", **now
        ),
        "header": lambda: save_header(paper, header=Header(title="Ny rubrik"), **now),
        "position": lambda: save_position(
            answer,
            answer.instance.remiss.proposals.get(number=2),
            stance="avstyrker",
            body="",
            **now,
        ),
        "collective": lambda: save_collective(answer, collective=True, stance="positiv", **now),
        "new version": lambda: open_new_version(paper, reason="Skäl", **now),
        "new answer version": lambda: open_new_answer_version(answer, reason="Skäl", **now),
        "restore": lambda: restore(
            paper.saves.order_by("revision")[0], reason="Det blev fel", **now
        ),
        "comment": lambda: start_thread(
            paper, place=places_of(paper)[0].key, text="Stämmer det?", actor=actor
        ),
        "give": lambda: give_section(
            paper,
            key=sections_to_give(paper)[1].key,
            person=actor,
            unit="Enheten",
            due_on=timezone.localdate(),
            actor=actor,
        ),
        "consult": lambda: add_consultation(
            paper, Facts("rad", "Pensionärsrådet", "mojlighet", timezone.localdate()), actor=actor
        ),
        "share": lambda: share_answer_draft(
            answer, to_namnd=Namnd.objects.get(code="farsta"), actor=actor
        ),
        "send to attest": lambda: send_to_attest(
            paper,
            attestants=[make_user(Role.CHEF, namnd)],
            look=partial(look_over, answer),
            **now,
        ),
        "attest": lambda: attest(
            paper,
            actor=paper.current.attestants.get().person
            if paper.current.attestants.exists()
            else make_user(Role.CHEF, namnd),
            sha256=fingerprint_of(paper.current),
        ),
        "return": lambda: return_from_attest(
            paper,
            actor=paper.current.attestants.get().person
            if paper.current.attestants.exists()
            else make_user(Role.CHEF, namnd),
            expected_version=paper.revision,
            reason="Kortare",
        ),
        "send out": lambda: send_out(
            meeting_of(namnd, timezone.localdate(), actor=None), [paper], actor=actor
        ),
        **{
            outcome: lambda outcome=outcome: decide_answer(
                answer,
                outcome=outcome,
                points=[Point("Så här i stället.")],
                asked="Räkna om",
                **now,
            )
            for outcome in DecisionOutcome.values
        },
        "dispatch": lambda: dispatch_paper(
            paper,
            recipients=["Kommunstyrelsen"],
            make_files=lambda _: [MadeFile("svar.pdf", "application/pdf", b"%PDF-")],
            **now,
        ),
        "read in": lambda: read_in_paper(
            content(attested=False), namnd=namnd, kind=paper.kind, actor=actor, paper=paper
        ),
        "read in attested": lambda: read_in_paper(
            content(attested=True), namnd=namnd, kind=paper.kind, actor=actor, paper=paper
        ),
    }
    return actions[action]()


PAPER_LEADS_TO = {
    ("section", UTKAST): UTKAST,
    ("header", UTKAST): UTKAST,
    ("position", UTKAST): UTKAST,
    ("collective", UTKAST): UTKAST,
    ("new version", UNDER_ATTEST): UTKAST,
    ("new answer version", UNDER_ATTEST): UTKAST,
    ("share", UNDER_ATTEST): UNDER_ATTEST,
    ("read in", UNDER_ATTEST): UTKAST,
    ("read in attested", UNDER_ATTEST): ATTESTERAD,
    **{
        (action, state): UTKAST
        for action in ("new version", "new answer version")
        for state in (UTSKICKAD, BORDLAGD, ATERREMITTERAD)
    },
    ("dispatch", BESLUTAD): EXPEDIERAD,
    ("send out", ATTESTERAD): UTSKICKAD,
    ("send out", BORDLAGD): UTSKICKAD,
    ("enligt", UTSKICKAD): BESLUTAD,
    ("andrat", UTSKICKAD): BESLUTAD,
    ("avstar", UTSKICKAD): BESLUTAD,
    ("bordlagt", UTSKICKAD): BORDLAGD,
    ("aterremitterat", UTSKICKAD): ATERREMITTERAD,
    ("send to attest", UTKAST): UNDER_ATTEST,
    ("attest", UNDER_ATTEST): ATTESTERAD,
    ("return", UNDER_ATTEST): UTKAST,
    ("new version", ATTESTERAD): UTKAST,
    ("new answer version", ATTESTERAD): UTKAST,
    ("restore", UTKAST): UTKAST,
    ("restore", ATTESTERAD): UTKAST,
    ("restore", UNDER_ATTEST): UTKAST,
    **{("comment", state): state for state in PaperState},
    ("give", UTKAST): UTKAST,
    **{
        ("consult", state): state
        for state in (UTKAST, UNDER_ATTEST, ATTESTERAD, BORDLAGD, ATERREMITTERAD)
    },
    ("share", UTKAST): UTKAST,
    ("share", ATTESTERAD): ATTESTERAD,
    ("read in", UTKAST): UTKAST,
    ("read in", ATTESTERAD): UTKAST,
    ("read in attested", UTKAST): ATTESTERAD,
    ("read in attested", ATTESTERAD): ATTESTERAD,
}
PAPER_ACTIONS = list(dict.fromkeys(action for action, _ in PAPER_LEADS_TO))


def test_every_state_of_a_paper_is_in_the_table():
    decided = {EXPEDIERAD}  # from which nothing leads
    assert set(PaperState) == {state for _, state in PAPER_LEADS_TO} | decided


@pytest.mark.parametrize(("action", "state"), list(product(PAPER_ACTIONS, PaperState)))
def test_a_paper(city: City, action: str, state: PaperState):
    slugs = {UTKAST: DRAFT, UNDER_ATTEST: AT_ATTEST, ATTESTERAD: ATTESTED}
    answer = city.answer(EXPEDIERAT if state == EXPEDIERAD else slugs.get(state, SENT_OUT))
    outcome = {BESLUTAD: "enligt", BORDLAGD: "bordlagt", ATERREMITTERAD: "aterremitterat"}
    if state in outcome:
        act_on_paper(outcome[state], answer, make_user(Role.NAMNDSEKRETERARE, answer.paper.namnd))
        answer = city.answer(SENT_OUT)
    actor, target = city.people["secretary"], PAPER_LEADS_TO.get((action, state))
    if action == "restore" and answer.paper.saves.count() == 1:
        # To something else than what it says.
        act_on_paper("read in attested", answer, actor)
        answer = city.answer(ATTESTED)
    paper = Paper.objects.filter(pk=answer.paper_id)
    events = Event.objects.about(answer.paper)
    before = (*paper.values_list("state", "revision", "current"), events.count())
    if target is not None:
        act_on_paper(action, answer, actor)
        assert paper.get().state == target
        assert events.count() == before[-1] + 1
        return
    attested = state in (UTSKICKAD, BESLUTAD, BORDLAGD, ATERREMITTERAD, EXPEDIERAD)
    if (action, state) == ("dispatch", EXPEDIERAD) or (action == "attest" and attested):
        # The button pressed twice: by whom it was done, and nothing more comes of it.
        act_on_paper(action, answer, actor)
    else:
        with pytest.raises(paper_errors.NotOpen):
            act_on_paper(action, answer, actor)
    assert (*paper.values_list("state", "revision", "current"), events.count()) == before


@pytest.mark.parametrize("attested", [False, True])
def test_a_paper_begins_as_what_was_read_in(attested: bool):
    secretary = make_user(Role.NAMNDSEKRETERARE, make_namnd())
    paper = read_in_paper(
        content(attested=attested),
        namnd=make_namnd(),
        kind=PaperKind.REMISSVAR,
        actor=secretary,
    )
    assert paper.state == (ATTESTERAD if attested else UTKAST)


def test_a_sent_draft_is_taken_back_once(city: City):
    share, secretary = city.share(), city.people["secretary"]
    assert take_back_draft(share, actor=secretary).revoked_at is not None
    events = Event.objects.count()
    take_back_draft(share, actor=secretary)
    assert Event.objects.count() == events


# Remisser -----------------------------------------------------------------------------------------


def instance_in(state: str, city: City) -> Remissinstans:
    if state == "outside the city":
        return Remissinstans.objects.create(
            remiss=make_remiss("KS 2025/77"), name_as_written="Region Stockholm"
        )
    if state == "not begun":
        return make_instance(make_remiss("KS 2025/78"), make_namnd("sodermalm"))
    slug = {"begun": DRAFT, "sent for comment": SHARED, "attested": ATTESTED}[state]
    return city.answer(slug).instance


REMISS_LEADS_TO = {
    ("not begun", "an answer"): "a new answer",
    ("begun", "an answer"): "the answer that is",
    ("sent for comment", "an answer"): "the answer that is",
    ("attested", "an answer"): "the answer that is",
    ("begun", "something else"): "the answer that is",
    ("sent for comment", "something else"): "the answer that is",
    ("attested", "something else"): "the answer that is",
}
REMISS_STATES = ["outside the city", "not begun", "begun", "sent for comment", "attested"]


@pytest.mark.parametrize(
    ("state", "what"), list(product(REMISS_STATES, ["an answer", "something else"]))
)
def test_an_answer_to_a_remiss_is_begun_once(city: City, state: str, what: str):
    instance = instance_in(state, city)
    template = PaperTemplate.objects.filter(kind=PaperKind.REMISSVAR).first() or make_template()
    if what == "something else":
        template = PaperTemplate.objects.create(code="eget", name="Eget", kind="eget-arende")
    secretary, before = city.people["secretary"], Answer.objects.count()
    leads_to = REMISS_LEADS_TO.get((state, what))
    if leads_to is None:
        with pytest.raises(paper_errors.InvalidContent):
            start_answer(instance, template, secretary)
        assert Answer.objects.count() == before
        return
    was = Answer.objects.filter(instance=instance).first()
    answer = start_answer(instance, template, secretary)
    assert Answer.objects.count() == before + (leads_to == "a new answer")
    assert (answer == was) == (leads_to == "the answer that is")
