"""What is measured of the entry of a report: one cell saved, and pages of two sizes.

A saved cell is held against a bare view that inserts one row, behind the same sign-in.
"""

import datetime as dt
import json
from itertools import count
from urllib.parse import urlencode

from django.contrib.admin.models import ADDITION, LogEntry
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path, set_urlconf

from config import urls
from indicators.enums import Accumulation, Aggregation
from indicators.models import Indicator, IndicatorResponsibility, IndicatorVersion
from organisation.models import Namnd, User
from programme.models import Goal

BARE = "bench-en-rad/"
REPORT = "/inrapportering/namnd-0/2025-VB/"
ENTRY_BAR_MS, ENTRY_BAR_QUERIES, SAVE_BAR_QUERIES, SAVE_BAR_TIMES = 150, 12, 8, 3


def bare_view(request: HttpRequest) -> HttpResponse:
    """The least that a view which writes can do."""
    row = LogEntry.objects.create(
        user_id=request.user.pk, action_flag=ADDITION, object_repr=request.POST["text"]
    )
    return HttpResponse(row.pk)


def sent_as_the_page_does(client: Client, path: str, fields: dict[str, str]) -> HttpResponse:
    return client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def add_bare_view() -> None:
    urls.urlpatterns.insert(0, path(BARE, bare_view, name="bench-bare"))
    clear_url_caches()
    set_urlconf(None)


def bare_row():
    """Posts to the bare view."""
    client = client_of("bench-uppgift")

    def post() -> None:
        answer = sent_as_the_page_does(client, f"/{BARE}", {"text": "En rad"})
        if answer.status_code != 200:
            raise RuntimeError("the bare view did not answer")

    return post


def saved_cell(code: str = "i-1"):
    """Saves one cell, a new number each time."""
    client, numbers = client_of("bench-uppgift"), count(1000)
    name = f"v-{code}-totalt-utfall"
    # All fields of the category go along, as from the page.
    others = {f"v-{code}-totalt-{part}": "" for part in ("saknas", "kommentar")}
    seen: dict[str, str] = {}

    def post() -> None:
        number = str(next(numbers))
        sent = {"cell": f"v-{code}", "seen": json.dumps(seen), **others, name: number}
        answer = sent_as_the_page_does(client, f"{REPORT}spara/", sent)
        if answer.status_code == 409:  # the first knows nothing of what is there
            sent["seen"] = json.dumps(answer.json()["theirs"])
            answer = sent_as_the_page_does(client, f"{REPORT}spara/", sent)
        if answer.status_code != 200:
            raise RuntimeError(f"the cell was not saved: {answer.status_code} {answer.content!r}")
        seen.clear()
        seen.update(answer.json()["saved"])

    post()
    return post


def entry_page():
    client = client_of("bench-uppgift")

    def get() -> None:
        if client.get(REPORT).status_code != 200:
            raise RuntimeError("the entry page did not answer")

    return get


def ask_of_the_namnd(number: int) -> None:
    """Let the measured nämnd be asked for `number` indicators, the others as before."""
    namnd = Namnd.objects.get(code="namnd-0")
    goals = list(Goal.objects.order_by("number"))
    IndicatorResponsibility.objects.all().delete()
    for n in range(Indicator.objects.count(), number):
        indicator = Indicator.objects.create(code=f"i-{n}", is_example=True, order=n)
        indicator.goals.add(goals[n % len(goals)])
        IndicatorVersion.objects.create(
            indicator=indicator,
            valid_from=dt.date(2021, 1, 1),
            name=f"Indikator {n}",
            unit="antal",
            aggregation=Aggregation.SUM,
            accumulation=Accumulation.YEAR_TO_DATE,
        )
    indicators = list(Indicator.objects.order_by("order")[:number])
    IndicatorResponsibility.objects.bulk_create(
        IndicatorResponsibility(indicator=indicator, namnd=namnd) for indicator in indicators
    )
