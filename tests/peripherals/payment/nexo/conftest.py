from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from peripherals.payment.nexo.device import NexoTerminal
from peripherals.payment.nexo.simulator.server import NexoSimulator
from tests.peripherals.payment.nexo.counter import driver


@pytest.fixture
async def simulator(tmp_path: Path) -> AsyncIterator[NexoSimulator]:
    made = NexoSimulator(tmp_path / "terminal")
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def device(simulator: NexoSimulator) -> AsyncIterator[NexoTerminal]:
    async with driver(simulator) as opened:
        yield opened
