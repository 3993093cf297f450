"""Making the cluster, on first use: whole or not at all."""

import locale
import os
import pwd
import subprocess
import tempfile
import time
from pathlib import Path

from config.embedded.cluster import USER, Programs, clean_environment, complaint_in
from config.embedded.home import EmbeddedPostgresError, Home, remove_tree

UNFINISHED = "data.unfinished-"
# Each system has its own name for it; the first that the machine knows is used.
CTYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8", "C")


def is_made(home: Home) -> bool:
    """Whether there is a whole cluster. What is not whole is put aside, never deleted."""
    if (home.data / "PG_VERSION").exists() and (home.data / "global" / "pg_control").exists():
        return True
    if home.data.exists():
        aside = home.data.with_name(f"data.broken-{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}")
        home.data.rename(aside)
    return False


def new_unfinished(home: Home) -> Path:
    """An empty folder for initdb to work in, under a name of its own: an initdb whose supervisor
    was killed may still be at work in another, which is removed under its hands."""
    for left in home.path.glob(f"{UNFINISHED}*"):
        remove_tree(left)
    return Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=home.path))


def make(unfinished: Path, programs: Programs) -> None:
    """Make a cluster in the empty folder `unfinished`. Raises EmbeddedPostgresError.

    UTF-8 and the server's own C.UTF-8 whatever the machine has, so that every database made from
    its templates (the test databases too) sorts and folds letters alike everywhere.
    """
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise EmbeddedPostgresError(
            f"this machine has no account for uid {os.geteuid()}, and PostgreSQL's initdb demands "
            "one; add it to /etc/passwd, run Samlad as another user, or set DATABASE_URL."
        ) from None
    # The text parser asks the C library what is a letter; in "C" it takes a curly quote for one.
    ctype = next(name for name in CTYPES if _knows_locale(name))
    made = subprocess.run(
        [
            programs.path("initdb"),
            f"--pgdata={unfinished}",
            f"--username={USER}",
            "--auth=trust",  # the socket's folder is what keeps others out
            "--encoding=UTF8",
            "--locale=C",
            f"--lc-ctype={ctype}",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            # The application names its configuration; a server of one's own has another default.
            "--text-search-config=simple",
            "--data-checksums",
            "--no-instructions",
            "--set=timezone=UTC",
            "--set=log_timezone=UTC",
        ],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=clean_environment(),
    )
    if made.returncode:
        raise EmbeddedPostgresError(
            f"the embedded PostgreSQL could not make its database: {complaint_in(made.stderr)}; "
            "mend that and try again, or set DATABASE_URL."
        )


def finish_making(unfinished: Path, home: Home) -> None:
    """The cluster is whole from now on: one rename, durable."""
    unfinished.rename(home.data)
    fd = os.open(home.path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _knows_locale(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_CTYPE, "C")
    return True
