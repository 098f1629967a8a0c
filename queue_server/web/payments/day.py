"""The money of a service day, as the page of managers shows it."""

from datetime import date, timedelta

import msgspec
from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.domain.values import SECOND, Day, Micros, StaffId
from queue_server.framework.server import SERVER
from queue_server.payments import closing_store, store
from queue_server.payments.closing import Closing
from queue_server.payments.model import Payment
from queue_server.payments.movements import Posting
from queue_server.payments.rules import PaymentRules
from queue_server.web.desk import DESK


class Till(msgspec.Struct, frozen=True):
    """What the day does not know of money: ``today`` is what is booked on it.

    ``waiting`` needs somebody, ``closings`` are the last ends of terminals' days; ``me`` looks.
    """

    me: StaffId
    today: tuple[Posting, ...] = ()
    waiting: tuple[Payment, ...] = ()
    closings: tuple[Closing, ...] = ()


async def till_of(request: web.Request, session: Session, now: Micros, *, fees: bool) -> Till | None:
    """Read the day's money; None where there are no fees and nothing moved."""
    server, centre = request.app[SERVER], session.centre
    rule = server[Centres].find(centre).rule
    day = rule.day_at(now)
    since = rule.starts_at(day)
    until = rule.starts_at(Day((date.fromisoformat(day) + timedelta(days=1)).isoformat()))
    stalled = Micros(now - server.settings[PaymentRules].stalled_s * SECOND)

    def read(connection: Connection) -> Till:
        return Till(
            session.staff,
            today=store.posted(connection, centre, since, until),
            waiting=store.waiting(connection, centre, stalled),
            closings=closing_store.alarming(connection, centre),
        )

    found = await request.app[DESK].log.run(read)
    return found if fees or found.today or found.waiting or found.closings else None
