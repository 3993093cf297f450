"""One city for each module of tests, and every test leaves it as it was."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.everywhere.scenario import City, build_city


class _Undo(Exception):
    """Ends the block whose changes are not to be kept."""


@pytest.fixture(scope="module")
def built_city(django_db_setup, django_db_blocker) -> Iterator[City]:
    """Built once: each test runs in a transaction inside this one."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build_city()
                raise _Undo
        except _Undo:
            connection.close()


@pytest.fixture
def city(built_city: City, db) -> City:
    return built_city
