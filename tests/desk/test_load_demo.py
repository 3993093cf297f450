"""The demo: what it holds, that it can be loaded again, and that nothing in it is passed off."""

import ast
import datetime as dt
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from desk.demo import load_demo
from desk.demo.programme import GOALS, NAME, VISION
from indicators.domain.checks import ValueInput, check_indicator
from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.expected import expected_in
from indicators.domain.plans import list_plans
from indicators.enums import Accumulation, Category, Grade, PeriodState, ReportState
from indicators.models import (
    ActivityStatus,
    AdoptedActivity,
    AdoptedIndicator,
    Adoption,
    GoalGrade,
    Indicator,
    OwnActivity,
    Period,
    ReferenceValue,
    Report,
    ReportVersion,
    Target,
    Value,
)
from organisation.demo_accounts import DEMO_ACCOUNTS
from organisation.enums import NamndKind
from organisation.models import Meeting, Membership, Namnd, NamndSuccession, User
from papers.models import Attestation, Paper, PaperVersion, Section
from programme.models import Activity, Goal, Responsibility, Service
from remisser.enums import Stance
from remisser.models import Answer, Position, Proposal, Remiss, Remissinstans
from tests.conftest import REPOSITORY
from tests.factories import triggers_asleep
from trace.enums import MailState
from trace.models import Event, Mail

TODAY = dt.date(2026, 2, 3)
DEMO = REPOSITORY / "desk" / "demo"
COUNTED = (
    Activity, ActivityStatus, AdoptedActivity, AdoptedIndicator, Adoption, Answer, Attestation,
    Event, Goal, GoalGrade, Indicator, Meeting, Membership, Namnd,
    NamndSuccession, OwnActivity, Paper, PaperVersion, Period, Position, Proposal, ReferenceValue,
    Remiss, Remissinstans, Report, ReportVersion, Responsibility, Section, Service, Target, User,
    Value,
)  # fmt: skip


# The demo takes seconds to load: one worker loads it for all tests here.
pytestmark = pytest.mark.xdist_group("demo")


def quietly(line: str) -> None:
    """Progress that nobody reads."""


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo loaded once for all tests that only read it; undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(today=TODAY, say=quietly)
        yield
        transaction.set_rollback(True)


def values_of(report: Report) -> list[tuple]:
    return list(
        Value.objects.filter(version__report=report)
        .order_by("version__number", "definition", "category")
        .values_list("definition", "category", "number", "numerator", "denominator", "missing")
    )


# Loading ------------------------------------------------------------------------------------------


@pytest.mark.deep
@pytest.mark.django_db
def test_a_second_loading_changes_nothing_but_what_follows_the_day():
    load_demo(today=TODAY, say=quietly)
    counts = {model.__name__: model.objects.count() for model in COUNTED}
    figures = list(Value.objects.order_by("pk").values_list("pk", "number", "numerator", "missing"))
    load_demo(today=TODAY + dt.timedelta(days=40), say=quietly)
    assert {model.__name__: model.objects.count() for model in COUNTED} == counts
    assert (
        list(Value.objects.order_by("pk").values_list("pk", "number", "numerator", "missing"))
        == figures
    )
    assert Period.objects.get(code="2025-VB").due_on == TODAY + dt.timedelta(days=45)
    due = Remissinstans.objects.filter(remiss__slug="exempel-2025-1").values_list("due_on")
    assert set(due) == {(TODAY + dt.timedelta(days=64),)}
    # The one that a draft waits for; others have decided, or have been sent papers.
    waiting = Meeting.objects.filter(is_example=True, decisions__isnull=True)
    meeting = waiting.get(agenda__isnull=True)
    assert (meeting.date - TODAY).days in range(54, 61)
    assert meeting.papers.get().current.meeting_on == meeting.date


@pytest.mark.deep
@pytest.mark.django_db
def test_a_second_loading_keeps_what_people_did_in_between():
    load_demo(today=TODAY, say=quietly)
    report = Report.objects.get(namnd__code="sodermalm", period__code="2025-VB")
    value = report.current.values.filter(number__isnull=False).first()
    Value.objects.filter(pk=value.pk).update(number=Decimal(77))
    Section.objects.filter(version__paper__is_example=True).update(body="<p>Omskrivet</p>")
    Period.objects.filter(code="2025-VB").update(state=PeriodState.STANGD)
    user = User.objects.get(username="samordnare")
    user.set_password("ett eget lösenord")
    user.save()
    load_demo(today=TODAY, say=quietly)
    value.refresh_from_db()
    user.refresh_from_db()
    assert value.number == 77
    assert set(Section.objects.values_list("body", flat=True)) == {"<p>Omskrivet</p>"}
    assert Period.objects.get(code="2025-VB").state == PeriodState.STANGD
    assert user.check_password("ett eget lösenord")


