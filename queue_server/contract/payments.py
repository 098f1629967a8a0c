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
from queue_server.domain.values import ClosingId, JournalState, PaymentId

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
    """One row of the journal of an attempt; ``at`` is the kiosk's own clock.

    ``reference`` and ``trace`` are the terminal's (``peripherals.payment.port.Transaction``), "" where it said none.
    ``reason`` says why where the state is no good one.
    """

    row: Annotated[int, Meta(ge=1, le=1_000)]
    state: JournalState
    at: Moment
    reference: Token = ""
    trace: Token = ""
    reason: ReasonCode = ""


class ReceiptText(Message, frozen=True):
    """A receipt, masked. ``number`` counts from 1 in its attempt: one that the server has is the same one."""

    number: Annotated[int, Meta(ge=1, le=20)]
    kind: Literal["customer", "merchant", "admin"]
    lines: Annotated[tuple[ReceiptLine, ...], Meta(min_length=1, max_length=120)]


class PaymentReport(Message, frozen=True):
    """What became of an attempt to pay; POSTed until ``ReportAnswer.row`` is its last row.

    ``id`` is the attempt's: a UUID that the kiosk made. ``visit`` came for ``services``, all of which one attempt pays.
    ``driver`` and ``terminal`` name where. ``rows`` go on from the last one acknowledged, without a gap; earlier ones
    may come along. All but ``rows`` and ``receipts`` is the same in every report of an attempt. ``receipts`` are those
    not yet acknowledged with the rows that came before. ``people`` are those for whom each of the services is paid, as
    on their ticket; none stands for one.
    """

    id: Uuid
    visit: Uuid
    services: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=5)]
    amount: MinorUnits
    currency: Currency
    driver: Scheme
    terminal: Token
    rows: Annotated[tuple[JournalRow, ...], Meta(min_length=1, max_length=200)]
    receipts: Annotated[tuple[ReceiptText, ...], Meta(max_length=20)] = ()
    people: Party = ()


class ReportAnswer(Message, frozen=True):
    """The server holds all rows up to ``row``, and all receipts of the report: nothing of them is sent again.

    It is less than the last row that was sent where rows before them are missing: the kiosk goes on from the one after
    ``row``. It is 0 where the first is missing; then nothing was taken, and receipts come again too.
    """

    id: PaymentId
    row: int


class StaffWord(Message, frozen=True):
    """What staff said of money that they move themselves, at a terminal or a till without a line to the kiosk.

    ``row`` is that of the journal which asked for it: ``sent`` for the payment, ``in-doubt`` with the reason
    ``reversal-sent`` for all of it back. ``done``: it was taken, or given back, with a slip of the number ``slip``;
    else no money moved. ``amount`` is what staff saw, in minor units.
    """

    row: int
    done: bool
    amount: int
    slip: str = ""


class WordsAnswer(Message, frozen=True):
    """All that staff said of a payment so far; the same again for whoever asks again."""

    id: PaymentId
    words: tuple[StaffWord, ...] = ()


class TerminalTotal(Message, frozen=True):
    """What a terminal counted of one currency; ``count`` is None where it does not say how many.

    ``amount`` is below zero where it gave back more than it took.
    """

    currency: Currency
    amount: Annotated[int, Meta(ge=-99_999_999_999, le=99_999_999_999)]
    count: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None


class ClosingReport(Message, frozen=True):
    """The end of a terminal's day, sent when all rows of before it are acknowledged.

    ``id`` is the kiosk's own: a UUID. ``totals`` cover what the terminal approved after the end of day before, less
    what it reversed; ``at`` is the kiosk's clock when it asked for them.
    """

    id: Uuid
    driver: Scheme
    terminal: Token
    at: Moment
    totals: Annotated[tuple[TerminalTotal, ...], Meta(max_length=20)]


class DifferenceView(Message, frozen=True):
    """One currency in which terminal and journal disagree, in minor units.

    ``payments`` are those that the journal counts, and those of which nothing is certain.
    """

    currency: str
    terminal: int
    journal: int
    payments: tuple[PaymentId, ...]


class ClosingAnswer(Message, frozen=True):
    """The server holds this end of day; ``differences`` is empty where all agrees."""

    id: ClosingId
    differences: tuple[DifferenceView, ...] = ()


def key_of(body: Message) -> str:
    """Make the idempotency key of a report: of the same content it is the same, whenever and however often sent."""
    return hashlib.sha256(msgspec.json.encode(body)).hexdigest()
