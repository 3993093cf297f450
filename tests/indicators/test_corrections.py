"""Correcting an approved report: what counts meanwhile, what is told, and what may be seen."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from desk.domain.todo import todo_for
from indicators.domain.consolidation import consolidate
from indicators.domain.correcting import (
    ask_to_correct,
    begin_correction,
    give_up_correction,
    let_correct,
)
from indicators.domain.deciding import ProtocolText, register_decision
from indicators.domain.disclosure import Audience
from indicators.domain.entry import (
    ValueInput,
    approve_report,
    recall_report,
    return_report,
    save_entries,
    submit_report,
)
from indicators.domain.errors import InvalidEntry, NotAllowed, NotOpen
from indicators.domain.periods import PeriodAction, move_period
from indicators.domain.reviewing import comments_on, deal_with_comment, save_comments
from indicators.enums import PeriodState, ReportState, VersionOrigin
from indicators.exports.followup_document import followup_document
from indicators.exports.followup_xlsx import followup_xlsx
from indicators.models import Correction, CorrectionNotice, Report, RowComment, Value
from organisation.domain.reading import log_export
from organisation.enums import Role
from tests.factories import (
    make_goal,
    make_indicator,
    make_namnd,
    make_period,
    make_report,
    make_user,
    make_value,
    settle,
    triggers_asleep,
)
from trace.models import Mail

pytestmark = pytest.mark.django_db


class World:
    """Södermalm with its people, and an indicator that counts people."""

    def __init__(self) -> None:
        self.namnd = make_namnd()
        self.filler = make_user(Role.UPPGIFTSLAMNARE, self.namnd)
        self.reviewer = make_user(Role.GRANSKARE, self.namnd)
        self.secretary = make_user(Role.NAMNDSEKRETERARE, self.namnd)
        self.coordinator = make_user(
            Role.SAMORDNARE, make_namnd("socialnamnden", kind="facknamnd"), email="sam@example.se"
        )
        self.stranger = make_user(Role.LASARE, make_namnd("bromma"), email="las@example.se")
        self.definition = make_indicator(counts_people=True)
        self.period = make_period()

    def save(self, report: Report, number: int | None, **fields) -> Report:
        value = None if number is None else Decimal(number)
        return save_entries(
            report,
            actor=self.filler,
            expected_version=report.revision,
            values=[ValueInput(self.definition.pk, number=value, **fields)],
            grades=[],
        )

    def approve(self, report: Report) -> Report:
        report = submit_report(report, actor=self.filler, expected_version=report.revision)
        return approve_report(report, actor=self.reviewer, expected_version=report.revision)

    def approved(self, number: int) -> Report:
        return self.approve(self.save(Report(namnd=self.namnd, period=self.period), number))

    def begin(self, report: Report, reason: str = "Fel kolumn lästes") -> Report:
        return begin_correction(
            report, actor=self.filler, expected_version=report.revision, reason=reason
        )

    def corrected(self, before: int, now: int, **fields) -> Report:
        return self.approve(self.save(self.begin(self.approved(before)), now, **fields))

    def result(self, audience: Audience = Audience.OTHERS):
        return consolidate(self.period, audience=audience).goals[0].indicators[0]

    def total(self) -> Decimal | None:
        return self.result().cells.total.value


@pytest.fixture
def world() -> World:
    return World()


def test_the_approved_number_counts_until_the_correction_is_approved(world: World):
    report = world.begin(world.approved(20))
    assert (report.state, report.current.origin) == (ReportState.UTKAST, VersionOrigin.RATTELSE)
    report = world.save(report, 30)
    assert world.total() == 20
    report = submit_report(report, actor=world.filler, expected_version=report.revision)
    assert world.total() == 20
    both = make_user(Role.GRANSKARE, world.namnd)
    approve_report(report, actor=both, expected_version=report.revision)
    assert world.total() == 30


def test_a_correction_is_approved_by_someone_else(world: World):
    report = world.save(world.begin(world.approved(20)), 30)
    world.filler.memberships.create(namnd=world.namnd, role=Role.GRANSKARE)
    filler = type(world.filler).objects.get(pk=world.filler.pk)
    report = submit_report(report, actor=filler, expected_version=report.revision)
    with pytest.raises(NotAllowed):
        approve_report(report, actor=filler, expected_version=report.revision)
    refused(
        "UPDATE indicators_reportversion SET approved_at = now(), "
        "approved_by_id = submitted_by_id WHERE id = %s",
        "approved_by_someone_else",
        report.current_id,
    )


def test_a_corrected_number_says_so_with_what_it_was_when_and_why(world: World, client):
    world.corrected(20, 30)
    today = timezone.localdate()
    result = world.result()
    assert result.cells.total.corrected_on == today
    (one,) = result.corrections
    assert (one.before, one.now, one.on, one.reason) == ("20", "30", today, "Fel kolumn lästes")
    pages = [
        reverse("followup", args=["2025-T1"]),
        reverse("followup-corrections", args=["2025-T1"]),
        reverse("indicator", args=["i-1"]),
        reverse("report", args=["sodermalm", "2025-T1"]),
        reverse("goal", args=["vald-2021-2025", "1"]),
    ]
    client.force_login(world.stranger)
    for page in pages:
        assert "rättad" in client.get(page).content.decode().lower(), page
    client.force_login(world.filler)
    own = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert "rättad" in own
    assert "var 20: Fel kolumn lästes" in own


def test_a_corrected_number_says_so_in_the_files(world: World):
    world.corrected(20, 30)
    followup = consolidate(world.period, audience=Audience.OTHERS)
    told = repr(followup_document(followup))
    assert "30\\nrättad" in told
    assert f"från 20 till 30, rättad {timezone.localdate()}: Fel kolumn lästes" in told
    book = load_workbook(io.BytesIO(followup_xlsx(followup)))
    data = [[cell.value for cell in row] for row in book["Data"].iter_rows()]
    column = data[0].index("Rättad")
    told = {row[5]: (str(row[column])[:10], row[column + 1]) for row in data[1:]}
    today = str(timezone.localdate())
    assert told == {
        "Staden": (today, None),
        world.namnd.name: (today, f"från 20 till 30, rättad {today}: Fel kolumn lästes"),
        "Bromma stadsdelsnämnd": ("None", None),
    }


@pytest.mark.parametrize(("before", "now"), [(3, 30), (30, 3), (2, 3)])
def test_what_a_small_number_was_is_not_told_to_others(world: World, before, now):
    world.corrected(before, now)
    (one,) = world.result().corrections
    assert (one.before, one.reason) == ("", "")
    assert one.now == ("30" if now == 30 else "skyddad uppgift")
    assert world.result().cells.total.corrected_on == timezone.localdate()
    (whole,) = world.result(Audience.COORDINATOR).corrections
    assert (whole.before, whole.now) == (str(before), str(now))


def test_what_it_was_is_not_told_where_another_small_number_could_be_worked_out(world: World):
    for code, number in (("bromma", 3), ("farsta", 50)):
        report = make_report(make_namnd(code), world.period, ReportState.GODKAND)
        make_value(report, world.definition, number)
    world.corrected(20, 30)
    (one,) = world.result().corrections
    assert (one.before, one.reason) == ("", "")
    (whole,) = world.result(Audience.COORDINATOR).corrections
    assert (whole.before, whole.now) == ("20", "30")


def test_what_it_was_is_not_told_where_it_was_hidden_for_a_small_rise_since_last(world: World):
    earlier = make_report(world.namnd, world.period, ReportState.GODKAND)
    make_value(earlier, world.definition, 20)
    world.period = make_period("2025-T2")
    world.corrected(22, 40)
    assert world.total() == 40
    (one,) = world.result().corrections
    assert (one.before, one.now, one.reason) == ("", "40", "")


def test_a_corrected_number_says_so_in_the_indicators_file(world: World, client):
    world.corrected(20, 30)
    client.force_login(world.stranger)
    path = reverse("indicator-export", args=["i-1", "csv"])
    lines = client.get(path).content.decode("utf-8-sig").splitlines()
    column = lines[0].split(";").index("Rättad")
    assert {line.split(";")[1]: line.split(";")[column] for line in lines[1:]} == {
        "Staden": str(timezone.localdate()),
        "Bromma stadsdelsnämnd": "",
        world.namnd.name: str(timezone.localdate()),
    }
    page = client.get(reverse("indicator", args=["i-1"])).content.decode()
    # The city's figure, the latest one's parts, and the nämnd's own series.
    assert page.count('class="mark corrected"') == 3


def test_who_took_the_file_of_the_indicator_out_is_told(world: World, client):
    report = world.approved(20)
    make_indicator("i-2")
    client.force_login(world.stranger)
    client.get(reverse("indicator-export", args=["i-1", "csv"]))
    client.force_login(world.secretary)
    client.get(reverse("indicator-export", args=["i-2", "csv"]))
    world.approve(world.save(world.begin(report), 30))
    assert set(CorrectionNotice.objects.values_list("person__username", flat=True)) == {
        world.coordinator.username,
        world.stranger.username,
    }


def test_a_later_correction_carries_the_earlier_on(world: World):
    other = make_indicator("i-2", goal=make_goal())
    report = world.corrected(20, 30)
    report = world.begin(report, "Något annat")
    report = save_entries(
        report,
        actor=world.filler,
        expected_version=report.revision,
        values=[ValueInput(other.pk, number=Decimal(7))],
        grades=[],
    )
    world.approve(report)
    followup = consolidate(world.period, audience=Audience.OTHERS)
    assert {(c.indicator_code, c.before, c.now, c.reason) for c in followup.corrections} == {
        ("i-1", "20", "30", "Fel kolumn lästes"),
        ("i-2", "uppgift saknas", "7", "Något annat"),
    }


def test_nothing_is_marked_when_no_number_changed(world: World):
    world.corrected(20, 20, comment="Bara ord")
    assert not Correction.objects.exists()
    assert not CorrectionNotice.objects.exists()


def test_an_approved_number_is_not_just_taken_away(world: World):
    report = world.save(world.begin(world.approved(20)), None)
    make_value(report, make_indicator("i-2"), 1)
    with pytest.raises(InvalidEntry, match="kan inte bara tas bort"):
        submit_report(report, actor=world.filler, expected_version=report.revision)
    world.approve(world.save(report, None, missing="finns-inte"))
    (one, _) = consolidate(world.period, audience=Audience.OTHERS).corrections
    assert (one.before, one.now) == ("20", "uppgift saknas")


def test_those_who_used_the_period_are_told_once(world: World):
    report = world.approved(20)
    log_export(world.period, reader=world.stranger, what="uppföljningen av 2025-T1 som pdf")
    log_export(make_period("2024-VB"), reader=world.secretary, what="en annan period")
    world.approve(world.save(world.begin(report), 30))
    assert set(CorrectionNotice.objects.values_list("person__username", flat=True)) == {
        world.coordinator.username,
        world.stranger.username,
    }
    mails = list(Mail.objects.order_by("address"))
    assert [mail.address for mail in mails] == ["las@example.se", "sam@example.se"]
    assert "20" not in mails[0].body.replace("2025", "")  # no number leaves by mail
    for person in (world.coordinator, world.stranger):
        assert any("Rättade uppgifter" in task.title for task in todo_for(person).mine)


def test_the_notice_goes_when_it_is_read(world: World, client):
    world.corrected(20, 30)
    client.force_login(world.coordinator)
    path = reverse("followup-corrections", args=["2025-T1"])
    assert "Jag har läst" in client.get(path).content.decode()
    assert client.post(path).status_code == 302
    assert "Jag har läst" not in client.get(path).content.decode()
    assert not any("Rättade uppgifter" in task.title for task in todo_for(world.coordinator).mine)


def lock(world: World) -> None:
    move_period(
        world.period,
        PeriodAction.LOCK,
        actor=world.coordinator,
        expected_version=world.period.revision,
        reason="Redovisad",
    )
    world.period.refresh_from_db()


def test_a_locked_report_is_corrected_with_the_coordinators_permission(world: World, client):
    world.approved(20)
    lock(world)
    report = Report.objects.get()
    with pytest.raises(NotOpen, match="Redovisad"):
        world.begin(report)
    asked = ask_to_correct(report, actor=world.reviewer, reason="Fel kolumn lästes")
    assert any("Begäran om rättelse" in task.title for task in todo_for(world.coordinator).mine)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(NotAllowed):
        let_correct(asked, actor=world.reviewer, until=tomorrow)
    let_correct(asked, actor=world.coordinator, until=tomorrow)
    settle()
    report = Report.objects.get()
    client.force_login(world.filler)
    page = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert "Redovisad" in page  # why it is locked stays said
    assert f'öppnat rapporten för rättelse till och med <span class="nowrap">{tomorrow}' in page
    desk = reverse("period", args=["2025-T1"])
    client.force_login(world.coordinator)
    assert f"Öppen till och med {tomorrow}." in client.get(desk).text
    report = world.approve(world.save(report, 30))
    assert (report.state, world.total()) == (ReportState.LAST, 30)
    with pytest.raises(NotOpen):
        world.save(report, 40)
    # What was opened is open no longer, and nobody is told that it is.
    said = f"Rättelsen är godkänd {timezone.localdate()}"
    told = client.get(desk).text
    assert (f"{said}." in told, f"Öppen till och med {tomorrow}" in told) == (True, False)
    client.force_login(world.filler)
    assert said in client.get(reverse("report", args=["sodermalm", "2025-T1"])).text


def test_after_the_day_nothing_is_written_but_what_is_in_can_be_approved(world: World):
    world.approved(20)
    lock(world)
    asked = ask_to_correct(Report.objects.get(), actor=world.filler, reason="Fel")
    let_correct(asked, actor=world.coordinator, until=timezone.localdate())
    report = world.save(Report.objects.get(), 30)
    report = submit_report(report, actor=world.filler, expected_version=report.revision)
    with triggers_asleep() as execute:
        execute("UPDATE indicators_correctionrequest SET until = '2020-01-01'")
    with pytest.raises(NotOpen):
        return_report(report, actor=world.reviewer, expected_version=report.revision, reason="x")
    approve_report(report, actor=world.reviewer, expected_version=report.revision)
    assert world.total() == 30


def test_a_period_is_not_locked_under_a_correction(world: World):
    world.begin(world.approved(20))
    with pytest.raises(NotOpen, match="en rättelse pågår hos Sodermalm"):
        lock(world)


def test_a_correction_given_up_leaves_what_counts(world: World):
    report = world.save(world.begin(world.approved(20)), 30)
    report = give_up_correction(report, actor=world.filler, expected_version=report.revision)
    assert (report.state, report.current_id) == (ReportState.GODKAND, report.approved_id)
    assert world.total() == 20
    settle()
    left = report.versions.get(number=2)
    assert left.values.get().number == 30  # readable still
    again = world.begin(report)
    assert again.current.number == 3
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Value.objects.filter(version=left).update(number=31)


# By raw SQL --------------------------------------------------------------------------------------


def refused(statement: str, match: str, *values) -> None:
    caught = pytest.raises(IntegrityError, match=match)
    with caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_lets_nothing_pass_by_the_commands(world: World):
    report = world.corrected(20, 30)
    settle()
    refused("UPDATE indicators_correction SET number = 29", "stands")
    refused("DELETE FROM indicators_correction", "stands")
    refused("UPDATE indicators_report SET state = 'utkast'", "newer version")
    refused(
        "UPDATE indicators_report SET current_id = %s, approved_id = %s",
        "newer version|its current version",
        report.versions.get(number=1).pk,
        report.versions.get(number=1).pk,
    )
    refused("UPDATE indicators_value SET number = 1", "frozen")
    refused("UPDATE indicators_reportversion SET origin = 'ny' WHERE number = 2", "came about")


def test_a_locked_report_is_opened_by_nobody_without_a_permission():
    report = make_report(period=make_period(state=PeriodState.LAST), state=ReportState.LAST)
    settle()
    refused(
        "WITH v AS (INSERT INTO indicators_reportversion (report_id, number, origin, reason, "
        "created_at) VALUES (%s, 2, 'rattelse', 'x', now()) RETURNING id) "
        "UPDATE indicators_report SET state = 'utkast', current_id = (SELECT id FROM v)",
        "nobody has let it|newer version",
        report.pk,
    )


def test_a_draft_is_not_approved_as_a_correction_given_up():
    make_report()
    settle()
    refused(
        "UPDATE indicators_report SET state = 'godkand', approved_id = current_id",
        "has been handed in",
    )


# Comments at the rows, recall, decision ----------------------------------------------------------


def handed_in(world: World) -> Report:
    report = world.save(Report(namnd=world.namnd, period=world.period), 20)
    return submit_report(report, actor=world.filler, expected_version=report.revision)


def test_a_comment_follows_the_report_back_and_stays_with_its_version(world: World, client):
    report, row = handed_in(world), ("value", world.definition.pk)
    settle()
    report = return_report(
        report,
        actor=world.reviewer,
        expected_version=report.revision,
        reason="Se raderna",
        comments={row: "Stämmer 20?"},
    )
    (comment,) = comments_on(report)[row]
    assert (comment.version.number, comment.dealt_at) == (1, None)
    refused("UPDATE indicators_rowcomment SET text = 'x'", "stands")
    refused("DELETE FROM indicators_rowcomment", "stands")
    client.force_login(world.filler)
    path = reverse("report", args=["sodermalm", "2025-T1"])
    for page in (path, reverse("report-goal", args=["sodermalm", "2025-T1", "1"])):
        assert "Stämmer 20?" in client.get(page).content.decode()
    assert "1 kommentar från granskaren att åtgärda" in client.get(path).content.decode()
    deal_with_comment(comment, actor=world.filler)
    assert "Granskarens kommentarer är åtgärdade" in client.get(path).content.decode()
    report = world.approve(Report.objects.get())
    assert comments_on(report) == {}
    old = client.get(reverse("report-version", args=["sodermalm", "2025-T1", 1]))
    assert "Stämmer 20?" in old.content.decode()
    client.force_login(world.coordinator)
    assert client.get(old.wsgi_request.path).status_code == 404
    assert not RowComment.objects.visible_to(world.coordinator).exists()
    assert not RowComment.objects.visible_to(world.stranger).exists()


def test_each_reviewer_has_one_comment_of_their_own_at_a_row(world: World):
    report, row = handed_in(world), ("value", world.definition.pk)
    other = make_user(Role.GRANSKARE, world.namnd)
    for person, text in ((world.reviewer, "Ett"), (other, "Två"), (world.reviewer, "Tre")):
        save_comments(report, actor=person, comments={row: text})
    assert sorted(c.text for c in RowComment.objects.all()) == ["Tre", "Två"]
    save_comments(report, actor=other, comments={row: " "})
    assert [c.text for c in RowComment.objects.all()] == ["Tre"]
    with pytest.raises(NotAllowed):
        save_comments(report, actor=world.filler, comments={row: "x"})


def test_a_recalled_report_is_a_draft_in_a_new_version_and_the_reviewer_sees_why(
    world: World, client
):
    report = handed_in(world)
    report = recall_report(
        report, actor=world.filler, expected_version=report.revision, reason="Glömde en rad"
    )
    assert (report.state, report.current.number) == (ReportState.UTKAST, 2)
    assert report.versions.get(number=1).submitted_by == world.filler
    client.force_login(world.reviewer)
    page = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert "Rapporten är återtagen" in page
    assert "Glömde en rad" in page


def test_the_nämnds_decision_is_everybodys_once_the_report_is_approved(world: World, client):
    report = handed_in(world)
    text = ProtocolText("7", ("Att godkänna rapporten.",), "Protokollet")
    day = dt.date(2025, 5, 20)
    with pytest.raises(NotAllowed):
        register_decision(report, actor=world.filler, on=day, text=text)
    made = register_decision(report, actor=world.secretary, on=day, text=text)
    assert register_decision(report, actor=world.secretary, on=day, text=text) == made
    client.force_login(world.stranger)
    followup = reverse("followup", args=["2025-T1"])
    assert "2025-05-20 § 7" not in client.get(followup).content.decode()
    report.refresh_from_db()
    approve_report(report, actor=world.reviewer, expected_version=report.revision)
    assert "2025-05-20 § 7" in client.get(followup).content.decode()
    page = client.get(reverse("report", args=["sodermalm", "2025-T1"])).content.decode()
    assert "Beslutad av nämnden" in page
    assert "Att godkänna rapporten." in page
