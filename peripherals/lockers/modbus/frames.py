"""Questions and answers of Modbus relay boards, in frames of pymodbus (Modbus Application Protocol 1.1b3).

Doors and sensors are discrete inputs (FC02, 6.2). A pulse is the relay boards' own use of FC05 (6.5): the address of
the coil and 0200 together, and instead of FF00 how long it lasts. The board echoes it, as it does any FC05.
"""

import logging
import struct
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from pymodbus.exceptions import ModbusException
from pymodbus.framer import FramerRTU, FramerSocket
from pymodbus.framer.base import FramerBase
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import ReadDiscreteInputsRequest, ReadDiscreteInputsResponse

#: The longest frame there is (Modbus over Serial Line 1.02, 2.5.1; Messaging on TCP/IP 1.0b, 4.1).
MAX_FRAME = 260
_MAX_TRANSACTION = 0xFFFF
_BITS_A_BYTE = 8
#: What pymodbus raises for bytes that are no frame.
_NO_FRAME = (ModbusException, ValueError, IndexError, KeyError, struct.error)
#: A refusal: unit, function, code, CRC.
_SHORTEST_ANSWER = 5

# It logs what comes from outside, and as text: what is worth knowing is in the snapshots.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


class PulseCoil(ModbusPDU):
    """FC05 with a length in place of a state; question and answer are the same. ``count`` is that length."""

    function_code = 5
    rtu_frame_size = 8

    def encode(self) -> bytes:
        return struct.pack(">HH", self.address, self.count)

    def decode(self, data: bytes) -> None:
        self.address, self.count = struct.unpack(">HH", data[:4])


class Frames(ABC):
    """The frames of one connection, a question and its answer at a time."""

    #: Whether an answer names its question.
    numbered: ClassVar[bool] = False

    def __init__(self) -> None:
        decoder = DecodePDU(is_server=False)
        decoder.register(PulseCoil)
        self._framer = self._make(decoder)
        self._held = bytearray()
        self._transaction = 0

    @abstractmethod
    def _make(self, decoder: DecodePDU) -> FramerBase: ...

    def reset(self) -> None:
        """Drop what has come of a frame."""
        self._held.clear()

    def question(self, request: ModbusPDU) -> bytes:
        """Make the frame of a question, and number it where the frame has a number."""
        self._transaction = self._transaction % _MAX_TRANSACTION + 1
        request.transaction_id = self._transaction
        return bytes(self._framer.buildFrame(request))

    def feed(self, data: bytes) -> Iterator[ModbusPDU]:
        """Give the answers that are whole now; what is none, or has another number than the question, is dropped."""
        self._held += data
        while self._held:
            try:
                used, answer = self._framer.handleFrame(bytes(self._held), 0, self._transaction)
            except _NO_FRAME:
                self._held.clear()
                return
            del self._held[:used]
            if answer is None:
                break
            if not self.numbered or answer.transaction_id == self._transaction:
                yield answer
        if len(self._held) > MAX_FRAME:
            self._held.clear()


class RtuFrames(Frames):
    """Frames of a serial line, found among bytes that belong to none.

    A line without bias resistors makes a byte or two when it turns round, and some adapters hear their own question.
    A pulse is answered by the same bytes: only the questions for inputs tell whether an adapter echoes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked = b""
        self._is_pulse = False
        self._has_echoed = False
        #: Whether the last question for inputs came back before its answer.
        self._echoes = False

    def _make(self, decoder: DecodePDU) -> FramerBase:
        return FramerRTU(decoder)

    def reset(self) -> None:
        super().reset()
        self._has_echoed = False

    def question(self, request: ModbusPDU) -> bytes:
        self.reset()
        self._asked = super().question(request)
        self._is_pulse = isinstance(request, PulseCoil)
        return self._asked

    def feed(self, data: bytes) -> Iterator[ModbusPDU]:
        """Give the answers of the board that was asked; bytes before and between them are passed over."""
        if not self._asked:
            return
        self._held += data
        self._drop_echo()
        while found := self._find():
            end, answer = found
            del self._held[:end]
            if not self._is_pulse:
                self._echoes = self._has_echoed
            yield answer
        del self._held[:-MAX_FRAME]

    def _drop_echo(self) -> None:
        """Drop the own question, once, where it comes back; that of a pulse only if the adapter is known to echo."""
        at = self._held.find(self._asked)
        if at < 0 or self._has_echoed or (self._is_pulse and not self._echoes):
            return
        self._has_echoed = self._echoes = True
        del self._held[: at + len(self._asked)]

    def _find(self) -> tuple[int, ModbusPDU] | None:
        """Return the first answer that is whole, with where it ends; one that never ends hides none behind it."""
        for at in range(len(self._held) - _SHORTEST_ANSWER + 1):
            if self._held[at] != self._asked[0] or self._held[at + 1] & 0x7F != self._asked[1]:
                continue
            rest = bytes(self._held[at:])
            kind = self._framer.decoder.lookupPduClass(rest)
            size = kind.calculateRtuFrameSize(rest) if kind else 0
            if 0 < size <= len(rest) and (answer := self._decode(rest[:size])):
                return at + size, answer
        return None

    def _decode(self, frame: bytes) -> ModbusPDU | None:
        """Return the answer in these bytes, or None if their CRC is wrong: all of them are one frame, or none is."""
        try:
            return self._framer.handleFrame(frame, self._asked[0], 0)[1]
        except _NO_FRAME:
            return None


class TcpFrames(Frames):
    numbered = True

    def _make(self, decoder: DecodePDU) -> FramerBase:
        return FramerSocket(decoder)


def inputs_question(board: int, address: int, count: int) -> ModbusPDU:
    return ReadDiscreteInputsRequest(dev_id=board, address=address, count=count)


def pulse_question(board: int, address: int, length: int) -> ModbusPDU:
    return PulseCoil(dev_id=board, address=address, count=length)


def inputs(answer: ModbusPDU, count: int) -> list[bool] | None:
    """Give the inputs that an answer to FC02 holds, None where it is none of as many."""
    if (
        not isinstance(answer, ReadDiscreteInputsResponse)
        or len(answer.bits) != -(-count // _BITS_A_BYTE) * _BITS_A_BYTE
    ):
        return None
    return list(answer.bits[:count])


def refusal(answer: ModbusPDU) -> int:
    """Give the exception code of an answer, 0 where it is none (7)."""
    return answer.exception_code if isinstance(answer, ExceptionResponse) else 0
