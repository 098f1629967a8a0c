"""Puts another certificate authority in the place of the centre's own, while devices go on.

A device trusts what it was told over a line that it trusts already. So the next authority is made and announced beside
the one in force; once devices trust both, the certificate is issued by the next one; and then the one before is let go.
In ``DATA/tls``::

    ca.pem      the authority in force, ca.key its key
    next.pem    the one that will be, next.key its key
    before.pem  the one that was; its key is destroyed when another takes its place

Each deed can be done again where it was cut off in its midst.

``ConsularError``
    ``AuthorityUnpreparedError``   there is no next authority
    ``AuthorityUnfinishedError``   the one before is not let go yet
"""

from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from queue_server import files, tls
from queue_server.domain.values import ConsularError

_NEXT: Final = "next.pem"
_NEXT_KEY: Final = "next.key"
_BEFORE: Final = "before.pem"


class AuthorityUnpreparedError(ConsularError):
    """There is no next authority: ``authority prepare`` makes it."""

    code = "authority-unprepared"


class AuthorityUnfinishedError(ConsularError):
    """The authority before the one in force still counts: ``authority finish`` lets it go."""

    code = "authority-unfinished"


class CentreAuthority(msgspec.Struct, frozen=True):
    """One authority: its certificate (PEM), the SHA-256 of that in hexadecimal, and when it ends (UTC)."""

    pem: str
    fingerprint: str
    ends: datetime


class CentreAuthorities(msgspec.Struct, frozen=True):
    """Those of a data folder."""

    force: CentreAuthority
    next: CentreAuthority | None = None
    before: CentreAuthority | None = None

    def announced(self, now: datetime) -> tuple[str, ...]:
        """List the certificates (PEM) that devices are to trust, the one in force first; none that has ended."""
        there = (self.force, self.next, self.before)
        # Where a switch was cut off the next one is in force already.
        return tuple(dict.fromkeys(one.pem for one in there if one is not None and one.ends > now))


def find_authorities(data: Path) -> CentreAuthorities | None:
    """Read the authorities; None where this server has none of its own.

    Raises:
        TlsDamagedError: a file cannot be used.
    """
    folder = data / tls.FOLDER
    if not (folder / tls.CA).exists():
        return None
    with files.locked(folder):
        return _read(folder)


def prepare(data: Path, now: datetime) -> CentreAuthorities:
    """Make the next authority; one that is there already stays.

    Raises:
        TlsMissingError: there is none in force.
        AuthorityUnfinishedError: the one before is not let go yet.
        TlsDamagedError: a file cannot be used.
    """
    folder = _folder(data)
    with files.locked(folder):
        if (folder / _BEFORE).exists():
            raise AuthorityUnfinishedError
        if not (folder / _NEXT_KEY).exists():
            tls.make_authority(folder / _NEXT, folder / _NEXT_KEY, now)
        return _read(folder)


def withdraw(data: Path) -> None:
    """Give the next authority up.

    Raises:
        TlsMissingError: there is none in force.
        AuthorityUnpreparedError: there is no next one.
        AuthorityUnfinishedError: it has begun to take its place; ``switch`` goes on.
    """
    folder = _folder(data)
    with files.locked(folder):
        if not (folder / _NEXT_KEY).exists():
            raise AuthorityUnpreparedError
        if (folder / _BEFORE).exists():
            raise AuthorityUnfinishedError
        _remove_next(folder)


def switch(data: Path, now: datetime) -> CentreAuthorities:
    """Put the next authority in force, and issue the certificate of the server by it, for the names that it has.

    Raises:
        TlsMissingError: there is no authority in force, or no certificate.
        AuthorityUnpreparedError: there is no next one.
        TlsDamagedError: a file cannot be used.
    """
    folder = _folder(data)
    with files.locked(folder):
        if not (folder / _NEXT_KEY).exists():
            raise AuthorityUnpreparedError
        if not (folder / tls.SERVER).exists():
            raise tls.TlsMissingError
        names = tls.names_of(tls.read_certificate(folder / tls.SERVER))
        if (folder / _NEXT).read_bytes() != (folder / tls.CA).read_bytes():
            files.replace(folder / _BEFORE, (folder / tls.CA).read_bytes())
            files.replace(folder / tls.CA, (folder / _NEXT).read_bytes())
        files.replace(folder / tls.CA_KEY, (folder / _NEXT_KEY).read_bytes())
        tls.make_certificate(folder, names, now)
        _remove_next(folder)
        return _read(folder)


def finish(data: Path) -> CentreAuthorities:
    """Let the authority before the one in force go.

    Raises:
        TlsMissingError: there is none in force.
        AuthorityUnfinishedError: a ``switch`` was cut off; it goes on.
        TlsDamagedError: a file cannot be used.
    """
    folder = _folder(data)
    with files.locked(folder):
        if (folder / _NEXT_KEY).exists() and (folder / _BEFORE).exists():
            raise AuthorityUnfinishedError
        (folder / _BEFORE).unlink(missing_ok=True)
        return _read(folder)


def _folder(data: Path) -> Path:
    folder = data / tls.FOLDER
    if not (folder / tls.CA).exists():
        raise tls.TlsMissingError
    return folder


def _remove_next(folder: Path) -> None:
    # The key first: it says that there is a next one.
    (folder / _NEXT_KEY).unlink()
    (folder / _NEXT).unlink(missing_ok=True)


def _read(folder: Path) -> CentreAuthorities:
    force = _authority(tls.read_certificate(folder / tls.CA))
    others = (
        _authority(tls.read_certificate(folder / name)) if (folder / name).exists() else None
        for name in (_NEXT, _BEFORE)
    )
    return CentreAuthorities(force, *others)


def _authority(certificate: x509.Certificate) -> CentreAuthority:
    return CentreAuthority(
        certificate.public_bytes(Encoding.PEM).decode(),
        certificate.fingerprint(hashes.SHA256()).hex(),
        certificate.not_valid_after_utc,
    )
