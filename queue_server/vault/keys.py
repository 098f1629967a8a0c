"""The keys of the server: files in ``DATA/keys``, outside the database, whose fingerprints the database holds.

=============  =============================================================
signing        Ed25519: signs the closing event of every service day
tickets        HMAC: the token by which a phone shows a ticket
sessions       HMAC: sessions and CSRF tokens of browsers
requests       HMAC: what stands in the log for the body of a request
lockers        Ed25519: signs the orders to banks of lockers
push           P-256 (VAPID, RFC 8292): signs what is sent to push services
documents      X25519 (RFC 7748): opens what kiosks seal of documents
=============  =============================================================

Each is a file ``NAME.key`` of 32 random bytes in hexadecimal, readable by its owner alone.

``ConsularError``
    ``KeysMissingError``     not all of them are there
    ``KeysDamagedError``     a file holds no key, or others may read it
    ``KeysMismatchError``    they are not those of this database
    ``KeysExistError``       an import would overwrite them
    ``KeysPassphraseError``  an export that cannot be opened: wrong passphrase, or changed
"""

import os
import secrets
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from sqlalchemy import Column, Connection, String, Table, insert, select

from queue_server.domain.values import ConsularError
from queue_server.signing import EventSigner, fingerprint
from queue_server.tables import metadata
from queue_server.vault.key_file import KeyFile, PeopleKeyDamagedError, decode_key, encode_key
from queue_server.vault.puncturable import PuncturableKey

