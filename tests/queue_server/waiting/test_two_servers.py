"""Two servers of one PostgreSQL learn the same, keep it once, and tell people the same."""

import asyncio
from pathlib import Path

from sqlalchemy import URL, Connection, func, select

from queue_server.centre.centres import Centres
from queue_server.waiting import store
from queue_server.waiting.learner import Learner
from queue_server.waiting.tables import waiting_days
from queue_server.waiting.waiting_times import WaitingTimes
from tests.queue_server.house import House
from tests.queue_server.waiting.past import DAYS, TOWN, again, town


async def kept(here: House) -> int:
    def count(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(waiting_days)).scalar_one()

    return await here.server.log.run(count)


async def test_what_both_learn_at_once_is_kept_once_and_told_by_both(shared: Path, shared_url: URL) -> None:
    url = shared_url.render_as_string(hide_password=False)
    async with town(shared, url) as one, again(shared, url) as other:
        await asyncio.gather(one.server[Learner].learn(), other.server[Learner].learn())
        assert await kept(one) == len(DAYS)
        said = []
        for here in (one, other):
            assert await here.server.log.run(lambda connection: store.known_days(connection, TOWN)) == DAYS
            outlook = await here.server[WaitingTimes].outlook(here.server[Centres][TOWN])
            assert outlook is not None
            said.append(outlook)
        assert said[0] == said[1]
        assert said[0].visits
    # What one has learned, a server that begins later has without a day to learn.
    async with again(shared, url) as third:
        assert await third.server[WaitingTimes].outlook(third.server[Centres][TOWN]) == said[0]
