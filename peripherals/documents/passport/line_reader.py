"""A chip reader on a line, with a document in it or without: what ``emrtd+vpcd://`` connects to (``chip.vpcd``).

It speaks the wire of ``vpcd`` from the side of the card, and fails on demand.
"""

import asyncio
import contextlib
import secrets

from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.vpcd import ATR
from peripherals.simulation import CommandError, SimulatedLine, number, switch

_POWER_OFF, _POWER_ON, _RESET, _GIVE_ATR = 0, 1, 2, 4
FAULTS = ("half", "garbage", "duplicate", "cut")


class LineReader:
    """One reader on one line. A fault holds for the next answer of a chip; ``cut`` pulls the cable instead of it."""

    def __init__(self, line: SimulatedLine) -> None:
        self._line = line
        self._chip: SimulatedChip | None = None
        self._received = bytearray()
        self._messages: asyncio.Queue[bytes] = asyncio.Queue()
        self._serving: asyncio.Task[None] | None = None
        self.fault = ""
        self.silent = False
        #: Seconds that each answer of a chip comes late.
        self.late_s = 0.0
        #: Exchanges after which the document is taken away by itself; 0 is never.
        self.removed_after = 0
        #: The exchange at which ``midway`` is set, and the chip stays silent; 0 is none.
        self.stops_at = 0
        self.midway = asyncio.Event()
        #: Command APDUs that were answered since the document was put there.
        self.exchanges = 0
        line.received = self._receive

    @property
    def address(self) -> str:
        return self._line.address

    async def start(self) -> None:
        await self._line.plug()
        self._serving = asyncio.create_task(self._serve(), name="chip reader")

    async def stop(self) -> None:
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait([self._serving])
        await self._line.close()

    @property
    def inserted(self) -> bool:
        return self._chip is not None

    def insert(self, chip: SimulatedChip) -> None:
        """Lay a document down."""
        chip.reset()
        self._chip = chip
        self.exchanges = 0

    def remove(self) -> None:
        """Take it away."""
        self._chip = None

    async def power_cycle(self) -> None:
        await self._line.unplug()
        if self._chip is not None:
            self._chip.reset()
        self._clear()
        await self._line.plug()

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says of the reader itself."""
        match words:
            case ["fault", fault] if fault in FAULTS:
                self.fault = fault
            case ["silent", value]:
                self.silent = switch(value)
            case ["late", seconds]:
                self.late_s = number(seconds)
            case ["unplug"]:
                await self._line.unplug()
                self._clear()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case _:
                raise CommandError("no such command")
        return {}

    def _clear(self) -> None:
        self._received.clear()
        while not self._messages.empty():
            self._messages.get_nowait()

    def _receive(self, data: bytes) -> None:
        self._received += data
        while len(self._received) >= 2 and len(self._received) >= 2 + int.from_bytes(self._received[:2]):  # noqa: PLR2004 - the length's own
            end = 2 + int.from_bytes(self._received[:2])
            self._messages.put_nowait(bytes(self._received[2:end]))
            del self._received[:end]

    async def _serve(self) -> None:
        while True:
            message = await self._messages.get()
            if not self.silent:
                await self._answer(message)

    async def _answer(self, message: bytes) -> None:
        chip = self._chip
        if len(message) > 1:
            await self._exchange(message, chip)
        elif message and message[0] == _GIVE_ATR:
            self._send(ATR if chip is not None else b"")
        elif message and message[0] in {_POWER_OFF, _POWER_ON, _RESET} and chip is not None:
            chip.reset()

    async def _exchange(self, message: bytes, chip: SimulatedChip | None) -> None:
        if self.removed_after and self.exchanges == self.removed_after:
            self.remove()
        if chip is None or self._chip is not chip:
            self._send(b"")
            return
        # The arithmetic of a chip takes long.
        answer = await asyncio.to_thread(chip.transmit, message)
        self.exchanges += 1
        if self.late_s:
            await asyncio.sleep(self.late_s)
        if self.stops_at and self.exchanges == self.stops_at:
            self.midway.set()
            return
        await self._fail(answer)

    async def _fail(self, answer: bytes) -> None:
        """Send an answer, or what a fault makes of it."""
        fault, self.fault = self.fault, ""
        match fault:
            case "half":
                self._line.send((len(answer).to_bytes(2) + answer)[: 1 + len(answer) // 2])
            case "garbage":
                self._send(secrets.token_bytes(1))
            case "duplicate":
                # In one piece: what comes a moment later could be taken for the answer to the next command.
                self._line.send(2 * (len(answer).to_bytes(2) + answer))
            case "cut":
                with contextlib.suppress(OSError):
                    await self._line.unplug()
                self._clear()
            case _:
                self._send(answer)

    def _send(self, answer: bytes) -> None:
        self._line.send(len(answer).to_bytes(2) + answer)
