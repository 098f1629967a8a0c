"""Letting one member of staff in past what strangers have tried: a colleague who knows them says so.

For a quarter of an hour some tries of their login are not counted with those of strangers. The password is asked for
as ever.
"""

from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, update

from queue_server.accounts import account_events
from queue_server.accounts.events import SignInAdmitted
from queue_server.accounts.model import Staff
from queue_server.accounts.tables import tries
from queue_server.domain.values import MINUTE, Actor, Micros

_PURPOSE: Final = "admitted"
_LASTS: Final = 15 * MINUTE
_TRIES: Final = 10


def admit(connection: Connection, login: str, now: Micros) -> None:
    """Admit a login from now on."""
    connection.execute(delete(tries).where(_row(login)))
    connection.execute(insert(tries).values(purpose=_PURPOSE, subject=_digest(login), since=now, made=0))


def let_in(connection: Connection, staff: Staff, *, actor: Actor, now: Micros) -> None:
    """Admit a member of staff, and record who did."""
    admit(connection, staff.login, now)
    account_events.record(connection, staff.id, SignInAdmitted(staff.id), actor=actor, now=now)


def use(connection: Connection, login: str, now: Micros) -> bool:
    """Use one of the tries of an admitted login; false where there is none."""
    held = and_(_row(login), tries.c.since > now - _LASTS, tries.c.since <= now, tries.c.made < _TRIES)
    return bool(connection.execute(update(tries).where(held).values(made=tries.c.made + 1)).rowcount)


def _digest(login: str) -> str:
    return sha256(f"{_PURPOSE}\0{login}".encode()).hexdigest()


def _row(login: str) -> ColumnElement[bool]:
    return and_(tries.c.purpose == _PURPOSE, tries.c.subject == _digest(login))
