"""Every table that carries work is told of on some page, in words.

For each there stands what is done to a row of it, past all commands, and what the page then says.
A new tracked model without a line here fails.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from indicators.domain.checks import GradeInput, ValueInput
from indicators.domain.correcting import ask_to_correct, let_correct
from indicators.domain.deciding import ProtocolText, register_decision
from indicators.domain.entry import approve_report, save_entries, submit_report
from indicators.enums import GapKind, Rule, SuccessionKind
from indicators.models import (
    ActivityStatus,
    Adoption,
    CityGrade,
    Extension,
    FollowupText,
    GoalGrade,
    Indicator,
    IndicatorCheck,
    IndicatorGap,
    IndicatorResponsibility,
    IndicatorSuccession,
    IndicatorVersion,
    OwnActivity,
    Period,
    PeriodDueDate,
    ReferenceValue,
    ReportFile,
    Value,
)
from organisation.domain.api_tokens import create_token
from organisation.domain.decisions import Statement
from organisation.domain.insight import ask_for_insight
from organisation.enums import DecisionOutcome
from organisation.models import Membership, Namnd, NamndSuccession, User
from papers.domain.comments import resolve
from papers.domain.saves import name_save
from papers.models import (
    Paper,
    PaperTemplate,
    PaperVersion,
    Preparation,
    Section,
    TemplateSection,
)
from programme.domain.accounts import decide_account
from programme.models import (
    Account,
    Activity,
    ActivityWording,
    Assignment,
    Goal,
    GoalLink,
    GoalWording,
    Perspective,
    Precondition,
    Programme,
    Responsibility,
    Service,
    ViolenceType,
)
from remisser.domain.deciding import decide_answer
from remisser.models import AnswerVersion, Position, Proposal, Remiss, RemissGoal, Remissinstans
from tests.everywhere.scenario import CLOSED, OPEN, City
from tests.everywhere.visiting import sign_in
from tests.factories import make_perspective, make_violence_type
from trace.domain import acting
from trace.tracking import Change

pytestmark = pytest.mark.django_db

ANSWER = "/remisser/ks-2025-1/svar/sodermalm/"
ATTESTED = "/remisser/ks-2025-2/svar/sodermalm/"
AT_ATTEST = "/remisser/ks-2025-4/svar/sodermalm/"
SENT_OUT = "/remisser/ks-2025-5/svar/sodermalm/"
OUT = "/remisser/ks-2025-6/svar/sodermalm/"
SHARED = "/remisser/ks-2025-3/svar/sodermalm/"
PLANNING = "/remisser/planering/sodermalm/"
REMISS = "/remisser/ks-2025-1/"
REGISTERED = "/remisser/ks-2025-7/"
REPORT = f"/inrapportering/sodermalm/{OPEN}/historik/"
PERIOD = f"/inrapportering/perioder/{OPEN}/historik/"
FOLLOWUP = f"/uppfoljning/{CLOSED}/historik/"
CITYS_DRAFT = f"/uppfoljning/{OPEN}/rapport/historik/"
CITYS_FIXED = f"/uppfoljning/{CLOSED}/rapport/historik/"
INDICATOR = "/indikatorer/i-1/historik/"
PLAN = "/verksamhetsplaner/sodermalm/2025/historik/"
PROGRAMME = "/program/vald-2021-2025/historik/"
GOAL = "/program/vald-2021-2025/mal/1/historik/"
ACTIVITY = "/program/vald-2021-2025/aktivitet/a-1/historik/"
SERVICE = "/insatser/origo/historik/"
UPPDRAG = "/uppdrag/sodermalm-skrivs/"
DECIDED = "/uppdrag/sodermalm-beslutat/"
NEW = "nyskrivet"


APPROVED = f"/inrapportering/sodermalm/{CLOSED}/historik/"


def _asked(city: City) -> None:
    ask_to_correct(city.report(period=CLOSED), actor=city.people["filler"], reason="Fel kolumn")


def _corrected(city: City) -> None:
    filler, now = city.people["filler"], {"reason": "Fel kolumn"}
    asked = ask_to_correct(city.report(period=CLOSED), actor=filler, **now)
    let_correct(asked, actor=city.people["coordinator"], until=dt.date(2031, 1, 1))
    report = city.report(period=CLOSED)
    values = [ValueInput(IndicatorVersion.objects.get().pk, number=Decimal(33))]
    goal = IndicatorVersion.objects.get().indicator.goals.get()
    grades = [GradeInput(goal.pk, "ej", "Prövat på nytt")]
    report = save_entries(
        report, actor=filler, expected_version=report.revision, values=values, grades=grades
    )
    report = submit_report(report, actor=filler, expected_version=report.revision)
    approve_report(report, actor=city.people["reviewer"], expected_version=report.revision)


def _decided(city: City) -> None:
    text = ProtocolText("7", (), "Protokollet")
    report, secretary = city.report(period=CLOSED), city.people["secretary"]
    register_decision(report, actor=secretary, on=dt.date(2025, 2, 20), text=text)


@dataclass(frozen=True)
class Told:
    """Who reads it, on which page, what it says; and what is done first, unless it stands there."""

    who: str
    path: str | Callable[[City], str]
    says: str
    done: Callable[[City], Any] | None = None


def change(model: type[models.Model], *, to: Any = NEW, **wanted: Any) -> Callable[[City], Any]:
    """Change one column of the rows, past all commands. wanted: which rows; `column` names it."""
    column = wanted.pop("column")
    return lambda _: model._default_manager.filter(**wanted).update(**{column: to})


OF_DRAFT = {"version__paper__answer__instance__remiss__slug": "ks-2025-1"}
CITYS = {"report__kind": "staden", "report__period__code": OPEN}
SODERMALMS = {"version__report__namnd__code": "sodermalm", "version__report__period__code": OPEN}


def _due_date(_: City) -> None:
    period = Period.objects.get(code=OPEN)
    PeriodDueDate.objects.create(period=period, kind="facknamnd", due_on=dt.date(2031, 5, 7))


def _workbook(city: City) -> None:
    report = city.report()
    ReportFile.objects.create(
        namnd=report.namnd,
        period=report.period,
        name=NEW,
        content=b"x",
        sha256="0" * 64,
        based_on=0,
        uploaded_by=city.people["filler"],
    )


def _check(_: City) -> None:
    IndicatorCheck.objects.create(
        indicator=Indicator.objects.get(code="i-1"), rule=Rule.ZERO, threshold=9
    )


def _reference(_: City) -> None:
    ReferenceValue.objects.create(
        indicator=Indicator.objects.get(code="i-1"), region="riket", year=2024, value=7, source=NEW
    )


def _gap(_: City) -> None:
    IndicatorGap.objects.create(
        indicator=Indicator.objects.get(code="i-1"),
        kind=GapKind.PAUSED,
        valid_from=dt.date(2031, 1, 1),
        reason=NEW,
    )


def _indicator_followed(_: City) -> None:
    IndicatorSuccession.objects.create(
        predecessor=Indicator.objects.get(code="i-1"),
        successor=Indicator.objects.create(code="i-1-b", is_example=True),
        kind=SuccessionKind.REPLACED,
        on=dt.date(2031, 1, 1),
        reason=NEW,
    )


def _succession(_: City) -> None:
    old, new = Namnd.objects.get(code="farsta"), Namnd.objects.get(code="bromma")
    NamndSuccession.objects.create(predecessor=old, successor=new, on=dt.date(2031, 1, 1))


def _insight(city: City) -> None:
    admin = city.people["admin"]
    assert admin is not None
    report = city.report("bromma")
    ask_for_insight(report, namnd=report.namnd, actor=admin, reason=NEW)


def _key(city: City) -> None:
    admin = city.people["admin"]
    assert admin is not None
    create_token(
        actor=admin,
        name=NEW,
        namnd=None,
        scopes=["program"],
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2025, 12, 31),
    )


def _reserved(city: City) -> None:
    answer = city.answer(SENT_OUT.split("/")[2])
    decide_answer(
        answer,
        actor=city.people["secretary"],
        expected_version=answer.paper.revision,
        outcome="enligt",
        statements=[Statement("reservation", "V", "Nej.")],
    )


def _put_off(city: City) -> None:
    account = city.account("sodermalm-vantar")
    decide_account(
        account,
        actor=city.people["secretary"],
        expected_version=account.assignment.revision,
        on=dt.date(2025, 4, 10),
        outcome=DecisionOutcome.BORDLAGT,
    )


def _named(city: City) -> None:
    save = city.answer("ks-2025-1").paper.saves.order_by("revision")[0]
    name_save(save, actor=city.people["secretary"], name="Till gruppen")


def _set_aside(city: City) -> None:
    paper = Paper.objects.select_related("current").get(
        answer__instance__remiss__slug="ks-2025-1", namnd__code="sodermalm"
    )
    Preparation.objects.create(paper=paper, set_aside="<p>Nej.</p>")


def _resolved(city: City) -> None:
    thread = city.answer("ks-2025-1").paper.threads.get()
    resolve(thread, actor=city.people["secretary"])


def _tag(model: type[models.Model], attribute: str, tag: Callable[[], Any]) -> Callable:
    return lambda _: [getattr(row, attribute).add(tag()) for row in model._default_manager.all()]


def _template(_: City) -> str:
    return f"/admin/papers/papertemplate/{PaperTemplate.objects.get(code='prov').pk}/history/"


def _someone(city: City) -> str:
    assert city.someone is not None
    return f"/administration/personer/{city.someone.pk}/"


def _meeting(_: City) -> str:
    pk = (
        apps.get_model("organisation", "Meeting")
        .objects.get(date="2025-03-20", namnd__code="sodermalm")
        .pk
    )
    return f"/admin/organisation/meeting/{pk}/history/"


def _file(_: City) -> str:
    return f"/programfiler/{apps.get_model('indicators', 'ProgrammeFile').objects.get().pk}/"


TOLD = {
    # Reports
    "indicators.Report": Told("reader", REPORT, "Rapporten påbörjades"),
    "indicators.ReportVersion": Told(
        "reader",
        REPORT,
        "varför den öppnades",
        change(
            apps.get_model("indicators", "ReportVersion"),
            column="reason",
            report__namnd__code="sodermalm",
            report__period__code=OPEN,
        ),
    ),
    "indicators.Value": Told("reader", REPORT, NEW, change(Value, column="comment", **SODERMALMS)),
    "indicators.GoalGrade": Told(
        "reader", REPORT, NEW, change(GoalGrade, column="analysis", **SODERMALMS)
    ),
    "indicators.ActivityStatus": Told(
        "reader", REPORT, NEW, change(ActivityStatus, column="comment", **SODERMALMS)
    ),
    "indicators.RowComment": Told("reader", APPROVED, "Granskarens kommentar vid en rad"),
    "indicators.CorrectionRequest": Told("reader", APPROVED, "Begäran om rättelse", _asked),
    # In this order: a notice is posted with the correction.
    "indicators.Correction": Told("reader", APPROVED, "Rättelsen av ”Indikator i-1”", _corrected),
    "indicators.JudgementCorrection": Told("reader", APPROVED, "Rättelsen av bedömningen av mål 1"),
    "indicators.CorrectionNotice": Told("reader", APPROVED, "Meddelandet om rättelsen"),
    "indicators.ReportDecision": Told("reader", APPROVED, "Nämndens beslut om rapporten", _decided),
    "indicators.ReportFile": Told("reader", REPORT, NEW, _workbook),
    # The follow-up as a report
    "indicators.FollowupReport": Told("coordinator", CITYS_DRAFT, "Rapporten påbörjades"),
    "indicators.FollowupText": Told(
        "coordinator",
        CITYS_DRAFT,
        NEW,
        change(FollowupText, column="body", **CITYS),
    ),
    "indicators.CityGrade": Told(
        "coordinator", CITYS_DRAFT, NEW, change(CityGrade, column="reasons", **CITYS)
    ),
    "indicators.FollowupComment": Told("coordinator", CITYS_DRAFT, "Kommentaren i kapitlet"),
    "indicators.FollowupVersion": Told("reader", CITYS_FIXED, "Version 1 fastställdes"),
    "indicators.FollowupPaper": Told("coordinator", CITYS_FIXED, "Tjänsteutlåtandet om version 2"),
    "indicators.FollowupDecision": Told("reader", CITYS_FIXED, "Nämndens beslut om version 1"),
    # Periods
    "indicators.Period": Told(
        "reader",
        f"/uppfoljning/{OPEN}/historik/",
        "till 2031-05-06",
        change(Period, column="due_on", to=dt.date(2031, 5, 6), code=OPEN),
    ),
    "indicators.PeriodDueDate": Told(
        "reader", f"/uppfoljning/{OPEN}/historik/", "2031-05-07", _due_date
    ),
    "indicators.Extension": Told("coordinator", PERIOD, NEW, change(Extension, column="reason")),
    # The register
    "indicators.Indicator": Told("reader", INDICATOR, NEW, change(Indicator, column="source")),
    "indicators.IndicatorGoal": Told("reader", INDICATOR, "Kopplingen till"),
    "indicators.IndicatorVersion": Told(
        "reader", INDICATOR, NEW, change(IndicatorVersion, column="definition")
    ),
    "indicators.IndicatorResponsibility": Told(
        "reader", INDICATOR, NEW, change(IndicatorResponsibility, column="decision")
    ),
    "indicators.Target": Told("reader", INDICATOR, "Årsmålet för 2025 för Sodermalm"),
    "indicators.ReferenceValue": Told("reader", INDICATOR, NEW, _reference),
    "indicators.IndicatorCheck": Told(
        "reader", INDICATOR, "Kontrollen ”noll efter många” lades till", _check
    ),
    "indicators.IndicatorGap": Told("reader", INDICATOR, NEW, _gap),
    "indicators.IndicatorSuccession": Told("reader", INDICATOR, NEW, _indicator_followed),
    "indicators.ProgrammeFile": Told("coordinator", _file, "Filen lades till"),
    # Verksamhetsplaner
    "indicators.Adoption": Told(
        "reader", PLAN, "till 99", change(Adoption, column="paragraph", to="99")
    ),
    "indicators.AdoptedActivity": Told("reader", PLAN, "Aktiviteten a-1 som antagen lades till"),
    "indicators.AdoptedIndicator": Told("reader", PLAN, "Indikatorn i-1 som antagen lades till"),
    "indicators.OwnActivity": Told("reader", PLAN, NEW, change(OwnActivity, column="text")),
    # Nämnder and people
    "organisation.Namnd": Told(
        "admin", "/administration/namnder/farsta/", NEW, change(Namnd, column="note", code="farsta")
    ),
    "organisation.NamndSuccession": Told(
        "admin", "/administration/namnder/farsta/", "tar över lades till", _succession
    ),
    "organisation.User": Told(
        "admin", _someone, NEW, change(User, column="title", username="someone")
    ),
    "organisation.Membership": Told(
        "admin",
        _someone,
        "2031-05-06",
        change(Membership, column="valid_to", to=dt.date(2031, 5, 6), user__username="someone"),
    ),
    "organisation.ApiToken": Told("admin", "/administration/api-nycklar/", NEW, _key),
    "organisation.InsightGrant": Told("admin", "/administration/insyn/", NEW, _insight),
    "organisation.Meeting": Told("admin", _meeting, "Sammanträde lades till"),
    "organisation.Decision": Told("reader", DECIDED, "Beslutet 2025-03-20 lades till"),
    "organisation.DecisionPoint": Told(
        "reader", DECIDED, "Punkt 1 i beslutet 2025-03-20 lades till"
    ),
    "organisation.DecisionStatement": Told(
        "reader", SENT_OUT, "Reservation 1 i beslutet 2025-04-03 lades till", _reserved
    ),
    # Programmes
    "programme.Programme": Told(
        "reader", PROGRAMME, NEW, change(Programme, column="vision", slug="vald-2021-2025")
    ),
    "programme.ProgrammeViolenceType": Told(
        "reader",
        PROGRAMME,
        "Våldstypen",
        _tag(Programme, "violence_types", ViolenceType.objects.first),
    ),
    "programme.ProgrammePerspective": Told(
        "reader",
        PROGRAMME,
        "Perspektivet",
        _tag(Programme, "perspectives", Perspective.objects.first),
    ),
    "programme.ViolenceType": Told("reader", PROGRAMME, NEW, change(ViolenceType, column="name")),
    "programme.Perspective": Told("reader", PROGRAMME, NEW, change(Perspective, column="name")),
    "programme.Goal": Told(
        "reader", GOAL, NEW, change(Goal, column="text", programme__slug="vald-2021-2025")
    ),
    "programme.GoalWording": Told("reader", GOAL, NEW, change(GoalWording, column="text")),
    "programme.GoalViolenceType": Told("reader", GOAL, "Våldstypen"),
    "programme.GoalPerspective": Told(
        "reader", GOAL, "Perspektivet", _tag(Goal, "perspectives", make_perspective)
    ),
    "programme.Precondition": Told("reader", GOAL, NEW, change(Precondition, column="text")),
    "programme.GoalLink": Told("reader", GOAL, NEW, change(GoalLink, column="source")),
    "programme.Activity": Told(
        "reader", ACTIVITY, NEW, change(Activity, column="text", code="a-1")
    ),
    "programme.ActivityWording": Told(
        "reader", ACTIVITY, NEW, change(ActivityWording, column="text")
    ),
    "programme.ActivityViolenceType": Told(
        "reader", ACTIVITY, "Våldstypen", _tag(Activity, "violence_types", make_violence_type)
    ),
    "programme.ActivityPerspective": Told("reader", ACTIVITY, "Perspektivet"),
    "programme.Responsibility": Told(
        "reader", ACTIVITY, NEW, change(Responsibility, column="decision")
    ),
    # Stöd och insatser
    "programme.Service": Told("reader", SERVICE, NEW, change(Service, column="description")),
    "programme.ServiceViolenceType": Told("reader", SERVICE, "Våldstypen"),
    "programme.ServiceNamnd": Told("reader", SERVICE, "Att den finns för"),
    "programme.ServiceGoal": Told("reader", SERVICE, "Kopplingen till mål 1"),
    # Uppdrag
    "programme.Assignment": Told(
        "reader", UPPDRAG, NEW, change(Assignment, column="note", slug="sodermalm-skrivs")
    ),
    "programme.AssignmentPartner": Told("reader", UPPDRAG, "Samverkan med Unizon"),
    "programme.AssignmentGoal": Told("reader", UPPDRAG, "Kopplingen till"),
    "programme.Account": Told(
        "reader",
        UPPDRAG,
        "till 2031-05-06",
        change(
            Account, column="due_on", to=dt.date(2031, 5, 6), assignment__slug="sodermalm-skrivs"
        ),
    ),
    "programme.Postponement": Told(
        "reader", "/uppdrag/sodermalm-vantar/", "Uppskovet 2025-04-10", _put_off
    ),
    "programme.Obligation": Told("reader", DECIDED, "Åtagandet ”Berätta.”"),
    # Remisser, answers, papers
    "remisser.Remiss": Told(
        "reader", REMISS, NEW, change(Remiss, column="title", slug="ks-2025-1")
    ),
    "remisser.Registration": Told("reader", REGISTERED, "Nämndens diarienummer"),
    "remisser.RemissFile": Told("reader", REGISTERED, "Handlingen motion.txt lades in"),
    "remisser.DnrSeries": Told("reader", PLANNING, "Nummerserien sodermalm-"),
    "remisser.Remissinstans": Told(
        "reader",
        REMISS,
        "2031-05-06",
        change(Remissinstans, column="due_on", to=dt.date(2031, 5, 6)),
    ),
    "remisser.Proposal": Told("reader", REMISS, NEW, change(Proposal, column="text")),
    "remisser.RemissGoal": Told("reader", REMISS, NEW, change(RemissGoal, column="source")),
    "remisser.RemissAssignment": Told("reader", REMISS, "Kopplingen till uppdraget Modellen"),
    "remisser.PlanRule": Told("reader", PLANNING, "Regeln för attest lades till"),
    "remisser.AnswerPlan": Told("reader", f"{ANSWER}plan/", "Planen gjordes"),
    "remisser.DueDateExtension": Told("reader", f"{ATTESTED}plan/", "Anståndet till 2031-02-03"),
    # An answer is begun with its paper, and is nothing else than where that belongs.
    "remisser.Answer": Told("reader", ANSWER, "Version 1 påbörjades"),
    "remisser.AnswerVersion": Told(
        "reader",
        ANSWER,
        "Att besvara att-satserna samlat",
        change(AnswerVersion, column="collective", to=True, **OF_DRAFT),
    ),
    "remisser.Position": Told(
        "reader",
        ANSWER,
        NEW,
        change(
            Position,
            column="body",
            **{f"answer_version__{key}": value for key, value in OF_DRAFT.items()},
        ),
    ),
    "papers.Paper": Told(
        "reader",
        ANSWER,
        NEW,
        change(Paper, column="dnr", answer__instance__remiss__slug="ks-2025-1"),
    ),
    "papers.PaperVersion": Told(
        "reader",
        ANSWER,
        NEW,
        change(PaperVersion, column="subtitle", paper__answer__instance__remiss__slug="ks-2025-1"),
    ),
    "papers.Section": Told("reader", ANSWER, NEW, change(Section, column="body", **OF_DRAFT)),
    "papers.Attestation": Told("reader", ATTESTED, "Attesten av"),
    "papers.AgendaItem": Told("reader", SENT_OUT, "Handlingen kom upp på en dagordning"),
    "papers.Dispatch": Told("reader", OUT, "Expedieringen"),
    "papers.DispatchRecipient": Told("reader", OUT, "Mottagaren Kommunstyrelsen"),
    "papers.DispatchFile": Told("reader", OUT, "Den expedierade filen svar.pdf"),
    "papers.PaperSave": Told("reader", ANSWER, "Kallade texten", _named),
    "papers.Comment": Told("reader", ANSWER, "Kommentaren till ”"),
    "papers.CommentThread": Told("reader", ANSWER, "löstes", _resolved),
    "papers.Consultation": Told("reader", ANSWER, "Samrådet med"),
    "papers.Preparation": Told("reader", ANSWER, "lades åt sidan", _set_aside),
    "papers.SectionTask": Told("reader", ANSWER, "fördelades till"),
    "papers.Attestant": Told("reader", AT_ATTEST, "Attestant nummer 1"),
    "papers.DraftShare": Told("reader", SHARED, "Skickade version 1 till Bromma"),
    # Templates are kept in the administration only.
    "papers.PaperTemplate": Told(
        "admin", _template, NEW, change(PaperTemplate, column="name", code="prov")
    ),
    "papers.TemplateSection": Told(
        "admin", _template, NEW, change(TemplateSection, column="guidance", template__code="prov")
    ),
}


def tracked_models() -> set[str]:
    """Tables with a table of changes."""
    found = (model for model in apps.get_models() if issubclass(model, Change))
    return {model._meta.label.removesuffix("Change") for model in found}


def test_every_tracked_model_has_a_line():
    assert set(TOLD) == tracked_models()
    assert len(TOLD) > 50


def told_on(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    assert 'id="historik"' in page, path
    return page.split('id="historik"')[1]


def test_every_tracked_model_is_told_of(city: City):
    clients = {who: sign_in(city, who) for who in {told.who for told in TOLD.values()}}
    silent = []
    for label, told in TOLD.items():
        path = told.path if isinstance(told.path, str) else told.path(city)
        client = clients[told.who]
        if told.done is not None:
            if told.says in told_on(client, path) and told.says != NEW:
                silent.append(f"{label}: said before")
            before = told_on(client, path).count(told.says)
            with acting(actor=city.people["admin"], through="kommando:prov"):
                told.done(city)
            if told_on(client, path).count(told.says) <= before:
                silent.append(label)
        elif told.says not in told_on(client, path):
            silent.append(label)
    assert silent == []
