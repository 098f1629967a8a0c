"""What a payment terminal is to the rest of the system (UnifiedPOS: CAT, the credit authorisation terminal).

Money moves in it, so every call says which of three things is certain: charged, not charged, or in doubt. Nothing here
holds a card's number, track or holder; what a terminal sends of them is masked before anything else sees it.
"""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from peripherals.device import Device, DeviceStatus, HealthAnswer
from peripherals.money import Amount
from peripherals.payment.attended import AttendedConfirmations


class Result(StrEnum):
    #: The card was charged, or for a reversal or refund: the money goes back.
    APPROVED = "approved"
    #: Not charged: the bank or the terminal said no.
    DECLINED = "declined"
    #: Not charged: the person, a time-out or we ended it before.
    CANCELLED = "cancelled"
    #: Not charged: the terminal could not even begin, or undid it by itself.
    FAILED = "failed"
    #: Whoever runs the terminal will do it later and has taken the order (nexo's asynchronous reversal).
    REQUESTED = "requested"
    #: Nobody knows yet: ask ``look_up``, never pay again.
    IN_DOUBT = "in-doubt"


class Progress(StrEnum):
    """What the terminal waits for or does: the kiosk has its own words for each, in the person's language."""

    WAIT = "wait"
    PRESENT_CARD = "present-card"
    INSERT_CARD = "insert-card"
    REMOVE_CARD = "remove-card"
    ENTER_PIN = "enter-pin"
    PIN_WRONG = "pin-wrong"
    CONFIRM_AMOUNT = "confirm-amount"
    CHOOSE = "choose"
    #: The terminal's own screen says what to do; it does not tell us what.
    WATCH_TERMINAL = "watch-terminal"
    AUTHORISING = "authorising"
    TRY_OTHER_WAY = "try-other-way"
    CARD_NOT_ACCEPTED = "card-not-accepted"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REVERSING = "reversing"
    #: Nobody knows what it does: it cannot be reached, or its answer was lost, and it is being asked.
    NO_ANSWER = "no-answer"


class TerminalReceiptKind(StrEnum):
    MERCHANT = "merchant"
    CUSTOMER = "customer"
    #: For whoever runs the terminal: end of day, diagnosis.
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class TerminalReceipt:
    """Lines as the terminal composed them, masked; ``signature``: it wants the holder's signature."""

    kind: TerminalReceiptKind
    lines: tuple[str, ...] = field(repr=False)
    signature: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be paid. ``id`` is our own, new for each attempt: a UUID. ``language`` is the person's (BCP 47).

    ``mark`` is what ``PaymentTerminal.mark`` gave just before; keep it with the order, ``look_up`` needs it after a
    crash. ``undoes`` is the reference of the payment that a reversal or a refund is for; "" for a payment.
    """

    id: str
    amount: Amount
    language: str = "en"
    mark: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """What became of a payment, a reversal or a refund.

    ``reference`` names it to its driver from now on (ZVT: receipt number; nexo: POI transaction id), "" where there
    is none; ``trace`` is the terminal's running number and ``at`` its clock, where it says them. ``card`` are the last
    four digits of the card's number, as its holder's receipt may show them, "" where they are not known. ``reason`` is
    a stable code of the driver's table where it was not approved. ``held``: it was not to stand, and people have the
    money: they give it back by an order of its own. ``signature``: the terminal counts on the holder's
    signature on paper, which no kiosk can take.
    """

    result: Result
    amount: Amount
    reference: str = ""
    trace: str = ""
    terminal: str = ""
    at: datetime | None = None
    reason: str = ""
    receipts: tuple[TerminalReceipt, ...] = ()
    signature: bool = False
    card: str = field(default="", repr=False)
    held: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """One currency at the end of day as the terminal counts it; ``count`` is None where it does not say how many."""

    amount: Amount
    count: int | None


@dataclass(frozen=True, slots=True)
class TerminalReconciliation:
    """The end of a terminal's day."""

    result: Result
    totals: tuple[Totals, ...] = ()
    receipts: tuple[TerminalReceipt, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalStatus(DeviceStatus):
    """``registered``: it takes orders from us. ``prints``: it prints its receipts itself."""

    registered: HealthAnswer = HealthAnswer.UNKNOWN
    prints: HealthAnswer = HealthAnswer.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a terminal can do, as its driver tells: nobody looks at a scheme for it.

    ``closes_day``: it has a day of its own, which ``end_day`` ends and counts; else people count. ``attended``: people
    move the money and say so at ``desk``. ``can_refund``: money goes back through it, too, and it counts that; else
    whoever runs it does so elsewhere.
    """

    closes_day: bool = True
    attended: bool = False
    can_refund: bool = True


type Follow = Callable[[Progress], None]
#: Asked once when a payment is approved: write it down, then say whether the goods can be issued. No undoes it.
type Decide = Callable[[Transaction], Awaitable[bool]]


class PaymentTerminal(Device[TerminalStatus]):
    """A terminal does one thing at a time.

    Every method raises only where it is certain that no money has moved: ``NotConnectedError``, ``BusyError``,
    ``AnswerTimeoutError`` before anything was handed over, ``LifeCycleError``. Whatever happens later is a result.
    """

    capabilities: ClassVar[Capabilities] = Capabilities()

    @property
    def desk(self) -> AttendedConfirmations | None:
        """Where words of staff come in, if people move the money; None for a terminal that moves it by itself."""
        return None

    @abstractmethod
    async def pay(self, order: Order, *, follow: Follow, decide: Decide) -> Transaction:
        """Charge a card. ``follow`` hears what the terminal does; ``decide`` commits or undoes an approval."""

    async def mark(self) -> str:
        """Say where the terminal stands before a payment, for ``Order.mark``; "" where there is nothing to say.

        Raises:
            PeripheralError: the terminal cannot take a payment now.
        """
        return ""

    @abstractmethod
    async def look_up(self, order: Order) -> Transaction | None:
        """Ask what became of an order; None where the terminal surely never had it.

        That it does not know of it is no proof: one that has forgotten says the same (decision 13).
        """

    @abstractmethod
    async def reverse(self, order: Order, paid: Transaction) -> Transaction:
        """Undo a whole payment. ``order`` is that of the reversal, with an id of its own."""

    @abstractmethod
    async def refund(self, order: Order, paid: Transaction) -> Transaction:
        """Give back the order's amount, or part of it, to the card of ``paid``."""

    @abstractmethod
    async def repeat_receipts(self) -> tuple[TerminalReceipt, ...]:
        """Give the receipts of the last transaction once more."""

    @abstractmethod
    async def end_day(self) -> TerminalReconciliation:
        """Close the terminal's day and give its totals."""

    @abstractmethod
    async def abort(self) -> None:
        """Ask to end the payment that goes on. A request only: an approval may win."""
