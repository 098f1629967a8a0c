"""The serial link of ZVT: blocks with a checksum, each acknowledged. Pure: time is handed in.

VdTH PA00P016: 9600 8N2, ``DLE STX | APDU with each DLE doubled | DLE ETX | CRC low | CRC high``. The CRC is
CRC-16/KERMIT (reflected 0x1021, initially 0) over the APDU as it was before doubling, and ETX. The other end answers
with one byte, ACK or NAK. T1 is the longest pause between two bytes of a block, T2 how long the answer may take; a
block without ACK is sent twice more at most.

Blocks have no numbers, so a repeated one is told by this: the same again while nothing of ours has arrived at the other
end since the first. Who was answered and acknowledged the answer has no reason to repeat.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from peripherals.errors import ZvtInvalidError
from peripherals.payment.zvt.apdu import LIMIT, Apdu, decode

DLE, STX, ETX, ACK, NAK = 0x10, 0x02, 0x03, 0x06, 0x15
_POLYNOMIAL: Final = 0x8408
#: How many times a block is repeated at most.
REPEATS: Final = 2
#: The longest APDU with its head, and a little.
_LONGEST: Final = LIMIT + 8


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return tuple(table)


_TABLE: Final = _table()


def crc(data: bytes) -> int:
    """CRC-16/KERMIT."""
    value = 0
    for byte in data:
        value = value >> 8 ^ _TABLE[(value ^ byte) & 0xFF]
    return value


def encode(apdu: Apdu) -> bytes:
    """Make the block of an APDU."""
    plain = apdu.encode()
    checksum = crc(plain + bytes((ETX,)))
    doubled = plain.replace(bytes((DLE,)), bytes((DLE, DLE)))
    return bytes((DLE, STX)) + doubled + bytes((DLE, ETX)) + checksum.to_bytes(2, "little")


class Byte(Enum):
    """What the other end said of our block."""

    ACK = auto()
    NAK = auto()


@dataclass(frozen=True, slots=True)
class Damaged:
    """A block that cannot be used."""


class _State(Enum):
    OUTSIDE = auto()
    BEGINS = auto()
    INSIDE = auto()
    ESCAPED = auto()
    CHECKSUM = auto()


class BlockFramer:
    """Finds blocks, ACK and NAK in bytes, and overwrites what it held."""

    def __init__(self, t1_s: float) -> None:
        self._t1_s = t1_s
        self._state = _State.OUTSIDE
        self._held = bytearray()
        self._checksum = bytearray()
        self._last = 0.0

    @property
    def begun(self) -> bool:
        """Whether a block has begun and not ended."""
        return self._state is not _State.OUTSIDE

    def reset(self) -> None:
        """Forget a block that was begun."""
        self._held[:] = bytes(len(self._held))
        self._held.clear()
        self._checksum.clear()
        self._state = _State.OUTSIDE

    def feed(self, data: bytes | memoryview, now: float) -> list[Apdu | Byte | Damaged]:
        """Take bytes that came at ``now``, in seconds of any steady clock. What lies between blocks is passed over."""
        if self.begun and now - self._last > self._t1_s:
            # Whoever stopped in the middle repeats the block when no answer comes.
            self.reset()
        self._last = now
        events: list[Apdu | Byte | Damaged] = []
        for byte in data:
            self._accept(byte, events)
        return events

    def _accept(self, byte: int, events: list[Apdu | Byte | Damaged]) -> None:
        match self._state:
            case _State.OUTSIDE:
                self._outside(byte, events)
            case _State.BEGINS:
                self._state = _State.INSIDE if byte == STX else _State.OUTSIDE
            case _State.INSIDE if byte == DLE:
                self._state = _State.ESCAPED
            case _State.INSIDE:
                self._store(byte, events)
            case _State.ESCAPED:
                self._escaped(byte, events)
            case _State.CHECKSUM:
                self._checksum.append(byte)
                if len(self._checksum) == 2:  # noqa: PLR2004 - CRC-16
                    events.append(self._complete())
                    self.reset()

    def _outside(self, byte: int, events: list[Apdu | Byte | Damaged]) -> None:
        if byte == DLE:
            self._state = _State.BEGINS
        elif byte == ACK:
            events.append(Byte.ACK)
        elif byte == NAK:
            events.append(Byte.NAK)

    def _escaped(self, byte: int, events: list[Apdu | Byte | Damaged]) -> None:
        if byte == DLE:
            self._state = _State.INSIDE
            self._store(byte, events)
        elif byte == ETX:
            self._state = _State.CHECKSUM
        elif byte == STX:
            # The other end gave a block up and begins anew.
            self.reset()
            self._state = _State.INSIDE
        else:
            self.reset()
            events.append(Damaged())

    def _store(self, byte: int, events: list[Apdu | Byte | Damaged]) -> None:
        self._held.append(byte)
        if len(self._held) > _LONGEST:
            self.reset()
            events.append(Damaged())

    def _complete(self) -> Apdu | Damaged:
        plain = bytes(self._held)
        if crc(plain + bytes((ETX,))) != int.from_bytes(self._checksum, "little"):
            return Damaged()
        try:
            return decode(plain)
        except ZvtInvalidError:
            return Damaged()


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for the line."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Deliver:
    """An APDU that came, once."""

    apdu: Apdu


class Sent(Enum):
    """What became of the block that was sent."""

    ARRIVED = auto()
    LOST = auto()


type Action = Write | Deliver | Sent


class ZvtLink:
    """One end of the link. At most one block of it is under way."""

    def __init__(self, t1_s: float = 0.2, t2_s: float = 5.0) -> None:
        self._framer = BlockFramer(t1_s)
        self._t2_s = t2_s
        self._block = b""
        self._tries = 0
        self._delivered: bytes | None = None
        self._answered = True
        #: When the answer to the block must be there; None while none is under way.
        self.deadline: float | None = None

    def reset(self) -> None:
        """Begin anew on a new connection."""
        self._framer.reset()
        self._block, self._delivered, self._answered, self.deadline = b"", None, True, None

    def send(self, apdu: Apdu, now: float) -> list[Action]:
        """Send a block; ``Sent`` comes of a later call."""
        self._block = encode(apdu)
        self._tries = 0
        return self._again(now)

    def feed(self, data: bytes | memoryview, now: float) -> list[Action]:
        """Take what came in."""
        actions: list[Action] = []
        for event in self._framer.feed(data, now):
            match event:
                case Byte.ACK:
                    actions += self._arrived()
                case Byte.NAK:
                    actions += self._again(now) if self.deadline is not None else []
                case Damaged():
                    actions.append(Write(bytes((NAK,))))
                case Apdu():
                    actions += self._accept(event)
        return actions

    def due(self, now: float) -> list[Action]:
        """See whether the answer to the block is overdue."""
        return self._again(now) if self.deadline is not None and now >= self.deadline else []

    def _accept(self, apdu: Apdu) -> list[Action]:
        acknowledged: list[Action] = [Write(bytes((ACK,)))]
        plain = apdu.encode()
        if plain == self._delivered and not self._answered:
            return acknowledged
        # Who sends something new has had our block, even where its ACK was lost on the way.
        arrived = self._arrived()
        self._delivered, self._answered = plain, False
        return [*acknowledged, *arrived, Deliver(apdu)]

    def _arrived(self) -> list[Action]:
        if self.deadline is None:
            return []
        self.deadline = None
        self._answered = True
        return [Sent.ARRIVED]

    def _again(self, now: float) -> list[Action]:
        if self._tries > REPEATS:
            self.deadline = None
            return [Sent.LOST]
        self._tries += 1
        self.deadline = now + self._t2_s
        return [Write(self._block)]
