"""Small builders of test data: each makes one thing, with everything it needs and no more."""

import datetime as dt
from contextlib import contextmanager
from decimal import Decimal
from itertools import count

from django.db import connection, transaction

from indicators.enums import Accumulation, Aggregation, PeriodState, ReportState
from indicators.models import (
    Indicator,
    IndicatorResponsibility,
    IndicatorVersion,
    Period,
    Report,
    ReportVersion,
)
from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import Membership, Namnd, User
from papers.documents.model import Contact, Signatory
from papers.domain.content import Header
from papers.domain.papers import save_header, save_section
from papers.enums import PaperKind, SectionKind
from papers.models import PaperTemplate, TemplateSection
from programme.assignment_enums import AccountKind, AssignmentOrigin
from programme.domain.accounts import add_account
from programme.domain.assignments import Facts, create_assignment
from programme.enums import ProgrammeKind
from programme.models import (
    Account,
    Activity,
    Assignment,
    Goal,
    GoalLink,
    Perspective,
    Precondition,
    Programme,
    Responsibility,
    Service,
    ViolenceType,
)
from remisser.domain.answers import start_answer
from remisser.models import Answer, Proposal, Remiss, Remissinstans

_numbers = count(1)


def make_namnd(code: str = "sodermalm", **fields) -> Namnd:
    """A stadsdelsnämnd unless `kind` says otherwise; the same code gives the same nämnd."""
    fields.setdefault("name", f"{code.capitalize()} stadsdelsnämnd")
    fields.setdefault("short_name", code.capitalize())
    fields.setdefault("kind", NamndKind.STADSDELSNAMND)
    return Namnd.objects.get_or_create(code=code, defaults=fields)[0]


def make_user(role: str | None = Role.LASARE, namnd: Namnd | None = None, **fields) -> User:
    """A person with one role in one nämnd (systemförvaltare: no nämnd). role=None: no role."""
    number = next(_numbers)
    username = fields.pop("username", f"person{number}")
    user = User.objects.create_user(
        username, password="hemligt-losenord", name=fields.pop("name", f"Person {number}"), **fields
    )
    if role is not None:
        if role != Role.SYSTEMFORVALTARE and namnd is None:
            namnd = make_namnd()
        Membership.objects.create(user=user, namnd=namnd, role=role)
    return user


LOCK_REASON = "Redovisad i kommunstyrelsen."


def make_period(code: str = "2025-T1", **fields) -> Period:
    year, kind = code.split("-")
    period = Period.describe(int(year), kind)
    period.state = fields.pop("state", PeriodState.OPPEN)
    if period.state == PeriodState.LAST:
        fields.setdefault("lock_reason", LOCK_REASON)
    for name, value in fields.items():
        setattr(period, name, value)
    existing = Period.objects.filter(code=code).first()
    if existing:
        return existing
    period.save()
    return period


def make_programme(slug: str = "vald-2021-2025", **fields) -> Programme:
    fields.setdefault("name", "Ett program mot våld")
    fields.setdefault("short_name", "Program mot våld")
    fields.setdefault("vision", "En stad fri från våld.")
    fields.setdefault("first_year", 2021)
    fields.setdefault("last_year", 2025)
    fields.setdefault("source", "Test")
    return Programme.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_goal(number: int = 1, programme: Programme | None = None, **fields) -> Goal:
    fields.setdefault("text", f"Mål nummer {number}.")
    return Goal.objects.get_or_create(
        programme=programme or make_programme(), parent=None, number=number, defaults=fields
    )[0]


def make_part(parent: Goal, number: int = 1, **fields) -> Goal:
    """A delmål."""
    fields.setdefault("text", f"Delmål nummer {number}.")
    return Goal.objects.create(programme=parent.programme, parent=parent, number=number, **fields)


def make_wording(row: Goal | Activity, on: dt.date, text: str, **fields):
    """A new wording of a goal or an activity."""
    fields.setdefault("decision", "Socialnämnden 2022-12-13 § 7")
    return row.wordings.create(valid_from=on, text=text, **fields)


def make_precondition(goal: Goal | None = None, **fields) -> Precondition:
    fields.setdefault("text", "Det finns en rutin.")
    fields.setdefault("is_example", True)
    return Precondition.objects.create(goal=goal or make_goal(), **fields)


