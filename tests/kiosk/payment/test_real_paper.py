"""The papers of a payment out of a printer that speaks its own protocol, read from the pixels it got."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.printer import ManagedPrinter
from kiosk.kit import fonts
from kiosk.kit.paper import draw_ticket
from kiosk.kit.papers import PaperTicket
from kiosk.kit.slips import draw_claim, draw_receipt
from kiosk.payment.claim_slip import claim_of
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.journal_model import Attempt, claim_code
from kiosk.payment.progress import OfferAnswer, Phase
from kiosk.payment.session import PaymentSession
from kiosk.tickets.model import CommittedTicket, PrintResult
from kiosk.tickets.outbox import OutboxWorker
from peripherals.device import DeviceUrl, Timings
from peripherals.payment.port import Result
from peripherals.printers.escpos.device import EscposPrinter
from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.printers.port import MonoImage
from peripherals.simulation import TcpLine
from queue_server.contract.visits import AheadAnswer
from tests.faults.payments.small_terminal import SmallDriver, SmallTerminal
from tests.kiosk.app.centre import until
from tests.kiosk.listeners import Book, Posted, Server, States
from tests.kiosk.payment.papers import receipt_of
from tests.kiosk.payment.stand import QUICK, bill, set_up

TIMINGS = Timings(reopen_first_s=0.02, reopen_max_s=0.05, answer_s=0.5, poll_s=0.05, proof_s=1.0, settle_s=0.1)
ADDRESS = "https://queue.demo.example/t/"


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


class Papers:
    def __init__(self, printer: ManagedPrinter) -> None:
        self._printer = printer

    def ticket(self, attempt: Attempt, one: CommittedTicket, upcoming: AheadAnswer | None, /) -> MonoImage:
        paper = PaperTicket(
            attempt.bill.language,
            "Centre",
            one.code,
            (),
            ADDRESS + one.visit,
            "2026-11-25",
            "10:00",
            None if upcoming is None else upcoming.ahead,
        )
        return draw_ticket(paper, self._printer.width)

    def receipt(self, attempt: Attempt, ticket: CommittedTicket, lines: tuple[str, ...], /) -> MonoImage:
        return draw_receipt(receipt_of(attempt.bill.language, lines, code=ticket.code), self._printer.width)

    def claim(self, attempt: Attempt, /) -> MonoImage:
        return draw_claim(claim_of(attempt, "Centre", UTC), self._printer.width)


@asynccontextmanager
async def desk(folder: Path, terminal: SmallTerminal, simulator: PrinterSimulator) -> AsyncIterator[PaymentSession]:
    device = EscposPrinter.from_url(DeviceUrl.parse(f"escpos+tcp://{simulator.address}"), TIMINGS)
    printer = ManagedPrinter(device, Posted(), Book())
    holding = asyncio.create_task(printer.slot.task.run())
    async with OutboxWorker(folder / "outbox.sqlite") as worker, SmallDriver(terminal.url) as driver:
        await until(lambda: printer.ready or simulator.condition.paper == "out")
        one = PaymentSession(PaymentDependencies(worker, driver, printer, Papers(printer), QUICK, Server()), States())
        await one.recover()
        yield one
        await one.close()
    holding.cancel()
    await asyncio.wait([holding])


def scanned(file: Path) -> list[str]:
    with Image.open(file) as image:
        return [one.text for one in zxingcpp.read_barcodes(image.convert("L"))]


async def test_ticket_receipt_and_claim_come_out(tmp_path: Path, terminal: SmallTerminal) -> None:
    await asyncio.to_thread(set_up, tmp_path / "outbox.sqlite")
    simulator = PrinterSimulator(TcpLine(), tmp_path / "paper")
    await simulator.start()
    async with desk(tmp_path, terminal, simulator) as one:
        await one.start(bill())
        assert (await one.over()).phase is Phase.PAID
        assert len(simulator.tickets) == 2
        read = await asyncio.to_thread(scanned, simulator.tickets[0])
        assert len(read) == 1
        assert read[0].startswith(ADDRESS)
        terminal.reversal = Result.DECLINED
        terminal.go.clear()
        await one.start(bill(4300))
        await until(lambda: one.state.progress is not None)
        # It ends where the ticket begins, when the printer has just said that it is well.
        await simulator.set(rows_left=1)
        terminal.go.set()
        await until(lambda: one.state.phase is Phase.OFFER)
        assert one.state.paper in {PrintResult.FAILED, PrintResult.UNKNOWN}
        one.answer(OfferAnswer.GIVE_UP)
        state = await one.over()
        assert (state.phase, state.claim_paper) == (Phase.STAFF, False)
    await simulator.set(paper="ok", rows_left=None)
    async with desk(tmp_path, terminal, simulator):
        read = await asyncio.to_thread(scanned, simulator.tickets[-1])
        assert read == [f"claim:{claim_code(state.attempt)}"]
    await simulator.stop()


async def test_without_paper_nothing_is_begun(tmp_path: Path, terminal: SmallTerminal) -> None:
    await asyncio.to_thread(set_up, tmp_path / "outbox.sqlite")
    simulator = PrinterSimulator(TcpLine(), tmp_path / "paper")
    await simulator.start()
    await simulator.set(paper="out")
    async with desk(tmp_path, terminal, simulator) as one:
        await one.start(bill())
        state = await one.over()
        assert (state.phase, state.reason) == (Phase.NOT_PAID, "printer-not-ready")
    assert terminal.known == {}
    await simulator.stop()
