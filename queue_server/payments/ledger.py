"""What moved on a service day, for the accounts: CSV (RFC 4180), without names. Pure.

Amounts are in major units with all digits of their currency; what went back is below zero. What is heard of later is
booked on the day on which it is heard of, and marked: a day that is over is exported again byte for byte.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from queue_server.domain.money import written
from queue_server.domain.values import Day, GovernmentId, ServiceId, to_datetime
from queue_server.payments.booking import MovementKind
from queue_server.payments.events import ManualConfirmationRecorded
from queue_server.payments.model import Payment
from queue_server.payments.movements import Movement, Posting

COLUMNS: Final = (
    "day",
    "time",
    "kind",
    "standing",
    "reported_late",
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
    "requested_by",
    "decided_by",
)

#: With one of these a spreadsheet takes what a terminal said for a formula.
_FORMULA: Final = ("=", "+", "-", "@")


def ledger(found: Iterable[Posting], day: Day, governments: Mapping[ServiceId, GovernmentId]) -> str:
    """Write what was booked on a day, in the order of its times; ``governments`` by service, where none was kept."""
    ordered = sorted(found, key=lambda one: (one.movement.at, one.payment.id, one.movement.kind, one.movement.amount))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(day, one, governments) for one in ordered)
    return text.getvalue()


def _row(day: Day, posting: Posting, governments: Mapping[ServiceId, GovernmentId]) -> tuple[str, ...]:
    movement, payment = posting.movement, posting.payment
    refund, word = movement.refund, _confirmation_of(payment, movement)
    reference = payment.reference if word is None else word.slip
    trace = next((row.trace for row in reversed(payment.rows) if row.trace), "")
    of = payment.governments or tuple({governments[one] for one in payment.services if one in governments})
    return (
        day,
        to_datetime(movement.at).isoformat(timespec="seconds"),
        movement.kind,
        payment.standing,
        "yes" if posting.reported_late else "",
        payment.id,
        payment.visit,
        " ".join(payment.services),
        " ".join(sorted(set(of))),
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


def _confirmation_of(payment: Payment, movement: Movement) -> ManualConfirmationRecorded | None:
    """Find the word of staff who moved this money for a kiosk; None where nobody did."""
    if movement.kind not in {MovementKind.PAYMENT, MovementKind.REVERSAL}:
        return None
    back = movement.kind is MovementKind.REVERSAL
    return next((word for word in payment.confirmations if word.done and payment.is_back(word.row) is back), None)


def _who(payment: Payment, movement: Movement, word: ManualConfirmationRecorded | None) -> str:
    if movement.refund is not None:
        return movement.refund.requested_by
    return word.staff if word is not None else payment.waived_by or payment.taken_by or ""


def _reason(payment: Payment, movement: Movement) -> str:
    if movement.refund is not None:
        return movement.refund.reason
    if payment.waiver is not None:
        return payment.waiver
    return payment.rows[-1].reason if payment.rows else ""


def _text(told: str) -> str:
    return f"'{told}" if told.startswith(_FORMULA) else told
