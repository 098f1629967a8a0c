"""What is trusted, as files: read from one or from a folder of them, and brought up to date.

A folder holds one file for each thing that is trusted: the master list of each state that publishes one, single
certificates, the revocation list of each authority. What is in it was let in by whoever looks after the machine;
``update`` lets in what follows from that, and names what came and went.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
_SUFFIXES = frozenset({".ml", ".cer", ".crt", ".der", ".pem", ".crl"})
_FILES_MOST = 10_000
#: Bytes of the longest file that is read.
LONGEST = 16 << 20
_OBJECT_IDENTIFIER = 0x06


@dataclass(frozen=True, slots=True)
class ListSigner:
    """Who signed a master list. ``first`` says that nothing was trusted before it: compare ``authority`` by hand.

    ``authority`` is the fingerprint of the certificate that issued the signer.
    """

    country: str
    authority: str
    first: bool


@dataclass(frozen=True, slots=True)
class Update:
    """What came and went. ``unread`` counts certificates of lists that cannot be read."""

    added: tuple[Certificate, ...]
    removed: tuple[Certificate, ...]
    revocations: int
    signers: tuple[ListSigner, ...]
    unread: int


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
        return _store([recognise(_bytes(path))])
    found, faults = _folder(path)
    store = _store(list(found.values()))
    return TrustStore(store.certificates, store.revocations, faults)


def update(paths: Sequence[Path], folder: Path) -> Update:
    """Let files in: all of them or, where one cannot be trusted, none.

    Taken is: an authority that signed itself, or that a trusted one signed; a signer of a trusted authority; a
    revocation list that a trusted authority signed; a master list whose signer a trusted authority issued, or, where
    nothing is trusted yet, the authority that came with it. A list takes the place of the older one of its state or
    authority. Each file is replaced at once, and any mixture of old and new ones is a store.

    Raises:
        TrustError: ``path-unreadable``, ``store-busy``, ``authority-unlinked``, ``signer-unknown``,
            ``list-signer-unknown``, ``list-older``, or as ``recognise``. Placeholder ``file`` names the file.
    """
    with _locked(folder):
        before, _ = _folder(folder)
        after = dict(before)
        incoming: dict[str, bytes] = {}
        superseded: set[str] = set()
        signers: list[ListSigner] = []
        unread = 0
        for path, data, given in sorted(_read_all(paths), key=lambda item: _order(item[2])):
            with _naming(path):
                if isinstance(given, MasterList):
                    signers.append(_list_signer(given, _store(list(after.values()))))
                    unread += len(given.unread)
                for name in [name for name, there in after.items() if _subject(there) == _subject(given)]:
                    _keep_newer(after.pop(name), given)
                    superseded.add(name)
                slot = _slot(given)
                after[slot] = given
                incoming[slot] = data
                _must_be_trusted(given, _store(list(after.values())))
        old, new = (_store(list(each.values())).certificates for each in (before, after))
        _write(incoming, superseded - set(after), folder)
    return Update(
        added=tuple(each for each in new if each not in set(old)),
        removed=tuple(each for each in old if each not in set(new)),
        revocations=sum(isinstance(after[slot], RevocationList) for slot in incoming),
        signers=tuple(signers),
        unread=unread,
    )


def list_issuer(given: MasterList, store: TrustStore) -> Certificate | None:
    """Give the authority of ``store`` that issued a list's signer, None where none did.

    New keys that a trusted authority certified may come with the list itself (9303-12, 3.1.2).
    """
    came_along = [each for each in (*given.issuers, *given.certificates) if not each.signed_by(each)]
    known = TrustStore((*store.certificates, *came_along))
    if given.signer.is_authority:
        return given.signer if known.trusts(given.signer) else None
    return known.issuer_of(given.signer)


def _list_signer(given: MasterList, store: TrustStore) -> ListSigner:
    first = not store.authorities
    judge = TrustStore((*given.issuers, *given.certificates, given.signer)) if first else store
    issuer = list_issuer(given, judge)
    if issuer is None or issuer.country != given.signer.country:
        raise TrustError(fault="list-signer-unknown")
    return ListSigner(given.country, issuer.fingerprint, first)


def _must_be_trusted(given: Material, store: TrustStore) -> None:
    match given:
        case RevocationList() if not store.vouches(given):
            raise TrustError(fault="signer-unknown")
        case Certificate() if given.is_authority and not store.trusts(given):
            raise TrustError(fault="authority-unlinked")
        case Certificate() if not given.is_authority and store.issuer_of(given) is None:
            raise TrustError(fault="signer-unknown")


def _keep_newer(there: Material, given: Material) -> None:
    """Refuse a list that is older than the one it would replace: it may lack what was taken back since."""
    older = False
    match there, given:
        case MasterList(), MasterList():
            older = there.signed_at is not None and (given.signed_at is None or given.signed_at < there.signed_at)
        case RevocationList(), RevocationList():
            older = given.this_update < there.this_update or (given.number or 0) < (there.number or 0)
    if older:
        raise TrustError(fault="list-older")


def _order(given: Material) -> tuple[int, bool]:
    """Let in first what others stand on: authorities that signed themselves, then links and signers, then lists."""
    kinds = [Certificate, MasterList, RevocationList]
    return kinds.index(type(given)), isinstance(given, Certificate) and not given.signed_by(given)


def _subject(given: Material) -> tuple[str, str]:
    """Say what a thing is about: of two with the same subject the newer one counts."""
    match given:
        case MasterList():
            return "list", given.country
        case Certificate():
            return "authority" if given.is_authority else "signer", given.fingerprint
        case RevocationList():
            return "revoked", f"{given.issuer} {(given.authority_key_id or b'').hex()}"


def _slot(given: Material) -> str:
    """Name the file that a thing belongs in, by a hash: what it says of itself makes no file name."""
    kind, about = _subject(given)
    suffix = {"list": "ml", "revoked": "crl"}.get(kind, "cer")
    return f"{kind}-{hashlib.sha256(about.encode()).hexdigest()[:32]}.{suffix}"


def _store(found: list[Material]) -> TrustStore:
    certificates: list[Certificate] = []
    for given in found:
        if isinstance(given, MasterList):
            certificates += given.certificates
        elif isinstance(given, Certificate):
            certificates.append(given)
    return TrustStore(tuple(certificates), tuple(each for each in found if isinstance(each, RevocationList)))


def _folder(folder: Path) -> tuple[dict[str, Material], dict[str, str]]:
    """Read a folder; give what is in it by name of the file, and the faults."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    except OSError as error:
        raise TrustError(fault="path-unreadable") from error
    found: dict[str, Material] = {}
    faults: dict[str, str] = {}
    for path in paths[:_FILES_MOST]:
        try:
            found[path.name] = recognise(_bytes(path))
        except TrustError as error:
            faults[path.name] = str(error.placeholders["fault"])
    return found, faults


def _read_all(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes, Material]]:
    for path in paths:
        with _naming(path):
            data = _bytes(path)
            yield path, data, recognise(data)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise TrustError(fault="path-unreadable") from error
    if len(data) > LONGEST:
        raise TrustError(fault="message-long")
    return data


def _write(incoming: dict[str, bytes], superseded: set[str], folder: Path) -> None:
    """Put files in their places, each whole or not at all, also where the power fails."""
    try:
        fresh = [(_written(folder / f".{name}.new", data), folder / name) for name, data in incoming.items()]
        for temporary, place in fresh:
            temporary.replace(place)
        for name in superseded:
            (folder / name).unlink()
        _sync(folder)
    except OSError as error:
        raise TrustError(fault="store-unwritable") from error


def _written(path: Path, data: bytes) -> Path:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second update away."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("wb")
    except OSError as error:
        raise TrustError(fault="path-unreadable") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise TrustError(fault="store-busy") from error
        yield


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say in an error which file it is about."""
    try:
        yield
    except TrustError as error:
        raise TrustError(fault=error.placeholders["fault"], file=path.name) from error
