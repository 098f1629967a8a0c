"""Whatever a bank tells, in whatever order: what follows for its orders, its compartments and the items behind them."""

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.contract import banks as m
from queue_server.custody import decide as custody
from queue_server.custody import model as items
from queue_server.custody.errors import CustodyError
from queue_server.custody.events import ItemReceived
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, ClaimId, HandOverProof, Holder, ItemId, ItemKind, ItemState, UnloadReason
from queue_server.domain.lockers import (
    BlockReason,
    CompartmentId,
    CompartmentSize,
    Contents,
    JournalId,
    LockerAlarmKind,
    LockerVerb,
    OrderId,
    OrderRefusal,
)
from queue_server.domain.values import SECOND, CentreId, DeviceId, GovernmentId, Hex, Micros
from queue_server.eventlog.payload import Payload
from queue_server.lockers import decide, model
from queue_server.lockers import events as e
from queue_server.lockers.errors import CompartmentUnusableError
from queue_server.lockers.model import BankRecord, DoorOrder
from queue_server.lockers.values import PENDING, OrderState

ITEM, BANK, CENTRE, CLAIM = ItemId("i"), DeviceId("b"), CentreId("c"), ClaimId("k")
DOOR = CompartmentId("A1")
RECEIVED = ItemReceived(
    item=ITEM,
    label=10_001,
    centre=CENTRE,
    government=GovernmentId("UTO"),
    kind=ItemKind.PASSPORT,
    condition=(),
    pages=None,
    application=None,
    visit=None,
    counter=None,
    document=None,
)
DESCRIBED = e.BankDescribed(BANK, CENTRE, JournalId("j"), (e.DescribedCompartment(DOOR, CompartmentSize.MEDIUM, 1, 1),))

TOLD: tuple[Callable[[int], m.BankEvent], ...] = (
    lambda seq: m.OrderAcceptedEvent(seq, "o"),
    *(lambda seq, why=why: m.OrderRefusedEvent(seq, "o", why) for why in OrderRefusal),
    lambda seq: m.PulseLostEvent(seq, DOOR),
    lambda seq: m.DoorOpenedEvent(seq, DOOR),
    lambda seq: m.DoorRemindedEvent(seq, DOOR),
    *(lambda seq, kind=kind: m.BankAlarmEvent(seq, DOOR, kind) for kind in LockerAlarmKind),
    *(
        lambda seq, found=found: m.DoorClosedEvent(seq, DOOR, found)
        for found in (Contents.EMPTY, Contents.ITEM, Contents.UNKNOWN)
    ),
    *(lambda seq, why=why: m.CompartmentBlockedEvent(seq, DOOR, why) for why in BlockReason),
    lambda seq: m.CompartmentSettledEvent(seq, DOOR, None),
    lambda seq: m.CompartmentSettledEvent(seq, DOOR, ITEM),
)


def fold[S](evolve: Callable[[S | None, Payload, int, Micros], S], before: S | None, bodies: Iterable[Payload]) -> S:
    found, last = before, int(getattr(before, "seq", 0))
    for seq, body in enumerate(bodies, start=last + 1):
        found = evolve(found, body, seq, Micros(seq))
    assert found is not None
    return found


class Scene:
    """A bank of one compartment, an item, and one order after the other; each event is taken as the server does."""

    def __init__(self) -> None:
        self.item: Item = fold(items.evolve, None, (RECEIVED,))
        self.item = fold(items.evolve, self.item, custody.make_ready(self.item))
        self.bank: BankRecord = fold(model.evolve_bank, None, decide.describe(None, DESCRIBED))
        self.bank = fold(model.evolve_bank, self.bank, (e.CompartmentSettled(BANK, DOOR, None),))
        self.order: DoorOrder | None = None
        self.handed_over: list[tuple[DoorOrder | None, m.BankEvent]] = []

    def give(self, verb: LockerVerb) -> bool:
        """Order something, where the server would."""
        if self.order is not None and self.order.state in PENDING:
            return False
        try:
            decide.compartment_for(self.bank, DOOR, verb)
            if verb is LockerVerb.LOAD:
                custody.may_load(self.item)
            elif verb is LockerVerb.UNLOAD:
                custody.may_unload(self.item)
            elif verb is LockerVerb.COLLECT:
                if self.item.holder is not Holder.COMPARTMENT:
                    return False
                self.item = fold(items.evolve, self.item, custody.claim(self.item, CLAIM, HandOverProof.DOCUMENT))
        except (CustodyError, CompartmentUnusableError):
            return False
        issued = e.OrderIssued(
            order=OrderId("o"),
            bank=BANK,
            centre=CENTRE,
            compartment=DOOR,
            verb=verb,
            claim=CLAIM,
            item=None if verb is LockerVerb.INSPECT else ITEM,
            issued_at=Micros(0),
            expires_at=Micros(60),
            signature=Hex("00"),
            proof=HandOverProof.DOCUMENT if verb is LockerVerb.COLLECT else None,
            reason=UnloadReason.AT_COUNTER if verb is LockerVerb.UNLOAD else None,
        )
        self.order = fold(model.evolve_order, None, (issued,))
        return True

    def take(self, told: m.BankEvent) -> None:
        order = self.order
        if not isinstance(told, m.OrderAcceptedEvent | m.OrderRefusedEvent) and (
            order is None or order.state not in PENDING or order.state is OrderState.ORDERED
        ):
            order = None
        here = self.item.holder is Holder.COMPARTMENT or (order is not None and order.item == ITEM)
        before, fits = self.item, True
        for_item: decide.Decided = ()
        if here:
            try:
                for_item = decide.item_after(self.item, told, order)
            except CustodyError:
                fits = False
        for_bank = decide.bank_after(self.bank, told, order)
        if not fits:
            for_bank = decide.instead(self.bank, DOOR, for_bank)
        self.item = fold(items.evolve, self.item, for_item)
        self.bank = fold(model.evolve_bank, self.bank, for_bank)
        if order is not None:
            after = fold(model.evolve_order, order, decide.order_after(order, told))
            if order.state not in PENDING:
                assert after is order, "an order that has ended goes on"
            assert (after.hold is None) == (after.state not in PENDING)
            self.order = after
        if before.state is not ItemState.HANDED_OVER and self.item.state is ItemState.HANDED_OVER:
            self.handed_over.append((order, told))


