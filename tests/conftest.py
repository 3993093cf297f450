"""What all tests share: a database named for this run, and where the real papers lie."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests.databases import migrated_template

REPOSITORY = Path(__file__).resolve().parent.parent
LONGEST_NAME = 120
SEEDS = Path(os.environ.get("SAMLAD_SEEDS", REPOSITORY.parent / "shared" / "seeds"))


def pytest_configure() -> None:
    # People are made by the hundred here, and a hash that is meant to be slow would be most of it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # How fast a case is says more of what else the machine does than of the case.
    # The same cases every time, so that no result depends on luck; SAMLAD_RANDOM=on looks further.
    hypothesis.register_profile(
        "samlad",
        deadline=None,
        derandomize=os.environ.get("SAMLAD_RANDOM") != "on",
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    hypothesis.load_profile("samlad")


def pytest_make_parametrize_id(val: object) -> str | None:
    """What a test is tried on stands in its name: of a long text or a file only how it begins."""
    if isinstance(val, bytes) and len(val) > LONGEST_NAME:
        return f"{len(val)} bytes"
    if isinstance(val, str) and len(val) > LONGEST_NAME:
        return f"{val[:40]}… ({len(val)})"
    return None


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end: the garbage is not sought there."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """Two runs at once must not share a database: the name holds the run's own mark."""
    mark = os.environ.get("SAMLAD_TEST_DB") or os.environ.get("PYTEST_XDIST_TESTRUNUID", "")[:8]
    mark = mark or f"p{os.getpid()}"
    test = settings.DATABASES["default"].setdefault("TEST", {})
    name = test.get("NAME") or "test_samlad"
    if mark not in name:
        test["NAME"] = f"{name}_{mark}"
    test["TEMPLATE"] = migrated_template(settings.DATABASES["default"])


@pytest.fixture(scope="session")
def migrated_database(django_db_setup, django_db_blocker, request) -> Iterator[None]:
    """The migrated test database. pytest-django makes none when no other test asks for one.

    Without this a test run alone would clone the database that one develops against.
    """
    default = connections["default"]
    name = default.settings_dict["NAME"]
    if name == default.creation._get_test_db_name():
        yield
        return
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with django_db_blocker.unblock():
        default.creation.create_test_db(0, autoclobber=True, serialize=False, keepdb=keep)
    yield
    with django_db_blocker.unblock():
        default.creation.destroy_test_db(name, 0, keepdb=keep)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the real papers; they are read where they lie and never copied."""
    if not SEEDS.is_dir():
        pytest.skip(f"the real papers are not here ({SEEDS}); set SAMLAD_SEEDS to their folder")
    return SEEDS


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a skipped test is a failure: what CI does not run, nobody runs."""
    if os.environ.get("CI") != "true":
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
