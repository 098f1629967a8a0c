import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from queue_server.accounts import device_store, staff_store, tables
from queue_server.accounts.demo import create_demo_accounts
from queue_server.accounts.errors import (
    CounterTakenError,
    CounterUnknownError,
    LoginTakenError,
    SignInError,
)
from queue_server.accounts.model import Role, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.log.sqlalchemy_log import SqlEventLog
from queue_server.values import CentreId, CounterId
from tests.queue_server.accounts.helpers import (
    DEMO,
    NOW,
    ONE,
    RULES,
    TWO,
    add,
    after,
    code,
    enter,
    exchange,
    find,
)


async def test_a_session_is_bound_to_person_centre_and_counter(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER, Role.MANAGER)
    session, cookie = await enter(log, passwords, " Ines ", "ines password")
    assert (session.staff, session.name, session.centre, session.counter) == (staff, "Ines", DEMO, ONE)
    assert session.roles == {Role.COUNTER, Role.MANAGER}
    assert await find(log, cookie) == session
    assert await find(log, session.id) is None
    assert len({cookie, session.csrf, session.id}) == 3
    rows = await log.run(lambda connection: str(connection.execute(select(tables.sessions)).all()))
    assert cookie not in rows


async def test_what_is_wrong_is_not_told(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    right = "ines password"
    for number, (login, password, centre) in enumerate(
        [
            ("ines", "wrong", DEMO),
            ("ines", "", DEMO),
            ("ines", right + "x" * 300, DEMO),
            ("ines", right, CentreId("nowhere")),
            ("nobody", right, DEMO),
            ("ines'; --", right, DEMO),
            ("", "", DEMO),
            ("x" * 1000, right, DEMO),
        ]
    ):
        with pytest.raises(SignInError) as caught:
            await enter(log, passwords, login, password, centre=centre, address=f"10.3.0.{number}")
        assert caught.value.placeholders == {}
    with pytest.raises(SignInError):
        await enter(log, passwords, "ines", centre=CentreId("harbour"), now=after(900))


async def test_logins_that_are_typed_are_not_stored(log: SqlEventLog, passwords: Passwords) -> None:
    with pytest.raises(SignInError):
        await enter(log, passwords, "hunter2-typed-in-the-wrong-field")
    rows = await log.run(lambda connection: str(connection.execute(select(tables.tries)).all()))
    assert "hunter2" not in rows
    assert "10.0.0.1" not in rows


async def test_one_counter_is_held_by_one_person(log: SqlEventLog, passwords: Passwords) -> None:
    ines = await add(log, passwords, "ines", Role.COUNTER)
    await add(log, passwords, "samir", Role.COUNTER)
    _, earlier = await enter(log, passwords, "ines")
    with pytest.raises(CounterTakenError):
        await enter(log, passwords, "samir")
    with pytest.raises(CounterUnknownError):
        await enter(log, passwords, "samir", counter=CounterId("99"))
    again, cookie = await enter(log, passwords, "ines")
    assert await find(log, earlier) is None
    in_use = await log.run(lambda connection: staff_store.counters_in_use(connection, DEMO, NOW, RULES))
    assert in_use == {ONE: ines}
    await log.write(lambda connection: staff_store.end_session(connection, again.id))
    assert await find(log, cookie) is None
    await enter(log, passwords, "samir")


async def test_two_who_come_at_once_do_not_share_a_counter(log: SqlEventLog, passwords: Passwords) -> None:
    people = [f"staff{number}" for number in range(6)]
    for login in people:
        await add(log, passwords, login, Role.COUNTER)
    tried = await asyncio.gather(*(enter(log, passwords, login) for login in people), return_exceptions=True)
    assert sum(isinstance(one, CounterTakenError) for one in tried) == 5


async def test_a_session_ends_when_idle_and_for_good(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    await add(log, passwords, "samir", Role.COUNTER)
    session, cookie = await enter(log, passwords, "ines")
    assert await find(log, cookie, after(RULES.session_idle_s - 1))
    assert await find(log, cookie, after(RULES.session_idle_s)) is None
    at = 0
    while at + 1500 < RULES.session_s:
        at += 1500
        assert await find(log, cookie, after(at))
        await log.write(lambda connection, at=at: staff_store.touch_session(connection, session.id, after(at)))  # type: ignore[misc] # mypy cannot see through the default
    assert await find(log, cookie, after(RULES.session_s)) is None
    await enter(log, passwords, "samir", now=after(RULES.session_s))


async def test_a_disabled_person_is_out_at_once(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    _, cookie = await enter(log, passwords, "ines")
    await log.write(lambda connection: staff_store.disable_staff(connection, staff, after(1)))
    assert await find(log, cookie, after(1)) is None
    with pytest.raises(SignInError):
        await enter(log, passwords, "ines", now=after(2))


async def test_a_new_password_ends_what_was_open(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    _, cookie = await enter(log, passwords, "ines")
    hashed = await passwords.hash("another")
    await log.write(lambda connection: staff_store.set_password(connection, staff, hashed))
    assert await find(log, cookie) is None
    with pytest.raises(SignInError):
        await enter(log, passwords, "ines")
    await enter(log, passwords, "ines", "another")


async def test_a_login_is_one_persons(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    with pytest.raises(LoginTakenError):
        await add(log, passwords, "ines", Role.MANAGER)


async def test_feeds_learn_who_is_gone(log: SqlEventLog, passwords: Passwords) -> None:
    await add(log, passwords, "ines", Role.COUNTER)
    await add(log, passwords, "samir", Role.COUNTER)
    gone, _ = await enter(log, passwords, "ines")
    stays, _ = await enter(log, passwords, "samir", counter=TWO)
    kiosk, board = await exchange(log, await code(log)), await exchange(log, await code(log, "screen", "Board"))
    await log.write(lambda connection: staff_store.end_session(connection, gone.id))
    await log.write(lambda connection: device_store.revoke(connection, kiosk.device, after(1)))
    found = await log.run(
        lambda connection: staff_store.gone(
            connection, [kiosk.device, board.device], [gone.id, stays.id], after(2), RULES
        )
    )
    assert found == {kiosk.device, gone.id}
    assert await log.run(lambda connection: staff_store.gone(connection, [], [], NOW, RULES)) == frozenset()


async def test_accounts_are_made_once_and_work(log: SqlEventLog, passwords: Passwords) -> None:
    made = await create_demo_accounts(log, passwords, NOW)
    assert {(account.centre, account.role) for account in made} == {
        (centre, role) for centre in ("demo", "harbour") for role in (Role.COUNTER, Role.RECEPTION, Role.MANAGER)
    }
    assert len({account.password for account in made}) == len(made)
    for number, account in enumerate(made):
        await enter(
            log,
            passwords,
            account.login,
            account.password,
            centre=account.centre,
            counter=CounterId(str(number + 1)),
        )
    assert await create_demo_accounts(log, passwords, NOW) == ()
    there = await log.run(lambda connection: staff_store.staff_of(connection, DEMO))
    assert [one.login for one in there] == [
        "amina.diallo",
        "daniel.okoro",
        "ines.moreau",
        "ruth.adeyemi",
        "samir.nasser",
    ]


@given(st.text(max_size=80))
def test_a_login_is_plain(text: str) -> None:
    if is_login(text):
        assert text.isascii()
        assert text == text.strip().lower()
