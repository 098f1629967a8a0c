"""Whoever guesses waits longer and longer; whoever works here is never kept out for more than a minute by it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, CursorResult, Executable, create_engine

from queue_server.accounts import admissions, browsers, delays
from queue_server.accounts.delays import Delay
from queue_server.accounts.errors import SignInError, TooManyTriesError
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.tables import tries
from queue_server.database.settings import DatabaseSettings
from queue_server.domain.values import SECOND, CentreId, Micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import DEMO, NOW, QUICK, RULES, add, after, enter

FREE, LONGEST, WINDOW = 3, 30, 900
DELAY = Delay("test", "subject", FREE, LONGEST, WINDOW)


@contextmanager
def made_memory() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            tries.create(connection)
            yield connection
    finally:
        engine.dispose()


def test_each_try_waits_twice_as_long_until_the_bound() -> None:
    with made_memory() as connection:
        now, waits = NOW, []
        for _ in range(10):
            while wait := delays.count(connection, (DELAY,), now):
                waits.append(wait)
                now = Micros(now + wait * SECOND)
        assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_a_try_that_comes_too_early_changes_nothing() -> None:
    with made_memory() as connection:
        for _ in range(FREE):
            assert delays.count(connection, (DELAY,), NOW) == 0
        assert [delays.count(connection, (DELAY,), NOW) for _ in range(50)] == [1] * 50
        assert delays.count(connection, (DELAY,), Micros(NOW + SECOND - 1)) == 1
        assert delays.count(connection, (DELAY,), Micros(NOW + SECOND)) == 0
        assert delays.count(connection, (DELAY,), Micros(NOW + SECOND)) == 2


def test_whoever_is_first_in_the_same_moment_keeps_nobody_out() -> None:
    """Another transaction may count the first try of a subject between any two statements of this one."""
    with made_memory() as connection:

        class Interrupted:
            begin_nested = staticmethod(connection.begin_nested)

            def __init__(self, before: int) -> None:
                self.before = before

            def execute(self, statement: Executable) -> CursorResult[Any]:
                self.before -= 1
                if self.before == 0:
                    assert delays.count(connection, (DELAY,), NOW) == 0
                return connection.execute(statement)

        for before in (2, 3):
            interrupted = cast("Connection", Interrupted(before))
            assert delays.count(interrupted, (DELAY,), NOW) == 0, f"before its {before}. statement"
            delays.clear(connection, DELAY)


def test_all_is_forgotten_after_the_window_and_a_right_try_forgets_at_once() -> None:
    with made_memory() as connection:
        for _ in range(FREE):
            delays.count(connection, (DELAY,), NOW)
        almost = Micros(NOW + WINDOW * SECOND - 1)
        other = Delay("test", "other", FREE, LONGEST, WINDOW)
        assert delays.count(connection, (other,), almost) == 0
        assert delays.count(connection, (DELAY,), Micros(NOW + WINDOW * SECOND)) == 0
        assert [delays.count(connection, (DELAY,), Micros(NOW + WINDOW * SECOND)) for _ in range(3)] == [0, 0, 1]
        delays.clear(connection, DELAY)
        assert delays.count(connection, (DELAY,), Micros(NOW + WINDOW * SECOND)) == 0


def test_a_clock_that_was_set_back_keeps_nobody_out() -> None:
    with made_memory() as connection:
        for _ in range(FREE):
            delays.count(connection, (DELAY,), NOW)
        assert delays.count(connection, (DELAY,), Micros(NOW - 3600 * SECOND)) == 0


def test_whoever_looked_at_the_clock_a_moment_before_is_no_clock_that_was_set_back() -> None:
    """Of many that come at once each has a time of its own, and they are counted in another order."""
    with made_memory() as connection:
        waits = [delays.count(connection, (DELAY,), Micros(NOW - number)) for number in range(50)]
        assert waits.count(0) == FREE


@given(st.lists(st.floats(0, 100), max_size=60))
def test_nobody_waits_longer_than_the_bound_and_tries_are_few(pauses: list[float]) -> None:
    with made_memory() as connection:
        now, carried_out = NOW, [0]
        for pause in pauses:
            now = Micros(now + int(pause * SECOND))
            wait = delays.count(connection, (DELAY,), now)
            assert 0 <= wait <= LONGEST
            carried_out[-1] += wait == 0
        passed = (now - NOW) / SECOND
        # Doubling reaches the bound within 31 seconds and six tries; after it each takes 30.
        assert carried_out[0] <= FREE + 6 + passed / LONGEST


@given(st.text(), st.text())
def test_what_anybody_sends_is_no_known_browser(centre: str, kept: str) -> None:
    assert browsers.known_browser([b"k" * 32], CentreId(centre), kept) is None


def test_a_browser_is_known_at_its_centre_under_its_key_alone() -> None:
    kept = browsers.new_browser(b"k" * 32, DEMO)
    ident = browsers.known_browser([b"k" * 32], DEMO, kept)
    assert ident is not None
    assert kept.startswith(ident)
    assert browsers.known_browser([b"k" * 32], CentreId("harbour"), kept) is None
    assert browsers.known_browser([b"l" * 32], DEMO, kept) is None
    assert browsers.known_browser([b"k" * 32], DEMO, f"x{kept}") is None
    assert browsers.new_browser(b"k" * 32, DEMO) != kept


async def wrong(log: SqlEventLog, passwords: Passwords, login: str, address: str, browser: str | None = None) -> bool:
    """Try a wrong password; tells whether it was looked at."""
    try:
        await enter(log, passwords, login, "wrong", address=address, browser=browser)
    except SignInError:
        return True
    except TooManyTriesError:
        return False
    raise AssertionError


async def test_a_stranger_keeps_nobody_out(log: SqlEventLog) -> None:
    passwords = Passwords(QUICK)
    await add(log, passwords, "amina", Role.COUNTER)
    looked_at = [await wrong(log, passwords, "amina", "203.0.113.5") for _ in range(25)]
    assert looked_at == [True] * RULES.sign_in_tries + [False] * (25 - RULES.sign_in_tries)
    # From elsewhere, and in a browser that is known, also at the stranger's own address.
    await enter(log, passwords, "amina", address="10.0.0.1")
    await enter(log, passwords, "amina", address="203.0.113.5", browser="known")
    # The stranger's own turn comes once a second has passed, and not for long.
    with pytest.raises(TooManyTriesError) as caught:
        await enter(log, passwords, "amina", address="203.0.113.5")
    assert caught.value.placeholders == {"retry_after_s": 1}
    await enter(log, passwords, "amina", address="203.0.113.5", now=after(1))
    passwords.close()


async def test_one_address_waits_over_all_logins_and_known_browsers_there_do_not(log: SqlEventLog) -> None:
    passwords = Passwords(QUICK)
    await add(log, passwords, "amina", Role.COUNTER)
    for number in range(RULES.sign_in_tries_address):
        assert await wrong(log, passwords, f"nobody.{number}", "203.0.113.5")
    assert not await wrong(log, passwords, "nobody.else", "203.0.113.5")
    await enter(log, passwords, "amina", address="203.0.113.5", browser="known")
    passwords.close()


async def test_many_addresses_together_have_so_many_tries_and_a_colleague_lets_in(log: SqlEventLog) -> None:
    passwords = Passwords(QUICK)
    await add(log, passwords, "amina", Role.COUNTER)
    # As many at once as there are connections to the database: how long others would wait is a matter of the machine.
    some_at_once = asyncio.Semaphore(DatabaseSettings().pool_size)

    async def one(number: int) -> bool:
        async with some_at_once:
            return await wrong(log, passwords, "amina", f"203.0.113.{number}")

    tried = await asyncio.gather(*(one(number) for number in range(RULES.sign_in_tries_unknown + 20)))
    assert sum(tried) == RULES.sign_in_tries_unknown
    await enter(log, passwords, "amina", browser="known")
    with pytest.raises(TooManyTriesError):
        await enter(log, passwords, "amina", address="10.0.0.1")
    await log.write(lambda connection: admissions.admit(connection, "amina", NOW))
    await enter(log, passwords, "amina", address="10.0.0.1")
    # Admitted tries are few, and end.
    admitted = [await wrong(log, passwords, "amina", "198.51.100.9") for _ in range(12)]
    assert admitted == [True] * 9 + [False] * 3
    passwords.close()


def test_an_admission_ends() -> None:
    with made_memory() as connection:
        assert not admissions.use(connection, "amina", NOW)
        admissions.admit(connection, "amina", NOW)
        assert not admissions.use(connection, "ines", NOW)
        assert admissions.use(connection, "amina", after(899.999))
        assert not admissions.use(connection, "amina", after(900))
        admissions.admit(connection, "amina", NOW)
        assert [admissions.use(connection, "amina", NOW) for _ in range(11)] == [True] * 10 + [False]


async def test_a_known_browser_that_guesses_waits_too(log: SqlEventLog) -> None:
    passwords = Passwords(QUICK)
    await add(log, passwords, "amina", Role.COUNTER)
    looked_at = [await wrong(log, passwords, "amina", "10.0.0.1", "known") for _ in range(8)]
    assert looked_at == [True] * RULES.sign_in_tries + [False] * (8 - RULES.sign_in_tries)
    await enter(log, passwords, "amina", address="10.0.0.1", browser="other")
    passwords.close()
