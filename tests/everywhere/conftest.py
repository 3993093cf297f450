"""One city for all modules of tests, and every test leaves it as it was."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, connections

from tests.committed import copied, working_in
from tests.everywhere.scenario import City, build_city
from tests.everywhere.walks import Walk, walk


@dataclass(frozen=True)
class BuiltCity:
    """The city, and the name of the database in which it is committed."""

    city: City
    database: str


@pytest.fixture(scope="session")
def built_city(migrated_database, django_db_blocker) -> Iterator[BuiltCity]:
    """Built once, in a database of its own: it takes longer than most tests do."""
    with django_db_blocker.unblock():
        template = connections["default"].settings_dict["NAME"]
        with copied(template) as name:
            with working_in(name):
                city = build_city()
                with connection.cursor() as cursor:
                    tables = connection.introspection.table_names(cursor)
                    cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
            yield BuiltCity(city, name)


@pytest.fixture(scope="module")
def in_the_city(built_city: BuiltCity, django_db_blocker) -> Iterator[City]:
    """From the first test of the module that asks for it the city's database is the database."""
    with django_db_blocker.unblock(), working_in(built_city.database):
        yield built_city.city


@pytest.fixture
def city(in_the_city: City, db) -> City:
    return in_the_city


@pytest.fixture(scope="session")
def walks() -> dict[str, Walk]:
    """Those made so far, by who went."""
    return {}


@pytest.fixture
def walked(city: City, who: str, walks: dict[str, Walk]) -> Walk:
    """The walk of the one whom the test is about; made by the first test that asks for it."""
    if who not in walks:
        walks[who] = walk(city, who)
    return walks[who]
