"""The process in which a picture of a chip is decoded: standard input to standard output, and nothing else.

``python -I -m peripherals.documents.lds.portrait_process CODING WIDTH HEIGHT MOST``. Exit code 0: a JPEG was written;
3: the picture is too large; anything else: nothing came of it. Nothing is said about a picture, anywhere.
"""

import ctypes
import io
import resource
import sys

from PIL import Image, Jpeg2KImagePlugin, JpegImagePlugin

from peripherals.documents.lds.face import EncodedPicture, ImageFormat
from peripherals.documents.lds.picture import Picture, decode
from peripherals.documents.lds.portrait import TOO_LARGE
from peripherals.errors import ChipDataError

#: The decoders are here before files can no longer be opened.
_DECODERS = (JpegImagePlugin, Jpeg2KImagePlugin)
Image.preinit()
_QUALITIES = (85, 75, 65, 55, 45, 35)
#: A picture that is too long at the lowest quality becomes smaller by this, in pixels of its sides.
_SMALLER = 0.75
_LEAST_SIDE = 8
#: What a picture may need at most: address space in bytes, processor time in seconds.
_MEMORY, _SECONDS = 768 << 20, 5
_LONGEST = 1 << 18
_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38  # prctl(2)


def drop_rights() -> None:
    """Keep the right to compute, to read what is open and to write to it; leave no core."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
    ):
        resource.setrlimit(what, (most, most))


def small_jpeg(picture: Picture, width: int, height: int, most: int) -> bytes:
    """Write a picture as a baseline JPEG of so many pixels and bytes at most."""
    with Image.frombytes("RGB", (picture.width, picture.height), bytes(picture.pixels)) as whole:
        scale = min(1.0, width / whole.width, height / whole.height)
        sides = (0, 0)
        while sides != (_LEAST_SIDE, _LEAST_SIDE):
            sides = (max(_LEAST_SIDE, round(whole.width * scale)), max(_LEAST_SIDE, round(whole.height * scale)))
            with whole.resize(sides, Image.Resampling.LANCZOS) as small:
                for quality in _QUALITIES:
                    stream = io.BytesIO()
                    small.save(stream, "JPEG", quality=quality)
                    if len(stream.getvalue()) <= most:
                        return stream.getvalue()
            scale *= _SMALLER
    raise ChipDataError(file="picture", fault="picture-large")


def main() -> None:
    """Do it once."""
    drop_rights()
    coding, width, height, most = sys.argv[1:]
    data = memoryview(sys.stdin.buffer.read(_LONGEST + 1))
    try:
        written = small_jpeg(decode(EncodedPicture(ImageFormat(coding), data)), int(width), int(height), int(most))
    except ChipDataError as error:
        sys.exit(TOO_LARGE if error.placeholders["fault"] == "picture-large" else 1)
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
