"""Bring what is trusted up to date: let files in that follow from what is there, and name what came and went."""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.crl import RevocationList
from peripherals.documents.trust.files import Material, read_bytes, read_folder, recognise, store_of
from peripherals.documents.trust.master_list import MasterList
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import TrustError

#: Let in first what others stand on.
_KINDS = (Certificate, MasterList, RevocationList)


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


@dataclass(slots=True)
class _Change:
    """What a folder would hold, by name of the file, and what of it is new."""

    material: dict[str, Material]
    incoming: dict[str, bytes]
    superseded: set[str]

    def store(self) -> TrustStore:
        return store_of(self.material.values())

    def replace(self, given: Material, data: bytes) -> None:
        """Put a thing in the place of what was there about the same.

        Raises:
            TrustError: ``list-older``.
        """
        for name in [name for name, there in self.material.items() if _subject(there) == _subject(given)]:
            _refuse_older(self.material.pop(name), given)
            self.superseded.add(name)
        self.material[_slot(given)] = given
        self.incoming[_slot(given)] = data


def update(paths: Sequence[Path], folder: Path) -> Update:
    """Let files in: all of them or, where one cannot be trusted, none.

    Taken is: an authority that signed itself, or that a trusted one signed; a signer of a trusted authority; a
    revocation list that a trusted authority signed; a master list whose signer a trusted authority issued, or, where
    nothing is trusted yet, the authority that came with it. A list takes the place of the older one of its state or
    authority. Each file is replaced at once, and any mixture of old and new ones is a store.

    Raises:
        TrustError: ``path-unreadable``, ``store-busy``, ``store-unwritable``, ``authority-unlinked``,
            ``signer-unknown``, ``list-signer-unknown``, ``list-older``, or as ``recognise``. Placeholder ``file``
            names the file.
    """
    with _locked(folder):
        before, _ = read_folder(folder)
        change = _Change(dict(before), {}, set())
        given = list(_read_all(paths))
        signers = [signer for kind in _KINDS for signer in _replace_kind(change, given, kind)]
        old, new = store_of(before.values()).certificates, change.store().certificates
        _write(change, folder)
    had, has = frozenset(old), frozenset(new)
    return Update(
        added=tuple(each for each in new if each not in had),
        removed=tuple(each for each in old if each not in has),
        revocations=sum(isinstance(change.material[slot], RevocationList) for slot in change.incoming),
        signers=tuple(signers),
        unread=sum(len(each.unread) for _, _, each in given if isinstance(each, MasterList)),
    )


def _replace_kind(
    change: _Change, given: Sequence[tuple[Path, bytes, Material]], kind: type[Material]
) -> Iterator[ListSigner]:
    """Take all things of a kind, and then ask whether each is trusted: one may stand on another."""
    taken = [(path, data, each) for path, data, each in given if type(each) is kind]
    for path, data, each in taken:
        with _naming(path):
            if isinstance(each, MasterList):
                yield _list_signer(each, change.store())
            change.replace(each, data)
    store = change.store()
    for path, _, each in taken:
        with _naming(path):
            _must_be_trusted(each, store)


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


def _refuse_older(there: Material, given: Material) -> None:
    """Refuse a list that is older than the one it would replace: it may lack what was taken back since."""
    older = False
    match there, given:
        case MasterList(), MasterList():
            older = there.signed_at is not None and (given.signed_at is None or given.signed_at < there.signed_at)
        case RevocationList(), RevocationList():
            older = given.this_update < there.this_update or (given.number or 0) < (there.number or 0)
    if older:
        raise TrustError(fault="list-older")


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


def _read_all(paths: Sequence[Path]) -> Iterator[tuple[Path, bytes, Material]]:
    for path in paths:
        with _naming(path):
            data = read_bytes(path)
            yield path, data, recognise(data)


def _write(change: _Change, folder: Path) -> None:
    """Put files in their places, each whole or not at all, also where the power fails."""
    try:
        fresh = [(_written(folder / f".{name}.new", data), folder / name) for name, data in change.incoming.items()]
        for temporary, place in fresh:
            temporary.replace(place)
        for name in change.superseded - set(change.material):
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
