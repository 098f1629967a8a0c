"""Listens in on a register and its terminal over TCP, and writes down what it heard as a capture file."""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from peripherals.payment.zvt.apdu import Apdu, StreamFramer

PORT = 20007
_REGISTER = 49152
#: LINKTYPE_RAW of the list of link-layer header types: packets begin with the IP header.
_RAW_IP = 101


@dataclass
class Tap:
    """``said`` is what went over the line, in order; True from the register."""

    address: str = ""
    said: list[tuple[bool, bytes]] = field(default_factory=list)

    def units(self) -> list[tuple[bool, Apdu]]:
        """Part both directions into units, in the order in which they ended."""
        framers = {True: StreamFramer(), False: StreamFramer()}
        return [(ours, apdu) for ours, data in self.said for apdu in framers[ours].feed(data)]

    def write(self, path: Path) -> None:
        """Write a capture file, a packet for each unit."""
        numbers = {True: 1, False: 1}
        with path.open("wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, _RAW_IP))
            for at, (ours, apdu) in enumerate(self.units()):
                data = apdu.encode()
                packet = _packet(data, numbers[ours], numbers[not ours], ours=ours)
                file.write(struct.pack("<IIII", at, 0, len(packet), len(packet)) + packet)
                numbers[ours] += len(data)


def _packet(data: bytes, number: int, acknowledged: int, *, ours: bool) -> bytes:
    """An IPv4 packet with a TCP segment; nobody checks the sums of a capture."""
    source, target = (_REGISTER, PORT) if ours else (PORT, _REGISTER)
    tcp = struct.pack(">HHIIBBHHH", source, target, number, acknowledged, 5 << 4, 0x18, 8192, 0, 0)
    hosts = (b"\x0a\x00\x00\x01", b"\x0a\x00\x00\x02")
    first, second = hosts if ours else reversed(hosts)
    size = 20 + len(tcp) + len(data)
    return struct.pack(">BBHHHBBH4s4s", 0x45, 0, size, 0, 0, 64, 6, 0, first, second) + tcp + data


@asynccontextmanager
async def tapped(target: str) -> AsyncIterator[Tap]:
    """Stand between a driver and ``target``."""
    tap = Tap()
    host, _, port = target.partition(":")

    carrying: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        carrying.add(task)
        task.add_done_callback(carrying.discard)
        ends = [writer]
        try:
            with contextlib.suppress(OSError):
                theirs_reader, theirs_writer = await asyncio.open_connection(host, int(port))
                ends.append(theirs_writer)
                async with asyncio.TaskGroup() as both:
                    both.create_task(_carry(reader, theirs_writer, tap, ours=True))
                    both.create_task(_carry(theirs_reader, writer, tap, ours=False))
        finally:
            for each in ends:
                each.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    tap.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield tap
    finally:
        server.close()
        # Whoever is cut off in the middle is waited for: no socket is left to the next test.
        for task in carrying.copy():
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)
        await asyncio.sleep(0)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tap: Tap, *, ours: bool) -> None:
    while data := await reader.read(4096):
        tap.said.append((ours, data))
        writer.write(data)
    writer.write_eof()
