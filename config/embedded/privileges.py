"""Under which account the server runs, when root starts it.

PostgreSQL refuses to run as root. Root therefore acts as the owner of var/ (of the checkout, when
var/ is new), so that root and that owner can use the same server in turn or at once; where the
owner is root itself, as `nobody`. Nothing outside var/postgres changes owner or rights.
"""

import contextlib
import ctypes
import os
import pwd
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.embedded.home import EmbeddedPostgresError, Home, supervisor_runs

# From <linux/capability.h> and <linux/prctl.h>; the interface of the kernel, which does not change.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, PR_CAP_AMBIENT_CLEAR_ALL = 8, 47, 2, 4
CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Account:
    """An unprivileged account. `named` is false when the machine has no name for the uid, as in a
    container that sees a checkout of the machine outside."""

    uid: int
    gid: int
    groups: tuple[int, ...]
    named: bool


def account_of(uid: int, gid: int) -> Account:
    """The account with its groups; `gid` is used when the machine does not know the uid."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(uid, gid, (), named=False)
    groups = tuple(os.getgrouplist(entry.pw_name, entry.pw_gid))
    return Account(uid, entry.pw_gid, groups, named=True)


def nobody() -> Account:
    """The account that owns nothing. Raises EmbeddedPostgresError where there is none."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedPostgresError(
            "PostgreSQL refuses to run as root and this machine has no user `nobody` to run it as; "
            "run Samlad as an ordinary user, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid, (), named=True)


def server_account(home: Home) -> Account | None:
    """The account to run the server under; None when the process itself will do (not root)."""
    if os.geteuid() != 0:
        return None
    nearest = next(path for path in (home.var, *home.var.parents) if path.exists())
    owner = nearest.stat()
    kept = home.path.lstat() if home.path.exists() else None
    if kept is not None and kept.st_uid != 0 and (owner.st_uid == 0 or _in_use(home)):
        owner = kept
    if owner.st_uid == 0:
        return nobody()
    return account_of(owner.st_uid, owner.st_gid)


def _in_use(home: Home) -> bool:
    """Whether a server may be at work, so that its files must not change owner now."""
    if supervisor_runs(home):
        return True
    try:
        os.kill(int((home.data / "postmaster.pid").read_text().split("\n", 1)[0]), 0)
    except (OSError, ValueError):
        return False
    return True


def give_tree(top: Path, account: Account) -> None:
    """Make `account` the owner of `top` and all in it. Links are neither followed nor changed, and
    neither is a file with another name elsewhere: that name might lie outside var/."""
    for _, folders, files, folder_fd in os.fwalk(top, follow_symlinks=False):
        _give(folder_fd, account)
        for name in (*folders, *files):
            found = os.stat(name, dir_fd=folder_fd, follow_symlinks=False)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
                continue
            if found.st_uid != account.uid:
                os.chown(name, account.uid, account.gid, dir_fd=folder_fd, follow_symlinks=False)


def _give(fd: int, account: Account) -> None:
    if os.fstat(fd).st_uid != account.uid:
        os.fchown(fd, account.uid, account.gid)


def become(account: Account, can_work: Callable[[], bool]) -> None:
    """Turn this process (root, single-threaded) into `account`, for good.

    An unprivileged account may be unable to reach the checkout or the programs at all: they lie
    under /root, or were installed with umask 077. Opening those folders to everyone is out of the
    question, and a user namespace is forbidden in most containers. So then, and only then, the
    process and the PostgreSQL it starts keep ONE capability of root, to read past the rights of
    files; the weakest with which `can_work()` is true. Elsewhere nothing is kept, so that a server
    that another user shares lends that user nothing of root's.

    Raises EmbeddedPostgresError when no way works.
    """
    linux = sys.platform == "linux"
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if linux:
            libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        # Forbidden in some containers; that root's groups then stay is harmless.
        with contextlib.suppress(PermissionError):
            os.setgroups(account.groups)
        os.setgid(account.gid)
        os.setuid(account.uid)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"PostgreSQL refuses to run as root, and changing to uid {account.uid} failed "
            f"({error.strerror}); run Samlad as an ordinary user, or set DATABASE_URL."
        ) from error
    if not linux:
        if can_work():
            return
    else:
        for kept in (None, CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE):
            if _use_only(libc, kept) and can_work():
                _set_capabilities(libc, kept, permitted=0 if kept is None else 1 << kept)
                return
    raise EmbeddedPostgresError(
        f"PostgreSQL refuses to run as root, and uid {account.uid}, which it would run as, cannot "
        f"reach the checkout or the Python environment; put both where other users can read them, "
        f"run Samlad as an ordinary user, or set DATABASE_URL."
    )


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Word(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _use_only(libc: ctypes.CDLL, capability: int | None) -> bool:
    """Use this capability alone, here and in what we start; the right to the others is kept until
    the choice is made. False when the process has no right to it."""
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    if not _set_capabilities(libc, capability, permitted=None):
        return False
    if capability is None:
        return True
    return libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0


def _set_capabilities(libc: ctypes.CDLL, used: int | None, *, permitted: int | None) -> bool:
    header, words = _Header(CAPABILITY_VERSION_3, 0), (_Word * 2)()
    if libc.capget(ctypes.byref(header), words) != 0:
        return used is None
    mask = 0 if used is None else 1 << used
    words[0].effective, words[1].effective = mask, 0
    words[0].inheritable, words[1].inheritable = mask, 0
    if permitted is not None:
        words[0].permitted, words[1].permitted = permitted, 0
    return libc.capset(ctypes.byref(header), words) == 0
