"""A fee is paid at the kiosk."""

from typing import Literal

import msgspec

from kiosk.journey.checkout import Checkout
from kiosk.journey.events.documents import Laid
from kiosk.journey.page import Fee, JourneyStop
from queue_server.contract.requirements import StatedItem
from queue_server.domain.tariff import Headcount


class BoughtLine(msgspec.Struct, frozen=True):
    """``count`` people of an age, named by ``label`` where fees differ by it, and what each of them pays."""

    count: int
    label: str
    each: Fee


class Bought(msgspec.Struct, frozen=True):
    """A service that is paid, for the receipt: its name, whose it is, and for whom."""

    service: str
    government: str
    lines: tuple[BoughtLine, ...] = ()


class StartCheckout(msgspec.Struct, frozen=True):
    """Effect: have this fee paid, and then the ticket made, printed and sent; answered by ``CheckoutChanged``.

    The same services for as many people again, in the same journey, are the same order: it is never paid twice.
    ``stops`` are those of somebody who has paid. ``bought`` is what stands on the receipt; ``by_hand``: the cash desk
    takes the money. ``lacking`` as with ``MakeTicket``.
    """

    number: int
    services: tuple[str, ...]
    language: str
    centre: str
    stops: tuple[JourneyStop, ...]
    fee: Fee
    asks_priority: bool = False
    bought: tuple[Bought, ...] = ()
    by_hand: bool = False
    people: tuple[Headcount, ...] = ()
    documents: tuple[Laid, ...] = ()
    lacking: tuple[StatedItem, ...] | None = None


class CheckoutChanged(msgspec.Struct, frozen=True):
    """Answer to ``StartCheckout``, as often as something changes."""

    number: int
    payment: Checkout


class CancelCheckout(msgspec.Struct, frozen=True):
    """Effect: ask for an end of the payment. An approval may win; ``CheckoutChanged`` tells."""


class AnswerPaper(msgspec.Struct, frozen=True):
    """Effect: say what is wanted about a paid ticket that came on no paper: once more, it is here, or no."""

    answer: Literal["again", "have-it", "give-up"]
