"""``peripherals pay`` and ``peripherals zvt``: pay at any terminal, and read what one sends."""

import asyncio
import contextlib
import json
import signal
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated
from uuid import uuid4

import typer

from peripherals.command_line import CommandLine
from peripherals.device import open_device
from peripherals.errors import PeripheralError, UrlInvalidError, ZvtInvalidError
from peripherals.money import Amount
from peripherals.payment.port import Order, PaymentTerminal, Progress, Result, Transaction
from peripherals.payment.zvt.describe import describe, read

zvt = CommandLine(no_args_is_help=True, help="Payment terminals that speak ZVT.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_LONGEST = 1 << 16


@zvt.command("decode")
def decode(
    text: Annotated[str, typer.Argument(metavar="HEX", help="One APDU, or one block of a serial line.")],
    as_json: AsJson = False,
) -> None:
    """Say what an APDU is: class, instruction, fields by BMP and TLV; passwords and cards are masked.

    Exit code 2: it is none.
    """
    try:
        shown = describe(read(_bytes(text)))
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders}, as_json)
        raise typer.Exit(2) from error
    _print(shown, as_json)


def pay(  # noqa: PLR0917 - typer tells options apart by their annotations
    device: Annotated[str, typer.Option(help="Address of a payment terminal, such as zvt+tcp://10.0.0.8:20007")],
    amount: Annotated[str, typer.Option(help="In major units, such as 12.34")],
    currency: Annotated[str, typer.Option(help="ISO 4217, three letters.")] = "EUR",
    language: Annotated[str, typer.Option(help="The person's, two letters.")] = "en",
    goods: Annotated[bool, typer.Option(help="Whether the goods can be issued once it is approved.")] = True,
    wait: Annotated[float, typer.Option(help="Seconds to go on asking where the result is in doubt.", min=0)] = 30,
    as_json: AsJson = False,
) -> None:
    """Have somebody pay at a terminal. An interrupt (Ctrl-C) asks the terminal to end it.

    Prints what the terminal does, then the result with receipts. Exit code 0: charged; 1: not charged, or in doubt;
    2: the address or the amount cannot be used.
    """
    try:
        due = Amount.parse(amount, currency)
        terminal = open_device(device)
        if not isinstance(terminal, PaymentTerminal):
            raise UrlInvalidError(part="device", value=device)
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders}, as_json)
        raise typer.Exit(2) from error
    try:
        told = asyncio.run(_pay(terminal, Order(str(uuid4()), due, language), goods=goods, wait=wait, as_json=as_json))
    except PeripheralError as error:
        _print({"result": None, "error": error.code, **error.placeholders}, as_json)
        raise typer.Exit(1) from error
    _print(_outcome_text(told), as_json)
    raise typer.Exit(0 if told.result is Result.APPROVED else 1)


async def _pay(terminal: PaymentTerminal, order: Order, *, goods: bool, wait: float, as_json: bool) -> Transaction:
    def follow(progress: Progress) -> None:
        _print({"progress": progress.value}, as_json)

    async def decide(_: Transaction) -> bool:
        return goods

    async with terminal:
        order = replace(order, mark=await terminal.mark())
        aborting: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, lambda: aborting.add(asyncio.ensure_future(_abort(terminal))))
        told = await terminal.pay(order, follow=follow, decide=decide)
        if told.result is Result.IN_DOUBT:
            _print({"result": told.result.value, "reason": told.reason}, as_json)
            return await _look_up(terminal, order, told, wait)
        return told


async def _look_up(terminal: PaymentTerminal, order: Order, told: Transaction, wait: float) -> Transaction:
    """Ask until the terminal can say it, or patience is over; a payment that it never had was not charged."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(wait):
            while True:
                with contextlib.suppress(PeripheralError):
                    found = await terminal.look_up(order)
                    return found or Transaction(Result.FAILED, order.amount, reason="never-reached-the-terminal")
                await asyncio.sleep(1)
    return told


async def _abort(terminal: PaymentTerminal) -> None:
    with contextlib.suppress(PeripheralError):
        await terminal.abort()


def _outcome_text(told: Transaction) -> dict[str, object]:
    return {
        "result": told.result.value,
        "reason": told.reason,
        "amount": str(told.amount.major),
        "currency": told.amount.currency,
        "reference": told.reference,
        "trace": told.trace,
        "terminal": told.terminal,
        "at": told.at.isoformat() if told.at else None,
        "signature": told.signature,
        "receipts": [asdict(each) for each in told.receipts],
    }


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text[:_LONGEST])
    except ValueError as error:
        raise ZvtInvalidError(fault="hexadecimal", at=0) from error


def _print(message: Mapping[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(message), flush=True)
    else:
        print("  ".join(f"{key}: {value}" for key, value in message.items()), flush=True)
