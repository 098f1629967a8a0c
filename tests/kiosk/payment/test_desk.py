"""A desk against a terminal on loopback: what the person sees, what is on disk, and what was charged."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk.errors import OutboxError
from kiosk.payment import journal
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.errors import OrderDiffersError, PaymentOpenError
from kiosk.payment.journal_model import Attempt, PaymentRow, PaymentStep, claim_code
from kiosk.payment.progress import OfferAnswer, Phase
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import CommittedTicket, DeliveryState, PrintResult
from kiosk.tickets.outbox import Outbox
from peripherals.errors import NotConnectedError
from peripherals.payment.port import Order, Result, Transaction
from peripherals.printers.port import MonoImage
from queue_server.contract.visits import AheadAnswer
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId
from tests.faults.payments.small_terminal import SmallDriver, SmallTerminal
from tests.kiosk.payment.stand import QUICK, PaperTray, Stand, bill, standing


def net(terminal: SmallTerminal) -> int:
    return sum(one["minor"] * (1 if one["kind"] == "charge" else -1) for one in terminal.booked)


async def deliveries(stand: Stand) -> list[DeliveryState]:
    return [one.delivery for one in await stand.box(Outbox.all)]


async def steps(stand: Stand) -> list[PaymentStep]:
    one = await stand.box(journal.attempt, stand.desk.state.attempt)
    return [row.step for row in one.rows]


async def until(stand: Stand, wanted: Callable[[], bool]) -> None:
    """Wait for a state; the tests' own time-out ends what never comes."""
    while not wanted():  # noqa: ASYNC110 - a state is seen only by looking
        await asyncio.sleep(0.005)
    assert stand.states


def offered(stand: Stand, tries: int) -> bool:
    return stand.desk.state.phase is Phase.OFFER and len(stand.tray.papers(PrintResult.FAILED)) == tries


async def pay(stand: Stand, minor: int = 4200) -> Phase:
    await stand.desk.start(bill(minor))
    return (await stand.desk.over()).phase


