"""What is trusted, as files: read from one or from a folder of them.

A folder holds one file for each thing that is trusted: the master list of each state that publishes one, single
certificates, the revocation list of each authority. What is in it was let in by whoever looks after the machine, by
hand or by ``update.py``.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from asn1crypto import pem

from peripherals.documents import ber
from peripherals.documents.trust import certificate, crl, master_list
from peripherals.documents.trust.asn1 import reading
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.crl import RevocationList
from peripherals.documents.trust.master_list import MasterList
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import TrustError

type Material = MasterList | Certificate | RevocationList
#: Bytes of the longest file that is read.
LONGEST = 16 << 20
_SUFFIXES = frozenset({".ml", ".cer", ".crt", ".der", ".pem", ".crl"})
_FILES_MOST = 10_000
_OBJECT_IDENTIFIER = 0x06


def recognise(data: bytes) -> Material:
    """Read a file of whatever kind: a master list, a certificate or a revocation list; the last two also as PEM.

    Raises:
        TrustError: ``file-unknown`` or why it cannot be used.
    """
    with reading("file-unknown"):
        raw = data
        if pem.detect(data[:64]):
            label, _, raw = pem.unarmor(data)
            return crl.read(raw) if "CRL" in label else certificate.read(raw)
        first = ber.parse_one(raw, tag=0x30, indefinite=True).children(limit=4, indefinite=True)[0]
        if first.tag == _OBJECT_IDENTIFIER:
            return master_list.read(data)
        # A certificate's inner part begins with its version [0], a list's with a plain number (RFC 5280, 4.1, 5.1).
        explicit = first.children()[0].tag == 0xA0  # noqa: PLR2004
    return certificate.read(raw) if explicit else crl.read(raw)


def load(path: Path) -> TrustStore:
    """Read a store from a file, or from every file of a folder whose name says that it belongs there.

    A file of a folder that cannot be used is named in ``faults``, and the others are used.

    Raises:
        TrustError: nothing can be read there: ``path-unreadable``; for a file as ``recognise``.
    """
    if path.is_file():
        return store_of([recognise(read_bytes(path))])
    found, faults = read_folder(path)
    store = store_of(found.values())
    return TrustStore(store.certificates, store.revocations, faults, store.listed)


def store_of(found: Iterable[Material]) -> TrustStore:
    """Put a store together."""
    certificates: list[Certificate] = []
    revocations: list[RevocationList] = []
    listed: list[tuple[str, datetime]] = []
    for given in found:
        if isinstance(given, MasterList):
            certificates += given.certificates
            if given.signed_at is not None:
                listed.append((given.country, given.signed_at))
        elif isinstance(given, Certificate):
            certificates.append(given)
        else:
            revocations.append(given)
    return TrustStore(tuple(certificates), tuple(revocations), listed=tuple(listed))


def mark(path: Path) -> object:
    """Say how a folder or file stands, to see whether it has changed: names, sizes and times of its files."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        found = [(file.name, file.stat()) for file in files]
    except OSError:
        return None
    return tuple((name, about.st_size, about.st_mtime_ns, about.st_ino) for name, about in found)


def read_folder(folder: Path) -> tuple[dict[str, Material], dict[str, str]]:
    """Read a folder; give what is in it by name of the file, and the faults.

    Raises:
        TrustError: ``path-unreadable``.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    except OSError as error:
        raise TrustError(fault="path-unreadable") from error
    found: dict[str, Material] = {}
    faults: dict[str, str] = {}
    for path in paths[:_FILES_MOST]:
        try:
            found[path.name] = recognise(read_bytes(path))
        except TrustError as error:
            faults[path.name] = str(error.placeholders["fault"])
    return found, faults


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        TrustError: ``path-unreadable`` or ``message-long``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise TrustError(fault="path-unreadable") from error
    if len(data) > LONGEST:
        raise TrustError(fault="message-long")
    return data
