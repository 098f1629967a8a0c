"""Whoever books what was held for them waits no more, in the commit of the booking, whatever else is booked in it."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from queue_server.appointments import decide, waitlist_model
from queue_server.appointments import waitlist_events as e
from queue_server.appointments.events import AppointmentBooked
from queue_server.appointments.followers import AppointmentChanges
from queue_server.appointments.store import DAYS, book_of
from queue_server.appointments.waitlist_model import WaitlistEntry
from queue_server.appointments.waitlist_offering import WaitlistFollower
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.domain.appointments import HoldId, WaitlistId
from queue_server.domain.values import HOUR, Actor, Language, Micros
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.payload import Payload
from tests.queue_server.appointments import small_day
from tests.queue_server.appointments.small_day import BOOKABLE, PASSPORT, clock, wanted
from tests.queue_server.appointments.test_decide import EARLY, HELD_UNTIL, Played, booking
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = small_day.DAYS[0]
SYSTEM = Actor("system")
TIME = clock(0, 8)


def _decided(bodies: Sequence[Payload], _before: WaitlistEntry | None) -> Sequence[Payload]:
    return bodies


def offer(connection: Connection, here: House, number: int) -> HoldId:
    """Store somebody who waits and is offered a place; return the id of its hold."""
    ident, hold = WaitlistId(str(UUID(int=number))), HoldId(f"hold-{number}")
    joined = e.WaitlistJoined(ident, here.centre, (PASSPORT,), 1, (), Language("en"), DAY, DAY, 0, 1_440)
    offered = e.WaitlistOffered(ident, hold, DAY, TIME, HELD_UNTIL, Micros(HELD_UNTIL + HOUR))
    entry = waitlist_model.evolve(None, joined, 1, EARLY)
    for command, decided in (("join", (joined,)), ("offer", waitlist_model.offer(entry, offered))):
        named: dict[str, Any] = {"at": EARLY, "command": f"{command}/{number}", "actor": SYSTEM}
        append(connection, WAITLIST.draft(connection, ident, partial(_decided, decided), **named))
    return hold


def booked(*holds: HoldId | None) -> tuple[Payload, ...]:
    """Book a time for each, by what is held for them where that is said."""
    day, bodies = Played(), list[Payload]()
    for number, hold in enumerate(holds):
        asked = wanted(clock(0, 8 + number))
        if hold is not None:
            day(decide.hold(day.book, BOOKABLE[0], asked, hold, HELD_UNTIL, EARLY))
        bodies += day(decide.book_time(day.book, BOOKABLE[0], asked, booking(f"booked-{number}"), hold, EARLY))
    assert [body.hold for body in bodies if isinstance(body, AppointmentBooked)] == list(holds)
    return tuple(bodies)


async def test_each_who_booked_what_was_held_for_them_is_served(here: House) -> None:
    def work(connection: Connection) -> dict[str, tuple[Payload, ...]]:
        one, other = offer(connection, here, 1), offer(connection, here, 2)
        # Somebody without a hold, and somebody whose hold was made by hand, stand before each of them.
        bodies = booked(None, one, HoldId("by-hand"), other)
        pending = PendingAppend(DAYS, DAYS.stream(book_of(here.centre, DAY)), EMPTY, None, None, bodies)
        changes = AppointmentChanges(connection, here.centre, (pending,), EARLY, "key#print", SYSTEM)
        return {draft.stream: draft.bodies for draft in WaitlistFollower(here.server)(changes)}

    served = await here.server.log.write(work)
    assert served == {
        WAITLIST.stream(str(UUID(int=number))): (
            e.WaitlistServed(WaitlistId(str(UUID(int=number))), booking(name).appointment),
        )
        for number, name in ((1, "booked-1"), (2, "booked-3"))
    }
