"""The kiosk as it runs in use: its own process, taps on its real controls, and a look into what it leaves behind."""

import asyncio
import contextlib
import json
import os
import resource
import secrets
import shutil
import signal
import string
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.data import DataFolder
from kiosk.technician import pin
from peripherals.documents.mrz import check_digit
from peripherals.documents.serial_reader.envelope import PRESETS
from peripherals.documents.serial_reader.simulator import ReaderSimulator
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import PtyLine, TcpLine
from tests.kiosk.app.centre import CODE, Centre
from tests.kiosk.app.processes import Controls, enrol_machine, open_controls, run, tell

SETTINGS = """
[journey]
ticket_s = 120
[link]
answer_wait_s = 0.5
[screen]
reduce_motion = true
debounce_ms = 0
"""


def passport(name: str) -> tuple[str, str]:
    """Make a passport of Utopia for a made-up holder."""

    def checked(text: str) -> str:
        return text + chr(check_digit(text.encode()))

    number, birth, expiry, optional = checked("L898902C3"), checked("740812"), checked("320415"), checked("<" * 14)
    total = chr(check_digit((number + birth + expiry + optional).encode()))
    return f"P<UTO{name}<<ANNA".ljust(44, "<"), f"{number}UTO{birth}F{expiry}{optional}{total}"


@dataclass
class Bench:
    """A running kiosk with its devices; ``seen`` is all that its screen has shown."""

    folder: Path
    centre: Centre
    printer: PrinterSimulator
    reader: ReaderSimulator
    controls: Controls
    pid: int
    ended: asyncio.Task[int]
    seen: str = ""

    async def shows(self, page: str, **model: object) -> dict[str, Any]:
        state = await self.controls.shows(page, **model)
        self.seen += json.dumps(state)
        return dict(state["model"])


@asynccontextmanager
async def bench(folder: Path, *options: object, settings_text: str = SETTINGS) -> AsyncIterator[Bench]:
    """Enrol and run a kiosk in processes of their own, with further options for the latter; both must end well."""
    printer, reader = PrinterSimulator(TcpLine(), folder / "paper"), ReaderSimulator(PtyLine(), PRESETS["desko"])
    settings, data, remote = folder / "kiosk.toml", folder / "data", folder / "remote"
    await asyncio.to_thread(settings.write_text, settings_text)
    log = await asyncio.to_thread(os.open, folder / "log", os.O_WRONLY | os.O_CREAT)
    common = ("--data", data, "--settings", settings)
    await printer.start()
    await reader.start()
    try:
        async with Centre() as centre:
            await enrol_machine(CODE, centre.url, *common)
            devices = (
                "--printer",
                f"escpos+tcp://{printer.address}",
                "--reader",
                f"mrz+serial://{reader.address}?envelope=desko",
                *options,
            )
            kiosk = await run("run", *common, *devices, "--remote", remote, error=log)
            try:
                controls = await open_controls(remote, kiosk)
                with contextlib.closing(controls):
                    yield Bench(folder, centre, printer, reader, controls, kiosk.pid, asyncio.create_task(kiosk.wait()))
            finally:
                if kiosk.returncode is None:
                    kiosk.send_signal(signal.SIGTERM)
                code = await kiosk.wait()
            assert code == 0
    finally:
        os.close(log)
        await printer.stop()
        await reader.stop()