@pytest.mark.django_db
def test_the_command_refuses_with_debug_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--force") as refused:
        call_command("load_demo")
    assert "\n" not in str(refused.value)
    assert Namnd.objects.count() == 0


@pytest.mark.deep
@pytest.mark.django_db
@time_machine.travel(dt.datetime(2026, 2, 3, 23, 30, tzinfo=dt.UTC), tick=False)
def test_the_command_counts_from_the_day_in_stockholm(settings, capsys):
    settings.DEBUG = False
    call_command("load_demo", "--force")
    assert timezone.localdate() == dt.date(2026, 2, 4)
    assert Period.objects.get(code="2025-VB").due_on == dt.date(2026, 2, 9)
    call_command("load_demo", "--force", "--date", "2026-05-01")
    assert Period.objects.get(code="2025-VB").due_on == dt.date(2026, 5, 6)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:15]] == [
        "Nämnder", "Demokonton", "Programmet", "Stöd och insatser", "Indikatorer",
        "Ändrat genom åren", "Nya ansvar", "Perioder", "Nya rapporter",
        "Fastställda uppföljningar", "Nya granskningar och rättelser",
        "Uppföljningar som skrivs", "Nya verksamhetsplaner", "Att förklara i utkasten",
        "Remisser",
    ]  # fmt: skip


def test_a_date_that_is_none_is_refused():
    with pytest.raises(CommandError, match="är inte ett datum"):
        call_command("load_demo", "--date", "3 februari")


# What it holds ------------------------------------------------------------------------------------


def test_the_nämnder_follow_the_mergers(demo):
    def districts(day: dt.date) -> set[str]:
        kind = Namnd.objects.filter(kind=NamndKind.STADSDELSNAMND)
        return set(kind.valid_on(day).values_list("code", flat=True))

    before, after = districts(dt.date(2023, 6, 30)), districts(dt.date(2023, 7, 1))
    assert (len(before), len(after)) == (13, 11)
    assert before - after == {"rinkeby-kista", "spanga-tensta", "norrmalm", "ostermalm"}
    assert after - before == {"jarva", "norra-innerstaden"}
    assert districts(dt.date(2020, 6, 30)) - before == {"hagersten-liljeholmen", "alvsjo"}
    assert "hagersten-alvsjo" not in districts(dt.date(2020, 6, 30))


def test_every_account_can_sign_in_and_has_its_role(demo):
    for account in DEMO_ACCOUNTS:
        user = User.objects.get(username=account.username)
        held = [(m.namnd.code if m.namnd else None, m.role) for m in user.memberships.all()]
        assert held == [(account.namnd, role) for role in account.roles]
        assert user.is_superuser == user.is_staff == (account.username == "admin")
        # Mail has somewhere to go, and nobody can have such an address.
        assert user.email == f"{account.username}@samlad.example"
    assert user.check_password("demo")


def test_mail_of_the_demo_waits_in_the_outbox_where_it_can_be_read(demo):
    told = Mail.objects.filter(subject__startswith="Rättade uppgifter")
    assert list(told.values_list("address", flat=True)) == ["samordnare@samlad.example"]
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.VANTAR}


def test_whatever_has_no_source_is_marked_as_an_example(demo):
    assert {(bool(a.source), a.is_example) for a in Activity.objects.all()} == {
        (True, False),
        (False, True),
    }
    assert set(Activity.objects.exclude(source="").values_list("code", flat=True)) == {
        "aldrig-igen",
        "motivera-unga-utovare",
        "rutinfragor",
    }
    without = Indicator.objects.filter(source="").values_list("code", "is_example")
    assert list(without) == [("origo-utbildning", True)]
    assert not Target.objects.filter(is_example=False).exists()
    assert not Report.objects.filter(is_example=False).exists()
    assert not Paper.objects.filter(is_example=False).exists()
    assert list(Remiss.objects.filter(is_example=True).values_list("dnr", flat=True)) == [
        f"Exempel 2025/{number}" for number in range(5, 0, -1)
    ]


