"""Tag, length, value: BER as ISO/IEC 7816-4 (5.2) and ITU-T X.690 (8.1) write it, as chips use it.

Pure. What comes in is hostile: tags have at most three bytes, lengths at most four, and elements and depth are
bounded. Lengths need not be minimal, since chips in use write some that are not. Values are views of what was
given, never copies, so that wiping the file wipes what was found in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from peripherals.errors import ChipDataError

#: Elements taken from one value.
LIMIT = 512
#: How deep elements of indefinite length may stand in one another.
DEPTH = 16
_CONSTRUCTED = 0x20
_LONG_TAG = 0x1F
_MORE = 0x80
_TAG_BYTES = 3
_LENGTH_BYTES = 4
_INDEFINITE = -1


@dataclass(frozen=True, slots=True)
class Tlv:
    """One element. ``tag`` is its bytes as a big-endian number (``0x7F61``), ``value`` what it holds."""

    tag: int
    value: memoryview

    @property
    def constructed(self) -> bool:
        """Whether the value is made of elements."""
        first = self.tag >> 8 * (_byte_length(self.tag) - 1)
        return bool(first & _CONSTRUCTED)

    def children(self, *, limit: int = LIMIT, depth: int = DEPTH, indefinite: bool = False) -> tuple["Tlv", ...]:
        """Take the value apart, one level.

        Raises:
            ChipDataError: as ``parse`` does.
        """
        return parse(self.value, limit=limit, depth=depth, indefinite=indefinite)


def parse(
    data: bytes | bytearray | memoryview, *, limit: int = LIMIT, depth: int = DEPTH, indefinite: bool = False
) -> tuple[Tlv, ...]:
    """Take a row of elements apart, one level; ``Tlv.children`` gives the next.

    Args:
        data: elements one after the other, to the last byte. Not copied.
        limit: how many elements are taken.
        depth: how deep elements of indefinite length may stand in one another.
        indefinite: whether indefinite lengths (X.690, 8.1.3.6) are taken; the value is what stands before the
            end-of-contents octets.

    Raises:
        ChipDataError: cut off, too many, too deep, or no BER. Placeholder ``fault``.
    """
    view = memoryview(data).toreadonly()
    found: list[Tlv] = []
    at = 0
    while at < len(view):
        if len(found) == limit:
            raise ChipDataError(fault="tlv-too-many")
        element, at = _read(view, at, depth, indefinite=indefinite)
        found.append(element)
    return tuple(found)


def parse_one(
    data: bytes | bytearray | memoryview, *, tag: int | None = None, depth: int = DEPTH, indefinite: bool = False
) -> Tlv:
    """Take one element with nothing behind it, of a certain tag where one is named.

    Raises:
        ChipDataError: as ``parse``; also ``tlv-tag`` for another tag and ``tlv-trailing`` for bytes behind it.
    """
    view = memoryview(data).toreadonly()
    element, end = _read(view, 0, depth, indefinite=indefinite)
    if end != len(view):
        raise ChipDataError(fault="tlv-trailing")
    if tag is not None and element.tag != tag:
        raise ChipDataError(fault="tlv-tag")
    return element


def find(elements: Iterable[Tlv], tag: int) -> memoryview | None:
    """Give the value of the one element with this tag, None where there is none.

    Raises:
        ChipDataError: the tag occurs twice, and which one counts would be a guess.
    """
    values = [element.value for element in elements if element.tag == tag]
    if len(values) > 1:
        raise ChipDataError(fault="tlv-twice")
    return values[0] if values else None


def need(elements: Iterable[Tlv], tag: int) -> memoryview:
    """Give the value of the one element with this tag.

    Raises:
        ChipDataError: it is missing or occurs twice.
    """
    value = find(elements, tag)
    if value is None:
        raise ChipDataError(fault="tlv-missing")
    return value


def encode(tag: int, *parts: bytes | bytearray | memoryview) -> bytes:
    """Write one element of definite, minimal length; its value is the parts one after the other."""
    value = b"".join(parts)
    return minimal(tag) + encode_length(len(value)) + value


def encode_length(length: int) -> bytes:
    """Write a length in the fewest bytes (X.690, 10.1)."""
    if length < _MORE:
        return bytes([length])
    size = _byte_length(length)
    return bytes([_MORE | size]) + length.to_bytes(size)


def minimal(number: int) -> bytes:
    """Write a number that is not negative in the fewest bytes, at least one."""
    return number.to_bytes(_byte_length(number))


def total_length(head: bytes | bytearray | memoryview) -> int | None:
    """Say how long a file is, header included, from its first bytes; None where more of them are needed.

    Raises:
        ChipDataError: they begin no element of definite length.
    """
    view = memoryview(head)
    try:
        _, at = _read_tag(view, 0)
        length, at = _read_length(view, at)
    except ChipDataError as error:
        if error.placeholders["fault"] == "tlv-cut":
            return None
        raise
    if length == _INDEFINITE:
        raise ChipDataError(fault="tlv-indefinite")
    return at + length


def _read(view: memoryview, start: int, depth: int, *, indefinite: bool) -> tuple[Tlv, int]:
    """Read the element at ``start``; give it and where the next one begins."""
    tag, at = _read_tag(view, start)
    length, at = _read_length(view, at)
    if length != _INDEFINITE:
        if length > len(view) - at:
            raise ChipDataError(fault="tlv-cut")
        return Tlv(tag, view[at : at + length]), at + length
    if not indefinite:
        raise ChipDataError(fault="tlv-indefinite")
    end = _end_of_contents(view, at, depth)
    element = Tlv(tag, view[at:end])
    if not element.constructed:
        raise ChipDataError(fault="tlv-indefinite")
    return element, end + 2


def _end_of_contents(view: memoryview, at: int, depth: int) -> int:
    """Find the two zeros that end an element of indefinite length."""
    if depth == 0:
        raise ChipDataError(fault="tlv-too-deep")
    while bytes(view[at : at + 2]) != b"\0\0":
        _, at = _read(view, at, depth - 1, indefinite=True)
    return at


def _read_tag(view: memoryview, at: int) -> tuple[int, int]:
    tag = _byte(view, at)
    if tag == 0:
        raise ChipDataError(fault="tlv-tag")
    at += 1
    if tag & _LONG_TAG == _LONG_TAG:
        for size in range(2, _TAG_BYTES + 2):
            if size > _TAG_BYTES:
                raise ChipDataError(fault="tlv-tag")
            byte = _byte(view, at)
            tag = tag << 8 | byte
            at += 1
            if not byte & _MORE:
                break
    return tag, at


def _read_length(view: memoryview, at: int) -> tuple[int, int]:
    first = _byte(view, at)
    at += 1
    if first < _MORE:
        return first, at
    size = first - _MORE
    if size == 0:
        return _INDEFINITE, at
    if size > _LENGTH_BYTES:
        raise ChipDataError(fault="tlv-length")
    if at + size > len(view):
        raise ChipDataError(fault="tlv-cut")
    return int.from_bytes(view[at : at + size]), at + size


def _byte(view: memoryview, at: int) -> int:
    if at >= len(view):
        raise ChipDataError(fault="tlv-cut")
    return view[at]


def _byte_length(number: int) -> int:
    return max(1, (number.bit_length() + 7) // 8)
