"""The end of a terminal's day: what it counted, beside what the journals say that it took. Pure.

A period goes from the end of day before, itself not among it, to this one. Times are those of the device that has the
terminal, but for what staff did, which is on the server's clock.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    Micros,
    PaymentId,
    PaymentStanding,
    ReconciliationId,
    StaffId,
    TerminalId,
)
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.payments.model import Payment
from queue_server.payments.movements import movements

#: So many payments are named with a difference; a terminal takes fewer in a day.
MAX_NAMED: Final = 1_000


class CurrencyTotal(msgspec.Struct, frozen=True):
    """What a terminal says of one currency, in minor units; ``count`` where it says how many."""

    currency: CurrencyCode
    amount: int
    count: int | None


class Difference(msgspec.Struct, frozen=True):
    """One currency in which terminal and journal disagree, and the payments among which the reason is."""

    currency: CurrencyCode
    terminal: int
    """What the terminal counted, in whole minor units."""
    journal: int
    payments: tuple[PaymentId, ...]


class TerminalReconciled(Payload, frozen=True):
    """First event of a terminal's end of day; what was found is copied in, so that it never changes."""

    type = "terminal-reconciled"
    reconciliation: ReconciliationId
    centre: CentreId
    device: DeviceId
    driver: DriverScheme
    terminal: TerminalId
    since: Micros
    closed_at: Micros
    totals: tuple[CurrencyTotal, ...]
    differences: tuple[Difference, ...]


class ReconciliationAcknowledged(Payload, frozen=True):
    """A manager has looked into the differences: they are no alarm any more."""

    type = "reconciliation-acknowledged"
    reconciliation: ReconciliationId
    staff: StaffId


#: What the fields mean.
MEANINGS: Final = {
    "amount": "What the terminal counted, in whole minor units; below zero where it gave back more than it took.",
    "centre": "The centre at which the terminal is.",
    "closed_at": "When the terminal was asked for its totals, by the clock of the device.",
    "reconciliation": "The end of day, as the device named it (a UUID).",
    "count": "How many transactions the terminal counted; null where it does not say so.",
    "currency": "The currency (ISO 4217, three letters).",
    "device": "The device that told it.",
    "differences": "Where terminal and journal disagree, one for each currency.",
    "driver": "The scheme of the terminal's driver, such as `zvt+tcp`.",
    "journal": "What the journal counts, in whole minor units.",
    "payments": "Payments among which the reason is.",
    "since": "When the end of day before was; 0 where there is none before.",
    "staff": "The manager who looked into it.",
    "terminal": "What the terminal calls itself.",
    "totals": "What the terminal counted, one for each currency.",
}

CODEC: Final = Codec((TerminalReconciled, ReconciliationAcknowledged))
EVENTS: Final = CODEC.kinds
decode: Final = CODEC.decode


class Reconciliation(msgspec.Struct, frozen=True):
    """An end of day as its stream left it; ``acknowledged_by`` is None while nobody has looked into its differences."""

    closed: TerminalReconciled
    at: Micros
    seq: int
    acknowledged_by: StaffId | None = None

    @property
    def alarms(self) -> bool:
        return bool(self.closed.differences) and self.acknowledged_by is None


def evolve(before: Reconciliation | None, body: Payload, seq: int, at: Micros) -> Reconciliation:
    """Fold one event into an end of day.

    Raises:
        UnknownEventError: it does not belong here.
    """
    match body:
        case TerminalReconciled() if before is None:
            return Reconciliation(body, at, seq)
        case ReconciliationAcknowledged() if before is not None:
            return msgspec.structs.replace(before, seq=seq, acknowledged_by=body.staff)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def moved(payment: Payment, since: Micros, until: Micros) -> int:
    """Tell how much a payment moved at its terminal in a period: what was charged, less what went back."""
    return sum(one.amount for one in movements(payment, doubtful=True) if one.at_terminal and since < one.at <= until)


def differences(
    totals: Iterable[CurrencyTotal], payments: Iterable[Payment], since: Micros, until: Micros
) -> tuple[Difference, ...]:
    """Compare what a terminal counted with what the journals say, currency by currency."""
    counted: dict[CurrencyCode, int] = defaultdict(int)
    for total in totals:
        counted[total.currency] += total.amount
    journal: dict[CurrencyCode, int] = defaultdict(int)
    named: dict[CurrencyCode, list[PaymentId]] = defaultdict(list)
    for payment in payments:
        amount = moved(payment, since, until)
        journal[payment.currency] += amount
        if amount or payment.standing is PaymentStanding.UNDECIDED:
            named[payment.currency].append(payment.id)
    return tuple(
        Difference(currency, counted[currency], journal[currency], tuple(named[currency][:MAX_NAMED]))
        for currency in sorted({*counted, *journal})
        if counted[currency] != journal[currency]
    )
