"""Many who write at the same time: every chain whole, and nobody waits for another nämnd."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction

from organisation.models import Meeting
from tests.committed import committed_db  # noqa: F401 - a fixture
from tests.factories import make_namnd
from trace.domain import record
from trace.models import Event, Link


def write(namnd, times: int):
    def work() -> int:
        for number in range(times):
            with transaction.atomic():
                record(namnd, actor=None, verb="x", summary=f"{number}", scope=namnd.code)
        return times

    return work


def test_eight_at_once_in_one_namnd_make_one_whole_chain(committed_db, monkeypatch):  # noqa: F811
    monkeypatch.setenv("AUDIT_SEAL_KEY", "en-nyckel-bara-for-provning-av-forseglingen")
    namnd = make_namnd("bromma")
    answers = committed_db.in_threads(*[write(namnd, 10) for _ in range(8)])
    places = list(
        Link.objects.filter(chain="bromma").order_by("sequence").values_list("sequence", flat=True)
    )
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert answers == [10] * 8
    assert places == list(range(1, 82))  # the nämnd itself is the first
    assert out.getvalue().startswith("Spåret är helt. ")


def test_who_writes_for_one_namnd_does_not_wait_for_another(committed_db):  # noqa: F811
    bromma, farsta = make_namnd("bromma"), make_namnd("farsta")

    def short_of_time(namnd):
        def work():
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '500ms'")
            record(namnd, actor=None, verb="x", summary="x", scope=namnd.code)
            return "skrivet"

        return work

    record(bromma, actor=None, verb="x", summary="först", scope="")
    with transaction.atomic():
        record(bromma, actor=None, verb="x", summary="länge", scope="bromma")
        same, other = committed_db.in_threads(short_of_time(bromma), short_of_time(farsta))
    assert other == "skrivet"
    assert isinstance(same, OperationalError)


def test_what_is_rolled_back_leaves_no_gap(committed_db):  # noqa: F811
    namnd = make_namnd("bromma")
    with transaction.atomic():
        record(namnd, actor=None, verb="x", summary="aldrig", scope="bromma")
        transaction.set_rollback(True)
    record(namnd, actor=None, verb="x", summary="kvar", scope="bromma")
    assert list(Event.objects.values_list("summary", flat=True)) == ["kvar"]
    assert Link.objects.filter(chain="bromma").count() == 2


def test_every_test_that_commits_starts_from_an_empty_database(committed_db):  # noqa: F811
    assert Meeting.objects.count() == Link.objects.count() == 0


def test_a_committed_database_cannot_be_emptied_either(committed_db):  # noqa: F811
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("TRUNCATE organisation_namnd CASCADE")
