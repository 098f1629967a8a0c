"""Signed data in BER with indefinite lengths, as New Zealand's security objects have it (X.690, 8.1.3.6)."""

from peripherals.documents import ber

_OCTETS, _PIECES = 0x04, 0x24
_PIECE = 200


def indefinite(sod: bytes) -> bytes:
    """Write EF.SOD anew: the same elements, the outer ones without lengths, the content in pieces.

    What was signed stays as it is: certificates and signed attributes keep their DER.
    """
    file = ber.parse_one(sod)
    content_type, wrapped = ber.parse_one(file.value).children()
    version, digests, content, *rest = ber.parse_one(wrapped.value).children()
    oid, explicit = content.children()
    octets = bytes(ber.parse_one(explicit.value).value)
    pieces = [ber.encode(_OCTETS, octets[at : at + _PIECE]) for at in range(0, len(octets), _PIECE)]
    new_content = _open(content.tag, _whole(oid), _open(explicit.tag, _open(_PIECES, *pieces)))
    signed = _open(0x30, _whole(version), _whole(digests), new_content, *(_whole(each) for each in rest))
    return ber.encode(file.tag, _open(0x30, _whole(content_type), _open(wrapped.tag, signed)))


def _whole(element: ber.Tlv) -> bytes:
    return ber.encode(element.tag, element.value)


def _open(tag: int, *parts: bytes) -> bytes:
    return bytes((tag, 0x80)) + b"".join(parts) + b"\0\0"