async def test_paid_is_charged_once_with_ticket_and_receipt(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        assert await pay(stand) is Phase.PAID
        assert stand.desk.state.code == "B001"
        assert [one["minor"] for one in terminal.booked] == [4200]
        assert await deliveries(stand) == [DeliveryState.WAITING]
        assert stand.tray.papers() == ["ticket B001", "receipt of B001 with the terminal's"]
        wanted = [
            PaymentStep.CREATED,
            PaymentStep.PREFLIGHT_OK,
            PaymentStep.SENT,
            PaymentStep.APPROVED,
            PaymentStep.GOODS_ISSUED,
            PaymentStep.COMMITTED,
        ]
        assert await steps(stand) == [*wanted, PaymentStep.RECEIPT_DONE]


@pytest.mark.parametrize("result", [Result.DECLINED, Result.CANCELLED, Result.FAILED])
async def test_a_card_that_is_not_taken_costs_nothing(tmp_path: Path, terminal: SmallTerminal, result: Result) -> None:
    terminal.says = result
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        order = bill()
        await stand.desk.start(order)
        assert (await stand.desk.over()).phase is Phase.NOT_PAID
        assert (net(terminal), await deliveries(stand), stand.tray.papers()) == (0, [], [])
        first = stand.desk.state.attempt
        terminal.says = Result.APPROVED
        await stand.desk.start(order)
        assert (await stand.desk.over()).phase is Phase.PAID
        assert stand.desk.state.attempt != first
        assert net(terminal) == 4200


@pytest.mark.parametrize("missing", ["server-unreachable", "printer-not-ready", "terminal-not-ready", "no-ticket"])
async def test_nothing_is_begun_where_something_is_missing(
    tmp_path: Path, terminal: SmallTerminal, missing: str
) -> None:
    terminal.dead = missing == "terminal-not-ready"
    if missing == "no-ticket":
        await asyncio.to_thread(lambda: Outbox(tmp_path / "outbox.sqlite").close())
    online, ready = missing != "server-unreachable", missing != "printer-not-ready"
    async with standing(tmp_path, SmallDriver(terminal.url), online=online, ready=ready) as stand:
        assert await pay(stand) is Phase.NOT_PAID
        assert stand.desk.state.reason == missing
        assert await steps(stand) == [PaymentStep.CREATED, PaymentStep.FAILED]
    assert terminal.known == {}


async def test_a_second_tap_attaches(tmp_path: Path, terminal: SmallTerminal) -> None:
    terminal.go.clear()
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        order = bill()
        # The same money for something else, or for somebody else, is another bill too.
        people = (Headcount(BandId("adult"), 2),)
        others = (bill(4300, order=order.order), replace(order, services=("visa",)), replace(order, people=people))
        await stand.desk.start(order)
        await until(stand, lambda: stand.desk.state.progress is not None)
        state = await stand.desk.start(order)
        assert (state.phase, state.order) == (Phase.PAYING, order.order)
        with pytest.raises(PaymentOpenError):
            await stand.desk.start(bill())
        for other in others:
            with pytest.raises(OrderDiffersError):
                await stand.desk.start(other)
        with pytest.raises(PaymentOpenError):
            await stand.desk.recover()
        terminal.go.set()
        paid = await stand.desk.over()
        assert paid.phase is Phase.PAID
        await stand.desk.start(order)
        again = await stand.desk.over()
        assert (again.phase, again.attempt) == (Phase.PAID, paid.attempt)
        for other in others:
            with pytest.raises(OrderDiffersError):
                await stand.desk.start(other)
    assert [one["minor"] for one in terminal.booked] == [4200]
    assert len(terminal.known) == 1


async def test_a_paid_order_is_known_after_a_restart(tmp_path: Path, terminal: SmallTerminal) -> None:
    order = bill()
    for _ in range(2):
        async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
            begun = await stand.desk.start(order)
            assert (begun.order, begun.amount) == (order.order, order.amount)
            state = await stand.desk.over()
            assert (state.phase, state.code) == (Phase.PAID, "B001")
    assert net(terminal) == 4200


async def test_a_second_payment_shows_nothing_of_the_first(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        assert await pay(stand) is Phase.PAID
        other = bill(4300)
        state = await stand.desk.start(other)
        assert (state.order, state.phase, state.code) == (other.order, Phase.CHECKING, None)
        await stand.desk.over()
        assert stand.desk.state.code == "B002"


async def test_what_was_cut_off_is_settled_before_its_order_goes_on(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        order = bill()
        cut_off = await stand.box(journal.begin, order, "small", "here")
        for step in (PaymentStep.PREFLIGHT_OK, PaymentStep.SENT):
            await stand.box(journal.append, cut_off.id, PaymentRow(step, cut_off.begun))
        for each in (order, bill()):
            with pytest.raises(PaymentOpenError):
                await stand.desk.start(each)
        assert [one.step for one in await stand.desk.recover()] == [PaymentStep.FAILED]
        await stand.desk.start(order)
        assert (await stand.desk.over()).phase is Phase.PAID
    assert len(terminal.known) == 1


async def test_whoever_cancels_in_time_pays_nothing(tmp_path: Path, terminal: SmallTerminal) -> None:
    terminal.go.clear()
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.progress is not None)
        assert stand.desk.state.may_cancel
        stand.desk.cancel()
        assert (await stand.desk.over()).phase is Phase.NOT_PAID
    assert net(terminal) == 0


async def test_whoever_cancels_before_the_terminal_is_asked_never_reaches_it(
    tmp_path: Path, terminal: SmallTerminal
) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await stand.desk.start(bill())
        stand.desk.cancel()
        assert (await stand.desk.over()).phase is Phase.NOT_PAID
        assert (await steps(stand))[-1] is PaymentStep.CANCELLED
    assert terminal.known == {}


async def test_an_approval_wins_over_who_cancels(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.go.clear()
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.PRINTING)
        assert not stand.desk.state.may_cancel
        stand.desk.cancel()
        stand.tray.go.set()
        assert (await stand.desk.over()).phase is Phase.PAID
    assert net(terminal) == 4200


@pytest.mark.parametrize("reason", ["signature-wanted", "amount-differs", "no-paper"])
async def test_an_approval_that_must_not_stand_is_undone(tmp_path: Path, terminal: SmallTerminal, reason: str) -> None:
    terminal.signature = reason == "signature-wanted"
    terminal.other_amount = reason == "amount-differs"
    terminal.go.clear()
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.progress is not None)
        stand.tray.ready = reason != "no-paper"
        terminal.go.set()
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK
        assert (await stand.box(journal.attempt, stand.desk.state.attempt)).rows[-2].reason == reason
        assert await deliveries(stand) == []
    assert net(terminal) == 0


async def test_without_paper_it_is_printed_again(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.FAILED, PrintResult.FAILED]
        await stand.desk.start(bill())
        for tries in (1, 2):
            await until(stand, lambda: offered(stand, tries))  # noqa: B023 - it is over before the next
            assert await deliveries(stand) == [DeliveryState.HELD]
            stand.desk.answer(OfferAnswer.AGAIN)
        assert (await stand.desk.over()).phase is Phase.PAID
        assert await deliveries(stand) == [DeliveryState.WAITING]
    assert net(terminal) == 4200


@pytest.mark.parametrize("answer", [OfferAnswer.GIVE_UP, OfferAnswer.HAVE_IT, None])
async def test_without_paper_the_money_goes_back(
    tmp_path: Path, terminal: SmallTerminal, answer: OfferAnswer | None
) -> None:
    settings = QUICK if answer else PaymentSettings(reprint_s=0.02, doubt_s=0.2, retry_interval_s=0.02)
    async with standing(tmp_path, SmallDriver(terminal.url), settings=settings) as stand:
        stand.tray.results = [PrintResult.FAILED]
        await stand.desk.start(bill())
        if answer:
            await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
            stand.desk.answer(answer)
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK
        assert await deliveries(stand) == [DeliveryState.WITHDRAWN]
    assert net(terminal) == 0


async def test_what_may_be_on_paper_is_never_taken_back(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.UNKNOWN, PrintResult.FAILED]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.AGAIN)
        await until(stand, lambda: offered(stand, 1))
        stand.desk.answer(OfferAnswer.GIVE_UP)
        state = await stand.desk.over()
        assert (state.phase, state.reason, state.claim_paper) == (Phase.STAFF, "paper-unknown", True)
        assert stand.tray.papers() == [f"claim {claim_code(state.attempt)}"]
        assert await deliveries(stand) == [DeliveryState.WAITING]
    assert net(terminal) == 4200


