"""Fixing, deciding and opening again: one effect each, for ever."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from indicators.domain.consolidation import consolidate
from indicators.domain.deciding import ProtocolText, decision_on
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.followup_report.codec import NotReadable
from indicators.domain.followup_report.comparing import compare, corrections_since
from indicators.domain.followup_report.draft import read_draft
from indicators.domain.followup_report.finding import (
    find_report,
    find_version,
)
from indicators.domain.followup_report.fixing import (
    decide,
    fix,
    put_decision_right,
    reopen,
    what_is_left,
    why_opened,
)
from indicators.domain.followup_report.hiding import hidden_in
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.stored import read_version
from indicators.domain.followup_report.writing import begin_report, comment, set_city_grade
from indicators.enums import FollowupState
from indicators.exports.followup_report_document import report_pdf
from indicators.models import (
    FollowupDecision,
    FollowupReport,
    FollowupVersion,
    Period,
    Report,
    Value,
)
from organisation.enums import Role
from tests.factories import make_user, triggers_asleep
from tests.indicators.followup_report.world import GOAL, World, number_of_versions
from trace.models import Event

TEXT = ProtocolText("7", ("Uppföljningen godkänns.",), "Protokollet")


def state() -> str:
    return FollowupReport.objects.get().state


def test_a_version_holds_everything_as_it_was(world: World):
    report = world.write(world.citys(), GOAL, "Egna ord")
    version = world.fixed(report)
    live = consolidate(world.period, audience=Audience.OTHERS)
    world.change("bromma", 500)
    held = read_version(FollowupVersion.objects.get())
    assert held.followup == live
    assert held.followup != consolidate(world.period, audience=Audience.OTHERS)
    chapter = held.chapter(GOAL)
    assert chapter is not None
    assert (chapter.text, chapter.draft[0].text) == (
        "Egna ord",
        "3 av 4 nämnder bedömer att målet uppfylls helt. Bedömning saknas ännu från en nämnd.",
    )
    assert (version.number, state()) == (1, FollowupState.FASTSTALLD)


def test_what_is_fixed_is_made_for_others_also_by_the_coordinator(world: World):
    held = read_version(world.fixed(world.citys()))
    farsta = next(
        part for part in held.followup.goals[0].indicators[0].parts if part.namnd_code == "farsta"
    )
    assert farsta.cells.man.state is CellState.PROTECTED
    assert held.followup.audience is Audience.OTHERS


def test_the_pdf_is_the_same_bytes_also_days_later_and_after_figures_changed(world: World):
    report = world.write(world.citys(), GOAL, 'Egna ord #panic("x")')
    world.fixed(report)
    first = report_pdf(read_version(FollowupVersion.objects.get()), FollowupVersion.objects.get())
    world.change("bromma", 500)
    Period.objects.update(due_on=dt.date(2031, 1, 1))
    with time_machine.travel(timezone.now() + dt.timedelta(days=40), tick=False):
        version = FollowupVersion.objects.get()
        assert report_pdf(read_version(version), version) == first


def test_a_double_click_fixes_once(world: World):
    report = world.citys()
    once = fix(report, actor=world.coordinator, expected_version=report.revision)
    twice = fix(report, actor=world.coordinator, expected_version=report.revision)
    assert (once, number_of_versions()) == (twice, 1)
    assert Event.objects.about(report).filter(verb="fixed").count() == 1


def test_somebody_elses_click_is_told_that_it_is_fixed(world: World):
    report = world.citys()
    fix(report, actor=world.coordinator, expected_version=report.revision)
    other = make_user(Role.SAMORDNARE, world.socialnamnden)
    with pytest.raises(NotOpen):
        fix(report, actor=other, expected_version=report.revision)


def test_what_somebody_wrote_meanwhile_is_seen_before_it_is_fixed(world: World):
    report = world.citys()
    world.write(report, GOAL, "Nytt")
    with pytest.raises(Conflict):
        fix(report, actor=world.coordinator, expected_version=report.revision)
    assert number_of_versions() == 0


def test_nothing_approved_is_nothing_to_fix(world: World):
    with triggers_asleep():
        Report.objects.update(approved=None, state="utkast")
    with pytest.raises(NotOpen, match="Ingen nämnds rapport är godkänd"):
        world.fixed(world.citys())


@pytest.mark.parametrize("who", ["secretary", "colleague"])
def test_only_the_coordinator_fixes_the_citys(world: World, who: str):
    report = world.citys()
    with pytest.raises(NotAllowed):
        world.fixed(report, getattr(world, who))


def test_a_second_version_says_why_and_the_first_stands(world: World):
    report = world.citys()
    first = world.fixed(report)
    report.refresh_from_db()
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Nya siffror")
    # Twice is once.
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Nya siffror")
    assert why_opened(report) == "Nya siffror"
    world.change("bromma", 90)
    with pytest.raises(InvalidEntry, match="Skriv varför"):
        world.fixed(report)
    second = world.fixed(report, reason="Bromma har rättat")
    assert [first.number, second.number] == [1, 2]
    changes = compare(read_version(first), read_version(second))
    assert [(c.namnd, c.what, c.before, c.now) for c in changes.cells] == [
        ("", "totalt", "153", "193"),
        ("Bromma stadsdelsnämnd", "totalt", "50", "90"),
    ]


def test_a_changed_byte_is_seen(world: World):
    world.fixed(world.citys())
    version = FollowupVersion.objects.get()
    version.content = bytes(version.content).replace(b"153", b"154")
    with pytest.raises(NotReadable):
        read_version(version)


def test_later_corrections_stand_beside_cell_by_cell(world: World):
    report = world.write(world.citys(), GOAL, "Ord")
    version = world.fixed(report)
    assert corrections_since(read_version(version), make_snapshot(report)).is_nothing
    world.change("sodermalm", 100)
    changes = corrections_since(read_version(version), make_snapshot(report))
    assert [(c.indicator, c.namnd, c.what, c.before, c.now) for c in changes.cells] == [
        ("Sökande", "", "totalt", "153", "193"),
        ("Sökande", "Sodermalm stadsdelsnämnd", "totalt", "60", "100"),
    ]
    # The text is the version's own, and not compared with what is written now.
    assert [chapter.has_text for chapter in changes.chapters] == [False]


def test_a_decision_is_on_one_version_and_registered_once(world: World):
    version = world.fixed(world.citys())
    on = timezone.localdate()
    once = decide(version, actor=world.secretary, on=on, text=TEXT)
    twice = decide(version, actor=world.secretary, on=on, text=TEXT)
    assert (once, FollowupDecision.objects.count(), state()) == (twice, 1, FollowupState.BESLUTAD)
    assert str(once.decision) == f"Socialnämnden {on:%Y-%m-%d}, § 7"


def test_a_decision_on_an_older_version_leaves_the_newer_as_it_is(world: World):
    report = world.citys()
    first = world.fixed(report)
    report.refresh_from_db()
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Mer")
    decide(first, actor=world.secretary, on=timezone.localdate(), text=TEXT)
    assert state() == FollowupState.UTKAST
    world.fixed(report, reason="Mer")
    assert state() == FollowupState.FASTSTALLD


def test_nobody_decides_on_what_is_not_fixed_yet(world: World):
    version = world.fixed(world.citys())
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(InvalidEntry, match="innan den fastställdes"):
        decide(version, actor=world.secretary, on=yesterday, text=TEXT)
    with pytest.raises(NotAllowed):
        decide(version, actor=world.coordinator, on=timezone.localdate(), text=TEXT)


def test_a_decision_is_put_right_beside_the_old_one(world: World):
    version = world.fixed(world.citys())
    made = decide(version, actor=world.secretary, on=timezone.localdate(), text=TEXT)
    old = made.decision
    right = put_decision_right(
        made, actor=world.secretary, text=ProtocolText("8", (), ""), reason="Fel paragraf"
    )
    assert (right.decision.paragraph, right.decision.corrects) == ("8", old)


def test_what_is_missing_is_told_before_fixing(world: World):
    report = world.write(world.citys(), "inledning", "Ord")
    comment(report, GOAL, actor=world.colleague, text="Se över")
    left = what_is_left(read_draft(report))
    assert (left.approved, left.asked, left.missing) == (3, 4, ("Järva stadsdelsnämnd",))
    assert left.without_text == ("Mål 1. Mål ett.", "Sammanfattning")
    assert (left.without_grade, left.open_comments) == (("Mål 1",), 1)


def test_a_nämnds_tertialrapport_is_fixed_of_what_is_approved_and_decided_as_its_report(
    world: World,
):
    namnd = world.namnder["bromma"]
    reviewer, secretary = (
        make_user(role, namnd) for role in (Role.GRANSKARE, Role.NAMNDSEKRETERARE)
    )
    found = find_report(reviewer, world.period.code, "bromma")
    assert found is not None
    report = begin_report(found, actor=reviewer)
    version = world.fixed(report, reviewer)
    held = read_version(version)
    assert [r.cells.total.text for r in held.followup.goals[0].indicators] == ["50", "20,0"]
    assert held.chapters[1].analysis == "Det går bra."
    decide(version, actor=secretary, on=timezone.localdate(), text=TEXT)
    made = decision_on(world.reports["bromma"])
    assert made is not None
    assert made.decision.followup_decision.version == version
    # A stranger reads the version, and no draft.
    stranger = make_user(Role.LASARE, world.namnder["farsta"])
    assert find_report(stranger, world.period.code, "bromma") == report
    assert find_version(report, 1) == version
    assert not FollowupReport.objects.inside(stranger).exists()


def test_a_nämnd_without_an_approved_report_has_nothing_to_fix(world: World):
    namnd = make_user(Role.GRANSKARE, world.namnder["bromma"])
    with triggers_asleep():
        Report.objects.update(approved=None, state="utkast")
    found = find_report(namnd, world.period.code, "bromma")
    assert found is not None
    report = begin_report(found, actor=namnd)
    with pytest.raises(NotOpen, match="är inte godkänd än"):
        world.fixed(report, namnd)


def test_a_grade_of_the_city_is_in_the_version_and_in_the_summary(world: World):
    report = set_city_grade(
        world.citys(),
        GOAL,
        actor=world.coordinator,
        expected_version=0,
        grade="delvis",
        reasons="För få har svarat",
    )
    held = read_version(world.fixed(report))
    assert held.chapters[1].grade is not None
    assert held.chapters[1].grade.label == "Uppfylls delvis"
    assert held.chapters[2].draft[0].text == "Staden bedömer att målet uppfylls delvis."


def test_what_one_version_hides_the_next_ones_hide_too(world: World):
    """Else whoever has kept the first could work the small number out from what stands in both."""
    report = world.citys()
    first = world.fixed(report)
    hidden = hidden_in(read_version(first).followup)
    assert ("i-1", "2025-T1", "farsta", "man") in hidden
    with triggers_asleep():
        Value.objects.filter(definition=world.count, number__lt=5).update(number=20)
    # So do the pages of today.
    live = consolidate(world.period, audience=Audience.OTHERS)
    assert hidden_in(live) == hidden
    report.refresh_from_db()
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Rättat")
    second = read_version(world.fixed(report, reason="Rättat"))
    assert hidden_in(second.followup) == hidden
    # The nämnd's own report of the period hides it as well.
    reviewer = make_user(Role.GRANSKARE, world.namnder["farsta"])
    found = find_report(reviewer, world.period.code, "farsta")
    assert found is not None
    own = make_snapshot(found)
    assert own.followup.goals[0].indicators[0].cells.man.state is CellState.PROTECTED
    assert own.chapters[1].draft[1].text == (
        "För ”Sökande” är utfallet 43. Uppgifterna för kvinnor och för män är skyddade."
    )
