"""The embedded PostgreSQL as its users meet it: given, shared, stopped, the same everywhere."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config import embedded_postgres
from config.embedded import cluster
from tests.config.embedded_users import Place, UserProcess, becomes_true, user_environment


def test_it_starts_on_first_use_and_answers(place: Place) -> None:
    given = place.user().answer

    assert {name: given[name] for name in ("port", "user", "dbname", "options")} == {
        "port": 5432,
        "user": "samlad",
        "dbname": "samlad",
        "options": {},
    }
    assert given["host"] == place.server.socket_dir
    with psycopg.connect(given["url"]) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("samlad",)


@pytest.mark.deep
def test_it_is_durable_and_listens_to_nobody_but_its_owner(place: Place) -> None:
    place.user()

    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    assert [place.ask(f"SHOW {name}") for name in names] == [("on",)] * 4
    assert place.ask("SHOW listen_addresses") == ("",)
    assert Path(place.server.socket_dir).stat().st_mode & 0o777 == 0o700
    assert place.home.path.stat().st_mode & 0o777 == 0o700


def test_processes_share_one_server(place: Place) -> None:
    first = place.user()
    server = place.server
    second = place.user()

    assert second.answer == first.answer
    assert place.server == server


def test_four_processes_at_once_on_an_empty_folder_get_one_server(place: Place) -> None:
    users = [place.start_user() for _ in range(4)]

    answers = [user.answer for user in users]
    assert answers == [answers[0]] * 4
    assert "error" not in answers[0]
    assert len([pid for pid in cluster.orphans(place.home.data) if _is_postmaster(pid)]) == 1


def _is_postmaster(pid: int) -> bool:
    return b"-D" in Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.parametrize("how", [pytest.param(None, marks=pytest.mark.deep), signal.SIGKILL])
def test_it_stops_when_its_last_user_is_gone_however_it_died(place: Place, how) -> None:
    first, second = place.user(), place.user()
    server = place.server

    first.end(signal.SIGKILL)
    third = place.user()
    third.end()
    assert place.server == server
    assert place.ask("SELECT 1") == (1,)

    second.end(how)
    assert becomes_true(place.is_stopped)


@pytest.mark.deep
def test_a_forked_child_keeps_it_alive(place: Place) -> None:
    program = (
        "import os, sys\n"
        "from config import embedded_postgres\n"
        "embedded_postgres.ensure_running(sys.argv[1])\n"
        "child = os.fork()\n"
        "if child: print(child, flush=True); os._exit(0)\n"
        "os.close(1)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(place.var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=user_environment(),
        text=True,
    )
    child = int(parent.stdout.read())
    parent.wait()

    # A second user that comes and goes: had the child not counted, this would end the server.
    server = place.server
    place.user().end()
    assert place.server == server

    os.kill(child, signal.SIGKILL)
    assert becomes_true(place.is_stopped)
    parent.stdin.close()
    parent.stdout.close()


@pytest.mark.deep
def test_users_that_come_while_it_stops_get_a_new_one_with_the_data(place: Place) -> None:
    user = place.user()
    place.ask("CREATE TABLE visit (number integer)")
    for number in range(4):
        place.ask("INSERT INTO visit SELECT count(*) FROM visit")
        user.end(signal.SIGKILL)
        user = place.user()  # arrives before, during or after the stop
        assert "error" not in user.answer
        assert place.ask("SELECT count(*) FROM visit") == (number + 1,)


@pytest.mark.deep
def test_a_process_can_let_go_and_ask_again(place: Place) -> None:
    first = embedded_postgres.ensure_running(place.var)
    assert embedded_postgres.ensure_running(place.var) == first

    embedded_postgres.release(place.var)
    assert becomes_true(place.is_stopped)

    assert embedded_postgres.ensure_running(place.var) == first
    embedded_postgres.release(place.var)


def test_what_it_starts_holds_no_descriptor_of_its_users(place: Place) -> None:
    place.user()

    pids = [place.supervisor, place.server.pid]
    opened = {
        str(entry.readlink())
        for pid in pids
        for entry in Path(f"/proc/{pid}/fd").iterdir()
        if os.access(entry, os.F_OK)
    }
    assert not any(name.endswith("start.lock") for name in opened)
    postmaster = {str(entry.readlink()) for entry in Path(f"/proc/{pids[1]}/fd").iterdir()}
    assert not any(name.endswith(".lock") for name in postmaster)


HOSTILE = {
    "LC_ALL": "sv_SE.ISO-8859-1",
    "LANG": "C",
    "LANGUAGE": "sv",
    "TZ": "Nowhere/Else",
    "PGDATA": "/nonexistent",
    "PGHOST": "db.invalid",
    "PGHOSTADDR": "192.0.2.1",
    "PGPORT": "1",
    "PGUSER": "stranger",
    "PGDATABASE": "elsewhere",
    "PGPASSWORD": "wrong",
    "PGPASSFILE": "/nonexistent",
    "PGSSLMODE": "verify-full",
    "PGREQUIREAUTH": "scram-sha-256",
    "PGCHANNELBINDING": "require",
    "PGREQUIREPEER": "stranger",
    "PGTARGETSESSIONATTRS": "standby",
    "PGOPTIONS": "-c search_path=nowhere",
    "PGCLIENTENCODING": "LATIN1",
    "PGAPPNAME": "stranger",
}


@pytest.mark.parametrize(
    "environment",
    [pytest.param({"LC_ALL": "C"}, marks=pytest.mark.deep), HOSTILE],
    ids=["C", "hostile"],
)
def test_swedish_letters_and_stems_work_whatever_the_environment(
    place: Place, environment: dict[str, str]
) -> None:
    given = place.user(**environment).answer
    assert "error" not in given

    place.ask("CREATE DATABASE test_samlad")
    for dbname in ("samlad", "test_samlad"):
        assert place.ask(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale "
            "FROM pg_database WHERE datname = current_database()",
            dbname,
        ) == ("UTF8", "b", "C.UTF-8")
        assert place.ask("SELECT lower('ÅÄÖ'), upper('åäö')", dbname) == ("åäö", "ÅÄÖ")
        assert place.ask(
            "SELECT to_tsvector('swedish', 'Åtgärderna mot ”våldet”') "
            "@@ to_tsquery('swedish', 'åtgärd & våldet')",
            dbname,
        ) == (True,)
    assert place.ask("SHOW timezone") == ("UTC",)


@pytest.mark.deep
def test_variables_for_another_server_are_overruled_in_what_is_handed_out(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = place.user(**HOSTILE).answer
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)

    with psycopg.connect(
        host=given["host"],
        port=given["port"],
        user=given["user"],
        dbname=given["dbname"],
        **given["options"],
    ) as connection:
        assert connection.execute("SHOW search_path").fetchone() == ('"$user", public',)


@pytest.mark.deep
def test_a_service_file_is_refused_in_one_line(place: Place) -> None:
    assert place.user(PGSERVICE="other").answer == {
        "error": "PGSERVICE is set, which leads away from the embedded PostgreSQL; unset it, or "
        "set DATABASE_URL to the server it means."
    }


@pytest.mark.parametrize(
    "name", ["d" * 120, pytest.param("a blank, and ünicode", marks=pytest.mark.deep)]
)
def test_a_path_no_socket_can_have_gets_a_short_private_one_that_is_removed(
    tmp_path: Path, name: str
) -> None:
    place = Place(tmp_path / name / "var")
    try:
        socket_dir = Path(place.user().answer["host"])
        assert socket_dir.name.startswith("samlad-pg-")
        assert socket_dir.stat().st_mode & 0o777 == 0o700
        assert place.ask("SELECT 1") == (1,)
    finally:
        place.close()
    assert not socket_dir.exists()


@pytest.mark.deep
def test_the_command_line_says_how_it_is_and_stops_it(place: Place) -> None:
    def command(name: str) -> tuple[int, str]:
        ran = subprocess.run(
            [sys.executable, "-m", "config.embedded_postgres", name, "--var", str(place.var)],
            capture_output=True,
            text=True,
            env=user_environment(),
        )
        return ran.returncode, ran.stdout.split(":")[0].strip()

    assert command("status") == (3, "not running")
    assert command("stop") == (0, "not running")
    place.user()
    assert command("status") == (0, "ready")
    assert command("stop") == (0, "stopped")
    assert place.is_stopped()
    assert command("status") == (3, "not running")
    assert place.user().answer["host"] == place.server.socket_dir


@pytest.mark.deep
def test_using_it_changes_nothing_else_in_the_process(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, threading\n"
        "def state():\n"
        "    return (dict(os.environ), os.getcwd(), os.umask(0o22),\n"
        "            [signal.getsignal(s) for s in signal.valid_signals()],\n"
        "            threading.active_count(), sorted(os.listdir('/proc/self/fd')))\n"
        "from config import embedded_postgres\n"
        "before = state()\n"
        "embedded_postgres.ensure_running(sys.argv[1])\n"
        "after = state()\n"
        "assert after[:-1] == before[:-1]\n"
        "assert len(after[-1]) == len(before[-1]) + 1, (before[-1], after[-1])\n"
    )
    place = Place(tmp_path / "var")
    ran = subprocess.run(
        [sys.executable, "-c", program, str(place.var)],
        env=user_environment(),
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    place.close()


@pytest.mark.deep
def test_a_program_that_collects_its_children_itself_can_use_it(place: Place) -> None:
    program = (
        "import signal, sys\n"
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "from config import embedded_postgres\n"
        "print(embedded_postgres.ensure_running(sys.argv[1]).dbname)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(place.var)],
        env=user_environment(),
        capture_output=True,
        text=True,
    )
    assert (ran.stdout, ran.stderr) == ("samlad\n", "")


def test_django_is_not_needed(place: Place) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from config import embedded_postgres; print('django' in sys.modules)",
        ],
        env=user_environment(),
        capture_output=True,
        text=True,
    )
    assert ran.stdout == "False\n"


@pytest.mark.deep
def test_a_user_killed_while_it_waits_leaves_nothing_behind(place: Place) -> None:
    user: UserProcess = place.start_user()
    user.end(signal.SIGKILL)
    assert place.user().answer["dbname"] == "samlad"
