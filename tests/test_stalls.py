"""The clock of the tests' event loops: it goes on, and a process that is kept from running holds it up."""

import asyncio
import socket
import time

import pytest

from tests.stalls import StallProofLoop


def _stall(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


async def _answer(line: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while asked := await loop.sock_recv(line, 16):
        await loop.sock_sendall(line, asked)


async def test_tests_have_such_a_loop() -> None:
    assert isinstance(asyncio.get_running_loop(), StallProofLoop)


@pytest.mark.parametrize("answered", [True, False])
async def test_an_answer_within_this_process_is_in_time_whatever_stalls_it(answered: bool) -> None:
    """Only who is silent while the process runs is found silent."""
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for line in (ours, theirs):
            line.setblocking(False)
        device = asyncio.create_task(_answer(theirs)) if answered else None
        silent = False
        try:
            async with asyncio.timeout(0.2):
                loop.call_later(0.02, _stall, 0.5)
                _stall(0.5)
                await loop.sock_sendall(ours, b"state?")
                _stall(0.5)
                assert await loop.sock_recv(ours, 16) == b"state?"
        except TimeoutError:
            silent = True
        assert silent is not answered
        if device is not None:
            device.cancel()


async def test_no_wait_is_shorter_than_it_was_meant_to_be() -> None:
    loop = asyncio.get_running_loop()
    for seconds in (0.001, 0.02, 0.3):
        begun, counted = time.monotonic(), loop.time()
        await asyncio.sleep(seconds)
        # Timers that are due within the resolution of a clock are taken together.
        assert time.monotonic() - begun >= seconds - 0.001
        assert loop.time() - counted <= time.monotonic() - begun + 0.001
