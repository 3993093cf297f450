"""Grades and states that are corrected after approval say so, and who used them is told."""

import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from desk.domain.todo import todo_for
from indicators.domain.checks import GradeInput
from indicators.domain.consolidation import consolidate
from indicators.domain.correcting import begin_correction
from indicators.domain.disclosure import Audience
from indicators.domain.entry import ValueInput, approve_report, save_entries, submit_report
from indicators.domain.figures import Followup
from indicators.domain.followup_report.codec import as_json, from_json
from indicators.domain.statuses import StatusInput
from indicators.exports.followup_document import followup_document
from indicators.exports.followup_json import followup_json
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import CorrectionNotice, JudgementCorrection, Report
from organisation.domain.reading import log_export
from organisation.enums import Role
from tests.factories import (
    make_activity,
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_user,
    settle,
)
from trace.models import Mail

pytestmark = pytest.mark.django_db


class World:
    """Södermalm with an approved report: one goal, one activity, one number of people."""

    def __init__(self, number: int = 20) -> None:
        self.namnd = make_namnd()
        self.filler = make_user(Role.UPPGIFTSLAMNARE, self.namnd)
        self.reviewer = make_user(Role.GRANSKARE, self.namnd)
        self.coordinator = make_user(
            Role.SAMORDNARE, make_namnd("socialnamnden", kind="facknamnd"), email="sam@example.se"
        )
        self.stranger = make_user(Role.LASARE, make_namnd("bromma"), email="las@example.se")
        self.goal = make_goal(1)
        self.activity = make_activity("rutin", self.goal, text="Fråga alla.")
        self.definition = make_indicator(counts_people=True, goal=self.goal)
        self.period = make_period()
        self.report = Report(namnd=self.namnd, period=self.period)
        self.say("delvis", "paborjad", number)
        self.approve()

    def say(self, grade: str, state: str, number: int = 20, **status) -> None:
        self.report = save_entries(
            self.report,
            actor=self.filler,
            expected_version=self.report.revision,
            values=[ValueInput(self.definition.pk, number=Decimal(number))],
            grades=[GradeInput(self.goal.pk, grade, "Vår analys")],
            statuses=[StatusInput(self.activity.pk, state, **status)],
        )

    def approve(self) -> None:
        for command, actor in ((submit_report, self.filler), (approve_report, self.reviewer)):
            self.report = command(self.report, actor=actor, expected_version=self.report.revision)

    def correct(self, grade: str, state: str, number: int = 20, reason="Fel mål", **status) -> None:
        self.report = begin_correction(
            self.report, actor=self.filler, expected_version=self.report.revision, reason=reason
        )
        self.say(grade, state, number, **status)
        self.approve()

    def followup(self, audience: Audience = Audience.OTHERS):
        return consolidate(self.period, audience=audience)


@pytest.fixture
def world() -> World:
    return World()


def test_what_was_judged_before_is_kept_with_when_and_why(world: World):
    world.correct("helt", "avviker", comment="Vakant", new_date=dt.date(2025, 9, 30))
    (goal,) = world.followup().goals
    today = timezone.localdate()
    (grade,), (state,) = goal.corrected_grades, goal.corrected_states
    assert grade.change == (f"från uppfylls delvis till uppfylls helt, rättad {today}: Fel mål")
    assert state.change == (
        f"från påbörjad till avviker, nytt datum 2025-09-30, rättad {today}: Fel mål"
    )
    assert goal.grades.helt == 1


def test_it_says_so_wherever_it_stands(world: World, client):
    world.correct("helt", "genomford")
    pages = {
        reverse("followup", args=["2025-T1"]): "1 bedömning och 1 läge har rättats",
        reverse(
            "followup-goal", args=["2025-T1", "vald-2021-2025", "1"]
        ): "från uppfylls delvis till uppfylls helt, rättad",
        reverse("followup-corrections", args=["2025-T1"]): "Uppfylls delvis",
        reverse("report", args=["sodermalm", "2025-T1"]): "Från påbörjad till genomförd, rättad",
        reverse("activity", args=["vald-2021-2025", "rutin"]): 'class="mark corrected"',
    }
    client.force_login(world.stranger)
    for page, words in pages.items():
        assert words in client.get(page).content.decode(), page
    client.force_login(world.filler)
    own = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert "var uppfylls delvis: Fel mål" in own
    assert "var påbörjad: Fel mål" in own


