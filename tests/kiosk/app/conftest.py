"""Folders whose paths are short enough for sockets."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.queue_server.conftest import data, here, template  # noqa: F401 - fixtures


@pytest.fixture
def folder() -> Iterator[Path]:
    # A socket's path has room for about a hundred characters.
    path = Path(tempfile.mkdtemp(prefix="kiosk-"))
    yield path
    shutil.rmtree(path)
