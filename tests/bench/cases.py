"""The measured cases; run by `python -m tests.bench` on a database of their own.

Ends with an error when a bar is not met.
"""

import os
import sys
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first
    from django.test import Client  # noqa: PLC0415

    from organisation.models import User  # noqa: PLC0415
    from tests.bench import entry, programme_file  # noqa: PLC0415
    from tests.bench.__main__ import measure, measure_in_turn, report  # noqa: PLC0415
    from tests.bench.data import build  # noqa: PLC0415
    from tests.bench.files import file_rows  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    build()

    def page(username: str, path: str):
        client = Client()
        client.force_login(User.objects.get(username=username))

        def get() -> None:
            response = client.get(path)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answered {response.status_code}")

        return get

    cases = [
        ("Consolidated follow-up, page", "bench-lasare", "/uppfoljning/2025-VB/", 300, 12),
        ("One nämnd's entry page", "bench-uppgift", entry.REPORT, entry.ENTRY_BAR_MS, 12),
        ("One goal of the entry page", "bench-uppgift", f"{entry.REPORT}mal/1/", 150, 12),
        ("One indicator's page", "bench-lasare", "/indikatorer/i-1/", 300, 12),
        ("Overview of reporting", "bench-uppgift", "/inrapportering/", None, None),
    ]
    rows = []
    for name, username, path, bar_ms, bar_queries in cases:
        milliseconds, queries = measure(page(username, path))
        rows.append(
            {
                "name": name,
                "ms": round(milliseconds, 1),
                "queries": queries,
                "bar_ms": bar_ms,
                "bar_queries": bar_queries,
            }
        )
    milliseconds, queries = measure(programme_file.loaded())
    rows.append(
        {
            "name": "A programme loaded from a workbook, 4 101 rows",
            "ms": round(milliseconds, 1),
            "queries": queries,
            "bar_ms": programme_file.LOAD_BAR_MS,
            "bar_queries": None,
        }
    )
    rows += file_rows(measure)
    rows += entry_rows(measure, measure_in_turn, entry)
    sys.exit(0 if report(rows) else 1)


def entry_rows(measure: Any, measure_in_turn: Any, entry: Any) -> list[dict[str, Any]]:
    """One cell saved, and the entry page, when the nämnd is asked for 7 and for 70 indicators."""
    rows = []

    def add(name: str, action: Any, bar_ms: float | None, bar_queries: int | None) -> float:
        milliseconds, queries = measure(action)
        rows.append(
            {
                "name": name,
                "ms": round(milliseconds, 1),
                "queries": queries,
                "bar_ms": bar_ms and round(bar_ms, 1),
                "bar_queries": bar_queries,
            }
        )
        return milliseconds

    entry.add_bare_view()
    post = entry.bare_row()
    for number in (7, 70):
        entry.ask_of_the_namnd(number)
        save = entry.saved_cell()
        _, queries = measure(save)
        bare, saved = measure_in_turn(post, save)
        rows.append(
            {
                "name": f"One cell saved, of {number} indicators",
                "ms": round(saved, 1),
                "queries": queries,
                "bar_ms": round(bare * entry.SAVE_BAR_TIMES, 1),
                "bar_queries": entry.SAVE_BAR_QUERIES,
            }
        )
        add(
            f"Entry page, {number} indicators",
            entry.entry_page(),
            entry.ENTRY_BAR_MS,
            entry.ENTRY_BAR_QUERIES,
        )
    add("A bare view that inserts one row", post, None, None)
    return rows


if __name__ == "__main__":
    main()
