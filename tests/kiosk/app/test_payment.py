"""A whole kiosk that takes payment: terminal, printer and server over real lines, and whatever goes wrong with them."""

import asyncio
import dataclasses
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, override

import pytest
from msgspec.structs import replace

from kiosk.kit import fonts
from kiosk.kit.drawn import PageImages
from kiosk.kit.papers import PaperReceipt, PaperTicket
from kiosk.settings import JourneySettings, KioskSettings, PaymentSettings
from peripherals.device import Timings, open_device
from peripherals.money import Amount
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import PaymentTerminal
from peripherals.payment.zvt.apdu import ControlField
from peripherals.payment.zvt.simulator.terminal import TerminalSimulator
from peripherals.printers.port import MonoImage
from peripherals.simulation import TcpLine
from queue_server.domain.values import HelpKind, JournalState
from tests.kiosk.app import stand as bench
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import SETTINGS, Stand, stand
from tests.kiosk.app.test_app import enrol
from tests.kiosk.app.test_technician import enter, part_shows, set_pin

FEE = 8500
TIMINGS = Timings(
    reopen_first_s=0.02,
    reopen_max_s=0.1,
    connect_s=2,
    answer_s=1,
    poll_s=0.05,
    write_s=1,
    frame_s=0.3,
    payment_s=30,
    terminal_poll_s=0.1,
)
QUICK = KioskSettings(
    journey=SETTINGS.journey,
    link=SETTINGS.link,
    payment=PaymentSettings(doubt_s=0.6, recover_s=0.6, retry_interval_s=0.02, reprint_s=10.0, end_of_day_at=""),
)


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


class Terminal(ABC):
    """A simulated terminal of either protocol, told the same things."""

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def stop(self) -> None: ...

    @property
    @abstractmethod
    def url(self) -> str: ...

    @property
    @abstractmethod
    def charged(self) -> int:
        """What the terminal's own books say was charged and not given back, in cents."""

    @property
    @abstractmethod
    def asked(self) -> int:
        """How many payments it was asked for, or charged where its books know no others."""

    @property
    @abstractmethod
    def at_work(self) -> bool:
        """Whether it has begun with a payment, or had one."""

    @abstractmethod
    def decline(self) -> None: ...

    @abstractmethod
    def slow(self, seconds: float) -> None: ...

    @abstractmethod
    def drop(self, *, after: bool) -> None:
        """Cut the line before or after the next approval."""

    @abstractmethod
    async def unplug(self) -> None: ...

    @abstractmethod
    def undo_soon(self) -> None:
        """Have a charge undone soon that the kiosk says nothing of."""

    def device(self, payment_s: float) -> PaymentTerminal:
        device = open_device(self.url, dataclasses.replace(TIMINGS, payment_s=payment_s))
        assert isinstance(device, PaymentTerminal)
        return device


class Zvt(Terminal):
    def __init__(self, folder: Path) -> None:
        self.simulator = TerminalSimulator(TcpLine(), folder / "books", times=(0.1, 0.2))
        self.simulator.set(patience_s=5, repeat_s=0.02)

    @override
    async def start(self) -> None:
        await self.simulator.start()

    @override
    async def stop(self) -> None:
        await self.simulator.stop()

    @property
    @override
    def url(self) -> str:
        return f"zvt+tcp://{self.simulator.address}?t1_ms=100&t2_ms=200&t3_ms=400&t4_s=2&hold_ms=60"

    @property
    @override
    def charged(self) -> int:
        return self.simulator.books.sums.get(978, 0)

    @property
    @override
    def asked(self) -> int:
        return self.simulator.commands.count(ControlField.AUTHORISATION)

    @property
    @override
    def at_work(self) -> bool:
        return self.asked > 0

    @override
    def decline(self) -> None:
        self.simulator.set(result=0x05)

    @override
    def slow(self, seconds: float) -> None:
        self.simulator.set(card_s=seconds)

    @override
    def undo_soon(self) -> None:
        self.simulator.set(patience_s=0.4)

    @override
    def drop(self, *, after: bool) -> None:
        self.simulator.set(drop="after" if after else "before")

    @override
    async def unplug(self) -> None:
        await self.simulator.command(["unplug"])


