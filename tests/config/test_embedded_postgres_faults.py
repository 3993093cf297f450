"""The embedded PostgreSQL after kills, leftovers, other versions and full disks."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.embedded.cluster import orphans
from tests.config.embedded_users import Place, becomes_true

pytestmark = pytest.mark.deep
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def write_something(place: Place) -> None:
    place.ask("CREATE TABLE kept (word text)")
    place.ask("INSERT INTO kept VALUES ('confirmed')")


def kill_all(place: Place) -> None:
    """The server and its supervisor at once, as when the machine loses power."""
    server, supervisor = place.server.pid, place.supervisor
    for pid in (supervisor, server, *orphans(place.home.data)):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    assert becomes_true(lambda: place.is_stopped() and not orphans(place.home.data))


def test_a_killed_postmaster_is_replaced_and_what_was_committed_is_there(place: Place) -> None:
    place.user()
    write_something(place)
    killed = place.server.pid

    os.kill(killed, signal.SIGKILL)
    assert "error" not in place.user().answer

    assert place.server.pid != killed
    assert place.ask("SELECT word FROM kept") == ("confirmed",)


@pytest.mark.deep
def test_a_killed_postmaster_is_replaced_though_nobody_asks_anew(place: Place) -> None:
    place.user()
    write_something(place)
    killed = place.server.pid

    os.kill(killed, signal.SIGKILL)

    assert becomes_true(lambda: _is_new(place, killed))
    assert place.ask("SELECT word FROM kept") == ("confirmed",)


def _is_new(place: Place, killed: int) -> bool:
    found = place.server
    return found is not None and found.pid != killed and found.status == "ready"


@pytest.mark.deep
@linux_only
def test_a_busy_process_of_a_killed_postmaster_does_not_stand_in_the_way(place: Place) -> None:
    place.user()
    write_something(place)
    connection = place.connect()
    # Does not notice that its postmaster is gone: it never waits for anything.
    connection.execute("SET statement_timeout = 0")
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12::bigint)")
    connection.pgconn.flush()

    kill_only_postmaster_and_supervisor(place)
    assert "error" not in place.user().answer
    assert place.ask("SELECT word FROM kept") == ("confirmed",)
    connection.close()


def kill_only_postmaster_and_supervisor(place: Place) -> None:
    server, supervisor = place.server.pid, place.supervisor
    os.kill(supervisor, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)


def test_after_a_killed_supervisor_the_next_user_keeps_the_same_server(place: Place) -> None:
    first = place.user()
    server, supervisor = place.server, place.supervisor

    os.kill(supervisor, signal.SIGKILL)
    assert becomes_true(lambda: place.supervisor is None)
    second = place.user()

    assert place.server == server
    assert place.supervisor != supervisor
    first.end(signal.SIGKILL)
    second.end(signal.SIGKILL)
    assert becomes_true(place.is_stopped)


@pytest.mark.deep
def test_a_server_about_to_stop_is_waited_for(place: Place) -> None:
    user = place.user()
    write_something(place)
    old = place.server.pid
    os.kill(place.supervisor, signal.SIGKILL)
    os.kill(old, signal.SIGINT)
    user.end(signal.SIGKILL)

    assert "error" not in place.user().answer
    assert place.server.pid != old
    assert place.ask("SELECT word FROM kept") == ("confirmed",)


@pytest.mark.parametrize(
    "hold", ["foreign", *(pytest.param(name, marks=pytest.mark.deep) for name in ("ours", "init"))]
)
def test_a_stale_pid_file_with_the_pid_of_another_program_is_seen_through(
    place: Place, hold: str
) -> None:
    place.user()
    write_something(place)
    pid_file = place.home.data / "postmaster.pid"
    owner = pid_file.stat()
    kill_all(place)
    # Under the server's own account, so that the server could signal it.
    other = subprocess.Popen(
        ["sleep", "600"],
        **({"user": owner.st_uid} if os.geteuid() == 0 else {}),
        cwd="/" if hold == "foreign" else None,
    )
    pid = {"foreign": other.pid, "ours": os.getpid(), "init": 1}[hold]
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(pid), *lines[1:]]) + "\n")

    try:
        assert "error" not in place.user().answer
        assert place.ask("SELECT word FROM kept") == ("confirmed",)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


@pytest.mark.deep
@pytest.mark.parametrize("content", ["", "not a number\n", "99999999\n/nowhere\n"])
def test_a_garbled_pid_file_is_seen_through(place: Place, content: str) -> None:
    place.user().end()
    assert becomes_true(place.is_stopped)
    pid_file = place.home.data / "postmaster.pid"
    pid_file.write_text(content)
    if os.geteuid() == 0:
        owner = place.home.data.stat()
        os.chown(pid_file, owner.st_uid, owner.st_gid)

    assert "error" not in place.user().answer


@linux_only
def test_initdb_that_was_killed_is_begun_again(place: Place) -> None:
    user = place.start_user()
    home = place.home
    assert becomes_true(lambda: list(home.path.glob("data.unfinished-*/base")))
    os.kill(place.supervisor, signal.SIGKILL)
    for process in _initdb_in(home.path):
        os.kill(process, signal.SIGKILL)
    user.end(signal.SIGKILL)

    assert "error" not in place.user().answer
    assert place.ask("SELECT 1") == (1,)
    assert list(home.path.glob("data.unfinished-*")) == []


def _initdb_in(folder: Path) -> list[int]:
    mark = str(folder).encode()
    found = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and mark in (path / "cmdline").read_bytes():
                found.append(int(path.name))
        except OSError:
            continue
    return [pid for pid in found if b"initdb" in _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.deep
def test_a_cluster_that_is_not_whole_is_put_aside_not_deleted(place: Place) -> None:
    place.user().end()
    assert becomes_true(place.is_stopped)
    (place.home.data / "global" / "pg_control").unlink()

    assert "error" not in place.user().answer
    aside = list(place.home.path.glob("data.broken-*"))
    assert [(path / "PG_VERSION").read_text() for path in aside] == ["18\n"]


@pytest.mark.deep
def test_another_major_version_is_one_line(place: Place) -> None:
    place.user().end()
    assert becomes_true(place.is_stopped)
    (place.home.data / "PG_VERSION").write_text("17\n")

    assert place.user().answer == {
        "error": f"{place.home.data} was made by PostgreSQL 17, but this is 18; move that folder "
        "away to begin with an empty database, or set DATABASE_URL to a server that has the data."
    }


@pytest.mark.deep
def test_a_server_that_cannot_start_says_why_in_one_line(place: Place) -> None:
    place.user().end()
    assert becomes_true(place.is_stopped)
    (place.home.data / "postgresql.conf").write_text("shared_buffers = nonsense\n")

    assert place.user().answer == {
        "error": "the embedded PostgreSQL did not start: configuration file "
        f'"{place.home.data}/postgresql.conf" contains errors; '
        f"see {place.home.log}, or set DATABASE_URL."
    }


@pytest.mark.deep
def test_a_dropped_database_is_made_again(place: Place) -> None:
    user = place.user()
    place.ask("DROP DATABASE samlad", dbname="postgres")
    assert place.user().answer == user.answer
    assert place.ask("SELECT 1") == (1,)


@pytest.mark.deep
def test_a_var_that_was_removed_under_a_running_server_is_begun_anew(place: Place) -> None:
    place.user()
    old = place.server.pid
    # The server sees its data go and removes its own last file beside us.
    shutil.rmtree(place.var, ignore_errors=True)
    shutil.rmtree(place.var, ignore_errors=True)
    assert not place.var.exists()

    assert "error" not in place.user().answer
    assert place.server.pid != old
    assert becomes_true(lambda: not _command(old))


@pytest.mark.deep
@linux_only
def test_a_socket_that_was_cleaned_away_comes_back(place: Place) -> None:
    place.user()
    (Path(place.server.socket_dir) / ".s.PGSQL.5432").unlink()

    assert "error" not in place.user().answer
    assert place.ask("SELECT 1") == (1,)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of our own, with 12 MB."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=755", "none", str(mounted)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)


@pytest.mark.deep
def test_a_full_disk_is_one_line(small_disk: Path) -> None:
    place = Place(small_disk / "var")
    error = place.user().answer["error"]
    place.close()
    assert "No space left on device" in error
    assert "\n" not in error


def test_a_read_only_disk_is_one_line(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert Place(small_disk / "var").user().answer == {
        "error": f"{small_disk}/var lies on a disk that cannot be written; put the checkout on "
        "one that can, or set DATABASE_URL to a PostgreSQL server of your own."
    }


@pytest.mark.deep
def test_thirty_kills_at_any_moment_lose_nothing_that_was_confirmed(place: Place) -> None:
    place.user()
    place.ask("CREATE TABLE entry (number integer)")
    for number in range(30):
        place.user()
        with place.connect() as connection:
            connection.execute("INSERT INTO entry VALUES (%s)", (number,))
        if number % 3:
            os.kill(place.server.pid, signal.SIGKILL)
        if number % 2:
            supervisor = place.supervisor
            if supervisor:
                os.kill(supervisor, signal.SIGKILL)
    place.user()
    with place.connect() as connection:
        found = connection.execute("SELECT number FROM entry ORDER BY number").fetchall()
    assert found == [(number,) for number in range(30)]


@pytest.mark.deep
def test_the_server_ends_with_its_last_user_though_a_stranger_is_connected(place: Place) -> None:
    user = place.user()
    stranger = place.connect()
    user.end(signal.SIGKILL)
    assert becomes_true(place.is_stopped)
    with pytest.raises(psycopg.OperationalError):
        stranger.execute("SELECT 1")
