"""A small terminal of either sort for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.payments.small_terminal import SmallTerminal


@pytest.fixture(params=["keeps", "waits"])
async def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SmallTerminal]:
    """Charge at the approval, or when it is heard that the goods are issued."""
    async with SmallTerminal(tmp_path / "ledger.jsonl", keeps=request.param == "keeps").serving() as one:
        yield one
