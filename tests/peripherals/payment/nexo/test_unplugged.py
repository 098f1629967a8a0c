"""A simulated terminal whose cable is pulled ends every line, also one that has not finished its TLS handshake."""

import asyncio
import contextlib
from pathlib import Path

from peripherals.payment.nexo.simulator.server import NexoSimulator


async def test_a_line_in_the_middle_of_its_handshake_ends_at_once(tmp_path: Path) -> None:
    simulator = await asyncio.to_thread(NexoSimulator, tmp_path / "terminal")
    await simulator.start()
    host, _, port = simulator.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    # The first bytes of a handshake record (RFC 8446, section 5.1); the rest never comes.
    writer.write(b"\x16\x03\x01\x00")
    await writer.drain()
    listener = simulator._listener
    assert listener is not None
    while not len(listener._clients):  # type: ignore[attr-defined]  # noqa: ASYNC110 - asyncio says it nowhere else
        await asyncio.sleep(0.01)
    await simulator.unplug()
    async with asyncio.timeout(30):
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()
    await simulator.stop()
