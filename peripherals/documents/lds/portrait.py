"""A face from a chip, written anew as a small plain JPEG by a process that can do nothing else.

Browsers show no JPEG 2000, and bytes of a chip must not reach one as they are. Decoders of pictures are large programs
in C, and whoever has a document writes what they read: so they run neither in the program that holds other people's
documents and takes their money, nor on a server that holds everybody's, but in a process of their own, here at the
reader. It gets the picture on its standard input and gives back another one. Before it sees a byte it has given up
files, processes, and all but a bounded share of memory and time (``portrait_process``); when it ends, what its decoder
had in memory is gone with it.
"""

import asyncio
import contextlib
import os
import sys
from typing import NamedTuple

from peripherals.documents.lds.face import EncodedPicture
from peripherals.errors import ChipDataError

#: How long it may take in all, in seconds; a picture of today takes half of one.
_SECONDS = 8.0
_PROGRAM = "peripherals.documents.lds.portrait_process"
#: How the process says that a picture is too large.
TOO_LARGE = 3


class Bounds(NamedTuple):
    """Pixels and bytes of the picture that is written, at most."""

    width: int
    height: int
    most: int


async def portrait(encoded: EncodedPicture, bounds: Bounds) -> bytearray:
    """Write a picture anew. Cancelled, its process ends at once.

    Raises:
        ChipDataError: it is too large, or no picture, or nothing came of it in time.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-m",
        _PROGRAM,
        encoded.coding,
        *map(str, bounds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Nothing of ours: neither addresses nor secrets that stand in the environment.
        env={name: os.environ[name] for name in ("GLIBC_TUNABLES",) if name in os.environ},
    )
    try:
        async with asyncio.timeout(_SECONDS):
            written, _ = await process.communicate(encoded.data)
    except TimeoutError as error:
        raise ChipDataError(file="picture", fault="picture-slow") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())
    if process.returncode == TOO_LARGE:
        raise ChipDataError(file="picture", fault="picture-large")
    if process.returncode != 0 or not 0 < len(written) <= bounds.most:
        raise ChipDataError(file="picture", fault="picture-broken")
    return bytearray(written)
