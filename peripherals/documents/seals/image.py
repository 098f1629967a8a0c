"""Two-dimensional codes in a picture: DataMatrix, QR and Aztec, which seals may be printed as (9303-13, 2.1)."""

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import zxingcpp
from PIL import Image

from peripherals.documents.seals import reading
from peripherals.documents.seals.reading import Seal
from peripherals.errors import SealError

#: Bytes of a file.
LIMIT = 32 << 20
_PIXELS = 50_000_000
#: A larger picture is made smaller before it is searched: A4 at 600 dpi keeps more than four pixels a module of a seal.
_SEARCHED = 12_000_000
_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Aztec]
)
_BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def is_image(data: bytes) -> bool:
    """Tell whether a file is a picture that ``codes`` reads, PNG or JPEG, by its first bytes."""
    return data.startswith(_BEGINNINGS)


def codes(data: bytes) -> tuple[bytes, ...]:
    """Give what the two-dimensional codes in a picture hold, byte for byte.

    Raises:
        SealError: no picture that can be read: fault ``image``, or ``too-long`` for one of more than 32 MiB or 50
            million pixels.
    """
    if len(data) > LIMIT:
        raise SealError(fault="too-long")
    with _open(data) as image:
        found = zxingcpp.read_barcodes(image, formats=_FORMATS)
    return tuple(bytes(code.bytes) for code in found)


def seal(data: bytes) -> Seal:
    """Find the first seal among the codes in a picture.

    Raises:
        SealError: as ``codes``; fault ``no-code`` where there is none, or why the last one is no seal.
    """
    fault = SealError(fault="no-code")
    for code in codes(data):
        try:
            return reading.parse(code)
        except SealError as error:
            fault = error
    raise fault


@contextmanager
def _open(data: bytes) -> Iterator[Image.Image]:
    """Open a picture in grey, on white paper where it is transparent."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                if image.width * image.height > _PIXELS:
                    raise SealError(fault="too-long")
                if image.has_transparency_data:
                    coloured = image.convert("RGBA")
                    paper = Image.new("RGBA", coloured.size, "white")
                    grey = Image.alpha_composite(paper, coloured).convert("L")
                else:
                    grey = image.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise SealError(fault="too-long") from error
    except (OSError, SyntaxError, ValueError, LookupError, EOFError, ArithmeticError, TypeError) as error:
        raise SealError(fault="image") from error
    with grey:
        yield _searched(grey)


def _searched(grey: Image.Image) -> Image.Image:
    """Bound the time of a search, which grows with the picture: 3 s where every part of it looks like a code."""
    scale = math.sqrt(_SEARCHED / (grey.width * grey.height))
    if scale >= 1:
        return grey
    size = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
    return grey.resize(size, Image.Resampling.BOX)
