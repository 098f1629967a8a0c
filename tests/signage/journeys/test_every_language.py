"""Boards and the screens over counters fit in the languages that ``tests/signage/test_fit.py`` leaves out."""

import pytest

from tests.kiosk.ui.stage import Stage
from tests.signage.test_fit import (
    EXTREMES,
    LANGUAGES,
    LONG,
    SHORT,
    SIXTEEN_NINE,
    TABLE,
    wrong_at_a_distance,
    wrong_over_a_counter,
)

OTHERS = [language for language in LANGUAGES if language not in EXTREMES]


@pytest.mark.parametrize("panel", [SIXTEEN_NINE, SHORT, LONG])
@pytest.mark.parametrize("language", OTHERS)
def test_everything_fits_over_a_counter(stage: Stage, language: str, panel: tuple[int, int]) -> None:
    assert wrong_over_a_counter(stage, language, panel) == []


@pytest.mark.parametrize(("diagonal", "distance"), TABLE)
def test_every_board_of_the_table_fits(stage: Stage, diagonal: float, distance: float) -> None:
    assert wrong_at_a_distance(stage, OTHERS, diagonal, distance) == []
