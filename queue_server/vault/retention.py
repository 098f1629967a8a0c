"""How what is over leaves the vault. ``shred`` of a single person goes through ``people_rows`` alone (``Vault``)."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Delete, delete, select

from queue_server.domain.values import HOUR, Micros
from queue_server.framework.room import Leaving
from queue_server.framework.settings import ServerSettings
from queue_server.vault.key_tables import key_fingerprints, key_holders, key_periods
from queue_server.vault.model import PeopleRules
from queue_server.vault.tables import people_reads, people_rows, people_shredded

_DAY = 24 * HOUR


def _rows(now: Micros, _: ServerSettings) -> Delete:
    # What was stored while its person was being shredded has lost its data key, and goes too.
    gone = people_rows.c.person.in_(select(people_shredded.c.person))
    return delete(people_rows).where((people_rows.c.ends_at <= now) | gone)


def _reads(now: Micros, settings: ServerSettings) -> Delete:
    # The newest line of a centre stays: it is the end of a chain (vault.read_chain).
    newer = people_reads.alias()
    followed = select(newer.c.id).where(newer.c.centre == people_reads.c.centre, newer.c.seq > people_reads.c.seq)
    return delete(people_reads).where(
        people_reads.c.at <= now - settings[PeopleRules].access_log_days * _DAY,
        followed.correlate(people_reads).exists(),
    )


def _shredded(now: Micros, _: ServerSettings) -> Delete:
    # Every server destroys the keys of an hour that is over by itself.
    return delete(people_shredded).where(people_shredded.c.hour <= now // HOUR)


def _holders(now: Micros, _: ServerSettings) -> Delete:
    # A server that has said nothing for a day is gone.
    return delete(key_holders).where(key_holders.c.at <= now - _DAY)


#: In this order: what is shredded is struck off the list once its rows are gone.
TABLES: Final[Mapping[str, Leaving]] = {
    people_rows.name: _rows,
    people_reads.name: _reads,
    people_shredded.name: _shredded,
    key_fingerprints.name: "names of keys",
    key_periods.name: "names of keys, and when each counts",
    key_holders.name: _holders,
}
