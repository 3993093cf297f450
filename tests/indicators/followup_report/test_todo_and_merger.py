"""A report on the to-do list of whoever has the next step; and where its words go at a merger."""

import datetime as dt

import pytest
import time_machine
from django.urls import resolve
from django.utils import timezone

from desk.domain.merger import merge, preview_merger, waiting_tasks
from desk.domain.todo import todo_for
from indicators.domain.deciding import ProtocolText
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.fixing import decide
from indicators.domain.followup_report.writing import begin_report, save_text
from indicators.models import FollowupReport, FollowupText
from organisation.domain.namnder import Merger
from organisation.enums import NamndKind, Role
from organisation.models import Namnd, User
from tests.factories import make_namnd, make_period, make_user
from tests.indicators.followup_report.world import GOAL, World

ON = dt.date(2025, 7, 1)


def said(user: User) -> dict[str, list[tuple[str, str]]]:
    """What the list says of reports: (detail, action), of one's own and of what waits."""
    todo = todo_for(User.objects.get(pk=user.pk))
    return {
        name: [(t.detail, t.action) for t in tasks if "apporten, " in t.title]
        for name, tasks in (("mine", todo.mine), ("waiting", todo.waiting))
    }


def test_the_citys_is_the_coordinators_and_then_the_secretarys(world: World):
    assert said(world.coordinator) == {"mine": [], "waiting": []}
    report = world.citys()
    assert said(world.coordinator) == {"mine": [("Utkast", "Skriv vidare")], "waiting": []}
    assert said(world.secretary) == {"mine": [], "waiting": [("Utkast", "Läs")]}
    assert said(world.colleague) == {"mine": [], "waiting": []}
    version = world.fixed(report)
    undecided = "Fastställd, inget beslut registrerat"
    assert said(world.coordinator) == {"mine": [], "waiting": [(undecided, "Läs")]}
    assert said(world.secretary) == {"mine": [(undecided, "Registrera beslut")], "waiting": []}
    (task,) = [t for t in todo_for(world.secretary).mine if "apporten, " in t.title]
    assert resolve(task.url).url_name == "followup-report-decision"
    decide(
        version,
        actor=world.secretary,
        on=timezone.localdate(),
        text=ProtocolText("7", ("Godkänns.",), ""),
    )
    assert said(world.secretary) == said(world.coordinator) == {"mine": [], "waiting": []}


def test_a_tertialrapport_is_on_the_lists_of_its_own_nämnd_only(world: World):
    bromma = world.namnder["bromma"]
    reviewer, secretary, head = (
        make_user(role, bromma) for role in (Role.GRANSKARE, Role.NAMNDSEKRETERARE, Role.CHEF)
    )
    found = find_report(reviewer, world.period.code, "bromma")
    assert found is not None
    begin_report(found, actor=reviewer)
    for person in (reviewer, secretary):
        assert said(person) == {"mine": [("Utkast", "Skriv vidare")], "waiting": []}
    assert said(head) == {"mine": [], "waiting": [("Utkast", "Läs")]}
    nobody = {"mine": [], "waiting": []}
    assert said(make_user(Role.GRANSKARE, world.namnder["farsta"])) == nobody
    assert said(world.coordinator) == nobody


@pytest.fixture
def old() -> list[Namnd]:
    return [make_namnd(code, name=f"{code.title()} nämnd") for code in ("norrmalm", "ostermalm")]


def write(namnd: Namnd, period: str, **texts: str) -> None:
    writer = make_user(Role.GRANSKARE, namnd)
    found = find_report(writer, period, namnd.code)
    assert found is not None
    report = begin_report(found, actor=writer)
    for name, body in texts.items():
        key = GOAL if name == "goal" else name
        report = save_text(report, key, actor=writer, expected_version=report.revision, body=body)


@time_machine.travel(dt.datetime(2025, 7, 2, 12, tzinfo=dt.UTC), tick=False)
def test_at_a_merger_the_words_of_open_drafts_go_over(world: World, old: list[Namnd]):
    make_period("2025-T2")
    write(old[0], "2025-T1", inledning="Före.")
    write(old[0], "2025-T2", inledning="Norrmalms.", goal="Bara Norrmalm.")
    write(old[1], "2025-T2", inledning="Östermalms.", sammanfattning="Bara Östermalm.")
    merger = Merger(
        old=old,
        on=ON,
        code="norra",
        name="Norra nämnden",
        short_name="Norra",
        kind=NamndKind.STADSDELSNAMND,
    )
    administrator = make_user(Role.SYSTEMFORVALTARE)
    consequences = preview_merger(merger, actor=administrator)
    assert [draft.namnd for draft in consequences.texts] == old
    before = list(FollowupText.objects.order_by("pk").values("report", "body"))
    new = merge(merger, actor=administrator)
    report = FollowupReport.objects.get(namnd=new)
    assert report.period.code == "2025-T2"
    texts = {GOAL if t.goal_id else t.chapter: t.body for t in report.texts.all()}
    assert texts == {
        "inledning": "Norrmalm nämnd:\nNorrmalms.\n\nOstermalm nämnd:\nÖstermalms.",
        GOAL: "Bara Norrmalm.",
        "sammanfattning": "Bara Östermalm.",
    }
    # The old ones stand, and nothing is left to move.
    assert list(FollowupText.objects.order_by("pk").values("report", "body"))[: len(before)] == (
        before
    )
    assert waiting_tasks() == []
    writer = make_user(Role.GRANSKARE, new)
    report = save_text(
        report, GOAL, actor=writer, expected_version=report.revision, body="Den nyas."
    )
    assert report.texts.get(goal__isnull=False).body == "Den nyas."


@time_machine.travel(dt.datetime(2025, 7, 2, 12, tzinfo=dt.UTC), tick=False)
def test_drafts_that_are_left_are_told_of_until_they_are_moved(world: World, old: list[Namnd]):
    make_period("2025-T2")
    merger = Merger(
        old=old,
        on=ON,
        code="norra",
        name="Norra",
        short_name="Norra",
        kind=NamndKind.STADSDELSNAMND,
    )
    with time_machine.travel(dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC), tick=False):
        make_period("2025-T2")
        write(old[0], "2025-T2", inledning="Norrmalms.")
        merge(merger, actor=make_user(Role.SYSTEMFORVALTARE))
    (left,) = waiting_tasks()
    assert left.number == 1
