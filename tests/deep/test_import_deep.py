"""A hundred thousand values at once: all of them or none, within bounds, and however it ends.

The command runs in a process of its own, as an operator runs it, so that its memory is its own and
it can be killed.
"""

import contextlib
import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from openpyxl import Workbook

from indicators.enums import Accumulation, Aggregation
from indicators.models import (
    Indicator,
    IndicatorGoal,
    IndicatorResponsibility,
    IndicatorVersion,
    Report,
    ReportVersion,
    Value,
)
from organisation.enums import NamndGroup
from tests.conftest import REPOSITORY
from tests.factories import make_goal, make_namnd, make_period
from trace.domain.history import change_model
from trace.models import Event

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]

NAMNDER, INDICATORS = 25, 1334
CATEGORIES = ("totalt", "kvinnor", "män")
ROWS = NAMNDER * INDICATORS * len(CATEGORIES)
HEAD = ("nämnd", "indikator", "fördelning", "värde")
MOST_MEGABYTES = 700
KILLS = 12


@pytest.fixture
def world() -> None:
    """Nämnder and indicators enough for 100 050 cells."""
    assert ROWS >= 100_000
    goal = make_goal(1)
    for number in range(NAMNDER):
        make_namnd(f"n-{number}")
    make_period()
    indicators = Indicator.objects.bulk_create(
        Indicator(code=f"i-{n}", is_example=True, order=n) for n in range(INDICATORS)
    )
    IndicatorGoal.objects.bulk_create(IndicatorGoal(indicator=i, goal=goal) for i in indicators)
    IndicatorResponsibility.objects.bulk_create(
        IndicatorResponsibility(indicator=i, group=NamndGroup.STADSDELSNAMNDER) for i in indicators
    )
    IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            indicator=i,
            name=f"Indikator {i.code}",
            unit="antal",
            aggregation=Aggregation.SUM,
            accumulation=Accumulation.YEAR_TO_DATE,
            split_by_sex=True,
            valid_from="2021-01-01",
        )
        for i in indicators
    )


def rows(more: int = 0):
    """Every cell once. Women and men make up the total."""
    yield HEAD
    for namnd in range(NAMNDER):
        for indicator in range(INDICATORS):
            women, men = (namnd + indicator) % 97 + more, indicator % 89
            for category, number in zip(CATEGORIES, (women + men, women, men), strict=True):
                yield f"n-{namnd}", f"i-{indicator}", category, number


def as_csv(path: Path, content) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(content)
    path.write_text(text.getvalue())
    return path


def as_xlsx(path: Path, content) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Värden")
    for row in content:
        sheet.append(row)
    book.save(path)
    return path


def command(path: Path) -> subprocess.Popen:
    """import_values on the tests' own database."""
    database = connection.settings_dict
    name = f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}"
    url = f"{name}?host={database['HOST']}&port={database['PORT']}"
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "import_values", str(path), "--period", "2025-T1"],
        cwd=REPOSITORY,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


# Says last how much memory it took, in kilobytes.
RUN = """
import resource, sys
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def run(path: Path) -> tuple[str, float]:
    """What it said, and its own peak of memory in megabytes."""
    process = command(path)
    out, errors = process.communicate()
    assert process.returncode == 0, errors[-2000:]
    *said, peak = out.splitlines()
    return said[-1], int(peak) / 1024


def is_untouched() -> bool:
    models = (Value, Report, ReportVersion, Event, change_model(Value), change_model(Report))
    return not any(model._default_manager.exists() for model in models)


@pytest.mark.parametrize(("write", "name"), [(as_csv, "v.csv"), (as_xlsx, "v.xlsx")])
def test_a_hundred_thousand_values_are_all_there_or_none(world, tmp_path, write, name):
    bad = [*rows(), ("n-0", "i-0", "totalt", 1)]
    process = command(write(tmp_path / f"fel-{name}", bad))
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "1 fel. Ingenting har ändrats." in errors
    assert "står redan på rad 2" in errors
    assert is_untouched()
    said, peak = run(write(tmp_path / name, rows()))
    assert f"Ändrade {ROWS} uppgifter i {NAMNDER} rapporter ur {name}." in said
    assert peak < MOST_MEGABYTES
    assert Value.objects.count() == ROWS
    assert Event.objects.filter(verb="saved").count() == NAMNDER
    last = Value.objects.get(
        version__report__namnd__code=f"n-{NAMNDER - 1}",
        definition__indicator__code=f"i-{INDICATORS - 1}",
        category="totalt",
    )
    assert last.number == [row[3] for row in rows()][-3]
    # The same again changes nothing; what a colleague has changed meanwhile, all of it.
    again, _ = run(tmp_path / name)
    assert "inga ändringar" in again
    said, peak = run(write(tmp_path / f"ny-{name}", rows(more=1)))
    assert f"Ändrade {2 * NAMNDER * INDICATORS} uppgifter" in said
    assert peak < MOST_MEGABYTES
    assert Value.objects.count() == ROWS


def test_killed_in_the_midst_it_leaves_nothing_half_done(world, tmp_path):
    path = as_csv(tmp_path / "v.csv", rows())
    draw = random.Random(5)  # noqa: S311
    cut = 0
    for _ in range(KILLS):
        process = command(path)
        assert process.stderr is not None
        # Somewhere between the first row read and the last nämnd written.
        lines = draw.randrange(1, 6 + NAMNDER)
        for _ in range(lines):
            if not process.stderr.readline():
                break
        time.sleep(draw.random() / 3)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        wait_for_the_database()
        if is_untouched():
            cut += 1
            continue
        assert Value.objects.count() == ROWS  # it had just come through
        break
    assert cut
    said, _ = run(path)
    assert "Ändrade" in said or "inga ändringar" in said
    assert Value.objects.count() == ROWS
    assert Report.objects.count() == NAMNDER


def wait_for_the_database() -> None:
    """Until the server has noticed that whoever asked is gone."""
    with connection.cursor() as cursor:
        for _ in range(600):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend' "
                "AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)
    raise AssertionError("a killed import still works in the database")