key_fingerprints = Table(
    "key_fingerprints",
    metadata,
    Column("name", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
)

FOLDER = "keys"
#: The keys that are 32 random bytes.
_PLAIN = ("signing", "tickets", "sessions", "requests", "documents", "lockers", "push")
_PEOPLE = "people"
_SIZE = 32
_SALT, _NONCE = 16, 12
#: SEC 2, section 2.4.2.
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# RFC 7914, section 2, and OWASP's advice for a passphrase: 128 MiB of memory, about half a second.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**17, 8, 1
_MAGIC = b"consular-keys-1\n"


class KeysMissingError(ConsularError):
    """``DATA/keys`` lacks the key ``name``: bring it by ``keys import``, or from where you keep the folder."""

    code = "keys-missing"


class KeysDamagedError(ConsularError):
    """The file of the key ``name`` holds no key, or may be read by others than its owner."""

    code = "keys-damaged"


class KeysMismatchError(ConsularError):
    """The key ``name`` is not the one with which this database was made."""

    code = "keys-mismatch"


class KeysExistError(ConsularError):
    """Other keys are there already; nothing was changed."""

    code = "keys-exist"


class KeysPassphraseError(ConsularError):
    """The file is no export, was changed, or has another passphrase."""

    code = "keys-passphrase"


class Keys(msgspec.Struct, frozen=True, dict=True):
    """All keys of a server, 32 bytes each; ``people`` as it was when it was read. Never printed."""

    signing: bytes
    tickets: bytes
    sessions: bytes
    requests: bytes
    documents: bytes
    lockers: bytes
    push: bytes
    people: PuncturableKey

    def __repr__(self) -> str:
        return "Keys(...)"

    def fingerprints(self) -> dict[str, str]:
        """Name each key without telling it: SHA-256 over its name and its bytes (the public ones where it has such)."""
        return {
            "signing": self.signer().key_id,
            "tickets": fingerprint("tickets", self.tickets),
            "sessions": fingerprint("sessions", self.sessions),
            "requests": fingerprint("requests", self.requests),
            "documents": fingerprint("documents", self.documents_public()),
            "lockers": fingerprint("lockers", self.order_key().public_key().public_bytes_raw()),
            "push": fingerprint("push", self.push),
            "people": self.people.id,
        }

    def signer(self) -> EventSigner:
        return EventSigner(Ed25519PrivateKey.from_private_bytes(self.signing))

    def order_key(self) -> Ed25519PrivateKey:
        """Give the key that signs orders to banks of lockers, and nothing else."""
        return Ed25519PrivateKey.from_private_bytes(self.lockers)

    def push_key(self) -> ec.EllipticCurvePrivateKey:
        """Give the key that signs what is sent to push services, and nothing else."""
        # Every number from 1 up to the order of the curve, but for the order itself, is a key (SEC 1, section 3.2.1).
        return ec.derive_private_key(int.from_bytes(self.push) % (_P256_ORDER - 1) + 1, ec.SECP256R1())

    @cached_property
    def opener(self) -> X25519PrivateKey:
        """Opens what kiosks sealed; made once, since each ticket with a document asks for it."""
        return X25519PrivateKey.from_private_bytes(self.documents)

    def documents_public(self) -> bytes:
        """Give the key to which kiosks seal, 32 bytes; anybody may know it."""
        return self.opener.public_key().public_bytes_raw()


def init_keys(data: Path, tied: Collection[str] = ()) -> Keys:
    """Make the keys that are not there yet, and read them all.

    Args:
        data: the data folder.
        tied: keys that a database knows: another one would open nothing of what is sealed there.

    Raises:
        KeysMissingError: one of those is not there; nothing was made.
        KeysDamagedError: one that is there cannot be used.
    """
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (*_PLAIN, _PEOPLE):
        if name in tied and not _path(data, name).exists():
            raise KeysMissingError(name=name)
    for name in _PLAIN:
        path = _path(data, name)
        if not path.exists():
            _write(path, secrets.token_bytes(_SIZE))
    people_file(data).init()
    return load_keys(data)


def load_keys(data: Path) -> Keys:
    """Read the keys.

    Raises:
        KeysMissingError: one is not there.
        KeysDamagedError: one cannot be used.
        PeopleKeyMissingError: the people key is not there.
        PeopleKeyDamagedError: it cannot be used.
    """
    return Keys(**{name: _read(_path(data, name), name) for name in _PLAIN}, people=people_file(data).load())


def people_file(data: Path) -> KeyFile:
    """Find the file of the people key."""
    return KeyFile(data / FOLDER)


def _path(data: Path, name: str) -> Path:
    return data / FOLDER / f"{name}.key"


def _read(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise KeysDamagedError(name=name, reason="others may read it")
        key = bytes.fromhex(path.read_text("ascii"))
    except FileNotFoundError as error:
        raise KeysMissingError(name=name) from error
    except (OSError, ValueError) as error:
        raise KeysDamagedError(name=name, reason="unreadable") from error
    if len(key) != _SIZE:
        raise KeysDamagedError(name=name, reason="length")
    return key


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def bind_fingerprints(connection: Connection, keys: Keys) -> None:
    """Tie a database to these keys: store the fingerprints it does not hold yet.

    Raises:
        KeysMismatchError: it is tied to others.
    """
    stored = _stored(connection)
    ours = keys.fingerprints()
    _compare({name: stored.get(name, ours[name]) for name in ours}, ours)
    missing = [{"name": name, "fingerprint": ours[name]} for name in ours if name not in stored]
    if missing:
        connection.execute(insert(key_fingerprints), missing)


def check_fingerprints(connection: Connection, keys: Keys) -> None:
    """Check that these are the keys of this database.

    Raises:
        KeysMismatchError: they are not, or it is tied to none.
    """
    _compare(_stored(connection), keys.fingerprints())


def known_keys(connection: Connection) -> frozenset[str]:
    """Name the keys that a database is tied to."""
    return frozenset(_stored(connection))


def _stored(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(key_fingerprints.c.name, key_fingerprints.c.fingerprint))
    return {row.name: row.fingerprint for row in rows}


def _compare(stored: dict[str, str], ours: dict[str, str]) -> None:
    for name, expected in ours.items():
        if stored.get(name) != expected:
            raise KeysMismatchError(name=name)


def export_keys(data: Path, passphrase: str) -> bytes:
    """Seal all keys for a further server: scrypt (RFC 7914) over the passphrase, AES-256-GCM over the keys.

    Shape: magic line, salt (16 bytes), nonce (12 bytes), ciphertext with tag.

    Raises:
        KeysMissingError: one is not there.
        KeysDamagedError: one cannot be used.
    """
    keys = load_keys(data)
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    plain = msgspec.json.encode(
        {name: getattr(keys, name).hex() for name in _PLAIN} | {_PEOPLE: encode_key(keys.people).decode()}
    )
    return _MAGIC + salt + nonce + _cipher(passphrase, salt).encrypt(nonce, plain, _MAGIC)


def import_keys(data: Path, sealed: bytes, passphrase: str) -> Keys:
    """Open an export and write its keys into a data folder that has none, or the same.

    Of the people key only what the export and the folder both still have is kept: nothing that was destroyed on one
    side comes back.

    Raises:
        KeysPassphraseError: it cannot be opened.
        KeysExistError: other keys are there.
        KeysDamagedError: one that is there cannot be used.
        PeopleKeyDamagedError: the people key that is there cannot be used.
    """
    keys = _open_export(sealed, passphrase)
    (data / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = {_path(data, name): name for name in _PLAIN}
    there = {path for path in wanted if path.exists()}
    file = people_file(data)
    has_people = file.path.exists()
    if any(_read(path, wanted[path]) != getattr(keys, wanted[path]) for path in there):
        raise KeysExistError
    if has_people and file.load().id != keys.people.id:
        raise KeysExistError
    for path in wanted.keys() - there:
        _write(path, getattr(keys, wanted[path]))
    if has_people:
        file.change(lambda held: held.meet(keys.people))
    else:
        file.bring(keys.people)
    return load_keys(data)


def _open_export(sealed: bytes, passphrase: str) -> Keys:
    body = sealed.removeprefix(_MAGIC)
    salt, nonce, secret = body[:_SALT], body[_SALT : _SALT + _NONCE], body[_SALT + _NONCE :]
    if body == sealed or not secret:
        raise KeysPassphraseError
    try:
        plain = _cipher(passphrase, salt).decrypt(nonce, secret, _MAGIC)
        brought = msgspec.json.decode(plain, type=dict[str, str])
        people = decode_key(brought.pop(_PEOPLE).encode())
        return Keys(**{name: bytes.fromhex(key) for name, key in brought.items()}, people=people)
    except (InvalidTag, msgspec.MsgspecError, ValueError, TypeError, KeyError, PeopleKeyDamagedError) as error:
        raise KeysPassphraseError from error


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt, _SIZE, _SCRYPT_N, _SCRYPT_R, _SCRYPT_P).derive(passphrase.encode()))
