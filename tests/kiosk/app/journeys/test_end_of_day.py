"""A whole kiosk ends its terminal's day, and a real server compares: terminals of both protocols, over real lines."""

import asyncio
import zoneinfo
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from kiosk.kit import fonts
from kiosk.payment import reconciliation_journal
from kiosk.payment.dependencies import place_of
from kiosk.payment.reconciliation_journal import ReconciliationStep
from kiosk.settings import KioskSettings, PaymentSettings
from kiosk.tickets.outbox import Outbox, OutboxWorker
from peripherals.payment.nexo.simulator.journal import NexoJournalEntry
from queue_server.accounts import device_store
from queue_server.domain.values import Micros, now_micros
from tests.faults.lossy_proxy import LossyProxy
from tests.kiosk.app.centre import until
from tests.kiosk.app.stand import SETTINGS, Stand, stand
from tests.kiosk.app.terminals import TIMINGS, Nexo, Terminal, Zvt
from tests.kiosk.app.test_by_hand import SERVICE
from tests.queue_server.house import Client, House, house

FEE = 8250
ZONE = zoneinfo.ZoneInfo("Europe/Brussels")
HOUR = 3_600_000_000


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@dataclass
class Clock:
    """The server's: it is set ahead, and the kiosk hears that."""

    ahead: int = 0

    def __call__(self) -> Micros:
        return Micros(now_micros() + self.ahead)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def there(data: Path, clock: Clock) -> AsyncIterator[House]:
    async with house(data, clock=clock) as running:
        yield running


@pytest.fixture(params=[Zvt, Nexo])
async def terminal(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Terminal]:
    made: Terminal = request.param(folder)
    await made.start()
    yield made
    await made.stop()


def settings(ends: datetime) -> KioskSettings:
    payment = PaymentSettings(
        doubt_s=0.6,
        recover_s=0.6,
        retry_interval_s=0.02,
        reprint_s=10.0,
        end_of_day_at=f"{ends.astimezone(ZONE):%H:%M}",
    )
    return KioskSettings(journey=SETTINGS.journey, link=replace(SETTINGS.link, status_s=0.05), payment=payment)


def soon() -> KioskSettings:
    """End the day at a time that no clock shows before the server's is set ahead."""
    return settings(datetime.now(UTC) + timedelta(hours=1))


@asynccontextmanager
async def taking(folder: Path, there: House, url: str, terminal: Terminal, how: KioskSettings) -> AsyncIterator[Stand]:
    device = await asyncio.to_thread(terminal.device, TIMINGS.payment_s)
    async with stand(folder, url, settings=how, terminal=device) as kiosk:
        if kiosk.frame.page == "setup":
            for digit in await there.enrol_code("kiosk"):
                kiosk.act("digit", digit)
            kiosk.act("submit")
            await kiosk.shows("language", no_paper=False)
        yield kiosk


async def to_fee(kiosk: Stand) -> None:
    for page, action, argument in (
        ("language", "language", "en"),
        ("identify", "no-document", ""),
        ("government", "choose", "UTO"),
        ("kind", "choose", "passport-id"),
        ("service", "choose", SERVICE),
        ("more", "go-on", ""),
    ):
        await kiosk.shows(page)
        kiosk.act(action, argument)
    await kiosk.shows("confirm", fee=True)
    kiosk.act("confirm")
    await kiosk.shows("fee", can_pay=True)


async def pay(kiosk: Stand) -> None:
    await to_fee(kiosk)
    kiosk.act("pay")
    assert (await kiosk.shows("ticket", paper="taken"))["paid"]
    kiosk.act("done")
    await kiosk.shows("language")


async def reconciliations(manager: Client, count: int = 1) -> list[dict[str, Any]]:
    """Wait until the server has so many ends of day."""
    async with asyncio.timeout(60):
        while True:
            found: list[dict[str, Any]] = (await manager.get("/centres/demo/reconciliations")).body["reconciliations"]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.01)


async def plant(terminal: Terminal) -> None:
    """Charge a card at the terminal without the kiosk."""
    if isinstance(terminal, Zvt):
        books = terminal.simulator.books
        await books.commit(await books.charge(1234, 978, ""))
    elif isinstance(terminal, Nexo):
        entry = NexoJournalEntry("charge", datetime.now(UTC).isoformat(), "ELSE", "other", "sim.ELSE", 1234, "EUR")
        await asyncio.to_thread(terminal.simulator.journal.append, entry)


