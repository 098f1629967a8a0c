"""Domain parameters of chips and their certificates: the curves of BSI TR-03110-3 (A.2.1.1), by id, OID or value.

Stands on ``ecdsa`` for arithmetic, which has the curves that ``cryptography`` lacks (brainpoolP224r1 and P320r1).
It is plain Python and not constant in time: right for checking signatures and for a reader's one-shot ephemeral
key on a local device, wrong for any long-term key.

A curve given by value is found among the known ones or refused. An unknown curve is never used: its parameters may
be made so that a signature holds for whoever made them (CVE-2020-0601 did that).
"""

import secrets
from dataclasses import dataclass
from typing import Any

from ecdsa import curves as library
from ecdsa import ecdsa as signing
from ecdsa import ellipticcurve, numbertheory

from peripherals.documents.modp import MODP, DhDomain
from peripherals.errors import ChipDataError

_UNCOMPRESSED = 0x04
_COMPRESSED = (0x02, 0x03)


@dataclass(frozen=True, slots=True)
class Point:
    """A point other than the neutral one, affine."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class EcDomain:
    """A named curve of cofactor 1, so that every point on it is in the group of its generator."""

    name: str
    oid: str
    _library: Any

    @property
    def p(self) -> int:
        return int(self._library.curve.p())

    @property
    def a(self) -> int:
        """The coefficient, in 0 ... p-1."""
        return int(self._library.curve.a()) % self.p

    @property
    def b(self) -> int:
        return int(self._library.curve.b()) % self.p

    @property
    def order(self) -> int:
        return int(self._library.order)

    @property
    def generator(self) -> Point:
        generator = self._library.generator
        return Point(int(generator.x()), int(generator.y()))

    @property
    def size(self) -> int:
        """Bytes of a coordinate."""
        return (self.p.bit_length() + 7) // 8

    @property
    def order_size(self) -> int:
        """Bytes of a number below the order: of r and s of a signature."""
        return (self.order.bit_length() + 7) // 8

    def draw(self) -> int:
        """Draw a private key."""
        return secrets.randbelow(self.order - 1) + 1

    def multiply(self, private: int, point: Point | None = None) -> Point:
        """Multiply a point, the generator if none is given.

        Raises:
            ChipDataError: what comes out is the neutral element.
        """
        base = self._library.generator if point is None else self._jacobi(point)
        return self._point(base * private)

    def add(self, one: Point, other: Point) -> Point:
        """Add two points.

        Raises:
            ChipDataError: what comes out is the neutral element.
        """
        return self._point(self._jacobi(one) + self._jacobi(other))

    def contains(self, point: Point) -> bool:
        p = self.p
        inside = 0 <= point.x < p and 0 <= point.y < p
        return inside and (point.y * point.y - (point.x**3 + self.a * point.x + self.b)) % p == 0

    def encode(self, point: Point) -> bytes:
        """Write a point uncompressed: 04, x, y (TR-03111, 3.2.1)."""
        return bytes([_UNCOMPRESSED]) + point.x.to_bytes(self.size) + point.y.to_bytes(self.size)

    def decode(self, raw: bytes | memoryview) -> Point:
        """Read a point, uncompressed or compressed.

        Raises:
            ChipDataError: no point of this curve.
        """
        size = self.size
        if len(raw) == 1 + 2 * size and raw[0] == _UNCOMPRESSED:
            point = Point(int.from_bytes(raw[1 : 1 + size]), int.from_bytes(raw[1 + size :]))
        elif len(raw) == 1 + size and raw[0] in _COMPRESSED:
            x = int.from_bytes(raw[1:])
            y = self._square_root(x**3 + self.a * x + self.b)
            point = Point(x, y if y & 1 == raw[0] & 1 else self.p - y)
        else:
            raise ChipDataError(file="key", fault="point-form")
        if not self.contains(point):
            raise ChipDataError(file="key", fault="point-not-on-curve")
        return point

    def secret(self, private: int, point: Point) -> bytes:
        """Agree on a shared secret: the x-coordinate, as long as the field (TR-03111, 4.3).

        Raises:
            ChipDataError: what comes out is the neutral element.
        """
        return self.multiply(private, point).x.to_bytes(self.size)

    def verify(self, public: Point, digest: bytes, r: int, s: int) -> bool:
        """Check an ECDSA signature over a hash value, of which the leftmost bits count (TR-03111, 4.2.1.2)."""
        if not (0 < r < self.order and 0 < s < self.order):
            return False
        excess = max(0, 8 * len(digest) - self.order.bit_length())
        key = signing.Public_key(self._library.generator, self._jacobi(public), verify=False)
        return bool(key.verifies(int.from_bytes(digest) >> excess, signing.Signature(r, s)))

    def _square_root(self, square: int) -> int:
        try:
            return int(numbertheory.square_root_mod_prime(square % self.p, self.p))
        except numbertheory.SquareRootError as error:
            raise ChipDataError(file="key", fault="point-not-on-curve") from error

    def _jacobi(self, point: Point) -> Any:
        return ellipticcurve.PointJacobi(self._library.curve, point.x, point.y, 1, self.order)

    @staticmethod
    def _point(result: Any) -> Point:
        if result == ellipticcurve.INFINITY:
            raise ChipDataError(file="key", fault="key-neutral")
        affine = result.to_affine()
        return Point(int(affine.x()), int(affine.y()))


type Domain = EcDomain | DhDomain

#: SEC 2 (RFC 5480, 2.1.1.1).
_SECP = (
    EcDomain("secp192r1", "1.2.840.10045.3.1.1", library.NIST192p),
    EcDomain("secp224r1", "1.3.132.0.33", library.NIST224p),
    EcDomain("secp256r1", "1.2.840.10045.3.1.7", library.NIST256p),
    EcDomain("secp384r1", "1.3.132.0.34", library.NIST384p),
    EcDomain("secp521r1", "1.3.132.0.35", library.NIST521p),
)
#: RFC 5639: the OIDs of the "r1" curves are the odd ones of 1.3.36.3.3.2.8.1.1.
_BRAINPOOL = [
    EcDomain(f"brainpoolP{size}r1", f"1.3.36.3.3.2.8.1.1.{2 * at + 1}", getattr(library, f"BRAINPOOLP{size}r1"))
    for at, size in enumerate((160, 192, 224, 256, 320, 384, 512))
]
#: Every curve that is known here, by name.
CURVES = {curve.name: curve for curve in (*_SECP, *_BRAINPOOL)}
_BY_OID = {curve.oid: curve for curve in CURVES.values()}
_BY_VALUE = {(curve.p, curve.b): curve for curve in CURVES.values()}
_STANDARDISED_CURVES = (
    "secp192r1",
    "brainpoolP192r1",
    "secp224r1",
    "brainpoolP224r1",
    "secp256r1",
    "brainpoolP256r1",
    "brainpoolP320r1",
    "secp384r1",
    "brainpoolP384r1",
    "brainpoolP512r1",
    "secp521r1",
)
#: The standardised domain parameters of TR-03110-3 (table 4) and 9303-11 (9.5.1), by their ids 0-2 and 8-18.
STANDARDISED: dict[int, Domain] = {
    **dict(enumerate(MODP)),
    **{at: CURVES[name] for at, name in enumerate(_STANDARDISED_CURVES, start=8)},
}


def by_oid(oid: str) -> EcDomain:
    """Give the curve of an OID, dotted.

    Raises:
        ChipDataError: a curve that is not known here.
    """
    try:
        return _BY_OID[oid]
    except KeyError:
        raise ChipDataError(file="key", fault="curve-unknown") from None


def by_value(*, p: int, a: int, b: int, generator: bytes, order: int, cofactor: int | None) -> EcDomain:
    """Give the known curve that explicit parameters describe, every one of them.

    Args:
        p: prime of the field.
        a: coefficient, also as a negative number.
        b: coefficient.
        generator: the base point, uncompressed or compressed.
        order: of the base point.
        cofactor: None where it was left out.

    Raises:
        ChipDataError: they describe no curve that is known here, or one with another base point.
    """
    domain = _BY_VALUE.get((p, b))
    if domain is None:
        raise ChipDataError(file="key", fault="curve-unknown")
    if a % p != domain.a or order != domain.order or cofactor not in {None, 1}:
        raise ChipDataError(file="key", fault="curve-altered")
    if domain.decode(generator) != domain.generator:
        raise ChipDataError(file="key", fault="curve-altered")
    return domain
