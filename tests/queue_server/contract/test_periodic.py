"""Work under supervision: done again and again whatever it raises, told of once an outage, ended when it is stopped."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs

from queue_server.contract.periodic import Periodic
from queue_server.domain.values import ConsularError


class AwayError(ConsularError):
    code = "away"


class OtherError(Exception):
    code = "other"


class Work:
    """Fails as it is told to, once each; ``times`` counts what was begun, ``done`` what succeeded."""

    def __init__(self, *failures: BaseException | None) -> None:
        self.failures = list(failures)
        self.times = self.done = 0

    async def __call__(self) -> None:
        self.times += 1
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        self.done += 1


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.001)


def periodic(work: Callable[[], Awaitable[object]], interval_s: float = 0.001, **more: object) -> Periodic:
    return Periodic("found", interval_s, work, retry_s=0.001, max_retry_s=0.002, **more)  # type: ignore[arg-type]


async def test_it_is_done_again_and_again_until_it_is_stopped_and_can_be_started_anew() -> None:
    work = Work()
    loop = periodic(work)
    loop.start()
    loop.start()
    await until(lambda: work.done >= 3)
    await loop.stop()
    done = work.times
    await asyncio.sleep(0.01)
    assert work.times == done
    assert (loop.has_ended, loop.stalled_s) == (False, 0)
    loop.start()
    await until(lambda: work.done > done)
    await loop.stop()
    await loop.stop()


@pytest.mark.parametrize(("at_once", "expected"), [(True, 1), (False, 0)])
async def test_the_first_time_is_at_once_or_after_the_first_interval(at_once: bool, expected: int) -> None:
    work = Work()
    loop = periodic(work, 600, at_once=at_once)
    loop.start()
    await asyncio.sleep(0.01)
    assert work.done == expected
    loop.wake()
    await until(lambda: work.done == expected + 1)
    await loop.stop()


async def test_a_failure_is_told_of_once_an_outage_and_so_is_its_end() -> None:
    work = Work(AwayError(reason="x"), AwayError(reason="x"), AwayError(reason="x"), None, AwayError(reason="y"))
    loop = periodic(work)
    with capture_logs() as logged:
        loop.start()
        await until(lambda: work.done >= 2)
        await loop.stop()
    away = {"event": "task-failed", "task": "found", "code": "away", "log_level": "warning"}
    back = {"event": "task-recovered", "task": "found", "log_level": "info"}
    assert logged == [{**away, "placeholders": {"reason": "x"}}, back, {**away, "placeholders": {"reason": "y"}}, back]


async def test_another_failure_within_an_outage_is_told_of_too() -> None:
    work = Work(AwayError(), ZeroDivisionError(), ZeroDivisionError(), OtherError())
    loop = periodic(work, expected=(OtherError,))
    with capture_logs() as logged:
        loop.start()
        await until(lambda: work.done >= 1)
        await loop.stop()
    assert [one.get("code") for one in logged] == ["away", "internal", "other", None]
    # What nobody expects is logged with where it came from.
    assert [one["event"] for one in logged if isinstance(one.get("exc_info"), ZeroDivisionError)] == ["task-failed"]


async def test_a_log_that_cannot_be_written_does_not_end_what_it_tells_of(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def error(self, *_: object, **__: object) -> None:
            raise OSError

    monkeypatch.setattr("queue_server.contract.periodic._log", Full())
    work = Work(ZeroDivisionError())
    loop = periodic(work)
    loop.start()
    await until(lambda: work.times >= 1)
    await asyncio.sleep(0)
    assert not loop.has_ended
    await loop.stop()


async def test_what_fails_is_stalled_until_it_works() -> None:
    failing, gate = True, asyncio.Event()

    async def work() -> None:
        gate.set()
        if failing:
            raise AwayError

    loop = periodic(work)
    assert loop.stalled_s == 0
    loop.start()
    await gate.wait()
    await until(lambda: loop.stalled_s > 0.01)
    assert not loop.has_ended
    failing = False
    await until(lambda: loop.stalled_s == 0)
    await loop.stop()


async def test_pauses_after_failures_grow_and_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def work() -> None:
        raise AwayError

    loop = Periodic("found", 0.5, work, max_retry_s=3)

    async def wait(_: asyncio.Event) -> None:
        pauses.append(loop._backoff.failed())
        await asyncio.sleep(0)

    monkeypatch.setattr(loop._backoff, "wait", wait)
    loop.start()
    await until(lambda: len(pauses) >= 5)
    await loop.stop()
    assert pauses[:5] == [0.5, 1, 2, 3, 3], "seconds"
    loop.worked()
    assert loop._backoff.failed() == 0.5


async def test_what_is_done_seldom_is_tried_again_soon() -> None:
    loop = Periodic("found", 3600, Work())
    assert [loop._backoff.failed() for _ in range(3)] == [1, 2, 4]


async def test_long_work_says_in_its_midst_that_it_goes_well() -> None:
    lost: asyncio.Queue[None] = asyncio.Queue()

    async def hold() -> None:
        if not lost.empty():
            loop.worked()
        await lost.get()
        raise AwayError

    loop = periodic(hold, 0)
    lost.put_nowait(None)
    with capture_logs() as logged:
        loop.start()
        await until(lambda: loop.stalled_s > 0)
        lost.put_nowait(None)
        await until(lambda: len(logged) >= 1)
        lost.put_nowait(None)
        lost.put_nowait(None)
        await until(lambda: len(logged) >= 3)
        await loop.stop()
    assert [one["event"] for one in logged[:3]] == ["task-failed", "task-recovered", "task-failed"]


async def test_work_that_does_not_wait_holds_up_nobody() -> None:
    work = Work()
    loop = periodic(work, 0, at_once=True)
    loop.start()
    # Whoever waits here has their turn between two rounds of the work.
    await until(lambda: work.done > 1)
    await loop.stop()


async def test_work_that_is_finished_ends_it() -> None:
    async def work() -> None:
        loop.finish()

    loop = periodic(work)
    loop.start()
    await until(lambda: loop._task is not None and loop._task.done())
    assert not loop.has_ended
    await loop.stop()


async def test_a_cancelled_thing_that_it_waits_for_does_not_end_it() -> None:
    other: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    other.cancel()
    done = asyncio.Event()

    async def work() -> None:
        if not done.is_set():
            done.set()
            await other
        else:
            again.set()

    again = asyncio.Event()
    loop = periodic(work)
    with capture_logs() as logged:
        loop.start()
        async with asyncio.timeout(60):
            await again.wait()
        await loop.stop()
    assert (logged[0]["event"], logged[0]["code"]) == ("task-failed", "internal")


async def test_whoever_ends_it_from_outside_leaves_it_ended() -> None:
    loop = periodic(Work(), 600)
    loop.start()
    await asyncio.sleep(0)
    assert loop._task is not None
    loop._task.cancel()
    await asyncio.wait([loop._task])
    assert loop.has_ended
    await until(lambda: loop.stalled_s > 0)
    loop.start()
    await until(lambda: not loop.has_ended)
    await loop.stop()


async def test_in_a_group_of_tasks_it_ends_with_them() -> None:
    work = Work()

    async def group() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(periodic(work).run())
            await until(lambda: work.done >= 2)
            raise AwayError

    with pytest.raises(ExceptionGroup, match="unhandled errors"):
        await group()
