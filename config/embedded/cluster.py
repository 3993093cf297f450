"""One PostgreSQL cluster: made, started, recognised and stopped.

Runs in the supervisor, as the account that owns the cluster.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.home import POLL, EmbeddedPostgresError, Home, remove_tree

USER = "samlad"
PORT = 5432  # no TCP port: a part of the socket's name
SOCKET_NAME = f".s.PGSQL.{PORT}"
SOCKET_PATH_MAX = 103  # bytes; 107 on Linux, 103 on macOS
# libpq and the server's settings read commas, quotes and blanks in a path as something else.
PLAIN_PATH = re.compile(r"/[A-Za-z0-9._/-]+")
# mkdtemp makes a folder there that is private and new.
SHORT_PARENTS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - see above
SHORT_PREFIX = "samlad-pg-"
# Room for a demo and a test run with its workers at once.
MAX_CONNECTIONS = 100
LOG_MAX_BYTES = 20_000_000


@dataclass(frozen=True)
class Programs:
    """The folder `pginstall18` of the wheel, of which only the programs are used."""

    top: Path

    def path(self, name: str) -> str:
        return str(self.top / "bin" / name)

    def can_run(self, home: Home) -> bool:
        """Whether this process can run the programs and use the home; tried out, because what
        rights and capabilities together allow cannot be told from the modes of the files."""
        try:
            for name in ("postgres", "initdb"):
                subprocess.run(
                    [self.path(name), "-V"],
                    check=True,
                    capture_output=True,
                    env=clean_environment(),
                )
            for file in ("share/postgresql/postgres.bki", "lib/postgresql/dict_snowball.so"):
                with (self.top / file).open("rb"):
                    pass
            list(home.path.iterdir())
        except (OSError, subprocess.CalledProcessError):
            return False
        return True


@dataclass(frozen=True)
class PidFile:
    """What the server writes about itself in `postmaster.pid`."""

    pid: int
    socket_dir: str
    status: str  # starting, ready or stopping


def read_pid_file(data: Path) -> PidFile | None:
    """What `postmaster.pid` says; None when it is not there or not yet fully written."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, NotADirectoryError, ValueError, IndexError):
        return None
    lines += [""] * 8
    return PidFile(pid, lines[4].strip(), lines[7].strip())


