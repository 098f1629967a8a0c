"""The terminal's end of the line: APDUs over TCP or the serial link, with faults on demand."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from peripherals.errors import ZvtInvalidError
from peripherals.payment.zvt.apdu import Apdu, StreamFramer
from peripherals.payment.zvt.link import ACK, DLE, ETX, Action, Deliver, Sent, Write, ZvtLink
from peripherals.simulation import SimulatedLine, number, switch

_GARBAGE = b"\xff\x81\xfe\x10\x11"
_LINK = bytes((DLE, ETX))


@dataclass(frozen=True, slots=True)
class LineFaults:
    """What goes wrong on the line; a number is for so many blocks more."""

    fragments: bool = False
    garbage: bool = False
    silent: bool = False
    twice: bool = False
    late_s: float = 0.0
    #: Half of the next APDU is sent, and nothing more of it.
    half: bool = False
    wrong_crc: int = 0
    lost_acks: int = 0
    naks: int = 0


def change(faults: LineFaults, words: list[str]) -> LineFaults | None:
    """Do what a line of the control channel says; None where it is about something else.

    Raises:
        CommandError: a value that is none.
    """
    match words:
        case ["fragments" | "garbage" | "silent" | "twice" | "half" as name, value]:
            return replace(faults, **{name: switch(value)})
        case ["late", seconds]:
            return replace(faults, late_s=number(seconds))
        case ["wrong-crc" | "lost-acks" | "naks" as name, count]:
            return replace(faults, **{name.replace("-", "_"): int(number(count))})  # type: ignore[arg-type]  # as above
    return None


class RegisterWire:
    """``came`` is called with each APDU of the register. ``sent`` keeps what went out, for whoever looks."""

    def __init__(
        self, line: SimulatedLine, came: Callable[[Apdu], None], *, serial: bool, t1_s: float, t2_s: float
    ) -> None:
        self.faults = LineFaults()
        self._line = line
        self._came = came
        self._framer = StreamFramer()
        self._link = ZvtLink(t1_s, t2_s) if serial else None
        self._arrived: asyncio.Future[Sent] | None = None
        line.received = self._received

    @property
    def doubles(self) -> bool:
        """Whether the register hears everything twice; the serial link lets it through once."""
        return self.faults.twice and self._link is None

    def reset(self) -> None:
        """Forget what belonged to the connection that ended."""
        self._framer.reset()
        if self._link is not None:
            self._link.reset()

    async def send(self, apdu: Apdu) -> None:
        """Send, and on a serial line wait until the link acknowledged it or gave up."""
        faults = self.faults
        if faults.late_s:
            await asyncio.sleep(faults.late_s)
        if faults.silent:
            return
        if self._link is None:
            await self._write(apdu.encode() * (2 if self.doubles else 1))
            return
        loop = asyncio.get_running_loop()
        self._arrived = loop.create_future()
        await self._do(self._link.send(apdu, loop.time()))
        while not self._arrived.done():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._link.deadline):
                    await asyncio.shield(self._arrived)
            await self._do(self._link.due(loop.time()))

    async def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Write):
                await self._write(self._spoiled(action.data))
            else:
                self._note(action)

    def _note(self, action: Action) -> None:
        if isinstance(action, Deliver):
            self._came(action.apdu)
        elif isinstance(action, Sent) and self._arrived is not None and not self._arrived.done():
            self._arrived.set_result(action)

    async def _write(self, data: bytes) -> None:
        if self.faults.garbage:
            data = _GARBAGE
        if self.faults.half:
            self.faults = replace(self.faults, half=False)
            data = data[: len(data) // 2]
        if not self.faults.fragments:
            self._line.send(data)
            return
        for byte in data:
            self._line.send(bytes((byte,)))
            await asyncio.sleep(0.0005)

    def _spoiled(self, block: bytes) -> bytes:
        if not self.faults.wrong_crc:
            return block
        self.faults = replace(self.faults, wrong_crc=self.faults.wrong_crc - 1)
        return block[:-1] + bytes((block[-1] ^ 0xFF,))

    def _received(self, data: bytes) -> None:
        if self._link is None:
            try:
                for apdu in self._framer.feed(data):
                    self._came(apdu)
            except ZvtInvalidError:
                # A terminal that does not understand stays silent.
                self._framer.reset()
            return
        for action in self._link.feed(self._damaged(data), asyncio.get_running_loop().time()):
            if isinstance(action, Write):
                self._answer(action.data)
            else:
                self._note(action)

    def _damaged(self, data: bytes) -> bytes:
        at = data.find(_LINK)
        if not self.faults.naks or at < 0 or at + 2 >= len(data):
            return data
        self.faults = replace(self.faults, naks=self.faults.naks - 1)
        return data[: at + 2] + bytes((data[at + 2] ^ 0xFF,)) + data[at + 3 :]

    def _answer(self, data: bytes) -> None:
        if self.faults.silent:
            return
        if data == bytes((ACK,)) and self.faults.lost_acks:
            self.faults = replace(self.faults, lost_acks=self.faults.lost_acks - 1)
            return
        self._line.send(_GARBAGE if self.faults.garbage else data)
