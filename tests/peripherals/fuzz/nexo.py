"""What is fuzzed of nexo: envelopes, and what a terminal that has our key may send."""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from peripherals.errors import PeripheralError
from peripherals.money import Amount
from peripherals.payment.nexo import answers, describe, envelope, messages, requests
from peripherals.payment.nexo.simulator.journal import TransactionJournal
from peripherals.payment.nexo.simulator.terminal import SimulatedTerminal
from peripherals.payment.port import Order, Result, Transaction

KEY = envelope.DerivedKey.derive(b"made-up passphrase", "kiosks", 1)
ORDER = Order("018f0000-0000-7000-8000-000000000000", Amount(1234, "EUR"))
NAMES = requests.PeerNames("KIOSK1", "V400m-1")


def take_envelope(data: bytes) -> None:
    with contextlib.suppress(PeripheralError):
        envelope.key_name(data)
    envelope.open_answer(data, KEY)


def take_answer(data: bytes) -> None:
    """Read an answer in every way that a driver reads one."""
    messages.rejected(data)
    with contextlib.suppress(PeripheralError):
        describe.describe(data)
    answer = messages.decode_answer(data)
    answers.repeated(answer)
    for undoes in ("", "abc"):
        with contextlib.suppress(PeripheralError):
            answers.outcome(answer, replace(ORDER, undoes=undoes), NAMES.poi_id)
    with contextlib.suppress(PeripheralError):
        answers.payment(answer.payment_response, ORDER, NAMES.poi_id)
    with contextlib.suppress(PeripheralError):
        answers.reversal(answer.reversal_response, ORDER, NAMES.poi_id)
    with contextlib.suppress(PeripheralError):
        answers.reconciliation(answer.reconciliation_response)
    with contextlib.suppress(PeripheralError):
        answers.health(answer.diagnosis_response)


async def _ask(terminal: SimulatedTerminal) -> list[messages.SaleToPOIResponse | None]:
    """Have a simulated terminal answer every kind of request."""
    at = datetime(2026, 5, 1, tzinfo=UTC)
    paid = await terminal.handle(requests.payment(NAMES, ORDER, at))
    reference = terminal.journal.entries[0].reference
    undo = requests.undoing(ORDER, reference)
    further = (
        requests.reversal(NAMES, undo, Transaction(Result.APPROVED, ORDER.amount, reference, at=at), at),
        requests.status(NAMES, "OWN1", ORDER),
        requests.status(NAMES, "OWN2", undo),
        requests.diagnosis(NAMES, "OWN3"),
        requests.reconciliation(NAMES, "OWN4"),
    )
    return [paid, *[await terminal.handle(each) for each in further]]


def _said() -> Iterator[messages.SaleToPOIResponse]:
    with tempfile.TemporaryDirectory() as folder:
        terminal = SimulatedTerminal(TransactionJournal(Path(folder) / "journal"), NAMES.poi_id)
        yield from (answer for answer in asyncio.run(_ask(terminal)) if answer is not None)


def answers_said() -> Iterator[bytes]:
    return (messages.encode(answer) for answer in _said())


def envelopes_said() -> Iterator[bytes]:
    for answer in _said():
        yield envelope.seal(messages.encode(answer), answer.message_header, KEY, bytes(16))