@given(
    steps=st.lists(
        st.one_of(
            st.sampled_from([LockerVerb.LOAD, LockerVerb.COLLECT, LockerVerb.UNLOAD, LockerVerb.INSPECT]),
            st.sampled_from([LockerVerb.SETTLE]),
            st.integers(0, len(TOLD) - 1),
        ),
        max_size=40,
    )
)
@settings(max_examples=400, deadline=None)
def test_whatever_is_told(steps: list[Any]) -> None:
    scene = Scene()
    for seq, step in enumerate(steps, start=1):
        if isinstance(step, LockerVerb):
            scene.give(step)
        else:
            told = TOLD[step](seq)
            was_here = scene.item.holder is Holder.COMPARTMENT
            scene.take(told)
            if isinstance(told, m.CompartmentBlockedEvent) and told.reason is not BlockReason.NOT_OPENED:
                assert not was_here or scene.item.holder is Holder.UNKNOWN
                assert scene.bank.compartments[0].blocked is told.reason
        door = scene.bank.compartments[0]
        # Nothing lies behind a door of which nobody knows enough without somebody being asked to look.
        if scene.item.holder is Holder.UNKNOWN:
            assert scene.item.claim is None
        if not door.is_usable:
            assert not scene.give(LockerVerb.COLLECT)
        # A claim is held by an order that is under way, and by nothing else.
        pending = scene.order is not None and scene.order.state in PENDING
        if scene.item.claim is not None:
            assert pending
    for order, told in scene.handed_over:
        assert order is not None
        assert (order.verb, order.claim) == (LockerVerb.COLLECT, CLAIM)
        assert isinstance(told, m.DoorClosedEvent)
        assert told.contents is Contents.EMPTY
    if scene.item.state in ENDED:
        assert scene.item.holder is Holder.PERSON


def test_an_order_is_overdue_once_it_was_silent_for_long_after_its_end() -> None:
    scene = Scene()
    assert scene.give(LockerVerb.LOAD)
    order, silent_s = scene.order, 30
    assert order is not None
    last = Micros(order.expires_at + silent_s * SECOND)
    assert not order.is_overdue(order.expires_at, silent_s)
    assert not order.is_overdue(last, silent_s)
    assert order.is_overdue(Micros(last + 1), silent_s)
    # What a bank has begun is a matter of its door, for however long.
    scene.take(m.OrderAcceptedEvent(1, "o"))
    assert scene.order is not None
    assert not scene.order.is_overdue(Micros(last + 1), silent_s)


def test_taken_after_all_only_what_was_being_collected() -> None:
    scene = Scene()
    assert scene.give(LockerVerb.LOAD)
    for told in (m.OrderAcceptedEvent(1, "o"), m.DoorOpenedEvent(2, DOOR), m.DoorClosedEvent(3, DOOR, Contents.ITEM)):
        scene.take(told)
    loaded = scene.order
    assert scene.give(LockerVerb.COLLECT)
    for told in (
        m.OrderAcceptedEvent(4, "o"),
        m.DoorOpenedEvent(5, DOOR),
        m.DoorClosedEvent(6, DOOR, Contents.UNKNOWN),
    ):
        scene.take(told)
    assert scene.item.holder is Holder.UNKNOWN
    assert loaded is not None
    assert scene.order is not None
    assert decide.taken_after_all(scene.item, loaded) == ()
    (handed,) = decide.taken_after_all(scene.item, scene.order)
    assert handed.type == "item-handed-over"