def test_there_is_a_paper_at_every_step_of_its_life(demo):
    """So that every page of it has something to show."""
    states = Paper.objects.filter(answer__isnull=False).values_list("state", flat=True)
    assert set(states) == {"utkast", "under-attest", "attesterad", "utskickad", "beslutad"} | {
        "expedierad"
    }
    sent = Paper.objects.get(state="expedierad").dispatch
    assert [file.name for file in sent.files.order_by("name")] == [
        "svar-exempel-2025-5-hasselby-vallingby-protokollsutdrag.docx",
        "svar-exempel-2025-5-hasselby-vallingby-protokollsutdrag.pdf",
        "svar-exempel-2025-5-hasselby-vallingby.docx",
        "svar-exempel-2025-5-hasselby-vallingby.pdf",
    ]


def test_published_values_are_those_published(demo):
    series = {
        code: [
            (r.year, int(r.value), r.approximate)
            for r in ReferenceValue.objects.filter(indicator__code=code).order_by("year")
        ]
        for code in ReferenceValue.objects.values_list("indicator__code", flat=True)
    }
    assert series == {
        "stodsamtal-med-beslut": [(2019, 60, True), (2022, 80, True), (2023, 80, False)],
        "stodsamtal-utan-beslut": [(2019, 56, False), (2022, 74, False), (2023, 70, False)],
        "rutin-vid-indikation": [(2021, 54, False), (2022, 76, False)],
        "rutin-skolgang": [
            (2017, 14, False), (2020, 21, False), (2021, 24, False), (2022, 28, False),
            (2023, 28, False), (2024, 34, False),
        ],
        "kontaktforbud": [
            (2019, 25, False), (2020, 25, False), (2021, 25, False), (2022, 28, False),
        ],
    }  # fmt: skip


def test_reports_come_from_those_that_existed(demo):
    def reporting(code: str) -> set[str]:
        districts = Report.objects.filter(period__code=code, namnd__kind=NamndKind.STADSDELSNAMND)
        return set(districts.values_list("namnd__code", flat=True))

    assert len(reporting("2023-T1")) == 13
    assert len(reporting("2023-T2")) == 11
    assert reporting("2023-T2") - reporting("2023-T1") == {"jarva", "norra-innerstaden"}


def test_the_open_period_shows_every_stage(demo):
    reports = Report.objects.filter(period__code="2025-VB")
    states = dict(reports.values_list("namnd__code", "state"))
    counted = [list(states.values()).count(state) for state in ReportState.values]
    assert dict(zip(ReportState.values, counted, strict=True)) == {
        "utkast": 2, "inlamnad": 3, "atersand": 1, "godkand": 6, "last": 0,
    }  # fmt: skip
    assert states["sodermalm"] == ReportState.UTKAST
    assert "jarva" not in states
    returned = reports.get(state=ReportState.ATERSAND)
    assert returned.current.number == 2
    assert returned.current.reason
    assert returned.current.values.count() == returned.versions.get(number=1).values.count() > 0
    assert [event.verb for event in Event.objects.about(returned)] == ["returned"]


def test_earlier_periods_are_locked_and_in_the_last_one_somebody_is_late(demo):
    assert set(
        Report.objects.filter(period__state=PeriodState.LAST).values_list("state", flat=True)
    ) == {ReportState.LAST}
    followup = consolidate(
        Period.objects.get(code="2025-T2"), audience=Audience.OTHERS, today=TODAY
    )
    status = {s.namnd_code: s for s in followup.statuses}
    assert status["norra-innerstaden"].is_late
    assert status["kulturnamnden"].is_submitted
    assert status["sodermalm"].is_approved
    assert followup.is_example
    reasons = Period.objects.filter(state=PeriodState.LAST).values_list("lock_reason", flat=True)
    assert all(reason.startswith("Exempel: ") for reason in reasons)


def test_the_draft_of_södermalm_is_begun_without_problems_and_not_finished(demo):
    report = Report.objects.get(namnd__code="sodermalm", period__code="2025-VB")
    asked = len(expected_in(report.period).indicators_for(report.namnd_id))
    filled = report.current.values.values("definition").distinct().count()
    assert 0 < filled < asked
    assert report.current.grades.count() == 3
    assert {v.entered_by.username for v in report.current.values.all()} == {"uppgift.sodermalm"}


