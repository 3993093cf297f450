"""Where the embedded PostgreSQL keeps its things under var/, and the locks it is governed by.

Every lock is an flock(2): the kernel lets go of it when the last process that holds it is gone,
however that process died. None of these descriptors is inherited by a program we start (Python
opens files close-on-exec), but a forked child shares its parent's, and so counts as a user.
"""

import errno
import fcntl
import os
import pwd
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

POLL = 0.02  # seconds between two looks at a condition


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used. The text is one sentence: what, and what to do."""


@dataclass(frozen=True)
class Home:
    """The folder `var/postgres` and what lies in it."""

    path: Path

    @classmethod
    def under(cls, var_dir: Path | str) -> "Home":
        """The home inside `var_dir`, which may be a link but need not exist yet."""
        return cls(Path(var_dir).resolve() / "postgres")

    @property
    def var(self) -> Path:
        return self.path.parent

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def log(self) -> Path:
        return self.path / "postgres.log"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server; the supervisor stops it when it gets
        this lock for itself alone."""
        return self.path / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while looking whether the server runs, and while starting it."""
        return self.path / "start.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor for as long as it lives; its pid stands in the file."""
        return self.path / "supervisor.lock"


def open_lock(path: Path) -> int:
    """A descriptor of the lock file, created when missing.

    Links are not followed: root opens these files in folders that belong to others.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def try_lock(fd: int, operation: int) -> bool:
    """Whether the lock could be had at once; `operation` is fcntl.LOCK_SH or LOCK_EX."""
    try:
        fcntl.flock(fd, operation | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
    return True


def same_file(fd: int, path: Path) -> bool:
    """Whether `path` still names the file that `fd` has open (and not a new one in its place)."""
    try:
        return os.path.samestat(os.fstat(fd), os.lstat(path))
    except FileNotFoundError:
        return False


def take_lock(path: Path, operation: int, deadline: float) -> int:
    """Open and lock `path`, waiting until `deadline` (by time.monotonic()).

    Returns the descriptor, closing it lets go. A lock on a file that was removed while we waited
    binds nobody, so then it begins again. Raises TimeoutError.
    """
    while True:
        fd = open_lock(path)
        try:
            while not try_lock(fd, operation):
                if time.monotonic() > deadline:
                    raise TimeoutError(errno.ETIMEDOUT, "still held by another process", str(path))
                time.sleep(POLL)
            if same_file(fd, path):
                return fd
        except BaseException:
            os.close(fd)
            raise
        os.close(fd)


def supervisor_runs(home: Home) -> bool:
    """Whether a supervisor lives. To be asked by the holder of the start lock."""
    try:
        fd = os.open(home.supervisor_lock, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not try_lock(fd, fcntl.LOCK_SH)
    finally:
        os.close(fd)


def user_name(uid: int) -> str:
    """The name of the account, or its number when it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def remove_tree(path: Path) -> None:
    """Remove a folder and all in it; no error when it is not there."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def in_one_line(error: OSError, home: Home) -> str:
    """What an error of the file system means for the embedded server, and what to do."""
    where = error.filename if isinstance(error.filename, str) else str(home.path)
    otherwise = "or set DATABASE_URL to a PostgreSQL server of your own"
    if isinstance(error, TimeoutError):
        return (
            f"another process has been starting or stopping the embedded PostgreSQL for too long "
            f"({where}); see {home.log}, and try again {otherwise}."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        me, owner = user_name(os.geteuid()), _owner_of_nearest(Path(where))
        give = f"run `sudo chown -R {os.geteuid()} {home.var}` once, " if os.geteuid() else ""
        return (
            f"{where} belongs to {owner} and cannot be used by {me}; "
            f"{give}run Samlad as {owner}, {otherwise}."
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full, so {where} cannot be written; make room, {otherwise}."
    if error.errno == errno.EROFS:
        return (
            f"{where} lies on a disk that cannot be written; put the checkout on one that can, "
            f"{otherwise}."
        )
    reason = error.strerror or error
    return f"the embedded PostgreSQL cannot use {where} ({reason}); mend that, {otherwise}."


def _owner_of_nearest(path: Path) -> str:
    for candidate in (path, *path.parents):
        try:
            return user_name(candidate.lstat().st_uid)
        except OSError:
            continue
    return "another user"
