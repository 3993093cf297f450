"""What is fixed does not change by any road, and states keep to their table."""

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.domain.followup_report.codec import digest_of
from indicators.domain.followup_report.workflow import TRANSITIONS
from indicators.enums import FollowupState
from indicators.models import FollowupReport, FollowupVersion
from tests.factories import triggers_asleep
from tests.indicators.followup_report.world import GOAL, World

PAIRS = {(t.source.value, t.target.value) for t in TRANSITIONS if t.source != t.target}


def refused(statement: str, *values: object, match: str = ".") -> None:
    with (
        pytest.raises(IntegrityError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_a_version_is_neither_changed_nor_removed(world: World):
    version = world.fixed(world.citys())
    for column in ("content = 'x'", "sha256 = repeat('0', 64)", "reason = 'x'", "number = 2"):
        refused(f"UPDATE indicators_followupversion SET {column}", match="is fixed")
    refused("DELETE FROM indicators_followupversion", match="is fixed")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused("TRUNCATE indicators_followupversion CASCADE", match="is not emptied")
    assert FollowupVersion.objects.get() == version


def test_a_digest_that_is_not_of_the_content_is_refused(world: World):
    report = world.citys()
    insert = (
        "INSERT INTO indicators_followupversion "
        "(report_id, number, content, sha256, reason, fixed_by_id, fixed_at, is_example) "
        "VALUES (%s, %s, %s, %s, '', %s, now(), false)"
    )
    who = world.coordinator.pk
    refused(insert, report.pk, 1, b"a", digest_of(b"b"), who, match="digest")
    refused(insert, report.pk, 2, b"a", digest_of(b"a"), who, match="next version")


@pytest.mark.parametrize("source", FollowupState.values)
@pytest.mark.parametrize("target", FollowupState.values)
def test_a_state_moves_along_its_table(world: World, source: str, target: str):
    report = world.citys()
    world.fixed(report)
    if source == target:
        return
    with triggers_asleep() as execute:
        execute(f"UPDATE indicators_followupreport SET state = '{source}'")
    move = f"UPDATE indicators_followupreport SET state = '{target}'"
    if (source, target) not in PAIRS:
        refused(move)
    elif target == FollowupState.BESLUTAD:
        refused(move, match="nobody has decided")
    else:
        FollowupReport.objects.update(state=target)


def test_nothing_is_fixed_without_a_version(world: World):
    world.citys()
    refused("UPDATE indicators_followupreport SET state = 'faststalld'", match="as a version")
    refused("UPDATE indicators_followupreport SET kind = 'namnden'", match="keeps its kind")


def test_what_is_written_stands_when_the_report_is_fixed(world: World):
    report = world.write(world.citys(), GOAL, "Ord")
    refused("DELETE FROM indicators_followuptext", match="stands")
    world.fixed(report)
    refused("UPDATE indicators_followuptext SET body = 'x'", match="stands")
    refused("DELETE FROM indicators_followupreport")
