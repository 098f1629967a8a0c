"""How a seal comes through a barcode reader that is set up for it. Pure.

Seals in binary hold every byte there is, so that no line end can end them, and a reader has to be told what to do with
them: most send the bytes as they are (``raw``), many write them in hexadecimal (as the hex dump mode of Honeywell's
readers does, with spaces between), some in Base64. Seals in JSON and of the ICAO Datastructure for Barcode (``RDB1``)
are text, and come as they are in every case.
"""

import binascii
from collections.abc import Sequence
from enum import StrEnum

from peripherals.device import DeviceUrl
from peripherals.errors import UrlInvalidError

#: The most bytes of a seal: more than a two-dimensional code holds.
LONGEST = 4096
#: What seals begin with: the first byte of those in binary (ICAO Doc 9303-13, 2.2), and JSON's brace.
_BEGINNINGS = b"\xdc{"
#: What seals in text begin with.
TEXTS = (b"{", b"RDB1", b"NDB1")


class SealForm(StrEnum):
    RAW = "raw"
    HEX = "hex"
    BASE64 = "base64"

    @property
    def room(self) -> int:
        """The most bytes that a seal takes on the line: in hexadecimal three a byte with the spaces, and its frame."""
        return {SealForm.RAW: LONGEST, SealForm.HEX: 3 * LONGEST, SealForm.BASE64: 4 * LONGEST // 3}[self] + 32


def from_url(url: DeviceUrl) -> SealForm | None:
    """Read ``seal=raw|hex|base64``, None where the reader is set up for no seals.

    Raises:
        UrlInvalidError: another form; ``raw`` without a ``suffix``, with which alone the last byte of a seal is known,
            or over a line of seven bits or with XON and XOFF in it.
    """
    text = url.options.get("seal")
    if text is None:
        return None
    try:
        form = SealForm(text)
    except ValueError as error:
        raise UrlInvalidError(part="seal", value=text) from error
    exact = "suffix" in url.options and url.options.get("bits") != "7" and url.options.get("flow") != "xon"
    if form is SealForm.RAW and not exact:
        raise UrlInvalidError(part="seal", value=text)
    return form


def begins(data: Sequence[int]) -> bool:
    """Tell whether bytes begin as a seal does."""
    return len(data) > 0 and data[0] in _BEGINNINGS


def decode(form: SealForm, text: bytes | bytearray | memoryview) -> bytearray | None:
    """Give the bytes of a seal, None where what came is none.

    What is decoded counts only where it begins as a seal does: a ticket may look like hexadecimal. Decoding hexadecimal
    and Base64 leaves copies in memory that nothing can overwrite; ``raw`` does not.
    """
    data = bytearray(text)
    if data.startswith(TEXTS):
        return data if len(data) <= LONGEST else None
    if form is not SealForm.RAW:
        try:
            written = (
                bytes.fromhex(data.decode()) if form is SealForm.HEX else binascii.a2b_base64(data, strict_mode=True)
            )
        except ValueError:
            written = b""
        data[:] = bytes(len(data))
        data = bytearray(written)
    return data if data and data[0] in _BEGINNINGS and len(data) <= LONGEST else None
