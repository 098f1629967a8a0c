"""Keys of orders that follow each other: believed on the word of one that is known, and on nothing else."""

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.lockers import public_text, sign, to_text
from queue_server.contract.order_keys import OrderKey, believed, endorsed
from tests.peripherals.lockers.orders import ITEM, order

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(6)]
TEXTS = [public_text(key.public_key()) for key in KEYS]

some = st.lists(st.sampled_from(range(6)), unique=True, max_size=6)


@given(known=some.filter(bool), counting=some)
def test_whoever_knows_one_that_counts_knows_all_that_count(known: list[int], counting: list[int]) -> None:
    found = believed([TEXTS[one] for one in known], endorsed([KEYS[one] for one in counting]))
    counts = [TEXTS[one] for one in counting]
    # A stranger's keys change nothing.
    assert list(found) == (counts if set(known) & set(counting) else [TEXTS[one] for one in known])


@given(known=some.filter(bool), taken=st.data())
def test_a_changed_word_is_none(known: list[int], taken: st.DataObject) -> None:
    first, *_ = known
    following = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    offered = endorsed([following, KEYS[first]])[0]
    bit = taken.draw(st.integers(0, 64 * 8 - 1))
    raw = bytearray(KEYS[first].sign(b"consular locker key 1|" + following.public_key().public_bytes_raw()))
    assert offered.endorsements == (to_text(bytes(raw)),)
    raw[bit // 8] ^= 1 << bit % 8
    texts = tuple(TEXTS[one] for one in known)
    assert believed(texts, [msgspec.structs.replace(offered, endorsements=(to_text(bytes(raw)),))]) == texts
    # For another key the word says nothing.
    other = public_text(Ed25519PrivateKey.from_private_bytes(b"o" * 32).public_key())
    assert believed(texts, [OrderKey(other, offered.endorsements)]) == texts


@given(key=st.text(max_size=60), words=st.lists(st.text(max_size=90), max_size=4))
def test_whatever_else_is_offered_changes_nothing(key: str, words: list[str]) -> None:
    assert believed(TEXTS[:1], [OrderKey(key, tuple(words))]) == (TEXTS[0],)


def test_no_signature_of_an_order_speaks_for_a_key_and_none_of_a_key_is_an_order() -> None:
    signed = sign(order("collect", "A1", ITEM, at=1_800_000_000.0), KEYS[0])
    assert believed(TEXTS[:1], [OrderKey(TEXTS[1], (signed.signature,))]) == (TEXTS[0],)
    assert believed(TEXTS[:1], ()) == (TEXTS[0],)
