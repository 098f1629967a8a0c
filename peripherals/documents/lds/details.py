"""DG11 and DG12: more about the holder and the document (ICAO Doc 9303-10, 4.7.11 and 4.7.12).

Fields are views of the file. They become text when they are asked for, and a text cannot be wiped: ask for what is
needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from types import MappingProxyType

from peripherals.documents import ber
from peripherals.documents.lds.files import Raw, body, group_name, of_file
from peripherals.errors import ChipDataError

_FIELDS_MOST = 64
_DAY_DIGITS = 8
_DAY_PACKED = 4
_UNKNOWN = b"<"


class DetailTag(IntEnum):
    """Tags of DG11, then of DG12. Pictures are read as pictures: ``Details.raw``."""

    FULL_NAME = 0x5F0E
    PERSONAL_NUMBER = 0x5F10
    PLACE_OF_BIRTH = 0x5F11
    TELEPHONE = 0x5F12
    PROFESSION = 0x5F13
    TITLE = 0x5F14
    SUMMARY = 0x5F15
    CITIZENSHIP_PICTURE = 0x5F16
    OTHER_DOCUMENTS = 0x5F17
    CUSTODY = 0x5F18
    DATE_OF_BIRTH = 0x5F2B
    ADDRESS = 0x5F42
    AUTHORITY = 0x5F19
    ENDORSEMENTS = 0x5F1B
    TAX = 0x5F1C
    FRONT_PICTURE = 0x5F1D
    REAR_PICTURE = 0x5F1E
    DATE_OF_ISSUE = 0x5F26
    PERSONALISED_AT = 0x5F55
    PERSONALISED_BY = 0x5F56


_OTHER_NAME, _OTHER_PERSON, _CONTENT = 0x5F0F, 0x5F1A, 0xA0


@dataclass(frozen=True, slots=True)
class Details:
    """Fields of one of the two files; which there are is ``tags``. It shows nothing of them unless asked."""

    tags: frozenset[int]
    _fields: Mapping[int, memoryview] = field(repr=False)
    _others: tuple[memoryview, ...] = field(repr=False)

    def raw(self, wanted: DetailTag) -> memoryview | None:
        """Give a field as it stands, None where it is missing."""
        return self._fields.get(wanted)

    def text(self, wanted: DetailTag) -> str | None:
        """Give a field as text, its parts (written with ``<``) as lines; None where it is missing or empty."""
        value = self._fields.get(wanted)
        return None if value is None else _text(value)

    def name(self) -> str | None:
        """Give the full name in the script of its state, surname first; None where it is missing or empty."""
        value = self._fields.get(DetailTag.FULL_NAME)
        if value is None:
            return None
        parts = bytes(value).decode("utf-8", "replace").replace("<", " ").split()
        return " ".join(parts) or None

    def other_names(self) -> tuple[str, ...]:
        """Give further names (DG11), or further people on the document (DG12)."""
        return tuple(text for value in self._others if (text := _text(value)) is not None)

    def day(self, wanted: DetailTag) -> date | None:
        """Give a date; None where it is missing, unknown in part, or no date. Digits occur as text and packed."""
        value = self._fields.get(wanted)
        if value is None:
            return None
        digits = bytes(value).hex() if len(value) == _DAY_PACKED else bytes(value).decode("latin-1")
        if len(digits) != _DAY_DIGITS or not (digits.isascii() and digits.isdecimal()):
            return None
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        except ValueError:
            return None


def read(data: Raw, number: int) -> Details:
    """Take DG11 or DG12 apart. The list of tags in front is not relied on: it is wrong on documents in use.

    Args:
        data: the file.
        number: 11 or 12.

    Raises:
        ChipDataError: it is not what the standard says.
    """
    with of_file(group_name(number)):
        elements = ber.parse(body(data, number), limit=_FIELDS_MOST)
        fields: dict[int, memoryview] = {}
        others: list[memoryview] = []
        for element in elements:
            if element.tag == _CONTENT:
                inner = element.children(limit=_FIELDS_MOST)
                others += [each.value for each in inner if each.tag in {_OTHER_NAME, _OTHER_PERSON}]
            elif element.tag in {_OTHER_NAME, _OTHER_PERSON}:
                others.append(element.value)
            elif element.tag in fields:
                raise ChipDataError(fault="tlv-twice")
            elif element.tag in set(DetailTag):
                fields[element.tag] = element.value
    return Details(frozenset(fields), MappingProxyType(fields), tuple(others))


def _text(value: memoryview) -> str | None:
    parts = bytes(value).split(_UNKNOWN)
    return "\n".join(part.decode("utf-8", "replace").strip() for part in parts if part.strip()) or None