async def test_a_paper_more_of_a_paid_ticket_is_told_once_its_ticket_is_sent(
    tmp_path: Path, terminal: SmallTerminal
) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.UNKNOWN, PrintResult.FAILED]
        await stand.desk.start(bill())
        for failed in (0, 1):
            await until(stand, lambda: offered(stand, failed))  # noqa: B023 - it is over before the next
            stand.desk.answer(OfferAnswer.AGAIN)
        assert (await stand.desk.over()).phase is Phase.PAID
        assert await stand.box(Outbox.reprint) is None
        (ticket,) = await stand.box(Outbox.all)
        await stand.box(Outbox.sent, ticket.visit)
        one = await stand.box(Outbox.reprint)
        assert one is not None
        assert (one.visit, one.number) == (ticket.visit, 1)
        await stand.box(Outbox.reprint_told, one)
        assert await stand.box(Outbox.reprint) is None


async def test_the_person_may_say_that_the_paper_came(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.UNKNOWN]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.HAVE_IT)
        assert (await stand.desk.over()).phase is Phase.PAID
    assert net(terminal) == 4200


async def test_a_receipt_that_does_not_come_out_takes_nothing_back(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.PRINTED, PrintResult.FAILED]
        assert await pay(stand) is Phase.PAID
        assert stand.desk.state.reason == "receipt-not-printed"
    assert net(terminal) == 4200


