"""How PACE maps a nonce to a generator: 9303-11, 4.4.3.3.

Pure. Generic mapping adds an agreed point; integrated mapping hashes the nonce into the group, on curves with the
encoding of 9303-11 appendix B.2 (Brier and others), which needs a prime that is 3 modulo 4.
"""

from typing import Protocol

from peripherals.documents.curves import EcDomain, Point
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.documents.modp import DhDomain
from peripherals.errors import ChipDataError

#: The constants of the pseudo-random function, by the bytes of the nonce (9303-11, 4.4.3.3.2).
_CONSTANTS = {
    16: (
        bytes.fromhex("a668892a7c41e3ca739f40b057d85904"),
        bytes.fromhex("a4e136ac725f738b01c1f60217c188ad"),
    ),
    32: (
        bytes.fromhex("d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676"),
        bytes.fromhex("54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517"),
    ),
}
#: How many bits more than the prime has are made, so that the remainder is near to uniform.
_MARGIN = 64


class DomainGroup[E](Protocol):
    """What domain parameters have in common, over curves and finite fields; ``E`` is an element."""

    @property
    def p(self) -> int: ...

    @property
    def size(self) -> int: ...

    def multiply(self, private: int, element: E | None = None, /) -> E: ...

    def add(self, one: E, other: E, /) -> E: ...

    def encode(self, element: E, /) -> bytes: ...

    def decode(self, raw: bytes, /) -> E: ...

    def secret(self, private: int, element: E, /) -> bytes: ...


def generic[E](group: DomainGroup[E], nonce: bytes, agreed: E) -> E:
    """Map a nonce with an agreed element (9303-11, 4.4.3.3.1).

    Raises:
        ChipDataError: what comes out generates nothing.
    """
    return group.add(group.multiply(int.from_bytes(nonce)), agreed)


def pseudo_random(suite: CipherSuite, nonce: bytes, own: bytes, prime: int) -> int:
    """Hash the chip's nonce and the terminal's to a number below the prime (9303-11, 4.4.3.3.2).

    Raises:
        ChipDataError: a nonce of a length that has no constants, or too short to give keys.
    """
    if len(nonce) not in _CONSTANTS or len(nonce) < suite.key_bytes:
        raise ChipDataError(fault="nonce")
    first, second = _CONSTANTS[len(nonce)]
    key = suite.encrypt(own, nonce)[: suite.key_bytes]
    made = b""
    while 8 * len(made) < prime.bit_length() + _MARGIN:
        made += suite.encrypt(key, second)
        key = suite.encrypt(key, first)[: suite.key_bytes]
    return int.from_bytes(made) % prime


def integrated_curve(domain: EcDomain, number: int) -> Point:
    """Encode a number as a point (9303-11, appendix B.2).

    Raises:
        ChipDataError: a curve that has no such encoding, or a number that has none.
    """
    p, a, b = domain.p, domain.a, domain.b
    alpha = -number * number % p
    both = (alpha + alpha * alpha) % p
    if p % 4 != 3 or both == 0:  # noqa: PLR2004 - the condition of the encoding
        raise ChipDataError(fault="mapping")
    x = -b * (1 + both) * pow(a * both, -1, p) % p
    square = (x**3 + a * x + b) % p
    # This is the inverse of the square root where there is one, and the other branch of the encoding where not.
    inverse_root = pow(square, p - 1 - (p + 1) // 4, p)
    if inverse_root * inverse_root * square % p == 1:
        return Point(x, inverse_root * square % p)
    return Point(alpha * x % p, inverse_root * number**3 * square % p)


def integrated_modp(domain: DhDomain, number: int) -> int:
    """Raise a number into the subgroup (9303-11, 4.4.3.3.2).

    Raises:
        ChipDataError: a group without a known order, or a number that gives 1.
    """
    if domain.q is None:
        raise ChipDataError(fault="mapping")
    element = pow(number, (domain.p - 1) // domain.q, domain.p)
    if element <= 1:
        raise ChipDataError(fault="mapping")
    return element
