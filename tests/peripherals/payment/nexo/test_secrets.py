"""Nothing of a card, and no passphrase, in what is logged, kept, shown or raised: with planted ones, in every place."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from peripherals.errors import PeripheralError
from peripherals.payment.nexo import requests
from peripherals.payment.nexo.device import NexoTerminal
from peripherals.payment.nexo.simulator.papers import SPECIMEN, TRACK
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Transaction
from tests.peripherals.payment.nexo.counter import Flow, driver, order, pay


def holds_number(text: str) -> bool:
    return SPECIMEN in re.sub(r"[^0-9]", "", text) or TRACK[18:30] in text


async def test_planted_numbers_are_nowhere(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(plant=True)
    shown: list[Transaction] = []
    flow = Flow()
    with capture_logs() as logs:
        for fault in ("", "lose-completion", "half", "wrong-hmac", "garbage", "replay"):
            simulator.fault = fault
            wanted = order()
            paid = await pay(device, wanted, flow)
            found = await device.look_up(wanted)
            assert found is not None
            shown += [paid, found, await device.reverse(order(), paid)]
        papers = await device.repeat_receipts()
    everything = [repr(each) for each in (*shown, *flow.asked, *papers, device.status, device, logs)]
    everything += ["\n".join(paper.lines) for each in shown for paper in each.receipts]
    everything += ["\n".join(paper.lines) for paper in papers]
    assert any("************1111" in text for text in everything)
    assert [text for text in everything if holds_number(text)] == []
    assert len(logs) >= 5


async def test_they_are_planted_indeed(simulator: NexoSimulator) -> None:
    """Without this the test above could not fail."""
    simulator.terminal.set(plant=True)
    request = requests.payment(requests.PeerNames("KIOSK1", simulator.poi_id), order(), datetime.now(UTC))
    answer = await simulator.terminal.handle(request)
    assert answer is not None
    assert answer.payment_response is not None
    texts = [
        each.text for paper in answer.payment_response.payment_receipt for each in paper.output_content.output_text
    ]
    assert any(SPECIMEN in (text or "") for text in texts)
    # The message itself, not masked yet, does not show what stands on its receipts.
    assert not holds_number(repr(answer.payment_response.payment_receipt))


async def test_the_terminal_keeps_none_either(simulator: NexoSimulator, device: NexoTerminal) -> None:
    simulator.terminal.set(plant=True)
    await pay(device, order())
    assert not holds_number(await asyncio.to_thread(simulator.journal.path.read_text))
    assert not holds_number(str(await simulator.command(["journal"])))


@pytest.fixture
def passphrase(tmp_path: Path) -> str:
    """Leave files that nearly hold the terminal's passphrase; give what they have in common."""
    (tmp_path / "terminal").mkdir()
    for name, text in {
        "terminal/passphrase": "half-a-secret-1",
        "near": "half-a-secret-2",
        "odd": "half-a-secret-\u00e9",
    }.items():
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text(text)
    return "half-a-secret"


async def test_the_passphrase_is_nowhere(passphrase: str, simulator: NexoSimulator, tmp_path: Path) -> None:
    said: list[object] = []
    with capture_logs() as logs:
        async with driver(simulator) as device:
            said += [device.status, await pay(device, order()), repr(device), vars(device), vars(device._link)]
        async with driver(simulator, key=str(tmp_path / "near")) as device:
            said += [device.status, await pay(device, order())]
        with pytest.raises(PeripheralError) as caught:
            await driver(simulator, key=str(tmp_path / "odd")).__aenter__()
        said += [caught.value, caught.value.args, await simulator.command(["status"]), simulator.query]
    said += [await asyncio.to_thread(simulator.journal.path.read_text), vars(simulator)]
    assert logs
    assert [each for each in (*said, logs) if passphrase in f"{each} {each!r}"] == []
