"""Writing the draft: whose words, both texts kept, comments, who may."""

import pytest

from indicators.domain.errors import Conflict, InvalidEntry, NotAllowed, NotOpen
from indicators.domain.followup_report.draft import read_draft
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.writing import (
    begin_report,
    comment,
    resolve_comment,
    save_text,
    set_city_grade,
)
from indicators.models import CityGrade, FollowupComment, FollowupReport, FollowupText
from organisation.enums import Role
from tests.factories import make_period, make_user
from tests.indicators.followup_report.world import GOAL, World


def test_a_report_is_begun_once(world: World):
    assert world.citys() == world.citys()
    assert FollowupReport.objects.count() == 1


def test_a_period_that_has_not_been_opened_has_no_report(world: World):
    make_period("2026-T1", state="planerad")
    assert find_report(world.coordinator, "2026-T1") is None


@pytest.mark.parametrize("who", ["secretary", "colleague"])
def test_others_find_no_report_to_begin(world: World, who: str):
    assert find_report(getattr(world, who), world.period.code) is None


def test_own_words_stay_when_the_figures_change(world: World):
    report = world.write(world.citys(), GOAL, "Ett.\r\n\r\nTvå.  \r\n")
    before = read_draft(report).chapter(GOAL)
    world.change("bromma", 90)
    after = read_draft(report).chapter(GOAL)
    assert before is not None
    assert after is not None
    assert before.chapter.paragraphs == after.chapter.paragraphs == ("Ett.", "Två.")
    assert before.chapter.draft != after.chapter.draft
    assert after.text is not None
    assert after.text.written_by == str(world.coordinator)


def test_when_somebody_was_first_both_texts_are_kept(world: World):
    report = world.citys()
    other = make_user(Role.SAMORDNARE, world.socialnamnden, name="Kim")
    world.write(report, GOAL, "Kims", actor=other)
    with pytest.raises(Conflict) as refused:
        world.write(report, GOAL, "Mina", expected_version=0)
    assert refused.value.theirs == {"text": "Kims"}
    assert refused.value.by == other
    assert FollowupText.objects.get().body == "Kims"
    # Another chapter is not in the way, and the same words again are no change.
    world.write(report, "inledning", "Mina", expected_version=0)
    revision = FollowupReport.objects.get().revision
    world.write(report, GOAL, "Kims", expected_version=0)
    assert FollowupReport.objects.get().revision == revision


def test_a_grade_has_reasons_and_both_are_kept(world: World):
    report = world.citys()
    now = {"actor": world.coordinator, "expected_version": 0}
    with pytest.raises(InvalidEntry, match="Skriv skälen"):
        set_city_grade(report, GOAL, grade="helt", reasons=" ", **now)
    with pytest.raises(InvalidEntry, match="Bara ett mål"):
        set_city_grade(report, "inledning", grade="helt", reasons="x", **now)
    set_city_grade(report, GOAL, grade="helt", reasons="Bra", **now)
    with pytest.raises(Conflict) as refused:
        set_city_grade(report, GOAL, grade="ej", reasons="Dåligt", **now)
    assert refused.value.theirs == {"grade": "helt", "reasons": "Bra"}
    assert CityGrade.objects.get().grade == "helt"


def test_comments_are_a_thread_that_is_resolved(world: World):
    report = world.citys()
    said = comment(report, GOAL, actor=world.colleague, text="Stämmer det?")
    assert comment(report, GOAL, actor=world.colleague, text="Stämmer det?") == said
    answer = comment(report, GOAL, actor=world.coordinator, text="Ja", reply_to=said)
    (thread,) = read_draft(report).chapters[1].threads
    assert [(one.pk, one.text, one.written_by) for one in (thread.first, *thread.replies)] == [
        (said.pk, "Stämmer det?", str(world.colleague)),
        (answer.pk, "Ja", "Sam Ordnare"),
    ]
    resolve_comment(said, actor=world.colleague)
    assert read_draft(report).chapters[1].open_comments == 0
    with pytest.raises(InvalidEntry):
        resolve_comment(answer, actor=world.colleague)
    resolve_comment(said, actor=world.colleague, resolved=False)
    assert FollowupComment.objects.get(pk=said.pk).resolved_by is None


def test_a_reply_stands_at_the_same_chapter(world: World):
    report = world.citys()
    said = comment(report, GOAL, actor=world.colleague, text="Här")
    with pytest.raises(InvalidEntry, match="ett annat kapitel"):
        comment(report, "inledning", actor=world.colleague, text="Där", reply_to=said)


@pytest.mark.parametrize("key", ["finns-inte", "vald-2021-2025-mal-9", "mal"])
def test_a_chapter_that_is_not_there_is_refused(world: World, key: str):
    with pytest.raises(InvalidEntry, match="Kapitlet finns inte"):
        world.write(world.citys(), key, "Ord")


def test_only_who_makes_the_report_writes_in_it(world: World):
    report = world.citys()
    for command in (
        lambda who: save_text(report, GOAL, actor=who, expected_version=0, body="x"),
        lambda who: set_city_grade(
            report, GOAL, actor=who, expected_version=0, grade="helt", reasons="x"
        ),
    ):
        for who in (world.secretary, world.colleague, make_user(Role.GRANSKARE)):
            with pytest.raises(NotAllowed):
                command(who)
    with pytest.raises(NotAllowed):
        comment(report, GOAL, actor=make_user(Role.LASARE), text="x")


def test_what_is_fixed_is_not_written_in(world: World):
    report = world.citys()
    world.fixed(report)
    with pytest.raises(NotOpen):
        world.write(report, GOAL, "För sent")


def test_a_nämnds_report_has_no_grade_of_the_city(world: World):
    reviewer = make_user(Role.GRANSKARE, world.namnder["bromma"])
    found = find_report(reviewer, world.period.code, "bromma")
    assert found is not None
    report = begin_report(found, actor=reviewer)
    with pytest.raises(NotAllowed):
        set_city_grade(report, GOAL, actor=reviewer, expected_version=0, grade="ej", reasons="x")
