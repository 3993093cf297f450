"""What was shown as saved is there, however the server died.

A real server on an embedded PostgreSQL of its own, three people who write without pause, and a
kill at a random moment, over and over: of the web server's processes, or of everything at once,
the database too, as when the machine loses power.
"""

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.cluster import orphans
from organisation.demo_accounts import DEMO_PASSWORD
from tests.config.embedded_users import PATIENCE, Place, becomes_true
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.deep

KILLS = 50
# One in five takes the database along.
OF_EVERYTHING = 5
WRITERS = 3
PERSON = "uppgift.sodermalm"


class Site:
    """Samlad on an embedded database of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.place = Place(var)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen | None = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"SAMLAD_VAR": str(self.var), "DATABASE_URL": "", "DEBUG": "on"}

    def manage(self, *arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def start(self) -> None:
        # Keeps the database up when the web server alone is killed.
        self.place.user()
        with (self.var / "web.log").open("a") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "config.wsgi"),
                    *("--bind", f"127.0.0.1:{self.port}", "--workers", "2"),
                ],
                cwd=REPOSITORY,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert becomes_true(self._answers), (self.var / "web.log").read_text()

    def _answers(self) -> bool:
        try:
            return self.get("/halsa/")[0] == 200
        except OSError:
            return False

    def kill(self, *, everything: bool) -> None:
        assert self.process is not None
        if everything:
            supervisor, server = self.place.supervisor, self.place.server
            assert supervisor is not None
            assert server is not None
            for pid in (supervisor, server.pid, *orphans(self.place.home.data)):
                with_signal(pid)
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        if everything:
            for pid in orphans(self.place.home.data):
                with_signal(pid)
            assert becomes_true(lambda: not orphans(self.place.home.data))

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        return self._ask("GET", path, None, cookie)[:2]

    def post(self, path: str, fields: dict[str, str], cookie: str) -> tuple[int, str, str]:
        return self._ask("POST", path, fields, cookie)

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None, cookie: str
    ) -> tuple[int, str, str]:
        """Status, body, and the cookies that were set. Raises OSError when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            body = urllib.parse.urlencode(fields) if fields is not None else None
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            cookies = [c.split(";")[0] for c in answer.headers.get_all("Set-Cookie") or ()]
            return answer.status, answer.read().decode(), "; ".join(cookies)
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


