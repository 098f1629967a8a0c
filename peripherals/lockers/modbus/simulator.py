"""Modbus relay boards on the wire, written without the library that the driver is made with.

Board 1 of the cabinet is unit 1. Coils are the relays of its locks; of its discrete inputs the first ones are the
doors, and those after them the sensors inside. FC05 with FF00 holds a relay, as on the real boards, until 0000 lets it
go.
"""

import struct
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.wiring import BoardWiring
from peripherals.simulation import SimulatedLine

_READ_COILS, _READ_INPUTS, _WRITE_COIL = 0x01, 0x02, 0x05
_ON, _OFF = 0xFF00, 0x0000
_ILLEGAL_FUNCTION, _ILLEGAL_ADDRESS, _ILLEGAL_VALUE = 1, 2, 3
_PULSES, _UNIT_S = 0x0200, 0.1
_MAX_BITS = 2000
_CRC_BYTES, _MBAP_BYTES = 2, 7


@dataclass(frozen=True, slots=True)
class ModbusQuestion:
    """``head`` is what an answer of Modbus TCP repeats."""

    unit: int
    pdu: bytes
    head: bytes = b""


class ModbusSimulator(CabinetSimulator[ModbusQuestion]):
    """``inverted``: switches that open while a door is shut, and sensors that open while they see something."""

    def __init__(self, line: SimulatedLine, cabinet: Cabinet, *, inverted: bool = False) -> None:
        super().__init__(line, cabinet)
        self._inverted = inverted
        self._held = bytearray()

    @property
    def settings(self) -> BoardWiring:
        level = 0 if self._inverted else 1
        return BoardWiring(door_shut=level, item_present=level)  # type: ignore[arg-type] # a level is 0 or 1

    def _item_input(self, lock: int) -> int | None:
        return self.cabinet.locks + lock

    def _reset(self) -> None:
        self._held.clear()

    @abstractmethod
    def _frame(self, question: ModbusQuestion, pdu: bytes) -> bytes: ...

    def _answer(self, question: ModbusQuestion) -> bytes:
        if not 0 < question.unit <= self.cabinet.boards:
            return b""
        return self._frame(question, self._pdu(question.unit, question.pdu))

    def _pdu(self, board: int, asked: bytes) -> bytes:
        function, *content = asked
        if len(content) != 4 or function not in {_READ_COILS, _READ_INPUTS, _WRITE_COIL}:  # noqa: PLR2004 - two words
            return bytes((function | 0x80, _ILLEGAL_FUNCTION))
        address, value = struct.unpack(">HH", asked[1:])
        if function == _WRITE_COIL:
            fault = self._write(board, address, value)
            return bytes((function | 0x80, fault)) if fault else asked
        levels = self._coils(board) if function == _READ_COILS else self._inputs(board)
        if not 0 < value <= _MAX_BITS:
            return bytes((function | 0x80, _ILLEGAL_VALUE))
        if address + value > len(levels):
            return bytes((function | 0x80, _ILLEGAL_ADDRESS))
        packed = bytearray(-(-value // 8))
        for at, level in enumerate(levels[address : address + value]):
            packed[at // 8] |= level << at % 8
        return bytes((function, len(packed))) + packed

    def _write(self, board: int, address: int, value: int) -> int:
        """Hold a relay, let it go, or pulse it; gives an exception code, 0 where it is done."""
        locks = self.cabinet.locks
        if _PULSES <= address < _PULSES + locks:
            self._pulse(board, address - _PULSES + 1, value * _UNIT_S)
            return 0
        if address >= locks:
            return _ILLEGAL_ADDRESS
        if value not in {_ON, _OFF}:
            return _ILLEGAL_VALUE
        self.cabinet.hold((board, address + 1), held=value == _ON)
        return 0

    def _coils(self, board: int) -> list[bool]:
        return [self.cabinet.is_held((board, lock)) for lock in range(1, self.cabinet.locks + 1)]

    def _inputs(self, board: int) -> list[bool]:
        cells = [self.cabinet[board, lock] for lock in range(1, self.cabinet.locks + 1)]
        doors = [cell.senses_open == self._inverted for cell in cells]
        return doors + [cell.senses_item != self._inverted for cell in cells]


class RtuSimulator(ModbusSimulator):
    """Modbus over Serial Line 1.02: unit, PDU, CRC."""

    def _questions(self, data: bytes) -> Iterator[ModbusQuestion]:
        self._held += data
        while len(self._held) >= 4:  # noqa: PLR2004 - the shortest frame
            length = self._length()
            if len(self._held) < length:
                return
            frame = bytes(self._held[:length])
            if crc(frame[:-_CRC_BYTES]) == frame[-_CRC_BYTES:]:
                del self._held[:length]
                yield ModbusQuestion(frame[0], frame[1:-_CRC_BYTES])
            else:
                del self._held[0]

    def _length(self) -> int:
        """Give the length of the question that begins here: only those that write several have one of their own."""
        if self._held[1] not in {0x0F, 0x10}:
            return 8
        return 9 + self._held[6] if len(self._held) > 6 else 9  # noqa: PLR2004 - where its bytes are counted

    def _frame(self, question: ModbusQuestion, pdu: bytes) -> bytes:
        frame = bytes((question.unit,)) + pdu
        return frame + crc(frame)


class TcpSimulator(ModbusSimulator):
    """Modbus Messaging on TCP/IP 1.0b: transaction, protocol 0, length, unit, PDU."""

    def _questions(self, data: bytes) -> Iterator[ModbusQuestion]:
        self._held += data
        while len(self._held) > _MBAP_BYTES:
            _, protocol, length, unit = struct.unpack(">HHHB", self._held[:_MBAP_BYTES])
            if protocol or not 2 <= length <= 254:  # noqa: PLR2004 - unit and function at least, 253 of a PDU at most
                self._held.clear()
                return
            if len(self._held) < 6 + length:
                return
            frame = bytes(self._held[: 6 + length])
            del self._held[: 6 + length]
            yield ModbusQuestion(unit, frame[_MBAP_BYTES:], frame[:2])

    def _frame(self, question: ModbusQuestion, pdu: bytes) -> bytes:
        return question.head + struct.pack(">HHB", 0, len(pdu) + 1, question.unit) + pdu


def crc(frame: bytes) -> bytes:
    """Give the CRC-16 of a frame as it is sent, low byte first (Modbus over Serial Line 1.02, 6.2.2)."""
    total = 0xFFFF
    for byte in frame:
        total ^= byte
        for _ in range(8):
            total = total >> 1 ^ (0xA001 if total & 1 else 0)
    return total.to_bytes(2, "little")
