"""Orders that the server signs: taken as they were written, and nothing else."""

import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract import lockers
from queue_server.contract.lockers import OrderInvalidError, SignedOrder, sign, verify
from tests.peripherals.lockers.orders import ITEM, KEY, order

PUBLIC = KEY.public_key()
ORDER = order("collect", "A1", ITEM, at=1_800_000_000.0)


def test_an_order_is_what_was_signed() -> None:
    assert verify(sign(ORDER, KEY), PUBLIC) == ORDER


def refused(signed: SignedOrder) -> None:
    with pytest.raises(OrderInvalidError):
        verify(signed, PUBLIC)


@given(st.data())
def test_a_changed_bit_is_refused(data: st.DataObject) -> None:
    signed = sign(ORDER, KEY)
    field = data.draw(st.sampled_from(["order", "signature"]))
    raw = bytearray(base64.urlsafe_b64decode(getattr(signed, field) + "=="))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    refused(msgspec.structs.replace(signed, **{field: base64.urlsafe_b64encode(raw).rstrip(b"=").decode()}))


@given(st.text(max_size=60), st.text(max_size=90))
def test_anything_else_is_refused(text: str, signature: str) -> None:
    refused(SignedOrder(text, signature))


def test_another_key_and_another_purpose_are_refused() -> None:
    refused(sign(ORDER, Ed25519PrivateKey.generate()))
    written = msgspec.json.encode(ORDER)
    signed = sign(ORDER, KEY)
    refused(msgspec.structs.replace(signed, signature=lockers.to_text(KEY.sign(written))))


def test_an_order_that_holds_too_long_or_not_at_all_is_refused() -> None:
    for life_s in (601.0, 0.0, -1.0):
        refused(sign(order("collect", "A1", ITEM, at=1_800_000_000.0, life_s=life_s), KEY))
    naive = msgspec.structs.replace(ORDER, issued_at=ORDER.issued_at.replace(tzinfo=None))
    refused(sign(naive, KEY))
