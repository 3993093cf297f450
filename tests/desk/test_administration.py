"""The administration: who gets in, what is kept there, and that it leaves its trace."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import camel_case_to_spaces

from indicators.enums import Region, ReportState, Rule
from indicators.models import (
    Adoption,
    Extension,
    FollowupReport,
    IndicatorCheck,
    IndicatorGap,
    IndicatorResponsibility,
    IndicatorSuccession,
    PeriodDueDate,
    ReferenceValue,
    Report,
    Target,
    Value,
)
from organisation.domain.api_tokens import create_token
from organisation.domain.insight import ask_for_insight
from organisation.enums import NamndGroup, NamndKind, Role
from organisation.models import Meeting, Membership, Namnd, NamndSuccession, User
from programme.assignment_enums import ObligationKind
from programme.domain.accounts import Point, decide_account
from programme.models import Activity
from remisser.models import PlanRule
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
    make_part,
    make_period,
    make_perspective,
    make_precondition,
    make_programme,
    make_remiss,
    make_report,
    make_service,
    make_template,
    make_user,
    make_value,
    make_violence_type,
    make_wording,
)
from trace.domain import ReadKind, log_read, record
from trace.domain.seal import seal_heads
from trace.models import Event, Seal
from trace.tracking import Change

pytestmark = pytest.mark.django_db
OURS = ("organisation", "papers", "programme", "indicators", "remisser", "trace")
# What the administration has no list of, and why.
IN_NO_LIST = {
    # A nämnd's own: what it writes and reports, until it is its to show.
    "papers.Dispatch", "papers.DispatchRecipient", "papers.DispatchFile",
    "papers.AgendaItem", "organisation.DecisionStatement",
    "papers.PaperSave", "papers.Comment", "papers.CommentThread", "papers.SectionTask",
    "papers.Consultation", "papers.Preparation",
    "papers.Section", "papers.Attestant", "papers.Attestation", "papers.DraftShare",
    "indicators.ReportVersion",
    "indicators.Value", "indicators.GoalGrade", "remisser.AnswerVersion", "remisser.Position",
    "indicators.ActivityStatus", "indicators.RowComment", "indicators.CorrectionRequest",
    "indicators.Correction", "indicators.CorrectionNotice", "indicators.ReportDecision",
    "indicators.JudgementCorrection",
    # Rows of what they hang on.
    "papers.TemplateSection", "remisser.RemissGoal", "remisser.RemissAssignment",
    # How a nämnd plans its answers is its own.
    "remisser.AnswerPlan", "remisser.DueDateExtension",
    # And what it registers of them, which has its pages.
    "remisser.DnrSeries", "remisser.Registration", "remisser.RemissFile",
    "indicators.AdoptedActivity",
    "indicators.AdoptedIndicator", "indicators.OwnActivity", "organisation.DecisionPoint",
    "programme.AssignmentGoal", "programme.AssignmentPartner", "programme.Postponement",
    "programme.GoalViolenceType", "programme.GoalPerspective", "programme.ActivityViolenceType",
    "programme.ActivityPerspective",
    # Read on pages of their own: what is expected, files on their way in, mail on its way out.
    "indicators.Duty", "indicators.ExpectedCell", "indicators.ProgrammeFile", "trace.Mail",
    "indicators.ReportFile",
    # Counted, on the page of the keys.
    "organisation.ApiTokenUse",
    # Of the follow-up as a report: its draft is for who writes it, its versions have their pages.
    "indicators.FollowupText", "indicators.CityGrade", "indicators.FollowupComment",
    "indicators.FollowupVersion", "indicators.FollowupDecision", "indicators.FollowupPaper",
    # How the trace is made.
    "trace.Shape",
}  # fmt: skip


# What is called by a Swedish word in the code, too.
SAME_NAME = {"indicators.Period", "remisser.Remiss", "remisser.Remissinstans"}
SAME_FIELD = {"avdelning", "bilagor", "definition", "period", "remiss", "vision"}


@pytest.fixture
def administrator(client: Client) -> Client:
    user = make_user(Role.SYSTEMFORVALTARE, is_staff=True, is_superuser=True, username="admin")
    client.force_login(user)
    return client


def ours() -> list[admin.ModelAdmin]:
    return [held for model, held in admin.site._registry.items() if model._meta.app_label in OURS]


def lists() -> list[str]:
    return [
        reverse(f"admin:{held.model._meta.app_label}_{held.model._meta.model_name}_changelist")
        for held in ours()
    ]


def fill(number: int) -> None:
    """One more row in every register, with all that hangs on it."""
    namnd = make_namnd(f"namnd-{number}")
    after = make_namnd(f"efter-{number}")
    NamndSuccession.objects.create(predecessor=namnd, successor=after, on=dt.date(2023, 7, 1))
    user = make_user(Role.LASARE, namnd)
    Membership.objects.create(user=user, namnd=after, role=Role.GRANSKARE)
    Meeting.objects.create(namnd=namnd, date=dt.date(2025, 1, number))
    goal = make_goal(number, make_programme(f"program-{number}"))
    part = make_part(goal)
    activity = make_activity(f"a-{number}", part)
    kind = make_violence_type(f"typ-{number}")
    make_perspective(f"perspektiv-{number}")
    for row in (goal, activity):
        make_wording(row, dt.date(2022, 1, number), "Omskrivet")
    make_precondition(part)
    make_link(goal)
    make_service(
        f"insats-{number}",
        violence_types=[kind],
        namnder=[namnd],
        goals=[part],
        verified_on=dt.date(2025, 1, number),
        verified_by=user,
    )
    definition = make_indicator(f"i-{number}", goal=part)
    indicator = definition.indicator
    IndicatorResponsibility.objects.create(indicator=indicator, namnd=namnd)
    Target.objects.create(indicator=indicator, namnd=namnd, year=2025, value=1, source="Prov")
    IndicatorGap.objects.create(
        indicator=indicator, kind="vilar", valid_from=dt.date(2030, 1, number), reason="Prov"
    )
    IndicatorSuccession.objects.create(
        predecessor=indicator,
        successor=make_indicator(f"efter-{number}", goal=part).indicator,
        kind="ersatt",
        on=dt.date(2030, 1, 1),
        reason="Prov",
    )
    ReferenceValue.objects.create(
        indicator=indicator, region=Region.values[0], year=2020 + number, value=1, source="Prov"
    )
    IndicatorCheck.objects.create(indicator=indicator, rule=Rule.HISTORY, threshold=3)
    make_template(f"mall-{number}")
    make_answer(make_instance(make_remiss(f"KS 2024/{number}"), namnd))
    PlanRule.objects.create(namnd=namnd, step="attest", days=3, anchor="utskick")
    report = make_report(namnd, make_period(f"202{number}-T1"))
    make_value(report, definition, 3)
    Extension.objects.create(
        period=report.period, namnd=namnd, until=dt.date(2031, 1, 1), reason="x", given_by=user
    )
    PeriodDueDate.objects.create(
        period=report.period, kind=NamndKind.BOLAG, due_on=dt.date(2031, 1, 1)
    )
    FollowupReport.objects.create(kind="namnden", namnd=namnd, period=report.period)
    Adoption.objects.create(
        namnd=namnd, year=2025, decided_on=dt.date(2024, 12, 1), paragraph=str(number)
    )
    account = make_account(make_assignment(namnd), due_on=dt.date(2030, 1, number))
    decide_account(
        account,
        actor=None,
        expected_version=1,
        on=dt.date(2025, 2, number),
        points=(Point("Berätta.", ObligationKind.ANNAT, dt.date(2030, 1, 1)),),
    )
    keeper = make_user(Role.SYSTEMFORVALTARE)
    ask_for_insight(report, namnd=namnd, actor=keeper, reason="Felsökning")
    create_token(
        actor=keeper,
        name=f"System {number}",
        namnd=namnd,
        scopes=["program"],
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2025, 12, number),
    )
    record(namnd, actor=user, verb="provad", summary="Något hände")
    log_read(namnd, actor=user, kind=ReadKind.EXPORT, summary="Något togs ut")
    seal_heads(b"nyckel")


@pytest.mark.parametrize(
    "role",
    [
        role
        if role in (Role.SAMORDNARE, Role.SYSTEMFORVALTARE)
        else pytest.param(role, marks=pytest.mark.deep)
        for role in Role.values
    ],
)
def test_only_staff_get_in_and_for_the_others_it_is_not_there(client: Client, role: str):
    """Of each list for those nearest to it; for everybody by the table in tests/everywhere."""
    client.force_login(make_user(role))
    for url in ("/admin/", *lists()):
        assert client.get(url, follow=True).status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_one_sign_in_page(client: Client):
    for url in ("/admin/", *lists()):
        steps = client.get(url, follow=True).redirect_chain
        assert steps[-1] == (f"/logga-in/?next={url}", 302)


def test_the_administrator_opens_every_list_form_and_search(administrator: Client):
    fill(1)
    for model, held in admin.site._registry.items():
        if model._meta.app_label not in OURS:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages = [reverse(f"{name}_changelist"), reverse(f"{name}_changelist") + "?q=a"]
        pages += [reverse(f"{name}_change", args=[model._default_manager.first().pk])]
        request = administrator.get("/admin/").wsgi_request
        if held.has_add_permission(request):
            pages += [reverse(f"{name}_add")]
        assert [(url, administrator.get(url).status_code) for url in pages] == [
            (url, 200) for url in pages
        ]


def test_every_register_has_its_list():
    """A new table without a list, and without a reason for having none, fails here."""
    missing = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and model not in admin.site._registry
        and not model._meta.proxy
        and not issubclass(model, Change)
    }
    assert missing == IN_NO_LIST


@pytest.mark.parametrize(
    "held",
    ours(),
    ids=lambda held: held.model._meta.label,
)
def test_every_list_has_search_filters_and_columns(held: admin.ModelAdmin):
    if held.model is not Seal:  # a number, a time and a fingerprint
        assert held.search_fields
        assert held.list_filter
    assert len(held.list_display) > 1


def test_every_name_is_swedish():
    """Django makes names of its own, in English, where a model or a field has none."""
    models = [held.model for held in ours()]
    unnamed = {
        model._meta.label
        for model in models
        if model._meta.verbose_name == camel_case_to_spaces(model.__name__)
        or model._meta.verbose_name_plural == f"{camel_case_to_spaces(model.__name__)}s"
    }
    same = {
        field.name
        for model in models
        for field in model._meta.concrete_fields
        if not field.primary_key and str(field.verbose_name) == field.name.replace("_", " ")
    }
    assert (unnamed - SAME_NAME, same - SAME_FIELD) == (set(), set())


def links_of_filters(administrator: Client, url: str) -> list[list[str]]:
    """What each filter of a list offers, as links: one list of them for each filter."""
    request = administrator.get("/admin/").wsgi_request
    shown = administrator.get(url).context["cl"]
    found = [list(filter_.choices(shown)) for filter_ in shown.get_filters(request)[0]]
    return [[choice["query_string"] for choice in choices] for choices in found]


@pytest.mark.deep
def test_every_filter_and_search_answers(administrator: Client):
    """One choice of each filter of each list, where there is something to choose."""
    fill(1)
    for url, held in zip(lists(), ours(), strict=True):
        assert held.model._default_manager.exists(), f"fill() makes no {held.model._meta.label}"
        offered = links_of_filters(administrator, url)
        for link in [*sorted({links[-1] for links in offered}), "?q=prov"]:
            assert administrator.get(url + link).status_code == 200, url + link


@pytest.mark.deep
def test_every_choice_of_every_filter_answers(administrator: Client):
    fill(1)
    for url in lists():
        offered = links_of_filters(administrator, url)
        for link in sorted({link for links in offered for link in links}):
            assert administrator.get(url + link).status_code == 200, url + link


def test_no_list_asks_more_when_it_grows(administrator: Client):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(url).status_code == 200
        return len(captured)

    fill(1)
    administrator.get("/admin/")
    with_one = {url: queries(url) for url in lists()}
    fill(2)
    fill(3)
    assert {url: queries(url) for url in lists()} == with_one


def test_a_filter_tells_the_nämnder_of_today_from_those_that_have_ceased(administrator: Client):
    make_namnd("bromma", name="Bromma")
    make_namnd("norrmalm", name="Norrmalm", valid_to=dt.date(2023, 6, 30))

    def shown(answer: str) -> list[str]:
        page = administrator.get("/admin/organisation/namnd/", {"finns": answer})
        return [namnd.name for namnd in page.context["cl"].result_list]

    assert (shown("ja"), shown("nej")) == (["Bromma"], ["Norrmalm"])


def nämnd_form(**fields) -> dict[str, object]:
    inlines = {
        f"{prefix}-{field}": 0
        for prefix in ("succeeds", "succeeded_by")
        for field in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        "code": "jarva",
        "name": "Järva stadsdelsnämnd",
        "short_name": "Järva",
        "kind": NamndKind.STADSDELSNAMND,
        **inlines,
        **fields,
    }


def test_a_new_nämnd_and_its_change_are_written_to_the_trace(administrator: Client):
    assert administrator.post("/admin/organisation/namnd/add/", nämnd_form()).status_code == 302
    namnd = Namnd.objects.get(code="jarva")
    url = reverse("admin:organisation_namnd_change", args=[namnd.pk])
    administrator.post(url, nämnd_form(forvaltning="Järva stadsdelsförvaltning", code="annan"))
    namnd.refresh_from_db()
    assert namnd.code == "jarva"
    administrator.post(reverse("admin:organisation_namnd_delete", args=[namnd.pk]), {"post": "yes"})
    assert not Namnd.objects.exists()
    events = Event.objects.order_by("pk").values_list("verb", "summary", "actor__username")
    assert list(events) == [
        ("registret-tillagd", "Lade till nämnd ”Järva stadsdelsnämnd” i registret", "admin"),
        (
            "registret-andrad",
            "Ändrade nämnd ”Järva stadsdelsnämnd” i registret (Förvaltning)",
            "admin",
        ),
        ("registret-borttagen", "Tog bort nämnd ”Järva stadsdelsnämnd” i registret", "admin"),
    ]


def test_what_breaks_a_rule_of_the_database_is_said_in_swedish(administrator: Client):
    wrong = nämnd_form(valid_from="2023-07-01", valid_to="2023-06-30")
    page = administrator.post("/admin/organisation/namnd/add/", wrong)
    said = [message for errors in page.context["errors"] for message in errors]
    assert said == ["Nämnden kan inte upphöra innan den har börjat."]
    assert not Namnd.objects.exists()


def test_a_role_is_not_given_through_the_registers(administrator: Client):
    namnd, user = make_namnd("bromma", name="Bromma"), make_user(None, name="Ulla", username="ulla")
    form = {
        "username": "ulla",
        "name": "Ulla",
        "is_active": "on",
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-user": user.pk,
        "memberships-0-namnd": namnd.pk,
        "memberships-0-role": Role.GRANSKARE,
    }
    url = reverse("admin:organisation_user_change", args=[user.pk])
    administrator.post(url, form)
    administrator.post(
        "/admin/organisation/membership/add/",
        {"user": user.pk, "namnd": namnd.pk, "role": Role.GRANSKARE},
    )
    assert list(user.memberships.all()) == []


def test_a_new_person_gets_a_name_and_a_password_that_is_strong(administrator: Client):
    form = {
        "username": "ulla",
        "name": "Ulla Uppgift",
        "password1": "kort",
        "password2": "kort",
        "memberships-TOTAL_FORMS": 0,
        "memberships-INITIAL_FORMS": 0,
    }
    administrator.post("/admin/organisation/user/add/", form)
    assert not User.objects.filter(username="ulla").exists()
    strong = "nio lila elefanter"
    administrator.post(
        "/admin/organisation/user/add/", form | {"password1": strong, "password2": strong}
    )
    made = User.objects.get(username="ulla")
    assert (made.name, made.is_staff, made.check_password(strong)) == ("Ulla Uppgift", False, True)


def test_people_are_not_removed(administrator: Client):
    user = make_user(None)
    url = reverse("admin:organisation_user_delete", args=[user.pk])
    assert administrator.post(url, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_reports_and_events_are_only_read(administrator: Client):
    report = make_report(state=ReportState.GODKAND)
    event = record(report, actor=None, verb="provad", summary="Något hände")
    for name, pk in (("indicators_report", report.pk), ("trace_event", event.pk)):
        change = reverse(f"admin:{name}_change", args=[pk])
        delete = reverse(f"admin:{name}_delete", args=[pk])
        add = reverse(f"admin:{name}_add")
        page = administrator.get(change).content.decode()
        assert re.findall(r'name="_save"|class="deletelink"', page) == []
        answers = [administrator.post(url, {"post": "yes"}) for url in (change, delete, add)]
        assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert Report.objects.get().state == ReportState.GODKAND


def test_what_a_report_says_is_not_in_the_administration(administrator: Client):
    report = make_report(make_namnd("bromma"))
    make_value(report, make_indicator("i-1", group=NamndGroup.STADSDELSNAMNDER), 98765)
    page = administrator.get(reverse("admin:indicators_report_change", args=[report.pk]))
    assert "98765" not in page.content.decode()
    assert Value not in admin.site._registry


def test_several_rows_are_never_removed_at_once(administrator: Client):
    activity = make_activity()
    administrator.post(
        reverse("admin:programme_activity_changelist"),
        {"action": "delete_selected", "_selected_action": [activity.pk], "post": "yes"},
    )
    assert Activity.objects.get() == activity
