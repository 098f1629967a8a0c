"""Every page of the kiosk fits in the languages and modes that ``tests/kiosk/ui/test_fit.py`` leaves out."""

import pytest
from PySide6.QtGui import QRawFont

from tests.kiosk.ui.stage import Stage
from tests.kiosk.ui.test_fit import ACTIONS, LOOKS, MODES, fonts, misfits, sources, touched  # noqa: F401 - two of them are fixtures

OTHERS = [
    (language, mode)
    for language in ("en", "ar", "fr", "qps")
    for mode in MODES
    # The thicker borders of strong contrast are the same in every language.
    if (language, mode) not in LOOKS and (mode != "contrast" or language == "en")
]


@pytest.mark.parametrize(("language", "mode"), OTHERS)
def test_every_page_fits(
    stage: Stage,
    sources: dict[tuple[str, str], str],  # noqa: F811 - a fixture
    fonts: list[QRawFont],  # noqa: F811 - a fixture
    language: str,
    mode: str,
) -> None:
    found = misfits(stage, sources, fonts, language, mode)
    assert not found, "\n".join(found)


def test_every_control_does_one_thing_and_the_journey_knows_it(stage: Stage) -> None:
    found, acted = touched(stage, "en", "normal")
    assert not found, "\n".join(found)
    assert acted == ACTIONS


def test_every_control_does_one_thing_from_right_to_left(stage: Stage) -> None:
    found, acted = touched(stage, "ar", "all")
    assert not found, "\n".join(found)
    # Some controls are behind More: pages are larger.
    assert acted <= ACTIONS
