"""What the signed files of a chip say, before anybody checked who signed it: EF.SOD and EF.CardSecurity.

Pure. Only the content is taken out of the CMS SignedData (RFC 5652, 5.1 and 5.2), in BER, since documents with
indefinite lengths are in use. Signature and certificates are the business of Passive Authentication.
"""

from peripherals.documents import ber
from peripherals.documents.emrtd.public_keys import integer, oid_text
from peripherals.errors import ChipDataError

_SEQUENCE, _INTEGER, _OID, _OCTETS, _EXPLICIT = 0x30, 0x02, 0x06, 0x04, 0xA0
_OCTETS_IN_PARTS = 0x24
_SIGNED_DATA = "1.2.840.113549.1.7.2"
#: Entries of the list: sixteen data groups, and as many again that nobody knows.
_ENTRIES = 32


def signed_content(raw: bytes | bytearray | memoryview) -> bytes:
    """Take the content out of a SignedData.

    Raises:
        ChipDataError: not one, or one that carries no content.
    """
    kind, wrapped = _children(ber.parse_one(raw, tag=_SEQUENCE, indefinite=True), 2)[:2]
    if kind.tag != _OID or oid_text(kind.value) != _SIGNED_DATA or wrapped.tag != _EXPLICIT:
        raise ChipDataError(fault="signed-data")
    signed = ber.parse_one(wrapped.value, tag=_SEQUENCE, indefinite=True)
    encapsulated = _children(signed, 3)[2]
    content = _children(encapsulated, 2)[1]
    if encapsulated.tag != _SEQUENCE or content.tag != _EXPLICIT:
        raise ChipDataError(fault="signed-data")
    octets = ber.parse_one(content.value, indefinite=True)
    if octets.tag == _OCTETS:
        return bytes(octets.value)
    if octets.tag != _OCTETS_IN_PARTS:
        raise ChipDataError(fault="signed-data")
    parts = octets.children(indefinite=True)
    if any(part.tag != _OCTETS for part in parts):
        raise ChipDataError(fault="signed-data")
    return b"".join(part.value for part in parts)


def signed_groups(security_object: bytes | bytearray | memoryview) -> frozenset[int]:
    """Say which data groups an EF.SOD holds hashes of (9303-10, 4.6.2.2: LDSSecurityObject).

    Raises:
        ChipDataError: no security object.
    """
    outer = ber.parse_one(security_object, tag=0x77, indefinite=True)
    listed = ber.parse_one(signed_content(outer.value), tag=_SEQUENCE)
    hashes = _children(listed, 3)[2]
    groups = set()
    for entry in hashes.children(limit=_ENTRIES):
        number = _children(entry, 2)[0]
        if number.tag != _INTEGER:
            raise ChipDataError(fault="security-object")
        groups.add(integer(number.value))
    return frozenset(groups)


def _children(element: ber.Tlv, least: int) -> tuple[ber.Tlv, ...]:
    parts = element.children(limit=16, indefinite=True) if element.constructed else ()
    if len(parts) < least:
        raise ChipDataError(fault="signed-data")
    return parts
