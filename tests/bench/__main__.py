"""`make bench`: measures the pages that matter on a database of its own.

Prints a table, and writes it to var/bench.json. Times are medians in milliseconds of the
server's own work, in process; the size of the data is stated in tests/bench/data.py.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import django

REPEATS = 7
IN_TURN = 60


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first

    from tests.databases import own_database  # noqa: PLC0415

    with own_database(f"samlad_bench_{os.getpid()}", settings.DATABASES["default"]) as url:
        # A fresh process sees only the benchmark's database.
        status = subprocess.run(
            [sys.executable, "-m", "tests.bench.cases"], env=os.environ | {"DATABASE_URL": url}
        ).returncode
    sys.exit(status)


def measure(action: Callable[[], object]) -> tuple[float, int]:
    """Median milliseconds and number of queries of `action`, after one unmeasured run."""
    from django.db import connection, reset_queries  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        action()
    number = len(queries)  # before the log that it counts in is emptied
    reset_queries()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), number


def measure_in_turn(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Median milliseconds of two actions, turn about: what else the machine does hits both."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(10 + IN_TURN):
        for action, found in zip((one, other), times, strict=True):
            began = time.perf_counter()
            action()
            if turn >= 10:  # the first plan and cache what later ones have
                found.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def is_met(row: dict) -> bool | None:
    """Whether a row holds its bars; None when it has none."""
    pairs = [(row["ms"], row["bar_ms"]), (row["queries"], row["bar_queries"])]
    bars = [(found, bar) for found, bar in pairs if bar is not None]
    return all(found <= bar for found, bar in bars) if bars else None


def report(rows: list[dict]) -> bool:
    """Print the table and write it; answers whether every bar is met."""
    from django.conf import settings  # noqa: PLC0415

    print(f"{'':48} {'ms':>9} {'queries':>8} {'bar ms':>8} {'bar q':>6}")  # noqa: T201
    words = {True: "met", False: "NOT MET", None: ""}
    for row in rows:
        print(  # noqa: T201
            f"{row['name']:48} {row['ms']:9.1f} {row['queries']:8} "
            f"{row['bar_ms'] or '':>8} {row['bar_queries'] or '':>6}  {words[is_met(row)]}"
        )
        row["met"] = is_met(row)
    settings.VAR_DIR.mkdir(exist_ok=True)
    (settings.VAR_DIR / "bench.json").write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return all(row["met"] is not False for row in rows)


if __name__ == "__main__":
    main()
