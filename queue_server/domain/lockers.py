"""What is said of a bank of lockers by its agent and by the server alike. Pure."""

from enum import StrEnum
from typing import Final, NewType

#: A compartment, as its door is labelled.
CompartmentId = NewType("CompartmentId", str)
#: One order to a bank, as events name it (a UUID).
OrderId = NewType("OrderId", str)
#: The journal of a bank's agent: another one where it was lost and begun anew (a UUID).
JournalId = NewType("JournalId", str)


class LockerVerb(StrEnum):
    """What is to be done with a compartment."""

    #: Open it so that staff put the item in.
    LOAD = "load"
    #: Open it so that its owner takes the item.
    COLLECT = "collect"
    #: Open it so that staff take the item.
    UNLOAD = "unload"
    #: Open it so that staff look, also where it is blocked.
    INSPECT = "inspect"
    #: Staff have looked, and say what is in it; nothing opens.
    SETTLE = "settle"


#: Orders that open a door.
OPENS: Final = frozenset({LockerVerb.LOAD, LockerVerb.COLLECT, LockerVerb.UNLOAD, LockerVerb.INSPECT})


class CompartmentSize(StrEnum):
    """How large a compartment is, the smallest first."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Contents(StrEnum):
    """What is in a compartment, by all that was commanded and seen."""

    EMPTY = "empty"
    ITEM = "item"
    #: Staff have to look.
    UNKNOWN = "unknown"


class CompartmentState(StrEnum):
    """A compartment as others see it: commanded and sensed together."""

    FREE = "free"
    RESERVED = "reserved"
    OCCUPIED = "occupied"
    OPEN = "open"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class BlockReason(StrEnum):
    """Why nothing is done with a compartment until staff have looked at it."""

    #: It was pulsed as often as it may be, and its door stayed shut.
    NOT_OPENED = "not-opened"
    #: It was pulsed, and nobody knows how its door is.
    NOT_SENSED = "not-sensed"
    #: Its door opened while another one was meant, or the other way round.
    OTHER_DOOR = "other-door"
    #: Its door opened, or what lay in it changed, and nobody had commanded that.
    FORCED = "forced"
    #: It was found otherwise than the journal says.
    DIFFERS = "differs"
    #: The agent ended while it was being opened.
    INTERRUPTED = "interrupted"
    #: Its door stood open until nobody was waited for any more.
    LEFT_OPEN = "left-open"


#: Reasons that somebody may have had a hand in (XFS4IoT: ``fraudAttempt``).
FRAUD: Final = frozenset({BlockReason.FORCED, BlockReason.OTHER_DOOR})


class LockerAlarmKind(StrEnum):
    """Why a bank asks for staff."""

    NOT_OPENED = "not-opened"
    OTHER_DOOR = "other-door"
    FORCED = "forced"
    LEFT_OPEN = "left-open"
    DIFFERS = "differs"
    INTERRUPTED = "interrupted"


class OrderRefusal(StrEnum):
    """Why a bank does not carry an order out; nothing has opened."""

    OTHER_BANK = "locker-other-bank"
    NO_SUCH_COMPARTMENT = "locker-compartment-unknown"
    USED = "locker-order-used"
    EXPIRED = "locker-order-expired"
    CLOCK = "locker-clock-wrong"
    BUSY = "locker-busy"
    NOT_SHUT = "locker-door-not-shut"
    NOT_USABLE = "locker-not-usable"
    CONTENTS = "locker-contents-differ"
