"""The judge and the rules of the desk: whatever a desk may do is no break, and both say whose hand it is in."""

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from queue_server.custody import bag_trail, decide, model, trail
from queue_server.custody.errors import CustodyError
from queue_server.custody.events import BAG_CODEC, ITEM_CODEC, ItemHandedOver
from queue_server.custody.model import Item
from queue_server.custody.values import ENDED, BagId, ClaimId, HandOverProof, Holder, MissedBy, RecallReason
from queue_server.domain.lockers import CompartmentId
from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.payload import Payload
from tests.queue_server.custody.test_items import BANK, READY, RECEIVED, VERBS, A, Verb, bagged, folded

BY = Actor("staff/ana")
#: How far an item is when anything at all is tried with it.
BEGINNINGS: tuple[tuple[Verb, ...], ...] = (
    (),
    READY[:2],
    READY[:3],
    READY,
    (*READY, decide.expire, *bagged(BagId("b"))),
    (lambda item: decide.call_back(item, RecallReason.COURT), *READY[:2]),
)


def test_the_judge_knows_every_event() -> None:
    assert {kind.type for kind in trail.RULES} | {RECEIVED.type} == set(ITEM_CODEC.kinds)
    assert {kind.type for kind in bag_trail.BAG_RULES} | {"bag-opened"} == set(BAG_CODEC.kinds)


def bodies_of(item: Item, verb: Verb) -> tuple[Payload, ...]:
    try:
        return verb(item)
    except CustodyError:
        return ()


def where(item: Item) -> str:
    """Say where an item is, as the judge does."""
    match item.was_with or item.holder:
        case Holder.SHELF:
            return str(item.place)
        case Holder.COMPARTMENT:
            return f"{item.bank}/{item.compartment}"
        case _:
            return "" if item.bag is None else str(item.bag)


@given(st.sampled_from(BEGINNINGS), st.lists(VERBS, max_size=30))
def test_what_a_desk_may_do_is_no_break(beginning: tuple[Verb, ...], verbs: list[Verb]) -> None:
    item = folded(RECEIVED)
    followed = trail.begin(RECEIVED, Micros(1), BY)
    for verb in (*beginning, *verbs):
        for body in bodies_of(item, verb):
            item = model.evolve(item, body, item.seq + 1, Micros(item.seq + 1))
            assert trail.follow(followed, body, item.changed_at, BY) is None, body
        assert (followed.hand.holder, followed.hand.where) == (item.holder, where(item))
        assert (followed.has_ended, followed.claim) == (item.state in ENDED, item.claim)
        assert followed.condition == item.condition
    assert len(followed.hands) == item.seq


def test_a_court_is_not_outvoted_by_the_person() -> None:
    """What the authority or a court wants for good it wants still, whatever the person wants afterwards."""
    sent = folded(RECEIVED)
    for verb in (*bagged(A), lambda one: decide.call_back(one, RecallReason.COURT)):
        for body in cast("Verb", verb)(sent):
            sent = model.evolve(sent, body, sent.seq + 1, Micros(1))
    assert bodies_of(sent, lambda one: decide.call_back(one, RecallReason.APPLICANT)) == ()


def followed_through(*verbs: Verb) -> tuple[Item, trail.ItemTrail, list[str | None]]:
    item, followed, said = folded(RECEIVED), trail.begin(RECEIVED, Micros(1), BY), []
    for verb in verbs:
        for body in verb(item):
            item = model.evolve(item, body, item.seq + 1, Micros(item.seq + 1))
            said.append(trail.follow(followed, body, item.changed_at, BY))
    return item, followed, said


IN_LOCKER: tuple[Verb, ...] = (
    *READY,
    lambda item: decide.load(item, BANK, CompartmentId("A14")),
    lambda item: decide.claim(item, ClaimId("x"), HandOverProof.CODE),
)


def test_what_somebody_took_while_it_was_missed_or_called_back_is_no_break() -> None:
    taken: Verb = lambda item: decide.collected(item, ClaimId("x"), HandOverProof.CODE)  # noqa: E731 - as those above
    for between in ((), (lambda item: decide.miss(item, MissedBy.LOCKER),)):
        item, followed, said = followed_through(*IN_LOCKER, *between, taken)
        assert said == [None] * len(said)
        assert (item.holder, followed.has_ended) == (Holder.PERSON, True)


def test_what_was_taken_by_a_claim_that_nobody_made_is_a_break() -> None:
    _, _, said = followed_through(
        *IN_LOCKER,
        lambda item: decide.release(item, ClaimId("x")),
        lambda item: decide.collected(item, ClaimId("y"), HandOverProof.CODE),
    )
    assert said[:-1] == [None] * (len(said) - 1)
    assert said[-1] is not None


def test_an_old_claim_hands_over_nothing_that_was_found_since() -> None:
    followed = trail.begin(RECEIVED, Micros(1), BY)
    item = folded(RECEIVED)
    missed: Verb = lambda one: decide.miss(one, MissedBy.LOCKER)  # noqa: E731 - as those above
    found: Verb = lambda one: decide.load(one, BANK, CompartmentId("A14"))  # noqa: E731 - as those above
    for verb in (*IN_LOCKER, missed, found, missed):
        for body in verb(item):
            item = model.evolve(item, body, item.seq + 1, Micros(item.seq + 1))
            assert trail.follow(followed, body, item.changed_at, BY) is None
    handed = ItemHandedOver(item.id, HandOverProof.CODE, ClaimId("x"), None)
    assert trail.follow(followed, handed, Micros(99), BY) is not None
