from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.kit import fonts
from tests.kiosk.app.centre import Centre
from tests.kiosk.app.terminals import FEE, Nexo, Terminal, Zvt


@pytest.fixture(autouse=True)
def qt_fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@pytest.fixture(params=[Zvt, Nexo])
async def terminal(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Terminal]:
    made: Terminal = request.param(folder)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def centre() -> AsyncIterator[Centre]:
    async with Centre() as one:
        one.fee = FEE
        yield one
        assert one.wrong == []