class Nexo(Terminal):
    def __init__(self, folder: Path) -> None:
        self.simulator = NexoSimulator(folder / "terminal")

    @override
    async def start(self) -> None:
        await self.simulator.start()

    @override
    async def stop(self) -> None:
        await self.simulator.stop()

    @property
    @override
    def url(self) -> str:
        return f"nexo+https://{self.simulator.address}{self.simulator.query}"

    @property
    @override
    def charged(self) -> int:
        totals = self.simulator.journal.totals().get("EUR", {"charged": 0, "reversed": 0})
        return totals["charged"] - totals["reversed"]

    @property
    @override
    def asked(self) -> int:
        return self.simulator.journal.totals().get("EUR", {"charges": 0})["charges"]

    @property
    @override
    def at_work(self) -> bool:
        return self.simulator.midway.is_set()

    @override
    def decline(self) -> None:
        self.simulator.terminal.set(outcome="decline")

    @override
    def slow(self, seconds: float) -> None:
        self.simulator.terminal.set(slow_s=seconds)

    @override
    def undo_soon(self) -> None:
        assert self.charged == 0, "a terminal that is asked waits for nobody, and undoes nothing by itself"

    @override
    def drop(self, *, after: bool) -> None:
        self.simulator.fault = "drop-after" if after else "drop-before"

    @override
    async def unplug(self) -> None:
        await self.simulator.unplug()


@pytest.fixture(params=[Zvt, Nexo])
async def terminal(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Terminal]:
    made: Terminal = request.param(folder)
    await made.start()
    yield made
    await made.stop()


@asynccontextmanager
async def taking(
    folder: Path,
    centre: Centre,
    terminal: Terminal,
    *,
    settings: KioskSettings = QUICK,
    payment_s: float = TIMINGS.payment_s,
) -> AsyncIterator[Stand]:
    """Run a kiosk that is enrolled and can take payment; ``payment_s`` is how long one waits for a card."""
    device = await asyncio.to_thread(terminal.device, payment_s)
    async with stand(folder, centre.url, settings=settings, terminal=device) as kiosk:
        if kiosk.frame.page == "setup":
            await enrol(kiosk)
        yield kiosk


@pytest.fixture
async def centre() -> AsyncIterator[Centre]:
    async with Centre() as one:
        one.fee = FEE
        yield one
        assert one.wrong == []


async def to_fee(kiosk: Stand) -> None:
    """Walk to the fee; the terminal may be found only on the way."""
    await kiosk.walk_to_confirm()
    await kiosk.shows("confirm", fee=True)
    kiosk.act("confirm")
    model = await kiosk.shows("fee")
    assert model["fee"] == {"minor": FEE, "currency": "EUR", "exponent": 2}
    assert model["can_pay"]


async def paying(kiosk: Stand, **state: object) -> dict[str, Any]:
    """Wait for this state of the payment."""

    def there() -> bool:
        payment = kiosk.model.get("payment", {})
        return kiosk.frame.page == "pay" and all(payment[key] == value for key, value in state.items())

    try:
        await until(there)
    except TimeoutError:
        raise AssertionError(f"{kiosk.frame.page} {kiosk.model}") from None
    return kiosk.model


def phases(kiosk: Stand) -> set[str]:
    return {frame.model["payment"]["phase"] for frame in kiosk.frames if frame.page == "pay"}


async def told(centre: Centre, *states: JournalState) -> None:
    """Wait until the server knows how each attempt ended, in their order."""

    def there() -> bool:
        last = [rows[max(rows)].state for rows in centre.payments.values()]
        return last == list(states) and all(
            set(rows) == set(range(1, max(rows) + 1)) for rows in centre.payments.values()
        )

    try:
        await until(there)
    except TimeoutError:
        raise AssertionError(str(centre.payments)) from None


async def test_paid_with_ticket_and_receipt(folder: Path, centre: Centre, terminal: Terminal) -> None:
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        ticket = await kiosk.shows("ticket", paper="taken", ahead=0)
        assert ticket["paid"]
        assert (await kiosk.paper(1)).startswith("https://queue.demo.example/t/")
        await until(lambda: len(kiosk.printer.tickets) == 2)
        assert {"checking", "paying", "printing"} <= phases(kiosk)
        await until(lambda: len(centre.taken) == 1)
        assert centre.taken[0].code == ticket["code"]
        await told(centre, JournalState.RECEIPT_DONE)
        assert (terminal.charged, terminal.asked) == (FEE, 1)
        kiosk.act("done")
        await kiosk.shows("language")
        assert ticket["code"] not in str(kiosk.model)


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> list[PaperTicket | PaperReceipt]:
    """What is printed, as it is handed to be drawn."""
    drawn: list[PaperTicket | PaperReceipt] = []

    class Keeping(PageImages):
        def ticket(self, paper: PaperTicket, width: int) -> MonoImage:
            drawn.append(paper)
            return super().ticket(paper, width)

        def receipt(self, paper: PaperReceipt, width: int) -> MonoImage:
            drawn.append(paper)
            return super().receipt(paper, width)

    monkeypatch.setattr(bench, "PageImages", Keeping)
    return drawn


