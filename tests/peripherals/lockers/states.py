"""How a compartment is, by what its agent knows: for tests alone; to the server a bank tells what happened."""

from peripherals.lockers.agent.model import Bank, OpeningStage, Sensed, sensed_of
from peripherals.lockers.port import DoorState
from queue_server.domain.lockers import CompartmentState, Contents


def state_of(bank: Bank, name: str, sensed: Sensed) -> CompartmentState:
    """Say how a compartment is, as its agent has it."""
    cell, door = bank.cell(name), sensed_of(sensed, name).door
    opening = bank.opening
    if cell.blocked is not None:
        return CompartmentState.BLOCKED
    if opening is not None and opening.compartment == name and opening.stage is OpeningStage.OPEN:
        return CompartmentState.OPEN
    if door is not DoorState.SHUT:
        return CompartmentState.UNKNOWN
    return {
        Contents.EMPTY: CompartmentState.FREE,
        Contents.ITEM: CompartmentState.OCCUPIED,
        Contents.UNKNOWN: CompartmentState.UNKNOWN,
    }[cell.contents]
