"""Which row waits for a word of staff, alike for kiosk and server; and what a word comes to, whenever it is heard."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.payment import journal, manual_confirmation
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.journal_model import NEXT, Attempt, PaymentOrder, PaymentRow, PaymentStep
from kiosk.payment.manual_confirmation import StaffConfirmationRelay, Wanted, receive
from kiosk.payment.payment_uploader import report_of
from kiosk.payment.progress import Phase
from kiosk.payment.recovery import settle_all
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import PrintResult
from kiosk.tickets.outbox import OutboxWorker
from peripherals.money import Amount
from peripherals.payment.attended import AttendedConfirmations, ConfirmationOutcome
from peripherals.payment.manual.device import ManualTerminal
from peripherals.payment.port import Capabilities, Order, Progress
from queue_server.contract.client import ServerUnreachableError
from queue_server.contract.payments import ManualConfirmation
from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    Micros,
    PaymentId,
    ReasonCode,
    ServiceId,
    TerminalId,
    TerminalReference,
    TerminalTrace,
    VisitId,
    new_id,
    to_micros,
)
from queue_server.payments import decide
from queue_server.payments.decide import ReportedAttempt
from queue_server.payments.events import JournalRowReported, PaymentInitiated
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from tests.kiosk.app.centre import until
from tests.kiosk.listeners import Server
from tests.kiosk.payment.stand import QUICK, PaperTray, Stand, bill, standing

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
EUR = Amount(4200, "EUR")
SLIP = "T-004711"
#: The scheme and the ability of a terminal that has people move the money.
DRIVER, ATTENDED = "manual", Capabilities(closes_day=False, attended=True)


def attempt(steps: list[PaymentStep], undos: list[bool], driver: str = DRIVER) -> Attempt:
    asked = iter(undos)
    rows = tuple(
        PaymentRow(step, NOW, undo=new_id() if step is PaymentStep.REVERSAL_SENT and next(asked) else "")
        for step in steps
    )
    return Attempt(
        "attempt", "visit", PaymentOrder("order", ("renewal",), EUR, "en"), driver, "", rows, attended=driver == DRIVER
    )


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    """Any journal that a kiosk can have."""
    steps = [PaymentStep.CREATED]
    for _ in range(draw(st.integers(0, 9))):
        following = sorted(NEXT[steps[-1]])
        if not following:
            break
        steps.append(draw(st.sampled_from(following)))
    return attempt(steps, draw(st.lists(st.booleans(), min_size=len(steps), max_size=len(steps))))


def at_the_server(one: Attempt) -> Payment:
    """Tell the server the whole journal, as the report does."""
    told = report_of(one, 0, 0)
    ident = PaymentId(told.id)
    began = PaymentInitiated(
        payment=ident,
        centre=CentreId("demo"),
        device=DeviceId("kiosk"),
        visit=VisitId(told.visit),
        services=tuple(map(ServiceId, told.services)),
        amount=told.amount,
        currency=CurrencyCode(told.currency),
        driver=DriverScheme(told.driver),
        terminal=TerminalId(told.terminal),
        attended=told.attended,
        can_refund=told.can_refund,
    )
    rows = tuple(
        JournalRowReported(
            payment=ident,
            row=row.row,
            state=row.state,
            recorded_at=to_micros(row.at),
            reference=TerminalReference(row.reference),
            trace=TerminalTrace(row.trace),
            reason=ReasonCode(row.reason),
        )
        for row in told.rows
    )
    found: Payment | None = None
    for seq, body in enumerate(decide.report(None, ReportedAttempt(began, rows)), start=1):
        found = evolve(found, body, seq, Micros(0))
    assert found is not None
    return found


@given(attempts())
def test_the_kiosk_hears_whatever_the_server_lets_staff_say(one: Attempt) -> None:
    asks, want = at_the_server(one).pending_confirmation, manual_confirmation.wanted(one)
    undoing = one.undoing
    if asks is None or (undoing is not None and not undoing.undo):
        # The kiosk may look further; and what its driver undoes by itself no word of staff can.
        return
    assert want is not None
    assert (want.row, want.back) == (asks.row, asks.back)
    assert want.order.amount == EUR


@given(attempts())
def test_nothing_is_wanted_of_staff_once_it_is_over(one: Attempt) -> None:
    want = manual_confirmation.wanted(one)
    if one.final or one.step in {PaymentStep.CREATED, PaymentStep.PREFLIGHT_OK, PaymentStep.COMMITTED}:
        assert want is None
    else:
        assert want is not None
        assert one.rows[want.row - 1].step is (PaymentStep.REVERSAL_SENT if want.back else PaymentStep.SENT)


def test_a_word_is_heard_as_often_as_it_is_said() -> None:
    desk, want = AttendedConfirmations(), Wanted(3, Order("order", EUR), back=False)
    said = ManualConfirmation(3, True, 4200, SLIP)
    assert [receive(desk, want, said) for _ in range(2)] == [ConfirmationOutcome.STORED, ConfirmationOutcome.AGAIN]
    assert receive(desk, want, ManualConfirmation(3, False, 4200)) is ConfirmationOutcome.TOO_LATE
    kept = desk.settled("order")
    assert kept is not None
    assert (kept.slip, kept.amount) == (SLIP, EUR)


@pytest.mark.parametrize("said", [(True, 4200, ""), (True, 4200, "4111111111111111"), (True, -1, SLIP)])
def test_what_is_no_word_is_not_taken(said: tuple[bool, int, str]) -> None:
    desk = AttendedConfirmations()
    assert receive(desk, Wanted(3, Order("order", EUR), back=False), ManualConfirmation(3, *said)) is None
    assert desk.settled("order") is None


# --- with a desk ---------------------------------------------------------------------------------------------------


class Staff:
    """What a server knows of the words of staff; a kiosk asks it. ``away``: it does not answer."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[ManualConfirmation, ...]] = {}
        self.asked = 0
        self.told = 0
        self.away = False

    async def confirmations(self, attempt: str) -> tuple[ManualConfirmation, ...]:
        self.asked += 1
        if self.away:
            raise ServerUnreachableError
        return self._said.get(attempt, ())

    def wake(self) -> None:
        """Take note that the kiosk would have the server told."""
        self.told += 1

    def say(self, payment: str, row: int, slip: str = "", minor: int = 4200) -> None:
        self._said[payment] = (*self._said.get(payment, ()), ManualConfirmation(row, bool(slip), minor, slip))


