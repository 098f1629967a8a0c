"""A drawn face, for the picture on the chip: nobody's, and the same each time."""

import io
from enum import StrEnum
from functools import cache

from PIL import Image, ImageDraw

SIZE = (413, 531)
_MARKER = 2
_COMMENT_LIMIT = 0xFFFF - _MARKER
_COMMENT_HEAD = 4
_QUALITIES = (95, 90, 85, 80, 70, 60, 50, 40, 30, 20, 10, 5)
_HAIR = ((92, 64, 40), (40, 40, 48), (170, 120, 60), (130, 130, 135))


class FaceFormat(StrEnum):
    JPEG = "jpeg"
    JPEG_2000 = "jpeg-2000"
    #: JPEG 2000 without the boxes of its file format.
    CODESTREAM = "codestream"


@cache
def face(coding: FaceFormat, size: int, variant: int = 0) -> bytes:
    """Draw a face and encode it.

    Args:
        coding: of the picture.
        size: bytes; a JPEG is filled up to it exactly, where the picture is not larger at the lowest quality, a
            JPEG 2000 is about as long.
        variant: 0 to 3, another face each.
    """
    picture = _draw(variant)
    if coding is FaceFormat.JPEG:
        return _jpeg(picture, size)
    stream = io.BytesIO()
    rate = picture.width * picture.height * 3 / size
    kind = "jp2" if coding is FaceFormat.JPEG_2000 else "j2k"
    picture.save(stream, "JPEG2000", quality_mode="rates", quality_layers=[rate], no_jp2=kind == "j2k")
    return stream.getvalue()


def _jpeg(picture: Image.Image, size: int) -> bytes:
    encoded = b""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality)
        encoded = stream.getvalue()
        if len(encoded) + _COMMENT_HEAD <= size:
            break
    # Comments fill it up: a decoder steps over them.
    missing = size - len(encoded)
    comments = b""
    while missing >= _COMMENT_HEAD:
        length = min(missing, _COMMENT_LIMIT)
        length = length if missing - length == 0 or missing - length >= _COMMENT_HEAD else length - _COMMENT_HEAD
        comments += b"\xff\xfe" + (length - _MARKER).to_bytes(2) + bytes(length - _COMMENT_HEAD)
        missing -= length
    return encoded[:_MARKER] + comments + encoded[_MARKER:]


def _draw(variant: int) -> Image.Image:
    picture = Image.new("RGB", SIZE, (214, 222, 230))
    pen = ImageDraw.Draw(picture)
    skin, shade = (233 - 20 * variant, 194 - 22 * variant, 166 - 24 * variant), (60, 40, 36)
    hair = _HAIR[variant]
    pen.ellipse((20, 420, 393, 700), fill=(52, 78, 112))
    pen.rectangle((165, 370, 248, 450), fill=skin)
    pen.ellipse((80, 60, 333, 400), fill=hair)
    pen.ellipse((98, 100, 315, 420), fill=skin)
    pen.pieslice((90, 70, 323, 300), 180, 360, fill=hair)
    for left in (140, 228):
        pen.ellipse((left, 228, left + 45, 252), fill=(250, 250, 250))
        pen.ellipse((left + 13, 229, left + 33, 251), fill=(70, 96, 70))
        pen.line((left - 2, 212, left + 47, 208), fill=hair, width=6)
    pen.line((207, 250, 198, 305, 214, 308), fill=shade, width=3)
    pen.line((168, 352, 207, 358, 246, 352), fill=(150, 70, 70), width=6)
    return picture
