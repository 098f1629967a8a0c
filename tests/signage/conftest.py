"""One engine for all tests of the boards: offscreen, drawn by software, with the bundled fonts alone."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.kit import engine, fonts
from tests.kiosk.ui.stage import Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
fonts.isolate()


@pytest.fixture(scope="module")
def stage(qapp: QGuiApplication) -> Iterator[Stage]:
    screen = engine.create("signage.ui", "signage", reduce_motion=True, debounce_ms=0)
    yield Stage(qapp, screen, width=480, height=270)
    screen.close()
