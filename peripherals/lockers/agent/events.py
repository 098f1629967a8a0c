"""What happens to a bank, as its journal keeps it. Compartments, ids and times are all that stands in it."""

import msgspec

from peripherals.device import HealthAnswer
from peripherals.lockers.port import ItemSensor
from queue_server.domain.lockers import BlockReason, Contents, LockerAlarmKind, LockerVerb, OrderRefusal


class _AgentEvent(msgspec.Struct, frozen=True, tag_field="type"):
    """``at``: by the clock that only goes forward, where a waiting time begins."""


class Started(_AgentEvent, frozen=True, tag="started"):
    """The agent has started."""


class OrderUsed(_AgentEvent, frozen=True, tag="order-used"):
    """An order was accepted, and never is again. One that opens a door is followed by ``PulseIntended``.

    ``issued`` and ``expires`` are seconds of the epoch.
    """

    order: str
    compartment: str
    verb: LockerVerb
    claim: str
    item: str | None
    issued: float
    expires: float


class OrderDeclined(_AgentEvent, frozen=True, tag="order-declined"):
    """An order was not carried out, and never is: whoever gave it has gone on with that. ``expires`` as above."""

    order: str
    refusal: OrderRefusal
    expires: float


class PulseIntended(_AgentEvent, frozen=True, tag="pulse-intended"):
    """The lock is about to be pulsed: nothing is sent before this is on the disk."""

    compartment: str
    attempt: int
    at: float


class PulseSent(_AgentEvent, frozen=True, tag="pulse-sent"):
    """A pulse has left; ``answer`` is what the board said of it, which is no open door."""

    compartment: str
    answer: HealthAnswer
    at: float


class PulseNotSent(_AgentEvent, frozen=True, tag="pulse-not-sent"):
    """Nothing has left: the bank was away. The order is used up, the compartment is as it was."""

    compartment: str


class DoorOpened(_AgentEvent, frozen=True, tag="door-opened"):
    compartment: str
    at: float


class DoorShut(_AgentEvent, frozen=True, tag="door-shut"):
    """The door of an opening is sensed shut; it counts once it stays so."""

    compartment: str
    at: float


class DoorClosed(_AgentEvent, frozen=True, tag="closed"):
    """An opening has ended as it should; ``sensed`` is what the sensor inside says."""

    compartment: str
    sensed: ItemSensor
    contents: Contents
    item: str | None


class Reminded(_AgentEvent, frozen=True, tag="reminded"):
    """The door is to be shut: whoever stands before it is asked to."""

    compartment: str


class AlarmRaised(_AgentEvent, frozen=True, tag="alarm"):
    compartment: str
    kind: LockerAlarmKind


class Blocked(_AgentEvent, frozen=True, tag="blocked"):
    compartment: str
    reason: BlockReason


class ContentsSet(_AgentEvent, frozen=True, tag="contents-set"):
    """An order that opens nothing: staff have said what is in it, which ends what blocked it."""

    compartment: str
    contents: Contents
    item: str | None


type Event = (
    Started
    | OrderUsed
    | OrderDeclined
    | PulseIntended
    | PulseSent
    | PulseNotSent
    | DoorOpened
    | DoorShut
    | DoorClosed
    | Reminded
    | AlarmRaised
    | Blocked
    | ContentsSet
)
