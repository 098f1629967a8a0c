"""What a bank of lockers is to the rest of the system: compartments, each with a lock, a door and a sensor or two.

A lock opens by a pulse that the board itself ends; nothing here holds one open. Whether a door is open says its own
input alone: what a board answers to a pulse is kept for diagnosis and believed by nobody.
"""

from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from peripherals.device import Device, DeviceState, DeviceStatus, HealthAnswer


class DoorState(StrEnum):
    """What the input of a door says. A board that is silent says nothing of its doors."""

    SHUT = "shut"
    OPEN = "open"
    UNKNOWN = "unknown"


class ItemSensor(StrEnum):
    """What the sensor inside says; ``UNKNOWN`` also where there is none."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Size(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Compartment:
    """One compartment as it is wired. ``name`` stands on its door; ``sees_items``: it has a sensor inside.

    ``column`` and ``row`` are where it is as one stands before the bank, counted from 1 at the top left.
    """

    name: str
    size: Size = Size.MEDIUM
    sees_items: bool = False
    column: int = 1
    row: int = 1


@dataclass(frozen=True, slots=True)
class CompartmentStatus:
    """What is sensed of one compartment."""

    name: str
    door: DoorState = DoorState.UNKNOWN
    item: ItemSensor = ItemSensor.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class LockerBankStatus(DeviceStatus):
    """What was last sensed, compartments in the order of the wiring.

    ``state`` is ``online`` where every board answers, ``hardwareError`` where some do, and ``unknown`` where none does.
    """

    state: DeviceState = DeviceState.UNKNOWN
    compartments: tuple[CompartmentStatus, ...] = ()

    def of(self, name: str) -> CompartmentStatus:
        """Give what is sensed of one compartment; of one that is not there nothing is known."""
        return next((one for one in self.compartments if one.name == name), CompartmentStatus(name))


class LockerBank(Device[LockerBankStatus]):
    """A bank of compartments. The inputs are read all the time; ``check_health`` reads them at once."""

    @property
    @abstractmethod
    def compartments(self) -> tuple[Compartment, ...]:
        """The compartments, in the order of the wiring; none before the bank is claimed."""

    @abstractmethod
    async def pulse(self, name: str) -> HealthAnswer:
        """Send one pulse to the lock of one compartment, once: the board's own, which it ends by itself.

        Gives what the board says of it, ``UNKNOWN`` where it says nothing, or where the line was lost on the way. It is
        never an open door: that is sensed.

        Raises:
            LifeCycleError: not enabled.
            CompartmentUnknownError: there is no such compartment.
            NotConnectedError: the bank is away; surely nothing was sent.
        """
