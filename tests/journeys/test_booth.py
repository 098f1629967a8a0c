"""A booth of documents as people carry them: what each person reads at the kiosk, and what staff read and do.

The table stands in ``tests/journeys/booth``, with the words in English, French and Arabic. Documents, states and people
are made up; kiosk, readers, protocols, server and pages are real.
"""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.kit import engine, fonts
from tests.journeys.booth import printed
from tests.journeys.booth.play import Seen, play
from tests.journeys.booth.row import Row
from tests.journeys.booth.said import LANGUAGES
from tests.journeys.booth.screen import reads
from tests.journeys.booth.table import TABLE
from tests.kiosk.ui.stage import Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
fonts.isolate()
#: How a check ended of which there is nothing to say.
_PLAIN = {"passed", "not in this document"}


@pytest.fixture(scope="module")
def stage(qapp: QGuiApplication) -> Iterator[Stage]:
    screen = engine.create("kiosk.ui", "kiosk", reduce_motion=True, debounce_ms=0)
    yield Stage(qapp, screen)
    screen.close()


@pytest.mark.timeout(600)
def test_what_each_person_reads_and_what_staff_read_and_do(tmp_path: Path, stage: Stage) -> None:
    seen = asyncio.run(play(tmp_path))
    wrong = [line for row, one in zip(TABLE, seen, strict=True) for line in differences(stage, row, one)]
    assert not wrong, "\n".join(wrong)


def differences(stage: Stage, row: Row, seen: Seen) -> Iterator[str]:
    """Say in which language what was read differs from the table, and how."""
    english = seen.told.en
    told_of = [place for place, one in enumerate(english.checks) if one.outcome not in _PLAIN]
    for language in LANGUAGES:
        told = seen.told.within(language)
        pairs = {
            "person": (
                None if row.person is None else row.person.within(language),
                None if seen.page is None else reads(stage, seen.page, language),
            ),
            "line": (row.line.within(language), told.line),
            "face": (None if row.face is None else row.face.within(language), told.face),
            "checks": (
                [one.within(language) for one in row.checks],
                # That the visit names no application is said of all, and says nothing of a document.
                [one for place in told_of if (one := told.checks[place]) != printed.NO_APPLICATION.within(language)],
            ),
        }
        for name, (wanted, found) in pairs.items():
            if wanted != found:
                yield f"{row.about} ({row.state}), {name} in {language}:\n  table: {wanted}\n  found: {found}"
