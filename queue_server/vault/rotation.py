"""Changes the keys of a server while it serves. Statements are synchronous, on a ``Connection``.

1. ``prepare`` makes the next key. It is accepted by every server that has it, and makes nothing yet.
2. ``rotate`` says in the database from when on it makes: in a moment, so that every server has heard of it by then.
3. What the one before made counts until it has ended by itself (``LIFE_DAYS``), or until ``finish``. Then every server
   destroys it.

``ConsularError``
    ``KeysUnpreparedError``  there is no next key
    ``KeysBehindError``      a server that works has not got it
    ``KeysRotatingError``    the last change has not begun to count yet
    ``KeysFixedError``       this key is not changed by a command
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from queue_server import files
from queue_server.domain.values import HOUR, SECOND, ConsularError, Micros
from queue_server.signing import FormerKey
from queue_server.vault.former_keys import add_former
from queue_server.vault.key_ring import BEGINNING, KeyPeriod, KeyRing, fingerprint_of
from queue_server.vault.key_tables import key_fingerprints, key_holders, key_periods
from queue_server.vault.keys import FOLDER, KEY_SIZE, periods_of, public_signing, read_held, write_held

_DAY: Final = 24 * HOUR

#: Days for which something that was made by a key can count: a day may be closed by a server that has not heard yet; a
#: device that was off so long says again what it had said, with what it had sealed; links to appointments, codes, known
#: browsers; a bank of lockers that was off so long believes the next key on the word of the one before; a phone is told
#: until the end of the day of its visit.
LIFE_DAYS: Final[Mapping[str, int]] = {
    "signing": 1, "requests": 31, "documents": 31, "tickets": 400, "sessions": 400, "lockers": 400,
    "push": 2,
}  # fmt: skip
#: Every server looks so often, in seconds, whether a key was changed.
_POLLS: Final = 2
#: A server that has said nothing for so long, in seconds, does not work.
_SILENT_S: Final = 180


class KeysUnpreparedError(ConsularError):
    """There is no next key ``name``: ``keys prepare`` makes it, and ``keys import`` brings it to further servers."""

    code = "keys-unprepared"


class KeysBehindError(ConsularError):
    """The server on ``machine`` has not got the next key ``name``; nothing was changed."""

    code = "keys-behind"


class KeysRotatingError(ConsularError):
    """The last change of the key ``name`` does not count yet: wait a minute or two."""

    code = "keys-rotating"


class KeysFixedError(ConsularError):
    """The key ``name`` is not changed by a command."""

    code = "keys-fixed"


class KeyHolder(msgspec.Struct, frozen=True):
    """A server that works: on which machine, and the names of the keys that it has, by what they are for."""

    server: str
    machine: str
    held: dict[str, tuple[str, ...]]
    at: Micros


def choose(name: str) -> tuple[str, ...]:
    """Give the keys that somebody means.

    Raises:
        KeysFixedError: it is none, or none that is changed.
    """
    if name == "all":
        return tuple(LIFE_DAYS)
    if name not in LIFE_DAYS:
        raise KeysFixedError(name=name)
    return (name,)


def prepare(data: Path, names: Iterable[str], periods: Mapping[str, Sequence[KeyPeriod]]) -> dict[str, str]:
    """Make the next key of each name, where there is none yet; gives their fingerprints.

    Raises:
        KeysMissingError, KeysDamagedError: those that are there cannot be read.
        OSError: the next one cannot be written.
    """
    made = {}
    with files.locked(data / FOLDER):
        for name in names:
            held = read_held(data, name)
            key = next_of(name, held, periods[name])
            if key is None:
                key = secrets.token_bytes(KEY_SIZE)
                write_held(data, name, (*held, key))
            made[name] = fingerprint_of(name, key)
    return made


def next_of(name: str, held: Sequence[bytes], periods: Sequence[KeyPeriod]) -> bytes | None:
    """Find the key that was prepared: the newest that the database does not know."""
    known = {one.fingerprint for one in periods}
    return next((key for key in reversed(held) if fingerprint_of(name, key) not in known), None)


def rotate(connection: Connection, following: Mapping[str, str], now: Micros, poll_s: int) -> Micros:
    """Say from when on the next keys make, named by their fingerprints; gives that moment.

    Raises:
        KeysRotatingError: the last change of one of them does not count yet.
    """
    since, periods = Micros(now + _POLLS * poll_s * SECOND), periods_of(connection)
    for name, fingerprint in following.items():
        last = periods[name][-1]
        if last.since > now:
            raise KeysRotatingError(name=name)
        row = {"name": name, "fingerprint": last.fingerprint, "since": BEGINNING, "until": None}
        if last.since == BEGINNING:
            connection.execute(insert(key_periods), row)
        _end(connection, name, last.fingerprint, until_of(name, since))
        connection.execute(insert(key_periods), row | {"fingerprint": fingerprint, "since": since})
        newest = update(key_fingerprints).where(key_fingerprints.c.name == name)
        connection.execute(newest.values(fingerprint=fingerprint))
    return since


def check_holders(connection: Connection, following: Mapping[str, str], now: Micros) -> None:
    """Check that every server that works has the next keys, named by their fingerprints.

    Raises:
        KeysBehindError: one has not.
    """
    for one in holders(connection, now):
        for name, fingerprint in following.items():
            if fingerprint not in one.held.get(name, ()):
                raise KeysBehindError(name=name, machine=one.machine)


def until_of(name: str, since: Micros) -> Micros:
    """Say until when something may count that was made by a key before another took its place."""
    return Micros(since + LIFE_DAYS[name] * _DAY)


def finish(connection: Connection, names: Iterable[str], now: Micros) -> int:
    """Let nothing count any more that was made by the keys before; returns how many of them had counted.

    Raises:
        KeysRotatingError: the last change of one of them does not count yet.
    """
    ended = 0
    for name, periods in periods_of(connection).items():
        if name in names:
            if periods[-1].since > now:
                raise KeysRotatingError(name=name)
            for one in periods[:-1]:
                if one.counts_at(now):
                    _end(connection, name, one.fingerprint, now)
                    ended += 1
    return ended


def prolong(connection: Connection, name: str, fingerprint: str, until: Micros) -> None:
    """Let a key that is about to end count a while longer."""
    c = key_periods.c
    longer = update(key_periods).where(c.name == name, c.fingerprint == fingerprint, c.until < until)
    connection.execute(longer.values(until=until))


def _end(connection: Connection, name: str, fingerprint: str, until: Micros) -> None:
    c = key_periods.c
    connection.execute(update(key_periods).where(c.name == name, c.fingerprint == fingerprint).values(until=until))


def remove_spent(data: Path, spent: Mapping[str, KeyRing]) -> None:
    """Destroy the keys that count no more; of those that signed days the public part stays.

    Raises:
        FormerKeysDamagedError: the public parts that are there cannot be read.
        KeysMissingError, KeysDamagedError: what is there cannot be read.
        OSError: it cannot be written.
    """
    with files.locked(data / FOLDER):
        for name, ring in spent.items():
            held, ends = read_held(data, name), dict(ring.ends)
            if name == "signing":
                # Before it is destroyed: where this is cut off both are there.
                add_former(data / FOLDER, (FormerKey(public_signing(key), ends[key]) for key in ring.spent))
            if left := tuple(key for key in held if key not in ring.spent):
                write_held(data, name, left)


def holders(connection: Connection, now: Micros) -> tuple[KeyHolder, ...]:
    """List the servers that work now."""
    h = key_holders.c
    found = connection.execute(select(key_holders).where(h.at > now - _SILENT_S * SECOND).order_by(h.machine, h.server))
    return tuple(
        KeyHolder(row.server, row.machine, msgspec.json.decode(row.held, type=dict[str, tuple[str, ...]]), row.at)
        for row in found
    )


def record_holder(connection: Connection, holder: KeyHolder) -> None:
    """Say which keys a server has."""
    row = {"machine": holder.machine, "held": msgspec.json.encode(holder.held).decode(), "at": holder.at}
    changed = connection.execute(update(key_holders).where(key_holders.c.server == holder.server).values(row))
    if not changed.rowcount:
        connection.execute(insert(key_holders).values(row | {"server": holder.server}))