def clean_environment() -> dict[str, str]:
    """The whole environment of the programs: no PG*, no locale, no time zone of the caller's."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def is_ours(pid: int, data: Path) -> bool:
    """Whether `pid` is a living process of the cluster in `data`.

    A pid says little: after a crash or in a new container it may be anyone's. But every process of
    a cluster has the cluster's folder as its working directory.
    """
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cwd").samefile(data) and (
                "postgres" in Path(f"/proc/{pid}/comm").read_text()
            )
        except OSError:
            return False
    shown = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, text=True
    ).stdout
    return "postgres" in shown and str(data) in shown and not shown.startswith("Z")


def orphans(data: Path) -> list[int]:
    """Processes of the cluster that live though their postmaster does not (Linux only; elsewhere
    the server's own check of its shared memory has to do)."""
    if sys.platform != "linux":
        return []
    return [
        pid
        for pid in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
        if is_ours(pid, data)
    ]


class Server:
    """A postmaster: our child, or one that was found running after its supervisor was killed."""

    def __init__(self, home: Home, pid: int, child: subprocess.Popen | None = None) -> None:
        self.home = home
        self.pid = pid
        self._child = child

    def is_alive(self) -> bool:
        if self._child is not None:
            return self._child.poll() is None
        return is_ours(self.pid, self.home.data)

    def is_reachable(self) -> bool:
        """Whether its socket is still there: a cleaner of /tmp might have taken it."""
        found = read_pid_file(self.home.data)
        return found is not None and (Path(found.socket_dir) / SOCKET_NAME).exists()

    def wait_until_ready(self) -> None:
        """Returns when the server says so itself. Raises EmbeddedPostgresError when it ends."""
        while True:
            found = read_pid_file(self.home.data)
            if found is not None and found.pid == self.pid and found.status == "ready":
                return
            if not self.is_alive():
                raise EmbeddedPostgresError(
                    f"the embedded PostgreSQL did not start: {complaint_in(_tail(self.home.log))}; "
                    f"see {self.home.log}, or set DATABASE_URL."
                )
            time.sleep(POLL)

    def stop(self) -> None:
        """Stop it in fast mode (open transactions are rolled back, all is written out); harder
        when that does not help: then the next start recovers from the write-ahead log."""
        short_dir = _short_socket_dir(self.home)
        for how, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            with contextlib.suppress(ProcessLookupError):
                if self.is_alive():
                    os.kill(self.pid, how)
            if _comes_true(lambda: not self.is_alive(), patience):
                break
        if short_dir is not None:
            remove_tree(short_dir)


def _comes_true(condition, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def adopt(home: Home) -> Server | None:
    """The server that already runs on this cluster, or None. One about to stop is seen off."""
    found = read_pid_file(home.data)
    if found is None or not is_ours(found.pid, home.data):
        return None
    server = Server(home, found.pid)
    if found.status == "stopping":
        server.stop()
        return None
    return server


def start(home: Home, programs: Programs) -> Server:
    """Start the server on the cluster that is there; returns when it is ready.

    Only when `adopt` found none. Raises EmbeddedPostgresError.
    """
    _refuse_other_version(home, programs)
    _end_orphans(home)
    environment = clean_environment()
    stale = read_pid_file(home.data)
    if stale is not None:
        # We know that this pid is not our server, but the server itself would see only that it
        # lives, and refuse. It disregards the pid of its grandparent, which pg_ctl tells it in
        # this variable. Unlike removing the file this keeps its other guard: the shared memory
        # segment named there, in which a forgotten process of the old server might still work.
        environment["PG_GRANDPARENT_PID"] = str(stale.pid)
    else:
        # Cut short by a full disk or a loss of power: nothing in it guards anything.
        (home.data / "postmaster.pid").unlink(missing_ok=True)
    short_dir = _short_socket_dir(home)
    if short_dir is not None:
        remove_tree(short_dir)
    attempts = 20
    while True:
        server = _launch(home, programs, environment)
        try:
            server.wait_until_ready()
        except EmbeddedPostgresError:
            # Another may have come first: one launched by a supervisor that was killed right then.
            other = adopt(home)
            if other is not None:
                other.wait_until_ready()
                return other
            attempts -= 1
            if "shared memory block" not in _tail(home.log) or not attempts:
                raise
            time.sleep(0.5)  # the processes of a killed server need a moment to notice
        else:
            return server


def _launch(home: Home, programs: Programs, environment: dict[str, str]) -> Server:
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": _socket_dir(home),
        "unix_socket_permissions": "0700",
        "max_connections": MAX_CONNECTIONS,
        "log_destination": "stderr",
        "logging_collector": "off",
        "log_timezone": "UTC",
    }
    command = [programs.path("postgres"), "-D", str(home.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with home.log.open("ab") as log:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=environment
        )
    return Server(home, child.pid, child)


def _end_orphans(home: Home) -> None:
    """A server must not start while a process of its killed predecessor may still write. Nobody
    can be using these: their clients have lost the answer already."""
    for how in (signal.SIGQUIT, signal.SIGKILL):
        for pid in orphans(home.data):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, how)
        if _comes_true(lambda: not orphans(home.data), 5):
            return


def _socket_dir(home: Home) -> str:
    """A folder for the socket that only the server's account (and root) can enter."""
    plain = PLAIN_PATH.fullmatch(str(home.run))
    if plain and len(os.fsencode(home.run / SOCKET_NAME)) <= SOCKET_PATH_MAX:
        remove_tree(home.run)
        home.run.mkdir(mode=0o700)
        return str(home.run)
    for parent in (*SHORT_PARENTS, tempfile.gettempdir()):
        with contextlib.suppress(OSError):
            return tempfile.mkdtemp(prefix=SHORT_PREFIX, dir=parent)
    raise EmbeddedPostgresError(
        f"the path {home.path} is too long for a socket and no temporary folder can be written; "
        "use a checkout with a shorter path, or set DATABASE_URL."
    )


def _short_socket_dir(home: Home) -> Path | None:
    """The temporary folder that the last server had its socket in, if it is still there."""
    found = read_pid_file(home.data)
    if found is None or not Path(found.socket_dir).name.startswith(SHORT_PREFIX):
        return None
    path = Path(found.socket_dir)
    mine = path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.geteuid()
    return path if mine else None


def _refuse_other_version(home: Home, programs: Programs) -> None:
    there = (home.data / "PG_VERSION").read_text().strip()
    shown = subprocess.run(
        [programs.path("postgres"), "-V"], capture_output=True, text=True, env=clean_environment()
    ).stdout
    ours = re.search(r"\(PostgreSQL\) (\d+)", shown)
    if ours is None or ours.group(1) != there:
        raise EmbeddedPostgresError(
            f"{home.data} was made by PostgreSQL {there}, but this is "
            f"{ours.group(1) if ours else 'unknown'}; move that folder away to begin with an empty "
            "database, or set DATABASE_URL to a server that has the data."
        )


def turn_log(home: Home) -> None:
    """Begin a new log, keeping the one before."""
    if home.log.exists():
        home.log.replace(home.log.with_suffix(".log.1"))


def bound_log(home: Home) -> None:
    """Empty the log when it has grown too large; the server goes on writing at its beginning."""
    with contextlib.suppress(OSError):
        if home.log.stat().st_size > LOG_MAX_BYTES:
            shutil.copyfile(home.log, home.log.with_suffix(".log.1"))
            os.truncate(home.log, 0)


def _tail(path: Path) -> str:
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - 4000))
            return log.read().decode(errors="replace")
    except OSError:
        return ""


def complaint_in(text: str) -> str:
    """The line of a program's output that tells most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "error:", "could not"):
        for line in reversed(lines):
            if mark in line:
                return line.split(mark, 1)[1].strip() if mark.endswith(":") else line
    return lines[-1] if lines else "it said nothing"