def make_link(goal: Goal | None = None, other: Goal | None = None, **fields) -> GoalLink:
    """Two goals that correspond: of the programme, and of a regional strategy."""
    fields.setdefault("source", "En jämförelse")
    goal = goal or make_goal()
    other = other or make_goal(goal.number, make_reference())
    return GoalLink.objects.create(from_goal=goal, to_goal=other, **fields)


def make_reference(slug: str = "regional-2020-2026", **fields) -> Programme:
    """A programme to compare with: nobody reports on it."""
    fields.setdefault("short_name", "Regional strategi")
    return make_programme(
        slug, kind=ProgrammeKind.REFERENS, first_year=2020, last_year=2026, **fields
    )


def make_violence_type(code: str = "prostitution", **fields) -> ViolenceType:
    fields.setdefault("name", code)
    return ViolenceType.objects.get_or_create(code=code, defaults=fields)[0]


def make_perspective(code: str = "barnratt", **fields) -> Perspective:
    fields.setdefault("name", code)
    return Perspective.objects.get_or_create(code=code, defaults=fields)[0]


def make_activity(code: str = "a-1", goal: Goal | None = None, **fields) -> Activity:
    fields.setdefault("text", f"Aktivitet {code}")
    fields.setdefault("is_example", True)
    group = fields.pop("group", NamndGroup.STADSDELSNAMNDER)
    activity = Activity.objects.create(code=code, goal=goal or make_goal(), **fields)
    Responsibility.objects.create(activity=activity, group=group)
    return activity


def make_service(code: str = "origo", **fields) -> Service:
    """An operation of which nothing is known but its name and source; links are keywords too."""
    links = {name: fields.pop(name, ()) for name in ("violence_types", "namnder", "goals")}
    fields.setdefault("name", code.replace("-", " ").capitalize())
    fields.setdefault("source", "Ett papper")
    service = Service.objects.create(code=code, **fields)
    for name, linked in links.items():
        getattr(service, name).set(linked)
    return service


def make_indicator(code: str = "i-1", *, goal: Goal | None = None, **fields) -> IndicatorVersion:
    """An indicator asked of all stadsdelsnämnder; answers its only definition (version 1).

    Fields of the definition are keywords; `group`/`namnd` say who reports it.
    """
    group, namnd = fields.pop("group", NamndGroup.STADSDELSNAMNDER), fields.pop("namnd", None)
    indicator = Indicator.objects.create(
        code=code, is_example=True, order=fields.pop("order", 0), source=fields.pop("source", "")
    )
    indicator.goals.add(goal or make_goal())
    IndicatorResponsibility.objects.create(
        indicator=indicator, namnd=namnd, group="" if namnd else group
    )
    fields.setdefault("name", f"Indikator {code}")
    fields.setdefault("unit", "antal")
    fields.setdefault("aggregation", Aggregation.SUM)
    fields.setdefault("accumulation", Accumulation.YEAR_TO_DATE)
    if fields["aggregation"] == Aggregation.RATIO:
        fields.setdefault("numerator_label", "Täljare")
        fields.setdefault("denominator_label", "Nämnare")
        fields.setdefault("scale", 100)
    fields.setdefault("valid_from", dt.date(2021, 1, 1))
    return IndicatorVersion.objects.create(indicator=indicator, **fields)


@transaction.atomic
def make_report(
    namnd: Namnd | None = None,
    period: Period | None = None,
    state: str = ReportState.UTKAST,
    **fields,
) -> Report:
    """A report with its first version; `state` godkänd or låst makes that the approved one."""
    report = Report.objects.create(
        namnd=namnd or make_namnd(), period=period or make_period(), **fields
    )
    version = ReportVersion.objects.create(report=report, number=1)
    report.current = version
    if state in (ReportState.GODKAND, ReportState.LAST):
        report.approved = version
    report.state = state
    report.save()
    return report


@contextmanager
def triggers_asleep():
    """Rows that the database would refuse, as if they had come about by a way it knows.

    Takes a superuser; nothing of it is in the history.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor.execute
        cursor.execute("SET LOCAL session_replication_role = origin")


def settle() -> None:
    """Let what this test has made be of an earlier transaction than what it does next.

    A transaction may write in the versions that it opened itself, and a test is one transaction.
    """
    with triggers_asleep() as execute:
        execute("UPDATE indicators_reportversion SET opened_in = 'earlier'")
        execute("UPDATE papers_paperversion SET opened_in = 'earlier'")
        execute("UPDATE organisation_decision SET opened_in = 'earlier'")


def make_value(report: Report, definition: IndicatorVersion, number=None, **fields):
    """A value in the report's current version; a ratio by numerator= and denominator=."""
    assert report.current is not None
    if number is not None:
        fields["number"] = Decimal(number)
    return report.current.values.create(definition=definition, **fields)


