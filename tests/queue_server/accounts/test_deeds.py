"""What was done to an account: a stream that is read again, in order, each deed."""

import asyncio

import pytest
from sqlalchemy import URL

from queue_server.accounts import events as e
from queue_server.accounts.account_events import ACCOUNTS, record
from queue_server.accounts.command_line import add_member
from queue_server.accounts.evolve import Account, evolve
from queue_server.accounts.model import FactorKind
from queue_server.database import Database, DatabaseSettings, open_database
from queue_server.domain.values import Actor, Micros, StaffId
from queue_server.eventlog import statements
from queue_server.eventlog.payload import Payload, UnknownEventError

OWN = StaffId("01a21000-0000-7000-8000-0000000000c1")
ACTOR = Actor(f"staff/{OWN}")
SETTINGS = DatabaseSettings()


async def do(database: Database, deed: Payload, at: int = 1, ident: StaffId = OWN) -> None:
    await database.write(lambda connection: record(connection, ident, deed, actor=ACTOR, now=Micros(at)))


async def account(database: Database, ident: StaffId = OWN) -> Account | None:
    return await database.run(lambda connection: ACCOUNTS.load(connection, ident))


async def test_each_deed_is_recorded_also_where_it_is_like_another(database_url: URL) -> None:
    async with open_database(database_url, SETTINGS) as database:
        await do(database, e.SecondFactorAdded(OWN, FactorKind.CODE))
        for _ in range(2):
            await do(database, e.SessionsEnded(OWN, 1))
        events = await database.run(lambda connection: statements.read(connection, ACCOUNTS.stream(OWN), 0, None))
        assert [event.type for event in events] == ["second-factor-added", "sessions-ended", "sessions-ended"]
        assert await account(database) == Account(OWN, 3, Micros(1), factors=(FactorKind.CODE,))


async def test_the_time_of_a_stream_never_goes_back(database_url: URL) -> None:
    async with open_database(database_url, SETTINGS) as database:
        await do(database, e.PasswordChanged(OWN), at=20)
        await do(database, e.RecoveryCodesMade(OWN), at=10)
        assert await account(database) == Account(OWN, 2, Micros(20), Micros(20), has_recovery=True)


async def test_two_deeds_at_once_stand_one_behind_the_other(postgres_url: URL) -> None:
    async with open_database(postgres_url, SETTINGS) as database:
        ident = await database.write(lambda one: add_member(one, "made.up", "Made Up", "x", (), ()))
        await asyncio.gather(*(do(database, e.SessionsEnded(ident, 1), ident=ident) for _ in range(8)))
        found = await account(database, ident)
        assert found is not None
        assert found.seq == 8


def test_factors_are_those_that_were_set_up_and_not_taken_off() -> None:
    found: Account | None = None
    deeds = (
        e.SecondFactorAdded(OWN, FactorKind.CODE),
        e.SecondFactorAdded(OWN, FactorKind.PASSKEY),
        e.SecondFactorAdded(OWN, FactorKind.PASSKEY),
        e.SecondFactorRemoved(OWN, FactorKind.PASSKEY),
    )
    for seq, deed in enumerate(deeds, start=1):
        found = evolve(found, deed, seq, Micros(seq))
    assert found is not None
    assert found.factors == (FactorKind.CODE, FactorKind.PASSKEY)
    # Set up before accounts had a stream: taking it off is no mistake.
    assert evolve(None, deeds[-1], 1, Micros(1)).factors == ()
    assert evolve(found, e.SecondFactorReset(OWN, 2), 5, Micros(5)).factors == ()


def test_an_event_of_something_else_is_refused() -> None:
    found = evolve(None, e.PasswordChanged(OWN), 1, Micros(1))
    with pytest.raises(UnknownEventError):
        evolve(found, e.PasswordChanged(StaffId("another")), 2, Micros(2))
