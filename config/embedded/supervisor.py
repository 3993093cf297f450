"""The process that keeps the embedded PostgreSQL: `python -m config.embedded.supervisor`.

Started by the first process that needs the server. It leaves its starter, gives up root, starts
the server (or takes over one whose supervisor was killed), and stops it when the last user is
gone. It starts it again if it dies while it is being used.

Its starter reads one line from its output: `ready`, `taken` (another supervisor lives) or
`error: …`.
"""

import contextlib
import fcntl
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path

from config.embedded import cluster, making
from config.embedded.home import (
    EmbeddedPostgresError,
    Home,
    in_one_line,
    open_lock,
    same_file,
    try_lock,
)
from config.embedded.privileges import (
    Account,
    account_of,
    become,
    give_tree,
    nobody,
)

WATCH_EVERY = 0.2  # seconds
# A server that dies this often within so many seconds of its start is given up.
HOPELESS_AFTER, SHORT_LIFE = 3, 10.0

asked_to_stop = threading.Event()


def main(home: Home, programs: cluster.Programs) -> None:
    os.umask(0o077)
    os.chdir("/")
    # Its starter may have blocked or ignored signals, which a program inherits.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.set())

    lock = open_lock(home.supervisor_lock)
    if not try_lock(lock, fcntl.LOCK_EX):
        _say("taken")
        return
    # The pid of an earlier supervisor must not stand here for ours, not even for a moment.
    os.ftruncate(lock, 0)
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        with os.fdopen(reading) as answer:
            _say(answer.readline().strip() or "error: the supervisor was killed; try again.")
        return
    os.close(reading)
    os.setsid()
    os.write(lock, str(os.getpid()).encode())
    users = -1
    try:
        account = None
        if os.geteuid() == 0:
            # The starter chose the account, and gave it the home.
            owner = home.path.lstat()
            account = account_of(owner.st_uid, owner.st_gid)
            give_tree(home.path, account)  # what root or an earlier owner left in it
        if not making.is_made(home):
            _make(home, programs, account)
        if account is not None:
            become(account, lambda: programs.can_run(home))
        cluster.turn_log(home)
        _leave_terminal(home)
        users = open_lock(home.users_lock)
        _keep(home, programs, users, report=lambda line: _report(writing, line))
    except EmbeddedPostgresError as error:
        _log(str(error))
        _report(writing, f"error: {error}")
    except OSError as error:
        _log(str(error))
        _report(writing, f"error: {in_one_line(error, home)}")
    except Exception as error:
        # A fault of ours: whole in the log, one line to the starter.
        _log("".join(traceback.format_exception(error)))
        _report(writing, f"error: the supervisor failed ({error!r}); see {home.log}.")
    # In this order: whoever gets the users' lock must find that no supervisor lives, and start one.
    os.close(lock)
    if users >= 0:
        os.close(users)


def _make(home: Home, programs: cluster.Programs, account: Account | None) -> None:
    """Make the cluster, as `account` if given (we are root then).

    initdb, alone of the programs, insists that its account has a name. A container's root that
    works in a checkout of an account unknown there therefore makes it as nobody, and hands it over.
    """
    unfinished = making.new_unfinished(home)
    if account is None:
        making.make(unfinished, programs)
    else:
        maker = account if account.named else nobody()
        os.chown(unfinished, maker.uid, maker.gid, follow_symlinks=False)
        _in_child(lambda: _make_as(maker, unfinished, home, programs))
        give_tree(unfinished, account)
    making.finish_making(unfinished, home)


def _make_as(maker: Account, unfinished: Path, home: Home, programs: cluster.Programs) -> None:
    become(maker, lambda: programs.can_run(home) and unfinished.is_dir())
    making.make(unfinished, programs)


def _in_child(work) -> None:
    """Do `work` in a child process, whose loss of rights is its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        complaint = ""
        try:
            work()
        except EmbeddedPostgresError as error:
            complaint = str(error)
        except BaseException as error:
            complaint = f"making the database failed ({error!r})."
        _report(writing, complaint)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        line = answer.readline()
    os.waitpid(child, 0)
    if line != "\n":
        raise EmbeddedPostgresError(
            line.strip() or "making the database was interrupted; try again."
        )


def _keep(home: Home, programs: cluster.Programs, users: int, report) -> None:
    """Keep the server until nobody uses it. Raises EmbeddedPostgresError when it will not live."""
    deaths = 0
    while True:
        born = time.monotonic()
        server = cluster.adopt(home)
        if server is not None:
            server.wait_until_ready()
        else:
            server = cluster.start(home, programs)
        report("ready")
        if not _watch(server, users):
            return
        deaths = deaths + 1 if time.monotonic() - born < SHORT_LIFE else 1
        if deaths > HOPELESS_AFTER:
            raise EmbeddedPostgresError(
                f"the embedded PostgreSQL dies again and again; see {home.log}."
            )
        _log("the server is gone though it is being used; starting it again")


def _watch(server: cluster.Server, users: int) -> bool:
    """Returns False when the server was stopped for good, True when it should be started again.

    When nobody uses the server any more this process keeps the users' lock to itself, so that a
    new user waits until the old server is really gone.
    """
    home = server.home
    while True:
        if not same_file(users, home.users_lock):
            _log(f"{home.path} was removed; stopping")
            server.stop()
            return False
        if asked_to_stop.is_set() or try_lock(users, fcntl.LOCK_EX):
            server.stop()
            return False
        if not server.is_alive():
            return True
        if not server.is_reachable():
            server.stop()
            return True
        cluster.bound_log(home)
        time.sleep(WATCH_EVERY)


def _report(fd: int, line: str) -> None:
    """Tell the starter, once; later lines, and a starter that is gone, are nobody's loss."""
    with contextlib.suppress(OSError):
        os.write(fd, f"{' '.join(line.split())}\n".encode())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _leave_terminal(home: Home) -> None:
    """No input, and all output to the log: who waits for our starter's output shall not wait
    for us."""
    with home.log.open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)


def _log(message: str) -> None:
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    with contextlib.suppress(OSError):
        os.write(2, f"{now} UTC [{os.getpid()}] supervisor: {message}\n".encode())


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])), cluster.Programs(Path(sys.argv[2])))
