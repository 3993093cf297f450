"""Databases of a run's own, for the tests, a server or a benchmark in another process.

Making one from nothing takes a migration each time. So the first that asks makes a template, named
after everything that a migration reads, and all the others, of later runs too, are copies of it.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from psycopg import sql

REPOSITORY = Path(__file__).resolve().parent.parent
TEMPLATES_KEPT = 12


def migrated_template(main: dict[str, Any]) -> str:
    """The name of a migrated, empty database beside `main` to make copies of; nobody uses it.

    It is made by the first who asks; others wait for them.
    """
    digest = _of_migrations()
    name = f"samlad_migrated_{digest}"
    with _server(main) as connection:
        if _is_there(connection, name):
            return name
        connection.execute("SELECT pg_advisory_lock(%s)", [int(digest[:8], 16)])
        if not _is_there(connection, name):
            unfinished = f"{name}_unfinished"
            _create(connection, unfinished, "template0")
            environment = os.environ | {"DATABASE_URL": _url(unfinished, main), "DEBUG": "on"}
            made = subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
                cwd=REPOSITORY,
                env=environment,
                capture_output=True,
                text=True,
            )
            if made.returncode:
                raise RuntimeError(f"The test database could not be migrated:\n{made.stderr}")
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
            _forget_old_templates(connection)
    return name


@contextmanager
def own_database(name: str, main: dict[str, Any]) -> Iterator[str]:
    """A database without content beside `main` (Django's settings of one); yields its DATABASE_URL.

    It is dropped at the end, whoever is still connected.
    """
    template = migrated_template(main)
    with _server(main) as connection:
        _create(connection, name, template)
        try:
            yield _url(name, main)
        finally:
            _drop(connection, name)


@contextmanager
def _server(main: dict[str, Any]) -> Iterator[psycopg.Connection]:
    host, known = _where(main)
    with psycopg.connect(dbname="postgres", host=host, autocommit=True, **known) as connection:
        yield connection


def _where(main: dict[str, Any]) -> tuple[str, dict[str, str]]:
    host = main.get("HOST") or main.get("OPTIONS", {}).get("host") or ""
    known = {"user": main.get("USER"), "password": main.get("PASSWORD"), "port": main.get("PORT")}
    return host, {key: str(value) for key, value in known.items() if value}


def _url(name: str, main: dict[str, Any]) -> str:
    host, known = _where(main)
    credentials = ":".join(quote(known[key]) for key in ("user", "password") if key in known)
    if host.startswith("/"):
        query = {"host": host} | ({"port": known["port"]} if "port" in known else {})
        return f"postgres://{credentials}@/{name}?{urlencode(query)}"
    return f"postgres://{credentials}@{host}:{known.get('port', 5432)}/{name}"


def _is_there(connection: psycopg.Connection, name: str) -> bool:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return known.fetchone() is not None


def _create(connection: psycopg.Connection, name: str, template: str) -> None:
    _drop(connection, name)
    command = "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    connection.execute(sql.SQL(command).format(sql.Identifier(name), sql.Identifier(template)))


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _of_migrations() -> str:
    """A digest of what a migration reads: our migrations, and which packages are installed."""
    digest = hashlib.sha256()
    apps = [app for app in settings.INSTALLED_APPS if (REPOSITORY / app.split(".")[0]).is_dir()]
    files = [REPOSITORY / "requirements" / "base.txt"]
    for app in sorted({app.split(".")[0] for app in apps}):
        files += sorted((REPOSITORY / app / "migrations").glob("*.py"))
    for file in files:
        digest.update(f"{file.relative_to(REPOSITORY)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _forget_old_templates(connection: psycopg.Connection) -> None:
    """Keep the latest few: other checkouts may share the server."""
    found = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'samlad\\_migrated\\_%%' "
        "ORDER BY oid DESC OFFSET %s",
        [TEMPLATES_KEPT],
    )
    for (name,) in found.fetchall():
        _drop(connection, name)
