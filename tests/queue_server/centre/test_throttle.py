"""Something that is done soon, and once for all who want it: no test here depends on how fast time goes."""

import asyncio

from queue_server.centre.throttle import Throttle

LONG_S = 3600.0


async def turns() -> None:
    """Let the loop come round a few times."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_whatever_is_wanted_in_one_turn_is_done_once_and_in_the_next() -> None:
    done: list[int] = []
    throttle = Throttle(lambda: done.append(1), lambda: 0.0)
    for _ in range(3):
        throttle.request()
    assert done == []
    await turns()
    assert done == [1]
    throttle.request()
    await turns()
    assert done == [1, 1]


async def test_after_it_was_done_there_is_a_pause() -> None:
    done: list[int] = []
    throttle = Throttle(lambda: done.append(1), lambda: LONG_S)
    throttle.request()
    await turns()
    throttle.request()
    await turns()
    assert done == [1]
    # Whoever cannot wait has it done, and nobody twice.
    throttle.flush()
    throttle.flush()
    assert done == [1, 1]
    await turns()
    assert done == [1, 1]


async def test_after_a_pause_it_is_done_by_itself() -> None:
    done = asyncio.Event()
    throttle = Throttle(done.set, lambda: 0.02)
    throttle.request()
    await turns()
    done.clear()
    throttle.request()
    async with asyncio.timeout(60):
        await done.wait()


async def test_what_is_cancelled_is_not_done() -> None:
    done: list[int] = []
    throttle = Throttle(lambda: done.append(1), lambda: 0.0)
    throttle.request()
    throttle.cancel()
    throttle.flush()
    await turns()
    assert done == []
    throttle.request()
    await turns()
    assert done == [1]
