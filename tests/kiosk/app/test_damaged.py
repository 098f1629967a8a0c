"""A kiosk whose files are damaged shows a page, asks its server for what it can, and puts the bad file aside."""

import asyncio
import shutil
from pathlib import Path

import pytest

from kiosk.kit import fonts
from kiosk.store.data import DataFolder
from queue_server.contract.problems import Problem
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import Stand, stand
from tests.kiosk.app.test_app import enrol
from tests.kiosk.app.test_technician import set_pin
from tests.kiosk.store.test_rows import detail_of, flip

FILES = (
    "start.json",
    "start-copy.json",
    "device.json",
    "catalogue.json",
    "hall.json",
    "pin.json",
    "mode.json",
    "addresses.json",
    "outbox.sqlite",
    "outbox.series",
)
WAYS = ("empty", "cut", "garbled", "missing", "a folder")


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def damage(path: Path, how: str) -> None:
    content = path.read_bytes() if path.exists() else b""
    match how:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "garbled":
            path.write_bytes(bytes(byte ^ 0xA5 for byte in content) or b"\xff")
        case "missing":
            path.unlink(missing_ok=True)
        case "a folder":
            path.unlink(missing_ok=True)
            path.mkdir()


async def used(folder: Path, centre: Centre) -> None:
    """Let a kiosk be enrolled and give a ticket."""
    await asyncio.to_thread(set_pin, folder)
    async with stand(folder, centre.url) as kiosk:
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        kiosk.act("confirm")
        await kiosk.shows("ticket", code="B001")
        # What is told to nobody and whose file is gone can be known to nobody any more.
        await until(lambda: centre.taken)


@pytest.mark.parametrize("name", FILES)
async def test_a_damaged_file_leaves_a_kiosk_that_gives_tickets(tmp_path: Path, name: str) -> None:
    """A kiosk is used once; each way to damage a file begins with a copy of it and of what its centre knew."""
    wrong = []
    async with Centre() as centre:
        await used(tmp_path / "used", centre)
        known = centre.remember()
        for how in WAYS:
            if (name, how) == ("outbox.sqlite", "a folder"):
                # No accident makes a folder of a database.
                continue
            folder = tmp_path / how
            await asyncio.to_thread(shutil.copytree, tmp_path / "used", folder)
            centre.recall(known)
            await asyncio.to_thread(damage, folder / "data" / name, how)
            async with stand(folder, centre.url) as kiosk:
                await kiosk.walk_to_confirm()
                kiosk.act("confirm")
                code = (await kiosk.shows("ticket"))["code"]
            # Nobody takes it for a copy of itself.
            copied = centre.starts is None or centre.starts.copied_at is not None
            if (code, copied) != ("B002", False):
                wrong.append((how, code, copied))
    assert wrong == []


def away() -> Problem:
    return Problem("about:blank", "unavailable", 503, "unavailable")


async def tickets(kiosk: Stand, *codes: str) -> None:
    """Let one person after the other take a ticket, and go."""
    for code in codes:
        await kiosk.walk_to_confirm()
        kiosk.act("confirm")
        await kiosk.shows("ticket", code=code, paper="taken")
        kiosk.act("done")
        await kiosk.shows("language")


async def test_a_waiting_ticket_whose_bytes_changed_holds_up_no_other_and_managers_hear_of_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "outbox.sqlite"

    def told() -> list[tuple[str, str]]:
        return [] if centre.status is None else [(one.name, one.code) for one in centre.status.parts]

    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            centre.refuse["visits"] = away()
            await tickets(kiosk, "B001", "B002")
        assert ("outbox", "kiosk-record-damaged") not in told()
        await asyncio.to_thread(lambda: flip(path, detail_of(path, "B001")))
        del centre.refuse["visits"]
        async with stand(tmp_path, centre.url) as kiosk:
            await until(lambda: [one.code for one in centre.taken] == ["B002"])
            await until(lambda: ("outbox", "kiosk-record-damaged") in told())
            await tickets(kiosk, "B003")
            await until(lambda: [one.code for one in centre.taken] == ["B002", "B003"])
    assert centre.wrong == []


async def test_an_outbox_that_is_lost_with_a_ticket_that_nobody_knows_gives_no_number_again(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with stand(tmp_path, centre.url) as kiosk:
            await enrol(kiosk)
            centre.refuse["visits"] = away()
            await tickets(kiosk, "B001", "B002")
        for name in ("outbox.sqlite", "outbox.sqlite-wal", "outbox.sqlite-shm"):
            await asyncio.to_thread((tmp_path / "data" / name).unlink, missing_ok=True)
        del centre.refuse["visits"]
        async with stand(tmp_path, centre.url) as kiosk:
            await tickets(kiosk, "B003")
            await until(lambda: [one.code for one in centre.taken] == ["B003"])
    assert centre.wrong == []


async def test_who_a_kiosk_is_stands_in_two_files(tmp_path: Path) -> None:
    async with Centre() as centre:
        await used(tmp_path, centre)
        data = tmp_path / "data"
        before = await asyncio.to_thread(lambda: DataFolder(data).identity())
        await asyncio.to_thread(damage, data / "device-copy.json", "garbled")
        assert await asyncio.to_thread(lambda: DataFolder(data).identity()) == before
        await asyncio.to_thread(damage, data / "device.json", "garbled")
        async with stand(tmp_path, centre.url) as kiosk:
            # Nobody can know any more who it was: it asks to be enrolled.
            await kiosk.shows("setup")
            await enrol(kiosk)
            await kiosk.shows("language")
