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

Each is a file ``NAME.key``, readable by its owner alone: a line with 32 random bytes in hexadecimal for each key of
that name, the oldest first. There is more than one while a key is changed (``rotation``); which of them makes, and
until when another counts, the database says (``key_ring``).

``ConsularError``
    ``KeysMissingError``     not all of them are there
    ``KeysDamagedError``     a file holds no key, or others may read it
    ``KeysMismatchError``    they are not those of this database (``key_ring``)
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, insert, select

from queue_server import files
from queue_server.domain.values import ConsularError, Micros, now_micros
from queue_server.signing import EventSigner, FormerKey
from queue_server.vault.former_keys import read_former
from queue_server.vault.key_file import KeyFile
from queue_server.vault.key_ring import BEGINNING, KeyPeriod, KeyRing, KeysMismatchError, fingerprint_of, ring_of
from queue_server.vault.key_tables import key_fingerprints, key_periods
from queue_server.vault.puncturable import PuncturableKey

FOLDER: Final = "keys"
#: The keys that are 32 random bytes.
PLAIN: Final = ("signing", "tickets", "sessions", "requests", "documents", "lockers", "push")
PEOPLE: Final = "people"
KEY_SIZE: Final = 32


class KeysMissingError(ConsularError):
    """``DATA/keys`` lacks the key ``name``: bring it by ``keys import``, or from where you keep the folder."""

    code = "keys-missing"


class KeysDamagedError(ConsularError):
    """The file of the key ``name`` holds no key, or may be read by others than its owner."""

    code = "keys-damaged"


class Keys:
    """All keys of a server; ``people`` as it was when it was read. Never printed.

    What a name gives is the key of it that makes; ``rings`` has those that count beside it. A server that is told of
    another one changes ``rings``, all at once.
    """

    def __init__(
        self, rings: Mapping[str, KeyRing], people: PuncturableKey, former: tuple[FormerKey, ...] = ()
    ) -> None:
        self.rings = dict(rings)
        self.people = people
        #: Keys that signed days before, and are destroyed but for their public parts.
        self.former = former

    def __repr__(self) -> str:
        return "Keys(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keys) and (
            (self.rings, self.people, self.former) == (other.rings, other.people, other.former)
        )

    __hash__ = None  # type: ignore[assignment] # they change

    @property
    def signing(self) -> bytes:
        return self.rings["signing"].key

    @property
    def tickets(self) -> bytes:
        return self.rings["tickets"].key

    @property
    def sessions(self) -> bytes:
        return self.rings["sessions"].key

    @property
    def requests(self) -> bytes:
        return self.rings["requests"].key

    @property
    def documents(self) -> bytes:
        return self.rings["documents"].key

    @property
    def lockers(self) -> bytes:
        return self.rings["lockers"].key

    def fingerprints(self) -> dict[str, str]:
        """Name each key that makes, without telling it."""
        return {name: fingerprint_of(name, self.rings[name].key) for name in PLAIN} | {PEOPLE: self.people.id}

    def settle(self, periods: Mapping[str, Iterable[KeyPeriod]], now: Micros) -> None:
        """Take what a database says of each key (``periods_of``) for true at ``now``.

        Raises:
            KeysMismatchError: one that it names is not here; nothing was changed.
        """
        rings = {
            name: ring_of(name, ring.held, found, now) if (found := tuple(periods.get(name, ()))) else ring
            for name, ring in self.rings.items()
        }
        if any(one.fingerprint != self.people.id for one in periods.get(PEOPLE, ())):
            raise KeysMismatchError(name=PEOPLE)
        self.rings = rings

    def signer(self) -> EventSigner:
        """Give what signs days now; its verifier knows the keys before, too."""
        ring = self.rings["signing"]
        ends = dict(ring.ends)
        beside = (FormerKey(public_signing(key), ends.get(key)) for key in (*ring.others, *ring.spent))
        return EventSigner(Ed25519PrivateKey.from_private_bytes(ring.key), (*self.former, *beside))

    def order_key(self) -> Ed25519PrivateKey:
        """Give the key that signs orders to banks of lockers, and nothing else but the keys beside it."""
        return self.order_keys[0]

    @property
    def order_keys(self) -> tuple[Ed25519PrivateKey, ...]:
        """The keys of orders that count, the one that signs first."""
        return tuple(map(Ed25519PrivateKey.from_private_bytes, self.rings["lockers"]))

    @property
    def push_keys(self) -> tuple[ec.EllipticCurvePrivateKey, ...]:
        """The keys that sign what is sent to push services, and nothing else: phones subscribe with the first."""
        return self.rings["push"].on_p256

    @property
    def openers(self) -> tuple[X25519PrivateKey, ...]:
        """What opens what kiosks sealed: to the first they seal now."""
        return self.rings["documents"].openers

    def documents_public(self) -> bytes:
        """Give the key to which kiosks seal, 32 bytes; anybody may know it."""
        return self.openers[0].public_key().public_bytes_raw()


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
    for name in (*PLAIN, PEOPLE):
        if name in tied and not key_path(data, name).exists():
            raise KeysMissingError(name=name)
    for name in PLAIN:
        if not key_path(data, name).exists():
            write_held(data, name, (secrets.token_bytes(KEY_SIZE),))
    people_file(data).init()
    return load_keys(data)


