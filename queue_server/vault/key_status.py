"""How the keys of a server stand: for ``keys status``."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from queue_server.domain.values import Micros, to_datetime
from queue_server.vault.key_ring import BEGINNING, KeyPeriod, KeyRing, fingerprint_of
from queue_server.vault.keys import PLAIN, Keys, key_path, periods_of
from queue_server.vault.rotation import holders, next_of


class KeyBefore(msgspec.Struct, frozen=True):
    """A key that made before: until when that counts, and whether it is still in ``DATA/keys``."""

    fingerprint: str
    until: datetime | None
    here: bool


class KeyStatus(msgspec.Struct, frozen=True):
    """One key; ``since`` is None where nobody can say.

    ``follows`` is the fingerprint of the next one: it makes from ``follows_at`` on, or was only prepared; ``behind``
    names the machines of servers that have not got it.
    """

    name: str
    fingerprint: str
    since: datetime | None
    follows: str | None = None
    follows_at: datetime | None = None
    behind: tuple[str, ...] = ()
    before: tuple[KeyBefore, ...] = ()


def statuses(data: Path, keys: Keys, connection: Connection, now: Micros) -> tuple[KeyStatus, ...]:
    """Say of each key of a data folder how it stands in its database; ``keys`` are settled with it."""
    periods, servers = periods_of(connection), holders(connection, now)
    found = []
    for name in PLAIN:
        one = _status(name, keys.rings[name], periods[name], key_path(data, name), now)
        behind = () if one.follows is None else (s.machine for s in servers if one.follows not in s.held.get(name, ()))
        found.append(msgspec.structs.replace(one, behind=tuple(behind)))
    return tuple(found)


def _status(name: str, ring: KeyRing, periods: tuple[KeyPeriod, ...], path: Path, now: Micros) -> KeyStatus:
    making, known = fingerprint_of(name, ring.key), {fingerprint_of(name, key) for key in ring.held}
    since = next((one.since for one in periods if one.fingerprint == making), BEGINNING)
    prepared = next_of(name, ring.held, periods)
    coming = periods[-1] if periods[-1].since > now else None
    before = tuple(
        KeyBefore(one.fingerprint, None if one.until is None else to_datetime(one.until), one.fingerprint in known)
        for one in periods
        if one.fingerprint != making and one.since <= now and one.counts_at(now)
    )
    if since != BEGINNING:
        age: datetime | None = to_datetime(since)
    else:
        # Its file says it as long as nothing else was written into it.
        age = datetime.fromtimestamp(path.stat().st_mtime, UTC) if len(ring.held) == 1 else None
    return KeyStatus(
        name=name,
        fingerprint=making,
        since=age,
        follows=coming.fingerprint if coming is not None else fingerprint_of(name, prepared) if prepared else None,
        follows_at=None if coming is None else to_datetime(coming.since),
        before=before,
    )
