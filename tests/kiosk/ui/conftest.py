"""One engine for all tests of the look: offscreen, drawn by software, with the bundled fonts alone."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.kit import engine, fonts
from tests.kiosk.ui.stage import Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
fonts.isolate()


@pytest.fixture(scope="session")
def shared_stage(qapp: QGuiApplication) -> Iterator[Stage]:
    screen = engine.create("kiosk.ui", "kiosk", reduce_motion=True, debounce_ms=0)
    stage = Stage(qapp, screen)
    yield stage
    screen.close()


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The stage, with no debounce and nothing acted."""
    shared_stage.reset()
    yield shared_stage
    shared_stage.reset()
