"""Application data units of ZVT, as they are and as they come over TCP. Pure.

VdTH PA00P015 rev. 13, section 2: CLASS, INSTR, LEN, DATA. LEN is one byte from 00 to FE, or ``FF lo hi``, low byte
first. On TCP (PA00P016) they follow one another without anything between them, in pieces of any size.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from peripherals.errors import ZvtInvalidError

#: The longest data taken; terminals send receipts of a few hundred bytes, and 4 KiB at the very most.
LIMIT: Final = 8192
_EXTENDED: Final = 0xFF
_HEAD, _LONG_HEAD = 3, 5
#: CLASS of everything that terminals and registers say. Anything else is no ZVT, or out of step.
_CLASSES: Final = frozenset({0x04, 0x05, 0x06, 0x08, 0x0F, 0x80, 0x84})


class ControlField(IntEnum):
    """CLASS and INSTR together (PA00P015, summary of commands), as far as they are known here."""

    SET_TIME = 0x0401
    INPUT_REQUEST = 0x040D
    MENU_REQUEST = 0x040E
    STATUS_INFORMATION = 0x040F
    INTERMEDIATE_STATUS = 0x04FF
    STATUS_ENQUIRY = 0x0501
    REGISTRATION = 0x0600
    AUTHORISATION = 0x0601
    LOG_OFF = 0x0602
    COMPLETION = 0x060F
    ABORTED = 0x061E
    REPEAT_RECEIPT = 0x0620
    REVERSAL = 0x0630
    REFUND = 0x0631
    END_OF_DAY = 0x0650
    DIAGNOSIS = 0x0670
    INITIALISATION = 0x0693
    ABORT = 0x06B0
    PRINT_LINE = 0x06D1
    PRINT_TEXT = 0x06D3
    SELECT_LANGUAGE = 0x0830
    DONE = 0x8000


#: CLASS of the answer that says no, or with INSTR 00 yes.
REFUSAL: Final = 0x84
#: INSTR with it that says: ask again, I am not ready.
WAIT: Final = 0x9C


@dataclass(frozen=True, slots=True)
class Apdu:
    """One unit. ``control`` is CLASS and INSTR; ``data`` may hold a card's data and is in no text of it."""

    control: int
    data: bytes = field(default=b"", repr=False)

    @property
    def positive(self) -> bool:
        """Whether it is an answer that says yes: 80 00, or 84 00."""
        return self.control in {ControlField.DONE, REFUSAL << 8}

    @property
    def refusal(self) -> int | None:
        """The code of an answer that says no, 84 xx."""
        return self.control & 0xFF if self.control >> 8 == REFUSAL and self.control & 0xFF else None

    @property
    def name(self) -> str:
        """A word for CLASS and INSTR."""
        if self.refusal is not None:
            return "wait" if self.refusal == WAIT else "refused"
        return "done" if self.positive else _NAMES.get(self.control, "unknown")

    def encode(self) -> bytes:
        """Write it as it goes over the wire.

        Raises:
            ZvtInvalidError: more data than one can hold.
        """
        size = len(self.data)
        if size > LIMIT:
            raise ZvtInvalidError(fault="too-long", at=0)
        length = bytes((size,)) if size < _EXTENDED else bytes((_EXTENDED,)) + size.to_bytes(2, "little")
        return self.control.to_bytes(2, "big") + length + self.data


_NAMES: Final = {int(control): control.name.lower().replace("_", "-") for control in ControlField}
DONE: Final = Apdu(ControlField.DONE)


def refuse(code: int) -> Apdu:
    """The answer 84 xx."""
    return Apdu(REFUSAL << 8 | code)


def decode(data: bytes) -> Apdu:
    """Read one unit and nothing else.

    Raises:
        ZvtInvalidError: it is cut off, followed by something, too long, or none at all.
    """
    size = total_size(data)
    if size is None or size > len(data):
        raise ZvtInvalidError(fault="cut-off", at=len(data))
    if size < len(data):
        raise ZvtInvalidError(fault="trailing", at=size)
    head = _LONG_HEAD if data[2] == _EXTENDED else _HEAD
    return Apdu(int.from_bytes(data[:2], "big"), bytes(data[head:size]))


def total_size(begun: bytes | bytearray) -> int | None:
    """How many bytes the unit has that begins here; None while that cannot be said.

    Raises:
        ZvtInvalidError: no unit begins so, or one longer than any is.
    """
    if begun and begun[0] not in _CLASSES:
        raise ZvtInvalidError(fault="class", at=0)
    if len(begun) < _HEAD:
        return None
    if begun[2] != _EXTENDED:
        return _HEAD + begun[2]
    if len(begun) < _LONG_HEAD:
        return None
    size = int.from_bytes(begun[3:5], "little")
    if size > LIMIT:
        raise ZvtInvalidError(fault="too-long", at=3)
    return _LONG_HEAD + size


class StreamFramer:
    """Parts a stream of bytes into units, and overwrites what it held."""

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def begun(self) -> bool:
        """Whether a unit has begun and not ended."""
        return bool(self._held)

    def reset(self) -> None:
        """Forget a unit that was begun."""
        self._held[:] = bytes(len(self._held))
        self._held.clear()

    def feed(self, data: bytes | memoryview) -> list[Apdu]:
        """Take bytes as they come, give the units that they complete.

        Raises:
            ZvtInvalidError: the stream is no ZVT, or out of step. It cannot be found into again: connect anew.
        """
        self._held += data
        found: list[Apdu] = []
        try:
            while (size := total_size(self._held)) is not None and size <= len(self._held):
                found.append(decode(bytes(self._held[:size])))
                self._held[:size] = bytes(size)
                del self._held[:size]
        except ZvtInvalidError:
            self.reset()
            raise
        return found
