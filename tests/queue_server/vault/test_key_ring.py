"""Which key makes at a moment, and until when another counts. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import HOUR, Micros
from queue_server.vault.key_ring import KeyPeriod, KeyRing, KeysMismatchError, fingerprint_of, ring_of
from queue_server.vault.rotation import LIFE_DAYS, next_of, until_of

A, B, C = (bytes([number]) * 32 for number in (1, 2, 3))
SINCE, AGAIN = Micros(1_000_000_000), Micros(2_000_000_000)


def period(key: bytes, since: int, until: int | None = None) -> KeyPeriod:
    return KeyPeriod(fingerprint_of("tickets", key), Micros(since), None if until is None else Micros(until))


def ring(held: tuple[bytes, ...], *periods: KeyPeriod, now: int) -> KeyRing:
    return ring_of("tickets", held, periods, Micros(now))


def test_another_key_makes_from_its_microsecond_on() -> None:
    periods = period(A, 0, AGAIN), period(B, SINCE)
    before, after = (ring((A, B), *periods, now=now) for now in (SINCE - 1, SINCE))
    assert (before.key, before.others) == (A, (B,))
    assert (after.key, after.others) == (B, (A,))


def test_what_was_made_counts_until_the_last_microsecond_before_its_end() -> None:
    periods = period(A, 0, AGAIN), period(B, SINCE)
    before, after = (ring((A, B), *periods, now=now) for now in (AGAIN - 1, AGAIN))
    assert (set(before), before.spent) == ({A, B}, ())
    assert (set(after), after.spent) == ({B}, (A,))


def test_an_end_comes_when_nothing_can_count_any_more() -> None:
    for name, days in LIFE_DAYS.items():
        assert until_of(name, SINCE) - SINCE == days * 24 * HOUR


def test_one_that_was_prepared_is_accepted_and_makes_nothing() -> None:
    found = ring((A, B), period(A, 0), now=AGAIN)
    assert (found.key, found.others) == (A, (B,))
    assert next_of("tickets", (A, B), [period(A, 0)]) == B
    assert next_of("tickets", (A,), [period(A, 0)]) is None


def test_changed_twice_in_a_row_all_count_until_their_own_ends() -> None:
    periods = period(A, 0, 5_000_000_000), period(B, SINCE, 6_000_000_000), period(C, AGAIN)
    now = ring((A, B, C), *periods, now=AGAIN)
    assert (now.key, set(now)) == (C, {A, B, C})
    assert set(ring((A, B, C), *periods, now=5_000_000_000)) == {B, C}
    assert set(ring((A, B, C), *periods, now=6_000_000_000)) == {C}
    assert [now.at(Micros(at)) for at in (0, SINCE - 1, SINCE, AGAIN - 1, AGAIN)] == [A, A, B, B, C]


def test_one_that_is_missing_is_missing_and_no_more() -> None:
    """A copy of the folder without the key before: what that made is not known, and the server works."""
    periods = period(A, 0, AGAIN), period(B, SINCE)
    found = ring((B,), *periods, now=SINCE)
    assert (found.key, found.others, found.at(Micros(0))) == (B, (), B)
    # Not even before its time has come: somebody must make.
    assert ring((B,), *periods, now=0).key == B
    with pytest.raises(KeysMismatchError, match="tickets"):
        ring((A,), *periods, now=SINCE)


@given(st.permutations([A, B, C]), st.integers(0, 7_000_000_000))
def test_the_order_of_a_file_says_nothing(held: list[bytes], now: int) -> None:
    periods = period(A, 0, 5_000_000_000), period(B, SINCE, 6_000_000_000), period(C, AGAIN)
    one, other = ring((A, B, C), *periods, now=now), ring(tuple(held), *periods, now=now)
    assert (one.key, set(one), set(one.spent), one.history) == (other.key, set(other), set(other.spent), other.history)
    assert set(one) | set(one.spent) == {A, B, C}
    assert one.key not in one.spent


def test_no_key_is_printed() -> None:
    assert A.hex() not in repr(KeyRing(A))
    assert repr(A) not in repr(KeyRing(A, (B,)))
