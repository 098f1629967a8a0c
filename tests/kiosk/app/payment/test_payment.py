"""A whole kiosk that takes payment: terminal, printer and server over real lines, and what people do there."""

import asyncio
from pathlib import Path

from msgspec.structs import replace

from kiosk.kit.papers import PaperReceipt, PaperTicket
from kiosk.settings import JourneySettings
from peripherals.device import open_device
from peripherals.money import Amount
from peripherals.payment.port import PaymentTerminal
from queue_server.domain.values import HelpKind, JournalState
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import Stand, stand
from tests.kiosk.app.terminals import (
    FEE,
    QUICK,
    TIMINGS,
    Nexo,
    Terminal,
    Zvt,
    paying,
    phases,
    taking,
    to_fee,
    told,
)
from tests.kiosk.app.test_app import enrol
from tests.kiosk.app.test_technician import enter, part_shows, set_pin


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
    terminal.slow(3000)
    async with taking(folder, centre, terminal) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await paying(kiosk, phase="paying", may_cancel=True)
        assert not kiosk.model["can_restart"]
        kiosk.act("cancel-payment")
        await until(lambda: kiosk.model.get("cancelled"))
        assert (await paying(kiosk, phase="not-paid"))["payment"]["reason"] in {"cancelled", "failed"}
        assert terminal.charged == 0
        kiosk.start_over()
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
