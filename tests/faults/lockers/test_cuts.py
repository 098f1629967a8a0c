"""Banks of lockers that are cut at random: 60 scenarios a driver, and 500 with ``--long``; the seed is printed.

``LOCKERS_SEED`` gives the seed. After each scenario everything comes back, and the judge looks: never a door for the
wrong person, never two doors, never an item whose place is unknown and not marked for staff, no order used twice.
"""

import asyncio
import os
import random
from pathlib import Path

import pytest

from peripherals.lockers.agent.events import OrderUsed, PulseIntended
from peripherals.lockers.agent.journal import FILE, Journal
from peripherals.lockers.agent.model import Bank
from peripherals.lockers.cabinet import Place
from queue_server.domain.lockers import LockerVerb
from tests.faults.lockers.judge import (
    DESK,
    PhysicalTruth,
    free_and_full,
    lost,
    orders_used_twice,
    two_doors,
    wrong_doors,
)
from tests.faults.lockers.rig import Rig, a_rig, a_server, ended, name_of
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House

_SCHEMES = ("modbus+tcp", "kerong+serial", "winnsen+serial")
#: Banks at once, and scenarios of each.
_BANKS, _SCENARIOS, _LONG = 6, 10, 84
_CUTS = ("none", "kill", "kill", "network", "answers", "requests", "power", "door-stuck", "item-stuck", "jammed", "pry")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: the agent is another process."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("scheme", _SCHEMES)
async def test_cut_at_random(
    scheme: str,
    data: Path,  # noqa: F811 - a fixture
    tmp_path: Path,
    load: int,
) -> None:
    seed = int(os.environ.get("LOCKERS_SEED", "0")) or random.randrange(1 << 32)
    print(f"LOCKERS_SEED={seed} {scheme}")
    scenarios = _SCENARIOS if load == 1 else _LONG
    async with a_server(data) as here, asyncio.TaskGroup() as banks:
        for number in range(_BANKS):
            banks.create_task(course(here, scheme, tmp_path / str(number), f"{seed} {scheme} {number}", scenarios))


async def course(here: House, scheme: str, folder: Path, seed: str, scenarios: int) -> None:
    """Take one bank through its scenarios, one after the other; the banks of a server do so at the same time."""
    chance = random.Random(seed)
    async with a_rig(here, scheme, folder, chance.randrange(1 << 32)) as bank:
        for number in range(scenarios):
            said = await scenario(bank, chance)
            await bank.until(bank.quiet)
            # What a sensor says that was stuck is seen at the agent's next look, once a second.
            await asyncio.sleep(1.5)
            await bank.until(bank.quiet)
            faults = await bank.faults()
            assert not faults, (f"LOCKERS_SEED={seed}", number, said, faults)
            await bank.repair()
        # Most of them open a door: where all stay shut nothing is shown.
        assert len(bank.cabinet.pulses) >= scenarios // 3


async def scenario(bank: Rig, chance: random.Random) -> str:
    """Have somebody do something at a compartment, cut something meanwhile, and bring everything back."""
    lying = {place: ident for ident, place in bank.truth.places.items() if place != DESK}
    places = list(bank.cabinet.places())
    verb = chance.choice(["load", "load", "collect", "collect", "unload"] if lying else ["load"])
    taken = [place for place in places if name_of(place) in lying]
    if verb == "load" and len(taken) == len(places):
        verb = "collect"
    place = chance.choice(taken if verb != "load" else [one for one in places if one not in taken])
    ident = await bank.receive() if verb == "load" else lying[name_of(place)]
    cut = chance.choice(_CUTS)
    before = chance.random() < 0.25
    standing = asyncio.create_task(bank.stand_before(place, verb, ident, chance))
    if before:
        await make(bank, cut, place, chance)
    await begin(bank, verb, place, ident)
    await asyncio.sleep(chance.random() * 1.2)
    if not before:
        await make(bank, cut, place, chance)
    await asyncio.sleep(chance.random() * 1.5)
    await undo(bank)
    # Whoever waits gives up after a while; a door that opens afterwards nobody stands before.
    for _ in range(40):
        if standing.done() or await bank.quiet():
            break
        await asyncio.sleep(0.1)
    await ended(standing)
    for one in places:
        bank.cabinet.close(one)
    return f"{verb} {name_of(place)} {cut}{' before' if before else ''}"


