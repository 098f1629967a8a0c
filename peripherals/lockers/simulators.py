"""The simulated cabinets, by what their boards speak."""

from enum import StrEnum
from typing import Any

from peripherals.lockers.cabinet import Cabinet
from peripherals.lockers.kerong.simulator import KerongSimulator
from peripherals.lockers.modbus.simulator import RtuSimulator, TcpSimulator
from peripherals.lockers.simulator import CabinetSimulator
from peripherals.lockers.winnsen.simulator import WinnsenSimulator
from peripherals.simulation import SimulatedLine


class SimulatedBoard(StrEnum):
    """What a board speaks: the first half of its driver's scheme."""

    MODBUS = "modbus"
    KERONG = "kerong"
    WINNSEN = "winnsen"


def simulator_of(
    board: SimulatedBoard,
    line: SimulatedLine,
    cabinet: Cabinet,
    *,
    over_tcp: bool = False,
    inverted: bool = False,
    by_lock: bool = False,
) -> CabinetSimulator[Any]:
    """Construct the cabinet.

    ``over_tcp`` says which frames Modbus has, the others have the same on any line; ``by_lock``, which boards of
    Winnsen's they are.

    Raises:
        ValueError: more boards than one line of these has.
    """
    match board:
        case SimulatedBoard.MODBUS:
            return (TcpSimulator if over_tcp else RtuSimulator)(line, cabinet, inverted=inverted)
        case SimulatedBoard.KERONG:
            return KerongSimulator(line, cabinet, inverted=inverted)
        case SimulatedBoard.WINNSEN:
            return WinnsenSimulator(line, cabinet, inverted=inverted, by_lock=by_lock)
