"""What a scanner has read, or a hand typed, understood by its shape. Pure.

======================  ==========================================================================
``D48213K``, ``48213``  the label of an item (``labels``)
``UTO-7H3K-9WXA``       the reference of an application, with its check character
``2-D-15``              a place in a cabinet: cabinet, drawer, number
``2-D``                 a drawer
``7``, ``12``           a number in the list on the page
anything else           a number that is printed on a bag or on a document
======================  ==========================================================================
"""

import re
from enum import StrEnum
from typing import Final

import msgspec

from queue_server.applications.model import SIGNS, read_reference
from queue_server.custody import labels

#: Characters that are read.
MAX_LETTERS: Final = 64
#: An AIM identifier (ISO/IEC 15424), such as ``]C1``, by which some readers name the kind of code before it.
_AIM: Final = re.compile(r"^\][A-Z][0-9A-Z](?=.)")
_LIKE_LABEL: Final = re.compile(rf"{labels.LETTER}[0-9]{{5,9}}[A-Z]?")
_LIKE_REFERENCE: Final = re.compile(rf"[A-Z]{{3}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}")
_PLACE: Final = re.compile(r"([A-Z0-9]{1,4}-[A-Z0-9]{1,4})-[0-9]{1,4}")
_DRAWER: Final = re.compile(r"[A-Z0-9]{1,4}-[A-Z0-9]{1,4}")
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_PRINTED: Final = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


class ScanKind(StrEnum):
    """What a scan can be."""

    LABEL = "label"
    REFERENCE = "reference"
    PLACE = "place"
    DRAWER = "drawer"
    NUMBER = "number"
    #: A number that is printed on a bag or on a document: who asks knows which.
    PRINTED = "printed"
    #: A label or reference of which a character is wrong.
    WRONG_LABEL = "wrong-label"
    WRONG_REFERENCE = "wrong-reference"
    NOTHING = "nothing"


class DeskScan(msgspec.Struct, frozen=True):
    """``value`` is what was read, tidy: in capitals, without spaces; a label as its number alone."""

    kind: ScanKind
    value: str


def read_scan(typed: str) -> DeskScan:
    """Say what was scanned or typed. Whatever it is, something is said of it."""
    tidy = _AIM.sub("", "".join(typed[:MAX_LETTERS].upper().split()))
    label, reference = labels.read(tidy), read_reference(tidy)
    if _NUMBER.fullmatch(tidy):
        return DeskScan(ScanKind.NUMBER, tidy)
    if label is not None:
        return DeskScan(ScanKind.LABEL, str(label))
    if reference is not None:
        return DeskScan(ScanKind.REFERENCE, reference)
    for kind, pattern in (
        (ScanKind.WRONG_LABEL, _LIKE_LABEL),
        (ScanKind.WRONG_REFERENCE, _LIKE_REFERENCE),
        (ScanKind.PLACE, _PLACE),
        (ScanKind.DRAWER, _DRAWER),
        (ScanKind.PRINTED, _PRINTED),
    ):
        if pattern.fullmatch(tidy):
            return DeskScan(kind, tidy)
    return DeskScan(ScanKind.NOTHING, tidy)


def drawer_of(place: str) -> str:
    """Name the drawer of a place: the name of the place without its number."""
    return place.rpartition("-")[0]


def read_either(typed: str, placed: str) -> DeskScan:
    """Read what came by the letters, or else by the places of the keys (US).

    A scanner is a keyboard, and types the letters of another one where the computer is set to it.
    """
    first, second = read_scan(typed), read_scan(placed)
    unclear = {ScanKind.NOTHING, ScanKind.WRONG_LABEL, ScanKind.WRONG_REFERENCE, ScanKind.PRINTED}
    known = first.kind not in unclear or (first.kind is ScanKind.PRINTED and second.kind in unclear)
    return first if known or second.kind is ScanKind.NOTHING else second
