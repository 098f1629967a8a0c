"""The simulated cabinets, by what their boards speak."""

from enum import StrEnum
from typing import Any

from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.kerong.simulator import KerongSimulator
from peripherals.lockers.modbus.simulator import RtuSimulator, TcpSimulator
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.winnsen.simulator import WinnsenSimulator
from peripherals.simulation import Line


class Board(StrEnum):
    """What a board speaks: the first half of its driver's scheme."""

    MODBUS = "modbus"
    KERONG = "kerong"
    WINNSEN = "winnsen"


def simulator_of(
    board: Board, line: Line, cabinet: Cabinet, *, over_tcp: bool = False, inverted: bool = False
) -> CabinetSimulator[Any]:
    """Construct the cabinet; ``over_tcp`` says which frames Modbus has, the others have the same on any line."""
    match board:
        case Board.MODBUS:
            return (TcpSimulator if over_tcp else RtuSimulator)(line, cabinet, inverted=inverted)
        case Board.KERONG:
            return KerongSimulator(line, cabinet, inverted=inverted)
        case Board.WINNSEN:
            return WinnsenSimulator(line, cabinet, inverted=inverted)
