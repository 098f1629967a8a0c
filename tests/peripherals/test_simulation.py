"""The cable of a simulated device: pulled and put back at any moment, always at the same address."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.simulation import TcpLine


class Pluggable(Protocol):
    @property
    def address(self) -> str: ...

    async def plug(self) -> None: ...

    async def unplug(self) -> None: ...


@pytest.fixture(params=["line", "nexo"])
async def line(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Pluggable]:
    if request.param == "line":
        made = TcpLine()
        await made.plug()
        yield made
        await made.close()
    else:
        simulator = NexoSimulator(tmp_path)
        await simulator.start()
        yield simulator
        await simulator.stop()


def place(line: Pluggable) -> tuple[str, int]:
    host, _, port = line.address.rpartition(":")
    return host, int(port)


async def answers(line: Pluggable) -> bool:
    try:
        _, writer = await asyncio.open_connection(*place(line))
    except ConnectionRefusedError:
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


async def test_the_port_stays_ours_while_the_cable_is_pulled(line: Pluggable) -> None:
    before = line.address
    assert await answers(line)
    await line.unplug()
    assert not await answers(line)
    with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
        stranger.bind(place(line))
    await line.plug()
    assert await answers(line)
    assert line.address == before


async def test_two_who_plug_it_in_at_once_do_it_once(line: Pluggable) -> None:
    await line.unplug()
    await asyncio.gather(line.plug(), line.plug())
    assert await answers(line)
    await line.unplug()
    assert not await answers(line)


async def test_who_is_cancelled_while_plugging_in_leaves_nothing_behind(line: Pluggable) -> None:
    cancelled = 0
    while cancelled in range(20):
        await line.unplug()
        plugging: asyncio.Task[Any] = asyncio.create_task(line.plug())
        # At each of its steps.
        for _ in range(cancelled):
            await asyncio.sleep(0)
        plugging.cancel()
        await asyncio.wait([plugging])
        cancelled = cancelled + 1 if plugging.cancelled() else -1
        await line.unplug()
        assert not await answers(line)
    await line.plug()
    assert await answers(line)
