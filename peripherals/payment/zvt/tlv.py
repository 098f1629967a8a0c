"""The data objects in a container of ZVT: BER-like, with lengths of its own. Pure.

PA00P015, section 9. A tag is one byte, or several where the low five bits of the first are set and then as long as the
high bit of each is; a length is 00 to 7F, ``81 xx`` or ``82 hi lo``, high byte first, unlike that of an APDU.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from peripherals.errors import ZvtInvalidError

_SEVERAL, _MORE, _CONSTRUCTED = 0x1F, 0x80, 0x20
_ONE_BYTE, _TWO_BYTES = 0x81, 0x82
_LONGEST_TAG: Final = 4
#: How deep objects may lie within one another; the deepest that the specification has are four.
_DEEPEST: Final = 8
#: How many objects one container may hold.
_MAX: Final = 1024
TEXT_LINE, ATTRIBUTE, COMMAND, LINE_LENGTH, CHARACTERS, LANGUAGE = 0x07, 0x09, 0x0A, 0x12, 0x14, 0x15
PRINT_TEXTS, COMMANDS = 0x25, 0x26
RECEIPT_KIND, HOLDER_CHECK, UNIQUE_NUMBER, RECEIPT_INFORMATION = 0x1F07, 0x1F10, 0x1F1F, 0x1F37


@dataclass(frozen=True, slots=True)
class Object:
    """One data object; ``value`` may hold a card's data and is in no text of it."""

    tag: int
    value: bytes = field(default=b"", repr=False)
    children: tuple["Object", ...] = ()

    def walk(self) -> Iterator["Object"]:
        """Give it and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(data: bytes) -> tuple[Object, ...]:
    """Read the objects of a container.

    Raises:
        ZvtInvalidError: a tag or a length that is cut off or none, too many objects, or too deep.
    """
    return tuple(_Reader(data).read(0, len(data), 0))


def read_length(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Read a length; give it and where it ends.

    Raises:
        ZvtInvalidError: it is cut off, or none.
    """
    if at >= end:
        raise ZvtInvalidError(fault="cut-off", at=at)
    first = data[at]
    if first < _MORE:
        return first, at + 1
    if first not in {_ONE_BYTE, _TWO_BYTES}:
        raise ZvtInvalidError(fault="length", at=at)
    after = at + 1 + (first & 0x03)
    if after > end:
        raise ZvtInvalidError(fault="cut-off", at=at)
    return int.from_bytes(data[at + 1 : after], "big"), after


def encode(*objects: Object) -> bytes:
    """Write objects one after another."""
    return b"".join(_encode(each) for each in objects)


def container(*objects: Object) -> bytes:
    """Write objects as the value of BMP 06: the length of all, then each."""
    written = encode(*objects)
    return encode_length(len(written)) + written


def encode_length(size: int) -> bytes:
    """Write a length, in as few bytes as hold it."""
    if size < _MORE:
        return bytes((size,))
    if size <= 0xFF:  # noqa: PLR2004 - one byte
        return bytes((_ONE_BYTE, size))
    return bytes((_TWO_BYTES,)) + size.to_bytes(2, "big")


def _encode(one: Object) -> bytes:
    tag = one.tag.to_bytes((one.tag.bit_length() + 7) // 8 or 1, "big")
    value = encode(*one.children) if one.children else one.value
    return tag + encode_length(len(value)) + value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count = 0

    def read(self, at: int, end: int, depth: int) -> Iterator[Object]:
        if depth > _DEEPEST:
            raise ZvtInvalidError(fault="depth", at=at)
        while at < end:
            self._count += 1
            if self._count > _MAX:
                raise ZvtInvalidError(fault="too-many", at=at)
            first = self._data[at]
            tag, at = self._tag(at, end)
            size, at = read_length(self._data, at, end)
            if at + size > end:
                raise ZvtInvalidError(fault="cut-off", at=at)
            children = tuple(self.read(at, at + size, depth + 1)) if first & _CONSTRUCTED else ()
            yield Object(tag, self._data[at : at + size], children)
            at += size

    def _tag(self, at: int, end: int) -> tuple[int, int]:
        begin = at
        several = self._data[at] & _SEVERAL == _SEVERAL
        at += 1
        while several:
            if at >= end or at - begin == _LONGEST_TAG:
                raise ZvtInvalidError(fault="tag", at=begin)
            several = bool(self._data[at] & _MORE)
            at += 1
        return int.from_bytes(self._data[begin:at], "big"), at