@pytest.mark.parametrize(
    ("reversal", "phase", "left"),
    [(Result.REQUESTED, Phase.GOING_BACK, 0), (Result.DECLINED, Phase.STAFF, 4200), (Result.FAILED, Phase.STAFF, 4200)],
)
async def test_a_reversal_may_be_put_off_or_refused(
    tmp_path: Path, terminal: SmallTerminal, reversal: Result, phase: Phase, left: int
) -> None:
    terminal.reversal = reversal
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.FAILED]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.GIVE_UP)
        assert (await stand.desk.over()).phase is phase
        assert await deliveries(stand) == [DeliveryState.WITHDRAWN]
    assert net(terminal) == left


@pytest.mark.parametrize("cut", ["reversal-before", "reversal-after"])
async def test_a_reversal_in_doubt_is_asked_about_and_done_once(
    tmp_path: Path, terminal: SmallTerminal, cut: str
) -> None:
    terminal.cuts = {cut}
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.FAILED]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.GIVE_UP)
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK
        assert PaymentStep.REVERSAL_IN_DOUBT in await steps(stand)
    assert [one["kind"] for one in terminal.booked] == ["charge", "undo"]


async def test_a_terminal_that_dies_leaves_it_to_staff_with_a_slip(tmp_path: Path, terminal: SmallTerminal) -> None:
    terminal.go.clear()
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        order = bill()
        await stand.desk.start(order)
        await until(stand, lambda: stand.desk.state.progress is not None)
        terminal.dead = True
        terminal.go.set()
        state = await stand.desk.over()
        assert (state.phase, state.claim) == (Phase.STAFF, claim_code(state.attempt))
        assert state.claim_paper
        assert stand.tray.papers()[-1] == f"claim {state.claim}"
        terminal.dead = False
        await stand.desk.start(order)
        assert (await stand.desk.over()).attempt == state.attempt, "what may be charged is not charged again"
        assert await pay(stand) is Phase.PAID, "others may pay"


async def test_a_claim_slip_waits_for_who_pays(tmp_path: Path, terminal: SmallTerminal) -> None:
    """The printer is back while the next person pays: they have it first."""
    terminal.says = Result.IN_DOUBT
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.FAILED]
        assert await pay(stand) is Phase.STAFF
        owed = f"claim {stand.desk.state.claim}"
        assert not stand.desk.state.claim_paper
        terminal.says = Result.APPROVED
        terminal.go.clear()
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.PAYING)
        with pytest.raises(PaymentOpenError):
            await stand.desk.print_claims()
        terminal.go.set()
        assert (await stand.desk.over()).phase is Phase.PAID
        await stand.desk.print_claims()
        await stand.desk.print_claims()
        assert stand.tray.papers() == ["ticket B001", "receipt of B001 with the terminal's", owed]
        assert not stand.desk.state.claim_paper, "that of somebody else"


async def test_a_claim_slip_is_owed_until_it_is_on_paper(tmp_path: Path, terminal: SmallTerminal) -> None:
    terminal.reversal = Result.DECLINED
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.tray.results = [PrintResult.FAILED, PrintResult.FAILED]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.GIVE_UP)
        state = await stand.desk.over()
        assert (state.phase, state.claim_paper) == (Phase.STAFF, False)
    for owed in ([f"claim {state.claim}"], []):
        async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
            assert stand.tray.papers() == owed


