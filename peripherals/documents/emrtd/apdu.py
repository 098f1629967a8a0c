"""Commands and responses of ISO/IEC 7816-4 (5.1 to 5.6): bytes and back, short and extended.

Pure. The four cases are told apart by what is there: no data and no Le (1), Le alone (2), data alone (3), both (4).
"""

from dataclasses import dataclass

from peripherals.errors import ChipAnswerError, ChipDataError

#: The longest data field and expected length, in bytes.
SHORT_DATA, SHORT_LE = 255, 256
EXTENDED_DATA, EXTENDED_LE = 65535, 65536
#: Status word of a command that did what it should.
OK = 0x9000
_HEADER = 4
_STATUS = 2


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """One command.

    ``le`` is how many bytes are expected at most (256 and 65536 are written as zeros), None for no Le field.
    ``extended`` writes the lengths in the extended form, and must be set for what does not fit the short one.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    extended: bool = False

    def __post_init__(self) -> None:
        data, le = (EXTENDED_DATA, EXTENDED_LE) if self.extended else (SHORT_DATA, SHORT_LE)
        if len(self.data) > data or (self.le is not None and not 1 <= self.le <= le):
            raise ValueError(f"{len(self.data)} bytes and Le {self.le} do not fit this form")

    @property
    def header(self) -> bytes:
        """CLA INS P1 P2."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def encode(self) -> bytes:
        """Write the command."""
        parts = [self.header]
        if self.extended and (self.data or self.le is not None):
            parts.append(b"\0")
        size = 2 if self.extended else 1
        if self.data:
            parts += (len(self.data).to_bytes(size), self.data)
        if self.le is not None:
            parts.append(self.le.to_bytes(3)[-size:])
        return b"".join(parts)

    @classmethod
    def decode(cls, raw: bytes) -> "CommandApdu":
        """Read a command. An extended form with no field at all reads as the short one, which has the same bytes.

        Raises:
            ChipDataError: its lengths do not add up.
        """
        if len(raw) < _HEADER:
            raise ChipDataError(file="command", fault="cut")
        head, body = raw[:_HEADER], raw[_HEADER:]
        extended = len(body) > 2 and body[0] == 0  # noqa: PLR2004 - one zero and two bytes of length are the shortest
        size = 2 if extended else 1
        body = body[1:] if extended else body
        data = b""
        if len(body) > size:
            length = int.from_bytes(body[:size])
            data, body = body[size : size + length], body[size + length :]
            if length == 0 or len(data) != length:
                raise ChipDataError(file="command", fault="lengths")
        if len(body) not in {0, size}:
            raise ChipDataError(file="command", fault="lengths")
        le = (int.from_bytes(body) or 1 << 8 * size) if body else None
        return cls(head[0], head[1], head[2], head[3], data=bytes(data), le=le, extended=extended)


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """What came back: ``data`` and the status word ``sw``."""

    data: bytes
    sw: int

    @property
    def ok(self) -> bool:
        return self.sw == OK

    def encode(self) -> bytes:
        """Write the response."""
        return self.data + self.sw.to_bytes(2)

    @classmethod
    def decode(cls, raw: bytes) -> "ResponseApdu":
        """Read a response.

        Raises:
            ChipAnswerError: it has no status word, or is longer than any may be.
        """
        if not _STATUS <= len(raw) <= EXTENDED_LE + _STATUS:
            raise ChipAnswerError(command="any", status="none")
        return cls(bytes(raw[:-_STATUS]), int.from_bytes(raw[-_STATUS:]))