def make_remiss(dnr: str = "KS 2023/553", *, proposals: int = 2, **fields) -> Remiss:
    fields.setdefault("slug", dnr.lower().replace(" ", "-").replace("/", "-"))
    fields.setdefault("title", "Motion om något")
    fields.setdefault("remitter", "Kommunstyrelsen")
    remiss = Remiss.objects.create(dnr=dnr, **fields)
    for number in range(1, proposals + 1):
        Proposal.objects.create(remiss=remiss, number=number, text=f"Att-sats {number}")
    return remiss


def make_instance(remiss: Remiss, namnd: Namnd | None = None, **fields) -> Remissinstans:
    namnd = namnd or make_namnd()
    fields.setdefault("name_as_written", namnd.name)
    return Remissinstans.objects.create(remiss=remiss, namnd=namnd, **fields)


def make_template(code: str = "prov", **fields) -> PaperTemplate:
    """A template with a text, an opinion with room for the proposals, and signatures."""
    fields.setdefault("name", "Prov")
    fields.setdefault("kind", PaperKind.REMISSVAR)
    template, created = PaperTemplate.objects.get_or_create(code=code, defaults=fields)
    if created:
        sections = (
            ("sammanfattning", "Sammanfattning", SectionKind.TEXT),
            ("synpunkter", "Synpunkter", SectionKind.YTTRANDE),
            ("underskrifter", "Underskrifter", SectionKind.UNDERSKRIFTER),
        )
        for order, (key, heading, kind) in enumerate(sections, start=1):
            TemplateSection.objects.create(
                template=template, key=key, heading=heading, kind=kind, order=order
            )
    return template


def make_answer(instance: Remissinstans, actor: User | None = None) -> Answer:
    """A draft begun by the nämnd's secretary, with the sections of `make_template`."""
    actor = actor or make_user(Role.NAMNDSEKRETERARE, instance.namnd)
    return start_answer(instance, make_template(), actor)


def ready_answer(instance: Remissinstans | None = None, actor: User | None = None) -> Answer:
    """A draft without anything that stops an attest."""
    instance = instance or make_instance(make_remiss(), make_namnd())
    actor = actor or make_user(Role.NAMNDSEKRETERARE, instance.namnd)
    answer = make_answer(instance, actor)
    paper = save_header(
        answer.paper,
        actor=actor,
        expected_version=0,
        header=Header(
            title="Svar på motion",
            dnr="1.5.1-7/2025",
            handlaggare=(Contact("Siv", ""),),
            signatures=(Signatory("Anna", "Direktör", ""),),
        ),
    )
    for section in paper.current.sections.filter(kind__in=["text", "yttrande"]):
        save_section(
            section, actor=actor, expected_version=paper.revision, body="<p>Så tycker vi.</p>"
        )
    return Answer.objects.select_related(
        "paper__current", "paper__namnd", "instance__remiss", "instance__namnd"
    ).get(pk=answer.pk)


def make_assignment(namnd: Namnd | None = None, **fields) -> Assignment:
    """An uppdrag of the budget 2025, laid on one nämnd; or on `group`."""
    group = fields.pop("group", "")
    if not group:
        namnd = namnd or make_namnd()
    placed = {name: fields.pop(name) for name in ("slug", "is_example") if name in fields}
    fields.setdefault("title", "Ett uppdrag")
    fields.setdefault("origin", AssignmentOrigin.BUDGET)
    fields.setdefault("origin_year", 2025)
    fields.setdefault("source", "Budget 2025")
    return create_assignment(Facts(**fields), actor=None, namnd=namnd, group=group, **placed)


def make_account(assignment: Assignment | None = None, **fields) -> Account:
    """A slutredovisning unless `kind` says otherwise."""
    assignment = assignment or make_assignment()
    fields.setdefault("kind", AccountKind.SLUT)
    assignment.refresh_from_db()
    return add_account(assignment, actor=None, expected_version=assignment.revision, **fields)