async def test_the_papers_of_who_pays_say_all_that_there_is_to_know(
    folder: Path, centre: Centre, terminal: Terminal, papers: list[PaperTicket | PaperReceipt]
) -> None:
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        shown = await kiosk.shows("ticket", paper="taken", ahead=0)
        await until(lambda: len(kiosk.printer.tickets) == 2)
    ticket, receipt = papers
    assert isinstance(ticket, PaperTicket)
    assert isinstance(receipt, PaperReceipt)
    assert (ticket.code, ticket.paid, ticket.ahead) == (shown["code"], Amount(8500, "EUR"), 0)
    assert (receipt.code, receipt.paid, receipt.by_hand) == (shown["code"], Amount(8500, "EUR"), False)
    (block,) = receipt.blocks
    assert (block.service, block.government, block.rows) == ("Renew a passport", "Utopia", ())
    assert receipt.kiosk == "Kiosk 3"
    assert len(receipt.number) == len("1A2B-3C4D-5E6F")
    assert receipt.lines, "the terminal's own part"
    assert receipt.card == "1111", "as the cards of the simulated terminals end"


async def test_who_pays_at_the_counter_gets_the_ticket(folder: Path, centre: Centre, terminal: Terminal) -> None:
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="taken"))["paid"]
        await until(lambda: len(centre.taken) == 1)
        assert (terminal.asked, centre.payments) == (0, {})


async def test_a_declined_card_and_then_the_counter(folder: Path, centre: Centre, terminal: Terminal) -> None:
    terminal.decline()
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        assert (await paying(kiosk, phase="not-paid", reason="declined"))["again"]
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="taken"))["paid"]
        await told(centre, JournalState.DECLINED)
        assert terminal.charged == 0
        await until(lambda: len(centre.taken) == 1)


async def test_a_declined_card_and_then_another(folder: Path, centre: Centre, terminal: Terminal) -> None:
    terminal.decline()
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="not-paid", reason="declined")
        if isinstance(terminal, Nexo):
            terminal.simulator.terminal.set(outcome="approve")
        kiosk.act("pay")
        assert (await kiosk.shows("ticket", paper="taken"))["paid"]
        await told(centre, JournalState.DECLINED, JournalState.RECEIPT_DONE)
        assert terminal.charged == FEE


async def test_a_slow_person_who_stops_it(folder: Path, centre: Centre, terminal: Terminal) -> None:
    terminal.slow(30)
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="paying", may_cancel=True)
        assert not kiosk.model["can_restart"]
        kiosk.act("cancel-payment")
        await until(lambda: kiosk.model.get("cancelled"))
        assert (await paying(kiosk, phase="not-paid"))["payment"]["reason"] in {"cancelled", "failed"}
        assert terminal.charged == 0
        kiosk.act("restart")
        await kiosk.shows("language")


async def test_a_slow_terminal_is_waited_for(folder: Path, centre: Centre, terminal: Terminal) -> None:
    """Nothing runs out while it works, however long somebody looks for a card."""
    times = JourneySettings(idle_s=0.5, idle_long_s=0.5, countdown_s=20, ticket_s=30)
    terminal.slow(1.2)
    async with taking(folder, centre, terminal, settings=replace(QUICK, journey=times), payment_s=20) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="paying")
        begun = len(kiosk.frames)
        await kiosk.shows("ticket")
        assert "idle" not in {frame.page for frame in kiosk.frames[begun:]}
        assert terminal.charged == FEE


async def test_a_card_that_was_read_is_not_stopped_and_staff_come_by_themselves(folder: Path, centre: Centre) -> None:
    """The terminal has accepted the card, and its last word does not come."""
    terminal = Zvt(folder)
    await terminal.start()
    terminal.simulator.set(lose_completion=True)
    device = open_device(terminal.url.replace("t4_s=2", "t4_s=30"), TIMINGS)
    assert isinstance(device, PaymentTerminal)
    times = JourneySettings(idle_s=20, idle_long_s=20, countdown_s=20, slow_payment_s=0.1, call_staff_s=0.3)
    async with stand(folder, centre.url, settings=replace(QUICK, journey=times), terminal=device) as kiosk:
        await enrol(kiosk)
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, card="accepted")
        model = await kiosk.shows("pay", longer=True, staff="told", can_restart=False, can_back=False)
        assert model["payment"]["card"] == "accepted"
        assert HelpKind.HELP in {one.kind for one in centre.helps.values()}
        kiosk.act("cancel-payment")
        await terminal.simulator.command(["unplug"])
        await terminal.simulator.command(["plug"])
        assert (await kiosk.shows("ticket", paper="taken"))["paid"]
        assert terminal.charged == FEE
    await terminal.stop()


