"""A real server on a database of its own, with the demo content, and a real Chromium.

The server is a process of its own, as in life; nothing is shared with the test's transactions.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import REPOSITORY
from tests.databases import own_database

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
# How long a test waits for what must come, at most: on a busy machine every answer takes seconds.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
CHROMIUM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One worker runs them all: one server, one browser.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A database of this run's own, filled with the demo content."""
    with own_database(f"samlad_e2e_{os.getpid()}", settings.DATABASES["default"]) as url:
        yield url


@pytest.fixture(scope="session")
def manage(database_url: str):
    """Runs a management command against the server's database; answers what it printed."""

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=os.environ | {"DATABASE_URL": database_url, "DEBUG": "on"},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.fixture(scope="session")
def server(database_url: str, manage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Samlad with demo content."""
    manage("load_demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            cwd=REPOSITORY,
            env=os.environ | {"DATABASE_URL": database_url, "DEBUG": "on"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_it_answers(f"{address}/halsa/", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait_until_it_answers(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 300  # only ever waited for in vain when it is down
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: browser tests did not run")
    # Playwright keeps an event loop in this thread, and Django would refuse the database to every
    # later test of this worker because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


class Visitor:
    """A person at the browser, who notices everything that the console complains of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("requestfailed", self._failed)

    def _failed(self, request) -> None:
        # The browser fetches the tab's icon last, and gives it up when the page is left before
        # that. Anything else that is given up may be somebody's words, and is a fault.
        left = request.failure == "net::ERR_ABORTED" and request.url.endswith("/samlad.svg")
        if not left:
            self.complaints.append(f"failed: {request.url}: {request.failure}")

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({self.page.url})")

    def sign_in(self, username: str) -> None:
        """With the demo's role button."""
        self.page.goto(f"{self.address}/logga-in/")
        form = self.page.locator(f'form:has(input[name="username"][value="{username}"])')
        form.get_by_role("button").click()
        self.page.wait_for_url(f"{self.address}/")

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Logga ut").click()
        self.page.wait_for_url(f"{self.address}/logga-in/")

    def open(self, path: str) -> None:
        response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"

    def check_page(self) -> None:
        """No axe violation here, and nothing on the console so far."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        result = self.page.evaluate(
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
            ".map(v => v.id + ': ' + v.help + ' @ ' + v.nodes.map(n => n.target).join(', '))"
        )
        assert result == [], self.page.url
        assert self.complaints == []

    def fits(self, width: int) -> None:
        """The page scrolls in one direction only at this width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{self.page.url} is {wide} px wide at {width}"


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield Visitor(context.new_page(), server)
    context.close()