# What must hold in every report -------------------------------------------------------------------


def test_every_value_passes_the_checks_of_the_form(demo):
    cells: dict[tuple, dict[str, ValueInput]] = {}
    definitions, periods = {}, {}
    for value in Value.objects.select_related("definition", "version__report__period"):
        definitions[value.definition_id] = value.definition
        periods[value.version_id] = value.version.report.period
        key = (value.version_id, value.definition_id)
        cells.setdefault(key, {})[value.category] = ValueInput.of(value)
    problems = [
        (key, problem.message)
        for key, given in cells.items()
        for problem in check_indicator(definitions[key[1]], given, periods[key[0]])
    ]
    assert problems == []


def test_what_is_done_stays_done(demo):
    said = ActivityStatus.objects.filter(version__report__approved=F("version")).order_by(
        "version__report__period__ends_on"
    )
    done: set[tuple[int, int]] = set()
    states = said.values_list("version__report__namnd", "activity", "state")
    for namnd_id, activity_id, state in states:
        assert (namnd_id, activity_id) not in done or state == "genomford"
        if state == "genomford":
            done.add((namnd_id, activity_id))
    assert {state for _, _, state in states} == {"ej-paborjad", "paborjad", "genomford", "avviker"}


def test_plans_are_examples_and_not_all_are_whole(demo):
    assert not Adoption.objects.filter(is_example=False).exists()
    plans = list_plans(2025)
    assert 0 < plans.complete < plans.adopted < len(plans.lines)


def test_within_a_year_counts_never_fall(demo):
    series: dict[tuple, list[tuple]] = {}
    values = Value.objects.filter(
        definition__accumulation=Accumulation.YEAR_TO_DATE,
        missing="",
        version__current_of__isnull=False,
    ).select_related("version__report__period")
    for value in values.order_by("version__report__period__ends_on"):
        report = value.version.report
        key = (report.namnd_id, value.definition_id, value.category, report.period.year)
        counted = value.numerator if value.number is None else value.number
        series.setdefault(key, []).append(counted)
    assert all(earlier <= later for found in series.values() for earlier, later in pairwise(found))
    assert any(len(found) == 3 and found[0] < found[2] for found in series.values())


def test_over_the_years_the_figures_grow_and_fall(demo):
    yearly: dict[str, list[Decimal]] = {}
    values = Value.objects.filter(
        definition__indicator__code="aktualiserade",
        category=Category.TOTAL,
        version__report__period__kind="VB",
        missing="",
    )
    for value in values.order_by("version__report__period__year"):
        yearly.setdefault(value.version.report.namnd.code, []).append(value.number)
    steps = [later - earlier for found in yearly.values() for earlier, later in pairwise(found)]
    assert any(step > 0 for step in steps)
    assert any(step < 0 for step in steps)


def test_some_values_are_missing_some_are_zero_and_some_are_small(demo):
    assert Value.objects.exclude(missing="").count() > 50
    assert Value.objects.filter(number=0, definition__counts_people=True).exists()
    assert Value.objects.filter(number__range=(1, 4), definition__counts_people=True).exists()
    assert set(GoalGrade.objects.values_list("grade", flat=True)) == set(Grade.values)


def test_the_same_figures_come_at_every_loading(demo):
    report = Report.objects.get(namnd__code="farsta", period__code="2022-T1")
    first = values_of(report)
    with triggers_asleep():  # what is locked is never removed
        Report.objects.filter(pk=report.pk).update(current=None, approved=None, state="utkast")
        Value.objects.filter(version__report=report).delete()
        GoalGrade.objects.filter(version__report=report).delete()
        ReportVersion.objects.filter(report=report).delete()
        report.delete()
    load_demo(today=TODAY, say=quietly)
    again = Report.objects.get(namnd__code="farsta", period__code="2022-T1")
    assert values_of(again) == first


# Remisser -----------------------------------------------------------------------------------------


