"""Keys of orders that follow each other: a bank believes a further one on the word of one that it knows.

The server gives each public key with a signature over it by each other one that counts (Ed25519, RFC 8032), behind a
text that no other signature of the system begins with. Who holds the line alone, and none of the keys, is not believed.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Annotated, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.contract.lockers import from_text, public_text, read_public, to_text

_PURPOSE: Final = b"consular locker key 1|"

PublicText = Annotated[str, Meta(min_length=43, max_length=43, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
SignatureText = Annotated[str, Meta(min_length=86, max_length=86, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]


class OrderKey(Message, frozen=True):
    """A key that signs orders."""

    key: PublicText
    """The public key (Ed25519), 32 bytes in base64url without padding."""
    endorsements: Annotated[tuple[SignatureText, ...], Meta(max_length=16)] = ()
    """Signatures over it by the other keys that count, each in base64url without padding."""


def endorsed(keys: Sequence[Ed25519PrivateKey]) -> tuple[OrderKey, ...]:
    """Say which keys count, each with the word of all others for it."""
    return tuple(
        OrderKey(
            public_text(key.public_key()),
            tuple(to_text(other.sign(_said(key.public_key().public_bytes_raw()))) for other in keys if other != key),
        )
        for key in keys
    )


def believed(known: Sequence[str], offered: Iterable[OrderKey]) -> tuple[str, ...]:
    """Give the keys by which orders are known from now on: those of the offered that one that is known speaks for.

    Known ones that are not offered any more go; where none of the offered is believed all stays as it is.
    """
    found = tuple(one.key for one in offered if one.key in known or _is_endorsed(one, known))
    return found or tuple(known)


def _is_endorsed(one: OrderKey, known: Iterable[str]) -> bool:
    for text, word in product(known, one.endorsements):
        try:
            read_public(one.key)
            read_public(text).verify(from_text(word), _said(from_text(one.key)))
        except (InvalidSignature, ValueError):
            continue
        return True
    return False


def _said(key: bytes) -> bytes:
    return _PURPOSE + key
