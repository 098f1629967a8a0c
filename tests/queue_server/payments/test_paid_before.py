"""Whether something was paid before a ticket came, found out for many tickets by one look."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import URL, Connection

from queue_server.database import DatabaseSettings, open_database
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import VisitId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.payments.paid_before import PaidBefore


class CountedLog(SqlEventLog):
    """Counts looks; each goes on when it is let, and fails where it is told to."""

    looks = 0
    failing = False

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        self.looks += 1
        if self.failing:
            raise DatabaseUnavailableError(reason="away")
        return await super().run(work)


@pytest.fixture
async def counted(database_url: URL) -> AsyncIterator[CountedLog]:
    async with open_database(database_url, DatabaseSettings()) as opened, CountedLog(opened) as log:
        yield log


async def test_many_are_answered_by_two_looks(counted: CountedLog) -> None:
    """The first by its own, who has come meanwhile by the next."""
    paid = PaidBefore(counted)
    first = asyncio.create_task(paid.find(VisitId("v0")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    answers = await asyncio.gather(first, *(paid.find(VisitId(f"v{number}")) for number in range(1, 40)))
    assert answers == [False] * 40
    assert counted.looks == 2
    assert await paid.find(VisitId("v0")) is False
    assert counted.looks == 3


async def test_who_asks_in_vain_is_told_and_the_next_is_answered(counted: CountedLog) -> None:
    paid = PaidBefore(counted)
    counted.failing = True
    answers = await asyncio.gather(*(paid.find(VisitId(f"v{number}")) for number in range(3)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [DatabaseUnavailableError] * 3
    counted.failing = False
    assert await paid.find(VisitId("v0")) is False


async def test_who_goes_away_keeps_nobody_waiting(counted: CountedLog) -> None:
    paid = PaidBefore(counted)
    gone, stays = (asyncio.create_task(paid.find(VisitId(name))) for name in ("gone", "stays"))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays is False
