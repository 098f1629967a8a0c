"""How many requests an address may send, at the exact edge of its bucket, and how many addresses are remembered."""

from queue_server.framework import rates
from queue_server.framework.rates import Rates


class Clock:
    """Seconds that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def admitted(limit: Rates, address: str, tries: int) -> int:
    return sum(limit.admit(address) for _ in range(tries))


def test_an_address_sends_what_fits_into_two_seconds_and_not_one_more() -> None:
    clock = Clock()
    limit = Rates(3, 100, clock)
    assert admitted(limit, "a", 10) == 6
    clock.now = 1.0
    assert admitted(limit, "a", 10) == 3
    clock.now = 100.0
    assert admitted(limit, "a", 10) == 6


def test_the_addresses_of_one_ipv6_network_share_a_bucket() -> None:
    limit = Rates(1, 100, Clock())
    assert [limit.admit(f"2001:db8:1:2::{number:x}") for number in range(4)] == [True, True, False, False]
    assert limit.admit("2001:db8:1:3::1")
    assert all(limit.admit(f"::ffff:192.0.2.{number}") for number in range(10))


def test_a_request_is_admitted_when_exactly_one_is_left_and_refused_below() -> None:
    clock = Clock()
    limit = Rates(1, 100, clock)
    assert admitted(limit, "a", 3) == 2
    clock.now = 0.75
    assert not limit.admit("a")
    clock.now = 1.0
    assert limit.admit("a")


def test_all_addresses_together_send_what_fits_and_a_refused_request_costs_nobody_else() -> None:
    clock = Clock()
    limit = Rates(1, 2, clock)
    assert admitted(limit, "a", 9) == 2
    assert admitted(limit, "b", 9) == 2
    assert not limit.admit("c")
    clock.now = 0.5
    assert limit.admit("c")
    assert not limit.admit("d")


def test_the_address_that_was_quiet_longest_is_forgotten_when_one_too_many_is_remembered() -> None:
    most = rates._MAX
    limit = Rates(1, 2 * most, Clock())
    assert admitted(limit, "first", 3) == 2
    assert admitted(limit, "second", 3) == 2
    for number in range(most - 2):
        limit.admit(f"other-{number}")
    assert not limit.admit("first"), "exactly as many as fit are all remembered"
    limit.admit("one-too-many")
    assert not limit.admit("first"), "another address was quiet longer"
    assert limit.admit("second"), "the address that was quiet longest begins again"
