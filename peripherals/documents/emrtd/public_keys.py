"""Public keys of documents: SubjectPublicKeyInfo of RFC 5280 (4.1.2.7) with what documents make of it.

Pure. Curves come by name, by the standardised id of TR-03110-3, or by value (RFC 3279, 2.3.5): those that
``cryptography`` refuses too. RSA, elliptic curves, and Diffie-Hellman of PKCS #3 and X9.42.
"""

from dataclasses import dataclass

from peripherals.documents import ber, curves, modp
from peripherals.errors import ChipDataError

_SEQUENCE, _INTEGER, _BITS, _OID, _OCTETS, _NULL = 0x30, 0x02, 0x03, 0x06, 0x04, 0x05
_RSA = frozenset({"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"})
#: id-ecPublicKey, and id-ecDH, which some write for the same.
_EC = frozenset({"1.2.840.10045.2.1", "1.3.132.1.12"})
_PKCS3_DH, _X942_DH = "1.2.840.113549.1.3.1", "1.2.840.10046.2.1"
#: standardizedDomainParameters (TR-03110-3, A.2.1.1).
_STANDARDISED = "0.4.0.127.0.7.1.2"
_PRIME_FIELD = "1.2.840.10045.1.1"
#: Bits of an RSA modulus.
RSA_BITS = (1024, 8192)
_EXPONENT_BITS = 64
_OID_BYTES = 32


@dataclass(frozen=True, slots=True)
class ChipRsaKey:
    modulus: int
    exponent: int

    @property
    def size(self) -> int:
        """Bytes of a signature."""
        return (self.modulus.bit_length() + 7) // 8


@dataclass(frozen=True, slots=True)
class ChipEcKey:
    domain: curves.EcDomain
    point: curves.Point


@dataclass(frozen=True, slots=True)
class DhKey:
    domain: modp.DhDomain
    element: int


type PublicKey = ChipRsaKey | ChipEcKey | DhKey


def public_key(info: bytes | memoryview) -> PublicKey:
    """Read a SubjectPublicKeyInfo and check the key: its size, its domain parameters, that it lies in its group.

    Raises:
        ChipDataError: no key, or none that is taken. Placeholder ``fault``.
    """
    algorithm, bits = _fields(ber.parse_one(info, tag=_SEQUENCE), (_SEQUENCE, _BITS))
    raw = _bit_string(bits.value)
    oid, parameters = _algorithm(algorithm)
    if oid in _RSA:
        return _rsa(raw)
    domain = _domain(oid, parameters)
    if isinstance(domain, curves.EcDomain):
        return ChipEcKey(domain, domain.decode(raw))
    # The key of a finite field is an INTEGER in the bits, or its bare bytes where the group is a standardised one.
    if oid == _STANDARDISED and len(raw) == domain.size:
        return DhKey(domain, domain.decode(raw))
    return DhKey(domain, domain.decode(ber.parse_one(raw, tag=_INTEGER).value))


def domain_parameters(algorithm: bytes | memoryview) -> curves.Domain:
    """Read an AlgorithmIdentifier that names domain parameters.

    Raises:
        ChipDataError: parameters that are not known here, or none that are taken.
    """
    return _domain(*_algorithm(ber.parse_one(algorithm, tag=_SEQUENCE)))


def oid_text(raw: bytes | memoryview) -> str:
    """Write the contents of an OBJECT IDENTIFIER dotted (X.690, 8.19).

    Raises:
        ChipDataError: none, or longer than any in use.
    """
    if not 1 <= len(raw) <= _OID_BYTES or raw[-1] & 0x80:
        raise ChipDataError(fault="oid")
    arcs: list[int] = []
    arc = 0
    for byte in raw:
        arc = arc << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def integer(value: bytes | memoryview) -> int:
    """Read the contents of an INTEGER that must not be negative.

    Raises:
        ChipDataError: empty or negative.
    """
    if not value or value[0] & 0x80:
        raise ChipDataError(fault="integer")
    return int.from_bytes(value)


def _algorithm(element: ber.Tlv) -> tuple[str, ber.Tlv | None]:
    parts = element.children(limit=2)
    if not parts or parts[0].tag != _OID:
        raise ChipDataError(fault="algorithm")
    return oid_text(parts[0].value), parts[1] if len(parts) > 1 else None


