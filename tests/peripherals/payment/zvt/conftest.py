"""A terminal on each kind of line."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.peripherals.payment.zvt.desk import Desk, desk


@pytest.fixture(params=["tcp", "serial"])
async def at(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(request.param, tmp_path) as put:
        yield put
