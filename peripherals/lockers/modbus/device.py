"""A bank of Modbus boards with relays and discrete inputs, such as those of Waveshare.

``modbus+tcp://HOST:502?wiring=FILE`` speaks Modbus TCP, ``modbus+serial:///dev/serial/by-id/...?wiring=FILE`` RTU.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from pymodbus.pdu import ModbusPDU

from peripherals.device import HealthAnswer, Timings
from peripherals.errors import BoardRefusedError
from peripherals.lockers.bank import BoardBank, Defaults, Levels
from peripherals.lockers.modbus import frames
from peripherals.lockers.modbus.frames import PulseCoil, RtuFrames, TcpFrames
from peripherals.lockers.wiring import MAX_LOCKS
from peripherals.owner import Address
from peripherals.transports.tcp import TcpAddress


class ModbusBank(BoardBank[ModbusPDU]):
    defaults = Defaults(port=502, baud=9_600, boards=range(1, 248), locks=MAX_LOCKS)

    def __init__(self, url: str, address: Address, timings: Timings, file: Path) -> None:
        super().__init__(url, address, timings, file)
        self._framing = TcpFrames() if isinstance(address, TcpAddress) else RtuFrames()

    async def _pulse(self, board: int, lock: int) -> HealthAnswer:
        address = self.settings.pulse_address + lock
        length = max(1, round(self.settings.pulse_ms / self.settings.pulse_unit_ms))

        def accept(answer: ModbusPDU) -> HealthAnswer | None:
            ours = isinstance(answer, PulseCoil) and (answer.address, answer.count) == (address, length)
            return HealthAnswer.YES if ours else None

        request = frames.pulse_question(board, address, length)
        return await self._ask(self._framing.question(request), _of_board(board, accept))

    async def _levels(self, board: int) -> Levels:
        wired = self._wiring.on(board)
        used = [number for one in wired for number in (one.door, one.item) if number is not None]
        first, count = min(used), max(used) - min(used) + 1
        asked = frames.inputs_question(board, self.number(first, "first_input"), count)
        accept = _of_board(board, lambda answer: frames.inputs(answer, count))
        found = await self._inquire(self._framing.question(asked), accept)
        levels = {first + at: level for at, level in enumerate(found)}
        return Levels(levels, levels)

    def _frames(self, data: bytes) -> Iterable[ModbusPDU]:
        return self._framing.feed(data)

    def _clear(self) -> None:
        self._framing.reset()


def _of_board[R](board: int, accept: Callable[[ModbusPDU], R | None]) -> Callable[[ModbusPDU], R | None]:
    """Return what takes answers of this board alone, and raises BoardRefusedError for a refusal."""

    def ours(answer: ModbusPDU) -> R | None:
        if answer.dev_id != board:
            return None
        if code := frames.refusal(answer):
            raise BoardRefusedError(board=board, reason=code)
        return accept(answer)

    return ours
