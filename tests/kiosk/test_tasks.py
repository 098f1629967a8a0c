"""What goes on beside journeys ends with them, and nothing begins that late."""

import asyncio

import pytest

from kiosk import tasks as module
from kiosk.tasks import Tasks
from queue_server.contract.periodic import Periodic


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


async def test_what_is_supervised_and_fails_ends_nothing_else_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STALLED_S", 0)
    broken, done = asyncio.Event(), asyncio.Event()
    broken.set()

    async def work() -> None:
        if broken.is_set():
            raise LookupError
        done.set()

    async with asyncio.timeout(60), Tasks() as tasks:
        other = tasks.begin(asyncio.sleep(600))
        tasks.supervise(Periodic("storage", 0.01, work, at_once=True))
        while tasks.stalled != ("storage",):  # noqa: ASYNC110 - nothing says that it has failed
            await asyncio.sleep(0.01)
        assert not other.done()
        broken.clear()
        await done.wait()
        while tasks.stalled:  # noqa: ASYNC110 - nor that it goes well
            await asyncio.sleep(0.01)