@pytest.mark.parametrize("after", [False, True])
async def test_the_line_is_cut_at_the_approval(folder: Path, centre: Centre, terminal: Terminal, after: bool) -> None:
    """Charged once with a ticket, or not charged, or in the hands of staff who were called."""
    terminal.drop(after=after)
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await until(lambda: kiosk.frame.page == "ticket" or ended(kiosk))
        if kiosk.frame.page == "ticket":
            assert kiosk.model["paid"]
            await told(centre, JournalState.RECEIPT_DONE)
            await until(lambda: [one.code for one in centre.taken] == [kiosk.model["code"]])
            assert terminal.charged == FEE
        elif ended(kiosk) == "staff":
            await told(centre, JournalState.NEEDS_STAFF)
            await until(lambda: centre.helps)
            assert (await paying(kiosk, phase="staff", claim_paper=True))["payment"]["claim"]
        else:
            assert ended(kiosk) in {"not-paid", "given-back"}
            await until(lambda: terminal.charged == 0)
            kiosk.act("pay-later")
            assert not (await kiosk.shows("ticket", paper="taken"))["paid"]
        assert terminal.asked <= 1


async def test_a_terminal_that_is_gone_for_good_leaves_it_to_staff(
    folder: Path, centre: Centre, terminal: Terminal
) -> None:
    terminal.slow(30)
    async with taking(folder, centre, terminal, payment_s=0.6) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await until(lambda: terminal.at_work)
        await terminal.unplug()
        await until(lambda: ended(kiosk) == "staff")
        assert "asking" in phases(kiosk)
        model = await paying(kiosk, phase="staff", claim_paper=True)
        await until(lambda: len(kiosk.printer.tickets) == 1)
        assert len(model["payment"]["claim"]) == len("1A2B-3C4D-5E6F")
        await until(lambda: {HelpKind.HELP, HelpKind.FAULT} <= {one.kind for one in centre.helps.values()})
        await told(centre, JournalState.NEEDS_STAFF)
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="taken"))["paid"]


@pytest.mark.parametrize("stays", [True, False])
async def test_a_claim_slip_comes_as_soon_as_the_printer_is_back(
    folder: Path, centre: Centre, terminal: Terminal, stays: bool
) -> None:
    """Whoever still stands there is shown it; for who has left it lies in the tray, and nobody else is told of it."""
    terminal.slow(30)
    async with taking(folder, centre, terminal, payment_s=0.6) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await until(lambda: terminal.at_work)
        await terminal.unplug()
        await kiosk.printer.set(paper="out")
        assert not (await paying(kiosk, phase="staff"))["payment"]["claim_paper"]
        await until(lambda: not kiosk.on.equipment.printer.ready)
        if not stays:
            kiosk.act("restart")
            await kiosk.shows("language", no_paper=True)
        assert kiosk.printer.tickets == []
        await kiosk.printer.set(paper="ok")
        await until(lambda: len(kiosk.printer.tickets) == 1)
        if stays:
            await paying(kiosk, phase="staff", claim_paper=True)
        else:
            await kiosk.shows("language", no_paper=False)
            begun = len(kiosk.frames)
            assert "pay" not in {frame.page for frame in kiosk.frames[begun - 1 :]}
        await kiosk.printer.set(paper="out")
        await kiosk.printer.set(paper="ok")
        await until(lambda: kiosk.on.equipment.printer.ready)
        assert len(kiosk.printer.tickets) == 1, "once"


def ended(kiosk: Stand) -> str:
    """Give how it ended, "" where it goes on."""
    phase = str(kiosk.model["payment"]["phase"]) if kiosk.frame.page == "pay" else ""
    return phase if phase in {"not-paid", "given-back", "going-back", "staff"} else ""


async def test_without_paper_nobody_is_asked_to_pay(folder: Path, centre: Centre, terminal: Terminal) -> None:
    async with taking(folder, centre, terminal) as kiosk:
        await kiosk.printer.set(paper="out")
        await kiosk.walk_to_confirm()
        await kiosk.shows("confirm", no_paper=True, fee=False)
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="none")
        assert terminal.asked == 0


async def test_the_paper_ends_while_the_card_is_looked_for(folder: Path, centre: Centre, terminal: Terminal) -> None:
    terminal.slow(0.5)
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="paying")
        await kiosk.printer.set(paper="out")
        await until(lambda: ended(kiosk))
        assert kiosk.model["payment"]["phase"] in {"given-back", "going-back", "not-paid"}
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="none"))["paid"]


