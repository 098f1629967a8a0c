from queue_server.accounts import staff_store
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.presence import Presence, presence
from queue_server.domain.values import CentreId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import DEMO, NOW, ONE, TWO, add, after, enter


async def look(log: SqlEventLog, centre: CentreId = DEMO) -> Presence:
    return await log.run(lambda connection: presence(connection, centre))


async def test_it_names_who_is_where_and_when_they_were_seen(log: SqlEventLog, passwords: Passwords) -> None:
    ines = await add(log, passwords, "ines", Role.COUNTER, Role.MANAGER)
    omar = await add(log, passwords, "omar", Role.COUNTER)
    await add(log, passwords, "rosa", Role.COUNTER, centre=CentreId("harbour"))
    assert await look(log) == Presence({ines: "Ines", omar: "Omar"})
    session, _ = await enter(log, passwords, "ines")
    other, _ = await enter(log, passwords, "omar", counter=TWO, now=after(5))
    await log.write(lambda connection: staff_store.touch_session(connection, session.id, after(60)))
    found = await look(log)
    assert found.signed_in == {ONE: ines, TWO: omar}
    assert found.seen == {ONE: after(60), TWO: after(5)}
    assert (await look(log, CentreId("harbour"))).seen == {}
    # Who is signed out is not there any more; who chose no counter is at none.
    await log.write(lambda connection: staff_store.end_session(connection, other.id))
    await enter(log, passwords, "omar", counter=None, now=NOW)
    assert set((await look(log)).seen) == {ONE}
