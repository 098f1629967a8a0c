"""A terminal's end of day, with simulated terminals: once a day, never beside a payment, and cut off anywhere."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from kiosk.payment import journal, reconciliation_journal
from kiosk.payment.dependencies import PaymentDependencies
from kiosk.payment.end_of_day import EndOfDayRunner
from kiosk.payment.errors import PaymentOpenError
from kiosk.payment.journal_model import PaymentRow
from kiosk.payment.progress import OVER, Phase
from kiosk.payment.reconciliation_journal import ReconciliationRecord, ReconciliationStep
from kiosk.payment.session import PaymentSession
from kiosk.tickets.outbox import Outbox, OutboxWorker
from tests.faults.payments.cutting import CutWorker
from tests.faults.payments.desk_process import PATIENT
from tests.faults.payments.rigs import NexoRig, ZvtRig, open_terminal
from tests.kiosk.app.centre import until
from tests.kiosk.payment.stand import Stand, bill, standing
from tests.kiosk.payment.test_closing import tell_payments
from tests.kiosk.payment.test_keeping import kept
from tests.kiosk.payment.test_report import DECLINED, PREFLIGHT, SENT

ZONE = ZoneInfo("Africa/Cairo")
DAY = date(2026, 11, 25)
SETTINGS = msgspec.structs.replace(PATIENT, retry_interval_s=0.02, recover_s=0.05, end_of_day_at="22:00")


@dataclass
class Centre:
    """What an evening is told, and hears."""

    stand: Stand
    now: datetime = datetime(2026, 11, 25, 12, 0, tzinfo=ZONE)
    settled: bool = True
    shut: list[bool] = field(default_factory=list)
    closed: int = 0
    stuck: int = 0
    #: How often the terminal had been asked in vain when that was said first.
    asked: int = 0

    def evening(self, end_of_day_at: str = "22:00", box: OutboxWorker | None = None) -> EndOfDayRunner:
        settings = msgspec.structs.replace(SETTINGS, end_of_day_at=end_of_day_at)
        around = Around(self)
        return EndOfDayRunner(settings, around, box or self.stand.box, around, around)

    async def last(self) -> ReconciliationRecord | None:
        return await self.stand.box(reconciliation_journal.last, *self.stand.desk.place)

    async def steps(self) -> list[str]:
        last = await self.last()
        return [] if last is None else [row.step.value for row in last.rows]

    async def until(self, wanted: Callable[[ReconciliationRecord], bool]) -> ReconciliationRecord:
        async with asyncio.timeout(60):
            while (last := await self.last()) is None or not wanted(last):  # noqa: ASYNC110 - the file is asked
                await asyncio.sleep(0.005)
        return last


class Around:
    """The centre as an evening sees it."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def now(self) -> datetime:
        return self._centre.now

    @property
    def settled(self) -> bool:
        return self._centre.settled

    def free_desk(self) -> PaymentSession | None:
        return self._centre.stand.desk if self._centre.settled else None

    def shut(self, shut: bool) -> None:
        self._centre.shut.append(shut)

    def day_ended(self, ended: bool) -> None:
        self._centre.closed += ended
        self._centre.stuck += not ended
        self._centre.asked = self._centre.asked or len(self._centre.shut) // 2


@contextlib.asynccontextmanager
async def centre(folder: Path, url: str, box: OutboxWorker | None = None) -> AsyncIterator[Centre]:
    terminal = await asyncio.to_thread(open_terminal, url)
    async with standing(folder, terminal, settings=SETTINGS, box=box) as stand:
        await stand.box(reconciliation_journal.prepare)
        yield Centre(stand)


@contextlib.asynccontextmanager
async def running(evening: EndOfDayRunner) -> AsyncIterator[EndOfDayRunner]:
    task = asyncio.create_task(evening.task.run())
    try:
        yield evening
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()


