"""The pair of keys of whoever may restore: the public part seals backups, the private one opens them.

They are those of age (https://age-encryption.org/v1), and so is the file: ``age`` opens a backup by it, too.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.backup.errors import RecoveryKeyError

if TYPE_CHECKING:
    from pyrage import x25519

_PRIVATE = "AGE-SECRET-KEY-"


def make(path: Path) -> str:
    """Write a new pair for its owner alone into a file that is not there yet; give the public part. Raises OSError."""
    # The library of the seal is loaded where something is sealed: no other command needs it.
    from pyrage import x25519  # noqa: PLC0415

    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    return public


def recipients(public: Iterable[str]) -> list["x25519.Recipient"]:
    """Read public parts.

    Raises:
        RecoveryKeyError: one is none.
    """
    from pyrage import RecipientError, x25519  # noqa: PLC0415 - as above

    try:
        return [x25519.Recipient.from_str(one.strip()) for one in public]
    except RecipientError as error:
        raise RecoveryKeyError(reason="no public key (age1...)") from error


def identities(path: Path) -> list["x25519.Identity"]:
    """Read the private parts in a file.

    Raises:
        RecoveryKeyError: there is none.
        OSError: it cannot be read.
    """
    from pyrage import IdentityError, x25519  # noqa: PLC0415 - as above

    try:
        lines = path.read_text("ascii").split()
        found = [x25519.Identity.from_str(line) for line in lines if line.startswith(_PRIVATE)]
    except (IdentityError, ValueError) as error:
        raise RecoveryKeyError(file=str(path)) from error
    if not found:
        raise RecoveryKeyError(file=str(path))
    return found
