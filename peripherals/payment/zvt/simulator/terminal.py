"""A terminal that speaks ZVT, with a person and a bank behind it who do as they are told.

It is the other side of ``dialogue``: it has the line from its answer to a command until completion or abort, waits for
80 00 00 after everything that it says, and gives a payment back by itself where its result is not taken (scheme old).
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from peripherals.money import currency_of
from peripherals.payment.zvt import tlv
from peripherals.payment.zvt.apdu import DONE, WAIT, Apdu, ControlField, refuse
from peripherals.payment.zvt.bmp import Bmp, Fields, parse
from peripherals.payment.zvt.commands import Config, RepeatService
from peripherals.payment.zvt.simulator import messages, script, wire
from peripherals.payment.zvt.simulator.books import Books, ZvtTransaction
from peripherals.payment.zvt.simulator.conversation import Conversation, CutError
from peripherals.payment.zvt.simulator.script import Script
from peripherals.payment.zvt.simulator.wire import LineFaults
from peripherals.simulation import CommandError, SimulatedLine

type Report = Callable[[dict[str, object]], None]

_PASSWORD = 3
_ABORTED, _FAILED, _NOT_REGISTERED, _IMPOSSIBLE, _REVERSED, _NO_REVERSAL = 0x6C, 0x66, 0x6B, 0x83, 0xB4, 0xB5
#: What a terminal says of a wrong password is its maker's matter, and so is that of a message that lacks something.
_WRONG_PASSWORD = _INCOMPLETE = 0x9A
_CURRENCY, _TOO_LOW = 0x6F, 0xC8
#: Whatever begins with the password. A status enquiry may bring it, and needs none.
_GUARDED = {
    ControlField.REVERSAL,
    ControlField.REFUND,
    ControlField.REPEAT_RECEIPT,
    ControlField.END_OF_DAY,
    ControlField.INITIALISATION,
}
_INSERT, _AUTHORISING, _REVERSING, _REMOVE, _APPROVED, _DAY_ENDS = 0x0A, 0x04, 0x05, 0x4B, 0x1C, 0x0F
_EURO, _NUMBER_DIGITS = 978, 4
#: Status codes of 05 01, and what the completion of a registration says of the same.
_NEEDS = {0x50: 0x01, 0xC2: 0x02}


class TerminalSimulator(Conversation):
    """One terminal on one line. ``journal`` is the file of its books; without one they are in memory."""

    def __init__(
        self,
        line: SimulatedLine,
        journal: Path | None = None,
        *,
        password: str = "000000",  # noqa: S107 - what terminals are delivered with
        times: tuple[float, float] = (0.2, 5.0),
        report: Report = lambda _: None,
    ) -> None:
        super().__init__(line, times)
        self.books = Books(journal)
        #: Set while the bank is asked.
        self.midway = asyncio.Event()
        #: Has one for each time that the register told it to wait.
        self.waits: asyncio.Queue[None] = asyncio.Queue()
        self._password = password
        self._report = report
        self._serving: asyncio.Task[None] | None = None
        self._config: Config | None = None
        self._currency = _EURO

    @property
    def faults(self) -> LineFaults:
        return self._wire.faults

    def set(self, **changes: object) -> None:
        """Change the script or the faults of the line."""
        of_line = {name: value for name, value in changes.items() if name in LineFaults.__dataclass_fields__}
        of_script = {name: value for name, value in changes.items() if name not in of_line}
        self._wire.faults = replace(self._wire.faults, **of_line)  # type: ignore[arg-type]  # replace itself checks the names
        self.script = replace(self.script, **of_script)  # type: ignore[arg-type]  # as above

    async def start(self) -> None:
        await self.books.load()
        # What it had charged when it was switched off, and nobody had taken.
        await self._undo_charge()
        await self._line.plug()
        self._serving = asyncio.create_task(self._serve(), name="zvt terminal")

    async def stop(self) -> None:
        await self._halt()
        await self._line.close()

    async def power_cycle(self) -> None:
        """Off and on again: the registration is gone, and what was not taken is given back when it is on again."""
        await self._halt()
        await self._boot()
        await self.start()

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        if (changed := script.change(self.script, words)) is not None:
            self.script = changed
            return {}
        if (faults := wire.change(self._wire.faults, words)) is not None:
            self._wire.faults = faults
            return {}
        match words:
            case ["unplug"]:
                await self._line.unplug()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case ["sum"]:
                return {"sum": {currency_of(number): total for number, total in self.books.sums.items()}}
            case ["status"]:
                shown = {name: value for name, value in asdict(self.script).items() if name != "card"}
                return shown | asdict(self._wire.faults) | {"registered": self._config is not None}
            case _:
                raise CommandError("no such command")
        return {}

    # The power.

    async def _halt(self) -> None:
        await self._line.unplug()
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait([self._serving])

    async def _boot(self) -> None:
        self._clear()
        self._config = None
        self.midway.clear()
        if not self.script.keeps:
            await self.books.clear()
        await self._undo_charge()

    async def _serve(self) -> None:
        while True:
            apdu = await self._inbox.get()
            if apdu.positive or apdu.refusal is not None:
                continue
            self._aborting = False
            try:
                await self._do(apdu)
            except CutError:
                self.midway.clear()
            await self._undo_charge()

    # Commands.

    async def _do(self, apdu: Apdu) -> None:
        self.commands.append(apdu.control)
        if self.script.busy:
            await self._wire.send(refuse(WAIT))
            return
        if self._config is None and apdu.control not in {ControlField.REGISTRATION, ControlField.STATUS_ENQUIRY}:
            await self._wire.send(refuse(_NOT_REGISTERED))
            return
        if apdu.control in _GUARDED and apdu.data[:_PASSWORD].hex() != self._password:
            await self._wire.send(refuse(_WRONG_PASSWORD))
            return
        match apdu.control:
            case ControlField.REGISTRATION:
                await self._register(apdu.data)
            case ControlField.STATUS_ENQUIRY:
                await self._wire.send(DONE)
                code = self.script.status if self._config is not None else _NOT_REGISTERED
                await self._send(messages.terminal_status(code, self.script.version))
            case ControlField.AUTHORISATION:
                await self._pay(parse(apdu.data))
            case ControlField.REVERSAL:
                await self._reverse(parse(apdu.data[_PASSWORD:]))
            case ControlField.REFUND:
                await self._refund(parse(apdu.data[_PASSWORD:]))
            case ControlField.REPEAT_RECEIPT:
                await self._repeat(parse(apdu.data[_PASSWORD:]))
            case ControlField.END_OF_DAY:
                await self._end_day()
            case ControlField.DIAGNOSIS | ControlField.INITIALISATION:
                await self._wire.send(DONE)
                self.script = replace(self.script, status=0)
                await self._print_admin(["Diagnose", f"Terminal-ID {messages.TERMINAL}", "erfolgreich"])
                await self._send(messages.completion())
            case ControlField.LOG_OFF:
                self._config = None
                await self._wire.send(DONE)
            case ControlField.ABORT:
                await self._wire.send(DONE)
            case _:
                await self._wire.send(refuse(_IMPOSSIBLE))

    async def _register(self, data: bytes) -> None:
        if data[:_PASSWORD].hex() != self._password or len(data) <= _PASSWORD:
            await self._wire.send(refuse(_WRONG_PASSWORD))
            return
        wanted = data[_PASSWORD + 1 : _PASSWORD + 3].hex()
        currency = int(wanted) if len(wanted) == _NUMBER_DIGITS and wanted.isdecimal() else _EURO
        self._config, self._currency = Config(data[_PASSWORD]), currency
        await self._wire.send(DONE)
        await self._send(messages.registered(currency, _NEEDS.get(self.script.status, 0)))

    async def _objects(self, asked: Fields) -> bool:
        """Refuse money that this terminal cannot move; tell whether it was refused."""
        amount = asked.number(Bmp.AMOUNT)
        foreign = asked.number(Bmp.CURRENCY) not in {None, self._currency}
        if amount is None:
            await self._wire.send(refuse(_INCOMPLETE))
        elif foreign or not amount:
            await self._wire.send(DONE)
            await self._ends_without(_CURRENCY if foreign else _TOO_LOW)
        else:
            return False
        return True

    async def _pay(self, asked: Fields) -> None:
        if await self._objects(asked):
            return
        amount = asked.number(Bmp.AMOUNT) or 0
        await self._confirm(asked)
        await self._wire.send(DONE)
        now, self.script = self.script, self.script.next()
        await self._send(messages.intermediate(_INSERT))
        await self._person(now.card_s)
        if self._aborting:
            await self._ends_without(_ABORTED)
            return
        await self._send(messages.intermediate(_AUTHORISING))
        self.midway.set()
        await self._person(now.bank_s)
        if now.drop == "before":
            await self._cut()
        if now.restart:
            await self._restart()
        if self._aborting or now.result:
            await self._ends_without(now.result or _ABORTED)
            return
        unique = secrets.token_hex(8) if now.scheme == "new" else ""
        entry = await self.books.charge(amount + now.surcharge, self._currency, unique)
        self._report({"event": "charged", "receipt": entry.receipt, "trace": entry.trace, "amount": entry.amount})
        if now.drop == "after":
            await self._cut()
        if await self._deliver(entry, now, asked.number(Bmp.MOST_STATUSES) or 1):
            await self._committed(entry, now)

    async def _deliver(self, entry: ZvtTransaction, now: Script, most: int) -> bool:
        """Say the result until it is taken; whether it and the receipts were."""
        await self._send(messages.intermediate(_APPROVED))
        for _ in range(most):
            answer = await self._send(messages.status(entry, card=now.card, signature=now.signature))
            if answer is None or answer.refusal != WAIT:
                break
            self.waits.put_nowait(None)
            await asyncio.sleep(now.repeat_s)
        taken = answer is not None and (answer.positive or bool(entry.unique))
        if taken and await self._print(entry, now):
            return True
        if not entry.unique:
            await self._send(messages.intermediate(_REVERSING))
            await self._undo_charge()
            await self._send(messages.aborted(_FAILED))
        return False

    async def _committed(self, entry: ZvtTransaction, now: Script) -> None:
        await self.books.commit(entry)
        self.midway.clear()
        if now.drop == "committed":
            await self._cut()
        if not now.lose_completion:
            await self._send(messages.completion())

    async def _ends_without(self, code: int) -> None:
        self.midway.clear()
        await self._send(messages.not_approved(code))
        await self._send(messages.aborted(code))

    async def _reverse(self, asked: Fields) -> None:
        receipt = asked.number(Bmp.RECEIPT)
        if receipt is None:
            await self._wire.send(refuse(_INCOMPLETE))
            return
        await self._confirm(asked)
        paid = self.books.payment(receipt)
        await self._wire.send(DONE)
        now, self.script = self.script, self.script.next()
        if now.drop == "before":
            await self._cut()
        if paid is None or paid.reversed or now.result:
            await self._ends_without(now.result or (_REVERSED if paid is not None else _NO_REVERSAL))
            return
        # Both may be left out (PA00P015, 06 30); what is there must be that of the payment.
        if asked.number(Bmp.CURRENCY) not in {None, paid.currency}:
            await self._ends_without(_CURRENCY)
            return
        if asked.number(Bmp.AMOUNT) not in {None, paid.amount}:
            await self._ends_without(_NO_REVERSAL)
            return
        await self._finish(await self.books.reverse(paid, "register"), now)

    async def _refund(self, asked: Fields) -> None:
        if await self._objects(asked):
            return
        await self._confirm(asked)
        await self._wire.send(DONE)
        now, self.script = self.script, self.script.next()
        await self._send(messages.intermediate(_INSERT))
        await self._person(now.card_s)
        if self._aborting or now.result:
            await self._ends_without(now.result or _ABORTED)
            return
        entry = await self.books.refund(asked.number(Bmp.AMOUNT) or 0, self._currency)
        await self._finish(entry, now)

    async def _finish(self, entry: ZvtTransaction, now: Script) -> None:
        """Tell of a reversal or a refund, which stands whatever is answered."""
        self._report({"event": entry.kind, "receipt": entry.receipt, "trace": entry.trace, "amount": entry.amount})
        if now.drop == "after":
            await self._cut()
        await self._send(messages.status(entry, card=now.card, signature=False))
        await self._print(entry, now)
        if not now.lose_completion:
            await self._send(messages.completion())

    async def _repeat(self, asked: Fields) -> None:
        service = RepeatService(asked.number(Bmp.SERVICE) or 0)
        await self._wire.send(DONE)
        last = self.books.last
        if last is None:
            await self._send(messages.aborted(_IMPOSSIBLE))
            return
        if RepeatService.SEND_STATUS in service:
            await self._send(messages.status(last, card=self.script.card, signature=self.script.signature))
        if RepeatService.PRINT_NOTHING not in service:
            await self._print(last, self.script)
        await self._send(messages.completion())

    async def _end_day(self) -> None:
        await self._wire.send(DONE)
        await self._send(messages.intermediate(_DAY_ENDS))
        now = datetime.now().astimezone()
        stamp = now.strftime("%H%M%S"), now.strftime("%m%d")
        await self._print_admin(["Kassenschnitt", f"Terminal-ID {messages.TERMINAL}"])
        for currency in sorted({each.currency for each in self.books.entries}) or [self._currency]:
            await self._send(messages.totals(self.books.entries, currency, *stamp))
        await self.books.close_day()
        await self._send(messages.completion())

    # What belongs to several.

    async def _confirm(self, asked: Fields) -> None:
        if unique := asked.object(tlv.UNIQUE_NUMBER):
            await self.books.confirm(unique.hex())

    async def _undo_charge(self) -> None:
        """Reverse what was charged and not taken; a terminal of the new scheme leaves that to the register."""
        entry = self.books.open
        if entry is not None and not entry.unique:
            await self.books.reverse(entry, "terminal")
            self._report({"event": "reversed", "receipt": entry.receipt, "trace": entry.trace})

    async def _restart(self) -> None:
        await self._line.unplug()
        await self._boot()
        await self._line.plug()
        raise CutError

    async def _print(self, entry: ZvtTransaction, now: Script) -> bool:
        """Have both receipts printed; whether every part of them was taken."""
        if self._config is None or Config.PAYMENT_RECEIPTS_FROM_REGISTER not in self._config:
            self._report({"event": "receipt", "receipt": entry.receipt})
            return True
        if Config.RECEIPTS_AS_PRINT_COMMANDS not in self._config:
            return True
        for kind in (messages.MERCHANT, messages.CUSTOMER):
            lines = messages.receipt(entry, kind, card=now.card, signature=now.signature)
            if not await self._print_one(lines, kind, now.prints):
                return False
        return True

    async def _print_admin(self, lines: list[str]) -> None:
        if self._config is not None and Config.ADMIN_RECEIPTS_FROM_REGISTER in self._config:
            await self._print_one(lines, messages.ADMIN, self.script.prints)

    async def _print_one(self, lines: list[str], kind: int, prints: str) -> bool:
        if prints == "none":
            return True
        parts = (
            [messages.print_block(lines, kind, self.script.charset)]
            if prints == "blocks"
            else messages.print_lines(lines, self.script.charset)
        )
        for part in parts:
            answer = await self._send(part)
            if answer is None or not answer.positive:
                return False
        return True
