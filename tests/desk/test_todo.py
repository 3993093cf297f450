"""The to-do list: what is mine, what waits for somebody else, and how long is left."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from desk.domain.merger import merge
from desk.domain.todo import Task, Todo, todo_for
from indicators.enums import ReportState
from indicators.models import Adoption
from organisation.domain.namnder import Merger
from organisation.enums import Role
from organisation.models import User
from papers.domain.sharing import take_back_draft
from papers.enums import PaperKind, PaperState
from papers.models import Paper
from programme.assignment_enums import AccountKind, ObligationKind
from programme.domain.accounts import Point, decide_account
from remisser.domain.drafts import share_answer_draft
from remisser.models import Answer
from tests.factories import (
    make_account,
    make_activity,
    make_answer,
    make_assignment,
    make_goal,
    make_indicator,
    make_instance,
    make_namnd,
    make_period,
    make_programme,
    make_remiss,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 1, 15)


@pytest.fixture(autouse=True)
def frozen_day():
    with time_machine.travel(dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC), tick=False):
        yield


def lines(tasks: tuple[Task, ...]) -> list[tuple[str, str, str, str]]:
    return [(task.due_text, task.title, task.detail, task.action) for task in tasks]


def person(role: str, code: str = "sodermalm") -> User:
    return make_user(role, make_namnd(code))


def open_period(days: int = 5):
    return make_period("2025-VB", due_on=TODAY + dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("state", "filler", "granskare"),
    [
        (None, ("mine", "0 av 2 uppgifter ifyllda", "Fyll i"), None),
        (
            ReportState.UTKAST,
            ("mine", "0 av 2 uppgifter ifyllda", "Fyll i"),
            ("waiting", "Hos uppgiftslämnaren, 0 av 2 uppgifter ifyllda", "Läs"),
        ),
        (
            ReportState.ATERSAND,
            ("mine", "Återsänd av granskaren, 0 av 2 uppgifter ifyllda", "Rätta"),
            ("waiting", "Hos uppgiftslämnaren, 0 av 2 uppgifter ifyllda", "Läs"),
        ),
        (
            ReportState.INLAMNAD,
            ("waiting", "Inlämnad, väntar på granskning", "Läs"),
            ("mine", "Inlämnad, 0 av 2 uppgifter ifyllda", "Granska"),
        ),
        (ReportState.GODKAND, None, None),
    ],
)
def test_a_report_is_with_the_one_whose_turn_it_is(state, filler, granskare):
    period = open_period()
    make_indicator()
    if state:
        make_report(make_namnd(), period, state)
    else:
        granskare = ("waiting", "Hos uppgiftslämnaren, 0 av 2 uppgifter ifyllda", "Läs")
    for role, wanted in ((Role.UPPGIFTSLAMNARE, filler), (Role.GRANSKARE, granskare)):
        todo = todo_for(person(role))
        found = {"mine": lines(todo.mine), "waiting": lines(todo.waiting)}
        expected: dict = {"mine": [], "waiting": []}
        if wanted:
            where, detail, action = wanted
            title = "Verksamhetsberättelse 2025, Sodermalm"
            expected[where] = [("5 dagar kvar", title, detail, action)]
        assert found == expected


def test_what_is_overdue_says_how_late_it_is():
    open_period(days=-2)
    make_indicator()
    (task,) = todo_for(person(Role.UPPGIFTSLAMNARE)).mine
    assert (task.is_late, task.due_text) == (True, "2 dagar sen")


def test_readers_of_the_nämnd_have_nothing_to_do():
    make_report(make_namnd(), open_period())
    make_indicator()
    for role in (Role.LASARE, Role.LEDAMOT):
        assert todo_for(person(role)) == todo_for(person(role, "farsta"))
        assert todo_for(person(role)).mine == ()
        assert todo_for(person(role)).waiting == ()


def test_the_coordinator_follows_the_city():
    make_report(make_namnd(), open_period(), ReportState.INLAMNAD)
    make_namnd("farsta")
    make_indicator()
    coordinator = make_user(
        Role.SAMORDNARE,
        make_namnd("socialnamnden", name="Socialnämnden", kind="facknamnd"),
    )
    assert lines(todo_for(coordinator).mine) == [
        (
            "5 dagar kvar",
            "Följ verksamhetsberättelse 2025 i staden",
            "1 av 2 nämnder har lämnat in",
            "Se läget",
        )
    ]


def answered(instance, state: str) -> None:
    paper = Paper.objects.create(namnd=instance.namnd, kind=PaperKind.REMISSVAR, state=state)
    Answer.objects.create(instance=instance, paper=paper)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (None, ("Motion om något. Inte påbörjat", "Påbörja")),
        (PaperState.UTKAST, ("Motion om något. Utkast", "Skriv vidare")),
        (PaperState.ATTESTERAD, None),
    ],
)
def test_a_remiss_is_the_secretarys_until_it_is_attested(state, wanted):
    remiss = make_remiss()
    instance = make_instance(remiss, due_on=TODAY + dt.timedelta(days=1))
    make_instance(remiss, make_namnd("farsta"), due_on=TODAY)
    if state:
        answered(instance, state)
    title = "Svar på remiss KS 2023/553, Sodermalm"
    expected = [("1 dag kvar", title, *wanted)] if wanted else []
    assert lines(todo_for(person(Role.NAMNDSEKRETERARE)).mine) == expected
    chef = todo_for(person(Role.CHEF))
    assert chef.mine == ()
    assert [task.action for task in chef.waiting] == (["Läs"] if wanted else [])


def test_a_remiss_long_past_is_history_and_a_new_one_without_a_date_is_work():
    make_instance(make_remiss("KS 2020/924"), due_on=TODAY - dt.timedelta(days=181))
    make_instance(make_remiss("KS 2020/470"), due_on=None)
    make_instance(make_remiss("KS 2026/1", received_on=TODAY), due_on=None)
    (task,) = todo_for(person(Role.NAMNDSEKRETERARE)).mine
    assert (task.title, task.due_text) == ("Svar på remiss KS 2026/1, Sodermalm", "")


def test_the_remitters_officer_sees_what_is_still_to_come():
    ks = make_namnd("kommunstyrelsen", name="Kommunstyrelsen", kind="kommunstyrelsen")
    remiss = make_remiss(remitter_namnd=ks)
    instance = make_instance(remiss, due_on=TODAY)
    make_instance(remiss, make_namnd("farsta"), due_on=TODAY)
    answered(instance, PaperState.UTKAST)
    assert lines(todo_for(make_user(Role.REMITTENT, ks)).waiting) == [
        (
            "sista dagen är i dag",
            "Svar på remiss KS 2023/553",
            "Motion om något. 2 instanser ska svara",
            "Se läget",
        )
    ]


def test_the_page_lists_the_tasks_and_what_there_is_to_read(client: Client):
    make_report(make_namnd(), open_period())
    make_indicator()
    client.force_login(person(Role.UPPGIFTSLAMNARE))
    page = client.get("/").content.decode()
    assert "Verksamhetsberättelse 2025, Sodermalm" in page
    assert 'href="/inrapportering/sodermalm/2025-VB/"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(rows, django_assert_num_queries):
    user = person(Role.NAMNDSEKRETERARE)
    make_indicator()
    make_activity()
    for number in range(rows):
        make_instance(make_remiss(f"KS 2026/{number}"), due_on=TODAY)
        make_report(make_namnd(), make_period(f"{2025 - number}-VB", due_on=TODAY))
        make_account(make_assignment(), due_on=TODAY)
    with django_assert_num_queries(11):
        todo_for(user)


def test_what_uppdrag_ask_is_the_secretarys_and_the_chef_knows():
    assignment = make_assignment(title="Modellen")
    account = make_account(assignment, kind=AccountKind.DEL, due_on=TODAY + dt.timedelta(days=3))
    make_account(make_assignment(make_namnd("bromma")), due_on=TODAY)
    secretary, chef = person(Role.NAMNDSEKRETERARE), person(Role.CHEF)
    task = ("3 dagar kvar", "Delredovisning av uppdrag, Sodermalm", "Modellen. Inte påbörjad")
    assert lines(todo_for(secretary).mine) == [(*task, "Påbörja")]
    assert lines(todo_for(chef).waiting) == [(*task, "Läs")]
    for role in (Role.LASARE, Role.SAMORDNARE, Role.LEDAMOT):
        assert todo_for(person(role)) == Todo((), ())
    decide_account(
        account,
        actor=None,
        expected_version=1,
        on=TODAY,
        points=(
            Point("Slutredovisa.", ObligationKind.SLUTREDOVISA, TODAY - dt.timedelta(days=1)),
            Point("Berätta.", ObligationKind.ANNAT, TODAY + dt.timedelta(days=1)),
        ),
    )
    assert lines(todo_for(secretary).mine) == [
        (
            "1 dag sen",
            "Slutredovisning av uppdrag, Sodermalm",
            "Modellen. Inte påbörjad",
            "Påbörja",
        ),
        ("1 dag kvar", "Berätta, Sodermalm", "Enligt beslut i uppdraget Modellen", "Se uppdraget"),
    ]


def test_a_year_that_is_not_registered_is_the_secretarys_and_the_chef_knows():
    make_period("2026-T1", state="planerad")
    make_period("2025-VB", state="oppen")
    make_period("2024-VB", state="stangd")
    make_activity("a-1")
    make_activity("a-2")
    make_indicator()
    secretary, chef = person(Role.NAMNDSEKRETERARE), person(Role.CHEF)
    task = (
        "",
        "Verksamhetsplan 2025, Sodermalm",
        "Registrera vad nämnden har antagit. 3 aktiviteter och indikatorer väntas av nämnden",
    )
    (mine,) = lines(todo_for(secretary).mine)
    assert mine == (*task, "Registrera")
    assert todo_for(secretary).mine[0].url == "/verksamhetsplaner/sodermalm/2025/registrera/"
    (waiting,) = lines(todo_for(chef).waiting)
    assert waiting == (*task, "Läs")
    Adoption.objects.create(
        namnd=make_namnd(), year=2025, decided_on=dt.date(2024, 12, 1), paragraph="3"
    )
    assert todo_for(secretary) == Todo((), ())
    assert todo_for(chef) == Todo((), ())


def test_the_year_that_has_begun_is_registered_before_its_periods_open():
    make_period("2026-T1", state="planerad")
    make_period("2027-T1", state="planerad")
    make_activity("a-1", make_goal(1, make_programme("ny", first_year=2026, last_year=2030)))
    assert [task.title for task in todo_for(person(Role.NAMNDSEKRETERARE)).mine] == [
        "Verksamhetsplan 2026, Sodermalm"
    ]


def shared_draft_to(code: str):
    sender = person(Role.NAMNDSEKRETERARE, "bromma")
    remiss = make_remiss("KS 2026/9", proposals=1)
    answer = make_answer(make_instance(remiss, make_namnd("bromma")), sender)
    return share_answer_draft(answer, to_namnd=make_namnd(code), actor=sender)


def test_a_received_draft_is_the_secretarys_and_others_see_that_it_came():
    shared_draft_to("sodermalm")
    line = (
        "",
        "Utkast för synpunkter, KS 2026/9, Sodermalm",
        "Bromma stadsdelsnämnd skickade version 1 2026-01-15",
        "Läs",
    )
    for role, expected in (
        (Role.NAMNDSEKRETERARE, ([line], [])),
        (Role.CHEF, ([line], [])),
        (Role.UPPGIFTSLAMNARE, ([], [line])),
        (Role.LEDAMOT, ([], [])),
    ):
        todo = todo_for(person(role))
        assert (lines(todo.mine), lines(todo.waiting)) == expected
    assert lines(todo_for(person(Role.NAMNDSEKRETERARE, "farsta")).mine) == []


def test_a_draft_taken_back_is_no_line():
    share = shared_draft_to("sodermalm")
    secretary = person(Role.NAMNDSEKRETERARE)
    take_back_draft(share, actor=share.by)
    assert lines(todo_for(secretary).mine) == []


def test_a_draft_of_last_summer_is_no_line():
    shared_draft_to("sodermalm")
    with time_machine.travel(dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC), tick=False):
        assert lines(todo_for(person(Role.NAMNDSEKRETERARE)).mine) == []


def merger_on(day: dt.date):
    old = (make_namnd("bromma"), make_namnd("farsta"))
    admin = make_user(Role.SYSTEMFORVALTARE)
    make_instance(make_remiss("KS 2026/9"), old[0], due_on=TODAY + dt.timedelta(days=60))
    merge(
        Merger(
            old=old,
            on=day,
            name="Västerorts stadsdelsnämnd",
            short_name="Västerort",
            code="vasterort",
            kind="stadsdelsnamnd",
            forvaltning="",
        ),
        actor=admin,
    )
    return admin


def test_a_merger_ahead_is_told_to_who_keeps_the_system_and_to_its_nämnder():
    admin = merger_on(dt.date(2026, 2, 1))
    assert lines(todo_for(admin).waiting) == [
        (
            "17 dagar kvar",
            "Bromma och Farsta blir Västerorts stadsdelsnämnd",
            "Från 1 februari 2026. 1 öppet ärende följer då med",
            "Se nämnderna",
        )
    ]
    told = [t.title for t in todo_for(person(Role.LASARE, "bromma")).waiting]
    assert "Bromma och Farsta blir Västerorts stadsdelsnämnd" in told
    (mine,) = [t for t in todo_for(person(Role.LASARE, "farsta")).waiting if "blir" in t.title]
    assert mine.detail == "Från 1 februari 2026"  # how much the others have open is theirs
    assert todo_for(person(Role.LASARE, "sodermalm")).waiting == ()


def test_when_the_day_has_come_the_tasks_are_to_be_moved():
    admin = merger_on(dt.date(2026, 2, 1))
    with time_machine.travel(dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC), tick=False):
        todo = todo_for(User.objects.get(pk=admin.pk))
        assert lines(todo.mine) == [
            (
                "2 dagar sen",
                "Flytta öppna ärenden till Västerorts stadsdelsnämnd",
                "1 öppet ärende ligger kvar hos de gamla",
                "Flytta",
            )
        ]
        assert todo.waiting == ()
