"""EF.SOD: the hashes of the data groups, signed by the state (ICAO Doc 9303-10, 4.6.2)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from asn1crypto import core

from peripherals.documents import ber
from peripherals.documents.lds.files import SOD, TAGS, Raw
from peripherals.documents.trust import cms
from peripherals.documents.trust.algorithms import HASHES
from peripherals.documents.trust.asn1 import bounded, reading
from peripherals.documents.trust.cms import SignedMessage
from peripherals.errors import ChipDataError, TrustError

_TAG = 0x77
#: Real ones have 1 to 4 kB.
_LONGEST = 65_536
#: The OID of the standard, and two that were used before it was fixed: by ICAO, and on Dutch documents.
_CONTENT_TYPES = frozenset({"2.23.136.1.1.1", "1.3.27.1.1.1", "1.2.528.1.1006.1.20.1"})
#: Entries of the list: sixteen data groups, and as many again that nobody knows.
_ENTRIES = 2 * len(TAGS)
_SEQUENCE, _INTEGER, _OID, _OCTETS = 0x30, 0x02, 0x06, 0x04


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """``hashes`` are those of the data groups, by number; ``hash`` is the name of their function in ``hashlib``.

    ``unknown`` are numbers above 16, which some states sign and no standard knows.

    ``lds_version`` and ``unicode_version`` are None in objects before LDS 1.8.
    """

    hash: str
    hashes: Mapping[int, bytes] = field(repr=False)
    lds_version: str | None
    unicode_version: str | None
    message: SignedMessage = field(repr=False)
    unknown: frozenset[int] = frozenset()

    @property
    def groups(self) -> frozenset[int]:
        return frozenset(self.hashes)

    def holds(self, number: int, digest: bytes) -> bool:
        """Tell whether this is the signed hash of a data group."""
        return number in self.hashes and hmac.compare_digest(self.hashes[number], digest)


def read(data: Raw) -> SecurityObject:
    """Take EF.SOD apart, DER or BER. Nothing is checked yet of who signed it.

    Raises:
        ChipDataError: it is not what the standard says; ``fault`` as in ``cms.read``, or ``security-object``.
    """
    try:
        with reading("security-object"):
            return _security_object(_message(data))
    except TrustError as error:
        raise ChipDataError(file=SOD, fault=error.placeholders["fault"]) from error


def _message(data: Raw) -> SignedMessage:
    raw = bounded(data, _LONGEST, "message-long")
    message = cms.read(ber.parse_one(raw, tag=_TAG, indefinite=True).value, longest=_LONGEST)
    if message.content_type not in _CONTENT_TYPES:
        raise TrustError(fault="security-object")
    return message


def _security_object(message: SignedMessage) -> SecurityObject:
    """Read an LDSSecurityObject; version 1 says of which structure it is."""
    version, algorithm, listed, *versions = ber.parse_one(message.content, tag=_SEQUENCE).children(limit=4)
    if version.tag != _INTEGER or algorithm.tag != _SEQUENCE or listed.tag != _SEQUENCE:
        raise TrustError(fault="security-object")
    hashes: dict[int, bytes] = {}
    for entry in listed.children(limit=_ENTRIES):
        number, digest = entry.children(limit=2)
        if (number.tag, digest.tag) != (_INTEGER, _OCTETS):
            raise TrustError(fault="security-object")
        group = int.from_bytes(number.value)
        if group == 0 or group in hashes:
            raise TrustError(fault="security-object")
        hashes[group] = bytes(digest.value)
    texts = [bytes(part.value).decode("ascii") for each in versions for part in each.children(limit=2)]
    lds_version, unicode_version = texts if versions else (None, None)
    unknown = frozenset(hashes.keys() - TAGS.keys())
    known = MappingProxyType({group: digest for group, digest in hashes.items() if group in TAGS})
    return SecurityObject(_hash(algorithm), known, lds_version, unicode_version, message, unknown)


def _hash(algorithm: ber.Tlv) -> str:
    identifier = algorithm.children(limit=2)[0]
    if identifier.tag != _OID:
        raise TrustError(fault="security-object")
    try:
        return HASHES[core.ObjectIdentifier.load(ber.encode(_OID, identifier.value)).dotted]
    except KeyError:
        raise TrustError(fault="algorithm-unknown") from None
