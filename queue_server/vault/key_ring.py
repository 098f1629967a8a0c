"""The keys of one name: the one that makes, and those beside it that still count. Pure.

A key is changed in two steps: the next one is brought to every server, which accepts it from then on; then the database
says from which moment on it makes. What was made by the one before counts until an end that the database says too.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from queue_server.domain.values import ConsularError, Micros
from queue_server.signing import fingerprint

#: A key that was never changed makes from then on.
BEGINNING: Final = Micros(0)
#: SEC 2, section 2.4.2.
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class KeysMismatchError(ConsularError):
    """The key ``name`` that counts in this database is not in ``DATA/keys``."""

    code = "keys-mismatch"


class KeyPeriod(msgspec.Struct, frozen=True):
    """What a database says of a key: from when on it makes, and until when what it made counts; None without an end."""

    fingerprint: str
    since: Micros
    until: Micros | None = None

    def counts_at(self, now: Micros) -> bool:
        return self.until is None or now < self.until


class KeyRing(msgspec.Struct, frozen=True, dict=True):
    """The keys of one name, 32 bytes each: ``key`` makes, ``others`` are accepted beside it, ``spent`` count no more.

    ``history`` says from when on each made that is still here, the oldest first, and ``ends`` until when what one made
    counts, where it has an end. Iterating gives those that count, the
    one that makes first.
    """

    key: bytes
    others: tuple[bytes, ...] = ()
    spent: tuple[bytes, ...] = ()
    history: tuple[tuple[Micros, bytes], ...] = ()
    ends: tuple[tuple[bytes, Micros], ...] = ()

    def __repr__(self) -> str:
        return "KeyRing(...)"

    def __iter__(self) -> Iterator[bytes]:
        yield self.key
        yield from self.others

    @property
    def held(self) -> tuple[bytes, ...]:
        return (self.key, *self.others, *self.spent)

    def at(self, moment: Micros) -> bytes:
        """Give the key that made at a moment; where that one is gone, the one that makes now."""
        made = [key for since, key in self.history if since <= moment]
        return made[-1] if made else self.key

    @property
    def was_changed(self) -> bool:
        """Whether another one makes than the first."""
        return any(since > BEGINNING and key == self.key for since, key in self.history)

    @cached_property
    def openers(self) -> tuple[X25519PrivateKey, ...]:
        """What opens what was sealed to these keys; made once, since each ticket with a document asks for it."""
        return tuple(X25519PrivateKey.from_private_bytes(key) for key in self)

    @cached_property
    def on_p256(self) -> tuple[ec.EllipticCurvePrivateKey, ...]:
        """These keys on the curve P-256; made once, since each page of a ticket asks for the public one."""
        # Every number from 1 up to the order of the curve, but for the order itself, is a key (SEC 1, section 3.2.1).
        numbers = (int.from_bytes(key) % (_P256_ORDER - 1) + 1 for key in self)
        return tuple(ec.derive_private_key(number, ec.SECP256R1()) for number in numbers)


def fingerprint_of(name: str, key: bytes) -> str:
    """Name a key without telling it: SHA-256 over its name and its bytes (the public ones where it has such)."""
    match name:
        case "signing" | "lockers":
            key = Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
        case "documents":
            key = X25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()
    return fingerprint(name, key)


def ring_of(name: str, held: Sequence[bytes], periods: Sequence[KeyPeriod], now: Micros) -> KeyRing:
    """Say what each of the keys that are ``held`` is good for at ``now``; ``periods`` are those of the database.

    One that the database does not know yet is accepted: it was prepared, and another server may hear first that it
    makes. One that is missing makes nothing any more, and what it made is not known again.

    Raises:
        KeysMismatchError: the newest one of the database is not among them.
    """
    known = {fingerprint_of(name, key): key for key in held}
    ordered = sorted(periods, key=lambda one: one.since)
    if ordered[-1].fingerprint not in known:
        raise KeysMismatchError(name=name)
    there = [one for one in ordered if one.fingerprint in known]
    begun = [one for one in there if one.since <= now]
    making = known[(begun[-1] if begun else there[0]).fingerprint]
    spent = {known[one.fingerprint] for one in there if not one.counts_at(now)} - {making}
    others = tuple(key for key in reversed(held) if key != making and key not in spent)
    history = tuple((one.since, known[one.fingerprint]) for one in there)
    ends = tuple((known[one.fingerprint], one.until) for one in there if one.until is not None)
    return KeyRing(making, others, tuple(spent), history, ends)
