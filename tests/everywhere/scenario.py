"""The city that the tests of every address walk through, told from the start.

Two nämnder, Södermalm (one's own) and Bromma (the other one), are in the middle of the same work:

- both fill in the first tertial of 2025; neither has handed in;
- both were approved for 2024, and socialnämnden can read that;
- both are writing an answer to KS 2025/1, and have attested theirs to KS 2025/2;
- each has sent a draft of its answer to KS 2025/3 to the other, for comment;
- both have sent their answer to KS 2025/4 to be attested by their head;
- both have expedierat their answer to KS 2025/6, which is then open to everyone;
- both have sent their answer to KS 2025/5 out to their meeting, where a notice is read, too;
- each writes the final account of an uppdrag, has not begun that of another, has settled the
  partial account of a third, and by a point of that decision has something more to do;
- each has registered a remiss that nobody else is asked about (KS 2025/7 and KS 2025/8), with a
  number of its own and two papers: one of its own, and one that is open to everyone;
- each has fixed its tertialrapport for 2024 twice, and is writing that of the first tertial;
- Farsta has begun nothing.

The coordinator has fixed the city's follow-up of 2024 twice, socialnämnden has decided on the
first version, and that of the first tertial is being written.

The coordinator has uploaded a programme's file, and has not confirmed it; nor has an
uppgiftslämnare of each of the two the workbook of its first tertial.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from indicators.domain.adoption import PlanInput, adopt
from indicators.domain.deciding import ProtocolText
from indicators.domain.entry import (
    GradeInput,
    StatusInput,
    ValueInput,
    approve_report,
    save_entries,
    submit_report,
)
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.fixing import decide, fix, reopen
from indicators.domain.followup_report.laying import lay_before
from indicators.domain.followup_report.writing import (
    begin_report,
    comment,
    save_text,
    set_city_grade,
)
from indicators.domain.importing.review import keep_for_review as keep_workbook
from indicators.domain.loading.review import keep_for_review
from indicators.domain.reviewing import save_comments
from indicators.enums import PeriodState
from indicators.models import (
    Extension,
    FollowupPaper,
    FollowupReport,
    IndicatorVersion,
    Report,
)
from organisation.domain.meetings import meeting_of
from organisation.enums import Role
from organisation.models import Membership, Namnd, User
from papers.documents.model import Contact, Signatory
from papers.domain.agenda import add_notice, send_out
from papers.domain.attest import attest, send_to_attest
from papers.domain.comments import places_of, reply, start_thread
from papers.domain.content import AttestContent, Header, SectionContent, VersionContent
from papers.domain.contents import fingerprint_of
from papers.domain.dispatch import MadeFile, dispatch_paper
from papers.domain.papers import read_in_paper, save_header, save_section
from papers.domain.preparation import Facts, add_consultation
from papers.domain.tasks import give_section, sections_to_give
from papers.domain.templates import ensure_standard_templates
from papers.enums import PaperKind, SectionKind
from papers.models import AgendaItem, DraftShare, Paper, PaperTemplate
from programme.assignment_enums import AccountKind, ObligationKind
from programme.domain.accounts import Point, decide_account, start_account
from programme.domain.assignments import Partner
from programme.enums import Reach
from programme.models import Account, Obligation
from remisser.domain.answers import save_position
from remisser.domain.deciding import decide_answer
from remisser.domain.drafts import share_answer_draft
from remisser.domain.lint import look_over
from remisser.domain.own_dnr import OwnDnr, SeriesFacts, add_series
from remisser.domain.received_files import attach_files, receive, waiting_files
from remisser.domain.registering import (
    InstanceInput,
    MatterFacts,
    OwnPart,
    RemissInput,
    register_remiss,
)
from remisser.models import (
    Answer,
    AnswerPlan,
    AnswerVersion,
    DueDateExtension,
    PlanRule,
    Remiss,
    RemissAssignment,
    RemissFile,
    RemissGoal,
)
from tests.factories import (
    make_account,
    make_activity,
    make_answer,
    make_assignment,
    make_goal,
    make_indicator,
    make_instance,
    make_link,
    make_namnd,
    make_period,
    make_perspective,
    make_precondition,
    make_remiss,
    make_service,
    make_user,
    make_violence_type,
    make_wording,
)
from tests.indicators.programme_sheets import as_yaml, small
from tests.indicators.report_book import Book
from tests.pdfs import blank_pdf
from trace.uploads import PDF, TEXT, CheckedFile

OPEN, CLOSED = "2025-T1", "2024-VB"
GOAL = "vald-2021-2025-mal-1"
"""The key of the one goal's chapter."""
DRAFT, ATTESTED, SHARED = "ks-2025-1", "ks-2025-2", "ks-2025-3"
AT_ATTEST, SENT_OUT, OUT = "ks-2025-4", "ks-2025-5", "ks-2025-6"

