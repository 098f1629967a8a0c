"""How what is over leaves the tables of accounts and devices."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Delete, delete

from queue_server.accounts.model import AccountRules
from queue_server.accounts.sign_in_news import over
from queue_server.accounts.tables import device_commands, sessions, sign_in_news, tries
from queue_server.domain.values import MINUTE, SECOND, Micros
from queue_server.framework.room import Leaving
from queue_server.framework.settings import ServerSettings


def _sessions(now: Micros, settings: ServerSettings) -> Delete:
    return delete(sessions).where(sessions.c.created <= now - settings[AccountRules].session_s * SECOND)


def _tries(now: Micros, settings: ServerSettings) -> Delete:
    rules = settings[AccountRules]
    window = max(rules.enrol_window_s, rules.sign_in_window_s)
    return delete(tries).where(tries.c.since <= now - window * SECOND)


def _commands(now: Micros, settings: ServerSettings) -> Delete:
    kept = settings[AccountRules].device_log_days * 24 * 60 * MINUTE
    return delete(device_commands).where(device_commands.c.at <= now - kept)


TABLES: Final[Mapping[str, Leaving]] = {
    sessions.name: _sessions,
    tries.name: _tries,
    sign_in_news.name: lambda now, _: over(now),
    device_commands.name: _commands,
    "staff": "the accounts of staff, kept as long as events name them; their access ends by `staff disable`",
    "staff_roles": "the roles of staff, with their accounts",
    "devices": "machines; their names say where they stand",
    "second_factors": "of accounts of staff; their owner takes them off, or `staff second-factor reset` does",
    "recovery_codes": "of accounts of staff, as hashes; each goes when it is used",
    "device_status": "how a machine is",
    "device_settings": "settings of machines; who set them is named as the record does",
    "device_starts": "random ids of starts of machines",
    "reception_series": "numbers of tickets",
    "enrolment_codes": "codes for machines; they go when the next one is made",
}
