"""Who had each item at any moment, by the streams alone; and each break in that, named.

What is named, by its code:

==============  ======================================================================================================
``gap``         a ``seq`` is not one more than the one before
``hash``        a row of the log does not give its hash
``missing``     events are gone from the end of a stream, or all of it
``link``        a stream does not end as the log's own list of ends says
``time``        an event is earlier than the one before it
``unreadable``  an event cannot be read, or names something else than its stream
``order``       an event cannot follow where the item or the bag was
``place``       an item came to where another one already was: a place, or a door
``label``       two items of a centre have one label
``seal``        a number of a bag was used twice
``bag``         a bag says of an item what the item does not say, or the other way about
``manifest``    the list of what is in a bag is not the one that it was sealed with
``carrier``     a carrier's file says of a sending what the item does not say, or the other way about
``witness``     the second member of staff is the first one, or is missing
``row-...``     a row of a table is not as its stream has it (``eventlog.verify.RowFault``)
==============  ======================================================================================================

Tables are compared where every event can be read and folded. What somebody changes who also hashes the stream anew,
and its end, ``queue-server verify`` finds, by the signature of the day.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, or_, select

from queue_server.custody import bag_trail, carrier_audit, trail
from queue_server.custody import events as e
from queue_server.custody.bag_trail import BagTrail
from queue_server.custody.carrier_audit import CarrierWord
from queue_server.custody.store import BAGS, ITEMS, STOCKTAKINGS
from queue_server.custody.trail import CustodyHand, ItemTrail
from queue_server.custody.values import Direction, HandOverProof, Holder, MissedBy
from queue_server.domain.values import CentreId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.hash_chain import event_hash
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.eventlog.port import Event
from queue_server.eventlog.rebuild import bad_rows
from queue_server.eventlog.tables import events, heads

_CHUNK: Final = 2_000
_KINDS: Final[tuple[Aggregate[Any], ...]] = (ITEMS, BAGS, STOCKTAKINGS)
#: Where only one thing can be at a time.
_NARROW: Final = frozenset({Holder.SHELF, Holder.COMPARTMENT})
_TWO: Final = (e.ItemLost, e.ItemDestroyed)

type _Spot = tuple[CentreId, Holder, str]


class CustodyBreak(msgspec.Struct, frozen=True, order=True):
    """Something that cannot be; ``seq`` is 0 where it is of no event, ``label`` the item's, where it is of one."""

    stream: str
    seq: int
    code: str
    says: str
    label: int | None = None


class CustodyReport(msgspec.Struct, frozen=True):
    """What was found. ``breaks`` are in the order of their streams."""

    ok: bool
    items: int
    bags: int
    events: int
    breaks: tuple[CustodyBreak, ...]


class FollowedItem(msgspec.Struct, frozen=True):
    """An item, through whose hands it went, and what is broken of that."""

    stream: str
    label: int
    centre: CentreId
    hands: tuple[CustodyHand, ...]
    breaks: tuple[CustodyBreak, ...]


def verify_custody(connection: Connection, said: Sequence[CarrierWord] = ()) -> CustodyReport:
    """Walk all chains as a transaction sees them; compare the tables with them, and what carriers ``said``."""
    walk = _CustodyWalk(connection)
    walk.run()
    walk.compare_carriers(said)
    return CustodyReport(not walk.breaks, len(walk.items), len(walk.bags), walk.events, walk.found())


def items_with_label(connection: Connection, label: int) -> tuple[FollowedItem, ...]:
    """Follow the items that have a label, one a centre."""
    walk = _CustodyWalk(connection)
    walk.run()
    breaks = walk.found()
    return tuple(
        FollowedItem(
            stream, one.label, one.centre, tuple(one.hands), tuple(each for each in breaks if each.stream == stream)
        )
        for stream, one in walk.items.items()
        if one.label == label
    )


class _LastEvent(msgspec.Struct, frozen=True):
    """The last event of a stream that was read."""

    seq: int
    at: int
    hash: bytes


_NOTHING: Final = _LastEvent(0, 0, b"")


class _SharedSpot(msgspec.Struct, frozen=True):
    """An item came to where ``other`` was. Whatever else the same command says of ``other`` was not read yet."""

    stream: str
    seq: int
    other: str


