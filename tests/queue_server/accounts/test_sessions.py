"""What a session does not survive: a new password, its own end, and the move to another counter."""

import asyncio
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from queue_server.accounts import staff_store, tables
from queue_server.accounts.errors import SignInError
from queue_server.accounts.model import Role, Session
from queue_server.accounts.passwords import Passwords
from queue_server.domain.values import CentreId, CounterId, Micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.framework.settings import HttpSettings
from tests.queue_server.accounts.helpers import NOW, ONE, QUICK, RULES, TWO, add, after, enter, find
from tests.queue_server.conftest import data, template
from tests.queue_server.house import QUICK as SETTINGS
from tests.queue_server.house import house

__all__ = ["data", "template"]


async def move(
    log: SqlEventLog, session: Session, counter: CounterId = TWO, now: Micros = NOW
) -> tuple[Session, str] | None:
    return await log.write(
        lambda connection: staff_store.move_session(connection, session, counter, now=now, rules=RULES)
    )


async def sessions(log: SqlEventLog) -> int:
    return await log.run(
        lambda connection: connection.execute(select(func.count()).select_from(tables.sessions)).scalar_one()
    )


async def test_another_counter_makes_no_session_longer(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    session, cookie = await enter(log, passwords, "ines")
    late = after(RULES.session_s - 1)
    await log.write(lambda connection: staff_store.touch_session(connection, session.id, late))
    moved = await move(log, session, TWO, late)
    assert moved is not None
    assert (moved[0].counter, moved[0].created, moved[0].last_seen) == (TWO, NOW, late)
    assert await find(log, cookie, late) is None
    assert await find(log, moved[1], late) == moved[0]
    assert await find(log, moved[1], after(RULES.session_s)) is None


async def test_a_session_that_is_over_moves_nowhere(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    idle, _ = await enter(log, passwords, "ines")
    assert await move(log, idle, ONE, after(RULES.session_idle_s)) is None
    left, _ = await enter(log, passwords, "ines")
    await log.write(lambda connection: staff_store.end_session(connection, left.id))
    assert await move(log, left) is None
    out, _ = await enter(log, passwords, "ines")
    await log.write(lambda connection: staff_store.set_password(connection, staff, "another"))
    assert await move(log, out) is None
    assert await sessions(log) == 0


async def test_a_cookie_moves_once(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    session, _ = await enter(log, passwords, "ines")
    moved = await asyncio.gather(*(move(log, session, counter) for counter in (TWO, ONE, TWO, ONE)))
    assert sum(one is not None for one in moved) == 1
    assert await sessions(log) == 1


async def test_no_move_gets_past_a_new_password(log: SqlEventLog, passwords: Passwords, load: int) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    hashed = await passwords.hash("ines password")
    for _ in range(10 * load):
        session, _ = await enter(log, passwords, "ines")
        await asyncio.gather(
            move(log, session),
            log.write(lambda connection: staff_store.set_password(connection, staff, hashed)),
        )
        assert await sessions(log) == 0


class Slow(Passwords):
    """Checks a password while it is being replaced."""

    def __init__(self, log: SqlEventLog) -> None:
        super().__init__(QUICK)
        self._log = log

    async def holds(self, stored: str | None, password: str) -> bool:
        right = await super().holds(stored, password)
        hashed = await self.hash("another")

        def replaced(connection: Connection) -> None:
            found = staff_store.staff_by_login(connection, "ines")
            assert found is not None
            staff_store.set_password(connection, found[0].id, hashed)

        await self._log.write(replaced)
        return right


async def test_a_password_that_is_replaced_meanwhile_opens_nothing(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    slow = Slow(log)
    try:
        entered = await asyncio.gather(enter(log, slow, "ines"), return_exceptions=True)
    finally:
        slow.close()
    assert [type(one) for one in entered] == [SignInError]
    assert await sessions(log) == 0


async def test_the_page_of_counters_lets_nobody_back_in_who_is_out(data: Path) -> None:
    """This server still believes the session when the command line has ended it."""
    settings = SETTINGS.but(replace(SETTINGS[HttpSettings], identity_cache_ms=2_000))
    async with house(data, settings) as here:
        client, session = await here.staff(Role.COUNTER, None)
        assert (await client.get("/centres/demo/queue")).status == 200
        await here.server.log.write(lambda connection: staff_store.set_password(connection, session.staff, "another"))
        form = {"csrf": session.csrf, "counter": "1"}
        url = f"{here.address}/sign-in/counter"
        async with here.http.post(url, data=form, headers=client.headers, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/sign-in")
            assert not any(name == "session" and one.value for name, one in answer.cookies.items())
        left = await here.server.log.run(
            lambda connection: connection.execute(select(func.count()).select_from(tables.sessions)).scalar_one()
        )
    assert left == 0


async def test_every_feed_of_a_session_ends_whose_roles_have_changed(data: Path) -> None:
    """One page was opened before the change, another behind it, before this server had looked."""
    async with house(data) as here:
        client, session = await here.staff(Role.RECEPTION, None)
        address = f"{here.address}/api/v1/centres/demo/events"
        async with here.http.ws_connect(address, headers=client.headers) as before:
            await here.server.feeds.task.stop()
            roles = (Role.RECEPTION, Role.MANAGER)
            await here.server.log.write(
                lambda connection: staff_store.set_roles(connection, session.staff, CentreId("demo"), roles)
            )
            async with here.http.ws_connect(address, headers=client.headers):
                here.server.feeds.task.start()
                async with asyncio.timeout(60):
                    while (await before.receive()).type.name == "TEXT":
                        pass
        assert before.close_code == 1008
