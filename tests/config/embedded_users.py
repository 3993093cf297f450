"""Processes that use an embedded PostgreSQL, for the tests: started, asked, killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from config.embedded.cluster import PidFile, is_ours, read_pid_file
from config.embedded.home import Home, supervisor_runs

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0

# Says what it was given, then stays a user until its input ends or it is killed.
USER_PROGRAM = """
import dataclasses, json, sys
from config import embedded_postgres
try:
    server = embedded_postgres.ensure_running(sys.argv[1])
except embedded_postgres.EmbeddedPostgresError as error:
    print(json.dumps({"error": str(error)}), flush=True)
else:
    print(json.dumps(dataclasses.asdict(server) | {"url": server.url}), flush=True)
    sys.stdin.read()
"""


def becomes_true(condition: Callable[[], object], patience: float = PATIENCE) -> bool:
    """Whether the condition comes true before the deadline; looked at again and again."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def user_environment(**extra: str) -> dict[str, str]:
    paths = [str(CHECKOUT), *(path for path in sys.path if path.endswith("site-packages"))]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"} | extra


class UserProcess:
    """One process that asks for the server under `var`."""

    def __init__(
        self,
        var: Path,
        *,
        uid: int | None = None,
        python: str = sys.executable,
        wrapper: tuple[str, ...] = (),
        **extra: str,
    ) -> None:
        account = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
        self.process = subprocess.Popen(
            [*wrapper, python, "-c", USER_PROGRAM, str(var)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd="/",
            env=user_environment(**extra),
            text=True,
            **account,
        )
        self._answer: dict | None = None

    @property
    def answer(self) -> dict:
        """What ensure_running gave, or {"error": its sentence}."""
        if self._answer is None:
            self._answer = json.loads(self.process.stdout.readline() or "{}")
        return self._answer

    def end(self, how: signal.Signals | None = None) -> None:
        """End by itself, or by this signal; returns when it is gone."""
        if how is None:
            self.process.stdin.close()
        else:
            self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.process.stdout.close()


class Place:
    """A var/ folder with the processes that use it."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.home = Home.under(var)
        self._users: list[UserProcess] = []

    def user(self, **how) -> UserProcess:
        """A new user process, which has been given its answer."""
        user = self.start_user(**how)
        assert user.answer
        return user

    def start_user(self, **how) -> UserProcess:
        """A new user process, not waited for."""
        user = UserProcess(self.var, **how)
        self._users.append(user)
        return user

    @property
    def server(self) -> PidFile | None:
        """The postmaster, if it is alive."""
        found = read_pid_file(self.home.data)
        return found if found and is_ours(found.pid, self.home.data) else None

    @property
    def supervisor(self) -> int | None:
        return int(self.home.supervisor_lock.read_text()) if supervisor_runs(self.home) else None

    def is_stopped(self) -> bool:
        return self.server is None and not supervisor_runs(self.home)

    def ask(self, query: str, dbname: str = "samlad") -> tuple | None:
        """The first row, asked of the server that runs now."""
        with self.connect(dbname) as connection:
            cursor = connection.execute(query)
            return cursor.fetchone() if cursor.description else None

    def connect(self, dbname: str = "samlad") -> psycopg.Connection:
        return psycopg.connect(
            host=self.server.socket_dir, port=5432, user="samlad", dbname=dbname, autocommit=True
        )

    def close_users(self) -> None:
        """End all users; fails the test if the server then stays."""
        for user in self._users:
            if user.process.poll() is None:
                user.end(signal.SIGKILL)
        assert becomes_true(self.is_stopped), "the server outlived its last user"

    def close(self) -> None:
        """End all users, and remove what they had made."""
        self.close_users()
        shutil.rmtree(self.home.path, ignore_errors=True)
