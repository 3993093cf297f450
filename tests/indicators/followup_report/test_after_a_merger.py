"""The tertialrapport of a nämnd that is no more: who answers for it today makes and decides it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from desk.domain.merger import merge
from desk.domain.todo import todo_for
from indicators.domain.deciding import ProtocolText
from indicators.domain.errors import NotAllowed, NotOpen
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.fixing import decide, fix
from indicators.domain.followup_report.laying import lay_before
from indicators.domain.followup_report.writing import begin_report, save_text
from indicators.enums import ReportState
from indicators.models import FollowupReport, FollowupVersion
from organisation.domain.namnder import Merger
from organisation.enums import NamndKind, Role
from organisation.models import Namnd, User
from papers.domain.templates import ensure_standard_templates
from tests.factories import make_namnd, make_period, make_report, make_user, make_value
from tests.indicators.followup_report.world import GOAL, World

AFTER = dt.datetime(2025, 7, 2, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def old(world: World) -> Namnd:
    """Had an approved report, and went up into another on the first of July."""
    old, beside = (
        make_namnd(code, name=f"{code.title()} nämnd") for code in ("norrmalm", "osterm")
    )
    report = make_report(old, world.period, ReportState.GODKAND)
    make_value(report, world.count, 40)
    merger = Merger(
        old=(old, beside),
        on=dt.date(2025, 7, 1),
        code="norra",
        name="Norra nämnden",
        short_name="Norra",
        kind=NamndKind.STADSDELSNAMND,
        forvaltning="Norra förvaltningen",
    )
    merge(merger, actor=make_user(Role.SYSTEMFORVALTARE))
    return Namnd.objects.get(pk=old.pk)


@pytest.fixture
def new(old: Namnd) -> Namnd:
    return Namnd.objects.get(code="norra")


def begun(writer: User, period: str = "2025-T1") -> FollowupReport:
    found = find_report(writer, period, "norrmalm")
    assert found is not None
    return begin_report(found, actor=writer)


def fixed(writer: User) -> FollowupVersion:
    report = begun(writer)
    report = save_text(report, GOAL, actor=writer, expected_version=0, body="Skrivet efteråt.")
    return fix(report, actor=writer, expected_version=report.revision)


@pytest.mark.parametrize("role", [Role.GRANSKARE, Role.NAMNDSEKRETERARE])
def test_the_successor_makes_it_and_its_figures_are_the_old_ones(new: Namnd, role: Role):
    version = fixed(make_user(role, new))
    assert version.report.namnd.code == "norrmalm"
    assert (version.number, version.report.state) == (1, "faststalld")


def test_nobody_else_does(world: World, new: Namnd):
    writer = make_user(Role.GRANSKARE, new)
    report = begun(writer)
    for stranger in (
        make_user(Role.LASARE, new),
        make_user(Role.GRANSKARE, world.namnder["bromma"]),
        world.coordinator,
    ):
        with pytest.raises(NotAllowed):
            fix(report, actor=stranger, expected_version=0)


def test_a_period_that_the_old_nämnd_did_not_live_to_see_the_end_of_is_the_new_ones(new: Namnd):
    make_period("2025-T2")
    writer = make_user(Role.GRANSKARE, new)
    assert find_report(writer, "2025-T2", "norrmalm") is None
    assert find_report(writer, "2025-T2", "norra") is not None


def test_without_an_approved_report_of_the_old_nämnds_there_is_nothing_to_fix(new: Namnd):
    writer = make_user(Role.GRANSKARE, new)
    found = find_report(writer, "2025-T1", "osterm")
    assert found is not None
    report = begin_report(found, actor=writer)
    with pytest.raises(NotOpen):
        fix(report, actor=writer, expected_version=report.revision)


def test_it_is_on_the_list_of_who_has_the_next_step(new: Namnd):
    reviewer, secretary, head = (
        make_user(role, new) for role in (Role.GRANSKARE, Role.NAMNDSEKRETERARE, Role.CHEF)
    )
    report = begun(reviewer)

    def said(user: User) -> list[tuple[str, str]]:
        todo = todo_for(User.objects.get(pk=user.pk))
        tasks = [*todo.mine, *todo.waiting]
        return [(t.detail, t.action) for t in tasks if "apporten, " in t.title]

    assert said(reviewer) == said(secretary) == [("Utkast", "Skriv vidare")]
    assert said(head) == []
    fix(report, actor=reviewer, expected_version=0)
    assert said(secretary) == [("Fastställd, inget beslut registrerat", "Registrera beslut")]
    assert said(reviewer) == []


def test_the_decision_is_the_new_nämnds_and_says_so(new: Namnd):
    secretary = make_user(Role.NAMNDSEKRETERARE, new)
    version = fixed(secretary)
    made = decide(
        version, actor=secretary, on=AFTER.date(), text=ProtocolText("7", ("Godkänns.",), "")
    )
    assert made.decision.meeting.namnd == new
    assert FollowupReport.objects.get(pk=version.report_id).state == "beslutad"
    reader = Client()
    reader.force_login(make_user(Role.LASARE))
    page = reader.get("/inrapportering/norrmalm/2025-T1/tertialrapport/version/1/")
    assert "2025-07-02 § 7, Norra nämnden" in page.content.decode()


def test_it_is_laid_before_the_new_nämnd_by_the_name_of_the_old(new: Namnd):
    ensure_standard_templates()
    secretary = make_user(Role.NAMNDSEKRETERARE, new)
    laid = lay_before(fixed(secretary), actor=secretary, attachment=b"%PDF", attachment_name="x")
    assert laid.paper.namnd == new
    current = laid.paper.current
    assert current is not None
    assert (current.forvaltning, current.addressee) == ("Norra förvaltningen", "Norra nämnden")
    proposal = current.sections.get(key="forslag_till_beslut").body
    assert "Norra nämnden godkänner Norrmalm nämnds rapport för tertialrapport 1 2025" in proposal
