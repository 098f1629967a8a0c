"""Seals a stream to recovery keys, and opens it: chunk by chunk, nothing of it twice in memory or on disk.

age: X25519, HKDF and ChaCha20-Poly1305 over chunks of 64 KiB, each with its number and the last one marked, so that
what is cut off, swapped or changed anywhere is seen. Nothing says who sealed it: anybody may who has the public part.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from queue_server.backup.errors import BackupDamagedError, BackupKeyError

if TYPE_CHECKING:
    from pyrage import x25519

_CHUNK = 1 << 16


class _Target:
    """A file that remembers why it could not be written: the library keeps the words alone."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._file.flush()


def seal(write: Callable[[IO[bytes]], None], file: IO[bytes], recipients: Sequence["x25519.Recipient"]) -> None:
    """Seal into ``file`` what ``write`` writes, in a thread of its own.

    Raises:
        OSError: it cannot be written.
    """
    from pyrage import EncryptError, encrypt_io  # noqa: PLC0415 - as in ``recovery_key``

    reading, writing = os.pipe()

    def produce() -> None:
        with os.fdopen(writing, "wb") as pipe:
            write(pipe)

    target = _Target(file)
    with ThreadPoolExecutor(1, thread_name_prefix="backup") as thread:
        produced = thread.submit(produce)
        try:
            with os.fdopen(reading, "rb") as pipe:
                encrypt_io(pipe, target, recipients)
        except EncryptError as error:
            if target.error is None:
                raise
            raise target.error from error
        # Where it failed the pipe only ended, and what was sealed is short.
        produced.result()


def unseal[T](file: IO[bytes], identities: Sequence["x25519.Identity"], read: Callable[[IO[bytes]], T]) -> T:
    """Open ``file`` in a thread of its own, and give what ``read`` makes of it; that has all been seen to be genuine.

    Raises:
        BackupKeyError: none of these keys opens it.
        BackupDamagedError: it is cut off, was changed, or is no backup.
        OSError: it cannot be read.
    """
    from pyrage import decrypt_io  # noqa: PLC0415 - as in ``recovery_key``

    reading, writing = os.pipe()

    def produce() -> None:
        with os.fdopen(writing, "wb") as pipe:
            decrypt_io(file, pipe, identities)

    with ThreadPoolExecutor(1, thread_name_prefix="restore") as thread:
        opened = thread.submit(produce)
        try:
            with os.fdopen(reading, "rb") as pipe:
                found = read(pipe)
                while pipe.read(_CHUNK):
                    pass
        except Exception:
            # What could not be opened ends early for whoever reads it: that is why it could not be understood.
            with suppress(BrokenPipeError):
                _result(opened.result)
            raise
        _result(opened.result)
        return found


def _result(wait: Callable[[], None]) -> None:
    from pyrage import DecryptError  # noqa: PLC0415 - as in ``recovery_key``

    try:
        wait()
    except DecryptError as error:
        # The library has one exception for both. Without the key it cannot tell who else's part of the header it is.
        if "matching keys" in str(error):
            raise BackupKeyError from error
        raise BackupDamagedError(reason="no whole beginning") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise BackupDamagedError(reason="cut off, or changed") from error
