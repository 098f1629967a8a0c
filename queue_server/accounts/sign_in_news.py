"""What happened at sign-ins that somebody should know of: wrong passwords, and right ones in browsers new here.

Told together by kind of browser, so that whoever guesses fills no table; without an address, and for 30 days at most.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection, Delete, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from queue_server.accounts.agents import Browser, Machine, UserAgent
from queue_server.accounts.tables import sign_in_news
from queue_server.domain.values import HOUR, Micros, StaffId

_KEPT: Final = 30 * 24 * HOUR
#: Under it tries of names that nobody has are counted: they take as long as those of others.
NOBODY: Final = StaffId("")


class What(StrEnum):
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - the name of a happening
    NEW_BROWSER = "new-browser"


class News(msgspec.Struct, frozen=True):
    """``what`` happened so many ``times`` in such a browser, the last time at ``at``."""

    what: What
    agent: UserAgent
    times: int
    at: Micros


def note(connection: Connection, staff: StaffId, what: What, agent: UserAgent, now: Micros) -> None:
    """Count what happened; what somebody has answered for, or is over, begins anew."""
    n = sign_in_news.c
    key = (n.staff == staff, n.what == what, n.browser == agent.browser, n.machine == agent.machine)
    connection.execute(over(now))
    once_more = update(sign_in_news).where(*key).values(times=n.times + 1, at=now)
    if connection.execute(once_more).rowcount:
        return
    row = {"staff": staff, "what": what, "browser": agent.browser, "machine": agent.machine, "times": 1, "at": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(sign_in_news).values(row))
    except IntegrityError:
        connection.execute(once_more)


def news(connection: Connection, staff: StaffId, *, opened: Micros) -> tuple[News, ...]:
    """List what somebody has not answered for, the newest first.

    The sign-in at ``opened``, which opened the session that asks, is left out.
    """
    n = sign_in_news.c
    rows: Sequence[News] = [
        News(What(row.what), UserAgent(Browser(row.browser), Machine(row.machine)), row.times, Micros(row.at))
        for row in connection.execute(select(sign_in_news).where(n.staff == staff).order_by(n.at.desc()))
    ]
    return tuple(one for one in rows if (one.what, one.times, one.at) != (What.NEW_BROWSER, 1, opened))


def answer(connection: Connection, staff: StaffId, until: Micros) -> None:
    """Forget what happened until then: it was they themselves."""
    connection.execute(delete(sign_in_news).where(sign_in_news.c.staff == staff, sign_in_news.c.at <= until))


def over(now: Micros) -> Delete:
    """Delete what happened too long ago to be asked about."""
    return delete(sign_in_news).where(sign_in_news.c.at <= now - _KEPT)
