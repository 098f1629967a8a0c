"""Statements of collection: synchronous, on a ``Connection``."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, literal, select, update

from queue_server.collection import model
from queue_server.collection.events import AUTHORITY_CODEC, CODE_CODEC, KIOSK_CODEC
from queue_server.collection.model import CollectionAuthority, SlowedKiosk
from queue_server.collection.tables import collection_authorities, collection_kiosks, collections
from queue_server.collection.values import AuthorityId, CollectionId
from queue_server.custody.values import ClaimId, HandOverProof, ItemId
from queue_server.domain.values import ApplicationId, CentreId, DeviceId, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row

_AUTHORITY = select(*(collection_authorities.c[name] for name in CollectionAuthority.__struct_fields__))
_KIOSK = select(*(collection_kiosks.c[name] for name in SlowedKiosk.__struct_fields__))


class ProvedItem(msgspec.Struct, frozen=True):
    """An item that somebody may have, and on which proof; None where it proves too little for a door.

    ``authority`` is by what they have it for somebody else.
    """

    item: ItemId
    proof: HandOverProof | None
    authority: AuthorityId | None = None


class CollectionRecord(msgspec.Struct, frozen=True):
    """What somebody proved at a kiosk. ``code`` is the digest of the code, ``claim`` their last attempt at a door."""

    id: CollectionId
    centre: CentreId
    kiosk: DeviceId
    ends_at: Micros
    proved: tuple[ProvedItem, ...]
    code: str | None = None
    claim: ClaimId | None = None


_COLLECTION = select(*(collections.c[name] for name in CollectionRecord.__struct_fields__))


def _authority_rows(authority: CollectionAuthority) -> Mapping[str, Sequence[Row]]:
    return {collection_authorities.name: (msgspec.to_builtins(authority),)}


def _kiosk_rows(kiosk: SlowedKiosk) -> Mapping[str, Sequence[Row]]:
    return {collection_kiosks.name: (msgspec.to_builtins(kiosk),)}


AUTHORITIES: Final = Aggregate(
    "authority",
    AUTHORITY_CODEC,
    model.evolve_authority,
    Projection("collection-authorities", 1, {collection_authorities: "id"}, _authority_rows),
)
KIOSKS: Final = Aggregate(
    "collection-kiosk",
    KIOSK_CODEC,
    model.evolve_kiosk,
    Projection("collection-kiosks", 1, {collection_kiosks: "id"}, _kiosk_rows),
)
MADE_CODES: Final = Aggregate("collection-code", CODE_CODEC, model.evolve_codes)


def authority_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = collection_authorities.c
    return select(literal(AUTHORITIES.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def kiosk_streams(centre: CentreId, since: Micros) -> "Select[str]":
    known = collection_kiosks.c
    return select(literal(KIOSKS.prefix).concat(known.id)).where(known.centre == centre, known.changed_at >= since)


def authority(connection: Connection, centre: CentreId, ident: str) -> CollectionAuthority | None:
    return next(iter(_authorities(connection, centre, collection_authorities.c.id == ident)), None)


def authorities(connection: Connection, centre: CentreId, idents: Iterable[str]) -> tuple[CollectionAuthority, ...]:
    return _authorities(connection, centre, collection_authorities.c.id.in_(tuple(idents)))


def authorities_for(
    connection: Connection, centre: CentreId, application: ApplicationId | None, item: ItemId
) -> tuple[CollectionAuthority, ...]:
    """List who may collect an item, or all of its application, the first that was recorded first."""
    c = collection_authorities.c
    return _authorities(connection, centre, c.item == item if application is None else c.application == application)


def slowed(connection: Connection, centre: CentreId, since: Micros) -> tuple[SlowedKiosk, ...]:
    """List the kiosks at which proofs were wrong since then."""
    c = collection_kiosks.c
    found = connection.execute(_KIOSK.where(c.centre == centre, c.changed_at >= since).order_by(c.changed_at, c.id))
    return tuple(_read(row, SlowedKiosk) for row in found.mappings())


def slowed_by_centre(connection: Connection, since: Micros) -> dict[CentreId, int]:
    """Count what ``slowed`` lists, for all centres that have any."""
    c = collection_kiosks.c
    found = select(c.centre, func.count()).where(c.changed_at >= since).group_by(c.centre)
    return {centre: number for centre, number in connection.execute(found)}  # noqa: C416 - rows are no tuples


def begin(connection: Connection, record: CollectionRecord) -> None:
    connection.execute(insert(collections).values(msgspec.to_builtins(record)))


def collection(
    connection: Connection,
    centre: CentreId,
    kiosk: DeviceId,
    ident: str,
    now: Micros | None,
    *,
    lock: bool = False,
) -> CollectionRecord | None:
    """Find what somebody proved at this kiosk, if that is not over at ``now``; whoever locks it comes alone."""
    c = collections.c
    found = _COLLECTION.where(c.id == ident, c.centre == centre, c.kiosk == kiosk)
    if now is not None:
        found = found.where(c.ends_at > now)
    row = connection.execute(found.with_for_update() if lock else found).mappings().one_or_none()
    return None if row is None else _read(row, CollectionRecord)


def go_on(connection: Connection, ident: CollectionId, claim: ClaimId, ends_at: Micros) -> None:
    """Note that a door is opened for them, and that they have their time anew."""
    connection.execute(update(collections).where(collections.c.id == ident).values(claim=claim, ends_at=ends_at))


def extend(connection: Connection, ident: CollectionId, claim: ClaimId, ends_at: Micros) -> None:
    """Give them their time anew while their door is open; nothing where they have left, or another door was opened."""
    c = collections.c
    still = update(collections).where(c.id == ident, c.claim == claim, c.ends_at < ends_at)
    connection.execute(still.values(ends_at=ends_at))


def end(connection: Connection, centre: CentreId, kiosk: DeviceId, ident: str) -> None:
    """Forget what somebody proved: they have left."""
    c = collections.c
    connection.execute(delete(collections).where(c.id == ident, c.centre == centre, c.kiosk == kiosk))


def _authorities(
    connection: Connection, centre: CentreId, which: ColumnElement[bool]
) -> tuple[CollectionAuthority, ...]:
    c = collection_authorities.c
    found = _AUTHORITY.where(c.centre == centre, which).order_by(c.recorded_at, c.id)
    return tuple(_read(row, CollectionAuthority) for row in connection.execute(found).mappings())


def _read[T: CollectionAuthority | SlowedKiosk | CollectionRecord](row: Mapping[Any, Any], kind: type[T]) -> T:
    # The names of columns are no plain strings, which msgspec wants.
    return msgspec.convert({name: row[name] for name in kind.__struct_fields__}, kind)
