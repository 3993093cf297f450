"""A version as canonical JSON, and back: nothing is lost, and the same is the same bytes."""

import datetime as dt
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest

from indicators.domain.consolidation import consolidate
from indicators.domain.disclosure import Audience
from indicators.domain.followup_report.codec import (
    NotReadable,
    as_json,
    canonical,
    decode,
    digest_of,
    encode,
    from_json,
)
from indicators.domain.followup_report.making import make_snapshot
from indicators.domain.followup_report.snapshot import OwnGrade, ReportChapter, Sentence
from tests.indicators.followup_report.world import GOAL, World

OLD_VERSION = Path(__file__).with_name("version_of_2026.json")


class Colour(Enum):
    RED = "röd"


@dataclass(frozen=True)
class Leaf:
    number: Decimal
    day: dt.date | None = None


@dataclass(frozen=True)
class Tree:
    name: str
    colour: Colour
    leaves: tuple[Leaf, ...]
    ids: frozenset[int] = frozenset()
    within: "Tree | None" = None


TREE = Tree(
    "Å",
    Colour.RED,
    (Leaf(Decimal("12.50")), Leaf(Decimal(0), dt.date(2025, 4, 30))),
    frozenset({3, 1}),
    Tree("inre", Colour.RED, ()),
)


def test_any_dataclass_comes_back_as_it_was():
    data = json.loads(canonical(as_json(TREE)))
    assert from_json(Tree, data) == TREE
    # A decimal keeps its zeros: what is written with it is the same.
    assert str(from_json(Tree, data).leaves[0].number) == "12.50"


def test_the_same_content_is_the_same_bytes():
    again = replace(TREE, ids=frozenset({1, 3}))
    assert canonical(as_json(again)) == canonical(as_json(TREE))
    assert digest_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("value", [1.5, {"a": 1}, object(), dt.datetime(2025, 1, 1, tzinfo=dt.UTC)])
def test_what_has_no_place_is_refused(value):
    with pytest.raises(TypeError):
        as_json(value)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff", b'{"format":2,"snapshot":{}}', b'{"format":1,"snapshot":{}}'],
)
def test_what_is_no_version_is_refused(content):
    with pytest.raises(NotReadable):
        decode(content)


def test_a_field_that_is_not_known_or_is_missing_is_refused():
    data = as_json(Leaf(Decimal(1)))
    with pytest.raises(NotReadable, match="Leaf with okänt"):
        from_json(Leaf, data | {"okänt": 1})
    with pytest.raises(NotReadable, match="Leaf without number"):
        from_json(Leaf, {"day": None})


def test_a_field_that_came_later_has_its_default():
    assert from_json(Leaf, {"number": "1"}) == Leaf(Decimal(1))


def test_the_live_report_equals_its_own_snapshot(world: World):
    """Cell by cell: every dataclass of the follow-up is compared by all its fields."""
    report = world.write(world.citys(), GOAL, "Egna ord")
    snapshot = make_snapshot(report)
    back = decode(encode(snapshot))
    live = consolidate(world.period, audience=Audience.OTHERS)
    assert back == snapshot
    assert back.followup == live
    assert encode(back) == encode(snapshot)
    assert [r.cells for g in back.followup.goals for r in g.indicators] == [
        r.cells for g in live.goals for r in g.indicators
    ]


def test_a_version_that_was_fixed_in_2026_is_still_read():
    """When this fails a dataclass was changed so that old versions cannot be read: give a new
    field a default, and name one that is gone in codec.GONE."""
    content = OLD_VERSION.read_bytes().strip()
    snapshot = decode(content)
    assert snapshot.title == "Samlad uppföljning, tertialrapport 1 2025"
    assert snapshot.chapter(GOAL) == ReportChapter(
        GOAL,
        "mal",
        "Mål 1. Mål ett.",
        snapshot.chapters[1].draft,
        "Egna ord",
        OwnGrade("delvis", "Skäl"),
    )
    assert isinstance(snapshot.chapters[1].draft[0], Sentence)
    total = snapshot.followup.goals[0].indicators[0].cells.total
    assert (total.value, total.text) == (Decimal(153), "153")