def load_keys(data: Path) -> Keys:
    """Read the keys.

    Raises:
        KeysMissingError: one is not there.
        KeysDamagedError: one cannot be used.
        PeopleKeyMissingError: the people key is not there.
        PeopleKeyDamagedError: it cannot be used.
        FormerKeysDamagedError: those that signed before cannot be read.
    """
    rings = {}
    for name in PLAIN:
        first, *others = read_held(data, name)
        rings[name] = KeyRing(first, tuple(others))
    return Keys(rings, people_file(data).load(), read_former(data / FOLDER))


def public_signing(key: bytes) -> bytes:
    """Give the public part of a key that signs days."""
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def people_file(data: Path) -> KeyFile:
    """Find the file of the people key."""
    return KeyFile(data / FOLDER)


def key_path(data: Path, name: str) -> Path:
    return data / FOLDER / f"{name}.key"


def read_held(data: Path, name: str) -> tuple[bytes, ...]:
    """Read all keys of a name, the oldest first; at least one.

    Raises:
        KeysMissingError: there is no file.
        KeysDamagedError: it cannot be used.
    """
    path = key_path(data, name)
    try:
        if path.stat().st_mode & 0o077:
            raise KeysDamagedError(name=name, reason="others may read it")
        held = tuple(bytes.fromhex(line) for line in path.read_text("ascii").split())
    except FileNotFoundError as error:
        raise KeysMissingError(name=name) from error
    except (OSError, ValueError) as error:
        raise KeysDamagedError(name=name, reason="unreadable") from error
    if not held or any(len(key) != KEY_SIZE for key in held) or len(set(held)) < len(held):
        raise KeysDamagedError(name=name, reason="length")
    return held


def write_held(data: Path, name: str, held: Iterable[bytes]) -> None:
    """Replace all keys of a name, on disk when this returns. Raises OSError."""
    files.replace(key_path(data, name), "".join(f"{key.hex()}\n" for key in held).encode())


def bind_fingerprints(connection: Connection, keys: Keys) -> None:
    """Tie a database to these keys: store the fingerprints it does not hold yet.

    Raises:
        KeysMismatchError: it is tied to others.
    """
    stored = periods_of(connection)
    keys.settle(stored, now_micros())
    missing = [
        {"name": name, "fingerprint": found} for name, found in keys.fingerprints().items() if name not in stored
    ]
    if missing:
        connection.execute(insert(key_fingerprints), missing)


def check_fingerprints(connection: Connection, keys: Keys, now: Micros | None = None) -> None:
    """Check that these are the keys of this database, and let those make and count that it says do at ``now``.

    Raises:
        KeysMismatchError: they are not, or it is tied to none.
    """
    stored = periods_of(connection)
    for name in (*PLAIN, PEOPLE):
        if name not in stored:
            raise KeysMismatchError(name=name)
    keys.settle(stored, now_micros() if now is None else now)


def known_keys(connection: Connection) -> frozenset[str]:
    """Name the keys that a database is tied to."""
    return frozenset(periods_of(connection))


def periods_of(connection: Connection) -> dict[str, tuple[KeyPeriod, ...]]:
    """Read what a database says of the keys of each name, the oldest first."""
    p, newest = key_periods.c, select(key_fingerprints.c.name, key_fingerprints.c.fingerprint)
    found: dict[str, tuple[KeyPeriod, ...]] = {}
    for row in connection.execute(select(p.name, p.fingerprint, p.since, p.until).order_by(p.name, p.since)):
        found[row.name] = (*found.get(row.name, ()), KeyPeriod(row.fingerprint, row.since, row.until))
    for name, made in connection.execute(newest):
        if name not in found:
            found[name] = (KeyPeriod(made, BEGINNING),)
    return found
