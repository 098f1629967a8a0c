"""Folders whose paths are short enough for sockets, and what is printed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.kit.drawn import PageImages
from kiosk.kit.papers import PaperReceipt, PaperTicket
from peripherals.printers.port import MonoImage
from tests.kiosk.app import stand as bench
from tests.queue_server.conftest import _own_house as here  # noqa: F401 - fixtures
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures


@pytest.fixture
def folder() -> Iterator[Path]:
    # A socket's path has room for about a hundred characters.
    path = Path(tempfile.mkdtemp(prefix="kiosk-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[PaperTicket | PaperReceipt]:
    """What is printed, as it is handed to be drawn."""
    drawn: list[PaperTicket | PaperReceipt] = []

    class Keeping(PageImages):
        def ticket(self, paper: PaperTicket, width: int) -> MonoImage:
            drawn.append(paper)
            return super().ticket(paper, width)

        def receipt(self, paper: PaperReceipt, width: int) -> MonoImage:
            drawn.append(paper)
            return super().receipt(paper, width)

    monkeypatch.setattr(bench, "PageImages", Keeping)
    return drawn
