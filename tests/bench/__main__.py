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


def report(rows: list[dict]) -> None:
    from django.conf import settings  # noqa: PLC0415

    print(f"{'':44} {'ms':>9} {'queries':>8} {'bar ms':>8} {'bar q':>6}")  # noqa: T201
    for row in rows:
        print(  # noqa: T201
            f"{row['name']:44} {row['ms']:9.1f} {row['queries']:8} "
            f"{row['bar_ms'] or '':>8} {row['bar_queries'] or '':>6}"
        )
    settings.VAR_DIR.mkdir(exist_ok=True)
    (settings.VAR_DIR / "bench.json").write_text(json.dumps(rows, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
