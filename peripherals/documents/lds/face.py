"""DG2 and DG7: pictures of the holder's face and signature, as encoded bytes (ICAO Doc 9303-10, 4.7.2 and 4.7.7).

A face comes in a CBEFF template (ISO/IEC 7816-11) that holds a record of ISO/IEC 19794-5:2005 or, on documents made
from 2026 on, of ISO/IEC 39794-5. The records describe a picture in many fields; only the picture itself is taken,
since what it is stands in its own first bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from peripherals.documents import ber
from peripherals.documents.lds.files import Raw, body, of_file
from peripherals.errors import ChipDataError

_FACES_MOST = 9
_GROUP_TEMPLATE, _TEMPLATE, _COUNT, _SIGNATURE = 0x7F61, 0x7F60, 0x02, 0x5F43
_BLOCK, _BLOCK_CONSTRUCTED = 0x5F2E, 0x7F2E
#: ISO/IEC 19794-5:2005, 5.4: the mark, the version, length and number of faces.
_MARK = b"FAC\0"
_RECORD_HEAD = 14
#: 5.5 to 5.7: facial information, eight bytes for each feature point, image information.
_FACIAL, _POINT, _IMAGE = 20, 8, 12
#: ISO/IEC 39794-5, annex A: the elements on the way to the picture, within [APPLICATION 5].
_BLOCK_39794 = 0x65
_REPRESENTATIONS, _REPRESENTATION, _DATA = 0xA1, 0x30, 0x80
_WAY = (0xA1, 0xA0, 0xA0)


class ImageFormat(StrEnum):
    JPEG = "jpeg"
    JPEG_2000 = "jpeg-2000"
    #: JPEG 2000 without the boxes of its file format.
    CODESTREAM = "codestream"


_BEGINNINGS = {
    b"\xff\xd8\xff": ImageFormat.JPEG,
    bytes.fromhex("0000000C6A5020200D0A870A"): ImageFormat.JPEG_2000,
    b"\xff\x4f\xff\x51": ImageFormat.CODESTREAM,
}


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A view of the file: wiping the file wipes it."""

    coding: ImageFormat
    data: memoryview = field(repr=False)


def faces(data: Raw) -> tuple[EncodedPicture, ...]:
    """Take the faces out of DG2, at least one.

    Raises:
        ChipDataError: it is not what the standards say, or holds pictures of another kind.
    """
    with of_file("DG2"):
        group = ber.parse_one(body(data, 2), tag=_GROUP_TEMPLATE).children(limit=_FACES_MOST + 1)
        templates = [element for element in group if element.tag == _TEMPLATE]
        found = tuple(picture for template in templates for picture in _faces(template))
        if not found:
            raise ChipDataError(fault="face-missing")
        return found


def signatures(data: Raw) -> tuple[EncodedPicture, ...]:
    """Take the pictures of a signature or usual mark out of DG7, at least one.

    Raises:
        ChipDataError: it is not what the standard says, or holds pictures of another kind.
    """
    with of_file("DG7"):
        elements = ber.parse(body(data, 7), limit=_FACES_MOST + 1)
        found = tuple(_picture(element.value) for element in elements if element.tag == _SIGNATURE)
        if not found:
            raise ChipDataError(fault="signature-missing")
        return found


def _faces(template: ber.Tlv) -> Iterator[EncodedPicture]:
    elements = template.children()
    plain = ber.find(elements, _BLOCK)
    block = ber.find(elements, _BLOCK_CONSTRUCTED) if plain is None else plain
    if block is None:
        raise ChipDataError(fault="block-missing")
    pictures = _by_19794(block) if block[: len(_MARK)] == _MARK else _by_39794(block)
    return (_picture(picture) for picture in pictures)


def _by_19794(block: memoryview) -> Iterator[memoryview]:
    if len(block) < _RECORD_HEAD:
        raise ChipDataError(fault="face-record")
    length, count = int.from_bytes(block[8:12]), int.from_bytes(block[12:14])
    if not _RECORD_HEAD <= length <= len(block) or not 0 < count <= _FACES_MOST:
        raise ChipDataError(fault="face-record")
    at = _RECORD_HEAD
    for _ in range(count):
        size, points = int.from_bytes(block[at : at + 4]), int.from_bytes(block[at + 4 : at + 6])
        head = _FACIAL + _POINT * points + _IMAGE
        if not head < size <= len(block) - at:
            raise ChipDataError(fault="face-record")
        yield block[at + head : at + size]
        at += size


def _by_39794(block: memoryview) -> Iterator[memoryview]:
    elements = ber.parse(block)
    if elements and elements[0].tag == _REPRESENTATIONS:
        # The template of ISO/IEC 39794-1 for smart cards stands around it.
        elements = elements[0].children()
    record = ber.parse(ber.need(elements, _BLOCK_39794))
    for element in ber.parse(ber.need(record, _REPRESENTATIONS), limit=_FACES_MOST):
        if element.tag != _REPRESENTATION:
            raise ChipDataError(fault="face-record")
        value = element.value
        for tag in _WAY:
            value = ber.need(ber.parse(value), tag)
        yield ber.need(ber.parse(value), _DATA)


def _picture(data: memoryview) -> EncodedPicture:
    for beginning, coding in _BEGINNINGS.items():
        if data[: len(beginning)] == beginning:
            return EncodedPicture(coding, data)
    raise ChipDataError(fault="picture-coding")
