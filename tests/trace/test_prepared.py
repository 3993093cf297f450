"""Statements that a connection plans once."""

import pytest
from django.db import DatabaseError, connection, transaction

from trace.prepared import Prepared

SUM = Prepared(
    "test_sum",
    "SELECT %(one)s + %(other)s, %(one)s %% 2",
    {"unused": "text", "other": "int", "one": "int"},
)

pytestmark = pytest.mark.django_db


def answer(one: int, other: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        SUM.execute(cursor, {"one": one, "other": other, "unused": "nothing"})
        return cursor.fetchone()


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'test_sum'")
        return cursor.fetchone()[0]


def test_values_go_to_their_places():
    assert answer(5, 7) == (12, 1)
    assert answer(8, 1) == (9, 0)


def test_it_is_prepared_once_in_a_connection(django_assert_num_queries):
    answer(1, 1)
    with django_assert_num_queries(1):
        answer(1, 2)
    assert prepared() == 1


def fail_after_an_answer() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        answer(1, 1)
        cursor.execute("SELECT 1 / 0")


def test_it_outlives_a_transaction_that_failed():
    with pytest.raises(DatabaseError):
        fail_after_an_answer()
    assert answer(2, 2) == (4, 0)


def test_behind_a_pool_nothing_is_prepared(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    pooled = Prepared("test_pooled", SUM.sql, {"one": "int", "other": "int"})
    with connection.cursor() as cursor:
        pooled.execute(cursor, {"one": 5, "other": 7})
        assert cursor.fetchone() == (12, 1)
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'test_pooled'")
        assert cursor.fetchone() == (0,)
