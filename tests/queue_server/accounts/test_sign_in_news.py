"""What somebody is asked about: told together, bounded, without an address, and gone after a month."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, func, select

from queue_server.accounts import sign_in_news as n
from queue_server.accounts.agents import UNKNOWN, Browser, Machine, UserAgent
from queue_server.accounts.errors import SignInError
from queue_server.accounts.model import Role
from queue_server.accounts.passwords import Passwords
from queue_server.accounts.sign_in_news import News, What
from queue_server.accounts.tables import sign_in_news
from queue_server.domain.values import Micros, StaffId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import NOW, QUICK, add, after, enter

AMINA, INES = StaffId("amina"), StaffId("ines")
PHONE = UserAgent(Browser.FIREFOX, Machine.PHONE)
AGENTS = st.builds(UserAgent, st.sampled_from(Browser), st.sampled_from(Machine))
LONG_AGO = Micros(0)
MONTH_S = 30 * 86_400


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        sign_in_news.create(opened)
        yield opened
    engine.dispose()


def asked(connection: Connection, staff: StaffId = AMINA, opened: Micros = LONG_AGO) -> list[tuple[What, int, Micros]]:
    return [(one.what, one.times, one.at) for one in n.news(connection, staff, opened=opened)]


def test_what_happens_again_is_counted_and_the_newest_stands_first(connection: Connection) -> None:
    for seconds in (0, 5):
        n.note(connection, AMINA, What.WRONG_PASSWORD, PHONE, after(seconds))
    n.note(connection, AMINA, What.WRONG_PASSWORD, UNKNOWN, after(9))
    n.note(connection, INES, What.NEW_BROWSER, PHONE, after(10))
    assert n.news(connection, AMINA, opened=NOW) == (
        News(What.WRONG_PASSWORD, UNKNOWN, 1, after(9)),
        News(What.WRONG_PASSWORD, PHONE, 2, after(5)),
    )


def test_the_sign_in_that_asks_is_not_asked_about_unless_there_was_another(connection: Connection) -> None:
    n.note(connection, AMINA, What.NEW_BROWSER, PHONE, NOW)
    assert asked(connection, opened=NOW) == []
    assert asked(connection, opened=after(1)) == [(What.NEW_BROWSER, 1, NOW)]
    n.note(connection, AMINA, What.NEW_BROWSER, PHONE, after(1))
    assert asked(connection, opened=after(1)) == [(What.NEW_BROWSER, 2, after(1))]


def test_an_answer_is_for_what_was_shown(connection: Connection) -> None:
    n.note(connection, AMINA, What.WRONG_PASSWORD, PHONE, NOW)
    n.note(connection, INES, What.WRONG_PASSWORD, PHONE, NOW)
    n.note(connection, AMINA, What.WRONG_PASSWORD, UNKNOWN, after(1))
    n.answer(connection, AMINA, NOW)
    assert asked(connection) == [(What.WRONG_PASSWORD, 1, after(1))]
    assert len(asked(connection, INES)) == 1


def test_after_a_month_nobody_is_asked(connection: Connection) -> None:
    n.note(connection, AMINA, What.WRONG_PASSWORD, PHONE, NOW)
    connection.execute(n.over(after(MONTH_S - 1)))
    assert len(asked(connection)) == 1
    n.note(connection, INES, What.WRONG_PASSWORD, PHONE, after(MONTH_S))
    assert asked(connection) == []


@given(st.lists(AGENTS, max_size=300))
def test_whoever_guesses_fills_no_table(agents: list[UserAgent]) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        sign_in_news.create(connection)
        for agent in agents:
            n.note(connection, AMINA, What.WRONG_PASSWORD, agent, NOW)
        rows = connection.execute(select(func.count()).select_from(sign_in_news)).scalar_one()
        assert rows == len(set(agents)) <= len(Browser) * len(Machine)
        assert sum(times for _, times, _ in asked(connection)) == len(agents)
    engine.dispose()


async def test_wrong_passwords_and_new_browsers_are_noted_for_whose_name_it_is(log: SqlEventLog) -> None:
    passwords = Passwords(QUICK)
    member = await add(log, passwords, "amina", Role.COUNTER)
    for login, password in (("amina", "wrong"), ("nobody", "wrong"), ("nobody.else", "wrong")):
        with pytest.raises(SignInError):
            await enter(log, passwords, login, password, address="203.0.113.5")
    await enter(log, passwords, "amina", address="203.0.113.5", now=after(60))
    await enter(log, passwords, "amina", address="203.0.113.5", browser="known", now=after(70))

    def read(connection: Connection) -> list[tuple[str, str, int]]:
        rows = connection.execute(select(sign_in_news.c.staff, sign_in_news.c.what, sign_in_news.c.times))
        return sorted((row.staff, str(row.what), row.times) for row in rows)

    # What takes as long for a name that nobody has is counted under no name at all.
    expected = [("", "wrong-password", 2), (member, "new-browser", 1), (member, "wrong-password", 1)]
    assert await log.run(read) == sorted(expected)
    passwords.close()
