"""The puncturable key: what was destroyed cannot be made, all else stays what it was, in whatever order."""

import hmac

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, Micros
from queue_server.vault.key_file import PeopleKeyDamagedError, decode_key, encode_key
from queue_server.vault.puncturable import DEPTH, PuncturableKey, hour_of, leaf, whole

ROOT = bytes(range(32))
WHOLE = whole(ROOT)
FIRST, LAST = 0, (1 << DEPTH) - 1

#: Leaves far apart, and leaves that share most of their way.
leaves = st.one_of(
    st.integers(FIRST, LAST),
    st.integers(0, 40).map(lambda small: (470_000 << 56) + small),
    st.integers(0, 40).map(lambda hour: (470_000 + hour) << 56),
)
hours = st.one_of(st.integers(0, (1 << 24) - 1), st.integers(469_990, 470_050))


def hour(number: int) -> int:
    return number >> 56


def apply(key: PuncturableKey, numbers: list[int]) -> PuncturableKey:
    for number in numbers:
        key = key.puncture(number)
    return key


def test_a_secret_is_made_as_in_the_paper() -> None:
    secret = ROOT
    for bit in f"{LAST - 5:080b}":
        secret = hmac.digest(secret, bytes((int(bit),)), "sha256")
    assert WHOLE.derive(LAST - 5) == secret


@settings(max_examples=60, deadline=None)
@given(st.lists(leaves, max_size=6), st.lists(leaves, max_size=6))
def test_what_is_punctured_is_gone_and_the_rest_is_unchanged(gone: list[int], others: list[int]) -> None:
    key = apply(WHOLE, gone)
    for number in gone:
        assert key.derive(number) is None
        assert not key.reaches(number)
        # Its neighbours share all of its way but the last step.
        for neighbour in {number ^ 1, number ^ 2} - set(gone):
            assert key.derive(neighbour) == WHOLE.derive(neighbour)
    for number in set(others) - set(gone):
        assert key.derive(number) == WHOLE.derive(number)
    assert key.id == WHOLE.id


@settings(max_examples=40, deadline=None)
@given(st.lists(leaves, max_size=5).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))), hours)
def test_the_order_does_not_matter(orders: tuple[list[int], list[int]], when: int) -> None:
    one, other = orders
    assert apply(WHOLE, one).nodes == apply(WHOLE, other).nodes
    assert apply(WHOLE, one).drop_before(when).nodes == apply(WHOLE.drop_before(when), other).nodes
    assert apply(apply(WHOLE, one), one).nodes == apply(WHOLE, one).nodes


@settings(max_examples=60, deadline=None)
@given(hours, st.lists(leaves, max_size=3), leaves)
def test_what_has_ended_is_dropped_as_one_range(when: int, gone: list[int], number: int) -> None:
    key = apply(WHOLE, gone).drop_before(when)
    assert not key.reaches_before(when)
    edges = {number, when << 56, (when << 56) - 1, ((when + 1) << 56) - 1}
    for one in edges - set(gone):
        if FIRST <= one <= LAST:
            assert key.derive(one) == (None if hour(one) < when else WHOLE.derive(one))
    assert key.drop_before(when).nodes == key.nodes
    assert key.drop_before(max(0, when - 1)).nodes == key.nodes


@settings(max_examples=60, deadline=None)
@given(st.lists(leaves, max_size=4), st.lists(leaves, max_size=4), hours, hours, leaves)
def test_two_copies_meet_in_what_both_still_have(
    mine: list[int], theirs: list[int], when: int, then: int, number: int
) -> None:
    one, other = apply(WHOLE, mine).drop_before(when), apply(WHOLE, theirs).drop_before(then)
    met = one.meet(other)
    assert met.nodes == other.meet(one).nodes
    for some in {number, *mine, *theirs}:
        both = one.reaches(some) and other.reaches(some)
        assert met.derive(some) == (WHOLE.derive(some) if both else None)
    assert met.nodes == apply(WHOLE, mine + theirs).drop_before(max(when, then)).nodes


def test_keys_of_two_trees_do_not_meet() -> None:
    with pytest.raises(ValueError, match="two trees"):
        WHOLE.meet(whole(bytes(32)))


@settings(max_examples=40, deadline=None)
@given(st.lists(leaves, max_size=5), hours)
def test_no_kept_secret_is_above_another_and_the_file_gives_it_back(gone: list[int], when: int) -> None:
    key = apply(WHOLE, gone).drop_before(when)
    for depth, prefix in key.nodes:
        assert not any((depth - up, prefix >> up) in key.nodes for up in range(1, depth + 1))
    assert decode_key(encode_key(key)) == key
    assert ROOT.hex().encode() not in encode_key(key) or not gone


def test_the_cost_is_known() -> None:
    key = WHOLE.puncture(LAST // 3)
    assert len(key.nodes) == DEPTH
    # A year of hours with one shredded person in each of the last thirty days, as the days go by.
    for day in range(30):
        key = key.puncture(leaf(470_000 + 24 * day, "person", f"p{day}"))
    assert len(key.nodes) < 32 * DEPTH
    assert len(key.drop_before(470_000 + 24 * 30).nodes) <= 2 * DEPTH
    assert len(encode_key(key)) < 300_000


def test_an_hour_is_over_when_its_data_are() -> None:
    assert hour_of(Micros(0)) == 0
    assert hour_of(Micros(1)) == 1
    assert hour_of(Micros(HOUR)) == 1
    assert hour_of(Micros(HOUR + 1)) == 2


def test_names_of_two_kinds_have_two_leaves() -> None:
    assert len({leaf(1, "person", "a"), leaf(1, "finder", "a"), leaf(1, "person", "b"), leaf(2, "person", "a")}) == 4
    # No hour leaves the tree, whatever somebody wrote into a row.
    assert leaf(1 << 24, "person", "a") == leaf((1 << 24) - 1, "person", "a") < 1 << DEPTH
    assert leaf(-1, "person", "a") == leaf(0, "person", "a")


def test_secrets_are_not_printed() -> None:
    assert ROOT.hex() not in f"{WHOLE!r}{WHOLE}"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_garbage_is_no_key(garbage: bytes) -> None:
    with pytest.raises(PeopleKeyDamagedError):
        decode_key(garbage)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_file_is_refused_or_another_key_but_never_a_crash(data: st.DataObject) -> None:
    content = bytearray(encode_key(WHOLE.puncture(7)))
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        key = decode_key(bytes(content))
    except PeopleKeyDamagedError:
        return
    assert all(0 <= prefix < 1 << depth for depth, prefix in key.nodes)


@pytest.mark.parametrize(
    "nodes", [[(0, "0", "00" * 32), (5, "1", "00" * 32)], [(3, "8", "00" * 32)], [(81, "0", "00" * 32)]]
)
def test_a_file_whose_nodes_are_no_tree_is_refused(nodes: list[tuple[int, str, str]]) -> None:
    with pytest.raises(PeopleKeyDamagedError):
        decode_key(msgspec.json.encode({"id": "00" * 32, "nodes": nodes}))
