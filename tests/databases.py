"""Databases of a run's own, for a server or a benchmark in another process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

import psycopg


@contextmanager
def own_database(name: str, main: dict[str, Any]) -> Iterator[str]:
    """An empty UTF-8 database beside `main` (Django's settings of one); yields its DATABASE_URL.

    It is dropped at the end, whoever is still connected.
    """
    host = main.get("HOST") or main.get("OPTIONS", {}).get("host") or ""
    known = {"user": main.get("USER"), "password": main.get("PASSWORD"), "port": main.get("PORT")}
    known = {key: str(value) for key, value in known.items() if value}
    with psycopg.connect(dbname="postgres", host=host, autocommit=True, **known) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
        credentials = ":".join(quote(known[key]) for key in ("user", "password") if key in known)
        if host.startswith("/"):
            query = {"host": host} | ({"port": known["port"]} if "port" in known else {})
            url = f"postgres://{credentials}@/{name}?{urlencode(query)}"
        else:
            url = f"postgres://{credentials}@{host}:{known.get('port', 5432)}/{name}"
        try:
            yield url
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
