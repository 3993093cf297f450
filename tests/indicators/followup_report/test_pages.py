"""The pages of the follow-up as a report, city's and nämnd's."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from indicators.domain.deciding import ProtocolText
from indicators.domain.followup_report.contents import contents_of, contents_of_draft
from indicators.domain.followup_report.draft import read_draft
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.fixing import decide, reopen
from indicators.domain.followup_report.writing import begin_report, comment
from indicators.models import FollowupText, FollowupVersion, IndicatorGoal, ReportVersion
from organisation.enums import Role
from tests.factories import make_goal, make_indicator, make_user, make_value, triggers_asleep
from tests.indicators.followup_report.world import GOAL, World

HOME = "/uppfoljning/2025-T1/rapport/"
MOST_QUERIES = 12
SCRIPT = "<script>alert(1)</script> =1+1 #panic(1)"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def coordinator(world: World) -> Client:
    return signed_in(world.coordinator)


def test_it_is_begun_written_fixed_and_decided(world: World, coordinator: Client):
    assert "Påbörja rapporten" in page(coordinator, HOME)
    coordinator.post(f"{HOME}paborja/")
    body = {"body": "Första.\n\nAndra.", "revision": "0"}
    assert coordinator.post(f"{HOME}kapitel/inledning/", body).status_code == 302
    grade = {"betyg-grade": "delvis", "betyg-reasons": "Därför", "betyg-revision": "1"}
    assert coordinator.post(f"{HOME}kapitel/{GOAL}/bedomning/", grade).status_code == 302
    draft = page(coordinator, f"{HOME}hela/")
    assert "<p>Första.</p><p>Andra.</p>" in draft
    assert "Stadens bedömning: uppfylls delvis." in draft
    fixing = page(coordinator, f"{HOME}faststall/")
    assert "3 av 4. Saknas: Järva stadsdelsnämnd." in fixing
    answer = coordinator.post(f"{HOME}faststall/", {"revision": "2"})
    assert answer.headers["Location"] == f"{HOME}version/1/"
    secretary = signed_in(world.secretary)
    decided = {
        "meeting_on": timezone.localdate().isoformat(),
        "paragraph": "7",
        "points": "Godkänns.",
        "source": "",
    }
    secretary.post(f"{HOME}version/1/beslut/", decided)
    version = page(signed_in(make_user(Role.LASARE)), f"{HOME}version/1/")
    assert f"{timezone.localdate():%Y-%m-%d} § 7" in version
    assert "Sam Ordnare" not in version  # names stay within


def test_every_sentence_leads_to_a_cell_on_the_page(world: World, coordinator: Client):
    world.citys()
    draft = page(coordinator, f"{HOME}hela/")
    wanted = set(re.findall(r'class="sentence" href="#([^"]+)"', draft))
    there = re.findall(r'id="([^"]+)"', draft)
    assert wanted <= set(there)
    assert len(wanted) > 4
    assert len(there) == len(set(there))


@pytest.mark.parametrize("place", ["", "version/1/"])
def test_every_sentence_of_a_chapter_leads_to_a_cell_there_or_in_another_chapter(
    world: World, coordinator: Client, place: str
):
    other = make_goal(2, text="Mål två.", programme=world.goal.programme)
    IndicatorGoal.objects.create(indicator=world.count.indicator, goal=other)
    world.fixed(world.citys())
    keys = ["inledning", GOAL, f"{GOAL[:-1]}2", "sammanfattning"]
    there = {
        key: re.findall(r'id="([^"]+)"', page(coordinator, f"{HOME}{place}kapitel/{key}/"))
        for key in keys
    }
    led = 0
    for key in keys:
        assert len(there[key]) == len(set(there[key]))
        chapter = page(coordinator, f"{HOME}{place}kapitel/{key}/")
        for path, anchor in re.findall(r'class="sentence" href="([^"#]*)#([^"]+)"', chapter):
            home = path.rstrip("/").rpartition("/")[2] if path else key
            assert anchor in there[home], (key, path, anchor)
            led += 1
    assert led > 8


def test_the_contents_name_every_chapter_and_lead_from_one_to_the_next(
    world: World, coordinator: Client
):
    report = world.citys()
    world.write(report, GOAL, "Bilen är röd.")
    comment(report, GOAL, actor=world.coordinator, text="Grön?")
    world.fixed(report)
    keys = ["inledning", GOAL, "sammanfattning"]
    for place, who in (("", coordinator), ("version/1/", signed_in(make_user(Role.LASARE)))):
        contents = page(who, f"{HOME}{place}")
        found = re.findall(r'<tr id="([^"]+)">\s*<th scope="row"><a href="([^"]+)"', contents)
        assert found == [(key, f"{HOME}{place}kapitel/{key}/") for key in keys]
        assert "3 av 4" in contents
        assert ("Sam Ordnare" in contents) == ("1 öppen" in contents) == (place == "")
        way = [re.findall(r'rel="(prev|next)" href="([^"]+)"', page(who, url)) for _, url in found]
        assert way == [
            [("next", found[1][1])],
            [("prev", found[0][1]), ("next", found[2][1])],
            [("prev", found[1][1])],
        ]


@pytest.mark.parametrize("namnd", ["", "bromma"])
def test_the_contents_are_those_of_the_draft(world: World, namnd: str):
    make_goal(2, text="Mål två.", programme=world.goal.programme)
    person = make_user(Role.GRANSKARE, world.namnder["bromma"]) if namnd else world.coordinator
    found = find_report(person, world.period.code, namnd)
    assert found is not None
    report = begin_report(found, actor=person)
    draft = read_draft(report)
    contents = contents_of_draft(report)
    assert [(line.key, line.heading) for line in contents.lines] == [
        (chapter.key, chapter.chapter.heading) for chapter in draft.chapters
    ]
    fixed = contents_of(draft.snapshot)
    for now, then in zip(contents.lines, fixed.lines, strict=True):
        assert (now.key, now.heading, now.grade, now.basis) == (
            then.key,
            then.heading,
            then.grade,
            then.basis,
        )


def test_when_somebody_was_first_both_texts_are_shown(world: World, coordinator: Client):
    report = world.citys()
    kim = make_user(Role.SAMORDNARE, world.socialnamnden, name="Kim")
    world.write(report, GOAL, "Bilen är röd.", actor=kim)
    path, mine = f"{HOME}kapitel/{GOAL}/", {"body": "Bilen är grön.", "revision": "0"}
    both = coordinator.post(path, mine).content.decode()
    for words in ("Kim har ändrat", "<p>Bilen är röd.</p>", "Bilen är grön.", "Spara min text"):
        assert words in both
    assert FollowupText.objects.get().body == "Bilen är röd."
    merged = coordinator.post(path, {**mine, "choice": "bada"}).content.decode()
    assert "Bilen är röd.\n\nBilen är grön.</textarea>" in merged
    assert FollowupText.objects.get().body == "Bilen är röd."
    assert coordinator.post(path, {**mine, "choice": "sparad"}).status_code == 302
    assert FollowupText.objects.get().body == "Bilen är röd."
    revision = re.search(r'name="revision" value="(\d+)"', both)
    assert revision is not None
    assert coordinator.post(path, {**mine, "revision": revision[1]}).status_code == 302
    assert FollowupText.objects.get().body == "Bilen är grön."


def test_a_draft_is_not_there_for_others_and_a_version_is(world: World):
    report = world.write(world.citys(), GOAL, "hemligt")
    stranger = signed_in(make_user(Role.LASARE, world.namnder["bromma"]))
    assert stranger.get(HOME).status_code == 404
    assert "hemligt" in page(signed_in(world.colleague), f"{HOME}hela/")
    world.fixed(report)
    report.refresh_from_db()
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Mer")
    report.refresh_from_db()
    world.write(report, "inledning", "senare")
    comment(report, GOAL, actor=world.coordinator, text="internt")
    home = page(stranger, HOME)
    assert "Version 1" in home
    for words in ("senare", "internt", "Sam Ordnare"):
        assert words not in home
    contents = page(stranger, f"{HOME}version/1/")
    chapter = page(stranger, f"{HOME}version/1/kapitel/{GOAL}/")
    version = page(stranger, f"{HOME}version/1/hela/")
    assert "hemligt" in version
    assert "hemligt" in chapter
    for words in ("senare", "internt"):
        assert words not in contents + chapter + version
    for inside in (f"kapitel/{GOAL}/", "hela/", "nytt/"):
        assert stranger.get(f"{HOME}{inside}").status_code == 404
    history = page(stranger, f"{HOME}historik/")
    assert "Version 1 fastställdes" in history
    for words in ("senare", "internt", "Mer", "hemligt"):
        assert words not in history


def test_corrections_after_the_fixing_stand_beside_the_version(world: World, coordinator: Client):
    world.fixed(world.citys())
    assert "Efter fastställandet" not in page(coordinator, f"{HOME}version/1/")
    world.change("bromma", 90)
    with triggers_asleep():
        ReportVersion.objects.filter(report__namnd__code="bromma").update(
            approved_at=timezone.now()
        )
    version = page(coordinator, f"{HOME}version/1/")
    assert "Efter fastställandet" in version
    assert f'href="{HOME}version/1/andrat/"' in version
    assert "<td>153</td><td>193</td>" in page(coordinator, f"{HOME}version/1/andrat/")
    # What was fixed stands.
    fixed = page(coordinator, f"{HOME}version/1/hela/")
    assert re.search(r'id="indikator-i-1-2025-T1-totalt">153', fixed)


def test_two_versions_are_compared_goal_by_goal(world: World, coordinator: Client):
    report = world.write(world.citys(), GOAL, "Bilen är röd.")
    world.fixed(report)
    report.refresh_from_db()
    reopen(report, actor=world.coordinator, expected_version=report.revision, reason="Mer")
    report.refresh_from_db()
    world.write(report, GOAL, "Bilen är grön.")
    world.change("bromma", 90)
    world.fixed(report, reason="Bromma har rättat")
    compared = page(coordinator, f"{HOME}jamfor/1/2/")
    assert "Vad har ändrats från version 1 till version 2?" in compared
    assert "Bromma har rättat" in compared
    assert "<td>50</td><td>90</td>" in compared
    assert "röd" in compared
    assert "grön" in compared
    assert coordinator.get(f"{HOME}jamfor/1/3/").status_code == 404
    assert "Inget skiljer." in page(coordinator, f"{HOME}jamfor/1/1/")


def test_scripts_in_texts_are_written_out(world: World, coordinator: Client):
    report = world.write(world.citys(), GOAL, SCRIPT)
    comment(report, GOAL, actor=world.coordinator, text=SCRIPT)
    version = world.fixed(report)
    decide(
        version,
        actor=world.secretary,
        on=timezone.localdate(),
        text=ProtocolText("7", (SCRIPT,), SCRIPT),
    )
    for path in (
        *("", "hela/", f"kapitel/{GOAL}/", "jamfor/1/1/", "historik/"),
        *("version/1/", "version/1/hela/", f"version/1/kapitel/{GOAL}/"),
    ):
        assert "<script>alert" not in page(coordinator, f"{HOME}{path}")
    assert coordinator.get(f"{HOME}version/1/pdf/").status_code == 200


def test_the_pdf_is_the_same_every_time_and_its_download_is_logged(
    world: World, coordinator: Client
):
    world.fixed(world.citys())
    first = coordinator.get(f"{HOME}version/1/pdf/")
    assert first.headers["Content-Disposition"] == (
        'attachment; filename="uppfoljningsrapport-2025-T1-version-1.pdf"'
    )
    world.change("bromma", 90)
    assert coordinator.get(f"{HOME}version/1/pdf/").content == first.content


def test_the_word_file_has_the_reports_headings_text_and_tables(world: World, coordinator: Client):
    world.fixed(world.write(world.citys(), GOAL, "Egna ord."))
    answer = coordinator.get(f"{HOME}version/1/word/")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="uppfoljningsrapport-2025-T1-version-1.docx"'
    )
    word = Document(BytesIO(answer.content))
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads == [
        "Inledning",
        "Mål 1. Mål ett.",
        "Sammanfattning",
        "Siffrorna, indikator för indikator",
        "Om uppgifterna",
    ]
    assert "Egna ord." in [p.text for p in word.paragraphs]
    first = [table.rows[0].cells[0].text for table in word.tables]
    assert first == ["Mål", "Indikator", "Aktivitet", "Nämnd", "Nämnd"]


@pytest.mark.parametrize("namnd", ["", "bromma"])
def test_no_page_asks_more_when_there_is_more(world: World, namnd: str):
    """One indicator or three, one chapter's comments or three, one version or three."""
    maker, home = world.coordinator, HOME
    if namnd:
        maker = make_user(Role.GRANSKARE, world.namnder[namnd])
        home = f"/inrapportering/{namnd}/{world.period.code}/tertialrapport/"
    found = find_report(maker, world.period.code, namnd)
    assert found is not None
    report = begin_report(found, actor=maker)
    client = signed_in(maker)
    comment(report, GOAL, actor=maker, text="Ett")
    world.write(report, GOAL, "Ord", actor=maker)
    world.fixed(report, maker)
    report.refresh_from_db()
    reopen(report, actor=maker, expected_version=report.revision, reason="Mer")
    paths = (
        *("", "hela/", f"kapitel/{GOAL}/", "nytt/", "historik/", "faststall/"),
        *("version/1/", "version/1/hela/", f"version/1/kapitel/{GOAL}/", "version/1/andrat/"),
    )

    def count() -> dict[str, int]:
        found = {}
        for path in paths:
            client.get(f"{home}{path}")
            with CaptureQueriesContext(connection) as queries:
                page(client, f"{home}{path}")
            found[path] = len(queries)
        return found

    with_one = count()
    for number in (2, 3):
        report.refresh_from_db()
        said = comment(report, GOAL, actor=maker, text=f"Nummer {number}")
        comment(report, GOAL, actor=maker, text="Svar", reply_to=said)
        world.write(report, ("inledning", "sammanfattning")[number - 2], "Ord", actor=maker)
        definition = make_indicator(f"i-{number + 5}", goal=world.goal)
        for nämnds in world.reports.values():
            with triggers_asleep():
                make_value(nämnds, definition, 40)
        world.fixed(report, maker, reason="Mer")
        report.refresh_from_db()
        reopen(report, actor=maker, expected_version=report.revision, reason="Mer")
    assert FollowupVersion.objects.count() == 3
    assert count() == with_one
    assert {path: number for path, number in with_one.items() if number > MOST_QUERIES} == {}


