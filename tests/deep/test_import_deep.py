"""A hundred thousand values at once: all of them or none, within bounds, and however it ends.

The command runs in a process of its own, as an operator runs it, so that its memory is its own and
it can be killed; on a database of its own, which looks as it does after a restart.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.conftest import REPOSITORY
from tests.databases import own_database
from tests.deep.importing_world import INDICATORS, NAMNDER, ROWS, as_csv, as_xlsx, rows

pytestmark = pytest.mark.deep

MOST_MEGABYTES = 400
KILLS = 12
BUILD = """
import django; django.setup()
from tests.deep.importing_world import build
build()
"""
# Says last how much memory it took, in kilobytes.
# The peak of the program itself: what getrusage says is inherited from whoever starts a program,
# and the tests' own process is far larger than the import.
RUN = """
import sys
from pathlib import Path
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
"""
VALUE, HISTORY = "indicators_value", "indicators_valuechange"
WRITTEN = (VALUE, HISTORY, "indicators_report", "indicators_reportversion", "trace_event")


class Import:
    """The command, and what the database holds of what it has done."""

    def __init__(self, url: str) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "DEBUG": "on",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.connection = psycopg.connect(url, autocommit=True)
        subprocess.run(
            [sys.executable, "-c", BUILD], cwd=REPOSITORY, env=self.environment, check=True
        )
        self.empty = self.counts()

    def start(self, path: Path) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", RUN, "import_values", str(path), "--period", "2025-T1"],
            cwd=REPOSITORY,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, path: Path) -> tuple[str, float]:
        """What it said last, and its own peak of memory in megabytes."""
        process = self.start(path)
        out, errors = process.communicate()
        assert process.returncode == 0, errors[-2000:]
        *said, peak = out.splitlines()
        return said[-1], int(peak) / 1024

    def one(self, statement: str):
        found = self.connection.execute(statement).fetchone()
        assert found is not None
        return found[0]

    def counts(self) -> dict[str, int]:
        return {table: self.one(f"SELECT count(*) FROM {table}") for table in WRITTEN}

    def wait_for_the_database(self) -> None:
        """Until the server has noticed that whoever asked is gone."""
        for _ in range(600):
            others = self.one(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if not others:
                return
            time.sleep(0.1)
        raise AssertionError("a killed import still works in the database")


@pytest.fixture
def importing() -> Iterator[Import]:
    assert ROWS >= 100_000
    name = f"samlad_import_{os.getpid()}"
    with own_database(name, settings.DATABASES["default"]) as url:
        found = Import(url)
        yield found
        found.connection.close()


@pytest.mark.parametrize(("write", "name"), [(as_csv, "v.csv"), (as_xlsx, "v.xlsx")])
def test_a_hundred_thousand_values_are_all_there_or_none(importing, tmp_path, write, name):
    bad = [*rows(), ("n-0", "i-0", "totalt", 1)]
    process = importing.start(write(tmp_path / f"fel-{name}", bad))
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "1 fel. Ingenting har ändrats." in errors
    assert "står redan på rad 2" in errors
    assert importing.counts() == importing.empty

    said, peak = importing.run(write(tmp_path / name, rows()))
    assert f"Ändrade {ROWS} uppgifter i {NAMNDER} rapporter ur {name}." in said
    assert peak < MOST_MEGABYTES
    sums = "SELECT sum(number)::int FROM indicators_value"
    assert importing.counts()[VALUE] == ROWS
    assert importing.one(sums) == sum(row[3] for row in list(rows())[1:])
    assert importing.one("SELECT count(*) FROM indicators_report") == NAMNDER

    # The same again changes nothing; other numbers change those that are other, each once.
    again, _ = importing.run(tmp_path / name)
    assert "inga ändringar" in again
    said, peak = importing.run(write(tmp_path / f"ny-{name}", rows(more=1)))
    changed = 2 * NAMNDER * INDICATORS
    assert f"Ändrade {changed} uppgifter" in said
    assert peak < MOST_MEGABYTES
    assert importing.counts()[VALUE] == ROWS
    assert importing.one(sums) == sum(row[3] for row in list(rows(more=1))[1:])
    labels = "SELECT count(*) FROM indicators_valuechange WHERE pgh_label = "
    assert importing.one(f"{labels}'insert'") == ROWS
    assert importing.one(f"{labels}'update'") == changed


def test_killed_in_the_midst_it_leaves_nothing_half_done(importing, tmp_path):
    path = as_csv(tmp_path / "v.csv", rows())
    draw = random.Random(5)  # noqa: S311
    cut = 0
    for _ in range(KILLS):
        process = importing.start(path)
        assert process.stderr is not None
        # Somewhere between the first rows read and the last nämnd written.
        for _ in range(draw.randrange(1, 6 + NAMNDER)):
            if not process.stderr.readline():
                break
        time.sleep(draw.random() / 3)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        importing.wait_for_the_database()
        if importing.counts() != importing.empty:
            break  # it had just come through
        cut += 1
    assert cut
    said, _ = importing.run(path)
    assert f"Ändrade {ROWS} uppgifter" in said or "inga ändringar" in said
    counts = importing.counts()
    assert (counts[VALUE], counts[HISTORY]) == (ROWS, ROWS)
    assert counts["indicators_report"] == NAMNDER
