"""A kiosk is killed when the card is charged and no ticket is issued yet: the money goes back, at its next start.

At other moments, with other terminals, at the end of the day and by hand: ``tests/faults/payments``.
"""

from pathlib import Path

import pytest

from tests.faults.payments.killed import APPROVED, kill_at
from tests.faults.payments.site import a_server


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: whatever it tries is another process."""


async def test_a_kiosk_that_is_killed_loses_no_money(tmp_path: Path) -> None:
    with a_server(tmp_path / "server") as (place, url):
        await kill_at(APPROVED, tmp_path, place, url)
