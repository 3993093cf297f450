"""The measured cases; run by `python -m tests.bench` on a database of their own."""

import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first
    from django.test import Client  # noqa: PLC0415

    from organisation.models import User  # noqa: PLC0415
    from tests.bench.__main__ import measure, report  # noqa: PLC0415
    from tests.bench.data import build  # noqa: PLC0415

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
        ("Consolidated follow-up, Excel", "bench-lasare", "/uppfoljning/2025-VB/xlsx/", 2000, None),
        ("Consolidated follow-up, PDF", "bench-lasare", "/uppfoljning/2025-VB/pdf/", None, None),
        ("One nämnd's entry page", "bench-uppgift", "/inrapportering/namnd-0/2025-VB/", 150, 12),
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
    report(rows)


if __name__ == "__main__":
    main()
