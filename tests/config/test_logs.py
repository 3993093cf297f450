"""The log: one line for each happening, an incident's number, and nothing that was typed."""

import logging
import re
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import path

from config import urls
from config.logs import LineFormatter, PlainRequest
from organisation.enums import Role
from organisation.models import Namnd
from tests.factories import make_namnd, make_user

TYPED = "det någon skrev"


def broken(request, word):
    raise ValueError(TYPED)


def refused_by_the_database(request):
    Namnd.objects.create(code="bromma", name=TYPED, short_name="x", kind="facknamnd")


class Urls:
    """The addresses of Samlad, and two where something goes wrong."""

    handler500 = urls.handler500
    urlpatterns = [
        path("trasig/<str:word>/", broken, name="broken"),
        path("krock/", refused_by_the_database, name="refused"),
        *urls.urlpatterns,
    ]


class Lines(logging.StreamHandler):
    """What the log's handler would print."""

    def __init__(self) -> None:
        super().__init__(stream=self)
        self.text = ""
        self.addFilter(PlainRequest())
        self.setFormatter(LineFormatter())

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


@pytest.fixture
def log():
    lines = Lines()
    logging.getLogger().addHandler(lines)
    yield lines
    logging.getLogger().removeHandler(lines)


@pytest.fixture
def browser(db, settings) -> Client:
    settings.ROOT_URLCONF = Urls
    client = Client(raise_request_exception=False)
    client.force_login(make_user(Role.LASARE))
    return client


def number_on(answer) -> str:
    found = re.search(r"Felnummer: <strong>([0-9a-f]{8})</strong>", answer.content.decode())
    assert found is not None
    return found[1]


def test_the_page_says_the_number_that_stands_in_the_log(browser, log):
    answer = browser.post(f"/trasig/{TYPED}/", {"text": TYPED})
    assert answer.status_code == 500
    first, *rest = log.text.splitlines()
    assert first.endswith(f" ERROR django.request [{number_on(answer)}] 500 POST broken")
    assert rest[-1] == "    builtins.ValueError"
    assert "tests/config/test_logs.py" in rest[-2]
    assert "in broken: raise ValueError(TYPED)" in rest[-2]
    assert all(line.startswith("    ") for line in rest)
    assert TYPED not in log.text


def test_the_page_is_calm_and_tells_nothing_of_the_fault(browser):
    page = browser.get("/trasig/x/").content.decode()
    assert "Något gick fel hos oss" in page
    assert not {"ValueError", "Traceback", TYPED} & set(page.split())
    assert "test_logs" not in page


def test_each_incident_has_a_number_of_its_own(browser):
    assert len({number_on(browser.get("/trasig/x/")) for _ in range(3)}) == 3


def test_a_refusal_of_the_database_is_named_by_its_constraint_not_by_the_row(browser, log):
    make_namnd("bromma")
    with transaction.atomic():
        browser.get("/krock/")
        transaction.set_rollback(True)
    assert "psycopg.errors.UniqueViolation sqlstate=23505 table_name=organisation_namnd" in log.text
    assert TYPED not in log.text
    assert "(bromma)" not in log.text


def test_what_would_break_a_line_is_written_out(log):
    logging.getLogger("samlad").warning(
        "en\r\n2026-01-01 ERROR påhittat\u2028\u202e%s", "\x1b[2J\0"
    )
    assert log.text.count("\n") == 1
    assert log.text.endswith(
        "WARNING samlad en\\r\\n2026-01-01 ERROR påhittat\\u2028\\u202e\\x1b[2J\\x00\n"
    )


def test_a_message_without_end_is_cut(log):
    logging.getLogger("samlad").warning("x" * 100_000)
    assert len(log.text) < 1200
    assert log.text.endswith("xx… (100000 signs)\n")


def chained() -> logging.LogRecord:
    try:
        try:
            raise KeyError(TYPED)
        except KeyError as error:
            raise RuntimeError(f"{TYPED}\nERROR") from error
    except RuntimeError:
        return logging.LogRecord("x", logging.ERROR, __file__, 1, "fel", None, sys.exc_info())


def test_the_exception_behind_is_named_too():
    lines = LineFormatter().format(chained()).splitlines()
    names = [line.strip() for line in lines if line.strip().startswith(("builtins", "which"))]
    assert names == ["builtins.KeyError", "which led to:", "builtins.RuntimeError"]


def test_on_a_laptop_the_exceptions_may_say_what_they_say():
    lines = LineFormatter(with_messages=True).format(chained()).splitlines()
    assert lines[-1] == f"    builtins.RuntimeError: {TYPED}\\nERROR"


def test_another_host_is_logged_on_one_line(client, log):
    client.get("/", headers={"host": "evil.example\r\nERROR"})
    first, *rest = log.text.splitlines()
    assert first.endswith(" ERROR django.security.DisallowedHost 400 GET (no page)")
    assert all(line.startswith("    ") for line in rest)
    assert "evil" not in log.text


@pytest.mark.django_db
def test_a_wrong_password_leaves_neither_name_nor_password(log):
    Client().post("/logga-in/", {"username": "ulla.uppgift", "password": "hemligheten"})
    assert "Sign-in refused" in log.text
    assert "ulla" not in log.text
    assert "hemligheten" not in log.text


@pytest.mark.django_db
def test_the_database_refuses_what_the_test_relies_on():
    make_namnd("bromma")
    with pytest.raises(IntegrityError), transaction.atomic():
        refused_by_the_database(None)
    assert connection.is_usable()
