import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from queue_server.accounts import device_store, staff_store, tables
from queue_server.accounts.demo import create_demo_accounts
from queue_server.accounts.errors import (
    AccountClosedError,
    CounterTakenError,
    CounterUnknownError,
    LoginTakenError,
    NoRoleHereError,
    SignInError,
)
from queue_server.accounts.model import SERVING, Role, is_login
from queue_server.accounts.passwords import Passwords
from queue_server.domain.values import CentreId, CounterId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
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
            ("nobody", right, DEMO),
            ("ines'; --", right, DEMO),
            ("", "", DEMO),
            ("x" * 1000, right, DEMO),
        ]
    ):
        with pytest.raises(SignInError) as caught:
            await enter(log, passwords, login, password, centre=centre, address=f"10.3.0.{number}")
        assert caught.value.placeholders == {}


async def test_whoever_has_proved_who_they_are_hears_why_they_cannot_work(
    log: SqlEventLog, passwords: Passwords
) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    # However often: only wrong passwords are counted.
    for _ in range(2 * RULES.sign_in_tries):
        with pytest.raises(NoRoleHereError) as caught:
            await enter(log, passwords, "ines", centre=CentreId("harbour"))
    assert caught.value.placeholders == {"centres": "demo"}
    with pytest.raises(SignInError) as wrong:
        await enter(log, passwords, "ines", "wrong", centre=CentreId("harbour"))
    assert type(wrong.value) is SignInError
    await log.write(lambda connection: staff_store.disable_staff(connection, staff, NOW))
    with pytest.raises(AccountClosedError):
        await enter(log, passwords, "ines")
    with pytest.raises(SignInError) as guessed:
        await enter(log, passwords, "ines", "wrong")
    assert type(guessed.value) is SignInError
    await log.write(lambda connection: staff_store.enable_staff(connection, staff))
    await enter(log, passwords, "ines")


async def test_roles_are_a_set_at_each_centre(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    harbour = CentreId("harbour")

    async def give(centre: CentreId, *roles: Role) -> None:
        await log.write(lambda connection: staff_store.set_roles(connection, staff, centre, roles))

    await give(harbour, Role.RECEPTION, Role.CASHIER, Role.CASHIER)
    here, cookie = await enter(log, passwords, "ines")
    there, other = await enter(log, passwords, "ines", centre=harbour, counter=None)
    assert here.roles == {Role.COUNTER}
    assert there.roles == {Role.RECEPTION, Role.CASHIER}
    # A role taken away ends what it allowed: without one that serves, nobody is at a counter.
    await give(DEMO, Role.CASHIER)
    left = await find(log, cookie)
    assert left is not None
    assert left.roles == {Role.CASHIER}
    assert left.counter is None
    gone = await log.run(
        lambda connection: staff_store.gone(connection, [], {one.id: [one.roles] for one in (here, there)}, NOW, RULES)
    )
    assert gone == {here.id}
    await give(DEMO)
    assert await find(log, cookie) is None
    assert await find(log, other) is not None
    with pytest.raises(NoRoleHereError):
        await enter(log, passwords, "ines")


async def test_no_counter_is_taken_with_a_role_of_before(log: SqlEventLog, passwords: Passwords) -> None:
    staff = await add(log, passwords, "ines", Role.COUNTER)
    session, _ = await enter(log, passwords, "ines", counter=None)
    await log.write(lambda connection: staff_store.set_roles(connection, staff, DEMO, [Role.CASHIER]))
    moved = await log.write(lambda connection: staff_store.move_session(connection, session, ONE, now=NOW, rules=RULES))
    assert moved is None
    assert await log.run(lambda connection: staff_store.counters_in_use(connection, DEMO, NOW, RULES)) == {}


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
    refused = [one for one in tried if isinstance(one, BaseException)]
    assert len(refused) == 5, refused
    assert {type(one) for one in refused} == {CounterTakenError}


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
            connection,
            [kiosk.device, board.device],
            {one.id: [one.roles] for one in (gone, stays)},
            after(2),
            RULES,
        )
    )
    assert found == {kiosk.device, gone.id}
    assert await log.run(lambda connection: staff_store.gone(connection, [], {}, NOW, RULES)) == frozenset()


async def test_accounts_are_made_once_and_work(log: SqlEventLog, passwords: Passwords) -> None:
    made = await create_demo_accounts(log, passwords, NOW)
    at_demo = Counter(role for account in made if account.centre == "demo" for role in account.roles)
    assert set(at_demo) == set(Role)
    # Money that goes back wants two people, and so does an alarm about a manager's own refund.
    assert at_demo[Role.CASHIER] == at_demo[Role.MANAGER] == 2
    assert len({account.password for account in made}) == len(made)
    places = Counter[str]()
    for account in made:
        places[account.centre] += 1
        number = places[account.centre]
        await enter(
            log,
            passwords,
            account.login,
            account.password,
            centre=account.centre,
            counter=None if SERVING.isdisjoint(account.roles) else CounterId(str(number)),
        )
    assert await create_demo_accounts(log, passwords, NOW) == ()
    there = await log.run(lambda connection: staff_store.staff_of(connection, DEMO))
    assert [one.login for one in there] == sorted(account.login for account in made if account.centre == DEMO)


@given(st.text(max_size=80))
def test_a_login_is_plain(text: str) -> None:
    if is_login(text):
        assert text.isascii()
        assert text == text.strip().lower()
