"""The reader of chips as its user sees it: it waits, reads, gives up, and lets itself be called off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.device import DeviceState, Timings, open_device
from peripherals.documents.chip.pcsc import longest_data
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.mrz import parse
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.errors import (
    AnswerTimeoutError,
    BusyError,
    ChipAbsentError,
    ChipAccessError,
    DocumentRemovedError,
    NotConnectedError,
)
from peripherals.simulation import TcpLine

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, answer_s=0.5, chip_s=2.0, poll_s=0.1)
BASIC = build(PROFILES["basic"], datetime.now(UTC), 3)


@asynccontextmanager
async def bench(specimen: Specimen = BASIC, timings: Timings = TIMINGS) -> AsyncIterator[tuple[ChipReader, LineReader]]:
    reader = LineReader(TcpLine())
    reader.insert(specimen.chip)
    await reader.start()
    device = await asyncio.to_thread(open_device, f"emrtd+vpcd://{reader.address}", timings)
    assert isinstance(device, ChipReader)
    async with device:
        assert device.status.state is DeviceState.ONLINE
        yield device, reader
    await reader.stop()


def key(specimen: Specimen = BASIC) -> MrzKey:
    return MrzKey.from_mrz(parse(specimen.zone))


async def read(device: ChipReader, **options: Any) -> ChipFiles:
    return await device.read(key(), **{"wait_s": 1.0, **options})


async def midway(reader: LineReader, exchanges: int = 8) -> None:
    async with asyncio.timeout(60):
        while reader.exchanges < exchanges:  # noqa: ASYNC110 - the reader is in another task
            await asyncio.sleep(0.001)


async def test_it_tells_how_far_it_is_on_the_callers_loop() -> None:
    told: list[tuple[LdsFile, int, int]] = []
    loop = asyncio.get_running_loop()

    def progress(file: LdsFile, done: int, total: int) -> None:
        assert asyncio.get_running_loop() is loop
        told.append((file, done, total))

    async with bench() as (device, _):
        files = await read(device, progress=progress)
    assert [file for file, done, total in told if done == total] == [LdsFile.COM, LdsFile.SOD, LdsFile.DG1]
    assert LdsFile.DG2 not in files.files


async def test_it_waits_for_a_document_and_no_longer_than_it_was_told() -> None:
    async with bench() as (device, reader):
        reader.remove()
        with pytest.raises(ChipAbsentError):
            await read(device, wait_s=0.05)
        waiting = asyncio.create_task(read(device, wait_s=5))
        await asyncio.sleep(0)
        reader.insert(BASIC.chip)
        assert LdsFile.DG1 in (await waiting).files


async def test_a_document_that_is_taken_away_and_put_back_is_read_from_the_start() -> None:
    async with bench() as (device, reader):
        reader.removed_after = 7
        with pytest.raises(DocumentRemovedError):
            await read(device)
        assert device.status.state is DeviceState.ONLINE
        reader.removed_after = 0
        reader.insert(BASIC.chip)
        assert LdsFile.DG1 in (await read(device)).files


async def test_called_off_it_ends_between_two_commands() -> None:
    async with bench() as (device, reader):
        reader.late_s = 0.05
        reading = asyncio.create_task(read(device))
        await midway(reader)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        reader.late_s = 0
        # The next one begins once the command that was under way has come back; no other came after it.
        before = reader.exchanges
        await device.find(wait_s=1)
        assert reader.exchanges <= before + 1
        assert LdsFile.DG1 in (await read(device)).files


async def test_one_reading_at_a_time() -> None:
    async with bench() as (device, reader):
        reader.late_s = 0.02
        first = asyncio.create_task(read(device))
        await midway(reader, 2)
        with pytest.raises(BusyError):
            await read(device)
        assert LdsFile.DG1 in (await first).files


async def test_another_documents_zone_opens_nothing() -> None:
    other = build(PROFILES["basic"], datetime.now(UTC), 4)
    async with bench() as (device, _):
        with pytest.raises(ChipAccessError):
            await device.read(key(other), wait_s=1)
        assert LdsFile.DG1 in (await read(device)).files


async def test_to_find_a_chip_sends_it_no_command() -> None:
    async with bench() as (device, reader):
        await device.find(wait_s=1)
        assert reader.exchanges == 0


async def test_closed_in_mid_reading_it_tells_who_waits() -> None:
    async with bench() as (device, reader):
        reader.late_s = 0.02
        reading = asyncio.create_task(read(device))
        await midway(reader, 2)
        await device.close()
        with pytest.raises(NotConnectedError):
            await reading


async def test_a_reader_that_hangs_is_given_up_and_comes_back() -> None:
    async with bench(timings=replace(TIMINGS, chip_s=0.2)) as (device, reader):
        reader.stops_at = 5
        with pytest.raises(AnswerTimeoutError):
            await read(device)
        reader.stops_at = 0
        async for status in device.watch():
            if status.state is DeviceState.ONLINE:
                break
        assert LdsFile.DG1 in (await read(device)).files


@given(st.binary(max_size=40))
def test_properties_of_a_reader_may_be_anything(raw: bytes) -> None:
    assert 0 <= longest_data(raw) <= 65_536


def test_the_longest_data_is_found_among_the_properties() -> None:
    assert longest_data(bytes.fromhex("0602000A0A0400000100")) == 65_536
    assert longest_data(bytes.fromhex("0A0400000100")) == 65_536
    assert longest_data(bytes.fromhex("0A0400000000")) == 0
    assert longest_data(bytes.fromhex("0A04000001")) == 0
