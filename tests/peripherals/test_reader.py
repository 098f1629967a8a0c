"""The serial reader as a device: who gets what was read, and that nothing of it stays."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from peripherals.device import Timings
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentReader, ReadFailure
from peripherals.documents.serial_reader.device import SerialReader
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator, encode
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import BusyError
from peripherals.simulation import PtyLine
from peripherals.transports.null_modem import NullModemEnd, null_modem
from peripherals.transports.pipe import Pipe

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, answer_s=0.2, duplicate_s=0.5)
#: A name that no library and no document of this project contains.
PLANTED = "QVXWZKJ"


class Wire:
    """An address whose other end the test holds."""

    key = "wire"

    def __init__(self) -> None:
        self.far: NullModemEnd | None = None

    async def connect(self) -> Pipe:
        near, self.far = null_modem()
        return near

    async def send(self, data: bytes) -> None:
        assert self.far is not None
        await self.far.send(data)


@pytest.fixture
async def wire() -> Wire:
    return Wire()


@pytest.fixture
async def reader(wire: Wire) -> AsyncIterator[SerialReader]:
    async with SerialReader("mrz+serial:///dev/none", wire, TIMINGS, PRESETS["access-is"]) as made:
        yield made


FRAMES = {name: encode(PRESETS["access-is"], lines) for name, lines in SPECIMENS.items()}


async def test_what_nobody_listened_to_is_given_to_nobody(wire: Wire, reader: SerialReader) -> None:
    await wire.send(FRAMES["td1"])
    listening = reader.documents()
    first = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)
    await wire.send(FRAMES["td3"])
    read = await first
    assert isinstance(read, Mrz)
    assert read.format == "TD3"


async def test_what_waits_when_a_listener_leaves_is_wiped(wire: Wire, reader: SerialReader) -> None:
    listening = reader.documents()
    first = asyncio.ensure_future(anext(listening))
    await asyncio.sleep(0)
    for name in ("td1", "td2", "td3"):
        await wire.send(FRAMES[name])
    read = await first
    assert isinstance(read, Mrz)
    assert read.format == "TD1"
    assert reader._readings._listener is not None
    waiting = list(reader._readings._listener._queue)  # type: ignore[attr-defined]  # what waits, without taking it
    await listening.aclose()
    assert [each.format for each in waiting] == ["TD2", "TD3"]
    assert all(each.wiped for each in waiting)


async def test_one_listener_at_a_time(wire: Wire, reader: SerialReader) -> None:
    first = asyncio.ensure_future(anext(reader.documents()))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await anext(reader.documents())
    await wire.send(FRAMES["td1"])
    assert isinstance(await first, Mrz)


async def test_a_listener_ends_with_the_release(reader: SerialReader) -> None:
    listening = asyncio.ensure_future(_all(reader))
    await asyncio.sleep(0)
    await reader.release()
    assert await listening == []


async def _all(reader: DocumentReader) -> list[object]:
    return [read async for read in reader.documents()]


async def test_the_same_document_again_later_is_a_new_showing(wire: Wire) -> None:
    timings = Timings(duplicate_s=0.001)
    async with SerialReader("mrz+serial:///dev/none", wire, timings, PRESETS["access-is"]) as reader:
        listening = reader.documents()
        for _ in range(2):
            read = asyncio.ensure_future(anext(listening))
            await asyncio.sleep(0.01)  # real time passes between two showings
            await wire.send(FRAMES["td1"])
            assert isinstance(await read, Mrz)


async def test_nothing_that_is_read_is_logged_or_named_in_a_failure(wire: Wire, reader: SerialReader) -> None:
    with capture_logs() as logged:
        listening = reader.documents()
        for frame in (FRAMES["td3"], FRAMES["td3"].replace(b"P<UTO", b"P<?TO"), FRAMES["td2"][:40]):
            read = asyncio.ensure_future(anext(listening))
            await asyncio.sleep(0)
            await wire.send(frame)
            found = await read
            assert "ERIKSSON" not in repr(found)
        assert isinstance(found, ReadFailure)
        assert wire.far is not None
        await wire.far.close()
    assert "ERIKSSON" not in repr(logged)


_OTHER_PROCESS = """
import asyncio, sys
from peripherals.device import open_device

async def main():
    async with open_device(sys.argv[1]) as reader:
        # The first step of the loop below begins to listen; what is said after it is said by a listener.
        asyncio.get_running_loop().call_soon(lambda: print("ready", flush=True))
        async for read in reader.documents():
            print(read.valid, read.field("issuer"), flush=True)
            if sys.argv[2] == "wipe":
                read.wipe()
            await asyncio.to_thread(sys.stdin.readline)
            return

asyncio.run(main())
"""


@pytest.mark.parametrize("fate", ["wipe", "keep"])
async def test_a_wiped_name_is_nowhere_in_the_memory_of_the_process(fate: str) -> None:
    """``keep`` shows that the search finds a name that is there."""
    name = PLANTED
    lines = (f"P<UTO{name}<<ANNA".ljust(44, "<"), SPECIMENS["td3"][1])
    simulator = ReaderSimulator(PtyLine(), PRESETS["desko"])
    await simulator.start()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _OTHER_PROCESS,
        f"mrz+serial://{simulator.address}?envelope=desko",
        fate,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"},
    )
    assert process.stdout is not None
    assert process.stdin is not None
    async for line in process.stdout:
        if line == b"ready\n":
            break
    await simulator.show(lines)
    async for line in process.stdout:
        if line.startswith(b"True"):
            break
    assert line == b"True UTO\n"
    found = await asyncio.to_thread(_in_memory, process.pid, name.encode())
    process.stdin.write(b"\n")
    assert await process.wait() == 0
    await simulator.stop()
    assert found == (fate == "keep")


def _in_memory(pid: int, wanted: bytes) -> bool:
    """Search all that a process has written or may write to."""
    regions = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            addresses, rights, *_ = region.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in addresses.split("-"))
            memory.seek(start)
            if wanted in memory.read(end - start):
                return True
    return False
