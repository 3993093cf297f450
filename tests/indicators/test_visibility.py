"""Who reads what of a nämnd's report: every role, in every state, with numbers that could leak."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.enums import Aggregation, ReportState
from indicators.models import GoalGrade, Report, ReportVersion, Value
from organisation.domain.insight import ask_for_insight
from organisation.enums import INSIDE_ROLES, Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
    triggers_asleep,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("report", args=["sodermalm", "2025-T1"])
OUT = (ReportState.GODKAND, ReportState.LAST)
DRAFT = 4711
APPROVED = 1234


def person(role: str, namnd: str):
    return make_user(role, None if role == Role.SYSTEMFORVALTARE else make_namnd(namnd))


def make_grade(report: Report, goal, **fields) -> GoalGrade:
    return report.current.grades.create(goal=goal, **fields)


def report_in(state: str) -> Report:
    """A report with a number in it that nobody else may see before it is out."""
    report = make_report(make_namnd(), make_period(), state)
    make_value(report, make_indicator(), APPROVED if state in OUT else DRAFT)
    return report


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("where", ["sodermalm", "farsta"])
@pytest.mark.parametrize("role", Role)
def test_before_it_is_approved_only_those_who_work_in_the_nämnd_see_it(role, where, state):
    report = report_in(state)
    user = person(role, where)
    inside = where == "sodermalm" and role in INSIDE_ROLES
    seen = [report] if inside or state in OUT else []
    assert list(Report.objects.visible_to(user)) == seen
    assert list(Report.objects.inside(user)) == ([report] if inside else [])
    assert [v.report for v in ReportVersion.objects.visible_to(user)] == seen
    assert [v.version.report for v in Value.objects.visible_to(user)] == seen


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("where", ["sodermalm", "farsta"])
@pytest.mark.parametrize("role", Role)
def test_the_page_is_there_or_not_by_the_same_rule(client, role, where, state):
    report_in(state)
    client.force_login(person(role, where))
    inside = where == "sodermalm" and role in INSIDE_ROLES
    response = client.get(PAGE)
    assert response.status_code == (200 if inside or state in OUT else 404)
    body = response.content.decode().replace("\u00a0", "").replace("\u202f", "")
    assert (str(DRAFT) in body) == (inside and state not in OUT)


@pytest.mark.parametrize("state", OUT)
@pytest.mark.parametrize("role", Role)
def test_nobody_else_does_anything_with_an_approved_report(client, role, state):
    report_in(state)
    client.force_login(person(role, "farsta"))
    for name in ("report", "report-submit", "report-approve", "report-return"):
        address = reverse(name, args=["sodermalm", "2025-T1"])
        assert client.post(address, {"revision": 0}).status_code == 404


def test_others_read_the_approved_version_and_nothing_of_who_did_what(client):
    filler = make_user(Role.UPPGIFTSLAMNARE, name="Ulla Uppgift")
    granskare = make_user(Role.GRANSKARE, name="Göran Granskare")
    report = make_report(make_namnd(), make_period())
    make_value(report, make_indicator(), APPROVED, entered_by=filler, comment="Fler än i fjol")
    make_grade(report, make_goal(), grade="helt", analysis="Vi nådde målet.")
    report.current.submitted_by = filler
    report.current.save()
    Report.objects.filter(pk=report.pk).update(state=ReportState.INLAMNAD)
    report.current.approved_by = granskare
    report.current.save()
    Report.objects.filter(pk=report.pk).update(state=ReportState.GODKAND, approved=report.current)
    client.force_login(person(Role.LASARE, "farsta"))
    body = client.get(PAGE).content.decode()
    assert "1\u00a0234" in body
    assert "Uppfylls helt" in body
    assert "Vi nådde målet." in body
    assert "Fler än i fjol" in body
    # Of the history only that it was approved.
    history = body.split("Historik</h2>")[1]
    assert "Rapporten godkändes" in history
    assert "lämnades in" not in history
    assert "1\u00a0234" not in history
    for secret in (
        "Ulla Uppgift",
        "Göran Granskare",
        '<form method="post" action="/inrapp',
    ):
        assert secret not in body


def test_small_counts_and_the_words_about_them_are_protected(client):
    report = make_report(make_namnd(), make_period(), ReportState.GODKAND)
    definition = make_indicator(counts_people=True)
    make_value(report, definition, 3, comment="Tre systrar")
    make_grade(report, make_goal(), grade="delvis", analysis="De tre systrarna fick hjälp.")
    client.force_login(person(Role.LASARE, "farsta"))
    body = client.get(PAGE).content.decode()
    assert "skyddad uppgift" in body
    assert "systra" not in body
    assert "Nämndens analys visas inte här" in body
    client.force_login(person(Role.SAMORDNARE, "socialnamnden"))
    assert "De tre systrarna fick hjälp." in client.get(PAGE).content.decode()


def test_what_is_written_after_the_approval_is_still_a_draft(client):
    report = report_in(ReportState.GODKAND)
    definition = report.current.values.get().definition
    # As when an approved report is opened again: the approved version goes on counting.
    with triggers_asleep():
        newer = ReportVersion.objects.create(report=report, number=2)
        Value.objects.create(version=newer, definition=definition, number=DRAFT)
        Report.objects.filter(pk=report.pk).update(current=newer)
    user = person(Role.LASARE, "farsta")
    assert [v.number for v in ReportVersion.objects.visible_to(user)] == [1]
    assert [int(v.number) for v in Value.objects.visible_to(user)] == [APPROVED]
    client.force_login(user)
    body = client.get(PAGE).content.decode().replace("\u00a0", "")
    assert str(APPROVED) in body
    assert str(DRAFT) not in body


def test_grades_follow_their_version():
    report = make_report(make_namnd(), make_period())
    make_grade(report, make_goal(), grade="helt")
    own, other = person(Role.CHEF, "sodermalm"), person(Role.CHEF, "farsta")
    assert GoalGrade.objects.visible_to(own).count() == 1
    assert GoalGrade.objects.visible_to(other).count() == 0


def test_the_follow_up_leads_to_the_approved_reports(client):
    report_in(ReportState.GODKAND)
    client.force_login(person(Role.LEDAMOT, "farsta"))
    body = client.get(reverse("followup", args=["2025-T1"])).content.decode()
    assert f'href="{PAGE}"' in body


@pytest.mark.parametrize("where", ["sodermalm", "farsta"])
def test_the_reading_page_asks_as_many_questions_for_three_indicators_as_for_one(client, where):
    report = make_report(make_namnd(), make_period(), ReportState.GODKAND)
    make_value(report, make_indicator("i-1"), 100)
    client.force_login(person(Role.LEDAMOT, where))
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for code in ("i-2", "i-3"):
        make_value(
            report,
            make_indicator(code, aggregation=Aggregation.RATIO),
            numerator=50,
            denominator=100,
        )
        make_grade(report, make_goal(int(code[-1])), grade="helt")
    with CaptureQueriesContext(connection) as three:
        assert client.get(PAGE).status_code == 200
    assert len(three) == len(one)


def test_insight_opens_one_report_to_one_person_for_reading(client):
    report = report_in(ReportState.UTKAST)
    other = make_report(make_namnd("farsta"), make_period())
    reader, another = make_user(Role.SYSTEMFORVALTARE), make_user(Role.SYSTEMFORVALTARE)
    ask_for_insight(report, namnd=report.namnd, actor=reader, reason="Felsökning")
    assert list(Report.objects.inside(reader)) == [report]
    assert list(Report.objects.inside(another)) == []
    assert other not in Report.objects.visible_to(reader)
    client.force_login(reader)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"revision": 0, "seen": "{}"}).status_code == 403
    client.force_login(another)
    assert client.get(PAGE).status_code == 404
