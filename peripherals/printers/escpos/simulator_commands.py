"""The printer's side of ESC/POS: finds commands in a stream of bytes, however it is cut. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

_ESC, _GS, _DLE, _EOT, _LF = 0x1B, 0x1D, 0x10, 0x04, 0x0A
#: Commands that are taken and change nothing here, by their length: alignment, code page, style and the like.
_IGNORED = {b"\x1ba": 3, b"\x1bt": 3, b"\x1b!": 3, b"\x1bE": 3, b"\x1bM": 3, b"\x1bR": 3, b"\x1d!": 3}


@dataclass(frozen=True, slots=True)
class Initialize:
    pass


@dataclass(frozen=True, slots=True)
class SetAutoStatus:
    enabled: bool


@dataclass(frozen=True, slots=True)
class Raster:
    stride: int
    rows: bytes


@dataclass(frozen=True, slots=True)
class FeedCommand:
    rows: int


@dataclass(frozen=True, slots=True)
class CutCommand:
    pass


@dataclass(frozen=True, slots=True)
class EchoRequest:
    number: bytes


@dataclass(frozen=True, slots=True)
class Character:
    """A byte that is no command: this printer has no fonts and leaves its place white."""

    value: int


type Command = Initialize | SetAutoStatus | Raster | FeedCommand | CutCommand | EchoRequest | Character

#: The height of a line of text, in rows: what one line feed moves.
LINE_ROWS = 30


class CommandParser:
    def __init__(self) -> None:
        self._held = bytearray()

    def reset(self) -> None:
        self._held.clear()

    def feed(self, data: bytes) -> Iterator[Command]:
        self._held += data
        while self._held:
            found = self._next()
            if found is None:
                return
            length, command = found
            del self._held[:length]
            if command is not None:
                yield command

    def _next(self) -> tuple[int, Command | None] | None:
        """Give the first command and its length; None while it is not complete."""
        held = self._held
        if held[0] not in {_ESC, _GS, _DLE}:
            return 1, FeedCommand(LINE_ROWS) if held[0] == _LF else Character(held[0])
        if len(held) < 2:  # noqa: PLR2004 - a command is told by its first two bytes
            return None
        head = bytes(held[:2])
        if head == b"\x1b@":
            return 2, Initialize()
        if head == b"\x1d(":
            return self._extended()
        if head == b"\x1dv":
            return self._raster()
        if head == b"\x1dV":
            return self._cut()
        if len(held) < 3:  # noqa: PLR2004 - all that remain have one parameter
            return None
        match head:
            case b"\x1da":
                return 3, SetAutoStatus(held[2] != 0)
            case b"\x1bd":
                return 3, FeedCommand(held[2] * LINE_ROWS)
            case b"\x10\x04":
                # Answered when it came in, ahead of everything that waits.
                return 3, None
        return _IGNORED.get(head, 1), None if head in _IGNORED else Character(held[0])

    def _raster(self) -> tuple[int, Command | None] | None:
        held = self._held
        if len(held) < 8:  # noqa: PLR2004 - GS v 0 m xL xH yL yH
            return None
        stride, height = int.from_bytes(held[4:6], "little"), int.from_bytes(held[6:8], "little")
        length = 8 + stride * height
        if len(held) < length:
            return None
        return length, Raster(stride, bytes(held[8:length])) if stride and height else None

    def _cut(self) -> tuple[int, Command | None] | None:
        held = self._held
        if len(held) < 3:  # noqa: PLR2004 - GS V m
            return None
        length = 4 if held[2] in {65, 66} else 3
        return (length, CutCommand()) if len(held) >= length else None

    def _extended(self) -> tuple[int, Command | None] | None:
        held = self._held
        if len(held) < 5:  # noqa: PLR2004 - GS ( x pL pH
            return None
        length = 5 + int.from_bytes(held[3:5], "little")
        if len(held) < length:
            return None
        body = bytes(held[2:length])
        if body[0] == ord("H") and body[3:5] == b"00" and len(body) == 9:  # noqa: PLR2004 - H 6 0 fn m d1..d4
            return length, EchoRequest(body[5:])
        return length, None