async def begin(bank: Rig, verb: str, place: Place, ident: str) -> bool:
    name = name_of(place)
    if verb == "load":
        return await bank.order("load", {"item": bank.items[ident]["barcode"], "compartment": name})
    if verb == "unload":
        return await bank.order("unload", {"compartment": name, "reason": "at-counter"})
    return await bank.claim(ident)


async def make(bank: Rig, cut: str, place: Place, chance: random.Random) -> None:
    match cut:
        case "kill":
            await bank.kill()
        case "network":
            bank.proxy.away = True
        case "answers":
            bank.proxy.lose_answers = 0.3
        case "requests":
            bank.proxy.lose_requests = 0.3
        case "power":
            await bank.made.simulator.power_cycle()
        case "door-stuck":
            bank.cabinet[place].door_stuck = chance.choice([True, False])
        case "item-stuck":
            bank.cabinet[place].item_stuck = chance.choice([True, False])
        case "jammed":
            bank.cabinet[place].jammed = True
        case "pry":
            other = chance.choice(list(bank.cabinet.places()))
            bank.truth.pried.add(name_of(other))
            bank.cabinet.pry(other)


async def undo(bank: Rig) -> None:
    bank.proxy.away = False
    bank.proxy.lose_answers = bank.proxy.lose_requests = 0.0
    for place in bank.cabinet.places():
        cell = bank.cabinet[place]
        cell.door_stuck = cell.item_stuck = None
        cell.jammed = False
    await bank.revive()


async def test_the_judge_sees_the_wrong_door_that_opens(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    async with a_server(data) as here, a_rig(here, "modbus+tcp", tmp_path / "wrong", 1) as bank:
        bank.cabinet[1, 1].crossed = (1, 2)
        ident = await bank.receive()
        assert await begin(bank, "load", (1, 1), ident)
        await bank.until(bank.quiet)
        assert "the wrong door: 1-2" in await bank.faults()


def test_the_judge_can_find_each_fault(tmp_path: Path) -> None:
    truth = PhysicalTruth({"a": "1-1", "b": "gone"})
    free = {"1-1": {"state": "free"}, "1-2": {"state": "occupied"}}
    assert two_doors([frozenset({"1-1"}), frozenset({"1-1", "1-2"})], set())
    assert not two_doors([frozenset({"1-1", "1-2"})], {"1-2"})
    assert free_and_full(free, truth)
    assert lost({"id": "a", "label": "D", "holder": "compartment", "compartment": "1-2"}, free, truth)
    assert lost({"id": "a", "label": "D", "holder": "person", "compartment": None}, free, truth)
    assert lost({"id": "b", "label": "D", "holder": "desk", "compartment": None}, free, truth)
    assert not lost({"id": "b", "label": "D", "holder": "unknown", "compartment": None}, free, truth)
    assert wrong_doors([frozenset(), frozenset({"1-2"})], {"1-1"}, set()) == ["the wrong door: 1-2"]
    assert not wrong_doors([frozenset(), frozenset({"1-2"})], set(), {"1-2"})
    assert not wrong_doors([frozenset({"1-2"}), frozenset({"1-1"})], {"1-1"}, set())
    used = OrderUsed("o", "1-1", LockerVerb.LOAD, "c", "i", 0.0, 1.0)
    with Journal(tmp_path) as journal:
        journal.append([used, *(PulseIntended("1-1", number, 0.0) for number in range(4))], Bank(), 0.0)
        assert orders_used_twice(tmp_path / FILE) == ["order o pulsed 4 times"]
        journal.append([used], Bank(), 0.0)
        assert orders_used_twice(tmp_path / FILE) == ["order o used 2 times", "order o pulsed 4 times"]
