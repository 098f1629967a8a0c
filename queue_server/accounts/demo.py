"""Staff of the demo centres. The people are made up; their passwords are random and told once."""

import asyncio
import secrets

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.domain.values import CentreId, Micros
from queue_server.eventlog.port import EventLog

_DEMO, _HARBOUR = CentreId("demo"), CentreId("harbour")
_STAFF: tuple[tuple[str, str, CentreId, tuple[Role, ...]], ...] = (
    ("ines.moreau", "Ines Moreau", _DEMO, (Role.COUNTER,)),
    ("samir.nasser", "Samir Nasser", _DEMO, (Role.COUNTER,)),
    ("ruth.adeyemi", "Ruth Adeyemi", _DEMO, (Role.COUNTER,)),
    ("amina.diallo", "Amina Diallo", _DEMO, (Role.RECEPTION,)),
    ("hana.kovac", "Hana Kovac", _DEMO, (Role.CASHIER,)),
    ("nadia.ferrer", "Nadia Ferrer", _DEMO, (Role.CASHIER, Role.COUNTER)),
    ("jun.takeda", "Jun Takeda", _DEMO, (Role.CUSTODY,)),
    ("sofia.rossi", "Sofia Rossi", _DEMO, (Role.CUSTODY, Role.COUNTER)),
    ("daniel.okoro", "Daniel Okoro", _DEMO, (Role.MANAGER,)),
    ("mona.brandt", "Mona Brandt", _DEMO, (Role.MANAGER,)),
    ("ada.sorensen", "Ada Sørensen", _DEMO, (Role.AUDITOR,)),
    ("kofi.mensah", "Kofi Mensah", _DEMO, (Role.LEAD,)),
    ("vera.lindqvist", "Vera Lindqvist", _DEMO, (Role.ADMINISTRATOR,)),
    ("lena.varga", "Lena Varga", _HARBOUR, (Role.COUNTER,)),
    ("jonas.weber", "Jonas Weber", _HARBOUR, (Role.RECEPTION,)),
    ("tomas.silva", "Tomas Silva", _HARBOUR, (Role.MANAGER,)),
)


class DemoAccount(msgspec.Struct, frozen=True):
    login: str
    password: str
    name: str
    centre: CentreId
    roles: tuple[Role, ...]


async def create_demo_accounts(log: EventLog, passwords: Passwords, now: Micros) -> tuple[DemoAccount, ...]:
    """Add the demo's staff with random passwords; return those that were not there yet."""
    accounts = [
        (DemoAccount(login, secrets.token_urlsafe(12), name, centre, roles)) for login, name, centre, roles in _STAFF
    ]
    hashes = await asyncio.gather(*(passwords.hash(account.password) for account in accounts))

    def add(connection: Connection) -> tuple[DemoAccount, ...]:
        added = []
        for account, password in zip(accounts, hashes, strict=True):
            if staff_store.staff_by_login(connection, account.login) is None:
                staff_store.add_staff(
                    connection,
                    login=account.login,
                    name=account.name,
                    password=password,
                    roles={account.centre: account.roles},
                    now=now,
                )
                added.append(account)
        return tuple(added)

    return await log.write(add)
