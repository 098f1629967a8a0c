"""The files of a travel document by name, number and tag (ICAO Doc 9303-10, 4.6 and 4.7).

Everything here takes the raw bytes of one file and gives views of them, never copies, so that wiping the file wipes
what was found in it. Whatever is not as its standard says is a ``ChipDataError`` that names the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from peripherals.documents import ber
from peripherals.errors import ChipDataError

type Raw = bytes | bytearray | memoryview

COM, SOD, CARD_SECURITY = "EF.COM", "EF.SOD", "EF.CardSecurity"
#: The tag that each data group begins with.
TAGS = {
    1: 0x61,
    2: 0x75,
    3: 0x63,
    4: 0x76,
    5: 0x65,
    6: 0x66,
    7: 0x67,
    8: 0x68,
    9: 0x69,
    10: 0x6A,
    11: 0x6B,
    12: 0x6C,
    13: 0x6D,
    14: 0x6E,
    15: 0x6F,
    16: 0x70,
}
_BY_TAG = {tag: number for number, tag in TAGS.items()}
_BY_NAME = {f"DG{number}": number for number in TAGS}


def group_name(number: int) -> str:
    """Name a data group: ``DG2``."""
    return f"DG{number}"


def group_number(name: str) -> int | None:
    """Give the number of a data group, None where the name is another file's."""
    return _BY_NAME.get(name)


def group_of_tag(tag: int) -> int | None:
    """Give the number of the data group with a tag, None where there is none."""
    return _BY_TAG.get(tag)


def body(data: Raw, number: int) -> memoryview:
    """Give what is in a data group: DG14 and DG15 hold DER of other standards.

    Raises:
        ChipDataError: not this data group, cut off, or with bytes behind it.
    """
    with of_file(group_name(number)):
        return ber.parse_one(data, tag=TAGS[number]).value


@contextmanager
def of_file(name: str) -> Iterator[None]:
    """Say in an error which file it is about."""
    try:
        yield
    except ChipDataError as error:
        raise ChipDataError(**(error.placeholders | {"file": name})) from error
