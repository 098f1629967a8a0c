"""``DATA/keys/people.key``: what is left of the people key, replaced as a whole whenever something is destroyed.

JSON: ``{"id": hex, "nodes": [[depth, prefix, secret in hexadecimal], ...]}``. Every process of a data folder takes
``people.lock`` before it reads the file to replace it, so that nothing destroyed by one is brought back by another.

``ConsularError``
    ``PeopleKeyMissingError``   it is not there
    ``PeopleKeyDamagedError``   it holds no key, or others may read it
    ``PeopleKeyUnwritableError``   it cannot be replaced
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.domain.values import ConsularError
from queue_server.vault.puncturable import DEPTH, Node, PuncturableKey, whole

NAME = "people"
_SIZE = 32

_Entry = tuple[
    Annotated[int, Meta(ge=0, le=DEPTH)],
    Annotated[str, Meta(pattern=r"\A[0-9a-f]{1,20}\Z")],
    Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")],
]


class PeopleKeyMissingError(ConsularError):
    """``DATA/keys`` lacks the people key: bring it by ``keys import``, or from where you keep the folder."""

    code = "people-key-missing"


class PeopleKeyDamagedError(ConsularError):
    """The file of the people key holds no key, or may be read by others than its owner."""

    code = "people-key-damaged"


class PeopleKeyUnwritableError(ConsularError):
    """The file of the people key cannot be replaced, so nothing was destroyed in it; ``reason`` is the system's."""

    code = "people-key-unwritable"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    nodes: tuple[_Entry, ...]


def encode_key(key: PuncturableKey) -> bytes:
    """Write a key as the file holds it."""
    entries = [(depth, f"{prefix:x}", secret.hex()) for (depth, prefix), secret in sorted(key.nodes.items())]
    return msgspec.json.encode({"id": key.id, "nodes": entries}) + b"\n"


def decode_key(content: bytes) -> PuncturableKey:
    """Read a key.

    Raises:
        PeopleKeyDamagedError: it is none.
    """
    try:
        file = msgspec.json.decode(content, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise PeopleKeyDamagedError(reason="unreadable") from error
    nodes: dict[Node, bytes] = {(depth, int(prefix, 16)): bytes.fromhex(secret) for depth, prefix, secret in file.nodes}
    free = 0
    for first, last in sorted((prefix << (DEPTH - depth), (prefix + 1) << (DEPTH - depth)) for depth, prefix in nodes):
        # No leaf below two nodes, and none outside the tree.
        if first < free or last > 1 << DEPTH:
            raise PeopleKeyDamagedError(reason="tree")
        free = last
    if len(nodes) != len(file.nodes):
        raise PeopleKeyDamagedError(reason="tree")
    return PuncturableKey(file.id, nodes)


class KeyFile:
    """The file of a data folder. Its methods block: call them off the loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / f"{NAME}.key"

    def init(self) -> PuncturableKey:
        """Make the key if it is not there, and read it."""
        with self._locked():
            if not self.path.exists():
                self._replace(whole(secrets.token_bytes(_SIZE)))
            return self.load()

    def load(self) -> PuncturableKey:
        """Read the key.

        Raises:
            PeopleKeyMissingError: there is none.
            PeopleKeyDamagedError: it cannot be used.
        """
        try:
            if self.path.stat().st_mode & 0o077:
                raise PeopleKeyDamagedError(reason="others may read it")
            return decode_key(self.path.read_bytes())
        except FileNotFoundError as error:
            raise PeopleKeyMissingError from error
        except OSError as error:
            raise PeopleKeyDamagedError(reason="unreadable") from error

    def change(self, change: Callable[[PuncturableKey], PuncturableKey]) -> PuncturableKey:
        """Replace the key by what ``change`` leaves of it, on disk when this returns.

        Raises:
            PeopleKeyMissingError: there is none.
            PeopleKeyDamagedError: it cannot be used.
            PeopleKeyUnwritableError: the old one is still there.
        """
        with self._locked():
            before = self.load()
            after = change(before)
            if after.nodes.keys() != before.nodes.keys():
                self._replace(after)
            return after

    def bring(self, key: PuncturableKey) -> None:
        """Write a key where there is none."""
        with self._locked():
            self._replace(key)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            descriptor = os.open(self._folder / f"{NAME}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise PeopleKeyUnwritableError(reason=error.strerror or "") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _replace(self, key: PuncturableKey) -> None:
        try:
            self._write(key)
        except OSError as error:
            raise PeopleKeyUnwritableError(reason=error.strerror or "") from error

    def _write(self, key: PuncturableKey) -> None:
        fresh = self._folder / f".{NAME}.key.new"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(encode_key(key))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
