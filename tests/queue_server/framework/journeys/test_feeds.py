"""An open page keeps its session for as long as it is open."""

import pytest
from sqlalchemy import select

from queue_server.accounts.model import Role, Session
from queue_server.accounts.tables import sessions
from queue_server.domain.values import SECOND
from tests.queue_server.framework.test_feeds import events_of
from tests.queue_server.house import House

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_open_page_keeps_its_session_and_a_closed_one_does_not(here: House) -> None:
    async def seen(session: Session) -> int:
        column = select(sessions.c.last_seen).where(sessions.c.id == session.id)
        found: int = await here.server.log.run(lambda connection: connection.execute(column).scalar_one())
        return found

    desk, session = await here.staff(Role.COUNTER, "1")
    _, other = await here.staff(Role.COUNTER, "2")
    long_ago = sessions.update().values(last_seen=session.last_seen - 90 * SECOND)
    async with events_of(here, desk) as line:
        await here.server.log.write(lambda connection: connection.execute(long_ago))
        while await seen(session) < session.last_seen:
            await line.next(beats=True)
    assert await seen(other) == session.last_seen - 90 * SECOND
