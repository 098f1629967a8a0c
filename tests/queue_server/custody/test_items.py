"""Whatever is tried with an item, in whatever order: it is in one hand, and in the right one."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.custody import decide, model
from queue_server.custody import events as e
from queue_server.custody.errors import ClaimError, CustodyError, ItemStateError, WitnessNeededError, WitnessSameError
from queue_server.custody.model import Item
from queue_server.custody.values import (
    ENDED,
    BagId,
    ClaimId,
    ConditionMark,
    DestroyReason,
    GiveBackReason,
    HandOverProof,
    Holder,
    ItemId,
    ItemKind,
    ItemState,
    MissedBy,
    RecallReason,
    ShelfPlace,
    TrackingId,
    UnloadReason,
)
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import CentreId, DeviceId, GovernmentId, Micros, StaffId
from queue_server.eventlog.payload import Payload

RECEIVED = e.ItemReceived(
    item=ItemId("item"),
    label=48213,
    centre=CentreId("demo"),
    government=GovernmentId("UTO"),
    kind=ItemKind.PASSPORT,
    condition=(),
    pages=32,
    application=None,
    visit=None,
    counter=None,
    document=None,
)
ANA, BEN = StaffId("ana"), StaffId("ben")
BANK = DeviceId("bank")
Verb = Callable[[Item], tuple[Payload, ...]]

staff = st.sampled_from([ANA, BEN])
maybe_staff = st.none() | staff
bags = st.sampled_from([BagId("a"), BagId("b")])
claims = st.sampled_from([ClaimId("x"), ClaimId("y")])
marks = st.lists(st.sampled_from(ConditionMark), max_size=2, unique=True).map(tuple)


def verb(function: Callable[..., tuple[Payload, ...]], *args: st.SearchStrategy[Any], **kwargs: Any) -> Any:
    return st.builds(
        lambda given, named: cast("Verb", lambda item: function(item, *given, **named)),
        st.tuples(*args),
        st.fixed_dictionaries(kwargs),
    )


VERBS = st.one_of(
    verb(decide.shelve, st.sampled_from([ShelfPlace("2-D-14"), ShelfPlace("2-D-15")])),
    verb(decide.take),
    verb(decide.give_back, st.sampled_from(GiveBackReason)),
    verb(decide.put_in_bag, bags),
    verb(decide.take_out_of_bag, bags),
    verb(decide.dispatch, bags),
    verb(decide.acknowledge, bags),
    verb(decide.come_back, st.none() | bags, marks),
    verb(decide.note_condition, marks),
    verb(decide.make_ready),
    verb(decide.load, st.just(BANK), st.sampled_from(("A1", "A2", "A3"))),
    verb(decide.unload, st.sampled_from(UnloadReason)),
    verb(decide.claim, claims, st.sampled_from(HandOverProof)),
    verb(decide.release, claims),
    verb(
        decide.hand_over, st.sampled_from(HandOverProof), claim=st.none() | claims, by=maybe_staff, witness=maybe_staff
    ),
    verb(decide.send, st.just(TrackingId("t"))),
    verb(decide.delivered),
    verb(decide.refused),
    verb(decide.call_back, st.sampled_from(RecallReason)),
    verb(decide.expire),
    verb(decide.miss, st.sampled_from(MissedBy)),
    verb(decide.declare_lost, staff, maybe_staff),
    verb(decide.destroy, st.sampled_from(DestroyReason), staff, maybe_staff),
)


def folded(*bodies: Payload) -> Item:
    item: Item | None = None
    for seq, body in enumerate(bodies, start=1):
        item = model.evolve(item, body, seq, Micros(seq))
    assert item is not None
    return item


def done(item: Item, *verbs: Verb) -> Item:
    for one in verbs:
        for body in one(item):
            item = model.evolve(item, body, item.seq + 1, Micros(item.seq + 1))
    return item


@given(st.lists(VERBS, max_size=40))
def test_in_any_order_an_item_is_in_one_hand(verbs: list[Verb]) -> None:
    item, events = folded(RECEIVED), [cast("Payload", RECEIVED)]
    for one in verbs:
        before = item
        try:
            bodies = one(item)
        except CustodyError:
            bodies = ()
        for body in bodies:
            item = model.evolve(item, body, item.seq + 1, Micros(item.seq + 1))
            events.append(body)
        check(before, item, bodies)
    assert folded(*events) == item


def check(before: Item, item: Item, bodies: tuple[Payload, ...]) -> None:
    if before.state in ENDED:
        assert bodies == ()
    known = item.holder is not Holder.UNKNOWN
    if known:
        assert (item.place is not None) == (item.holder is Holder.SHELF)
        assert (item.compartment is not None) == (item.bank is not None) == (item.holder is Holder.COMPARTMENT)
        in_bag = item.holder is Holder.BAG or (item.holder is Holder.CARRIER and item.state is ItemState.SENT)
        assert (item.bag is not None) == in_bag
    assert (item.was_with is None) == known
    if item.claim is not None:
        assert item.state is ItemState.READY
        assert item.holder in {Holder.DESK, Holder.SHELF, Holder.COMPARTMENT}
    if item.state is ItemState.AT_AUTHORITY:
        assert item.holder in {Holder.AUTHORITY, Holder.UNKNOWN}
    if item.state in {ItemState.CALLED_BACK, ItemState.EXPIRED}:
        assert item.holder not in {Holder.CARRIER, Holder.AUTHORITY, Holder.PERSON}
    for body in bodies:
        rightly(before, body)


def rightly(before: Item, body: Payload) -> None:
    """See that nothing goes to somebody, or to nobody, without a reason."""
    if isinstance(body, e.ItemHandedOver):
        assert before.state in {ItemState.READY, ItemState.WITH_CARRIER}
        assert before.claim == body.claim
        assert before.recall is None
        assert before.holder is not Holder.COMPARTMENT or body.claim is not None
        assert body.proof is not HandOverProof.WITNESSED or body.witness is not None
    if isinstance(body, e.ItemDestroyed | e.ItemLost):
        assert body.witness in {ANA, BEN}


def bagged(bag: BagId) -> tuple[Verb, ...]:
    return (lambda i: decide.put_in_bag(i, bag), lambda i: decide.dispatch(i, bag))


A = BagId("a")
READY: tuple[Verb, ...] = (
    *bagged(A),
    lambda i: decide.acknowledge(i, A),
    lambda i: decide.come_back(i, BagId("b"), ()),
    decide.make_ready,
)


def test_from_handed_in_to_in_your_hand() -> None:
    item = done(
        folded(RECEIVED),
        *READY,
        lambda i: decide.load(i, BANK, CompartmentId("A14")),
        lambda i: decide.claim(i, ClaimId("x"), HandOverProof.CHIP),
        lambda i: decide.hand_over(i, HandOverProof.CHIP, claim=ClaimId("x")),
    )
    assert (item.state, item.holder, item.seq) == (ItemState.HANDED_OVER, Holder.PERSON, 9)


def test_one_claim_at_a_time_and_none_without_a_proof() -> None:
    item = done(folded(RECEIVED), *READY, lambda i: decide.load(i, BANK, CompartmentId("A14")))
    with pytest.raises(WitnessNeededError):
        decide.claim(item, ClaimId("x"), HandOverProof.WITNESSED)
    held = done(item, lambda i: decide.claim(i, ClaimId("x"), HandOverProof.CODE))
    assert decide.claim(held, ClaimId("x"), HandOverProof.CODE) == ()
    with pytest.raises(ClaimError):
        decide.claim(held, ClaimId("y"), HandOverProof.CHIP)
    with pytest.raises(ClaimError):
        decide.hand_over(held, HandOverProof.CHIP, claim=ClaimId("y"))
    with pytest.raises(ClaimError):
        decide.expire(held)
    free = done(held, lambda i: decide.release(i, ClaimId("y")), lambda i: decide.release(i, ClaimId("x")))
    assert free.claim is None
    with pytest.raises(ClaimError):
        decide.hand_over(free, HandOverProof.CHIP)


@pytest.mark.parametrize(
    ("by", "witness", "error"),
    [(ANA, None, WitnessNeededError), (None, BEN, WitnessNeededError), (ANA, ANA, WitnessSameError), (ANA, BEN, None)],
)
def test_without_a_proof_two_members_of_staff_hand_over(
    by: StaffId | None, witness: StaffId | None, error: type[CustodyError] | None
) -> None:
    item = done(folded(RECEIVED), *READY)
    if error is None:
        done(item, lambda i: decide.hand_over(i, HandOverProof.WITNESSED, by=by, witness=witness))
    else:
        with pytest.raises(error):
            decide.hand_over(item, HandOverProof.WITNESSED, by=by, witness=witness)


def test_what_nobody_came_for_goes_back_for_good() -> None:
    item = done(
        folded(RECEIVED), *READY, decide.expire, *bagged(BagId("c")), lambda i: decide.acknowledge(i, BagId("c"))
    )
    assert (item.state, item.holder) == (ItemState.SURRENDERED, Holder.AUTHORITY)
    with pytest.raises(ItemStateError):
        decide.come_back(item, None, ())


@pytest.mark.parametrize("reason", RecallReason)
def test_what_is_called_back_while_it_is_away_is_stopped_when_it_is_here(reason: RecallReason) -> None:
    away = done(folded(RECEIVED), *bagged(A), lambda i: decide.call_back(i, reason))
    assert away.state is ItemState.SENT
    back = done(away, lambda i: decide.come_back(i, A, ()))
    if reason is RecallReason.APPLICANT:
        assert (back.state, back.recall) == (ItemState.BACK, None)
    else:
        assert (back.state, back.recall) == (ItemState.CALLED_BACK, reason)
        with pytest.raises(ItemStateError):
            decide.make_ready(back)


def test_what_is_missed_is_looked_for_where_it_was_and_found_by_a_scan() -> None:
    item = done(folded(RECEIVED), lambda i: decide.shelve(i, ShelfPlace("2-D-15")))
    missed = done(item, lambda i: decide.miss(i, MissedBy.STOCKTAKING))
    assert (missed.holder, missed.was_with, missed.place) == (Holder.UNKNOWN, Holder.SHELF, "2-D-15")
    with pytest.raises(CustodyError):
        decide.make_ready(missed)
    found = done(missed, lambda i: decide.shelve(i, ShelfPlace("2-D-14")))
    assert (found.holder, found.was_with, found.place) == (Holder.SHELF, None, "2-D-14")