def with_signal(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


class Person:
    """Somebody who is signed in, and saves new numbers in one cell without pause."""

    def __init__(self, site: Site) -> None:
        self.site = site
        token = "0" * 32
        fields = {"username": PERSON, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token}
        status, _, cookies = site.post("/logga-in/", fields, f"csrftoken={token}")
        assert status == 302
        # Signing in changes the token.
        self.token, self.cookie = cookies.partition("csrftoken=")[2].partition(";")[0], cookies
        self.shown: str | None = None
        """What was last shown as saved."""
        self.unanswered: list[str] = []
        """What was sent since then and never answered: each may have gone in before a kill."""
        self.answered = 0
        self.seen: dict[str, str] = {}

    def save(self, report: str, cell: str, number: int) -> None:
        name = f"{cell}-totalt-utfall"
        sent = str(number)
        self.unanswered.append(sent)
        fields = {"csrfmiddlewaretoken": self.token, "cell": cell, name: sent}
        status, body, _ = self.site.post(
            f"{report}spara/", fields | {"seen": json.dumps(self.seen)}, self.cookie
        )
        answer = json.loads(body) if status in (200, 409) else {}
        if status == 409:
            # What went in before the kill, unanswered. This one did not go in.
            self.seen = answer["theirs"]
            self.unanswered.remove(sent)
            return
        assert status == 200, body
        assert plain(answer["saved"][name]) == sent
        self.seen, self.shown, self.unanswered = answer["saved"], sent, []
        self.answered += 1


def plain(number: str) -> str:
    """A number without the spaces that group its digits."""
    return "".join(number.split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("killed") / "var")
    site.var.mkdir()
    site.manage("migrate", "--verbosity", "0")
    site.manage("load_demo")
    site.start()
    yield site
    site.kill(everything=True)
    site.place.close()


def write_until(stop: threading.Event, person: Person, report: str, cell: str, first: int) -> None:
    number = first
    while not stop.is_set():
        try:
            person.save(report, cell, number)
        except OSError:
            return  # killed; what was sent last may be there or not
        number += 1


def saved_number(site: Site, cell: str) -> str:
    """What the database says, read beside the application."""
    row = site.place.ask(
        "SELECT v.number::bigint FROM indicators_value v "
        "JOIN indicators_reportversion r ON r.id = v.version_id "
        "JOIN indicators_report p ON p.current_id = r.id "
        "JOIN organisation_namnd n ON n.id = p.namnd_id "
        "JOIN indicators_indicatorversion d ON d.id = v.definition_id "
        "JOIN indicators_indicator i ON i.id = d.indicator_id "
        f"WHERE n.code = 'sodermalm' AND i.code = '{cell.removeprefix('v-')}' "
        "AND v.category = 'totalt' AND p.state = 'utkast' ORDER BY p.id DESC LIMIT 1"
    )
    return str(row[0]) if row else ""


def counted(site: Site) -> tuple[int, int]:
    """Changes of numbers in the history, and savings told of, since the writing began."""
    row = site.place.ask(
        "SELECT (SELECT count(*) FROM indicators_valuechange WHERE pgh_label IN "
        "('insert', 'update')), (SELECT count(*) FROM trace_event WHERE verb = 'saved' "
        "AND subject = 'indicators.report')"
    )
    assert row is not None
    return row[0], row[1]


def test_what_was_shown_as_saved_is_there_after_each_of_fifty_kills(site: Site) -> None:
    rng = random.Random("kills")  # noqa: S311 - repeatable moments, no secret
    people = [Person(site) for _ in range(WRITERS)]
    report, cells = form_to_fill_in(site, people[0])
    changes, savings = counted(site)
    lost = []

    for kill in range(KILLS):
        stop = threading.Event()
        writers = [
            threading.Thread(
                target=write_until, args=(stop, person, report, cell, 100_000 + 1000 * kill)
            )
            for person, cell in zip(people, cells, strict=True)
        ]
        answered = sum(person.answered for person in people)
        for writer in writers:
            writer.start()
        assert becomes_true(lambda before=answered: sum(p.answered for p in people) > before)
        time.sleep(rng.uniform(0, 0.4))
        site.kill(everything=kill % OF_EVERYTHING == OF_EVERYTHING - 1)
        stop.set()
        for writer in writers:
            writer.join(PATIENCE)
        site.start()
        for person, cell in zip(people, cells, strict=True):
            found = saved_number(site, cell)
            if found not in (person.shown, *person.unanswered):
                lost.append((kill, cell, person.shown, person.unanswered, found))

    assert lost == []
    assert sum(person.answered for person in people) >= KILLS
    # Nothing half: every number that went in has its row in the history and its event, and the
    # chain of them is whole.
    changes_after, savings_after = counted(site)
    assert changes_after - changes == savings_after - savings
    assert savings_after - savings >= sum(person.answered for person in people)
    site.manage("verify_audit")


def form_to_fill_in(site: Site, person: Person) -> tuple[str, list[str]]:
    """Address of a report that the person is to fill in, and the cells of it to write in."""
    _, overview = site.get("/inrapportering/", person.cookie)
    for report in dict.fromkeys(re.findall(r'"(/inrapportering/sodermalm/[^/"]+/)"', overview)):
        _, page = site.get(report, person.cookie)
        names = re.findall(r'number-field"[^>]* name="(v-[a-z0-9-]+)-totalt-utfall"', page)
        if len(names) >= WRITERS:
            return report, list(dict.fromkeys(names))[:WRITERS]
    raise AssertionError("the demo has no report to fill in")