async def test_the_server_is_away(folder: Path, centre: Centre, terminal: Terminal) -> None:
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        await centre.__aexit__()
        assert not (await kiosk.shows("fee", can_pay=False))["working"]
        kiosk.act("pay")
        kiosk.act("pay-later")
        assert not (await kiosk.shows("ticket", paper="taken"))["paid"]
        assert terminal.asked == 0


async def test_offline_where_the_centre_allows_it(folder: Path, terminal: Terminal) -> None:
    async with Centre() as centre:
        centre.fee, centre.pay_offline = FEE, True
        async with taking(folder, centre, terminal) as kiosk:
            await to_fee(kiosk)
            await centre.__aexit__()
            await until(lambda: not kiosk.on.book.health.connected)
            kiosk.act("pay")
            assert (await kiosk.shows("ticket", paper="taken"))["paid"]
            assert terminal.charged == FEE


@pytest.mark.parametrize("when", ["paying", "printing"])
async def test_killed_in_the_middle_it_settles_before_anybody_is_served(
    folder: Path, centre: Centre, terminal: Terminal, when: str
) -> None:
    terminal.slow(0.3)
    terminal.undo_soon()
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase=when)
        kiosk.running.cancel()
        await asyncio.wait({kiosk.running})
    async with taking(folder, centre, terminal) as again:
        assert again.frames[0].page == "recovering"
        await again.shows("language")
        await until(lambda: last(centre) in FINAL)
        if last(centre) in {JournalState.CANCELLED, JournalState.DECLINED, JournalState.REVERSED}:
            await until(lambda: terminal.charged == 0)
        elif last(centre) is JournalState.RECEIPT_DONE:
            assert terminal.charged == FEE
        assert terminal.asked <= 1
        await to_fee(again)


async def test_where_the_terminal_was_taken_away_what_was_cut_off_is_for_staff(
    folder: Path, centre: Centre, terminal: Terminal
) -> None:
    terminal.slow(30)
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="paying")
        kiosk.running.cancel()
        await asyncio.wait({kiosk.running})
    async with stand(folder, centre.url, settings=QUICK) as again:
        assert again.frames[0].page == "recovering"
        await again.shows("language")
        await until(lambda: last(centre) is JournalState.NEEDS_STAFF)


async def test_a_technician_tries_the_terminal(folder: Path, centre: Centre, terminal: Terminal) -> None:
    await asyncio.to_thread(set_pin, folder)
    async with taking(folder, centre, terminal) as kiosk:
        await kiosk.shows("language")
        await enter(kiosk)
        await part_shows(kiosk, "terminal", state="online", code="")
        kiosk.act("test-terminal")
        await until(lambda: kiosk.model["trial"] == {"what": "terminal", "state": "good", "code": ""})
        await terminal.unplug()
        await until(lambda: kiosk.model["parts"] and not online(kiosk))
        assert kiosk.model["trial"] is None, "what was good is not so any more"
        kiosk.act("test-terminal")
        await until(lambda: (kiosk.model["trial"] or {}).get("state") == "bad")
        await until(lambda: centre.status and {"terminal"} <= {one.name for one in centre.status.parts if one.code})


def online(kiosk: Stand) -> bool:
    return any(one["name"] == "terminal" and one["state"] == "online" for one in kiosk.model["parts"])


def last(centre: Centre) -> JournalState | None:
    """Give the last that the server knows of the only attempt."""
    if not centre.payments:
        return None
    (rows,) = centre.payments.values()
    return rows[max(rows)].state


FINAL = {
    JournalState.RECEIPT_DONE,
    JournalState.DECLINED,
    JournalState.CANCELLED,
    JournalState.FAILED,
    JournalState.REVERSED,
    JournalState.REFUND_REQUESTED,
    JournalState.NEEDS_STAFF,
}


async def test_without_a_fee_or_a_terminal_all_is_as_before(folder: Path, centre: Centre, terminal: Terminal) -> None:
    async with stand(folder, centre.url, settings=QUICK) as kiosk:
        await enrol(kiosk)
        await kiosk.walk_to_confirm()
        assert not kiosk.model["fee"]
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken")
    async with taking(folder, centre, terminal) as kiosk:
        await kiosk.walk_to_confirm("EGY")
        assert not kiosk.model["fee"]
        kiosk.act("confirm")
        await kiosk.shows("ticket", paper="taken")
        assert terminal.asked == 0
