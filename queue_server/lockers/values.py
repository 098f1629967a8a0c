"""What is said of orders to banks of lockers. Pure."""

from enum import StrEnum
from typing import Final


class OrderState(StrEnum):
    """How far an order is."""

    #: The bank has not answered.
    ORDERED = "ordered"
    #: The bank has used it, and is about to open the door.
    ACCEPTED = "accepted"
    OPEN = "open"
    #: The door stands open so long that somebody should be asked to shut it.
    REMINDED = "reminded"
    #: So long that staff should look.
    OVERDUE = "overdue"
    #: Shut again, and nothing is in it.
    SHUT_EMPTY = "shut-empty"
    SHUT_WITH_ITEM = "shut-with-item"
    #: Shut again, and nobody knows what is in it.
    SHUT_UNKNOWN = "shut-unknown"
    #: What staff found holds.
    SETTLED = "settled"
    #: No door has opened.
    NOT_OPENED = "not-opened"
    #: The compartment is blocked, and nobody knows what is in it.
    FROZEN = "frozen"
    #: Nobody waits for the bank's answer any more: staff said so, or it was revoked.
    GIVEN_UP = "given-up"


#: Orders of which the bank has more to tell.
PENDING: Final = frozenset(
    {OrderState.ORDERED, OrderState.ACCEPTED, OrderState.OPEN, OrderState.REMINDED, OrderState.OVERDUE}
)


class OrderHold(StrEnum):
    """What an order that is under way keeps others from."""

    #: One door of a bank opens at a time.
    BANK = "bank"
    COMPARTMENT = "compartment"
