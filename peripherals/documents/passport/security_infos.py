"""SecurityInfos: what a chip says it can do (Doc 9303-11, 9.2; TR-03110-3, A.1.1)."""

from enum import StrEnum

from asn1crypto import core

from peripherals.documents import ber
from peripherals.documents.curves import STANDARDISED, Domain, EcDomain
from peripherals.documents.modp import DhDomain
from peripherals.documents.passport.chip_authentication import StaticKey
from peripherals.documents.passport.chip_pace import Protocol
from peripherals.documents.passport.keys import ec_public_info

ACTIVE_AUTHENTICATION = "2.23.136.1.1.5"
SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"
#: ecdsa-plain-signatures of TR-03111, 5.2.1.
_PLAIN_ECDSA = "0.4.0.127.0.7.1.1.4.1"
_PLAIN_HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")
_STANDARDISED_PARAMETERS = "0.4.0.127.0.7.1.2"
_X9_42 = "1.2.840.10046.2.1"
_PKCS3 = "1.2.840.113549.1.3.1"
_PACE_VERSION, _VERSION = 2, 1


class Parameters(StrEnum):
    """How a public key says which group it is of."""

    STANDARDISED = "standardised"
    NAMED = "named"
    EXPLICIT = "explicit"
    #: PKCS #3, for prime fields: p and g without the order.
    PKCS3 = "pkcs3"


def sequence(*parts: bytes) -> bytes:
    return ber.encode(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Write a SET OF in DER: its elements sorted by their bytes (X.690, 11.6)."""
    return ber.encode(0x31, *sorted(parts))


def pace_info(protocol: Protocol) -> bytes:
    return pace_offer(protocol.oid, protocol.parameters)


def pace_offer(oid: str, parameters: int | None, version: int = _PACE_VERSION) -> bytes:
    """Write a PACEInfo (Doc 9303-11, 9.2.1), also one that nobody can use."""
    return sequence(_oid(oid), _number(version), *(() if parameters is None else (_number(parameters),)))


def malformed_offer(oid: str) -> bytes:
    """Write a PACEInfo whose version is no number."""
    return sequence(_oid(oid), core.OctetString(b"2").dump())


def pace_parameter_info(protocol: Protocol) -> bytes:
    """Write the parameters of one protocol out (Doc 9303-11, 9.2.2)."""
    family = protocol.oid.rpartition(".")[0]
    algorithm, _ = _public_key(protocol.group.domain, b"\x04", Parameters.EXPLICIT)
    return sequence(_oid(family), algorithm, _number(protocol.parameters))


def chip_authentication_info(key: StaticKey) -> bytes:
    number = () if key.number is None else (_number(key.number),)
    return sequence(_oid(key.protocol_oid), _number(_VERSION), *number)


def chip_authentication_key(key: StaticKey, parameters: Parameters) -> bytes:
    """Write a public key of the chip (Doc 9303-11, 9.2.6)."""
    algorithm, public = _public_key(key.domain, key.public, parameters)
    number = () if key.number is None else (_number(key.number),)
    return sequence(_oid(key.key_oid), sequence(algorithm, public), *number)


def active_authentication_info(digest: str) -> bytes:
    """Say which hash an elliptic Active Authentication uses (Doc 9303-11, 9.2.4)."""
    plain = f"{_PLAIN_ECDSA}.{_PLAIN_HASHES.index(digest) + 1}"
    return sequence(_oid(ACTIVE_AUTHENTICATION), _number(_VERSION), _oid(plain))


def _public_key(domain: Domain, public: bytes, parameters: Parameters) -> tuple[bytes, bytes]:
    """Give AlgorithmIdentifier and key of a SubjectPublicKeyInfo."""
    if isinstance(domain, EcDomain):
        bits = _bits(public)
        if parameters is Parameters.STANDARDISED:
            return _standardised(domain), bits
        info = ec_public_info(domain.name, public, explicit=parameters is Parameters.EXPLICIT)
        algorithm = ber.parse_one(info).children()[0]
        return ber.encode(algorithm.tag, algorithm.value), bits
    bits = _bits(_number(int.from_bytes(public)))
    if parameters is Parameters.STANDARDISED:
        return _standardised(domain), bits
    return _field(domain, parameters), bits


def _field(domain: DhDomain, parameters: Parameters) -> bytes:
    prime, generator = _number(domain.p), _number(domain.g)
    if parameters is Parameters.PKCS3 or domain.q is None:
        return sequence(_oid(_PKCS3), sequence(prime, generator))
    return sequence(_oid(_X9_42), sequence(prime, generator, _number(domain.q)))


def _standardised(domain: Domain) -> bytes:
    number = next(number for number, known in STANDARDISED.items() if known == domain)
    return sequence(_oid(_STANDARDISED_PARAMETERS), _number(number))


def _bits(raw: bytes) -> bytes:
    """Write a BIT STRING of whole bytes."""
    return ber.encode(0x03, b"\0", raw)


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _number(value: int) -> bytes:
    return bytes(core.Integer(value).dump())