async def test_a_day_that_agrees_raises_no_alarm(there: House, folder: Path, terminal: Terminal, clock: Clock) -> None:
    with capture_logs() as logs:
        async with taking(folder, there, there.address, terminal, soon()) as kiosk:
            await pay(kiosk)
            await pay(kiosk)
            clock.ahead = 2 * HOUR
            [one] = await reconciliations(await there.manager())
            await until(lambda: any(each["event"] == "end-of-day" for each in logs))
            assert [(each["currency"], each["amount"]) for each in one["totals"]] == [("EUR", 2 * FEE)]
            assert (one["differences"], one["alarms"]) == ([], False)
            assert (one["driver"], one["terminal"]) == place_of(terminal.url)
            # Whoever comes after that pays on the next day.
            await pay(kiosk)
            assert len(await reconciliations(await there.manager())) == 1
    assert not [each for each in logs if each["event"] == "terminal-differs"]
    assert "Kassenschnitt" not in str(logs)


def told_here(logs: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """Give what the kiosk's log has of differences: the server's own names its centre."""
    return [each for each in logs if each["event"] == "terminal-differs" and "centre" not in each]


async def test_what_the_terminal_charged_without_us_is_an_alarm(
    there: House, folder: Path, terminal: Terminal, clock: Clock
) -> None:
    with capture_logs() as logs:
        async with taking(folder, there, there.address, terminal, soon()) as kiosk:
            await pay(kiosk)
            await plant(terminal)
            clock.ahead = 2 * HOUR
            manager = await there.manager()
            [one] = await reconciliations(manager)
            await until(lambda: told_here(logs))
        [found] = one["differences"]
        assert (found["terminal"], found["journal"]) == (FEE + 1234, FEE)
        assert one["alarms"]
        assert len(found["payments"]) == 1
    assert told_here(logs) == [
        {
            "event": "terminal-differs",
            "log_level": "error",
            "reconciliation": one["id"],
            "currency": "EUR",
            "payments": found["payments"],
        }
    ]


async def test_nobody_can_begin_to_pay_while_the_terminal_counts(
    there: House, folder: Path, terminal: Terminal, clock: Clock
) -> None:
    """Who stands before the fee is told so, and a moment later that it can be done."""
    async with taking(folder, there, there.address, terminal, soon()) as kiosk:
        await to_fee(kiosk)
        begun = len(kiosk.frames)
        clock.ahead = 2 * HOUR
        await reconciliations(await there.manager())
        shown = [frame.model["can_pay"] for frame in kiosk.frames[begun:] if frame.page == "fee"]
        assert False in shown
        await kiosk.shows("fee", can_pay=True)
        kiosk.act("pay")
        assert (await kiosk.shows("ticket", paper="taken"))["paid"]


async def said_of_the_terminal(manager: Client, *codes: str) -> None:
    """Wait until managers see one of these failure codes at the terminal."""
    async with asyncio.timeout(60):
        while True:
            devices = (await manager.get("/centres/demo/devices")).body["devices"]
            parts = [part for device in devices for part in device["parts"] if part["name"] == "terminal"]
            if parts and parts[0]["code"] in codes:
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("terminal", [Zvt], indirect=True)
async def test_a_day_that_cannot_be_ended_is_told_to_managers(
    there: House, folder: Path, terminal: Zvt, clock: Clock
) -> None:
    manager = await there.manager()
    async with taking(folder, there, there.address, terminal, soon()) as kiosk:
        await pay(kiosk)
        terminal.simulator.set(busy=True)
        clock.ahead = 2 * HOUR
        await said_of_the_terminal(manager, "kiosk-day-open")
        terminal.simulator.set(busy=False)
        await reconciliations(manager)
        await said_of_the_terminal(manager, "")


async def refused_day(manager: Client, *, there: bool) -> None:
    """Wait until managers see at some terminal that its end of day was refused, or at none."""
    async with asyncio.timeout(60):
        while True:
            devices = (await manager.get("/centres/demo/devices")).body["devices"]
            if there is any(part["code"] == "kiosk-day-refused" for device in devices for part in device["parts"]):
                return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("terminal", [Zvt], indirect=True)
async def test_an_end_of_day_that_the_server_refuses_is_told_to_managers_and_ends_by_itself(
    there: House, folder: Path, terminal: Terminal, clock: Clock
) -> None:
    manager = await there.manager()
    async with taking(folder / "before", there, there.address, terminal, soon()) as kiosk:
        await pay(kiosk)
    [before] = [one["id"] for one in (await manager.get("/centres/demo/devices")).body["devices"] if one["parts"]]
    async with taking(folder / "after", there, there.address, terminal, soon()) as kiosk:
        await pay(kiosk)
        clock.ahead = 2 * HOUR
        await refused_day(manager, there=True)
        assert (await manager.get("/centres/demo/reconciliations")).body["reconciliations"] == []
        # Payments go on, and staff in the hall are not called.
        await pay(kiosk)
        assert (await manager.get("/centres/demo/queue")).body["queue"]["help"] == []
        await there.server.log.write(lambda connection: device_store.revoke(connection, before, there.server.clock()))
        await reconciliations(manager)
        await refused_day(manager, there=False)


async def test_who_pays_at_that_time_pays_in_peace(
    there: House, folder: Path, terminal: Terminal, clock: Clock
) -> None:
    terminal.slow(0.5)
    async with taking(folder, there, there.address, terminal, soon()) as kiosk:
        await to_fee(kiosk)
        kiosk.act("pay")
        await until(lambda: kiosk.frame.page == "pay" and kiosk.model["payment"]["phase"] == "paying")
        clock.ahead = 2 * HOUR
        assert (await kiosk.shows("ticket", paper="taken"))["paid"]
        [one] = await reconciliations(await there.manager())
        assert [each["amount"] for each in one["totals"]] == [FEE]
        assert one["differences"] == []


async def test_what_was_counted_without_a_server_is_told_after_a_start_and_once(
    there: House, folder: Path, terminal: Terminal
) -> None:
    port = urlsplit(there.address).port
    assert port is not None
    past = settings(datetime.now(UTC) - timedelta(hours=1))
    manager = await there.manager()
    async with LossyProxy("127.0.0.1", port, seed=5) as line:
        async with taking(folder, there, line.url, terminal, past) as kiosk:
            await pay(kiosk)
        # The kiosk was off when the day ended, and has no line now.
        await at_rest(folder, lambda box: reconciliation_journal.meet(box, date(2026, 1, 1), *place_of(terminal.url)))
        line.away = True
        async with taking(folder, there, line.url, terminal, past):
            await counted(folder, terminal)
            assert (await manager.get("/centres/demo/reconciliations")).body["reconciliations"] == []
        line.away = False
        line.lose_answers = 0.5
        async with taking(folder, there, line.url, terminal, past):
            [one] = await reconciliations(manager)
            await acknowledged(folder)
        told = await at_rest(folder, lambda box: reconciliation_journal.last(box, *place_of(terminal.url)))
        assert told is not None
        assert one["id"] == told.id
        assert (one["differences"], [each["amount"] for each in one["totals"]]) == ([], [FEE])
        assert len(await reconciliations(manager)) == 1


async def counted(folder: Path, terminal: Terminal) -> None:
    """Wait until the terminal's totals are on disk."""

    def done(box: Outbox) -> bool:
        found = reconciliation_journal.last(box, *place_of(terminal.url))
        return found is not None and found.step is ReconciliationStep.TOTALS

    async with asyncio.timeout(60):
        while not await at_rest(folder, done):  # noqa: ASYNC110 - the file is asked
            await asyncio.sleep(0.02)


async def acknowledged(folder: Path) -> None:
    """Wait until the kiosk knows that the server has it."""

    def noted(box: Outbox) -> bool:
        with box.transaction() as db:
            return db.execute("SELECT 1 FROM reconciliation_acknowledgement").fetchone() is not None

    async with asyncio.timeout(60):
        while not await at_rest(folder, noted):  # noqa: ASYNC110 - the file is asked
            await asyncio.sleep(0.02)


async def at_rest[T](folder: Path, ask: Callable[[Outbox], T]) -> T:
    """Ask the kiosk's file by another connection."""
    async with OutboxWorker(folder / "data" / "outbox.sqlite") as box:
        return await box(ask)
