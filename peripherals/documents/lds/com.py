"""EF.COM: what the chip says that is on it (ICAO Doc 9303-10, 4.6.1). Nobody signs it.

Some states list tags that no standard knows (Chinese passports): they are kept apart, and hide nothing else.
"""

from dataclasses import dataclass

from peripherals.documents import ber
from peripherals.documents.lds.files import COM, Raw, group_of_tag, of_file
from peripherals.errors import ChipDataError

_COM, _LDS_VERSION, _UNICODE_VERSION, _TAG_LIST = 0x60, 0x5F01, 0x5F36, 0x5C
_VERSION_DIGITS, _UNICODE_DIGITS = 4, 6


@dataclass(frozen=True, slots=True)
class CommonData:
    """``lds_version`` is such as ``0107``, ``groups`` are the numbers of the data groups, ``unknown`` other tags."""

    lds_version: str
    unicode_version: str
    groups: frozenset[int]
    unknown: frozenset[int] = frozenset()


def read(data: Raw) -> CommonData:
    """Take EF.COM apart.

    Raises:
        ChipDataError: it is not what the standard says.
    """
    with of_file(COM):
        fields = ber.parse_one(data, tag=_COM).children()
        tags = frozenset(ber.need(fields, _TAG_LIST))
        return CommonData(
            lds_version=_digits(ber.need(fields, _LDS_VERSION), _VERSION_DIGITS),
            unicode_version=_digits(ber.need(fields, _UNICODE_VERSION), _UNICODE_DIGITS),
            groups=frozenset(number for tag in tags if (number := group_of_tag(tag)) is not None),
            unknown=frozenset(tag for tag in tags if group_of_tag(tag) is None),
        )


def _digits(value: memoryview, count: int) -> str:
    text = bytes(value).decode("latin-1")
    if len(text) != count or not (text.isascii() and text.isdecimal()):
        raise ChipDataError(fault="version")
    return text
