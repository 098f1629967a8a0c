"""Pauses between tries: they grow up to the longest, begin anew when it works, and end when there is something new."""

import asyncio
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.backoff import Backoff, woken

FIRST = st.floats(0.001, 10)


@given(FIRST, st.floats(1, 1000), st.integers(1, 40))
def test_pauses_double_up_to_the_longest(first_s: float, times: float, tries: int) -> None:
    backoff = Backoff(first_s, first_s * times)
    pauses = [backoff.failed() for _ in range(tries)]
    assert pauses[0] == first_s
    for before, after in pairwise(pauses):
        assert after == min(before * 2, first_s * times)


@given(FIRST, st.integers(0, 10))
def test_what_works_begins_anew(first_s: float, tries: int) -> None:
    backoff = Backoff(first_s, first_s * 100)
    assert backoff.works
    for _ in range(tries):
        backoff.failed()
        assert not backoff.works
    backoff.worked()
    assert backoff.works
    assert backoff.failed() == first_s


async def test_news_end_a_pause_and_do_not_lengthen_the_next() -> None:
    backoff, wake = Backoff(600, 6000), asyncio.Event()
    wake.set()
    await backoff.wait(wake)
    assert not backoff.works
    assert backoff.failed() == 600


async def test_a_pause_that_was_waited_for_is_followed_by_a_longer_one() -> None:
    backoff, wake = Backoff(0.002, 60), asyncio.Event()
    for _ in range(3):
        await backoff.wait(wake)
    assert backoff.failed() == 0.016


async def test_whoever_waits_is_woken_or_told_that_nobody_did() -> None:
    wake = asyncio.Event()
    assert not await woken(wake, 0.001)
    asyncio.get_running_loop().call_soon(wake.set)
    assert await woken(wake, 600)
