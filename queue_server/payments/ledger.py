"""What moved on a service day, for the accounts: CSV (RFC 4180), without names. Pure.

Amounts are in major units with all digits of their currency; what went back is below zero. A payment that a kiosk told
of later is on the day on which it was made, so a day that is exported again may have more.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from queue_server.money import written
from queue_server.payments.events import StaffSaid
from queue_server.payments.model import Payment
from queue_server.payments.movements import Movement, MovementKind, movements
from queue_server.values import Day, GovernmentId, Micros, ServiceId, to_datetime

COLUMNS: Final = (
    "day",
    "time",
    "kind",
    "payment",
    "visit",
    "services",
    "governments",
    "amount",
    "waived",
    "currency",
    "driver",
    "terminal",
    "reference",
    "trace",
    "reason",
    "asked_by",
    "decided_by",
)

#: With one of these a spreadsheet takes what a terminal said for a formula.
_FORMULA: Final = ("=", "+", "-", "@")


def ledger(
    payments: Iterable[Payment],
    day: Day,
    since: Micros,
    until: Micros,
    governments: Mapping[ServiceId, GovernmentId],
) -> str:
    """Write what moved from ``since`` up to ``until``, in the order of its times; ``governments`` by service."""
    found = [
        (movement, payment) for payment in payments for movement in movements(payment) if since <= movement.at < until
    ]
    found.sort(key=lambda one: (one[0].at, one[1].id, one[0].kind))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(day, movement, payment, governments) for movement, payment in found)
    return text.getvalue()


def _row(
    day: Day, movement: Movement, payment: Payment, governments: Mapping[ServiceId, GovernmentId]
) -> tuple[str, ...]:
    refund, word = movement.refund, _word(payment, movement)
    reference = payment.reference if word is None else word.slip
    trace = next((row.trace for row in reversed(payment.rows) if row.trace), "")
    return (
        day,
        to_datetime(movement.at).isoformat(timespec="seconds"),
        movement.kind,
        payment.id,
        payment.visit,
        " ".join(payment.services),
        " ".join(sorted({governments[service] for service in payment.services if service in governments})),
        written(movement.amount, payment.currency),
        written(movement.waived, payment.currency),
        payment.currency,
        payment.driver,
        _text(payment.terminal),
        _text(reference if refund is None else refund.reference),
        _text(trace if refund is None else ""),
        _reason(payment, movement),
        _who(payment, movement, word),
        (refund.decided_by or "") if refund is not None else "",
    )


def _word(payment: Payment, movement: Movement) -> StaffSaid | None:
    """Find the word of staff who moved this money for a kiosk; None where nobody did."""
    if movement.kind not in {MovementKind.PAYMENT, MovementKind.REVERSAL}:
        return None
    back = movement.kind is MovementKind.REVERSAL
    return next((word for word in payment.words if word.done and payment.is_back(word.row) is back), None)


def _who(payment: Payment, movement: Movement, word: StaffSaid | None) -> str:
    if movement.refund is not None:
        return movement.refund.asked_by
    return word.staff if word is not None else payment.waived_by or payment.taken_by or ""


def _reason(payment: Payment, movement: Movement) -> str:
    if movement.refund is not None:
        return movement.refund.reason
    if payment.waiver is not None:
        return payment.waiver
    return payment.rows[-1].reason if payment.rows else ""


def _text(told: str) -> str:
    return f"'{told}" if told.startswith(_FORMULA) else told