# What each has registered itself.
REGISTERED = {"sodermalm": "ks-2025-7", "bromma": "ks-2025-8"}

MEETING_ON = dt.date(2025, 4, 3)

# Everybody who may come to an address; None is nobody at all. The order is that of the tables.
PEOPLE = {
    "anonymous": None,
    "stranger": (Role.LASARE, "bromma"),
    "reader": (Role.LASARE, "sodermalm"),
    "filler": (Role.UPPGIFTSLAMNARE, "sodermalm"),
    "reviewer": (Role.GRANSKARE, "sodermalm"),
    "secretary": (Role.NAMNDSEKRETERARE, "sodermalm"),
    "head": (Role.CHEF, "sodermalm"),
    "coordinator": (Role.SAMORDNARE, "socialnamnden"),
    "officer": (Role.REMITTENT, "kommunstyrelsen"),
    "member": (Role.LEDAMOT, "sodermalm"),
    "admin": (Role.SYSTEMFORVALTARE, None),
}
# For walks over all pages: the one who gets to most of them every time, the others among the long
# tests.
ONE_AND_THE_OTHERS = [
    who if who == "secretary" else pytest.param(who, marks=pytest.mark.deep) for who in PEOPLE
]


@dataclass
class City:
    """What the tests point at."""

    people: dict[str, User | None] = field(default_factory=dict)
    someone: User | None = None
    """A person who is none of them."""
    role: Membership | None = None
    """That person's role."""
    passkey: Authenticator | None = None
    """That person's passkey."""
    secret: str = ""
    """Stands in every text of both nämnder, prefixed by the nämnd's code."""

    def report(self, namnd: str = "sodermalm", period: str = OPEN) -> Report:
        return Report.objects.get(namnd__code=namnd, period__code=period)

    def followup(self, namnd: str = "", period: str = OPEN) -> FollowupReport:
        """The follow-up as a report: the city's, or that nämnd's."""
        kind = "namnden" if namnd else "staden"
        reports = FollowupReport.objects.filter(kind=kind, period__code=period)
        return reports.get(**({"namnd__code": namnd} if namnd else {}))

    def laid(self, namnd: str = "") -> FollowupPaper:
        """The tjänsteutlåtande on the follow-up of 2024 as a report."""
        return FollowupPaper.objects.get(version__report=self.followup(namnd, CLOSED))

    def answer(self, slug: str, namnd: str = "sodermalm") -> Answer:
        return Answer.objects.get(instance__remiss__slug=slug, paper__namnd__code=namnd)

    def sent_out(self, namnd: str = "sodermalm") -> AgendaItem:
        """The answer on the agenda of the nämnd's meeting."""
        return AgendaItem.objects.get(
            meeting__namnd__code=namnd, paper__answer__instance__remiss__slug=SENT_OUT
        )

    def notice(self, namnd: str = "sodermalm") -> AgendaItem:
        return AgendaItem.objects.get(meeting__namnd__code=namnd, paper__isnull=True)

    def attestant(self, namnd: str = "sodermalm") -> User:
        """The head who is asked to attest the nämnd's answer."""
        return self.answer(AT_ATTEST, namnd).paper.current.attestants.get().person

    def file(self, namnd: str = "sodermalm", *, is_open: bool = False) -> RemissFile:
        """A paper that came with what the nämnd has registered."""
        return RemissFile.objects.get(namnd__code=namnd, is_open=is_open)

    def account(self, slug: str, number: int = 1) -> Account:
        return Account.objects.get(assignment__slug=slug, number=number)

    def obligation(self, slug: str) -> Obligation:
        return Obligation.objects.get(assignment__slug=slug, kind=ObligationKind.ANNAT)

    def share(self, by: str = "sodermalm") -> DraftShare:
        return DraftShare.objects.get(version__paper__namnd__code=by)


