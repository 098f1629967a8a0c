"""Readings for who listens, and the silence on a line, also where the loop was held up for longer than that."""

import asyncio
import contextlib
import socket
import time

from peripherals.readings import Pause, ReadingChannel

GAP_S = 0.02


async def test_what_came_while_the_loop_was_held_up_is_no_silence() -> None:
    ended = asyncio.Event()
    pause = Pause(GAP_S, ended.set)
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        far.setblocking(False)

        async def listen() -> None:
            await asyncio.get_running_loop().sock_recv(near, 1)
            pause.restart()

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0)
        pause.restart()
        far.send(b"1")
        until = time.monotonic() + 2 * GAP_S
        while time.monotonic() < until:
            """Something else has the loop."""
        await listening
        await asyncio.sleep(0)
        assert not ended.is_set()
        async with asyncio.timeout(60):
            await ended.wait()


async def test_a_pause_that_was_stopped_never_ends() -> None:
    ended = asyncio.Event()
    pause, later = Pause(GAP_S, ended.set), asyncio.Event()
    pause.restart()
    pause.stop()
    Pause(2 * GAP_S, later.set).restart()
    await later.wait()
    assert not ended.is_set()


class Paper:
    """What lies before a reader."""

    wiped = False

    def digest(self, key: bytes) -> bytes:
        return key

    def wipe(self) -> None:
        self.wiped = True


async def test_what_is_read_over_again_is_told_once_to_each_who_listens() -> None:
    readings: ReadingChannel[Paper] = ReadingChannel("line", 3600)
    for _ in range(2):
        async with contextlib.aclosing(readings.listen()) as heard:
            first = asyncio.ensure_future(anext(heard))
            await asyncio.sleep(0)
            shown, again = Paper(), Paper()
            readings.publish(shown)
            assert await first is shown
            readings.publish(again)
            assert (shown.wiped, again.wiped) == (False, True)
