"""The money of a service day, as the page of managers shows it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import msgspec
from aiohttp import web
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.accounts.presence import presence
from queue_server.centre.centres import Centres
from queue_server.domain.values import Day, StaffId
from queue_server.framework.parts import PartContext
from queue_server.payments import reconciliation_store, store
from queue_server.payments.model import Payment
from queue_server.payments.movements import Posting
from queue_server.payments.reconciliation import Reconciliation
from queue_server.payments.rules import PaymentRules
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.payments.reading import stalled
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations


class DayTakings(msgspec.Struct, frozen=True):
    """What the day does not know of money: ``today`` is what is booked on it.

    ``waiting`` needs somebody, ``reconciliations`` are the last ends of terminals' days, and there are more of both
    than those. ``me`` looks. ``names`` are those of staff.
    """

    me: StaffId
    today: tuple[Posting, ...] = ()
    waiting: tuple[Payment, ...] = ()
    waiting_more: int = 0
    reconciliations: tuple[Reconciliation, ...] = ()
    reconciliations_more: int = 0
    names: Mapping[StaffId, str] = {}


class DayBooks(msgspec.Struct, frozen=True):
    """One look at the day's money."""

    look: StaffView
    till: DayTakings

    @property
    def words(self) -> MarkupTranslations:
        return self.look.words

    @property
    def api(self) -> str:
        return f"/api/v1/centres/{self.look.state.centre}"


#: The books of a request, once read.
_BOOKS: Final = web.RequestKey("books", tuple)


async def books_of(shown: PartContext) -> DayBooks | None:
    """Read the day's money, once a request; None where there are no fees and nothing moved."""
    request = shown.request
    if _BOOKS not in request:
        request[_BOOKS] = (await _read(shown, await signed_in(request)),)
    found: DayBooks | None = request[_BOOKS][0]
    return found


async def _read(shown: PartContext, session: Session) -> DayBooks | None:
    server, centre, now = shown.server, shown.centre, shown.now
    look = shown.request.app[DESK].view(shown.request, session)
    rule = server[Centres].find(centre).rule
    day = rule.day_at(now)
    since = rule.starts_at(day)
    until = rule.starts_at(Day((date.fromisoformat(day) + timedelta(days=1)).isoformat()))
    waits_since, most = stalled(shown.request), server.settings[PaymentRules].max_listed

    def read(connection: Connection) -> DayTakings:
        waiting = store.waiting(connection, centre, waits_since, most)
        reconciliations = reconciliation_store.alarming(connection, centre, most)
        return DayTakings(
            session.staff,
            today=store.posted(connection, centre, since, until),
            waiting=waiting,
            waiting_more=store.count_waiting(connection, centre, waits_since) - len(waiting),
            reconciliations=reconciliations,
            reconciliations_more=reconciliation_store.count_alarms(connection, centre) - len(reconciliations),
            names=presence(connection, centre).names,
        )

    found = await server.log.run(read)
    moved = found.today or found.waiting or found.reconciliations
    return DayBooks(look, found) if look.known.catalogue.fees or moved else None