def build_city(text: str = "hemlighet") -> City:
    """Lay everything in by the house's own commands. `text` stands in every field of text."""
    city = City(secret=text)
    for code in ("sodermalm", "bromma", "farsta", "socialnamnden", "kommunstyrelsen"):
        make_namnd(code)
    for name, place in PEOPLE.items():
        city.people[name] = None if place is None else _person(name, *place)
    city.someone = make_user(Role.LASARE, make_namnd("farsta"), username="someone")
    city.role = city.someone.memberships.get()
    city.passkey = Authenticator.objects.create(
        user=city.someone, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    _programme()
    for code in ("sodermalm", "bromma"):
        namnd = make_namnd(code)
        _reports(namnd, city, f"{code}-{text}")
        _plan(namnd, f"{code}-{text}")
        _answers(namnd, f"{code}-{text}")
        _registered(namnd, f"{code}-{text}")
        _assignments(namnd, f"{code}-{text}")
    for sender, receiver in (("sodermalm", "bromma"), ("bromma", "sodermalm")):
        share_answer_draft(
            city.answer(SHARED, sender),
            to_namnd=make_namnd(receiver),
            actor=_secretary(make_namnd(sender)),
            message=f"{sender}-{text}",
        )
    coordinator = city.people["coordinator"]
    assert coordinator is not None
    keep_for_review(_programme_file(), actor=coordinator)
    _followups(coordinator, "", f"staden-{text}")
    for code in ("sodermalm", "bromma"):
        _followups(_secretary(make_namnd(code)), code, f"{code}-{text}")
    return city


def _followups(actor: User, namnd: str, text: str) -> None:
    """The reports of 2024, fixed twice, and that of the first tertial, being written."""
    for period in (CLOSED, OPEN):
        found = find_report(actor, period, namnd)
        assert found is not None
        report = begin_report(found, actor=actor)
        report = save_text(report, GOAL, actor=actor, expected_version=report.revision, body=text)
        if not namnd:
            report = set_city_grade(
                report,
                GOAL,
                actor=actor,
                expected_version=report.revision,
                grade="delvis",
                reasons=text,
            )
        comment(report, GOAL, actor=actor, text=text)
    report = FollowupReport.objects.get(
        period__code=CLOSED, **({"namnd__code": namnd} if namnd else {"kind": "staden"})
    )
    first = fix(report, actor=actor, expected_version=report.revision)
    report.refresh_from_db()
    report = reopen(report, actor=actor, expected_version=report.revision, reason=text)
    report = save_text(
        report, "inledning", actor=actor, expected_version=report.revision, body=text
    )
    second = fix(report, actor=actor, expected_version=report.revision, reason=text)
    lay_before(
        second,
        actor=_secretary(report.namnd),
        attachment=text.encode(),
        attachment_name="rapport.pdf",
    )
    if not namnd:
        decide(
            first,
            actor=_secretary(make_namnd("socialnamnden")),
            on=timezone.localdate(),
            text=ProtocolText("3", ("Godkänns.",), "Protokollet"),
        )


def _programme_file() -> CheckedFile:
    nobody = {"Ansvar": [], "Ansvar indikatorer": [], "Årsmål": []}
    return as_yaml(small(**nobody))


def programme_file_text() -> str:
    """A programme's file that has no faults in this city."""
    return _programme_file().data.decode()


def _person(name: str, role: str, namnd: str | None) -> User:
    administers = role == Role.SYSTEMFORVALTARE
    return make_user(
        role,
        make_namnd(namnd) if namnd else None,
        username=name,
        is_staff=administers,
        is_superuser=administers,
    )


def _role(namnd: Namnd, role: str, username: str) -> User:
    there = User.objects.filter(memberships__namnd=namnd, memberships__role=role).first()
    return there or make_user(role, namnd, username=username)


def _secretary(namnd: Namnd) -> User:
    return _role(namnd, Role.NAMNDSEKRETERARE, f"secretary.{namnd.code}")


def _programme() -> None:
    goal = make_goal(1)
    activity = make_activity("a-1", goal)
    make_wording(goal, dt.date(2023, 1, 1), "Mål 1, omskrivet.")
    make_wording(activity, dt.date(2023, 1, 1), "Aktiviteten, omskriven.")
    make_precondition(goal)
    make_link(goal, valid_to=dt.date(2028, 12, 31))
    goal.violence_types.add(make_violence_type())
    activity.perspectives.add(make_perspective())
    make_service(
        "origo",
        violence_types=[make_violence_type()],
        namnder=[make_namnd("sodermalm")],
        reach=Reach.STADSDELAR,
        goals=[goal],
        how_to_reach="Ring",
    )
    make_service("nedlagd", retired_on=dt.date(2025, 1, 1), retired_why="Finns inte mer")
    make_indicator("i-1", goal=goal, valid_from=dt.date(2021, 1, 1))
    make_period(CLOSED)
    farsta = make_namnd("farsta")
    Extension.objects.create(
        period=make_period(OPEN),
        namnd=farsta,
        until=dt.date(2031, 1, 1),
        reason="Sjukdom",
        given_by=make_user(Role.SAMORDNARE, make_namnd("socialnamnden"), username="giver"),
    )
    for number, slug in enumerate((DRAFT, ATTESTED, SHARED, AT_ATTEST, SENT_OUT, OUT), start=1):
        remiss = make_remiss(f"KS 2025/{number}", proposals=2, slug=slug)
        for code in ("sodermalm", "bromma"):
            make_instance(remiss, make_namnd(code))
        make_instance(remiss, farsta)
        RemissGoal.objects.create(remiss=remiss, goal=goal, source="Motionen")
        assignment = make_assignment(make_namnd("farsta"), slug=f"farsta-{slug}", title="Modellen")
        RemissAssignment.objects.create(remiss=remiss, assignment=assignment, source="Motionen")


def _reports(namnd: Namnd, city: City, text: str) -> None:
    """Approved for 2024, and a draft for the first tertial."""
    filler = _role(namnd, Role.UPPGIFTSLAMNARE, f"filler.{namnd.code}")
    reviewer = _role(namnd, Role.GRANSKARE, f"reviewer.{namnd.code}")
    goal, definition = make_goal(1), IndicatorVersion.objects.get()
    activity = goal.activities.get()
    for code in (CLOSED, OPEN):
        report = Report(namnd=namnd, period=make_period(code))
        report = save_entries(
            report,
            actor=filler,
            expected_version=0,
            values=[ValueInput(definition.pk, number=Decimal(20), comment=text)],
            grades=[GradeInput(goal.pk, grade="helt", analysis=text)],
            statuses=[StatusInput(activity.pk, "avviker", text, dt.date(2026, 1, 31))],
        )
        if code == CLOSED:
            report = submit_report(report, actor=filler, expected_version=report.revision)
            save_comments(report, actor=reviewer, comments={("value", definition.pk): text})
            approve_report(report, actor=reviewer, expected_version=report.revision)
    keep_workbook(own_workbook(namnd, text), report, actor=filler)
    period = make_period(CLOSED)
    if namnd.code == "bromma":  # the last to be approved
        period.state = PeriodState.STANGD
        period.save()


def own_workbook(namnd: Namnd, text: str) -> CheckedFile:
    """The nämnd's workbook for the first tertial, filled in without faults."""
    book = Book(namnd, make_period(OPEN)).fill("v-i-1-totalt", utfall=22)
    cell = book.cell("g-vald-2021-2025-1", "analys")
    cell.value, cell.data_type = f"{text} i arbetsboken", "s"
    return book.file()


def _plan(namnd: Namnd, text: str) -> None:
    """What it has adopted for 2025: all of it, and something of its own."""
    adopt(
        namnd,
        2025,
        PlanInput(
            decided_on=dt.date(2024, 12, 16),
            paragraph="12",
            activity_ids=frozenset([make_goal(1).activities.get().pk]),
            indicator_ids=frozenset([IndicatorVersion.objects.get().indicator_id]),
            own_activities={make_goal(1).pk: [text]},
            targets={IndicatorVersion.objects.get().indicator_id: Decimal(30)},
        ),
        actor=_secretary(namnd),
        expected_revision=0,
    )


def header(text: str) -> Header:
    """A header with the text in every field."""
    return Header(
        title=text,
        subtitle=text,
        dnr=text[:60],
        forvaltning=text,
        avdelning=text,
        addressee=text,
        address=text,
        handlaggare=(Contact(text, text),),
        signatures=(Signatory(text, text, text),),
        bilagor=(text,),
        recipients=(text,),
    )


def _answers(namnd: Namnd, text: str) -> None:
    secretary = _secretary(namnd)
    for slug in (DRAFT, SHARED, AT_ATTEST, SENT_OUT, OUT):
        instance = Remiss.objects.get(slug=slug).instances.get(namnd=namnd)
        # What is open to all carries nothing of the nämnd's own.
        said = "Öppet" if slug == OUT else text
        _write(make_answer(instance, secretary), secretary, said)
    _attested(Remiss.objects.get(slug=ATTESTED), namnd, secretary, text)
    head = _role(namnd, Role.CHEF, f"head.{namnd.code}")
    for slug in (AT_ATTEST, OUT, SENT_OUT):
        answer = Answer.objects.get(instance__remiss__slug=slug, paper__namnd=namnd)
        paper = send_to_attest(
            answer.paper,
            actor=secretary,
            expected_version=answer.paper.revision,
            attestants=[head],
            look=partial(look_over, answer),
        )
        if slug != AT_ATTEST:
            attest(paper, actor=head, sha256=fingerprint_of(paper.current))
            meeting = meeting_of(namnd, MEETING_ON, actor=secretary)
            send_out(meeting, [paper], actor=secretary)
        if slug == OUT:
            _sent(answer, secretary)
    add_notice(meeting, title=f"{text} anmäls"[:300], actor=secretary)
    _planned(namnd, secretary, text)


def _registered(namnd: Namnd, text: str) -> None:
    """What stands open to everyone carries nothing of the nämnd's own."""
    secretary, key = _secretary(namnd), uuid.uuid4()
    series = add_series(namnd, SeriesFacts(f"{text[:20]}-{{nr}}/{{år}}", 1), actor=secretary)
    for name, is_open in ((f"{text}.txt", False), ("motion.txt", True)):
        file = CheckedFile(name[-200:], TEXT, f"{name} i klartext".encode())
        receive([file], key=key, namnd=namnd, is_open=is_open, actor=secretary)
    number = REGISTERED[namnd.code].rpartition("-")[2]
    remiss = register_remiss(
        RemissInput(
            key=key,
            by_namnd=namnd,
            facts=MatterFacts(f"KS 2025/{number}", "Kommunstyrelsen", f"Motion {number}"),
            proposals=("Att ett", "Att två"),
            instances=(InstanceInput("Unizon"),),
            own=OwnPart(namnd, dnr=OwnDnr(series)),
        ),
        actor=secretary,
    )
    attach_files(remiss, waiting_files(key, actor=secretary), actor=secretary)


def _sent(answer: Answer, secretary: User) -> None:
    answer.refresh_from_db()
    paper = answer.paper
    decide_answer(
        answer,
        actor=secretary,
        expected_version=paper.revision,
        outcome="enligt",
        paragraph="4",
    )
    paper.refresh_from_db()
    dispatch_paper(
        paper,
        actor=secretary,
        expected_version=paper.revision,
        recipients=["Kommunstyrelsen"],
        make_files=lambda _: [MadeFile("svar.pdf", "application/pdf", b"svaret som fil")],
    )


def _planned(namnd: Namnd, secretary: User, text: str) -> None:
    """A rule of its own, a plan, and anstånd that was asked for."""
    PlanRule.objects.create(namnd=namnd, step="attest", days=4, anchor="utskick")
    AnswerPlan.objects.create(
        instance=Remiss.objects.get(slug=DRAFT).instances.get(namnd=namnd), steps=[]
    )
    DueDateExtension.objects.create(
        instance=Remiss.objects.get(slug=ATTESTED).instances.get(namnd=namnd),
        asked_on=dt.date(2025, 2, 3),
        until=dt.date(2031, 2, 3),
        reason=text[:250],
        asked_by=secretary,
    )


def _write(answer: Answer, secretary: User, text: str) -> None:
    body = f"<p>{text}</p>"
    paper = save_header(answer.paper, actor=secretary, expected_version=0, header=header(text))
    for section in paper.current.sections.exclude(kind=SectionKind.UNDERSKRIFTER):
        save_section(section, actor=secretary, expected_version=paper.revision, body=body)
    save_position(
        answer,
        answer.instance.remiss.proposals.get(number=1),
        actor=secretary,
        expected_version=paper.revision,
        stance="positiv",
        body=body,
    )
    talk_about(answer.paper, secretary, text)


def talk_about(paper: Paper, secretary: User, text: str) -> None:
    """A question on a section, open and answered, the section given out, and a council asked."""
    paper = Paper.objects.select_related("namnd", "current").get(pk=paper.pk)
    section = sections_to_give(paper)[0]
    place = places_of(paper)[0].key
    thread = start_thread(paper, actor=secretary, place=place, text=text)
    reply(thread, actor=secretary, text=f"{text}, ja")
    give_section(
        paper,
        key=section.key,
        person=secretary,
        unit=text,
        due_on=dt.date(2031, 2, 3),
        note=text,
        actor=secretary,
    )
    add_consultation(
        paper,
        Facts("rad", text[:200], "mojlighet", dt.date(2025, 3, 3), text),
        actor=secretary,
        file=CheckedFile("yttrande.pdf", PDF, blank_pdf()),
    )


def _assignments(namnd: Namnd, text: str) -> None:
    """Told outside its nämnd is what is open to all: nothing there carries the nämnd's `text`."""
    secretary = _secretary(namnd)
    ensure_standard_templates()
    template = PaperTemplate.objects.get(kind=PaperKind.EGET_ARENDE)
    begun = make_account(
        make_assignment(
            namnd,
            slug=f"{namnd.code}-skrivs",
            text="Skriv.",
            note="Inget mer.",
            partners=(Partner(name="Unizon"),),
            goals=(make_goal(1),),
        ),
        due_on=dt.date(2025, 12, 31),
    )
    start_account(begun, template, actor=secretary)
    paper = Account.objects.get(pk=begun.pk).paper
    paper = save_header(paper, actor=secretary, expected_version=0, header=header(text))
    for section in paper.current.sections.filter(kind=SectionKind.TEXT):
        save_section(
            section, actor=secretary, expected_version=paper.revision, body=f"<p>{text}</p>"
        )
    talk_about(paper, secretary, text)
    make_account(make_assignment(namnd, slug=f"{namnd.code}-vantar"))
    partial = make_account(
        make_assignment(namnd, slug=f"{namnd.code}-beslutat"), kind=AccountKind.DEL
    )
    decide_account(
        partial,
        actor=secretary,
        expected_version=1,
        on=dt.date(2025, 3, 20),
        points=(
            Point("Slutredovisa.", ObligationKind.SLUTREDOVISA, dt.date(2025, 12, 31)),
            Point("Berätta.", ObligationKind.ANNAT),
        ),
    )


def _attested(remiss: Remiss, namnd: Namnd, secretary: User, text: str) -> None:
    content = VersionContent(
        header=header(text),
        sections=(
            SectionContent("arendet", text, body=f"<p>{text}</p>"),
            SectionContent("synpunkter", text, SectionKind.YTTRANDE, body=f"<p>{text}</p>"),
            SectionContent("underskrifter", text, SectionKind.UNDERSKRIFTER),
            SectionContent("bilagor", text, SectionKind.BILAGOR),
            SectionContent("mottagare", text, SectionKind.MOTTAGARE),
            SectionContent("attest", text, SectionKind.ATTEST),
        ),
        attests=(AttestContent(text, text, dt.date(2025, 1, 2)),),
        warnings=(text,),
        source_name=text,
    )
    with transaction.atomic():  # what is attested is closed when its transaction ends
        paper = read_in_paper(content, namnd=namnd, kind=PaperKind.REMISSVAR, actor=secretary)
        Answer.objects.create(instance=remiss.instances.get(namnd=namnd), paper=paper)
        AnswerVersion.objects.create(version=paper.current)
