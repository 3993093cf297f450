"""Fixtures for the tests of the embedded PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.embedded_users import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A var/ of its own. As root it lies in a folder that nobody else can enter."""
    place = Place(tmp_path / "var")
    yield place
    place.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account of the machine can enter, as tmp_path is not."""
    path = Path(tempfile.mkdtemp(prefix="samlad-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)
