"""How PACE maps a nonce to a generator (Doc 9303-11, 4.4.3.3; TR-03110-3, A.3.4 and A.3.5), from the chip's side."""

from dataclasses import dataclass, replace

from peripherals.documents.curves import Domain, EcDomain, Point
from peripherals.documents.modp import DhDomain
from peripherals.documents.passport.ciphers import SimulatedCipher, encrypt

#: The constants of the pseudo-random function, for blocks of 128 and of 256 bits.
_CONSTANTS = {
    16: ("a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"),
    32: (
        "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
        "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
    ),
}
#: Bits beyond the prime that make the reduced number as good as uniform.
_SURPLUS = 64
_BLUNDER = "this curve's prime leaves another remainder than 3 when divided by 4"


@dataclass(frozen=True, slots=True)
class SimulatedGroup:
    """A group with the generator that PACE agreed on; ``base`` None is the group's own.

    One face for curves and for prime fields: elements are bytes as they go over the wire.
    """

    domain: Domain
    base: Point | int | None = None

    def public(self, private: int) -> bytes:
        match self.domain:
            case EcDomain() as curve:
                assert not isinstance(self.base, int)  # noqa: S101 - points on curves
                return curve.encode(curve.multiply(private, self.base))
            case DhDomain() as field:
                assert not isinstance(self.base, Point)  # noqa: S101 - numbers in fields
                return field.encode(field.multiply(private, self.base))

    def secret(self, private: int, element: bytes) -> bytes:
        """Agree on a secret with another's public element.

        Raises:
            ChipDataError: that is none of this group.
        """
        match self.domain:
            case EcDomain() as curve:
                return curve.secret(private, curve.decode(element))
            case DhDomain() as field:
                return field.secret(private, field.decode(element))

    def order(self) -> int:
        return self.domain.order if isinstance(self.domain, EcDomain) else self.domain.q or self.domain.p - 1


def generic(group: SimulatedGroup, nonce: bytes, private: int, element: bytes) -> SimulatedGroup:
    """Map by an anonymous agreement: G' = s G + H (TR-03110-3, A.3.4.1 and A.3.5.1).

    Raises:
        ChipDataError: the terminal's element is none of this group.
    """
    number = int.from_bytes(nonce)
    match group.domain:
        case EcDomain() as curve:
            shared = curve.multiply(private, curve.decode(element))
            return replace(group, base=curve.add(curve.multiply(number), shared))
        case DhDomain() as field:
            return replace(
                group, base=field.add(field.multiply(number), field.multiply(private, field.decode(element)))
            )


def integrated(group: SimulatedGroup, suite: SimulatedCipher, nonce: bytes, theirs: bytes) -> SimulatedGroup:
    """Map by hashing both nonces into the group (TR-03110-3, A.3.4.2 and A.3.5.2)."""
    number = pseudo_random(suite, nonce, theirs, group.domain.p)
    match group.domain:
        case EcDomain() as curve:
            return replace(group, base=_point(curve, number))
        case DhDomain(p=p, q=q):
            assert q is not None  # noqa: S101 - the standardised groups all have one
            return replace(group, base=pow(number, (p - 1) // q, p))


def pseudo_random(suite: SimulatedCipher, nonce: bytes, theirs: bytes, prime: int) -> int:
    """R(s, t): a number below the prime (Doc 9303-11, 4.4.3.3.2). The nonce is keyed by the terminal's."""
    first, second = (bytes.fromhex(constant) for constant in _CONSTANTS[len(nonce)])
    key = encrypt(suite, theirs[: suite.key_length], nonce)
    numbers = bytearray()
    while 8 * len(numbers) < prime.bit_length() + _SURPLUS:
        shortened = key[: suite.key_length]
        numbers += encrypt(suite, shortened, second)
        key = encrypt(suite, shortened, first)
    return int.from_bytes(numbers) % prime


def _point(curve: EcDomain, number: int) -> Point:
    """Encode a number as a point, without branches on secrets in the standard (TR-03110-3, A.3.4.2.2)."""
    p, a, b = curve.p, curve.a, curve.b
    if p % 4 != 3:  # noqa: PLR2004 - the encoding takes a square root by one power
        raise ValueError(_BLUNDER)
    alpha = -number * number % p
    x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
    x3 = alpha * x2 % p
    height = (x2**3 + a * x2 + b) % p
    root = pow(height, p - 1 - (p + 1) // 4, p)
    if root * root * height % p == 1:
        return Point(x2, root * height % p)
    return Point(x3, root * number**3 * height % p)
