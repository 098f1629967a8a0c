"""Payments between kiosk and server: the kiosk's journal, delivered until it is acknowledged, and a terminal's day.

A kiosk tells of each attempt to pay by the rows of its own journal. Rows count from 1 in each attempt and never change,
so a report may be sent again, alone or with what came after: a row that the server has is the same row. What has not
been acknowledged stays in the kiosk, whose journal is the truth until then. Amounts are whole minor units of a currency
of ISO 4217. No card's number, track or holder is in any of this: what is sent of receipts was masked before.
"""

import hashlib
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from queue_server.contract.base import Message, Name, Party, Uuid
from queue_server.domain.values import JournalState, PaymentId, ReconciliationId

#: A code of a driver's table: lower-case words with hyphens; "" where there is none.
ReasonCode = Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9-]*$(?!\n)")]
#: What a terminal calls itself or a transaction: visible ASCII without blanks; "" where it says nothing.
Token = Annotated[str, Meta(max_length=128, pattern=r"^[!-~]*$(?!\n)")]
#: The scheme of a driver's address: ``zvt+tcp``.
Scheme = Annotated[str, Meta(max_length=32, pattern=r"^[a-z][a-z0-9+.-]*$(?!\n)")]
#: Whole minor units; as much as six BCD bytes hold.
MinorUnits = Annotated[int, Meta(ge=0, le=99_999_999_999)]
#: A moment with its offset.
Moment = Annotated[datetime, Meta(tz=True)]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
#: One line of a receipt as the terminal composed it: no control characters, none that turn the direction.
ReceiptLine = Annotated[str, Meta(max_length=96, pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$(?!\n)")]


class JournalRow(Message, frozen=True):
    """One row of the journal of an attempt to pay."""

    row: Annotated[int, Meta(ge=1, le=1_000)]
    """Its number in the journal, from 1."""
    state: JournalState
    """What has been reached, or is about to be tried (docs/payments.md)."""
    at: Moment
    """When the row was written, by the clock of the kiosk."""
    reference: Token = ""
    """How the terminal names the transaction; empty where it said nothing."""
    trace: Token = ""
    """The running number that the terminal gave it; empty where it said none."""
    reason: ReasonCode = ""
    """Why, where the state is no good one; else empty."""


class ReceiptText(Message, frozen=True):
    """A receipt, with the card number masked."""

    number: Annotated[int, Meta(ge=1, le=20)]
    """Its number in its attempt, from 1: one that the server has is the same one."""
    kind: Literal["customer", "merchant", "admin"]
    """For whom it was printed."""
    lines: Annotated[tuple[ReceiptLine, ...], Meta(min_length=1, max_length=120)]
    """Its lines as the terminal composed them."""


class PaymentReport(Message, frozen=True):
    """What became of an attempt to pay; POSTed until ``row`` of the answer is its last row.

    All but ``rows`` and ``receipts`` is the same in every report of an attempt.
    """

    id: Uuid
    """The id of the attempt (a UUID), made by the kiosk."""
    visit: Uuid
    """Id of the visit that came for the services."""
    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
    """Ids of the services, all of which this one attempt pays."""
    amount: MinorUnits
    """The amount, in whole minor units of ``currency``."""
    currency: Currency
    """The currency (ISO 4217, three letters)."""
    driver: Scheme
    """Scheme of the terminal's driver, such as ``zvt+tcp``."""
    terminal: Token
    """What the terminal calls itself; empty where it says nothing."""
    rows: Annotated[tuple[JournalRow, ...], Meta(min_length=1, max_length=200)]
    """Rows of the journal, going on from the last one acknowledged without a gap; earlier ones may come along."""
    receipts: Annotated[tuple[ReceiptText, ...], Meta(max_length=20)] = ()
    """Receipts that were not acknowledged yet, with the rows that came before them."""
    attended: bool = False
    """Whether staff move the money and say so (``ManualConfirmation``); else the terminal moves it."""
    can_refund: bool = True
    """Whether the terminal gives money back, too, and counts that; else whoever runs it does so elsewhere."""
    people: Party = ()
    """Those for whom each of the services is paid, as on their ticket; empty stands for one person."""


class ReportAnswer(Message, frozen=True):
    """What the server holds of an attempt to pay: nothing of it is sent again."""

    id: PaymentId
    """The id of the attempt."""
    row: int
    """The last row that the server holds; all receipts of the report are held, too. It is less than the last row that
    was sent where rows before are missing: the kiosk goes on from the one after it. It is 0 where the first is missing;
    then nothing was taken, and receipts come again too.
    """


class ManualConfirmation(Message, frozen=True):
    """What staff said of money that they move themselves, at a terminal or a till without a line to the kiosk."""

    row: int
    """The row of the journal which asked for it: ``sent`` for the payment, ``reversal-sent`` for all of it
    back.
    """
    done: bool
    """Whether it was taken, or given back; false where no money moved."""
    amount: int
    """What staff saw, in whole minor units."""
    slip: str = ""
    """The number on the slip; empty where no money moved."""


class ManualConfirmationsAnswer(Message, frozen=True):
    """All that staff said of a payment so far; the same again for whoever asks again."""

    id: PaymentId
    """The id of the payment."""
    confirmations: tuple[ManualConfirmation, ...] = ()
    """What staff said, in its order."""


class TerminalTotal(Message, frozen=True):
    """What a terminal counted of one currency."""

    currency: Currency
    """The currency (ISO 4217, three letters)."""
    amount: Annotated[int, Meta(ge=-99_999_999_999, le=99_999_999_999)]
    """What it counted, in whole minor units; below zero where it gave back more than it took."""
    count: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    """How many transactions it counted; null where it does not say so."""


class ReconciliationReport(Message, frozen=True):
    """The end of a terminal's day, sent when all rows of before it are acknowledged."""

    id: Uuid
    """The id of the end of day (a UUID), made by the kiosk."""
    driver: Scheme
    """Scheme of the terminal's driver, such as ``zvt+tcp``."""
    terminal: Token
    """What the terminal calls itself; empty where it says nothing."""
    at: Moment
    """When the totals were asked for, by the clock of the kiosk."""
    totals: Annotated[tuple[TerminalTotal, ...], Meta(max_length=20)]
    """What the terminal approved after the end of day before, less what it reversed, one for each currency."""


class DifferenceView(Message, frozen=True):
    """One currency in which terminal and journal disagree."""

    currency: str
    """The currency (ISO 4217, three letters)."""
    terminal: int
    """What the terminal counted, in whole minor units."""
    journal: int
    """What the journal counts, in whole minor units."""
    payments: tuple[PaymentId, ...]
    """Ids of the payments that the journal counts, and of those of which nothing is certain."""


class ReconciliationReportAnswer(Message, frozen=True):
    """The server holds this end of day."""

    id: ReconciliationId
    """The id of the end of day."""
    differences: tuple[DifferenceView, ...] = ()
    """Where terminal and journal disagree; empty where all agrees."""


def key_of(body: Message) -> str:
    """Make the idempotency key of a report: of the same content it is the same, whenever and however often sent."""
    return hashlib.sha256(msgspec.json.encode(body)).hexdigest()
