"""What is measured of the follow-up's files: each format, a PDF page, and the peak of memory."""

import io
import resource
import time
from collections.abc import Callable
from typing import Any

from django.test import Client
from pypdf import PdfReader

from indicators.exports import charts
from organisation.models import User

WHOLE = "/uppfoljning/2025-VB/"
BARS_MS = {"xlsx": 2000}
NAMES = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word", "csv": "CSV", "json": "JSON"}


def file_rows(measure: Callable[[Callable[[], object]], tuple[float, int]]) -> list[dict[str, Any]]:
    """A row for each format; for PDF also the time a page takes, with the number of pages.

    The last row is the process's peak of memory so far, in MB in place of milliseconds.
    """
    rows = []

    def add(name: str, number: float, queries: int, bar_ms: float | None = None) -> None:
        rows.append(
            {
                "name": name,
                "ms": round(number, 1),
                "queries": queries,
                "bar_ms": bar_ms,
                "bar_queries": None,
            }
        )

    client = Client()
    client.force_login(User.objects.get(username="bench-lasare"))
    for ending, name in NAMES.items():
        made: list[bytes] = []

        def write(ending: str = ending, made: list[bytes] = made) -> None:
            response = client.get(f"{WHOLE}{ending}/")
            if response.status_code != 200:
                raise RuntimeError(f"{WHOLE}{ending}/ answered {response.status_code}")
            made[:] = [response.content]

        milliseconds, queries = measure(write)
        add(f"Consolidated follow-up, {name}", milliseconds, queries, BARS_MS.get(ending))
        if ending == "pdf":
            pages = len(PdfReader(io.BytesIO(made[0])).pages)
            add(f"  of the PDF's {pages} pages, each", milliseconds / pages, 0)
            # A process keeps the charts that it has drawn: so also as the first who asks has it.
            charts.draw.cache_clear()
            began = time.perf_counter()
            write()
            first = (time.perf_counter() - began) * 1000
            add("  the first time, with every chart to draw", first, queries)
            add("  of its pages, each", first / pages, 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kB on Linux
    add("Peak of memory by then, MB", peak, 0)
    return rows
