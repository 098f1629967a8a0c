"""How long a writer waits for more callers: without end where the last commit took long, never after a lone caller."""

import asyncio

from queue_server.writer.gathering import Gathering

AN_HOUR = 3600.0


def after(commands: int, took_s: float) -> Gathering:
    gathering = Gathering()
    gathering.commands, gathering.took_s = commands, took_s
    return gathering


async def test_it_goes_on_when_as_many_wait_as_the_last_time() -> None:
    waiting, wake = [1], asyncio.Event()
    gone_on = asyncio.create_task(after(3, AN_HOUR).wait(waiting, wake))
    for caller in (2, 3):
        await asyncio.sleep(0)
        assert not gone_on.done()
        waiting.append(caller)
        wake.set()
    await gone_on


async def test_who_comes_before_it_waits_counts() -> None:
    await after(3, AN_HOUR).wait([1, 2, 3], asyncio.Event())
    await after(3, AN_HOUR).wait([1, 2, 3, 4], asyncio.Event())


async def test_nobody_is_waited_for_after_a_lone_caller_nor_where_nobody_waits() -> None:
    await after(1, AN_HOUR).wait([1], asyncio.Event())
    await after(0, AN_HOUR).wait([1], asyncio.Event())
    await after(3, AN_HOUR).wait([], asyncio.Event())


async def test_it_goes_on_without_those_who_do_not_come() -> None:
    waiting = [1]
    await after(3, 0.02).wait(waiting, asyncio.Event())
    assert waiting == [1]
