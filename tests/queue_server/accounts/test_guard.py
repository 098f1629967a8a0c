"""A right try takes back what it counted for, and nothing else; who was admitted is no stranger."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, select

from queue_server.accounts import admissions, attempt_store, delays
from queue_server.accounts.guard import Guard, is_locked_out
from queue_server.accounts.model import AccountRules
from queue_server.accounts.tables import tries
from queue_server.domain.values import SECOND, Micros
from tests.queue_server.accounts.helpers import NOW

RULES = AccountRules(sign_in_tries=3, sign_in_tries_address=5, sign_in_tries_unknown=4)
LOGIN, ADDRESS = "ines.moreau", "192.0.2.7"


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as made:
        tries.create(made)
        yield made
    engine.dispose()


def counted(connection: Connection) -> dict[str, int]:
    """Return how many tries are counted, by what they are counted against."""
    return {row.purpose: row.made for row in connection.execute(select(tries))}


def test_a_right_try_of_a_stranger_is_taken_back_from_all_that_counted_it(connection: Connection) -> None:
    guard = Guard(RULES, LOGIN, ADDRESS, None)
    assert [guard.count(connection, NOW) for _ in range(3)] == [0, 0, 0]
    assert counted(connection) == {"sign-in": 3, "sign-in-address": 3, "sign-in-strangers": 3}
    guard.passed(connection)
    # The wrong ones before it still count against the address and all strangers.
    assert counted(connection) == {"sign-in-address": 2, "sign-in-strangers": 2}
    assert guard.count(connection, NOW) == 0


def test_less_than_nothing_is_never_counted(connection: Connection) -> None:
    guard = Guard(RULES, LOGIN, ADDRESS, None)
    assert guard.count(connection, NOW) == 0
    for _ in range(3):
        guard.passed(connection)
    assert counted(connection) == {"sign-in-address": 0, "sign-in-strangers": 0}


def test_a_known_browser_is_counted_by_itself_alone(connection: Connection) -> None:
    guard = Guard(RULES, LOGIN, ADDRESS, "browser")
    assert [guard.count(connection, NOW) for _ in range(4)] == [0, 0, 0, 1]
    assert counted(connection) == {"sign-in-browser": 3}
    stranger = Guard(RULES, LOGIN, ADDRESS, None)
    assert stranger.count(connection, NOW) == 0
    guard.passed(connection)
    assert counted(connection) == {"sign-in": 1, "sign-in-address": 1, "sign-in-strangers": 1}


def test_all_strangers_of_a_login_together_lock_it(connection: Connection) -> None:
    for number in range(4):
        assert not is_locked_out(connection, RULES, LOGIN, NOW)
        assert Guard(RULES, LOGIN, f"192.0.2.{number}", None).count(connection, NOW) == 0
    assert is_locked_out(connection, RULES, LOGIN, NOW)
    assert Guard(RULES, LOGIN, "192.0.2.9", None).count(connection, NOW) > 0
    assert not is_locked_out(connection, RULES, "samir.nasser", NOW)


def test_the_addresses_of_one_ipv6_network_are_one_stranger(connection: Connection) -> None:
    rules = AccountRules(sign_in_tries=3, sign_in_tries_address=5, sign_in_tries_unknown=100)
    guards = [Guard(rules, f"login.{number}", f"2001:db8:1:2::{number:x}", None) for number in range(6)]
    assert [guard.count(connection, NOW) for guard in guards] == [0, 0, 0, 0, 0, 1]
    assert Guard(rules, LOGIN, "2001:db8:1:3::1", None).count(connection, NOW) == 0


@pytest.mark.parametrize(("what", "uncounted"), [("sign-in", True), ("unlock", False)])
def test_who_was_admitted_signs_in_uncounted_and_does_nothing_else_so(
    connection: Connection, what: str, uncounted: bool
) -> None:
    admissions.admit(connection, LOGIN, NOW)
    guard = Guard(RULES, LOGIN, ADDRESS, None, what)
    assert guard.count(connection, NOW) == 0
    assert counted(connection).get(f"{what}-address", 0) == (0 if uncounted else 1)


def test_a_clock_set_back_by_more_than_the_longest_pause_keeps_nobody_out(connection: Connection) -> None:
    delay = delays.Delay("test", "subject", 1, longest_s=30, window_s=900)
    assert delays.count(connection, (delay,), NOW) == 0
    assert delays.count(connection, (delay,), Micros(NOW - 30 * SECOND)) > 0
    assert delays.count(connection, (delay,), Micros(NOW - 30 * SECOND - 1)) == 0


def test_a_limit_takes_back_no_more_than_was_counted(connection: Connection) -> None:
    limit = attempt_store.Limit("test", "subject", 2, 900)
    assert attempt_store.count(connection, (limit,), NOW) == 0
    for _ in range(2):
        attempt_store.refund(connection, (limit,))
    assert [attempt_store.count(connection, (limit,), NOW) for _ in range(2)] == [0, 0]
    assert attempt_store.count(connection, (limit,), NOW) > 0
