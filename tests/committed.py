"""Tests that commit: threads, signals at commit, what a superuser does to the tables.

The tables of work refuse TRUNCATE, so such a test cannot be cleaned up after. It gets a database
of its own, cloned from the migrated one before it and dropped after it, and may do as it likes.

    from tests.committed import committed_db  # noqa: F401

    def test_one_wins(committed_db):
        committed_db.in_threads(save, save)

What a test needs is made inside it; nothing of what the other tests made is there.
"""

import itertools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, connections

_numbers = itertools.count(1)


class CommittedDatabase:
    """The database of one test."""

    def __init__(self, name: str) -> None:
        self.name = name

    def in_threads(self, *works: Callable[[], Any]) -> list[Any]:
        """Run all at once, each with a connection of its own, let go at the same moment.

        Answers what each returned, or the exception it raised, in the same order.
        """
        start = threading.Barrier(len(works))
        answers: list[Any] = [None] * len(works)

        def run(place: int, work: Callable[[], Any]) -> None:
            try:
                connection.ensure_connection()
                start.wait(timeout=30)
                answers[place] = work()
            except Exception as error:  # the test looks at what it was
                answers[place] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert not any(thread.is_alive() for thread in threads), "a thread hangs"
        return answers


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Inside the block Django's connection, in every thread, is to the database of that name."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    default.close()
    default.settings_dict["NAME"] = name
    try:
        yield
    finally:
        default.close()
        default.settings_dict["NAME"] = before


@contextmanager
def copied(template: str) -> Iterator[str]:
    """The name of a copy of a database, dropped at the end. Whoever is in the template is put out.

    A thread of an earlier test may have left an idle session behind, and a template has none.
    """
    default = connections["default"]
    name = f"{template[:40]}_c{os.getpid()}_{next(_numbers)}"
    parameters = default.get_connection_params() | {"dbname": "postgres"}
    parameters = {k: v for k, v in parameters.items() if k not in {"cursor_factory", "context"}}
    if default.settings_dict["NAME"] == template:
        default.close()
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [template],
        )
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def committed_db(migrated_database, django_db_blocker, request) -> Iterator[CommittedDatabase]:
    """A clone of the migrated test database, in which everything may be committed."""
    if request.node.get_closest_marker("django_db"):
        pytest.fail("committed_db has a database of its own: leave out the mark django_db")
    with django_db_blocker.unblock():
        template = connections["default"].settings_dict["NAME"]
        with copied(template) as name, working_in(name):
            yield CommittedDatabase(name)