@dataclass
class Place:
    device: ManualTerminal


@dataclass
class Bench:
    """A desk, and the loop that hears words, as the till has them."""

    stand: Stand
    terminal: ManualTerminal
    confirmations: StaffConfirmationRelay

    async def begin(self) -> str:
        """Begin to pay, and wait until staff are asked; give the attempt."""
        await self.stand.desk.start(bill())
        self.confirmations.wake()
        await self.asked()
        return self.stand.desk.state.attempt

    async def asked(self) -> None:
        await until(lambda: self.terminal.desk.question is not None)

    async def undoing(self) -> None:
        await until(lambda: self.stand.desk.state.phase is Phase.UNDOING)
        await self.asked()


@contextlib.asynccontextmanager
async def listening(folder: Path, staff: Staff, settings: PaymentSettings = QUICK) -> AsyncIterator[Bench]:
    terminal = ManualTerminal("manual:")
    async with standing(folder, terminal, settings=settings) as stand:
        words = StaffConfirmationRelay(Place(terminal), staff, box=stand.box, settings=settings, uploads=staff)
        running = asyncio.create_task(words.task.run())
        try:
            yield Bench(stand, terminal, words)
        finally:
            running.cancel()
            await asyncio.wait({running})


async def steps(stand: Stand) -> list[PaymentStep]:
    one = await stand.box(journal.attempt, stand.desk.state.attempt)
    return [row.step for row in one.rows]


async def test_what_staff_took_is_paid(tmp_path: Path) -> None:
    staff = Staff()
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        assert staff.asked == 0
        payment = await bench.begin()
        assert stand.desk.state.progress is Progress.WAIT
        staff.say(payment, 3, SLIP)
        assert (await stand.desk.over()).phase is Phase.PAID
        known = (await stand.box(journal.attempt, stand.desk.state.attempt)).known
        assert known is not None
        assert known.reference == SLIP
        assert staff.told >= 1
        # Once nothing waits, nobody is asked: the loop looks at the journal, and no further.
        asked = staff.asked
        for _ in range(3):
            bench.confirmations.wake()
            await stand.box(journal.unsettled)
        assert staff.asked == asked


async def test_what_staff_did_not_take_is_not_paid(tmp_path: Path) -> None:
    staff = Staff()
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        payment = await bench.begin()
        staff.say(payment, 3)
        state = await stand.desk.over()
        assert (state.phase, state.reason) == (Phase.NOT_PAID, "refused-by-staff")


async def test_a_server_that_is_away_is_asked_again_and_a_person_may_stop(tmp_path: Path) -> None:
    staff = Staff()
    staff.away = True
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        await bench.begin()
        await until(lambda: staff.asked >= 3)
        stand.desk.cancel()
        assert (await stand.desk.over()).phase is Phase.NOT_PAID
        payment = await bench.begin()
        staff.say(payment, 3, SLIP)
        staff.away = False
        assert (await stand.desk.over()).phase is Phase.PAID


async def test_a_word_of_another_row_or_amount_pays_nothing(tmp_path: Path) -> None:
    staff = Staff()
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        payment = await bench.begin()
        staff.say(payment, 7, SLIP)
        staff.say(payment, 3, SLIP, minor=4199)
        asked = staff.asked
        await until(lambda: staff.asked >= asked + 3)
        assert bench.terminal.desk.question is not None
        stand.desk.cancel()
        assert (await stand.desk.over()).phase is Phase.NOT_PAID


