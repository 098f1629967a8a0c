"""Passwords and PINs of the tests are hashed by the real argon2, with less work.

A hash as in use (64 MiB, three rounds) costs a tenth of a second of all processors, and the tests make some thousands:
setting up the demonstration alone makes one for each of its people. A hash says how it was made, so that those of both
kinds are checked alike. In use, in programs started anew and in tests marked ``fresh``, they are as strong as ever.
"""

import contextlib
from collections.abc import Iterator

from argon2 import PasswordHasher

_MAKE = PasswordHasher.__init__
_IN_USE = _MAKE.__defaults__
assert _IN_USE is not None
#: Rounds, KiB and lanes: the least that argon2 takes.
_QUICK = (1, 8, 1, *_IN_USE[3:])


def weaken() -> None:
    """Let whoever says nothing of strength make quick hashes in this process."""
    _MAKE.__defaults__ = _QUICK


@contextlib.contextmanager
def in_use() -> Iterator[None]:
    """Make hashes as strong as in use, for a while."""
    before, _MAKE.__defaults__ = _MAKE.__defaults__, _IN_USE
    try:
        yield
    finally:
        _MAKE.__defaults__ = before
