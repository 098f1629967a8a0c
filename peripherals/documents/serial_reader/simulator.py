"""A document reader that speaks any of the envelopes on the wire and fails on demand."""

import asyncio
import secrets
from functools import reduce
from operator import xor

from peripherals.documents.serial_reader.envelope import SerialEnvelope
from peripherals.documents.serial_reader.framer import LIMIT
from peripherals.documents.specimens import SPECIMENS
from peripherals.simulation import CommandError, SimulatedLine

FAULTS = ("half", "garbage", "wrong-check", "duplicate", "oversized", "slow", "split", "joined", "not-mrz")


class ReaderSimulator:
    """One reader on one line. A fault holds for the next document shown."""

    def __init__(self, line: SimulatedLine, envelope: SerialEnvelope) -> None:
        self._line = line
        self._envelope = envelope
        self._fault = ""
        self._silent = False
        #: Whether a reader that must be put to work was.
        self._armed = not envelope.wake
        self._received = bytearray()
        #: A document that was laid down before the reader was put to work.
        self._lying: tuple[str, ...] = ()
        #: Seconds from byte to byte under the fault ``slow``.
        self.slow_byte_s = 0.05
        #: Set while a slow frame is under way.
        self.midway = asyncio.Event()
        line.received = self._receive

    @property
    def address(self) -> str:
        return self._line.address

    async def start(self) -> None:
        await self._line.plug()

    async def stop(self) -> None:
        await self._line.close()

    async def power_cycle(self) -> None:
        await self._line.unplug()
        self._armed = not self._envelope.wake
        self._received.clear()
        self._lying = ()
        self.midway.clear()
        await self._line.plug()

    async def show(self, lines: tuple[str, ...], fault: str = "") -> bool:
        """Lay a document on the reader; whether the reader sends anything."""
        if self._silent:
            return False
        if not self._armed:
            self._lying = lines
            return False
        self._armed = not self._envelope.wake
        frame = encode(self._envelope, ("".join(lines),) if fault == "joined" else lines)
        match fault:
            case "half":
                frame = frame[: len(frame) // 2]
            case "garbage":
                frame = bytes(0x80 | byte for byte in secrets.token_bytes(40))
            case "wrong-check":
                frame = frame[:-1] + bytes((frame[-1] ^ 0x55,))
            case "duplicate":
                frame += frame
            case "oversized":
                frame = encode(self._envelope, lines * 4)
            case "not-mrz":
                frame = encode(self._envelope, ("HELLO<WORLD",))
        if fault == "slow":
            await self._send_slowly(frame)
        elif fault == "split":
            self._line.send(frame[:40])
            await asyncio.sleep(self._envelope.gap_s / 3)
            self._line.send(frame[40:])
        else:
            self._line.send(frame)
        if fault:
            # Nobody lays down the next document at the very moment a reading failed.
            await asyncio.sleep(self._envelope.gap_s * 1.5)
        return True

    async def _send_slowly(self, frame: bytes) -> None:
        for at in range(len(frame)):
            self._line.send(frame[at : at + 1])
            await asyncio.sleep(self.slow_byte_s)
            if at == len(frame) // 4:
                self.midway.set()
            elif at > len(frame) // 4 and not self.midway.is_set():
                # The power went off meanwhile.
                return
        self.midway.clear()

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        match words:
            case ["show", name] if name in SPECIMENS:
                return await self._show(SPECIMENS[name])
            case ["show", *lines] if lines and sum(map(len, lines)) <= LIMIT:
                return await self._show(tuple(lines))
            case ["fault", fault] if fault in FAULTS:
                self._fault = fault
            case ["silent", "on" | "off" as value]:
                self._silent = value == "on"
            case ["unplug"]:
                await self._line.unplug()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case ["status"]:
                return {"envelope": self._envelope.name, "armed": self._armed, "silent": self._silent}
            case _:
                raise CommandError("no such command")
        return {}

    async def _show(self, lines: tuple[str, ...]) -> dict[str, object]:
        fault, self._fault = self._fault, ""
        return {"sent": await self.show(lines, fault)}

    def _receive(self, data: bytes) -> None:
        """Answer the command that puts an Elyctis reader to work; the others take no commands."""
        wake = self._envelope.wake
        if not wake or self._silent:
            return
        self._received += data
        while (at := self._received.find(wake)) >= 0:
            del self._received[: at + len(wake)]
            self._line.send(wake)
            self._armed = not self._lying
            if self._lying:
                self._line.send(encode(self._envelope, self._lying))
                self._lying = ()
        del self._received[: -len(wake)]


def encode(envelope: SerialEnvelope, lines: tuple[str, ...]) -> bytes:
    """Wrap lines as the reader does."""
    if envelope.header:
        return _encode_rte6701(lines)
    text = b"".join(line.encode("ascii") + b"\r" for line in lines)
    if envelope.counted:
        return envelope.prefix + len(text).to_bytes(2, envelope.counted) + text
    frame = envelope.prefix + text + envelope.suffix
    # SODO and EODO of a DESKO reader: values differ with its set-up.
    return b"\x1c" + frame + b"\x1d" if envelope.around else frame


def _encode_rte6701(lines: tuple[str, ...]) -> bytes:
    width = 30 if len(lines) == 3 else 44  # noqa: PLR2004 - the manual: 30 to a line of three, 44 to one of two
    padded = [b""] * (3 - len(lines)) + [line.encode("ascii").ljust(width, b"_") for line in lines]
    body = b"OU\x02\x20" + b"".join(line + b"\r" for line in padded) + b"\x03"
    counted = (len(body) + 1).to_bytes(2, "little") + body
    return b"\x01" + counted + bytes((reduce(xor, counted),))
