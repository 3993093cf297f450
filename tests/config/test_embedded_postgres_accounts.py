"""The embedded PostgreSQL under root, under ordinary users, and under one after the other."""

import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.privileges import CAP_DAC_OVERRIDE
from tests.config.embedded_users import Place, becomes_true, user_environment

pytestmark = [
    pytest.mark.deep,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as several users in turn"),
]
UNNAMED = 54321


@pytest.fixture(scope="module")
def python() -> str:
    """An interpreter that an ordinary user can run: the one of the tests may lie under /root."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            ran = subprocess.run(
                [candidate, "-c", "import config.embedded_postgres"],
                user="nobody",
                group=pwd.getpwnam("nobody").pw_gid,
                extra_groups=[],
                cwd="/",
                env=user_environment(),
                capture_output=True,
            )
        except OSError:
            continue
        if ran.returncode == 0:
            return candidate
    pytest.skip("an ordinary user can reach no interpreter and checkout here")


@pytest.fixture
def ordinary() -> int:
    """The uid of an account that is neither root nor nobody."""
    for entry in pwd.getpwall():
        if entry.pw_uid not in (0, pwd.getpwnam("nobody").pw_uid):
            return entry.pw_uid
    pytest.skip("this machine has no account but root and nobody")


def checkout(folder: Path, owner: int) -> Place:
    os.chown(folder, owner, owner)
    return Place(folder / "var")


@pytest.fixture
def root_place(open_folder: Path) -> Iterator[Place]:
    place = checkout(open_folder, 0)
    yield place
    place.close()


@pytest.fixture
def owned_place(open_folder: Path, ordinary: int) -> Iterator[Place]:
    place = checkout(open_folder, ordinary)
    yield place
    place.close()


def owners(top: Path) -> set[int]:
    return {path.lstat().st_uid for path in (top, *top.rglob("*"))}


def rights(*paths: Path) -> list[tuple[int, int, int]]:
    return [(found.st_mode, found.st_uid, found.st_gid) for found in (p.lstat() for p in paths)]


def runs_as(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


@pytest.mark.deep
def test_an_ordinary_user_has_all_under_its_own_name(
    owned_place: Place, ordinary: int, python: str
) -> None:
    assert owned_place.user(uid=ordinary, python=python).answer["dbname"] == "samlad"
    assert owners(owned_place.var) == {ordinary}


@pytest.mark.deep
def test_root_acts_as_the_owner_of_the_checkout(owned_place: Place, ordinary: int) -> None:
    owned_place.user()
    assert owners(owned_place.var) == {ordinary}
    for pid in (owned_place.server.pid, owned_place.supervisor):
        status = runs_as(pid)
        assert status["Uid"].split() == [str(ordinary)] * 4
        assert "0" not in status["Groups"].split()
        # Who shares this server must not be lent anything of root's.
        sets = ("CapInh", "CapPrm", "CapEff", "CapAmb")
        assert [int(status[name], 16) for name in sets] == [0] * 4


@pytest.mark.parametrize("root_first", [True, False])
def test_root_and_the_owner_share_one_server_and_follow_each_other(
    owned_place: Place, ordinary: int, python: str, root_first: bool
) -> None:
    root, owner = {}, {"uid": ordinary, "python": python}
    first, second = (root, owner) if root_first else (owner, root)

    one = owned_place.user(**first)
    owned_place.ask("CREATE TABLE kept AS SELECT 1 AS number")
    server = owned_place.server
    two = owned_place.user(**second)
    assert two.answer == one.answer
    assert owned_place.server == server

    one.end(signal.SIGKILL)
    assert owned_place.server == server
    two.end(signal.SIGKILL)
    assert becomes_true(owned_place.is_stopped)

    assert "error" not in owned_place.user(**second).answer
    assert owned_place.ask("SELECT number FROM kept") == (1,)
    assert owners(owned_place.var) == {ordinary}


def test_root_in_a_checkout_of_its_own_runs_the_server_as_nobody(root_place: Place) -> None:
    root_place.user()
    nobody = pwd.getpwnam("nobody").pw_uid
    assert runs_as(root_place.server.pid)["Uid"].split() == [str(nobody)] * 4
    assert root_place.var.stat().st_uid == 0
    assert owners(root_place.home.path) == {nobody}


def test_an_ordinary_user_in_roots_var_is_told_in_one_line(
    root_place: Place, ordinary: int, python: str
) -> None:
    root_place.user().end()
    assert becomes_true(root_place.is_stopped)

    error = root_place.user(uid=ordinary, python=python).answer["error"]
    name = pwd.getpwuid(ordinary).pw_name
    assert error == (
        f"{root_place.home.users_lock} belongs to nobody and cannot be used by {name}; run "
        f"`sudo chown -R {ordinary} {root_place.var}` once, run Samlad as nobody, or set "
        "DATABASE_URL to a PostgreSQL server of your own."
    )


@pytest.mark.deep
def test_an_ordinary_user_that_cannot_make_var_is_told_in_one_line(
    root_place: Place, ordinary: int, python: str
) -> None:
    error = root_place.user(uid=ordinary, python=python).answer["error"]
    assert error.startswith(f"{root_place.var} belongs to root and cannot be used by ")
    assert "\n" not in error


@pytest.mark.deep
def test_the_advice_given_works(root_place: Place, ordinary: int, python: str) -> None:
    root_place.user()
    root_place.ask("CREATE TABLE kept AS SELECT 1 AS number")
    root_place.close_users()

    subprocess.run(["chown", "-R", str(ordinary), str(root_place.var)], check=True)
    assert "error" not in root_place.user(uid=ordinary, python=python).answer
    assert root_place.ask("SELECT number FROM kept") == (1,)


@pytest.mark.deep
def test_root_mends_owners_that_are_mixed(root_place: Place, ordinary: int, python: str) -> None:
    root_place.user()
    root_place.ask("CREATE TABLE kept AS SELECT 1 AS number")
    root_place.close_users()

    os.chown(root_place.var, ordinary, ordinary)  # the folder alone, not what is in it
    root_place.user()
    assert owners(root_place.var) == {ordinary}
    assert "error" not in root_place.user(uid=ordinary, python=python).answer
    assert root_place.ask("SELECT number FROM kept") == (1,)


@pytest.mark.deep
def test_root_in_a_checkout_of_an_account_unknown_here(open_folder: Path) -> None:
    """As in a container that is given a folder of the machine outside."""
    place = checkout(open_folder, UNNAMED)
    place.user()
    assert place.ask("SELECT 1") == (1,)
    assert owners(place.var) == {UNNAMED}
    assert runs_as(place.server.pid)["Uid"].split() == [str(UNNAMED)] * 4
    place.close()


def test_an_ordinary_account_without_a_name_is_told_in_one_line(
    open_folder: Path, python: str
) -> None:
    place = checkout(open_folder, UNNAMED)
    assert place.user(uid=UNNAMED, python=python).answer == {
        "error": f"this machine has no account for uid {UNNAMED}, and PostgreSQL's initdb demands "
        "one; add it to /etc/passwd, run Samlad as another user, or set DATABASE_URL."
    }
    place.close()


@pytest.mark.deep
def test_a_root_of_few_capabilities_makes_do_with_what_containers_have(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    place = Place(closed / "var")
    place.user(wrapper=("setpriv", "--bounding-set=-dac_read_search"))
    assert int(runs_as(place.server.pid)["CapPrm"], 16) == 1 << CAP_DAC_OVERRIDE
    place.close()


def test_a_root_that_is_no_root_is_told_in_one_line(place: Place) -> None:
    if subprocess.run(["unshare", "-r", "true"], capture_output=True).returncode:
        pytest.skip("this machine allows no user namespaces")
    error = place.user(wrapper=("unshare", "-r")).answer["error"]
    assert error.startswith(
        "PostgreSQL refuses to run as root, and this root (in a user namespace)"
    )


@pytest.mark.parametrize("owner", [0, pytest.param(UNNAMED, marks=pytest.mark.deep)])
def test_a_checkout_nobody_else_can_enter_works_and_keeps_its_rights(
    tmp_path: Path, owner: int
) -> None:
    closed = tmp_path / "root" / "checkout"
    closed.mkdir(parents=True)
    closed.parent.chmod(0o700)
    os.chown(closed, owner, owner)
    outside = [closed, *closed.parents]
    before = rights(*outside)

    place = Place(closed / "var")
    place.user()
    assert place.ask("SELECT 1") == (1,)
    status = runs_as(place.server.pid)
    assert status["Uid"].split() != ["0"] * 4
    assert int(status["CapPrm"], 16).bit_count() == 1  # read past rights, nothing else
    assert int(status["CapAmb"], 16) == int(status["CapPrm"], 16)
    place.close()

    assert rights(*outside) == before


@pytest.mark.deep
def test_links_in_the_home_lead_root_nowhere(owned_place: Place, open_folder: Path) -> None:
    treasure = open_folder / "treasure"
    treasure.write_text("root's")
    (open_folder / "folder").mkdir()
    (open_folder / "folder" / "inner").write_text("root's")
    owned_place.user().end()
    assert becomes_true(owned_place.is_stopped)
    home = owned_place.home
    for name, target in (("link", treasure), ("tree", open_folder / "folder")):
        (home.path / name).symlink_to(target)
    (home.path / "second-name").hardlink_to(treasure)
    outside = (treasure, open_folder / "folder", open_folder / "folder" / "inner")
    before = rights(*outside)

    owned_place.user().end()
    assert becomes_true(owned_place.is_stopped)
    home.users_lock.unlink()
    home.users_lock.symlink_to(treasure)
    assert "error" in owned_place.user().answer

    assert rights(*outside) == before
    assert treasure.read_text() == "root's"


@pytest.mark.deep
def test_the_home_is_private_to_the_account(owned_place: Place) -> None:
    owned_place.user()
    assert stat.S_IMODE(owned_place.home.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(owned_place.home.log.stat().st_mode) == 0o600
