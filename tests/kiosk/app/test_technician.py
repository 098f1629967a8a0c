"""A technician at the kiosk, and a ticket that is shown again: over real lines to devices and server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from kiosk.devices.managed_device import ManagedDevice
from kiosk.kit import fonts
from kiosk.store.data import Addresses, DataFolder, Mode
from kiosk.technician import pin
from peripherals.codes.framer import CodeEnvelope
from peripherals.codes.simulator import ScannerSimulator
from peripherals.device import DeviceState, DeviceStatus, open_device
from peripherals.documents.specimens import SPECIMENS
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import PtyLine, TcpLine
from queue_server.contract.devices import PartStatus
from queue_server.contract.problems import Problem
from queue_server.contract.visits import VisitAnswer
from queue_server.domain.values import CounterId, StepId, VisitState, new_id
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import Stand, everything, stand
from tests.kiosk.app.test_app import enrol, everything_in, tickets_in
from tests.kiosk.listeners import Statuses

PIN = "402871"


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def set_pin(folder: Path) -> None:
    pin.set_pin(DataFolder(folder / "data"), PIN)


@asynccontextmanager
async def in_use(folder: Path, server: str) -> AsyncIterator[Stand]:
    """A kiosk with a PIN, enrolled and waiting for people."""
    await asyncio.to_thread(set_pin, folder)
    async with stand(folder, server) as kiosk:
        await enrol(kiosk)
        yield kiosk


async def type_pin(kiosk: Stand, digits: str) -> None:
    for digit in digits:
        kiosk.act("digit", digit)
    await kiosk.shows("pin", entered="•" * len(digits))
    kiosk.act("submit")


async def enter(kiosk: Stand) -> None:
    kiosk.act("technician")
    await kiosk.shows("pin")
    await type_pin(kiosk, PIN)
    await kiosk.shows("technician")


def part(model: dict[str, Any], name: str) -> dict[str, Any]:
    return next(dict(one) for one in model["parts"] if one["name"] == name)


async def part_shows(kiosk: Stand, name: str, **fields: object) -> None:
    def there() -> bool:
        return any(
            one["name"] == name and all(one[key] == value for key, value in fields.items())
            for one in kiosk.model.get("parts", ())
        )

    try:
        await until(there)
    except TimeoutError:
        raise TimeoutError(kiosk.model) from None


async def test_a_roll_is_changed_a_test_is_printed_and_the_kiosk_is_back_in_service(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await kiosk.printer.set(paper="out")
        await kiosk.shows("language", no_paper=True)
        await enter(kiosk)
        await part_shows(kiosk, "printer", code="printer-paper-out")
        kiosk.act("out-of-order")
        await kiosk.shows("technician", out_of_order=True)
        kiosk.act("roll-changed")
        await kiosk.shows("technician", trial={"what": "roll", "state": "bad", "code": "printer-paper-out"})
        await kiosk.printer.set(paper="ok")
        kiosk.act("roll-changed")
        await kiosk.shows("technician", trial={"what": "roll", "state": "good", "code": ""})
        kiosk.act("print-test")
        await kiosk.shows("technician", trial={"what": "print", "state": "good", "code": ""})
        slip = await kiosk.paper(1)
        kiosk.act("test-scanner")
        await kiosk.scanner.scan(slip)
        await kiosk.shows("technician", trial={"what": "scanner", "state": "good", "code": ""})
        kiosk.act("out-of-order")
        await kiosk.shows("technician", out_of_order=False)
        kiosk.act("done")
        await kiosk.shows("language", no_paper=False)
    assert "no-ticket" in slip
    assert centre.taken == []


async def test_a_test_slip_that_does_not_come_out_says_why(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        await kiosk.printer.set(cover_open=True)
        kiosk.act("print-test")
        await kiosk.shows("technician", trial={"what": "print", "state": "bad", "code": "printer-cover-open"})
        await kiosk.printer.set(cover_open=False, rows_left=20)
        kiosk.act("print-test")
        await kiosk.shows("technician", trial={"what": "print", "state": "bad", "code": "printer-not-proved"})


async def test_wrong_pins_let_nobody_in_and_the_wait_outlives_a_restart(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with in_use(tmp_path, centre.url) as kiosk:
            kiosk.act("technician")
            await kiosk.shows("pin")
            for _ in range(2):
                await type_pin(kiosk, "000000")
                await kiosk.shows("pin", problem="pin-wrong")
            await type_pin(kiosk, "000000")
            await kiosk.shows("pin", problem="pin-wait", wait_min=1)
        async with stand(tmp_path, centre.url) as kiosk:
            await kiosk.shows("language")
            kiosk.act("technician")
            await kiosk.shows("pin")
            await type_pin(kiosk, PIN)
            await kiosk.shows("pin", problem="pin-wait", wait_min=1)
            assert "technician" not in {frame.page for frame in kiosk.frames}


async def test_without_a_pin_there_is_no_way_to_the_page(tmp_path: Path) -> None:
    async with Centre() as centre, stand(tmp_path, centre.url) as kiosk:
        await enrol(kiosk)
        kiosk.act("technician")
        kiosk.act("language", "en")
        await kiosk.shows("identify")
        assert "pin" not in {frame.page for frame in kiosk.frames}


async def test_out_of_order_outlives_a_restart(tmp_path: Path) -> None:
    async with Centre() as centre:
        async with in_use(tmp_path, centre.url) as kiosk:
            await enter(kiosk)
            kiosk.act("out-of-order")
            await kiosk.shows("technician", out_of_order=True)
            await until(lambda: centre.status is not None and centre.status.mode == "out-of-order")
            kiosk.act("restart-kiosk")
            async with asyncio.timeout(60):
                await kiosk.running
        assert await asyncio.to_thread(lambda: DataFolder(tmp_path / "data").mode()) == Mode(out_of_order=True)
        async with stand(tmp_path, centre.url) as kiosk:
            await kiosk.shows("closed", reason="out-of-order")
            await enter(kiosk)
            kiosk.act("out-of-order")
            kiosk.act("done")
            await kiosk.shows("language")
            await until(lambda: centre.status is not None and centre.status.mode == "in-service")


async def test_an_address_is_tried_before_it_is_kept(tmp_path: Path) -> None:
    second, other = PrinterSimulator(TcpLine(), tmp_path / "second"), ScannerSimulator(PtyLine(), CodeEnvelope())
    await second.start()
    await other.start()
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        await part_shows(kiosk, "printer", state="online")
        for address, code in (
            ("nonsense", "device-url-invalid"),
            ("toaster://x", "device-unknown-driver"),
            ("mrz+tcp://127.0.0.1:1", "kiosk-setting"),
            ("escpos+tcp://127.0.0.1:1", "device-not-connected"),
        ):
            await change(kiosk, "printer", address)
            await kiosk.shows("address", problem=code)
            kiosk.act("back")
            await kiosk.shows("technician")
        # The one before is still there, and works.
        await part_shows(kiosk, "printer", state="online", address=f"escpos+tcp://{kiosk.printer.address}")
        kiosk.act("print-test")
        await kiosk.shows("technician", trial={"what": "print", "state": "good", "code": ""})
        found = f"escpos+tcp://{second.address}"
        await change(kiosk, "printer", found)
        await kiosk.shows("technician")
        await part_shows(kiosk, "printer", state="online", address=found)
        kiosk.act("print-test")
        await until(lambda: second.tickets)
        await change(kiosk, "scanner", f"scanner+serial://{other.address}?gap_ms=20")
        await kiosk.shows("technician")
        kiosk.act("test-scanner")
        # A code is lost while the line is opened: a person scans it once more.
        async with asyncio.timeout(60):
            while kiosk.frame.model["trial"] != {"what": "scanner", "state": "good", "code": ""}:
                await other.scan("B042")
                await asyncio.sleep(0.1)
        await change(kiosk, "reader", "")
        await kiosk.shows("technician")
        await part_shows(kiosk, "reader", state="noDevice", address="")
    kept = await asyncio.to_thread(lambda: DataFolder(tmp_path / "data").addresses())
    assert kept == Addresses(printer=found, reader="", scanner=f"scanner+serial://{other.address}?gap_ms=20")
    assert len(kiosk.printer.tickets) == 1
    await second.stop()
    await other.stop()


async def test_an_address_that_cannot_be_kept_is_not_used(tmp_path: Path) -> None:
    second = PrinterSimulator(TcpLine(), tmp_path / "second")
    await second.start()
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        await asyncio.to_thread((tmp_path / "data" / ".addresses.json.new").mkdir)
        await change(kiosk, "printer", f"escpos+tcp://{second.address}")
        await kiosk.shows("address", problem="kiosk-data")
        kiosk.act("back")
        await kiosk.shows("technician")
        await part_shows(kiosk, "printer", state="online", address=f"escpos+tcp://{kiosk.printer.address}")
    await second.stop()


async def change(kiosk: Stand, name: str, address: str) -> None:
    await part_shows(kiosk, name)
    kiosk.act("address", name)
    await kiosk.shows("address", part=name)
    kiosk.act("clear")
    for key in address:
        kiosk.act("key", key)
    kiosk.act("submit")


async def test_the_server_hears_how_the_kiosk_is_at_once(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        in_use(tmp_path, line.url) as kiosk,
    ):

        def said(**fields: object) -> bool:
            return centre.status is not None and all(
                getattr(centre.status, key) == value for key, value in fields.items()
            )

        def printer() -> PartStatus | None:
            return next((one for one in centre.status.parts if one.name == "printer"), None) if centre.status else None

        await until(lambda: printer() == PartStatus("printer", "online"))
        await kiosk.printer.set(paper="out")
        await until(lambda: printer() == PartStatus("printer", "offline", "printer-paper-out"))
        await kiosk.printer.set(paper="ok")
        await until(lambda: said(waiting=0, refused=0) and printer() == PartStatus("printer", "online"))
        line.away = True
        await kiosk.walk_to_confirm()
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken")
        kiosk.act("done")
        await enter(kiosk)
        await kiosk.shows("technician", waiting=1, connected=False)
        centre.refuse["visits"] = Problem("about:blank", "no", 409, "code-taken")
        line.away = False
        await kiosk.shows("technician", waiting=0, refused=1, connected=True)
        await until(lambda: said(waiting=0, refused=1))


async def test_a_ticket_that_is_shown_again_is_found(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await kiosk.walk_to_confirm()
        kiosk.act("ask")
        await kiosk.shows("priority")
        kiosk.act("ask-first")
        await kiosk.shows("confirm", asks=True)
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken", asks=True)
        code = await kiosk.paper(1)
        kiosk.act("done")
        await kiosk.shows("language", scanner=True)
        await kiosk.scanner.scan(code)
        await kiosk.shows("status", found="waiting", code="B001", ahead=0)
        assert centre.taken[0].asks_priority
        visit = centre.taken[0].id
        assert visit is not None
        called = replace(
            centre._view(centre.taken[0]),
            state=VisitState.CALLED,
            ahead=None,
            counter=CounterId("c7"),
            step=StepId("x"),
        )
        # It goes on as another visit, which is called.
        centre.places[visit] = VisitAnswer(called, "1", plate="7")
        kiosk.start_over()
        await kiosk.shows("language")
        await kiosk.scanner.scan("between two showings")
        await kiosk.shows("status", found="unknown")
        kiosk.start_over()
        await kiosk.shows("language")
        await kiosk.scanner.scan(code)
        await kiosk.shows("status", found="called", counter="7")
        kiosk.start_over()
        await kiosk.shows("language")
        # The right visit, and a mark that no kiosk of the centre has made.
        await kiosk.scanner.scan(code[:-21] + "A" * 21)
        await kiosk.shows("status", found="unknown")
        assert centre.looked_up[-1] == visit
    (ticket,) = await asyncio.to_thread(tickets_in, tmp_path)
    assert ticket.request.asks_priority


async def test_a_code_of_anything_else_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    planted = (
        "https://elsewhere.example/t/ERIKSSON",
        "ERIKSSON<ANNA",
        "WIFI:T:WPA;S:ERIKSSON;;",
        "https://queue.demo.example/t/../../devices/self/status?ERIKSSON",
        "https://queue.demo.example/t/" + "ERIKSSON" + "A" * 35,
        "https://queue.demo.example/t/" + "A" * 43 + "\rERIKSSON",
    )
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        for text in planted:
            await kiosk.scanner.scan(text)
            await kiosk.shows("status", found="unknown")
            kiosk.start_over()
            await kiosk.shows("language")
        await kiosk.scanner.scan("ERIKSSON", "half")
        await kiosk.shows("status", found="unknown")
        assert centre.looked_up == []
        assert b"ERIKSSON" not in b"".join(centre.bodies)
        assert "ERIKSSON" not in everything(kiosk.frames)
    assert b"ERIKSSON" not in await asyncio.to_thread(everything_in, tmp_path / "data")
    out = await asyncio.to_thread(capfd.readouterr)
    assert "ERIKSSON" not in out.out + out.err


async def test_a_ticket_of_nobody_is_unknown_and_without_a_line_the_place_is_safe(tmp_path: Path) -> None:
    async with (
        Centre() as centre,
        LossyProxy("127.0.0.1", centre.port, seed=1) as line,
        in_use(tmp_path, line.url) as kiosk,
    ):
        device = json.loads(await asyncio.to_thread((tmp_path / "data" / "device.json").read_text))
        assert device["centre"] == "demo"
        identity = await asyncio.to_thread(lambda: DataFolder(tmp_path / "data").identity())
        assert identity is not None
        await kiosk.scanner.scan(identity.ticket_address(new_id()))
        await kiosk.shows("status", found="unknown")
        kiosk.start_over()
        await kiosk.shows("language")
        line.away = True
        await kiosk.scanner.scan(identity.ticket_address(new_id()))
        await kiosk.shows("status", found="away")


async def test_the_test_slip_is_as_wide_as_the_paper(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        kiosk.act("print-test")
        await until(lambda: kiosk.printer.tickets)

    def read() -> tuple[int, int, str]:
        with Image.open(kiosk.printer.tickets[0]) as image:
            grey = image.convert("L")
            rows = [grey.crop((0, y, grey.width, y + 1)).tobytes() for y in range(grey.height)]
            burnt = sum(not any(row) for row in rows)
            return grey.width, burnt, str(zxingcpp.read_barcodes(grey)[0].text)

    width, burnt, text = await asyncio.to_thread(read)
    assert width == 576
    assert burnt >= 20, "a bar from edge to edge burns every dot"
    assert text.startswith("https://")


async def test_a_code_that_could_not_be_read_is_no_good_test(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        kiosk.act("test-scanner")
        await kiosk.scanner.scan("B042", "half")
        await kiosk.shows("technician", trial={"what": "scanner", "state": "bad", "code": "scanner-code-invalid"})
        await kiosk.scanner.scan("B042")
        await kiosk.shows("technician", trial={"what": "scanner", "state": "good", "code": ""})


async def test_a_document_tries_the_reader_and_leaves_nothing(tmp_path: Path) -> None:
    async with Centre() as centre, in_use(tmp_path, centre.url) as kiosk:
        await enter(kiosk)
        kiosk.act("test-reader")
        await kiosk.shows("technician", trial={"what": "reader", "state": "running", "code": ""})
        await kiosk.reader.show(SPECIMENS["td3"], "wrong-check")
        await kiosk.shows("technician", trial={"what": "reader", "state": "bad", "code": "mrz-invalid"})
        await kiosk.reader.show(SPECIMENS["td3"])
        await kiosk.shows("technician", trial={"what": "reader", "state": "good", "code": ""})
        await part_shows(kiosk, "reader", state="online")
        assert "ERIKSSON" not in everything(kiosk.frames)


async def test_a_port_that_somebody_else_holds_is_told_and_another_can_be_taken() -> None:
    taken, free = ScannerSimulator(PtyLine(), CodeEnvelope()), ScannerSimulator(PtyLine(), CodeEnvelope())
    for simulator in (taken, free):
        await simulator.start()
    urls = [f"scanner+serial://{one.address}" for one in (taken, free)]
    first, second, third = [await asyncio.to_thread(open_device, url) for url in (urls[0], *urls)]
    told = Statuses()
    async with first:
        slot = ManagedDevice("scanner", second, told)
        running = asyncio.create_task(slot.task.run())
        await until(lambda: told and told[-1] == DeviceStatus(state=DeviceState.DEVICE_BUSY))
        assert await slot.exchange(third) == ""
        await until(lambda: told[-1] == DeviceStatus(state=DeviceState.UNKNOWN))
        assert await slot.exchange(second) == "device-busy"
        await until(lambda: told[-1] == DeviceStatus(state=DeviceState.UNKNOWN))
        assert slot.device is third
        assert await slot.exchange(None) == ""
        await until(lambda: told[-1] is None)
        running.cancel()
        await asyncio.wait({running})
    for simulator in (taken, free):
        await simulator.stop()
