"""Statements of the waiting list: synchronous, on a ``Connection``. ``waitlist/<id>`` is the truth of each of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, literal, select

from queue_server.appointments.tables import waitlist_entries, waitlist_offers
from queue_server.appointments.waitlist_events import CODEC
from queue_server.appointments.waitlist_model import PlaceOffer, WaitlistEntry, evolve
from queue_server.domain.appointments import HoldId, WaitlistState
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row


def _rows(one: WaitlistEntry) -> Mapping[str, Sequence[Row]]:
    entry = {name: value for name, value in msgspec.to_builtins(one).items() if name != "offers"}
    offers = [
        {
            "entry": one.id,
            "hold": offer.hold,
            "centre": one.centre,
            "day": offer.day,
            "at": offer.at,
            "until": offer.until,
            "held_until": offer.held_until,
            "open": offer.is_open,
        }
        for offer in one.offers
    ]
    return {waitlist_entries.name: (entry,), waitlist_offers.name: offers}


WAITLIST: Final = Aggregate(
    "waitlist",
    CODEC,
    evolve,
    Projection("waitlist", 1, {waitlist_entries: "id", waitlist_offers: "entry"}, _rows),
)


def waitlist_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = waitlist_entries.c
    return select(literal(WAITLIST.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def by_id(connection: Connection, ident: str) -> WaitlistEntry | None:
    """Find somebody who waits, or did, at whichever centre."""
    return next(iter(_some(connection, waitlist_entries.c.id == ident)), None)


def by_hold(connection: Connection, hold: HoldId) -> WaitlistEntry | None:
    """Find for whom something was held."""
    named = select(waitlist_offers.c.entry).where(waitlist_offers.c.hold == hold)
    return next(iter(_some(connection, waitlist_entries.c.id.in_(named))), None)


def in_state(connection: Connection, centre: CentreId, state: WaitlistState) -> tuple[WaitlistEntry, ...]:
    """List those of a centre who stand so, whoever came first before the others."""
    return _some(connection, waitlist_entries.c.centre == centre, waitlist_entries.c.state == state)


def of_centres(
    connection: Connection, centres: Collection[CentreId], state: WaitlistState
) -> dict[CentreId, list[WaitlistEntry]]:
    """List those who stand so at several centres, in one look."""
    found: dict[CentreId, list[WaitlistEntry]] = {centre: [] for centre in centres}
    if found:
        for one in _some(connection, waitlist_entries.c.centre.in_(found), waitlist_entries.c.state == state):
            found[one.centre].append(one)
    return found


def lapsed_holds(connection: Connection, centre: CentreId, day: Day, now: Micros) -> tuple[HoldId, ...]:
    """Name what is still held on a day and was not taken in time, the earliest first."""
    c = waitlist_offers.c
    which = select(c.hold).where(c.centre == centre, c.day == day, c.held_until > now, ~c.open)
    return tuple(HoldId(one) for one in connection.execute(which.order_by(c.until, c.hold)).scalars())


def _some(connection: Connection, *which: ColumnElement[bool]) -> tuple[WaitlistEntry, ...]:
    c, o = waitlist_entries.c, waitlist_offers.c
    found = connection.execute(select(waitlist_entries).where(*which).order_by(c.joined_at, c.id)).mappings().all()
    named = [row["id"] for row in found]
    offers: dict[str, list[PlaceOffer]] = {one: [] for one in named}
    if named:
        for row in connection.execute(select(waitlist_offers).where(o.entry.in_(named)).order_by(o.until, o.hold)):
            offers[row.entry].append(PlaceOffer(row.hold, row.day, row.at, row.until, row.held_until, row.open))
    return tuple(_read(row, offers[row["id"]]) for row in found)


def _read(row: Mapping[Any, Any], offers: list[PlaceOffer]) -> WaitlistEntry:
    # The names of columns are no plain strings, which msgspec wants.
    known = {name: row[name] for name in WaitlistEntry.__struct_fields__ if name != "offers"}
    return msgspec.structs.replace(msgspec.convert(known, WaitlistEntry), offers=tuple(offers))
