"""Every table that holds something of a person, and how what is over leaves it.

A test walks all tables of the server: one that is neither here nor in ``NOT_PERSONAL`` fails it. ``shred`` of a single
person goes through ``people_rows`` alone (``store.Vault``): no other table leads to anybody.
"""

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection, Delete, delete, select

from queue_server.accounts.model import AccountRules
from queue_server.accounts.sign_in_news import over
from queue_server.accounts.tables import sessions, sign_in_news, tries
from queue_server.domain.values import HOUR, SECOND, Micros
from queue_server.people.model import PeopleRules
from queue_server.people.tables import people_reads, people_rows, people_shredded

_DAY = 24 * HOUR


class Rules(msgspec.Struct, frozen=True):
    people: PeopleRules = PeopleRules()
    accounts: AccountRules = AccountRules()


def _rows(now: Micros, _: Rules) -> Delete:
    # What was stored while its person was being shredded has lost its data key, and goes too.
    gone = people_rows.c.person.in_(select(people_shredded.c.person))
    return delete(people_rows).where((people_rows.c.ends_at <= now) | gone)


def _reads(now: Micros, rules: Rules) -> Delete:
    # The newest line of a centre stays: it is the end of a chain (people.read_chain).
    newer = people_reads.alias()
    followed = select(newer.c.id).where(newer.c.centre == people_reads.c.centre, newer.c.seq > people_reads.c.seq)
    return delete(people_reads).where(
        people_reads.c.at <= now - rules.people.read_days * _DAY, followed.correlate(people_reads).exists()
    )


def _shredded(now: Micros, _: Rules) -> Delete:
    # Every server destroys the keys of an hour that is over by itself.
    return delete(people_shredded).where(people_shredded.c.hour <= now // HOUR)


def _sessions(now: Micros, rules: Rules) -> Delete:
    return delete(sessions).where(sessions.c.created <= now - rules.accounts.session_s * SECOND)


def _tries(now: Micros, rules: Rules) -> Delete:
    window = max(rules.accounts.enrol_window_s, rules.accounts.sign_in_window_s)
    return delete(tries).where(tries.c.since <= now - window * SECOND)


#: Table -> what of it is over.
SHREDDERS: Final[Mapping[str, Callable[[Micros, Rules], Delete]]] = {
    people_rows.name: _rows,
    people_reads.name: _reads,
    people_shredded.name: _shredded,
    sessions.name: _sessions,
    tries.name: _tries,
    sign_in_news.name: lambda now, _: over(now),
}

#: Table -> why nothing has to leave it.
NOT_PERSONAL: Final[Mapping[str, str]] = {
    "events": "ids, enumerations, numbers and times alone; an id of a visit leads to nobody",
    "heads": "the ends of streams",
    "database_epoch": "a random id of the database",
    "staff": "the accounts of staff, kept as long as events name them; their access ends by `staff disable`",
    "staff_roles": "the roles of staff, with their accounts",
    "devices": "machines; their names say where they stand",
    "second_factors": "of accounts of staff; their owner takes them off, or `staff second-factor reset` does",
    "recovery_codes": "of accounts of staff, as hashes; each goes when it is used",
    "device_status": "how a machine is",
    "device_starts": "random ids of starts of machines",
    "reception_series": "numbers of tickets",
    "enrolment_codes": "codes for machines; they go when the next one is made",
    "key_fingerprints": "names of keys",
    "payments": "what was paid where for which visit, whose id leads to nobody; receipts are in the vault",
    "payment_marks": "numbers of slips and amounts of payments",
    "terminal_closings": "when which terminal was closed",
    "applications": "what is asked of which government, under a random reference; no person is named",
    **dict.fromkeys(
        (
            "centres",
            "governments",
            "kinds",
            "kind_groups",
            "steps",
            "services",
            "service_steps",
            "counters",
            "opening_hours",
            "closed_days",
            "fees",
            "bands",
        ),
        "the set-up of a centre; a counter has a plate, not a name",
    ),
}


def ended(connection: Connection, now: Micros, rules: Rules) -> int:
    """Delete everything that is over; returns how many rows of people that were."""
    counts = {name: connection.execute(statement(now, rules)).rowcount for name, statement in SHREDDERS.items()}
    return counts[people_rows.name]