def _domain(oid: str, parameters: ber.Tlv | None) -> curves.Domain:
    if parameters is None:
        raise ChipDataError(fault="parameters-missing")
    if oid == _STANDARDISED:
        known = curves.STANDARDISED.get(integer(parameters.value)) if parameters.tag == _INTEGER else None
        if known is None:
            raise ChipDataError(fault="parameters-unknown")
        return known
    if oid in _EC:
        if parameters.tag == _OID:
            return curves.by_oid(oid_text(parameters.value))
        return _explicit_curve(parameters)
    if oid in {_PKCS3_DH, _X942_DH}:
        numbers = [integer(part.value) for part in _prefix(parameters, _INTEGER)]
        if len(numbers) < 2:  # noqa: PLR2004 - prime and generator
            raise ChipDataError(fault="parameters")
        # X9.42 goes on with the order of the generator, PKCS #3 with the length of a private value.
        order = numbers[2] if oid == _X942_DH and len(numbers) > 2 else None  # noqa: PLR2004 - the third of them
        return modp.explicit(numbers[0], numbers[1], order)
    raise ChipDataError(fault="algorithm-unknown")


def _explicit_curve(parameters: ber.Tlv) -> curves.EcDomain:
    """Read ECParameters (RFC 3279, 2.3.5): version, field, curve, base, order, and a cofactor that may be left out."""
    if parameters.tag != _SEQUENCE:
        raise ChipDataError(fault="parameters")
    fields = parameters.children(limit=6)
    wanted = (_INTEGER, _SEQUENCE, _SEQUENCE, _OCTETS, _INTEGER, _INTEGER)
    if len(fields) < len(wanted) - 1 or any(part.tag != tag for part, tag in zip(fields, wanted, strict=False)):
        raise ChipDataError(fault="parameters")
    kind, prime = _fields(fields[1], (_OID, _INTEGER))
    if oid_text(kind.value) != _PRIME_FIELD:
        raise ChipDataError(fault="field-unknown")
    coefficients = fields[2].children(limit=3)
    if len(coefficients) < 2 or any(part.tag != _OCTETS for part in coefficients[:2]):  # noqa: PLR2004 - a and b
        raise ChipDataError(fault="parameters")
    return curves.by_value(
        p=integer(prime.value),
        a=int.from_bytes(coefficients[0].value),
        b=int.from_bytes(coefficients[1].value),
        generator=bytes(fields[3].value),
        order=integer(fields[4].value),
        cofactor=integer(fields[5].value) if len(fields) == len(wanted) else None,
    )


def _rsa(raw: memoryview) -> ChipRsaKey:
    modulus, exponent = (integer(part.value) for part in _fields(ber.parse_one(raw, tag=_SEQUENCE), (_INTEGER,) * 2))
    low, high = RSA_BITS
    if not low <= modulus.bit_length() <= high or modulus % 2 == 0:
        raise ChipDataError(fault="modulus")
    if exponent < 3 or exponent % 2 == 0 or exponent.bit_length() > _EXPONENT_BITS:  # noqa: PLR2004 - the smallest there is
        raise ChipDataError(fault="exponent")
    return ChipRsaKey(modulus, exponent)


def _fields(element: ber.Tlv, tags: tuple[int, ...]) -> tuple[ber.Tlv, ...]:
    """Give the parts of a sequence that has just these."""
    parts = element.children(limit=len(tags))
    if tuple(part.tag for part in parts) != tags:
        raise ChipDataError(fault="sequence")
    return parts


def _prefix(element: ber.Tlv, tag: int) -> list[ber.Tlv]:
    """Give the parts of a sequence up to the first of another tag."""
    found: list[ber.Tlv] = []
    if element.tag != _SEQUENCE:
        raise ChipDataError(fault="sequence")
    for part in element.children(limit=8):
        if part.tag != tag:
            break
        found.append(part)
    return found


def _bit_string(value: memoryview) -> memoryview:
    if not value or value[0] != 0:
        raise ChipDataError(fault="bits")
    return value[1:]