def test_the_motion_has_its_instances_and_only_the_due_date_that_is_known(demo):
    remiss = Remiss.objects.get(slug="ks-2023-553")
    assert (remiss.author, remiss.party, remiss.received_on) == ("Kristin Jacobsson", "C", None)
    assert [p.number for p in remiss.proposals.all()] == list(range(1, 9))
    assert all(p.abridged for p in remiss.proposals.all())
    assert remiss.instances.count() == 12
    due = remiss.instances.exclude(due_on=None).values_list("namnd__code", "due_on")
    assert list(due) == [("hasselby-vallingby", dt.date(2023, 9, 19))]
    norrmalm = remiss.instances.get(name_as_written="Norrmalms stadsdelsnämnd")
    assert norrmalm.namnd.valid_to == dt.date(2023, 6, 30)


def test_the_other_real_matters_have_theirs(demo):
    programme = Remiss.objects.get(slug="ks-2020-924")
    assert programme.instances.filter(namnd__kind=NamndKind.STADSDELSNAMND).count() == 13
    company = programme.instances.get(namnd__kind=NamndKind.MODERBOLAG)
    assert company.name_as_written == "Stockholms Stadshus AB"
    assert programme.instances.filter(namnd=None).count() == 23
    due = programme.instances.exclude(due_on=None).values_list("namnd__code", "due_on")
    assert list(due) == [("sodermalm", dt.date(2020, 12, 2))]
    motion = Remiss.objects.get(slug="ks-2020-470")
    ceased = motion.instances.get(namnd__code="hagersten-liljeholmen")
    assert ceased.name_as_written == "Hägersten-Liljeholmens stadsdelsnämnd"
    assert motion.proposals.count() == 0


def test_the_answers_say_what_they_are(demo):
    def answer(remiss: str, namnd: str) -> Answer:
        return Answer.objects.get(instance__remiss__slug=remiss, instance__namnd__code=namnd)

    collective = answer("ks-2023-553", "socialnamnden").paper.current.answer
    assert (collective.collective, collective.stance) == (True, Stance.TILLGODOSETT)
    assert collective.positions.count() == 0
    own = answer("ks-2023-553", "hasselby-vallingby").paper
    assert [p.proposal.number for p in own.current.answer.positions.all()] == list(range(1, 9))
    assert own.meeting.date == dt.date(2023, 8, 31)
    assert [a.on for a in own.current.attestations.all()] == [
        dt.date(2023, 8, 9),
        dt.date(2023, 8, 10),
    ]
    draft = answer("exempel-2025-1", "hasselby-vallingby").paper
    assert (draft.state, draft.current.answer.positions.count()) == ("utkast", 3)
    empty = draft.current.sections.filter(kind="text", body="").count()
    assert 0 < empty < draft.current.sections.filter(kind="text").count()


# Nothing is copied --------------------------------------------------------------------------------

# Titles, names, the vision, the goals and decision formulas.
MAY_STAND_AS_THEY_ARE = (
    NAME.removesuffix(" 2021–2025"),
    VISION,
    *GOALS,
    "lämna-program för individer i våldsamma relationer",
    "Boendeplan för våldsutsatta, dnr 3.1.1-432/2020",
    "Origos utbildning om hedersrelaterat våld och förtryck",
    "Hässelby-Vällingby stadsdelsnämnd antar yttrandet som sitt eget och överlämnar det som svar "
    "på remissen.",
    "Socialnämnden godkänner förvaltningens tjänsteutlåtande som svar",
)
ROW = 8


def words(text: str) -> list[str]:
    text = re.sub(r"-\s*\n\s*", "", text)
    return re.findall(r"[\wåäöé]+", text.lower())


def rows_of_words(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + ROW]) for i in range(len(found) - ROW + 1)}


def demo_texts() -> list[str]:
    """Every string of the demo's modules; what may stand as it is cuts a text in two."""
    texts = []
    for path in sorted(DEMO.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    for allowed in sorted(MAY_STAND_AS_THEY_ARE, key=len, reverse=True):
        texts = [part for text in texts for part in text.split(allowed)]
    return texts


def test_no_running_text_of_a_real_paper_is_in_the_demo(seeds: Path):
    papers = sorted(seeds.glob("*.txt"))
    theirs = set().union(*(rows_of_words(p.read_text(encoding="utf-8")) for p in papers))
    assert len(theirs) > 2_000
    shared = {" ".join(row) for text in demo_texts() for row in rows_of_words(text) & theirs}
    assert shared == set()