@pytest.mark.fresh
async def test_a_visit_leaves_no_name_behind(folder: Path) -> None:
    name = "".join(secrets.choice(string.ascii_uppercase) for _ in range(20))
    async with bench(folder) as kiosk:
        await kiosk.shows("language", no_paper=False)
        await kiosk.controls.tap("English")
        await kiosk.shows("identify", reader="ready")
        await kiosk.reader.show(passport(name))
        assert (await kiosk.shows("kind", told=True))["government"] == "Utopia"
        for label in ("Passport", "Renew a passport"):
            await kiosk.controls.tap(label)
        await kiosk.shows("confirm")
        await kiosk.controls.tap("Yes, print my ticket")
        assert (await kiosk.shows("ticket", paper="taken"))["code"] == "B001"
        await kiosk.controls.ask(grab=str(folder / "ticket.png"))
        await kiosk.controls.tap("Done")
        await kiosk.shows("language", can_restart=False)
        assert resource.prlimit(kiosk.pid, resource.RLIMIT_CORE) == (0, 0)
        # The service shows that the search finds what is there.
        held = await asyncio.to_thread(in_memory, kiosk.pid, (name.encode(), b"renewal-uto"))
        dumped = await asyncio.to_thread(in_dump, kiosk.pid, folder, name.encode())
    assert held == {b"renewal-uto"}
    assert not dumped
    assert name not in kiosk.seen
    assert name.encode() not in b"".join(kiosk.centre.bodies)
    assert await asyncio.to_thread(files_with, folder, name.encode()) == []
    assert kiosk.centre.wrong == []
    assert len(kiosk.centre.taken) == 1


def files_with(folder: Path, wanted: bytes) -> list[Path]:
    while True:
        # A file that is written whole has another name first: where one went meanwhile all are looked at again.
        with contextlib.suppress(FileNotFoundError):
            return [file for file in folder.rglob("*") if file.is_file() and wanted in file.read_bytes()]


_PAGE, _OVERLAP = 1 << 20, 64


def in_memory(pid: int, wanted: tuple[bytes, ...]) -> set[bytes]:
    """Search all that a process has written or may write to."""
    found: set[bytes] = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for region in Path(f"/proc/{pid}/maps").read_text().splitlines():
            addresses, rights, *_ = region.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in addresses.split("-"))
            for at in range(start, end, _PAGE):
                # A mapping may be longer than the file behind it: what is not there cannot be read.
                with contextlib.suppress(OSError):
                    memory.seek(at)
                    content = memory.read(min(_PAGE + _OVERLAP, end - at))
                    found |= {one for one in wanted if one in content}
    return found


def in_dump(pid: int, folder: Path, *wanted: bytes) -> set[bytes] | None:
    """Search a core dump taken by a debugger; None where there is none on this machine."""
    if shutil.which("gcore") is None:
        return None
    subprocess.run(["gcore", "-o", folder / "core", str(pid)], check=True, capture_output=True)
    dump = folder / f"core.{pid}"
    content = dump.read_bytes()
    found = {one for one in wanted if one in content}
    dump.unlink()
    return found


async def test_a_restart_from_the_page_is_an_end_in_good_order(folder: Path) -> None:
    await asyncio.to_thread(lambda: pin.set_pin(DataFolder(folder / "data"), "402871"))
    async with bench(folder) as kiosk:
        await kiosk.shows("language", no_paper=False)
        await kiosk.controls.ask(act=["technician"])
        await kiosk.shows("pin")
        for digit in "402871":
            await kiosk.controls.tap(digit)
        await kiosk.controls.tap("Confirm")
        await kiosk.shows("technician")
        await kiosk.controls.tap("Restart")
        async with asyncio.timeout(60):
            assert await kiosk.ended == 0
    assert kiosk.centre.wrong == []


async def test_the_command_keeps_a_pin_of_six_digits_and_no_other(folder: Path) -> None:
    data = folder / "data"
    for typed in ("4028\n", "4028711\n", ""):
        code, said = await tell("pin", "--data", data, given=typed)
        assert (code, json.loads(said)["code"]) == (1, "kiosk-pin")
        assert "4028" not in said
    assert await tell("pin", "--data", data, given="402871\n") == (0, "kept\n")
    assert await asyncio.to_thread(lambda: pin.known(DataFolder(data)))


async def test_wrong_settings_end_it_with_section_and_key(folder: Path) -> None:
    settings = folder / "kiosk.toml"
    await asyncio.to_thread(settings.write_text, "[journey]\nidle_s = 0\n")
    kiosk = await run("run", "--data", folder / "data", "--settings", settings, error=subprocess.PIPE)
    _, said = await kiosk.communicate()
    assert kiosk.returncode == 1
    entry = json.loads(said.splitlines()[-1])
    assert entry["code"] == "kiosk-setting"
    assert "section=journey, key=idle_s" in entry["detail"]
