"""A barcode reader that speaks on the wire, as a serial line or as a keyboard, and fails on demand."""

import asyncio
import base64
import re
import secrets
from collections.abc import Callable, Iterator

from peripherals.codes import keys
from peripherals.codes.framer import LIMIT, CodeEnvelope
from peripherals.codes.seal import LONGEST, TEXTS, SealForm
from peripherals.simulation import CommandError, SimulatedLine

FAULTS = ("half", "garbage", "duplicate", "oversized", "slow", "commands")
#: How long a keyboard takes from key to key: a line has no room for the events of a whole code.
_KEY_S = 0.001

_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+", re.ASCII)

#: Gives what is sent for the bytes of a frame, piece by piece.
type Encode = Callable[[bytes], Iterator[bytes]]


def over_serial(frame: bytes) -> Iterator[bytes]:
    """Send a frame as it is."""
    yield frame


def as_keys(frame: bytes) -> Iterator[bytes]:
    """Type a frame on a US keyboard, key by key; a byte that no key types comes as a function key."""
    for byte in frame:
        yield key_events(byte)


def key_events(byte: int, *held: int) -> bytes:
    """Press and release the key that types ``byte``, with ``held`` keys down meanwhile."""
    plain = {typed: key for key, typed in reversed(keys.PLAIN.items())}
    shifted = {typed: key for key, typed in reversed(keys.SHIFTED.items())}
    key = plain.get(byte, shifted.get(byte, 59))
    down = [*held, *([keys.LEFT_SHIFT] if byte not in plain and byte in shifted else []), key]
    strokes = [(each, keys.PRESSED) for each in down] + [(each, keys.RELEASED) for each in reversed(down)]
    return b"".join(
        _event(keys.EV_KEY, each, value) + _event(keys.EV_SYN, keys.SYN_REPORT, 0) for each, value in strokes
    )


def _event(kind: int, code: int, value: int) -> bytes:
    return keys.EVENT.pack(0, 0, kind, code, value)


class ScannerSimulator:
    """One reader on one line. A fault holds for the next code."""

    def __init__(self, line: SimulatedLine, envelope: CodeEnvelope, encode: Encode = over_serial) -> None:
        self._line = line
        self._envelope = envelope
        self._encode = encode
        self._fault = ""
        #: The AIM identifier that is sent before each code.
        self._aim = b""
        #: Seconds from byte to byte under the fault ``slow``.
        self.slow_byte_s = 0.05
        #: Set while a slow code is under way.
        self.midway = asyncio.Event()

    @property
    def address(self) -> str:
        return self._line.address

    async def start(self) -> None:
        await self._line.plug()

    async def stop(self) -> None:
        await self._line.close()

    async def power_cycle(self) -> None:
        await self._line.unplug()
        self.midway.clear()
        await self._line.plug()

    async def scan(self, text: str, fault: str = "", *, aim: bytes = b"") -> None:
        """Hold a code before the reader; its text may have several lines."""
        await self._show((aim or self._aim) + text.encode("ascii"), fault)

    async def scan_seal(self, data: bytes, fault: str = "", *, aim: bytes = b"") -> None:
        """Hold a seal before the reader, which writes it as it is set up to; those in text come as they are."""
        form = SealForm.RAW if data.startswith(TEXTS) else self._envelope.seal
        written = {SealForm.HEX: data.hex(" ").upper().encode(), SealForm.BASE64: base64.b64encode(data)}
        await self._show((aim or self._aim) + (written.get(form, data) if form else data), fault)

    async def _show(self, content: bytes, fault: str) -> None:
        frame = self._envelope.prefix + content + (self._envelope.suffix or b"\r")
        match fault:
            case "half":
                frame = frame[: len(frame) // 2]
            case "garbage":
                frame = bytes(0x80 | byte for byte in secrets.token_bytes(40)) + frame[-1:]
            case "duplicate":
                frame += frame
            case "oversized":
                frame = b"A" * (LIMIT + 50) + frame
        if fault == "slow":
            await self._send_slowly(frame)
        elif fault == "commands":
            await self._command_the_window()
        else:
            await self._send(frame)
        if fault:
            # Nobody holds up the next code at the very moment a reading failed.
            await asyncio.sleep(self._envelope.gap_s * 1.5)

    async def _send(self, frame: bytes) -> None:
        for piece in self._encode(frame):
            self._line.send(piece)
            await asyncio.sleep(_KEY_S)

    async def _send_slowly(self, frame: bytes) -> None:
        for at in range(len(frame)):
            await self._send(frame[at : at + 1])
            await asyncio.sleep(self.slow_byte_s)
            if at == len(frame) // 4:
                self.midway.set()
            elif at > len(frame) // 4 and not self.midway.is_set():
                # The power went off meanwhile.
                return
        self.midway.clear()

    async def _command_the_window(self) -> None:
        """Type what would close a window or leave it, as a hostile code makes some wedges do."""
        for byte, held in ((0x1B, keys.LEFT_ALT), (ord("w"), keys.LEFT_CTRL), (ord("d"), keys.LEFT_META)):
            self._line.send(key_events(byte, held))
            await asyncio.sleep(_KEY_S)

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        match words:
            case ["scan", text] if len(text) <= LIMIT:
                fault, self._fault = self._fault, ""
                await self.scan(text, fault)
            case ["lines", *lines] if lines:
                await self.scan("\r".join(lines))
            case ["aim", *marks] if len(marks) <= 1:
                self._aim = "".join(marks).encode("ascii")
            case ["seal", data] if len(data) <= 2 * LONGEST and _HEX.fullmatch(data):
                fault, self._fault = self._fault, ""
                await self.scan_seal(bytes.fromhex(data), fault)
            case ["fault", fault] if fault in FAULTS:
                self._fault = fault
            case ["unplug"]:
                await self._line.unplug()
            case ["plug"]:
                await self._line.plug()
            case ["power-cycle"]:
                await self.power_cycle()
            case ["status"]:
                return {"fault": self._fault}
            case _:
                raise CommandError("no such command")
        return {}
