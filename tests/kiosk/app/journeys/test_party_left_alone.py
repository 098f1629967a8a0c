"""Nothing is left of a party's documents at a kiosk that is left alone: seconds pass until it asks."""

from pathlib import Path

import pytest

from kiosk.kit import fonts
from tests.kiosk.app.test_party_documents import nothing_is_left


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


async def test_nothing_is_left_of_a_party_that_went_away(tmp_path: Path) -> None:
    await nothing_is_left(tmp_path, "idle")
