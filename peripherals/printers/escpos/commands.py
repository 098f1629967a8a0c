"""ESC/POS commands as bytes (Epson, "ESC/POS Command Reference", by the name of each command)."""

from collections.abc import Iterator

from peripherals.printers.port import MonoImage

#: ESC @: back to what the printer is after power-on; what is in its line buffer is dropped.
INITIALIZE = b"\x1b@"
#: GS a 255: push a 4-byte status on every change, and once now.
AUTO_STATUS = b"\x1da\xff"
#: GS V 66 0: feed to the cutter and cut, leaving one point.
FEED_AND_CUT = b"\x1dVB\x00"
#: Rows in one raster command: more than this overruns the buffer of common printers.
BAND_ROWS = 960

#: What DLE EOT can be asked for: printer, cause of being offline, cause of an error, paper.
QUERIES = (1, 2, 3, 4)


def query(what: int) -> bytes:
    """DLE EOT n: answer one status byte at once, even when busy or offline. ``what`` is one of ``QUERIES``."""
    return bytes((0x10, 0x04, what))


def raster(image: MonoImage) -> Iterator[bytes]:
    """GS v 0: the image in bands."""
    band = image.stride * BAND_ROWS
    for start in range(0, len(image.rows), band):
        rows = image.rows[start : start + band]
        height = len(rows) // image.stride
        yield b"\x1dv0\x00" + image.stride.to_bytes(2, "little") + height.to_bytes(2, "little") + rows


def echo(number: bytes) -> bytes:
    """GS ( H, function 48: return these 4 bytes once what came before is on paper."""
    return b"\x1d(H\x06\x000\x30" + number


def echo_number(count: int) -> bytes:
    """Give 4 bytes to be echoed for the job ``count``; 65536 differ.

    Only ``@`` to ``O`` are used: they have a bit in common that status bytes never have, so that a status byte
    that arrives within an echo is still told from it.
    """
    return bytes(0x40 | (count >> shift & 0x0F) for shift in (12, 8, 4, 0))


def job(image: MonoImage, number: bytes | None) -> bytes:
    """Return the commands that print one image, and ask for an echo of the number unless it is None."""
    question = b"" if number is None else echo(number)
    return b"".join((INITIALIZE, AUTO_STATUS, *raster(image), FEED_AND_CUT, question))


def pieces(data: bytes, size: int = 4096) -> Iterator[bytes]:
    """Cut a job into pieces, each of which gets the time of one write."""
    for start in range(0, len(data), size):
        yield data[start : start + size]
