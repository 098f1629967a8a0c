"""What goes on beside journeys ends with them, and nothing begins that late."""

import asyncio

import pytest

from kiosk.tasks import Tasks


async def test_what_still_runs_is_cancelled_at_the_end() -> None:
    async with Tasks() as tasks:
        running = tasks.begin(asyncio.sleep(600))
        await asyncio.sleep(0)
    assert running.cancelled()


async def test_one_that_fails_ends_them_all() -> None:
    async def fail() -> None:
        raise LookupError

    async def run() -> None:
        async with Tasks() as tasks:
            tasks.begin(fail())
            await asyncio.sleep(600)

    with pytest.raises(ExceptionGroup) as failed:
        await run()
    assert failed.group_contains(LookupError)


async def test_what_would_begin_at_the_end_never_does() -> None:
    begun: list[str] = []

    async def late() -> None:
        begun.append("late")

    async def at_its_end(tasks: Tasks) -> None:
        try:
            await asyncio.sleep(600)
        finally:
            tasks.begin(late())

    async with Tasks() as tasks:
        tasks.begin(at_its_end(tasks))
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert begun == []