def test_it_says_so_in_the_files(world: World):
    world.correct("helt", "genomford")
    followup = world.followup()
    today = timezone.localdate()
    told = repr(followup_document(followup))
    assert f"från uppfylls delvis till uppfylls helt, rättad {today}: Fel mål" in told
    assert f"från påbörjad till genomförd, rättad {today}: Fel mål" in told
    assert "Fråga alla. (exempel) (rättad)" in told
    book = load_workbook(io.BytesIO(followup_xlsx(followup)))
    rows = [[cell.value for cell in row] for row in book["Aktiviteter"].iter_rows()]
    column = rows[0].index("Rättad")
    of_sodermalm = next(row for row in rows if row[5] == "sodermalm")
    assert str(of_sodermalm[column])[:10] == str(today)
    assert of_sodermalm[column + 1] == f"från påbörjad till genomförd, rättad {today}: Fel mål"
    head = [cell.value for cell in book["Mål 1"]["A"]]
    assert any("Rättade bedömningar" in str(line) for line in head)
    (goal,) = json.loads(followup_json(followup))["goals"]
    assert goal["grades"]["corrected"] == [one.text for one in followup.goals[0].corrected_grades]
    (told,) = [one for one in goal["activities"][0]["namnder"] if one["namnd"] == "sodermalm"]
    assert told["corrected_on"] == str(today)
    # A version of the follow-up that is fixed keeps it.
    assert from_json(Followup, as_json(followup)) == followup


def test_the_reason_is_not_told_to_others_where_a_number_of_the_nämnd_is_protected():
    world = World(number=3)
    world.correct("helt", "genomford", number=3, reason="Det var tre och inte två")
    (grade,) = world.followup().goals[0].corrected_grades
    assert (grade.before, grade.reason) == ("uppfylls delvis", "")
    (whole,) = world.followup(Audience.COORDINATOR).goals[0].corrected_grades
    assert whole.reason == "Det var tre och inte två"


def test_those_who_used_the_period_or_the_programme_are_told(world: World):
    log_export(world.goal.programme, reader=world.stranger, what="programmet som pdf")
    world.correct("helt", "paborjad")
    assert set(CorrectionNotice.objects.values_list("person__username", flat=True)) == {
        world.coordinator.username,
        world.stranger.username,
    }
    body = Mail.objects.get(address="las@example.se").body
    assert "Bedömningen av mål 1" in body
    assert "Läget" not in body
    assert "uppfylls" not in body
    assert any("Rättade uppgifter" in task.title for task in todo_for(world.stranger).mine)


def test_a_later_correction_carries_the_earlier_on_and_words_alone_are_not_marked(world: World):
    world.correct("helt", "paborjad", reason="Först")
    world.correct("helt", "genomford", reason="Sedan")
    world.correct("helt", "genomford", reason="Bara ord", comment="Klart i mars")
    goal = world.followup().goals[0]
    assert [(c.before, c.reason) for c in goal.corrected_grades] == [("uppfylls delvis", "Först")]
    assert [(c.before, c.reason) for c in goal.corrected_states] == [("påbörjad", "Sedan")]
    assert CorrectionNotice.objects.count() == 2  # the coordinator, of the first and the second


def test_the_database_lets_nothing_pass_by_the_command(world: World):
    world.correct("helt", "genomford")
    settle()
    for statement in (
        "UPDATE indicators_judgementcorrection SET was = 'ej'",
        "DELETE FROM indicators_judgementcorrection",
        "INSERT INTO indicators_judgementcorrection (version_id, goal_id, was, reason, "
        "corrected_on) SELECT version_id, goal_id, 'ej', 'x', now() "
        "FROM indicators_judgementcorrection WHERE goal_id IS NOT NULL",
    ):
        caught = pytest.raises(IntegrityError, match="stands")
        with caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert JudgementCorrection.objects.count() == 2
