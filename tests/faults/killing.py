"""Servers killed in mid-load, one after the other."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

from tests.faults.callers import Callers
from tests.faults.server_process import QueueServer


async def kill_in_turn(  # noqa: PLR0917 - whom, how often and when
    servers: Sequence[QueueServer],
    callers: Callers,
    kills: int,
    chance: random.Random,
    answers: tuple[int, int],
    then: Callable[[int], Awaitable[None]] | None = None,
) -> None:
    """Kill any server after so many answers (from, below), each starting again at once; ``then`` is done after each.

    The next is killed while the last still starts, so at times there is none.
    """
    starting: set[asyncio.Task[None]] = set()
    for number in range(1, kills + 1):
        await callers.more(chance.randrange(*answers))
        while not (running := [server for server in servers if server.url is not None]):
            started, starting = await asyncio.wait(starting, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.gather(*started)
        victim = chance.choice(running)
        await victim.kill()
        starting.add(asyncio.create_task(victim.start()))
        if then is not None:
            await then(number)
    await asyncio.gather(*starting)