def test_the_list_of_follow_ups_leads_to_the_report(world: World, coordinator: Client):
    assert f'href="{HOME}">Påbörja' in page(coordinator, "/uppfoljning/")
    report = world.citys()
    stranger = signed_in(make_user(Role.LASARE, world.namnder["bromma"]))
    assert HOME not in page(stranger, "/uppfoljning/")
    assert HOME not in page(stranger, "/uppfoljning/2025-T1/")
    assert f'href="{HOME}">Utkast' in page(coordinator, "/uppfoljning/")
    world.fixed(report)
    assert f'href="{HOME}">Fastställd' in page(stranger, "/uppfoljning/")
    assert HOME in page(stranger, "/uppfoljning/2025-T1/")


def test_a_nämnds_tertialrapport_has_the_same_pages(world: World):
    reviewer = signed_in(make_user(Role.GRANSKARE, world.namnder["bromma"]))
    home = "/inrapportering/bromma/2025-T1/tertialrapport/"
    assert f'href="{home}"' in page(reviewer, "/inrapportering/bromma/2025-T1/")
    reviewer.post(f"{home}paborja/")
    draft = page(reviewer, f"{home}hela/")
    assert "För ”Sökande” är utfallet 50" in draft
    assert "Farsta stadsdelsnämnd" not in draft
    chapter = page(reviewer, f"{home}kapitel/{GOAL}/")
    assert "Stadens bedömning" not in chapter
    reviewer.post(f"{home}faststall/", {"revision": "0"})
    stranger = signed_in(make_user(Role.LASARE, world.namnder["farsta"]))
    assert "version 1" in page(stranger, f"{home}version/1/")
    assert "Nämndens tertialrapport, fastställd" in page(
        stranger, "/inrapportering/bromma/2025-T1/"
    )
    assert stranger.get(f"{home}version/1/pdf/").status_code == 200