class _CustodyWalk:
    """One pass over the streams of custody, in the order in which the log has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ends: dict[str, _LastEvent] = {}
        self._narrow: dict[_Spot, str] = {}
        #: What came to where another one was, by its command: streams are stored in the order of their names.
        self._shared: dict[tuple[str, _Spot], _SharedSpot] = {}
        self._labels: dict[tuple[CentreId, int], str] = {}
        self._seals: dict[tuple[CentreId, Direction, str], str] = {}
        #: What a bag, or a look into a drawer, says of an item, and the item has not said yet; and the other way about.
        self._open: dict[tuple[str, str, str], tuple[str, int]] = {}
        self.items: dict[str, ItemTrail] = {}
        self.bags: dict[str, BagTrail] = {}
        self.breaks: list[CustodyBreak] = []
        self.events = 0

    def run(self) -> None:
        for event in self._read():
            self.events += 1
            body = self._decode(event) if self._is_chained(event) else None
            if body is not None:
                self._follow(event, body)
        for (_, item, what), (stream, seq) in self._open.items():
            self._break(stream, seq, "bag", f"{what} is said by one of two: {ITEMS.stream(item)}")
        for (_, spot), one in self._shared.items():
            self._break(one.stream, one.seq, "place", _says(spot, one.other))
        self._compare_ends()
        if not any(one.code == "unreadable" for one in self.breaks):
            self._compare_rows()

    def compare_carriers(self, said: Sequence[CarrierWord]) -> None:
        for one in carrier_audit.differences(said, self.items):
            self._break(one.stream, one.seq, "carrier", one.says)

    def found(self) -> tuple[CustodyBreak, ...]:
        return tuple(sorted(set(self.breaks), key=lambda one: (one.stream, one.seq, one.code, one.says)))

    def _break(self, stream: str, seq: int, code: str, says: str) -> None:
        trailed = self.items.get(stream)
        self.breaks.append(CustodyBreak(stream, seq, code, says, None if trailed is None else trailed.label))

    def _read(self) -> Iterator[Event]:
        ours = or_(*(events.c.stream.startswith(kind.prefix, autoescape=True) for kind in _KINDS))
        statement = select(events).where(ours).order_by(events.c.position).limit(_CHUNK)
        rows = self._connection.execute(statement).all()
        while rows:
            yield from (Event(*row) for row in rows)
            rows = self._connection.execute(statement.where(events.c.position > rows[-1].position)).all()

    def _is_chained(self, event: Event) -> bool:
        """Check an event's place in its stream; says whether what it says can be looked at."""
        before = self._ends.get(event.stream, _NOTHING)
        try:
            digest = event_hash(before.hash, event.stream, event.seq, event)
            self._ends[event.stream] = _LastEvent(event.seq, event.at, event.hash)
            if event.seq != before.seq + 1:
                self._break(event.stream, before.seq + 1, "gap", f"{event.seq} follows {before.seq}")
            elif digest != event.hash:
                self._break(event.stream, event.seq, "hash", "is not as it was written")
            if event.at < before.at:
                self._break(event.stream, event.seq, "time", "is earlier than what was before")
        except (AttributeError, TypeError, OverflowError, UnicodeEncodeError, msgspec.ValidationError):
            # SQLite stores whatever type an edit brings.
            self._ends[event.stream] = _LastEvent(before.seq + 1, before.at, event.hash)
            self._break(event.stream, before.seq + 1, "hash", "is not as it was written")
            self._break(event.stream, before.seq + 1, "unreadable", "a column has another type")
            return False
        return True

    def _decode(self, event: Event) -> Payload | None:
        kind = next(one for one in _KINDS if event.stream.startswith(one.prefix))
        try:
            body = kind.codec.decode(event.type, event.v, event.payload)
        except UnknownEventError:
            self._break(event.stream, event.seq, "unreadable", event.type)
            return None
        named = getattr(body, "item" if kind is ITEMS else "bag", None)
        if kind is not STOCKTAKINGS and kind.stream(str(named)) != event.stream:
            self._break(event.stream, event.seq, "unreadable", "names something else than its stream")
            return None
        return body

    def _follow(self, event: Event, body: Payload) -> None:
        if event.stream.startswith(BAGS.prefix):
            self._follow_bag(event, body)
        elif event.stream.startswith(ITEMS.prefix):
            self._follow_item(event, body)
        elif isinstance(body, e.StockTaken):
            for item in body.missing:
                self._said(event, item, e.ItemMissed.type)

    # --- items ---------------------------------------------------------------------------------------------------

    def _follow_item(self, event: Event, body: Payload) -> None:
        known = self.items.get(event.stream)
        if isinstance(body, e.ItemReceived):
            if known is not None:
                self._break(event.stream, event.seq, "order", f"{event.type}: it was here before")
            known = self.items[event.stream] = trail.begin(body, event.at, event.actor)
            other = self._labels.setdefault((known.centre, known.label), event.stream)
            if other != event.stream:
                self._break(event.stream, event.seq, "label", f"{other} has it")
            return
        if known is None:
            self._break(event.stream, event.seq, "order", f"{event.type}: it was never handed in")
            return
        before = _spot(known)
        wrong = trail.follow(known, body, event.at, event.actor)
        if wrong is not None:
            self._break(event.stream, event.seq, "order", f"{event.type}: {wrong}")
        after = _spot(known)
        if before != after:
            self._leave(event, before)
            self._arrive(event, after)
        self._check_two(event, body)
        self._check_bag(event, body)
        if (unsaid := carrier_audit.wrong_word(event, body, known.hands, known.label)) is not None:
            self._break(event.stream, event.seq, "carrier", f"{event.type}: {unsaid}")

    def _leave(self, event: Event, spot: _Spot | None) -> None:
        if spot is None or self._narrow.get(spot) != event.stream:
            return
        del self._narrow[spot]
        next_one = self._shared.get((event.command, spot))
        if next_one is not None and _spot(self.items[next_one.stream]) == spot:
            # What came here and what went were said together: nothing else was here at any moment.
            del self._shared[event.command, spot]
            self._narrow[spot] = next_one.stream

    def _arrive(self, event: Event, spot: _Spot | None) -> None:
        if spot is None:
            return
        other, key = self._narrow.setdefault(spot, event.stream), (event.command, spot)
        if other == event.stream:
            return
        if key in self._shared:
            self._break(event.stream, event.seq, "place", _says(spot, other))
        else:
            self._shared[key] = _SharedSpot(event.stream, event.seq, other)

    def _check_two(self, event: Event, body: Payload) -> None:
        """Check that where two people are needed, two have said so."""
        needed = isinstance(body, _TWO) or (
            isinstance(body, e.ItemHandedOver) and body.proof is HandOverProof.WITNESSED
        )
        witness = getattr(body, "witness", None)
        if (needed and witness is None) or (witness is not None and event.actor == f"staff/{witness}"):
            self._break(event.stream, event.seq, "witness", f"{event.type}: one person")

    # --- bags ----------------------------------------------------------------------------------------------------

    def _follow_bag(self, event: Event, body: Payload) -> None:
        known = self.bags.get(event.stream)
        if isinstance(body, e.BagOpened):
            if known is not None:
                self._break(event.stream, event.seq, "order", f"{event.type}: it was there before")
            known = self.bags[event.stream] = bag_trail.begin(body)
            self._check_seal(event, known)
            return
        if known is None:
            self._break(event.stream, event.seq, "order", f"{event.type}: it was never begun")
            return
        wrong = bag_trail.follow(known, body)
        if wrong is not None:
            self._break(event.stream, event.seq, "order", f"{event.type}: {wrong}")
        self._check_two(event, body)
        match body:
            case e.BagItemAdded():
                what = e.ItemBagged.type if known.direction is Direction.OUT else e.ItemReturned.type
                self._said(event, body.item, what)
            case e.BagItemRemoved() if self._is_held(body.item, Holder.BAG, body.bag):
                self._said(event, body.item, e.ItemUnbagged.type)
            case e.BagSealed():
                self._check_seal(event, known)
                self._check_manifest(event, known, body)
            case e.BagDispatched():
                self._said_of_all(event, known, Holder.BAG, body.bag, e.ItemDispatched.type)
            case e.BagAcknowledged():
                self._said_of_all(event, known, Holder.CARRIER, body.bag, e.ItemAcknowledged.type)

    def _said_of_all(self, event: Event, known: BagTrail, holder: Holder, bag: str, what: str) -> None:
        """Whatever is still in a bag goes with it."""
        for item in known.items:
            if self._is_held(item, holder, bag):
                self._said(event, item, what)

    def _is_held(self, item: str, holder: Holder, where: str) -> bool:
        known = self.items.get(ITEMS.stream(item))
        return known is None or (known.hand.holder, known.hand.where) == (holder, where)

    def _check_seal(self, event: Event, known: BagTrail) -> None:
        if known.seal is None:
            return
        other = self._seals.setdefault((known.centre, known.direction, known.seal), event.stream)
        if other != event.stream:
            self._break(event.stream, event.seq, "seal", f"{known.seal}: {other} has it")

    def _check_manifest(self, event: Event, known: BagTrail, body: e.BagSealed) -> None:
        inside = [self.items.get(ITEMS.stream(item)) for item in known.items]
        lines = [one.line for one in inside if one is not None]
        absent = [item for item in known.items if not self._is_held(item, Holder.BAG, body.bag)]
        if absent or len(lines) < len(inside) or bag_trail.manifest_of(known, body.seal, lines) != body.manifest:
            self._break(event.stream, event.seq, "manifest", f"{body.seal}: another list than it was sealed with")

    def _check_bag(self, event: Event, body: Payload) -> None:
        """Check that what an item says of a bag, or of a look into a drawer, is said there too."""
        match body:
            case e.ItemBagged():
                known = self.bags.get(BAGS.stream(body.bag))
                if not self._answered(event, body.item) and (known is None or body.item not in known.items):
                    self._break(event.stream, event.seq, "bag", f"{BAGS.stream(body.bag)} does not say so")
            case (
                e.ItemUnbagged()
                | e.ItemDispatched()
                | e.ItemAcknowledged()
                | e.ItemReturned(bag=str())
                | e.ItemMissed(by=MissedBy.STOCKTAKING)
            ):
                self._said(event, body.item, event.type)

    def _said(self, event: Event, item: str, what: str) -> None:
        """Note that one of two has said something; together, in one commit, they say it."""
        key = (event.command, item, what)
        if self._open.pop(key, None) is None:
            self._open[key] = (event.stream, event.seq)

    def _answered(self, event: Event, item: str) -> bool:
        return self._open.pop((event.command, item, event.type), None) is not None

    # --- beside the events ---------------------------------------------------------------------------------------

    def _compare_ends(self) -> None:
        ours = or_(*(heads.c.stream.startswith(kind.prefix, autoescape=True) for kind in _KINDS))
        listed = {row.stream: row for row in self._connection.execute(select(heads).where(ours))}
        for stream, row in listed.items():
            end = self._ends.get(stream, _NOTHING)
            if row.seq > end.seq:
                self._break(stream, end.seq + 1, "missing", f"up to {row.seq}")
        for stream, end in self._ends.items():
            named = listed.get(stream)
            if named is None or named.seq < end.seq or (named.seq == end.seq and named.hash != end.hash):
                self._break(stream, end.seq, "link", "is not the end that the log names")

    def _compare_rows(self) -> None:
        prefixes = {table.name: one.prefix for one in _KINDS if one.projection for table in one.projection.tables}
        try:
            found = list(bad_rows(self._connection, _KINDS))
        except UnknownEventError:
            # A stream that does not fold was named above; what its rows should say nobody knows.
            return
        for row in found:
            self._break(f"{prefixes[row.table]}{row.key}", 0, row.code, f"row of {row.table}")


def _spot(known: ItemTrail) -> _Spot | None:
    """Say in which narrow place an item is, if it is in one."""
    hand = known.hand
    return (known.centre, hand.holder, hand.where) if hand.holder in _NARROW else None


def _says(spot: _Spot, other: str) -> str:
    _, holder, where = spot
    return f"{holder} {where}: {other} was there"


def hand_at(hands: Sequence[CustodyHand], at: int) -> CustodyHand | None:
    """Tell who had an item at a moment; None before it was handed in."""
    return next((hand for hand in reversed(hands) if hand.since <= at), None)