@pytest.mark.parametrize("error", [ZeroDivisionError(), NotConnectedError(reason="late")])
async def test_a_driver_that_fails_in_a_way_of_its_own_is_asked(
    tmp_path: Path, terminal: SmallTerminal, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    driver = SmallDriver(terminal.url)
    charge = driver.pay

    async def paying(*args: object, **kwargs: object) -> object:
        await charge(*args, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        raise error

    monkeypatch.setattr(driver, "pay", paying)
    async with standing(tmp_path, driver) as stand:
        assert await pay(stand) is Phase.PAID
    assert net(terminal) == 4200


async def test_a_paper_that_cannot_be_drawn_does_not_come_out(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        stand.desk._tools = _without_drawings(stand)
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.GIVE_UP)
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK
    assert net(terminal) == 0


@dataclass
class NoTicket(PaperTray):
    def ticket(self, attempt: Attempt, one: CommittedTicket, upcoming: AheadAnswer | None, /) -> MonoImage:
        raise LookupError(attempt, one, upcoming)


def _without_drawings(stand: Stand) -> PaymentDependencies:
    return replace(stand.desk._tools, artist=NoTicket(stand.tray.path))


def fill(box: Outbox, spare: int) -> None:
    """Let the file grow by so many pages and no more, as on a full disk; -1 takes the bound away."""
    with box.transaction() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {2**31 - 2 if spare < 0 else pages + spare}")


async def test_a_full_disk_stops_everything_until_there_is_room(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await stand.box(fill, 0)
        code = ""
        while not code:
            try:
                await stand.desk.start(bill())
            except OutboxError as error:
                code = error.code
                assert stand.desk.state.phase in {Phase.IDLE, Phase.PAID}
            else:
                state = await stand.desk.over()
                code = state.reason if state.phase is Phase.BROKEN else ""
        assert code == "kiosk-outbox"
        with pytest.raises((OutboxError, PaymentOpenError)):
            await stand.desk.start(bill())
        await stand.box(fill, -1)
        await stand.desk.recover()
        assert await pay(stand) is Phase.PAID


async def test_a_disk_that_fails_at_the_approval_promises_nothing(tmp_path: Path, terminal: SmallTerminal) -> None:
    terminal.go.clear()
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.progress is not None)
        await stand.box(_pragma, "PRAGMA query_only = ON")
        terminal.go.set()
        state = await stand.desk.over()
        assert (state.phase, state.reason) == (Phase.BROKEN, "kiosk-outbox")
        assert [one["kind"] for one in terminal.booked] == (["charge", "undo"] if terminal.keeps else [])
        await stand.box(_pragma, "PRAGMA query_only = OFF")
        assert [one.step for one in await stand.desk.recover()] == [PaymentStep.FAILED]


async def test_each_step_is_on_disk_before_it_is_tried(
    tmp_path: Path, terminal: SmallTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = SmallDriver(terminal.url)
    charge, undo = driver.pay, driver.reverse
    seen: list[tuple[PaymentStep, str]] = []

    async def look(order: Order) -> None:
        row = (await stand.box(journal.attempt, stand.desk.state.attempt)).rows[-1]
        seen.append((row.step, row.undo or stand.desk.state.attempt))
        assert order.id == seen[-1][1]

    async def pay_(order: Order, **kwargs: object) -> Transaction:
        await look(order)
        return await charge(order, **kwargs)  # type: ignore[arg-type]  # handed on as it came

    async def reverse(order: Order, paid: Transaction) -> Transaction:
        await look(order)
        return await undo(order, paid)

    monkeypatch.setattr(driver, "pay", pay_)
    monkeypatch.setattr(driver, "reverse", reverse)
    async with standing(tmp_path, driver) as stand:
        stand.tray.results = [PrintResult.FAILED]
        await stand.desk.start(bill())
        await until(stand, lambda: stand.desk.state.phase is Phase.OFFER)
        stand.desk.answer(OfferAnswer.GIVE_UP)
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK
    assert [step for step, _ in seen] == [PaymentStep.SENT, PaymentStep.REVERSAL_SENT]


async def test_rows_are_never_changed_or_taken_away(tmp_path: Path, terminal: SmallTerminal) -> None:
    async with standing(tmp_path, SmallDriver(terminal.url)) as stand:
        await pay(stand)
        for statement in ("UPDATE payment_row SET step = 'created'", "DELETE FROM payment", "DELETE FROM payment_row"):
            with pytest.raises(OutboxError):
                await stand.box(_run, statement)
        assert len(await steps(stand)) == 7


def _pragma(box: Outbox, statement: str) -> None:
    box._db.execute(statement)


def _run(box: Outbox, statement: str) -> None:
    with box.transaction() as db:
        db.execute(statement)
