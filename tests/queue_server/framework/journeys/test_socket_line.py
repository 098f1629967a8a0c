"""Open lines count among the connections of an address."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from queue_server.framework.settings import HttpSettings
from tests.queue_server.framework.test_socket_line import _S, gone, line
from tests.queue_server.house import QUICK, house

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_line_counts_among_the_connections_of_its_address(data: Path) -> None:
    async with house(data, QUICK.but(replace(QUICK[HttpSettings], connections=2))) as here:
        kiosk = await here.kiosk()
        async with line(here, kiosk) as raw:
            await raw.next()
            # One is left, which the client of the house has.
            reader, writer = await asyncio.open_connection(*here.address.removeprefix("http://").split(":"))
            async with asyncio.timeout(_S):
                assert await reader.read() == b""
            writer.close()
        await gone(here)
        async with line(here, kiosk) as raw:
            await raw.next()
