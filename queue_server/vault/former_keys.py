"""``DATA/keys/former.key``: the public parts of keys that signed days before, so that their days are proved for ever.

A line each: 32 bytes in hexadecimal, and until when it could sign (microseconds). It is beside the keys and not in the
database: whoever can write there alone must not be able to add one. Nothing in it is secret.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from queue_server import files
from queue_server.domain.values import ConsularError
from queue_server.signing import FormerKey

NAME: Final = "former"
_SIZE: Final = 32


class FormerKeysDamagedError(ConsularError):
    """The file of keys that signed before holds something else, or may be changed by others than its owner."""

    code = "former-keys-damaged"


def read_former(folder: Path) -> tuple[FormerKey, ...]:
    """Read them from the folder of keys; none where there is no file.

    Raises:
        FormerKeysDamagedError: it cannot be used.
    """
    path = folder / f"{NAME}.key"
    try:
        if path.stat().st_mode & 0o077:
            raise FormerKeysDamagedError(reason="others may read it")
        return decode_former(path.read_text("ascii"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise FormerKeysDamagedError(reason="unreadable") from error


def add_former(folder: Path, keys: Iterable[FormerKey]) -> None:
    """Add keys to those that are there, on disk when this returns. The folder is locked by whoever asks.

    Raises:
        FormerKeysDamagedError: what is there cannot be read.
        OSError: it cannot be written.
    """
    there = {one.public: one for one in read_former(folder)}
    more = {one.public: one for one in keys if one.public not in there}
    if more:
        files.replace(folder / f"{NAME}.key", encode_former((there | more).values()).encode())


def encode_former(keys: Iterable[FormerKey]) -> str:
    return "".join(f"{one.public.hex()} {one.until}\n" for one in keys)


def decode_former(text: str) -> tuple[FormerKey, ...]:
    """Read what ``encode_former`` has written.

    Raises:
        FormerKeysDamagedError: it is something else.
    """
    found = []
    for line in text.splitlines():
        public, _, until = line.partition(" ")
        try:
            found.append(FormerKey(bytes.fromhex(public), int(until)))
        except ValueError as error:
            raise FormerKeysDamagedError(reason="unreadable") from error
    if any(len(one.public) != _SIZE for one in found):
        raise FormerKeysDamagedError(reason="length")
    return tuple(found)
