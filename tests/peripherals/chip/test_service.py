"""What the real smart card service says of readers and cards that are not what was hoped for."""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from peripherals.device import DeviceState, Timings, open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.passport import vpcd
from peripherals.documents.passport.vpcd import VirtualCard
from peripherals.errors import BusyError, ChipAbsentError
from tests.peripherals.chip.service import READER, Service, lay_down
from tests.peripherals.chip.test_device import BASIC, key
from tests.peripherals.passport.pcscd import Client
from tests.peripherals.test_cli import COMMAND

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.1, answer_s=0.5, poll_s=0.1)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    made = Service(tmp_path)
    if reason := await asyncio.to_thread(made.take):
        pytest.skip(reason)
    await asyncio.to_thread(made.start)
    yield made
    await asyncio.to_thread(made.give_back)


@pytest.fixture
async def card(service: Service) -> AsyncIterator[VirtualCard]:
    made = VirtualCard(BASIC.chip, port=service.port)
    yield made
    await asyncio.to_thread(made.remove)


async def reader(part: str = "pcd 00 00") -> ChipReader:
    device = await asyncio.to_thread(open_device, f"emrtd+pcsc:///{part}", TIMINGS)
    assert isinstance(device, ChipReader)
    return device


async def becomes(device: ChipReader, state: DeviceState) -> None:
    async with asyncio.timeout(60):
        async for status in device.watch():
            if status.state is state:
                return


async def test_a_part_of_its_name_finds_the_reader_and_no_other_does(service: Service, card: VirtualCard) -> None:
    assert service.port
    await asyncio.to_thread(lay_down, card)
    async with await reader() as found, await reader("contactless of another make") as missing:
        assert found.status.state is DeviceState.ONLINE
        assert missing.status.state is DeviceState.NO_DEVICE
        files = await found.read(key(), wait_s=5)
        assert LdsFile.DG1 in files.files


async def test_a_reader_that_is_plugged_in_later_is_found(service: Service, tmp_path: Path) -> None:
    there, away = tmp_path / "vpcd", tmp_path.parent / "unplugged"
    async with await reader() as device:
        await asyncio.to_thread(service.stop)
        await becomes(device, DeviceState.OFFLINE)
        await asyncio.to_thread(there.rename, away)
        await asyncio.to_thread(service.start)
        await becomes(device, DeviceState.NO_DEVICE)
        await asyncio.to_thread(service.stop)
        await asyncio.to_thread(away.rename, there)
        await asyncio.to_thread(service.start)
        await becomes(device, DeviceState.ONLINE)


async def test_a_card_that_another_program_keeps_is_left_to_it(service: Service, card: VirtualCard) -> None:
    assert service.port
    await asyncio.to_thread(lay_down, card)
    with contextlib.closing(await asyncio.to_thread(Client)) as other:
        await asyncio.to_thread(other.connect)
        async with await reader() as device:
            with pytest.raises(BusyError):
                await device.read(key(), wait_s=1)
            await asyncio.to_thread(other.disconnect)
            await device.find(wait_s=5)
            assert device.status.state is DeviceState.ONLINE


async def test_a_card_with_contacts_is_no_document(
    service: Service, card: VirtualCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.port
    # Nothing but T=0 is offered (ISO/IEC 7816-3, 8.2.3).
    monkeypatch.setattr(vpcd, "ATR", bytes.fromhex("3B00"))
    await asyncio.to_thread(lay_down, card)
    async with await reader() as device:
        with pytest.raises(ChipAbsentError) as caught:
            await device.find(wait_s=1)
    assert caught.value.placeholders["reason"] == "other-protocol"


async def test_the_command_lists_readers_with_their_addresses(service: Service) -> None:
    assert service.port
    process = await asyncio.create_subprocess_exec(*COMMAND, "list", "--json", stdout=subprocess.PIPE)
    said, _ = await process.communicate()
    found = [json.loads(line) for line in said.splitlines()]
    urls = {one["chip_reader"]: one["url"] for one in found if "chip_reader" in one}
    assert urls[READER] == "emrtd+pcsc:///Virtual%20PCD%2000%2000"
    device = await asyncio.to_thread(open_device, urls[READER], TIMINGS)
    async with device:
        assert device.status.state is DeviceState.ONLINE
