"""Orders to a bank of lockers, signed by the server: no door opens without one.

An order is signed as the bytes that it was written in (Ed25519, RFC 8032), behind a text that no other signature of
the system begins with, by a key that signs nothing else. It names one bank, one compartment and one claim, holds for
minutes, and is used once; the bank's agent keeps those that it has used.
"""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Annotated, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta

from queue_server.contract.base import Message, Uuid
from queue_server.domain.lockers import LockerVerb
from queue_server.domain.values import ConsularError

#: The longest time for which an order may hold.
MAX_LIFE: Final = timedelta(minutes=10)
_PURPOSE: Final = b"consular locker order 1|"

CompartmentName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$(?!\n)")]


class LockerOrder(Message, frozen=True):
    """What the server has decided of one compartment."""

    id: Uuid
    """Id of the order; each is used once."""
    bank: Uuid
    """Id of the bank of lockers, as the device that it is enrolled as."""
    compartment: CompartmentName
    """The compartment, as its door is labelled."""
    verb: LockerVerb
    """What is to be done with it."""
    claim: Uuid
    """The claim that was verified, or what staff began, for which this is done."""
    issued_at: datetime
    """When the server issued it (UTC)."""
    expires_at: datetime
    """Until when it holds (UTC); ten minutes after it was issued at the latest."""
    item: Uuid | None = None
    """The item that is meant; null for ``inspect``, and where ``settle`` says that nothing is in it."""


class SignedOrder(Message, frozen=True):
    """An order as it goes to the bank."""

    order: Annotated[str, Meta(max_length=2048, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
    """The order in JSON, as it was signed, in base64url without padding."""
    signature: Annotated[str, Meta(min_length=86, max_length=86, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
    """The signature of the key for orders, in base64url without padding."""


class OrderInvalidError(ConsularError):
    """What came is no order that the server has signed."""

    code = "locker-order-invalid"


def sign(order: LockerOrder, key: Ed25519PrivateKey) -> SignedOrder:
    """Sign an order; ``key`` signs nothing but orders."""
    return seal(order, signature(order, key))


def signature(order: LockerOrder, key: Ed25519PrivateKey) -> bytes:
    """Make the signature of an order, 64 bytes."""
    return key.sign(_PURPOSE + msgspec.json.encode(order))


def seal(order: LockerOrder, made: bytes) -> SignedOrder:
    """Put an order together with the signature that was made of it."""
    return SignedOrder(to_text(msgspec.json.encode(order)), to_text(made))


def public_text(key: Ed25519PublicKey) -> str:
    """Write a public key as ``read_public`` reads it: 32 bytes in base64url without padding."""
    return to_text(key.public_bytes_raw())


def read_public(text: str) -> Ed25519PublicKey:
    """Read a public key.

    Raises:
        ValueError: it is none.
    """
    return Ed25519PublicKey.from_public_bytes(from_text(text))


def verify(signed: SignedOrder, key: Ed25519PublicKey) -> LockerOrder:
    """Give the order that was signed. Whether it holds now, and for whom, is for the agent to judge.

    Raises:
        OrderInvalidError: another key signed it, or it was changed, or it is no order.
    """
    try:
        written = from_text(signed.order)
        key.verify(from_text(signed.signature), _PURPOSE + written)
        order = msgspec.json.decode(written, type=LockerOrder)
    except (InvalidSignature, binascii.Error, ValueError, msgspec.DecodeError, RecursionError) as error:
        raise OrderInvalidError from error
    if order.issued_at.tzinfo is None or order.expires_at.tzinfo is None:
        raise OrderInvalidError
    if not timedelta(0) < order.expires_at - order.issued_at <= MAX_LIFE:
        raise OrderInvalidError
    return order


def to_text(data: bytes) -> str:
    """Write bytes in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Read what ``to_text`` wrote.

    Raises:
        ValueError: it is none.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
