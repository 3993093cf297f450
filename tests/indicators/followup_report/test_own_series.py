"""A nämnd's tertialrapport has the nämnd's own target and its own figures in every period."""

import re
from decimal import Decimal

import pytest

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience, CellState
from indicators.domain.figures import describe
from indicators.domain.followup_report.finding import find_report
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import Snapshot
from indicators.domain.followup_report.writing import begin_report
from indicators.enums import ReportState
from indicators.exports.followup_report_document import report_document
from indicators.models import FollowupReport, Target, Value
from organisation.enums import Role
from papers.documents.model import Table, plain
from tests.factories import make_period, make_report, make_user, make_value, triggers_asleep
from tests.indicators.followup_report.test_pages import page, signed_in
from tests.indicators.followup_report.world import GOAL, World

EARLIER = {"2023-T1": ("bromma", 41, 3), "2024-T1": ("bromma", 20, 12)}
HOME = "/inrapportering/bromma/2025-T1/tertialrapport/"


@pytest.fixture
def brommas(world: World) -> FollowupReport:
    """Bromma's report, with two years before it and a target of its own beside the city's."""
    for code in EARLIER:
        period = make_period(code)
        for namnd, (women, men) in {
            "bromma": EARLIER[code][1:],
            "farsta": (33, 21),
            "sodermalm": (2, 17),
        }.items():
            report = make_report(world.namnder[namnd], period, ReportState.GODKAND)
            for category, number in (("totalt", women + men), ("kvinnor", women), ("man", men)):
                make_value(report, world.count, number, category=category)
    for namnd, value in ((None, 400), (world.namnder["bromma"], 60), (world.namnder["farsta"], 7)):
        Target.objects.create(
            indicator=world.count.indicator, namnd=namnd, year=2025, value=value, source="Prov"
        )
    found = find_report(
        make_user(Role.GRANSKARE, world.namnder["bromma"]), world.period.code, "bromma"
    )
    assert found is not None
    reviewer = make_user(Role.GRANSKARE, world.namnder["bromma"], username="granskaren")
    return begin_report(found, actor=reviewer)


def first(snapshot: Snapshot):
    return snapshot.followup.goals[0].indicators[0]


def test_it_has_the_nämnds_own_target(world: World, brommas: FollowupReport):
    result = first(make_snapshot(brommas))
    assert result.target is not None
    assert (result.target.value, result.target.source) == (Decimal(60), "Prov")
    sentences = [s.text for c in make_snapshot(brommas).chapters for s in c.draft]
    assert all("400" not in sentence for sentence in sentences)
    Target.objects.filter(namnd__code="bromma").delete()
    assert first(make_snapshot(brommas)).target is None


def test_its_series_is_what_each_periods_follow_up_shows_of_the_nämnd(
    world: World, brommas: FollowupReport
):
    points = first(make_snapshot(brommas)).series
    assert [point.period_code for point in points] == ["2023-T1", "2024-T1", "2025-T1"]
    hidden = 0
    for point in points:
        period = make_period(point.period_code)
        result = consolidate(period, audience=Audience.OTHERS).goals[0].indicators[0]
        shown = next(part for part in result.parts if part.namnd_code == "bromma")
        assert [describe(cell) for cell in point.cells] == [describe(c) for c in shown.cells]
        hidden += sum(cell.state is CellState.PROTECTED for cell in point.cells)
    assert hidden > 0


def test_what_a_version_of_an_earlier_period_hides_is_hidden_in_the_series(
    world: World, brommas: FollowupReport
):
    before = first(make_snapshot(brommas)).series[1]
    assert before.cells.total.is_value
    with triggers_asleep():
        # Then one of them was so small that it was hidden.
        values = Value.objects.filter(
            version__approved_of__namnd__code="bromma", version__approved_of__period__code="2024-T1"
        )
        values.filter(definition=world.count, category="man").update(number=Decimal(2))
    found = find_report(world.coordinator, "2024-T1")
    assert found is not None
    world.fixed(begin_report(found, actor=world.coordinator))
    with triggers_asleep():
        values.filter(definition=world.count, category="man").update(number=Decimal(12))
    cells = first(make_snapshot(brommas)).series[1].cells
    assert cells.man.state is CellState.PROTECTED


def test_the_page_and_the_file_show_it(world: World, brommas: FollowupReport):
    reviewer = brommas.namnd.memberships.get(user__username="granskaren").user
    chapter = page(signed_in(reviewer), f"{HOME}kapitel/{GOAL}/")
    assert "Nämndens årsmål" in chapter
    assert re.search(r'<td class="num">60', chapter)
    assert "nämndens uppgift i varje period" in chapter
    assert "2023-T1</th>" in chapter
    assert "<svg" in chapter
    version = world.fixed(brommas, actor=reviewer)
    document = report_document(make_snapshot(brommas), version)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    own = next(t for t in tables if t.caption == "Indikatorer för mål 1, 2025-T1")
    assert [plain(cell.runs) for cell in own.header[0]][-1] == "Nämndens årsmål"
    assert plain(own.rows[0][-1].runs).startswith("60")
    series = next(t for t in tables if t.caption == "Sökande, i varje period")
    assert [plain(row[0].runs) for row in series.rows] == ["2023-T1", "2024-T1", "2025-T1"]


@pytest.mark.parametrize("place", ["", "version/1/"])
def test_every_sentence_of_its_chapters_leads_to_a_cell(
    world: World, brommas: FollowupReport, place: str
):
    reviewer = brommas.namnd.memberships.get(user__username="granskaren").user
    world.fixed(brommas, actor=reviewer)
    client = signed_in(reviewer)
    whole = page(client, f"{HOME}{place}hela/")
    wanted = set(re.findall(r'class="sentence" href="#([^"]+)"', whole))
    assert wanted <= set(re.findall(r'id="([^"]+)"', whole))
    assert len(wanted) > 3
    for key in ("inledning", GOAL, "sammanfattning"):
        chapter = page(client, f"{HOME}{place}kapitel/{key}/")
        for path, anchor in re.findall(r'class="sentence" href="([^"#]*)#([^"]+)"', chapter):
            there = page(client, path) if path else chapter
            assert f'id="{anchor}"' in there, (key, path, anchor)
