"""The whole kiosk, killed while somebody pays, at each moment at which it could keep or lose money.

The moment after the approval of a ZVT terminal is in ``tests/promises/test_killed_kiosk.py``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.payments.killed import STEP, Moment, kill_at
from tests.faults.payments.site import FEE, a_server
from tests.faults.server_process import Installation


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    with a_server(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: whatever they try is another process."""


MOMENTS = {
    # It waits for our answer to its approval, and gives back what nobody takes.
    "zvt-sent": Moment("zvt", (), STEP.format("approved"), "sent", FEE, "failed"),
    "zvt-printing": Moment(
        "zvt", (), "BEFORE INSERT ON ticket_row WHEN NEW.step = 'printed'", "committed", FEE, "needs-staff", prints=True
    ),
    "zvt-reversal": Moment("zvt", ("signature on",), STEP.format("reversed"), "reversal-sent", 0, "reversed"),
    # It keeps what it charged.
    "nexo-sent": Moment("nexo", (), STEP.format("approved"), "sent", FEE, "refund-requested"),
    "nexo-reversal": Moment(
        "nexo", ("signature on",), STEP.format("refund-requested"), "reversal-sent", 0, "refund-requested"
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
async def test_a_kiosk_that_is_killed_loses_no_money(
    tmp_path: Path, server: tuple[Installation, str], name: str
) -> None:
    await kill_at(MOMENTS[name], tmp_path, *server)
