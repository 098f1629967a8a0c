"""Writes golden streams of custody: ``python -m tests.golden.make_custody 1`` gives ``item-1-...``, ``bag-1-...``.

As with those of the queue: under a new number when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from queue_server.custody import bags, decide
from queue_server.custody import events as e
from queue_server.custody.manifest import line_of, manifest_csv, manifest_hash
from queue_server.custody.store import BAGS, ITEMS, STOCKTAKINGS
from queue_server.custody.values import (
    BagId,
    ClaimId,
    ConditionMark,
    DestroyReason,
    Direction,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemId,
    ItemKind,
    MissedBy,
    RecallReason,
    SealNumber,
    ShelfPlace,
    TrackingId,
    UnloadReason,
)
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import (
    ApplicationId,
    CentreId,
    CounterId,
    DeviceId,
    GovernmentId,
    Micros,
    NoteId,
    StaffId,
    VisitId,
)
from queue_server.eventlog.aggregate import Aggregate
from tests.golden.stored import ROOT, START, Deed, played, write

FOLDER = ROOT / "custody"
#: Of the number of an event.
COMMAND = "01a21000-0000-7000-8000-0000000001{:02}#0a0b0c0d"
_ID = "01a21000-0000-7000-8000-0000000000"
CENTRE, UTO = CentreId("harbour"), GovernmentId("UTO")
FIRST, SECOND = StaffId(f"{_ID}c1"), StaffId(f"{_ID}c2")
ITEM, OTHER = ItemId(f"{_ID}01"), ItemId(f"{_ID}02")
OUT, BACK = BagId(f"{_ID}0a"), BagId(f"{_ID}0b")
PLACE, SEAL = ShelfPlace("2-D-15"), SealNumber("S209447")
BANK, CLAIM = DeviceId(f"{_ID}d1"), ClaimId(f"{_ID}e1")
LABELS = {ITEM: 48213, OTHER: 48214}
COMPARTMENT = CompartmentId("A7")

#: Decides on what is there, None before the first event.


def received(item: ItemId = ITEM) -> Deed:
    body = e.ItemReceived(
        item=item,
        label=LABELS[item],
        centre=CENTRE,
        government=UTO,
        kind=ItemKind.PASSPORT,
        condition=(ConditionMark.STAINED,),
        pages=32,
        application=ApplicationId(f"{_ID}a1"),
        visit=VisitId(f"{_ID}b1"),
        counter=CounterId("3"),
        document=NoteId(f"{_ID}f1"),
    )
    return lambda _: (body,)


def ways() -> Iterator[tuple[str, Aggregate[Any], list[Deed]]]:
    """Give each stream by its name: what was done, in its order."""
    to_and_fro: list[Deed] = [
        received(),
        lambda one: decide.shelve(one, PLACE),
        decide.take,
        lambda one: decide.put_in_bag(one, OUT),
        lambda one: decide.take_out_of_bag(one, OUT),
        lambda one: decide.put_in_bag(one, OUT),
        lambda one: decide.dispatch(one, OUT),
        lambda one: decide.acknowledge(one, OUT),
        lambda one: decide.come_back(one, BACK, ()),
        lambda one: decide.note_condition(one, (ConditionMark.COVER_DAMAGED,)),
        decide.make_ready,
        lambda one: decide.load(one, BANK, COMPARTMENT),
        lambda one: decide.claim(one, CLAIM, HandOverProof.CHIP),
        lambda one: decide.release(one, CLAIM),
        lambda one: decide.claim(one, CLAIM, HandOverProof.CODE),
        lambda one: decide.hand_over(one, HandOverProof.CODE, claim=CLAIM),
    ]
    yield "item-{}-collected", ITEMS, to_and_fro
    never: list[Deed] = [
        received(),
        decide.make_ready,
        lambda one: decide.send(one, TrackingId(f"{_ID}f2")),
        decide.refused,
        lambda one: decide.load(one, BANK, COMPARTMENT),
        decide.expire,
        lambda one: decide.unload(one, UnloadReason.EXPIRED),
        lambda one: decide.put_in_bag(one, OUT),
        lambda one: decide.dispatch(one, OUT),
        lambda one: decide.acknowledge(one, OUT),
    ]
    yield "item-{}-never-collected", ITEMS, never
    lost: list[Deed] = [
        received(),
        lambda one: decide.shelve(one, PLACE),
        lambda one: decide.miss(one, MissedBy.STOCKTAKING),
        lambda one: decide.declare_lost(one, FIRST, SECOND),
    ]
    yield "item-{}-lost", ITEMS, lost
    destroyed: list[Deed] = [
        received(),
        lambda one: decide.call_back(one, RecallReason.COURT),
        lambda one: decide.destroy(one, DestroyReason.COURT, FIRST, SECOND),
    ]
    yield "item-{}-destroyed", ITEMS, destroyed
    yield "item-{}-not-needed", ITEMS, [received(), lambda one: decide.give_back(one, GiveBackReason.NOT_NEEDED)]
    delivered: list[Deed] = [
        received(),
        decide.make_ready,
        lambda one: decide.send(one, TrackingId(f"{_ID}f3")),
        decide.delivered,
    ]
    yield "item-{}-delivered", ITEMS, delivered
    first, second = (ITEMS.evolve(None, received(item)(None)[0], 1, Micros(START)) for item in (ITEM, OTHER))
    hashed = manifest_hash(manifest_csv(SEAL, UTO, (line_of(first),)))
    inside = [msgspec.structs.replace(first, holder=Holder.BAG, bag=OUT)]
    out: list[Deed] = [
        lambda _: (e.BagOpened(OUT, CENTRE, UTO, Direction.OUT, None, is_whole=True),),
        lambda bag: bags.add(bag, first),
        lambda bag: bags.add(bag, second),
        lambda bag: bags.remove(bag, second),
        lambda bag: bags.seal(bag, inside, SEAL, hashed, by=FIRST, witness=SECOND, witness_from=1),
        bags.dispatch,
        lambda bag: bags.acknowledge(bag, is_whole=True),
    ]
    yield "bag-{}-out", BAGS, out
    back: list[Deed] = [
        lambda _: (e.BagOpened(BACK, CENTRE, UTO, Direction.BACK, SealNumber("UT-9"), is_whole=False),),
        lambda bag: bags.unpack(bag, first),
        lambda bag: bags.finish(bag, 2, by=FIRST, witness=SECOND),
    ]
    yield "bag-{}-back", BAGS, back
    look = e.StockTaken(CENTRE, ShelfPlace("2-D"), 2, (ITEM,), (OTHER,))
    yield "stocktaking-{}", STOCKTAKINGS, [lambda _: (look,)]


def write_all(number: str) -> None:
    for pattern, aggregate, deeds in ways():
        bodies, found = played(aggregate, deeds)
        write(FOLDER / pattern.format(number), bodies, found, COMMAND, f"staff/{FIRST}")


if __name__ == "__main__":
    write_all(sys.argv[1])
