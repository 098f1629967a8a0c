"""Delays that grow with each wrong try, counted in the database so that several servers count together.

A limit that shuts a door for a quarter of an hour is a door that a stranger can shut. So a subject has some tries at
once; after them each waits twice as long as the one before, up to a bound that somebody at a desk can wait for. A try
that comes too early is not carried out and changes nothing.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.accounts.tables import tries
from queue_server.domain.values import SECOND, Micros


class Delay(msgspec.Struct, frozen=True):
    """``free`` tries of a ``subject`` at once, then one after 1, 2, 4 ... times ``first_s``, ``longest_s`` at most.

    Times in seconds. All is forgotten ``window_s`` after the last try.
    """

    purpose: str
    subject: str
    free: int
    longest_s: int
    window_s: int
    first_s: int = 1

    @property
    def digest(self) -> str:
        return sha256(f"{self.purpose}\0{self.subject}".encode()).hexdigest()

    def pause_s(self, made: int) -> int:
        """Say how many seconds after the last of ``made`` tries the next may follow."""
        return 0 if made < self.free else min(self.longest_s, self.first_s << min(made - self.free, 30))


def count(connection: Connection, delays: Sequence[Delay], now: Micros, table: Table = tries) -> int:
    """Count one try of each subject; return the seconds to wait, 0 where it may be carried out.

    Narrow subjects stand before wide ones: what one of them stops is not counted against the next. ``table`` is where
    they are counted: those of other rooms last as long as those rooms say.
    """
    for delay in delays:
        wait = _count(connection, delay, now, table)
        if wait:
            return wait
    return 0


def _count(connection: Connection, delay: Delay, now: Micros, table: Table) -> int:
    over = table.c.since <= now - delay.window_s * SECOND
    steps = [(table.c.made < delay.free + step, delay.pause_s(delay.free + step - 1)) for step in range(31)]
    pause = case(*steps, else_=delay.longest_s)
    # A clock that was set back must keep nobody out. By less than the longest pause it is none that was: of many that
    # come at once, one that looked at its clock a moment before another was counted has to wait like that one.
    set_back = table.c.since > now + delay.longest_s * SECOND
    due = or_(over, set_back, table.c.made < delay.free, table.c.since + pause * SECOND <= now)
    again = update(table).where(_row(delay, table), due).values(made=case((over, 1), else_=table.c.made + 1), since=now)
    if connection.execute(again).rowcount:
        return 0
    row = connection.execute(select(table.c.made, table.c.since).where(_row(delay, table))).one_or_none()
    if row is not None:
        # It may have come between the two statements: then there is a next try.
        return 0 if connection.execute(again).rowcount else _left(delay, row.made, row.since, now)
    # What is forgotten goes when something new is counted.
    forgotten = now - delay.window_s * SECOND
    connection.execute(delete(table).where(table.c.purpose == delay.purpose, table.c.since <= forgotten))
    first = {"purpose": delay.purpose, "subject": delay.digest, "since": now, "made": 1}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(first))
    except IntegrityError:
        # Somebody else was first in this very moment; with one try made there is a next one.
        return 0 if connection.execute(again).rowcount else _left(delay, 1, now, now)
    return 0


def _left(delay: Delay, made: int, since: Micros, now: Micros) -> int:
    return max(1, -(-(since + delay.pause_s(made) * SECOND - now) // SECOND))


def clear(connection: Connection, delay: Delay) -> None:
    """Forget the tries of a subject: one was right."""
    connection.execute(delete(tries).where(_row(delay, tries)))


def refund(connection: Connection, delay: Delay, table: Table = tries) -> None:
    """Take one try back: it was right, but says nothing about the others of this subject."""
    connection.execute(update(table).where(_row(delay, table), table.c.made > 0).values(made=table.c.made - 1))


def _row(delay: Delay, table: Table) -> ColumnElement[bool]:
    return and_(table.c.purpose == delay.purpose, table.c.subject == delay.digest)
