"""Every border of the journal, stopped before it, after it, and with a disk that is full from there.

Each is opened again by a new desk, against a terminal that knows what it did.
"""

import asyncio
from pathlib import Path

import pytest

from kiosk.payment.progress import OfferAnswer, Phase
from kiosk.tickets.model import PrintResult
from peripherals.payment.port import Result
from tests.faults.payments import judge
from tests.faults.payments.cutting import CutWorker
from tests.faults.payments.small_terminal import SmallDriver, SmallTerminal
from tests.kiosk.payment.stand import bill, set_up, standing

#: More than a payment that goes back and ends with staff ever makes.
MOST = 40


@pytest.mark.parametrize("how", ["before", "after", "full"])
@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("story", ["well", "no-paper", "unknown", "signature", "refused"])
async def test_whatever_is_cut_off_ends_well(tmp_path: Path, story: str, *, keeps: bool, how: str) -> None:
    await asyncio.to_thread(set_up, tmp_path / "outbox.sqlite")
    async with SmallTerminal(tmp_path / "ledger.jsonl", keeps=keeps).serving() as terminal:
        terminal.signature = story == "signature"
        for at in range(1, MOST):
            terminal.reversal = Result.DECLINED if story == "refused" else Result.APPROVED
            whole = await one(tmp_path, terminal, story, at, how)
            terminal.reversal = Result.APPROVED
            async with standing(tmp_path, SmallDriver(terminal.url)) as again:
                assert again.desk.state.phase is Phase.IDLE
            charges = await asyncio.to_thread(judge.small_ledger, terminal.ledger)
            found = await asyncio.to_thread(judge.problems, tmp_path / "outbox.sqlite", charges)
            assert found == [], f"cut {how} call {at}"
            if whole:
                break
        assert whole, "there are more borders than were tried"
        assert at > 5


async def one(folder: Path, terminal: SmallTerminal, story: str, at: int, how: str) -> bool:
    """Pay once with a cut at call ``at`` of the run; tell whether it came to its end before that."""
    worker = CutWorker(folder / "outbox.sqlite")
    async with standing(folder, SmallDriver(terminal.url), box=worker) as stand:
        stand.tray.results = {
            "no-paper": [PrintResult.FAILED],
            "refused": [PrintResult.FAILED],
            "unknown": [PrintResult.UNKNOWN],
        }.get(story, [])
        worker._at, worker._how = worker.calls + at, how
        starting = asyncio.create_task(stand.desk.start(bill(1000 + at)))
        try:
            while worker.calls < worker._at or not (worker.reached.is_set() or how == "full"):
                if stand.desk.state.phase is Phase.OFFER:
                    stand.desk.answer(OfferAnswer.GIVE_UP)
                if starting.done() and stand.desk._task is not None and stand.desk._task.done():
                    return True
                await asyncio.sleep(0.002)
            if how == "full":
                await asyncio.wait([starting])
                await stand.desk.over()
        finally:
            # What closes the file may pass.
            worker._at = 0
            starting.cancel()
            await asyncio.wait([starting])
            if not starting.cancelled():
                starting.exception()
    return False
