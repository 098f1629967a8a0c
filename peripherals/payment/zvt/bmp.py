"""The fields ("bitmaps") of ZVT: their lengths, and their values without anything that names a card. Pure.

PA00P015, section 10 (summary of BMPs). A field is one byte that names it and a value of a length that belongs to the
name: an unknown one cannot be skipped, so reading stops there, and what was read before it is kept.

Whatever leaves this module is masked: values are shown only of fields that hold nothing of a card, all others have
their length at most. A track, an expiry date or a check value is never there at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from peripherals.errors import ZvtInvalidError
from peripherals.payment.masking import mask
from peripherals.payment.zvt import tlv

_TLV, _LL, _LLL = -1, -2, -3


class Bmp(IntEnum):
    """The fields that something here asks for."""

    TIMEOUT = 0x01
    MOST_STATUSES = 0x02
    SERVICE = 0x03
    AMOUNT = 0x04
    CONTAINER = 0x06
    TRACE = 0x0B
    TIME = 0x0C
    DATE = 0x0D
    KIND = 0x19
    CARD_NUMBER = 0x22
    RESULT = 0x27
    TERMINAL = 0x29
    CONTRACT = 0x2A
    ORIGINAL_TRACE = 0x37
    AUTHORISATION = 0x3B
    TEXT = 0x3C
    CURRENCY = 0x49
    TOTALS = 0x60
    RECEIPT = 0x87
    TURNOVER = 0x88
    CARD_KIND = 0x8A
    CARD_NAME = 0x8B
    RESULT_OF_HOST = 0xA0
    FULL_DATE = 0xAA


_LENGTHS: Final = {
    **dict.fromkeys((0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x8A, 0x8C, 0xA0, 0xF0, 0xF9, 0xFA, 0xFB, 0xFC), 1),
    **dict.fromkeys((0x0D, 0x0E, 0x17, 0x3A, 0x49, 0x87), 2),
    **dict.fromkeys((0x0B, 0x0C, 0x37, 0x3D, 0x88, 0xAA), 3),
    0x04: 6,
    0x29: 4,
    0x2A: 15,
    0x3B: 8,
    0xBA: 5,
    0x06: _TLV,
    **dict.fromkeys((0x22, 0x23, 0x2D, 0x4C, 0x8B, 0xA7, *range(0xF1, 0xF9)), _LL),
    **dict.fromkeys((0x24, 0x2E, 0x3C, 0x60, 0x92, 0x9A, 0xAF), _LLL),
}
#: Fields of packed decimal digits, of bytes, and of text, that hold nothing of a card.
_DIGITS: Final = frozenset({0x04, 0x0B, 0x0C, 0x0D, 0x29, 0x37, 0x49, 0x87, 0x88, 0xAA})
_BYTES: Final = frozenset({0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x60, 0x8A, 0x8C, 0xA0, 0xF0, 0xF9, 0xFA, 0xFB, 0xFC})
_TEXTS: Final = frozenset({0x2A, 0x3C, 0x8B, *range(0xF1, 0xF9)})
#: Objects of a container of which the value is shown, as text or as bytes.
_TEXT_OBJECTS: Final = frozenset({0x07, 0x15, 0x1F17, 0x1F40, 0x1F41})
_BYTE_OBJECTS: Final = frozenset(
    {0x09, 0x0A, 0x10, 0x11, 0x12, 0x13, 0x14, 0x1A, 0x1B, 0x41}
    | {0x1F04, 0x1F05, 0x1F07, 0x1F10, 0x1F11, 0x1F12, 0x1F16, 0x1F1F, 0x1F37}
)
#: What follows the two or three digits of a length: each stands in a byte ``Fx``.
_DIGIT_MARK: Final = 0xF0
_VERSION_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class BmpField:
    """One field, masked. ``value`` is empty where it may hold something of a card; ``shown`` is for people."""

    tag: int
    value: bytes
    shown: str
    objects: tuple[tlv.Object, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """What was read. ``stopped`` is the name of the field that is unknown, after which nothing could be read."""

    found: tuple[BmpField, ...] = ()
    stopped: int | None = None
    objects: tuple[tlv.Object, ...] = field(default=(), repr=False)

    def value(self, tag: int) -> bytes | None:
        """The bytes of the first field of this name."""
        return next((each.value for each in self.found if each.tag == tag), None)

    def digits(self, tag: int) -> str:
        """The decimal digits of a field, "" where it is not there or has others."""
        text = (self.value(tag) or b"").hex()
        return text if text.isdecimal() else ""

    def number(self, tag: int) -> int | None:
        """A number of decimal digits, or of one byte."""
        if tag in _DIGITS:
            return int(text) if (text := self.digits(tag)) else None
        value = self.value(tag)
        return value[0] if value else None

    def object(self, tag: int) -> bytes | None:
        """The value of the first object of this name in the container, however deep."""
        return next((each.value for one in self.objects for each in one.walk() if each.tag == tag), None)


def parse(data: bytes, *, strict: bool = True) -> Fields:
    """Read fields one after another.

    Args:
        data: what comes after CLASS, INSTR and LEN, and after what stands there without a name.
        strict: refuse what is cut off; else stop there, and keep what was read before.

    Raises:
        ZvtInvalidError: a field or a container is cut off, or its length is none.
    """
    found: list[BmpField] = []
    at = 0
    try:
        while at < len(data):
            if data[at] not in _LENGTHS:
                return _fields(found, data[at])
            begin, end = _bounds(data, at)
            found.append(_field(data[at], data[begin:end]))
            at = end
    except ZvtInvalidError:
        if strict:
            raise
        return _fields(found, data[at])
    return _fields(found, None)


def split_version(data: bytes) -> tuple[bytes | None, bytes]:
    """Return the software version at the start of a completion of 05 01, or None, and the data after the version.

    The version is an LLLVAR without a tag (PA00P015, 05 01): three digits of a length, then the text. The terminal's
    status follows. A terminal that states no version starts with its status, which is one byte. If the version is
    cut off, no data is left after it.
    """
    length = _digits(data[:_VERSION_DIGITS], _VERSION_DIGITS)
    if length is None:
        return None, data
    end = _VERSION_DIGITS + length
    return data[_VERSION_DIGITS:end], data[end:]


def encode(tag: int, value: bytes) -> bytes:
    """Write a field.

    Raises:
        ZvtInvalidError: no field has this name, or its values another length.
    """
    length = _LENGTHS.get(tag)
    if length is None or (length > 0 and length != len(value)):
        raise ZvtInvalidError(fault="field", at=0)
    if length in {_LL, _LLL}:
        digits = f"{len(value):0{-length}d}"
        if len(digits) != -length:
            raise ZvtInvalidError(fault="too-long", at=0)
        return bytes((tag, *(_DIGIT_MARK | int(digit) for digit in digits))) + value
    return bytes((tag,)) + (tlv.encode_length(len(value)) if length == _TLV else b"") + value


def bcd(number: int, size: int) -> bytes:
    """Write a number as packed decimal digits in so many bytes.

    Raises:
        ZvtInvalidError: it has more digits.
    """
    digits = f"{number:0{size * 2}d}"
    if number < 0 or len(digits) != size * 2:
        raise ZvtInvalidError(fault="number", at=0)
    return bytes.fromhex(digits)


def _fields(found: list[BmpField], stopped: int | None) -> Fields:
    return Fields(tuple(found), stopped, tuple(one for each in found for one in each.objects))


def _bounds(data: bytes, at: int) -> tuple[int, int]:
    """Where the value of the field begins and ends."""
    length = _LENGTHS[data[at]]
    begin = at + 1
    if length == _TLV:
        length, begin = tlv.read_length(data, begin, len(data))
    elif length < 0:
        count = -length
        said = _digits(data[begin : begin + count], count)
        if said is None:
            raise ZvtInvalidError(fault="length", at=at)
        length, begin = said, begin + count
    if begin + length > len(data):
        raise ZvtInvalidError(fault="cut-off", at=at)
    return begin, begin + length


def _digits(marks: bytes, count: int) -> int | None:
    """Return the length that ``count`` bytes ``Fx`` spell, or None if a byte is missing or is no digit."""
    digits = [mark & 0x0F for mark in marks if mark & _DIGIT_MARK == _DIGIT_MARK]
    if len(marks) != count or len(digits) != count or max(digits) > 9:  # noqa: PLR2004 - a digit
        return None
    return int("".join(map(str, digits)))


def _field(tag: int, value: bytes) -> BmpField:
    if tag == Bmp.CONTAINER:
        objects = tuple(_cleaned(each) for each in tlv.parse(value))
        return BmpField(tag, b"", "", objects)
    if tag == Bmp.CARD_NUMBER:
        return BmpField(tag, b"", _card_number(value))
    if tag in _TEXTS:
        text = mask(value.decode("cp437").rstrip("\0 "))
        return BmpField(tag, text.encode("cp437"), text)
    if tag in _DIGITS or tag in _BYTES:
        return BmpField(tag, value, value.hex())
    return BmpField(tag, b"", f"{len(value)} bytes")


def _card_number(value: bytes) -> str:
    """Show the last four digits; terminals write E for a digit that they mask themselves, F fills up."""
    digits = value.hex().rstrip("f").replace("e", "*")
    return "*" * max(0, len(digits) - 4) + digits[-4:] if len(digits) > 8 else "*" * len(digits)  # noqa: PLR2004 - a number that short would be half shown


def _cleaned(one: tlv.Object) -> tlv.Object:
    """Give the object without a value that may name a card; its text without the numbers in it."""
    if one.children:
        return tlv.Object(one.tag, b"", tuple(_cleaned(each) for each in one.children))
    if one.tag in _TEXT_OBJECTS:
        # Latin-1 gives every byte a character and back: which characters they are is known further up.
        return tlv.Object(one.tag, mask(one.value.decode("latin-1")).encode("latin-1"))
    return tlv.Object(one.tag, one.value if one.tag in _BYTE_OBJECTS else b"")


def object_text(one: tlv.Object) -> str:
    """Show an object that came out of ``parse``."""
    return one.value.decode("cp437") if one.tag in _TEXT_OBJECTS else one.value.hex()


def every(objects: tuple[tlv.Object, ...]) -> Iterator[tlv.Object]:
    """Give objects and everything in them."""
    for one in objects:
        yield from one.walk()
