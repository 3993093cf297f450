"""What is measured of the consolidated follow-up: its pages, an approval, and the city's size.

The city's size (45 nämnder × 80 indicators × 15 periods, in all and by sex) has a database and a
process of its own, where consolidation is measured beside the bare SQL aggregate over the same
rows: what the database needs at the least. Both give the same: every indicator × period × sex
with its coverage, 3,600 figures, which is looked after before anything is measured.

A process keeps the sums of periods in which nothing has been approved since. What it costs
without them, as for the first who reads after a start, stands in a row of its own.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

Measure = Callable[[Callable[[], object]], tuple[float, int]]

PAGE_BAR_MS, PAGE_BAR_QUERIES = 300, 12
CITY_BAR_TIMES = 1.5
WHOLE = "/uppfoljning/2025-VB/"
PAGES = (
    ("overview", WHOLE),
    ("goal", f"{WHOLE}mal/vald-2021-2025/1/"),
    ("indicator", f"{WHOLE}indikator/i-0/"),
    ("missing", f"{WHOLE}saknas/"),
    ("deviations", f"{WHOLE}avvikelser/"),
    ("selection, one year", f"{WHOLE}urval/?fran=2025-T1"),
)
# What the follow-up cannot do without: the sums of the approved values, by period and definition,
# and how many have given one.
BARE = """
    SELECT report.period_id, value.definition_id, value.category,
           count(coalesce(value.number, value.numerator)), sum(value.number),
           sum(value.numerator), sum(value.denominator)
    FROM indicators_value value
    JOIN indicators_report report ON report.approved_id = value.version_id
    GROUP BY report.period_id, value.definition_id, value.category
"""


def consolidated_rows(measure: Measure) -> list[dict[str, Any]]:
    """The pages, what is worked out at an approval, and the same at the size of the city."""
    return [*_page_rows(measure, ""), _approval(measure), *_city()]


def _row(
    name: str, taken: tuple[float, int], bar_ms: float | None, bar_queries: int | None
) -> dict[str, Any]:
    return {
        "name": name,
        "ms": round(taken[0], 1),
        "queries": taken[1],
        "bar_ms": bar_ms and round(bar_ms, 1),
        "bar_queries": bar_queries,
    }


def _page_rows(measure: Measure, where: str) -> list[dict[str, Any]]:
    from django.test import Client  # noqa: PLC0415 - Django must be set up first

    from organisation.models import User  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(username="bench-lasare"))

    def get(path: str) -> Callable[[], None]:
        def read() -> None:
            response = client.get(path)
            if response.status_code != 200:
                raise RuntimeError(f"{path} answered {response.status_code}")

        return read

    bar = None if where else PAGE_BAR_MS
    return [
        _row(f"Follow-up{where}, {name}", measure(get(path)), bar, PAGE_BAR_QUERIES)
        for name, path in PAGES
    ]


def _approval(measure: Measure) -> dict[str, Any]:
    """What is hidden of the year, worked out from nothing: the most that an approval can cost."""
    from django.core.cache import caches  # noqa: PLC0415

    from indicators.domain import protecting  # noqa: PLC0415
    from indicators.models import Period  # noqa: PLC0415

    period = Period.objects.get(code="2025-VB")

    def anew() -> None:
        protecting._kept.clear()
        caches[protecting.CACHE].clear()
        protecting.work_out_ahead(period)

    return _row("Protection of a year, all of it anew", measure(anew), None, None)


def _city() -> list[dict[str, Any]]:
    from django.conf import settings  # noqa: PLC0415

    from tests.databases import own_database  # noqa: PLC0415

    name = f"samlad_bench_city_{os.getpid()}"
    with own_database(name, settings.DATABASES["default"]) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.consolidated"],
            env=os.environ | {"DATABASE_URL": url},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return rows


def main() -> None:
    """At the size of the city: the rows as JSON on the last line."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from indicators.domain.consolidation import read_periods_until  # noqa: PLC0415
    from indicators.domain.disclosure import Audience  # noqa: PLC0415
    from indicators.domain.overview import read_overview  # noqa: PLC0415
    from indicators.domain.selection import Selected, Selection, read_selection  # noqa: PLC0415
    from indicators.domain.tally_reading import forget  # noqa: PLC0415
    from tests.bench.__main__ import measure, measure_in_turn  # noqa: PLC0415
    from tests.bench.data import build  # noqa: PLC0415

    settings.ALLOWED_HOSTS.append("testserver")
    build(45, 80, by_sex=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def bare() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            return cursor.fetchall()

    def consolidated(audience: Audience = Audience.OTHERS) -> Selected:
        _, history = read_periods_until("2025-VB")
        every = Selection(periods={period.code for period in history})
        return read_selection(every, audience=audience, history=history)

    def from_nothing() -> None:
        forget()
        consolidated()

    def overview() -> None:
        period, history = read_periods_until("2025-VB")
        read_overview(period, audience=Audience.OTHERS, history=history)

    if _figures(bare()) != _shown(consolidated(Audience.COORDINATOR)):
        raise RuntimeError("What is measured does not give what it is measured beside.")
    _, queries = measure(consolidated)
    least, taken = measure_in_turn(bare, consolidated)
    bar = least * CITY_BAR_TIMES
    rows = [
        _row("City size: the bare SQL aggregate", (least, 1), None, None),
        _row("City size: consolidated, every period", (taken, queries), bar, PAGE_BAR_QUERIES),
        _row("City size: the same, nothing kept", measure(from_nothing), None, PAGE_BAR_QUERIES),
        _row("City size: the overview's figures", measure(overview), None, PAGE_BAR_QUERIES),
        *_page_rows(measure, ", city size"),
    ]
    print(json.dumps(rows))  # noqa: T201 - read by the process that began this one


def _figures(rows: list[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    """(figure, how many have given one) of every indicator × period × category, by the sums."""
    return Counter(
        (number if denominator is None else numerator * 100 / denominator, reported)
        for _, _, _, reported, number, numerator, denominator in rows
    )


def _shown(selected: Any) -> Counter[tuple[Any, ...]]:
    """The same, as consolidated; each sex has as many figures as the total here."""
    return Counter(
        (cell.value, total.coverage.reported)
        for indicator in selected.indicators
        for total in indicator.totals
        for cell in total.cells
    )


if __name__ == "__main__":
    main()
