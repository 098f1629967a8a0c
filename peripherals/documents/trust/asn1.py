"""What certificates, lists and security objects share: bounds, and one error for whatever a parser says of them.

``asn1crypto`` reads them: it takes what ``cryptography`` refuses, such as NULL parameters of ECDSA and curves given
by value. It was not made for hostile input, so everything is bounded in size before it gets there, and whatever it
raises becomes one error.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from peripherals.documents import ber
from peripherals.errors import ChipDataError, TrustError

#: How many elements one level of a message may have: a list cut into pieces of 1000 bytes has many.
_ELEMENTS = 20_000
#: How deep elements may stand in one another. A security object has about twelve levels.
_DEPTH = 32
_CONSTRUCTED_OCTETS = 0x24
_OCTETS = 0x04
_INDEFINITE = 0x80


@contextmanager
def reading(fault: str) -> Iterator[None]:
    """Turn whatever a parser raises into a ``TrustError`` with this fault."""
    try:
        yield
    except TrustError:
        raise
    except (ChipDataError, ValueError, TypeError, KeyError, AttributeError, LookupError, ArithmeticError) as error:
        raise TrustError(fault=fault) from error
    except RecursionError as error:
        raise TrustError(fault=fault) from error


def bounded(data: bytes | bytearray | memoryview, most: int, fault: str) -> bytes:
    """Take bytes that are not longer than allowed.

    Raises:
        TrustError: they are longer, or there are none.
    """
    if not 0 < len(data) <= most:
        raise TrustError(fault=fault)
    return bytes(data)


def definite(data: bytes | memoryview, *, depth: int = _DEPTH) -> bytes:
    """Write BER with the lengths that DER wants, and its octet strings in one piece (X.690, 8.1.3.6 and 8.7.3).

    Indefinite lengths occur in security objects in use. What has definite lengths all through is copied byte by
    byte, so that a signature over a part of it still holds.

    Raises:
        ChipDataError: no BER, too deep or with too many elements.
    """
    if depth == 0:
        raise ChipDataError(fault="tlv-too-deep")
    view = memoryview(data)
    parts: list[bytes] = []
    at = 0
    for element in ber.parse(view, limit=_ELEMENTS, indefinite=True):
        head = len(ber.encode(element.tag)) - 1
        first = view[at + head]
        head += 1 + (first & 0x7F if first > _INDEFINITE else 0)
        end = at + head + len(element.value) + (2 if first == _INDEFINITE else 0)
        parts.append(_definite(element, bytes(view[at:end]), first == _INDEFINITE, depth))
        at = end
    return b"".join(parts)


def _definite(element: ber.Tlv, raw: bytes, indefinite: bool, depth: int) -> bytes:
    if not element.constructed:
        return raw
    if element.tag == _CONSTRUCTED_OCTETS:
        return ber.encode(_OCTETS, _octets(element, depth))
    inner = definite(element.value, depth=depth - 1)
    if not indefinite and inner == element.value:
        return raw
    return ber.encode(element.tag, inner)


def _octets(element: ber.Tlv, depth: int) -> bytes:
    """Put an octet string together from its pieces."""
    if depth == 0:
        raise ChipDataError(fault="tlv-too-deep")
    pieces = element.children(limit=_ELEMENTS, indefinite=True)
    if any(piece.tag not in {_OCTETS, _CONSTRUCTED_OCTETS} for piece in pieces):
        raise ChipDataError(fault="tlv-tag")
    return b"".join(bytes(piece.value) if piece.tag == _OCTETS else _octets(piece, depth - 1) for piece in pieces)


def name_key(name: bytes) -> str:
    """Bring a distinguished name into a form that can be compared (RFC 5280, 7.1).

    States write one name in several ways: as PrintableString and as UTF8String, with another case, with two
    spaces. What counts is kinds and text of its parts, in their order.

    Raises:
        ChipDataError: no name.
    """
    parts: list[str] = []
    for group in ber.parse_one(name, tag=0x30).children():
        pairs = (pair.children() for pair in group.children())
        parts.append("+".join(sorted(_attribute(pair) for pair in pairs)))
    return "/".join(parts)


def _attribute(pair: tuple[ber.Tlv, ...]) -> str:
    kind, value = pair
    raw = bytes(value.value)
    match value.tag:
        case 0x1E:
            text = raw.decode("utf-16-be", "replace")
        case 0x0C:
            text = raw.decode("utf-8", "replace")
        case _:
            text = raw.decode("latin-1")
    return f"{bytes(kind.value).hex()}={' '.join(text.split()).casefold()!r}"


def moment(value: datetime) -> datetime:
    """Give a time in UTC. Times without a zone are UTC (RFC 5280, 4.1.2.5)."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