@pytest.mark.parametrize("given", [True, False])
async def test_money_without_a_ticket_is_given_back_by_staff(tmp_path: Path, given: bool) -> None:
    """The printer fails in the moment in which staff say that they have the money."""
    staff = Staff()
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        payment = await bench.begin()
        stand.tray.ready = False
        staff.say(payment, 3, SLIP)
        await bench.undoing()
        rows = await steps(stand)
        assert rows[-3:] == [PaymentStep.REVERSAL_SENT, PaymentStep.REVERSAL_IN_DOUBT, PaymentStep.REVERSAL_SENT]
        staff.say(payment, len(rows), "T-004712" if given else "")
        state = await stand.desk.over()
        assert state.phase is (Phase.GIVEN_BACK if given else Phase.STAFF)


async def test_a_ticket_that_does_not_come_out_is_given_back_by_staff(tmp_path: Path) -> None:
    staff, patient = Staff(), PaymentSettings(doubt_s=5, recover_s=5, retry_interval_s=0.02, reprint_s=0.05)
    async with listening(tmp_path, staff, patient) as bench:
        stand = bench.stand
        stand.tray.results = [PrintResult.FAILED]
        payment = await bench.begin()
        staff.say(payment, 3, SLIP)
        await bench.undoing()
        staff.say(payment, len(await steps(stand)), "T-004712")
        assert (await stand.desk.over()).phase is Phase.GIVEN_BACK


async def test_a_kiosk_does_not_wait_for_ever_for_money_to_go_back(tmp_path: Path) -> None:
    staff = Staff()
    async with listening(tmp_path, staff) as bench:
        stand = bench.stand
        payment = await bench.begin()
        stand.tray.ready = False
        staff.say(payment, 3, SLIP)
        state = await stand.desk.over()
        assert (state.phase, state.reason) == (Phase.STAFF, "not-reversed")
        assert state.claim


@pytest.mark.parametrize(
    ("after", "said", "last"),
    [
        ((), True, PaymentStep.REVERSED),
        ((), False, PaymentStep.CANCELLED),
        ((), None, PaymentStep.NEEDS_STAFF),
        ((PaymentStep.APPROVED,), True, PaymentStep.REVERSED),
        ((PaymentStep.APPROVED, PaymentStep.GOODS_ISSUED), True, PaymentStep.REVERSED),
        ((PaymentStep.APPROVED, PaymentStep.REVERSAL_SENT), True, PaymentStep.REVERSED),
    ],
)
async def test_what_was_said_while_the_kiosk_was_off_decides(
    tmp_path: Path, after: tuple[PaymentStep, ...], said: bool | None, last: PaymentStep
) -> None:
    """Nobody is there any more to be given a ticket: what was taken goes back, by the word of staff too."""
    staff = Staff()
    async with standing(tmp_path, ManualTerminal("manual:")) as stand:
        one = await stand.box(journal.begin, bill(), DRIVER, "", ATTENDED)
        for step in (PaymentStep.PREFLIGHT_OK, PaymentStep.SENT, *after):
            if step is PaymentStep.GOODS_ISSUED:
                await stand.box(journal.issue, one.id, None)
            else:
                reference = SLIP if step is PaymentStep.APPROVED else ""
                await stand.box(journal.append, one.id, PaymentRow(step, datetime.now(UTC), reference=reference))
    if said is not None:
        staff.say(one.id, 3, SLIP if said else "")
    terminal, tray = ManualTerminal("manual:"), PaperTray(tmp_path / "paper.jsonl")
    tray.go.set()
    async with OutboxWorker(tmp_path / "outbox.sqlite") as box, terminal:
        words = StaffConfirmationRelay(Place(terminal), staff, box=box, settings=QUICK, uploads=staff)
        tools = PaymentDependencies(box, terminal, tray, tray, QUICK, Server())
        tasks = {asyncio.create_task(words.task.run()), asyncio.create_task(give_back(terminal, staff, box, one.id))}
        await settle_all(tools)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        found = await box(journal.attempt, one.id)
    assert found.step is last


async def test_what_was_begun_at_another_terminal_is_not_asked_of_staff(tmp_path: Path) -> None:
    staff = Staff()
    async with standing(tmp_path, ManualTerminal("manual:")) as stand:
        one = await stand.box(journal.begin, bill(), "zvt+tcp", "10.0.0.9:20007")
        for step in (PaymentStep.PREFLIGHT_OK, PaymentStep.SENT):
            await stand.box(journal.append, one.id, PaymentRow(step, datetime.now(UTC)))
        place = Place(ManualTerminal("manual:"))
        words = StaffConfirmationRelay(place, staff, box=stand.box, settings=QUICK, uploads=staff)
        assert not await words._check()
        assert (staff.asked, staff.told) == (0, 0)


async def give_back(terminal: ManualTerminal, staff: Staff, box: OutboxWorker, payment: str) -> None:
    await until(lambda: terminal.desk.question is not None)
    rows = (await box(journal.attempt, payment)).rows
    assert rows[-1].step is PaymentStep.REVERSAL_SENT
    staff.say(payment, len(rows), "T-004712")
