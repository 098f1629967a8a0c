"""The simulated cabinets that ``tests/peripherals/lockers/test_simulate.py`` leaves out."""

from itertools import product
from pathlib import Path

import pytest

from tests.peripherals.lockers.test_simulate import BOARDS, try_cabinet

OTHERS = sorted(set(product(("kerong", "modbus", "winnsen"), ("serial", "tcp"))) - set(BOARDS))


@pytest.mark.parametrize(("board", "line"), OTHERS)
async def test_a_simulated_cabinet(board: str, line: str, tmp_path: Path) -> None:
    await try_cabinet(board, line, tmp_path)
