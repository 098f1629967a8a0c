"""The client that Adyen publishes for its terminals hears the simulator's refusals, and trusts no other terminal."""

import asyncio
from pathlib import Path

import pytest

from peripherals.payment.nexo.simulator.server import NexoSimulator
from tests.peripherals.payment.nexo.test_peer import (
    KEY,
    LIBRARY,
    folder,  # noqa: F401 - a fixture
    header,
    payment,
    talk,
    terminal,  # noqa: F401 - a fixture
)

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="installer/setup tests installs the client from npm")


async def test_it_hears_a_refusal_and_an_abort(terminal: NexoSimulator) -> None:  # noqa: F811 - a fixture
    terminal.terminal.set(outcome="decline")
    [refused] = await talk(terminal, payment("P1"))
    assert refused["ok"]["SaleToPOIResponse"]["PaymentResponse"]["Response"]["ErrorCondition"] == "Refusal"
    terminal.terminal.set(outcome="approve", slow_s=3000)
    paying = asyncio.create_task(talk(terminal, payment("P2")))
    await terminal.midway.wait()
    reference = {"MessageCategory": "Payment", "ServiceID": "P2", "SaleID": "TILL 7"}
    abort = {"AbortReason": "MerchantAbort", "MessageReference": reference}
    sent = {"SaleToPOIRequest": {"MessageHeader": header("Abort", "A1"), "AbortRequest": abort}}
    assert await talk(terminal, sent) == [{"ok": {}}]
    [aborted] = await paying
    assert aborted["ok"]["SaleToPOIResponse"]["PaymentResponse"]["Response"]["ErrorCondition"] == "Aborted"
    assert [entry.kind for entry in terminal.journal.entries] == ["declined", "declined"]


async def test_it_believes_no_other_root_and_no_other_key(
    terminal: NexoSimulator,  # noqa: F811 - a fixture
    tmp_path: Path,
) -> None:
    other = NexoSimulator(tmp_path / "other")
    await other.start()
    [untrusted] = await talk(terminal, payment("P1"), ca=str(other.folder / "ca.pem"))
    await other.stop()
    [other_key] = await talk(terminal, payment("P2"), key={**KEY, "Passphrase": "another"})
    assert "certificate" in untrusted["message"]
    assert "error" in other_key
    assert terminal.journal.entries == []
