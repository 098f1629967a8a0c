"""The agent over the simulated cabinets: orders, doors and journal, with the real driver and the real disk."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from peripherals.device import DeviceState, HealthAnswer
from peripherals.errors import LockerJournalError, OrderRefusedError
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.events import AlarmRaised, Blocked, DoorClosed, Event, PulseIntended, Reminded
from peripherals.lockers.agent.journal import Journal
from peripherals.lockers.agent.model import OpeningTimes
from peripherals.lockers.agent.order_keys import OrderKeys
from queue_server.contract.lockers import OrderInvalidError, sign
from tests.peripherals.lockers.conftest import Made
from tests.peripherals.lockers.orders import BANK, ITEM, KEY, OTHER_ITEM, PUBLIC, order
from tests.peripherals.lockers.states import state_of

TIMES = OpeningTimes(open_s=0.4, closed_s=0.1, reminder_s=30, alarm_s=40, abandon_s=50)


class Running:
    """An agent with its cabinet."""

    def __init__(self, agent: LockerAgent, made: Made) -> None:
        self.agent = agent
        self.made = made
        self.cabinet = made.cabinet

    async def give(self, verb: str, name: str, item: str | None = None, **changes: Any) -> int:
        return await self.agent.order(sign(order(verb, name, item, at=changes.pop("at", time.time()), **changes), KEY))

    async def events(self) -> list[Event]:
        return [entry.event for entry in await self.agent.entries(0, 10_000)]

    def state(self, name: str) -> str:
        return state_of(self.agent._bank, name, self.agent._sensed())

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not holds():  # noqa: ASYNC110 - doors and people are looked at
                await asyncio.sleep(0.01)

    async def until_state(self, name: str, state: str) -> None:
        await self.until(lambda: self.state(name) == state)

    async def disk(self, refuses: str) -> None:
        """Have the disk refuse whatever is written to the journal, or take it again."""
        async with self.agent._disk:
            await asyncio.to_thread(self.agent._journal._db.execute, f"PRAGMA query_only = {refuses}")

    async def heard(self) -> None:
        await self.until(lambda: self.agent.state is DeviceState.ONLINE)
        await self.until(lambda: self.agent._compared)

    async def settled(self) -> None:
        await self.heard()
        for place in self.cabinet.places():
            await self.give("settle", f"{place[0]}-{place[1]}")

    async def loaded(self, name: str, item: str = ITEM) -> None:
        place = (int(name[0]), int(name[2]))
        await self.give("load", name, item)
        await self.until_state(name, "open")
        self.cabinet.put(place)
        self.cabinet.close(place)
        await self.until_state(name, "occupied")


@asynccontextmanager
async def running(made: Made, folder: Path, times: OpeningTimes = TIMES, **changes: Any) -> AsyncIterator[Running]:
    journal = await asyncio.to_thread(Journal, folder / "data")
    device = await asyncio.to_thread(made.device)
    # Doors are open for as long as the loop counts: a process that is kept from running looks at none.
    now = asyncio.get_running_loop().time
    keys = OrderKeys((PUBLIC,), lambda _known: None)
    agent = LockerAgent(device, journal, BANK, keys, times, **{"now": now, **changes})
    task = asyncio.create_task(agent.run())
    ready = asyncio.create_task(agent.ready.wait())
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        yield Running(agent, made)
    finally:
        ready.cancel()
        task.cancel()
        await asyncio.wait({task})
        await asyncio.to_thread(journal.close)


async def test_an_item_is_loaded_and_collected(made: Made, tmp_path: Path) -> None:
    sees = not made.scheme.startswith("winnsen")
    async with running(made, tmp_path) as bank:
        await bank.settled()
        await bank.loaded("1-2")
        await bank.give("collect", "1-2", ITEM)
        await bank.until_state("1-2", "open")
        bank.cabinet.take((1, 2))
        bank.cabinet.close((1, 2))
        await bank.until_state("1-2", "free" if sees else "unknown")
        assert bank.cabinet.pulses == [(1, 2), (1, 2)]
        assert not any(isinstance(event, AlarmRaised) for event in await bank.events())


async def test_refused_orders_open_nothing(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.heard()
        with pytest.raises(OrderRefusedError, match="locker-not-usable"):
            await bank.give("load", "1-1", ITEM)
        await bank.settled()
        ident = "018f0000-0000-7000-8000-0000000000ff"
        await bank.give("settle", "1-1", ident=ident)
        now = time.time()
        wrong: dict[str, dict[str, Any]] = {
            "locker-order-used": {"ident": ident},
            "locker-other-bank": {"bank": ITEM},
            "locker-order-expired": {"at": now - 61},
            "locker-clock-wrong": {"at": now + 120},
        }
        for code, changes in wrong.items():
            with pytest.raises(OrderRefusedError, match=code):
                await bank.give("load", "1-1", ITEM, **changes)
        forged = sign(order("load", "1-1", ITEM, at=now), KEY)
        with pytest.raises(OrderInvalidError):
            await bank.agent.order(type(forged)(forged.order, forged.signature[::-1]))
        assert bank.cabinet.pulses == []


async def test_a_jammed_lock_is_tried_three_times_and_blocked(made: Made, tmp_path: Path) -> None:
    made.cabinet[1, 1].jammed = True
    async with running(made, tmp_path) as bank:
        await bank.settled()
        await bank.give("load", "1-1", ITEM)
        await bank.until_state("1-1", "blocked")
        assert bank.cabinet.pulses == [(1, 1)] * 3
        intents = [event.attempt for event in await bank.events() if isinstance(event, PulseIntended)]
        assert intents == [1, 2, 3]


async def test_another_door_stops_and_freezes_both(made: Made, tmp_path: Path) -> None:
    made.cabinet[1, 1].crossed = (2, 1)
    async with running(made, tmp_path) as bank:
        await bank.settled()
        await bank.give("load", "1-1", ITEM)
        await bank.until_state("1-1", "blocked")
        await bank.until_state("2-1", "blocked")
        assert bank.cabinet.pulses == [(1, 1)]
        assert bank.agent.state is DeviceState.FRAUD_ATTEMPT
        # The rest of the bank goes on.
        await bank.loaded("1-3", OTHER_ITEM)


async def test_a_pulse_that_has_not_left_is_called_back_when_its_opening_ends(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        device, line_is_busy = bank.agent._device, asyncio.Event()
        pulse = device.pulse

        async def later(name: str) -> HealthAnswer:
            if name == "1-1":
                await line_is_busy.wait()
            return await pulse(name)

        device.pulse = later  # type: ignore[method-assign]
        await bank.give("load", "1-1", ITEM)
        bank.cabinet.pry((2, 2))
        await bank.until_state("1-1", "blocked")
        await bank.loaded("1-3", OTHER_ITEM)
        line_is_busy.set()
        await bank.loaded("1-4", BANK)
        assert bank.cabinet.pulses == [(1, 3), (1, 4)]


async def test_a_pried_door_is_an_alarm(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        bank.cabinet.pry((2, 2))
        await bank.until_state("2-2", "blocked")
        assert bank.agent.state is DeviceState.FRAUD_ATTEMPT


async def test_a_door_that_stays_open_is_reminded_of_and_given_to_staff(made: Made, tmp_path: Path) -> None:
    times = OpeningTimes(open_s=1, closed_s=0.05, reminder_s=0.2, alarm_s=0.4, abandon_s=0.6)
    async with running(made, tmp_path, times) as bank:
        await bank.settled()
        await bank.give("load", "1-1", ITEM)
        await bank.until_state("1-1", "blocked")
        kinds = [type(event) for event in await bank.events() if type(event) in {Reminded, AlarmRaised, Blocked}]
        assert kinds == [Reminded, AlarmRaised, Blocked]


@pytest.mark.parametrize("stage", ["pulsed", "open"])
async def test_an_agent_that_ended_in_mid_opening_opens_nothing_by_itself(
    made: Made, stage: str, tmp_path: Path
) -> None:
    slow = OpeningTimes(open_s=3000)
    async with running(made, tmp_path, slow) as bank:
        await bank.settled()
        bank.cabinet[1, 1].jammed = stage == "pulsed"
        await bank.give("load", "1-1", ITEM)
        await bank.until(lambda: bank.cabinet.pulses == [(1, 1)])
        if stage == "open":
            await bank.until_state("1-1", "open")
    async with running(made, tmp_path) as bank:
        await bank.heard()
        await bank.until_state("1-1", "blocked")
        made.cabinet.close((1, 1))
        await asyncio.sleep(TIMES.open_s * 2)
        assert bank.cabinet.pulses == [(1, 1)]
        with pytest.raises(OrderRefusedError, match="locker-not-usable"):
            await bank.give("load", "1-1", ITEM)
        # Another compartment works.
        await bank.loaded("1-2", OTHER_ITEM)


async def test_what_changed_while_it_was_away_is_found(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        await bank.loaded("1-1")
    made.cabinet.pry((2, 4))
    made.cabinet.take((1, 1))
    async with running(made, tmp_path) as bank:
        await bank.heard()
        await bank.until_state("2-4", "blocked")
        sees = not made.scheme.startswith("winnsen")
        await bank.until_state("1-1", "blocked" if sees else "occupied")


async def test_no_power_opens_nothing_and_blocks_what_was_ordered(hasty: Made, tmp_path: Path) -> None:
    async with running(hasty, tmp_path) as bank:
        await bank.settled()
        bank.cabinet.power(on=False)
        await bank.until_state("1-1", "unknown")
        with pytest.raises(OrderRefusedError, match="locker-door-not-shut"):
            await bank.give("load", "1-1", ITEM)
        bank.cabinet.power(on=True)
        await bank.until_state("1-1", "free")
        await bank.loaded("1-1")


async def test_power_that_goes_in_mid_pulse(hasty: Made, tmp_path: Path) -> None:
    async with running(hasty, tmp_path) as bank:
        await bank.settled()
        bank.cabinet[1, 1].jammed = True
        await bank.give("load", "1-1", ITEM)
        await bank.until(lambda: bank.cabinet.pulses != [])
        bank.cabinet.power(on=False)
        # Of a door that nobody can see it is not tried again.
        await bank.until(lambda: any(cell.blocked for cell in bank.agent._bank.cells.values()))
        bank.cabinet.power(on=True)
        await bank.until_state("1-1", "blocked")
        assert len(bank.cabinet.pulses) <= 3
        assert not any(bank.cabinet[place].is_open for place in bank.cabinet.places())


async def test_a_disk_that_takes_nothing_keeps_every_door_shut(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        await bank.disk("ON")
        with pytest.raises(LockerJournalError):
            await bank.give("load", "1-1", ITEM)
        assert bank.cabinet.pulses == []
        await bank.disk("OFF")
        await bank.loaded("1-1")


async def test_of_two_orders_at_once_one_is_carried_out(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        ident = "018f0000-0000-7000-8000-0000000000fe"
        tries = [bank.give("load", "1-1", ITEM, ident=ident) for _ in range(2)]
        tries += [bank.give("load", "1-2", OTHER_ITEM)]
        done = await asyncio.gather(*tries, return_exceptions=True)
        assert [isinstance(one, int) for one in done].count(True) == 1
        await bank.until_state("1-1", "open")
        assert bank.cabinet.pulses == [(1, 1)]


async def test_the_end_of_an_opening_stands_in_the_journal(made: Made, tmp_path: Path) -> None:
    async with running(made, tmp_path) as bank:
        await bank.settled()
        first = await bank.give("load", "1-1", ITEM)
        await bank.until_state("1-1", "open")
        bank.cabinet.close((1, 1))
        await bank.until(lambda: bank.agent._bank.opening is None)
        events = [entry.event for entry in await bank.agent.entries(first - 1)]
        assert isinstance(events[-1], DoorClosed)
