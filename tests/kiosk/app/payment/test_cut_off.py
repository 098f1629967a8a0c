"""A kiosk that takes payment when something ends in the middle: the line, the terminal, paper, server, itself."""

import asyncio
from pathlib import Path

import pytest

from queue_server.domain.values import HelpKind, JournalState
from tests.kiosk.app.centre import Centre, until
from tests.kiosk.app.stand import stand
from tests.kiosk.app.terminals import FEE, QUICK, Terminal, ended, last, paying, phases, taking, to_fee, told


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
            kiosk.start_over()
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


FINAL = {
    JournalState.RECEIPT_DONE,
    JournalState.DECLINED,
    JournalState.CANCELLED,
    JournalState.FAILED,
    JournalState.REVERSED,
    JournalState.REFUND_REQUESTED,
    JournalState.NEEDS_STAFF,
}
