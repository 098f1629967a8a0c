"""What technicians and staff hear of chips from a whole kiosk: the folder of trust, its age, and the reader."""

import asyncio
import shutil
from pathlib import Path

from msgspec.structs import replace

from kiosk.store.data import Addresses, DataFolder
from kiosk.technician import pin
from peripherals.documents.passport.line_reader import LineReader
from peripherals.documents.trust.files import load, mark
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import TrustError
from peripherals.simulation import TcpLine
from tests.kiosk.app.centre import CODE, Centre, until
from tests.kiosk.app.chip_bench import QUICK, Bench, bench, specimen
from tests.kiosk.app.stand import stand
from tests.kiosk.app.test_technician import PIN, change, enter, part_shows


async def test_a_folder_that_changes_is_read_anew_and_old_lists_are_told_before_they_are_due(
    folder: Path, tmp_path: Path
) -> None:
    document, lists = specimen("ordinary"), tmp_path / "lists"
    await asyncio.to_thread(lists.mkdir)
    quick = replace(QUICK, documents=replace(QUICK.documents, trust_poll_s=0.02, lists_ahead_days=89))
    async with (
        Centre() as centre,
        stand(
            folder,
            centre.url,
            settings=quick,
            chips=True,
            trust=lambda: load(lists),
            trust_mark=lambda: mark(lists),
        ) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        here = Bench(centre, kiosk, folder)
        await here.to_identify()
        assert kiosk.on.equipment.trusted.fault == ""
        await asyncio.to_thread(document.trust.write, lists)
        await until(lambda: len(kiosk.on.equipment.trusted.store.revocations) > 0)
        # Its list is due in 89 days: it was made yesterday for 90.
        await until(lambda: any(part.code == "trust-outdated" for part in kiosk.on.book.health.parts))
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "genuine"
        # What cannot be read any more does not take away what was trusted before.
        await asyncio.to_thread(shutil.rmtree, lists)
        await until(lambda: any(part.code == "trust-invalid" for part in kiosk.on.book.health.parts))
        assert kiosk.on.equipment.trusted.store.authorities


async def test_a_list_of_authorities_that_cannot_be_used_is_told_to_the_technician_and_to_nobody_else(
    folder: Path,
) -> None:
    def broken() -> TrustStore:
        raise TrustError(fault="path-unreadable")

    document = specimen("basic")
    async with (
        Centre() as centre,
        stand(folder, centre.url, settings=QUICK, chips=True, trust=broken) as kiosk,
    ):
        await kiosk.shows("setup")
        for digit in CODE:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        here = Bench(centre, kiosk, folder)
        await here.to_identify()
        await until(lambda: any(part.code == "trust-invalid" for part in kiosk.on.book.health.parts))
        await here.lay(document)
        assert await here.ended() == "read"
        reading = await here.ticket()
        assert reading is not None
        assert reading.standing == "issuer-unknown"


async def test_a_technician_tries_the_reader_of_chips_and_nothing_is_read(folder: Path) -> None:
    document = specimen("ordinary")
    await asyncio.to_thread(lambda: pin.set_pin(DataFolder(folder / "data"), PIN))
    async with bench(folder) as here:
        await until(lambda: here.kiosk.on.equipment.chip._present)
        await enter(here.kiosk)
        await part_shows(here.kiosk, "chip", state="online", code="")
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "running", "code": ""})
        here.kiosk.chip.insert(document.chip)
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "good", "code": ""})
        assert here.kiosk.chip.exchanges == 0
        here.kiosk.chip.remove()
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "bad", "code": "chip-absent"})
        await here.kiosk.chip.command(["unplug"])
        await part_shows(here.kiosk, "chip", state="offline", code="device-not-connected")
        here.kiosk.act("test-chip")
        await here.kiosk.shows("technician", trial={"what": "chip", "state": "bad", "code": "device-not-connected"})
        await until(lambda: here.centre.status and any(one.name == "chip" for one in here.centre.status.parts))


async def test_a_reader_of_chips_is_set_at_the_kiosk_and_used_at_once(folder: Path) -> None:
    document = specimen("basic")
    await asyncio.to_thread(lambda: pin.set_pin(DataFolder(folder / "data"), PIN))
    other = LineReader(TcpLine())
    await other.start()
    async with bench(folder, document) as here:
        await until(lambda: here.kiosk.on.equipment.chip._present)
        await enter(here.kiosk)
        for address, problem in (
            ("mrz+tcp://127.0.0.1:9", "kiosk-setting"),
            ("emrtd+pcsc://host/x", "device-url-invalid"),
        ):
            await change(here.kiosk, "chip", address)
            await here.kiosk.shows("address", problem=problem)
            here.kiosk.act("back")
        await change(here.kiosk, "chip", f"emrtd+vpcd://{other.address}")
        await here.kiosk.shows("technician")
        await part_shows(here.kiosk, "chip", state="online", address=f"emrtd+vpcd://{other.address}")
        here.kiosk.act("done")
        await here.to_identify()
        other.insert(document.chip)
        await here.lay(document, chip=False)
        assert await here.ended() == "read"
    kept = await asyncio.to_thread(lambda: DataFolder(folder / "data").addresses())
    assert kept == Addresses(chip=f"emrtd+vpcd://{other.address}")
    await other.stop()
