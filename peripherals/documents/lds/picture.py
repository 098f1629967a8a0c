"""A picture from a chip, made ready for a screen: in memory only, bounded, and wiped when it is done with.

Pillow decodes JPEG and JPEG 2000, also raw codestreams and pictures with padding behind them.
"""

import io
import re
import struct
import warnings
from dataclasses import dataclass, field

from PIL import Image

from peripherals.documents.lds.face import EncodedPicture, ImageFormat
from peripherals.errors import ChipDataError

#: Faces in use have 0.1 to 2 million pixels and 10 to 60 kB.
PIXELS_MOST = 4_000_000
_BYTES_MOST = 1 << 20
_SIDE_LEAST = 8
#: Scans of a progressive JPEG. Each is a pass over all pixels, so that a small file of many would take minutes.
_SCANS_MOST = 64
_SCAN = re.compile(b"\xff\xda")
#: The one decoder that is tried, by what the first bytes say.
_FORMATS = {ImageFormat.JPEG: "JPEG", ImageFormat.JPEG_2000: "JPEG2000", ImageFormat.CODESTREAM: "JPEG2000"}


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of red, green and blue, a byte each, from the top: ``width * 3`` bytes a row, nothing between them."""

    width: int
    height: int
    pixels: bytearray = field(repr=False)

    def wipe(self) -> None:
        """Overwrite the pixels. Out of reach is what the decoder had in its own memory."""
        self.pixels[:] = bytes(len(self.pixels))


def decode(encoded: EncodedPicture) -> Picture:
    """Decode a picture.

    Raises:
        ChipDataError: too large, or no picture.
    """
    data = encoded.data
    # A view is searched by an expression alone without a copy of it.
    if len(data) > _BYTES_MOST or len(_SCAN.findall(data)) > _SCANS_MOST:
        raise ChipDataError(file="picture", fault="picture-large")
    stream = io.BytesIO(data)
    try:
        return _decode(stream, _FORMATS[encoded.coding])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise ChipDataError(file="picture", fault="picture-large") from error
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error) as error:
        raise ChipDataError(file="picture", fault="picture-broken") from error
    finally:
        with stream.getbuffer() as view:
            view[:] = bytes(len(view))


def _decode(stream: io.BytesIO, form: str) -> Picture:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        opened = Image.open(stream, formats=(form,))
    with opened:
        width, height = opened.size
        if width * height > PIXELS_MOST:
            raise ChipDataError(file="picture", fault="picture-large")
        if min(width, height) < _SIDE_LEAST:
            raise ChipDataError(file="picture", fault="picture-broken")
        shown = opened.convert("RGB")
    with shown:
        return Picture(width, height, bytearray(shown.tobytes()))
