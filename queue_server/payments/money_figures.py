"""How much money moved on some service days, by what is counted: currency by currency, in minor units, never mixed.

What is counted is what the ledger of each day books (``store.posted``). Bookings that were never taken back, nearly
all, are added up by the database; of the few payments of which something was not so each day is looked at by itself.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, CurrencyCode, Day, Micros
from queue_server.payments import store
from queue_server.payments.booking import MovementKind, PaymentMeans
from queue_server.payments.model import Payment
from queue_server.payments.tables import payment_bookings


class MoneyBy(StrEnum):
    """By what money is counted. Weeks begin on Monday, and are named as in ISO 8601."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    MEANS = "means"
    SERVICE = "service"
    GOVERNMENT = "government"


class MoneyFigures(msgspec.Struct):
    """Amounts in minor units of ``currency``; ``taken``, ``returned`` and ``waived`` are never below zero.

    ``corrected`` is what had been counted on a day before and was not so: below zero where that was money taken.
    """

    key: str
    currency: CurrencyCode
    payments: int = 0
    taken: int = 0
    returns: int = 0
    returned: int = 0
    corrections: int = 0
    corrected: int = 0
    waivers: int = 0
    waived: int = 0

    @property
    def stays(self) -> int:
        return self.taken - self.returned + self.corrected

    def count(self, kind: str, number: int, amount: int, waived: int) -> None:
        """Add ``number`` movements of a kind, which come to ``amount`` and ``waived``."""
        match kind:
            case MovementKind.PAYMENT:
                self.payments += number
                self.taken += amount
            case MovementKind.REVERSAL | MovementKind.REFUND:
                self.returns += number
                self.returned -= amount
            case MovementKind.WAIVER:
                self.waivers += number
                self.waived += waived
            case _:
                self.corrections += number
                self.corrected += amount


_COLUMNS: Final = {
    MoneyBy.MEANS: payment_bookings.c.means,
    MoneyBy.SERVICE: payment_bookings.c.services,
    MoneyBy.GOVERNMENT: payment_bookings.c.governments,
}
_NAMES: Final[dict[MoneyBy, Callable[[date], str]]] = {
    MoneyBy.DAY: lambda day: day.isoformat(),
    MoneyBy.WEEK: lambda day: "{}-W{:02}".format(*day.isocalendar()[:2]),
    MoneyBy.MONTH: lambda day: f"{day:%Y-%m}",
    MoneyBy.YEAR: lambda day: f"{day:%Y}",
}


def money_figures(
    connection: Connection, centre: CentreId, rule: DayRule, days: tuple[Day, Day], by: MoneyBy
) -> tuple[MoneyFigures, ...]:
    """Count what was booked from the first of ``days`` to the last, in the order of keys and currencies.

    A payment for several services is counted under all of them at once, joined by blanks: what each cost is not told.
    """
    first, last = (date.fromisoformat(one) for one in days)
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    starts: Sequence[int] = [rule.starts_at(Day(one.isoformat())) for one in (*dates, last + timedelta(days=1))]
    found: dict[tuple[str, CurrencyCode], MoneyFigures] = {}

    def of(day: int, row: Any) -> MoneyFigures:
        name = row.key if by in _COLUMNS else _NAMES[by](dates[day])
        return found.setdefault((name, row.currency), MoneyFigures(name, row.currency))

    column: ColumnElement[str] = _COLUMNS.get(by, literal(""))
    spans = [(0, len(dates), None)] if by in _COLUMNS else list(_even_spans(starts))
    for begin, end, length in spans:
        for row in connection.execute(_sums(centre, starts[begin], starts[end], length, column)):
            # PostgreSQL sums whole numbers as decimals.
            of(begin + row.day, row).count(row.kind, row.number, int(row.amount), int(row.waived))
    for row, day, kind, sign in _revised(connection, centre, starts, column):
        of(day, row).count(kind, 1, sign * row.amount, row.waived)
    return tuple(found[key] for key in sorted(found))


def _even_spans(starts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Cut days into runs of one length, as (first, end, length): clocks change twice a year, a date may be left out."""
    lengths = (after - before for before, after in pairwise(starts))
    at = 0
    for length, run in groupby(lengths):
        begin, at = at, at + sum(1 for _ in run)
        if length:
            yield begin, at, length


def _sums(centre: CentreId, since: int, until: int, length: int | None, column: ColumnElement[str]) -> Any:
    """Add up by days of one ``length``, or all as one day: a third less work for the database."""
    b = payment_bookings.c
    day: ColumnElement[int] = (literal(0) if length is None else (b.booked_at - since) // length).label("day")
    key = column.label("key")
    alike = (key.name, b.currency, b.kind) if length is None else ("day", key.name, b.currency, b.kind)
    sums = (func.count().label("number"), func.sum(b.amount).label("amount"), func.sum(b.waived).label("waived"))
    wanted = (b.centre == centre, b.revised.is_(False), b.booked_at >= since, b.booked_at < until)
    return select(day, key, b.currency, b.kind, *sums).where(*wanted).group_by(*alike)


def _revised(
    connection: Connection, centre: CentreId, starts: Sequence[int], column: ColumnElement[str]
) -> Iterator[tuple[Any, int, str, int]]:
    """List what is booked of payments of which something was not so: row, day, kind, and -1 where it is taken back."""
    b = payment_bookings.c
    wanted = select(
        *(b.payment, b.kind, b.moved_at, b.amount, b.waived, b.currency, b.booked_at, b.revoked_at, column.label("key"))
    ).where(b.centre == centre, b.revised.is_(True), b.booked_at < starts[-1])
    by_payment: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(wanted):
        by_payment[row.payment].append(row)
    for rows in by_payment.values():
        moments = {at for row in rows for at in (row.booked_at, row.revoked_at) if at is not None}
        touched = {bisect_right(starts, at) - 1 for at in moments if starts[0] <= at < starts[-1]}
        for day in sorted(touched):
            before, after = _true_at(rows, starts[day]), _true_at(rows, starts[day + 1])
            known = {_movement(row): row for row in rows}
            yield from ((known[one], day, one[0], 1) for one in (after - before).elements())
            gone = (before - after).elements()
            yield from ((known[one], day, MovementKind.CORRECTION.value, -1) for one in gone if known[one].amount)


def _true_at(rows: Iterable[Any], moment: int) -> Counter[tuple[str, int, int, int]]:
    return Counter(
        _movement(row)
        for row in rows
        if row.booked_at < moment and (row.revoked_at is None or row.revoked_at >= moment)
    )


def _movement(row: Any) -> tuple[str, int, int, int]:
    return (row.kind, row.moved_at, row.amount, row.waived)


def behind(
    connection: Connection,
    centre: CentreId,
    span: tuple[Micros, Micros],
    means: PaymentMeans,
    currency: CurrencyCode,
    *,
    skip: int,
    most: int,
) -> tuple[Payment, ...]:
    """List the payments of which something was booked, or taken back, in a span of time, the newest first."""
    b, (since, until) = payment_bookings.c, span
    at = func.max(b.booked_at)
    heard = and_(b.booked_at >= since, b.booked_at < until)
    unsaid = and_(b.revoked_at >= since, b.revoked_at < until)
    wanted = (
        select(b.payment)
        .where(b.centre == centre, b.means == means, b.currency == currency)
        .where(or_(and_(b.revised.is_(False), heard), and_(b.revised.is_(True), or_(heard, unsaid))))
        .group_by(b.payment)
        .order_by(at.desc(), b.payment)
        .offset(skip)
        .limit(most)
    )
    return store.with_ids(connection, connection.execute(wanted).scalars().all())