@pytest.fixture(params=[ZvtRig, NexoRig])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ZvtRig | NexoRig]:
    made: ZvtRig | NexoRig = request.param(tmp_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def zvt(tmp_path: Path) -> AsyncIterator[ZvtRig]:
    made = ZvtRig(tmp_path)
    await made.start()
    yield made
    await made.stop()


async def pay(stand: Stand, minor: int) -> None:
    await stand.desk.start(bill(minor))
    assert (await stand.desk.over()).phase is Phase.PAID


async def test_once_a_day_from_the_day_after_it_came(tmp_path: Path, rig: ZvtRig | NexoRig) -> None:
    async with centre(tmp_path, rig.url) as here, running(here.evening()) as evening:
        met = await here.until(lambda one: one.step is ReconciliationStep.NEW)
        assert (met.day, here.shut) == (DAY - timedelta(days=1), [])
        await pay(here.stand, 8500)
        await pay(here.stand, 1200)
        evening.wake()
        here.now += timedelta(hours=10)
        evening.wake()
        done = await here.until(lambda one: one.step is ReconciliationStep.TOTALS)
        assert [(one.currency, one.minor) for one in done.rows[-1].totals] == [("EUR", 9700)]
        assert (done.day, here.shut, here.closed) == (DAY, [True, False], 1)
        here.now += timedelta(hours=2)
        evening.wake()
        await pay(here.stand, 500)
        evening.wake()
        assert await here.last() == done
        here.now += timedelta(days=1)
        evening.wake()
        later = await here.until(lambda one: one.id != done.id and one.over)
        assert (later.day, here.closed) == (DAY + timedelta(days=1), 2)
        assert [one.minor for one in later.rows[-1].totals] == [500]


async def test_who_was_off_for_days_ends_them_as_one(tmp_path: Path, zvt: ZvtRig) -> None:
    async with centre(tmp_path, zvt.url) as here:
        await here.stand.box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        async with running(here.evening()):
            done = await here.until(lambda one: one.step is ReconciliationStep.TOTALS)
    assert (done.day, here.closed, len(done.rows)) == (DAY - timedelta(days=1), 1, 2)


async def test_nobody_is_asked_while_somebody_pays(tmp_path: Path, zvt: ZvtRig) -> None:
    zvt._simulator.set(card_s=0.5)
    async with centre(tmp_path, zvt.url) as here:
        await here.stand.box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        await here.stand.desk.start(bill(8500))
        async with running(here.evening()) as evening:
            while here.stand.desk.state.phase not in OVER:
                evening.wake()
                assert await here.steps() == ["new"] or here.stand.desk.state.phase in OVER
                await asyncio.sleep(0.01)
            evening.wake()
            done = await here.until(lambda one: one.step is ReconciliationStep.TOTALS)
    assert [one.minor for one in done.rows[-1].totals] == [8500]
    assert here.stand.states[-1].phase is Phase.PAID


@pytest.mark.parametrize("rows", [(PREFLIGHT,), (PREFLIGHT, SENT)])
async def test_nobody_is_asked_while_a_payment_is_not_settled(
    tmp_path: Path, zvt: ZvtRig, rows: tuple[PaymentRow, ...]
) -> None:
    async with centre(tmp_path, zvt.url) as here:
        box = here.stand.box
        await box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        attempt = await box(journal.begin, bill(8500), *here.stand.desk.place)
        for row in rows:
            await box(journal.append, attempt.id, row)
        evening = here.evening()
        assert await evening._check(), "it is no failure, and waits for a nudge"
        assert (await here.steps(), here.shut) == (["new"], [])
        here.settled = False
        assert await evening._check()
        here.settled = True
        await here.stand.desk.recover()
        assert await evening._check()
        assert await here.steps() == ["asked", "totals"]


async def test_nobody_begins_to_pay_while_the_terminal_counts(tmp_path: Path, zvt: ZvtRig) -> None:
    async with centre(tmp_path, zvt.url) as here:
        begun, go = asyncio.Event(), asyncio.Event()

        async def count(_: PaymentDependencies) -> None:
            begun.set()
            await go.wait()

        counting = asyncio.create_task(here.stand.desk.alone(count))
        await begun.wait()
        with pytest.raises(PaymentOpenError):
            await here.stand.desk.start(bill(8500))
        go.set()
        await counting
        await pay(here.stand, 8500)


async def test_a_terminal_that_cannot_now_is_asked_again(tmp_path: Path, zvt: ZvtRig) -> None:
    async with centre(tmp_path, zvt.url) as here:
        await pay(here.stand, 8500)
        await here.stand.box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        zvt._simulator.set(busy=True)
        async with running(here.evening()):
            await here.until(lambda one: one.step is ReconciliationStep.FAILED and len(one.rows) >= 4)
            await here.until(lambda one: here.stuck > 0 and one.step is ReconciliationStep.FAILED)
            zvt._simulator.set(busy=False)
            done = await here.until(lambda one: one.step is ReconciliationStep.TOTALS)
    assert [one.minor for one in done.rows[-1].totals] == [8500]
    assert here.shut == [True, False] * (len(done.rows) // 2)
    assert here.closed == 1
    # Pauses of 0.02 and 0.04 s come before the longest, of 0.05 s: who is told at once goes to a terminal in vain.
    assert here.asked == 3


async def test_what_is_counted_by_hand_is_not_asked_again_that_day(tmp_path: Path) -> None:
    async with centre(tmp_path, "manual:") as here:
        box = here.stand.box
        await box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        evening = here.evening()
        assert await evening._check()
        assert await evening._check()
        assert await here.steps() == ["asked", "by-hand"]
        assert await box(reconciliation_journal.pending) is None
        here.now += timedelta(days=1)
        assert await evening._check()
        last = await here.last()
    assert last is not None
    assert (last.step, last.day) == (ReconciliationStep.BY_HAND, DAY)


async def test_where_no_day_is_set_none_ends_and_what_is_old_is_forgotten_all_the_same(
    tmp_path: Path, zvt: ZvtRig
) -> None:
    async with centre(tmp_path, zvt.url) as here:
        box = here.stand.box
        old = await box(journal.begin, bill(8500), *here.stand.desk.place)
        for row in (PREFLIGHT, SENT, msgspec.structs.replace(DECLINED, at=datetime(2026, 1, 1, tzinfo=UTC))):
            await box(journal.append, old.id, row)
        await box(tell_payments)
        evening = here.evening(end_of_day_at="")
        here.settled = False
        assert await evening._check()
        assert await box(kept) == {old.id}, "not before all is settled"
        here.settled = True
        assert await evening._check()
        assert (await box(kept), await here.last()) == (set(), None)


async def test_a_row_that_cannot_be_read_keeps_no_day_from_ending(tmp_path: Path, zvt: ZvtRig) -> None:
    async with centre(tmp_path, zvt.url) as here:
        box = here.stand.box
        await pay(here.stand, 8500)
        await box(tell_payments)
        await box(damage)
        await box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
        evening = here.evening()
        assert await evening._check()
        assert await here.steps() == ["asked", "totals"]


def damage(box: Outbox) -> None:
    with box.transaction() as db:
        db.execute("DROP TRIGGER payment_row_UPDATE")
        db.execute("UPDATE payment_row SET detail = x'00ff'")


@pytest.mark.parametrize("how", ["before", "after"])
async def test_cut_off_anywhere_the_day_is_ended_by_one_report(tmp_path: Path, zvt: ZvtRig, how: str) -> None:
    """What the terminal said to a run that died is lost, and nothing else: the report carries what it says now."""
    lost = 0
    for at in range(1, 12):
        async with centre(tmp_path, zvt.url) as here:
            await pay(here.stand, 1000 + at)
            if at == 1:
                await here.stand.box(reconciliation_journal.meet, DAY - timedelta(days=4), *here.stand.desk.place)
            before = await asyncio.to_thread(closed_days, zvt)
        now = datetime(2026, 11, 25, 23, 0, tzinfo=ZONE) + timedelta(days=at)
        worker = CutWorker(tmp_path / "outbox.sqlite")
        async with centre(tmp_path, zvt.url, worker) as here:
            here.now = now
            worker._at, worker._how = worker.calls + at, how
            async with running(here.evening(box=worker)):
                await until(partial(stopped, worker, here))
            whole = not worker.reached.is_set()
            worker._at = 0
        async with centre(tmp_path, zvt.url) as again:
            again.now = now
            assert await again.evening()._check()
            last = await again.last()
            assert last is not None
            times = await asyncio.to_thread(closed_days, zvt) - before
            assert (last.step, last.day, times in {1, 2}) == (ReconciliationStep.TOTALS, now.date(), True)
            assert [one.minor for one in last.rows[-1].totals] == [1000 + at if times == 1 else 0], f"cut {how} {at}"
            lost += times == 2
            assert await again.stand.box(reconciliation_journal.pending) is None, "the payment is not told yet"
            await again.stand.box(tell_payments)
            told = await again.stand.box(reconciliation_journal.pending)
            assert told is not None
            assert (told.id, told.at) == (last.id, last.asked)
            await again.stand.box(reconciliation_journal.acknowledge, told.id)
            assert await again.stand.box(reconciliation_journal.pending) is None
        if whole:
            break
    assert whole, "there are more calls than were tried"
    assert at > 5
    # Between the terminal's word and the disk there is one call, and nothing is known of it before it.
    assert lost == (1 if how == "before" else 0)


def stopped(worker: CutWorker, here: Centre) -> bool:
    return worker.reached.is_set() or here.closed > 0


def closed_days(zvt: ZvtRig) -> int:
    return zvt.file.read_text(encoding="utf-8").count('"day-closed"')
