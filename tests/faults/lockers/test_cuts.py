"""Banks of lockers that are cut at random: 60 scenarios a driver, and 500 with ``--long``; the seed is printed.

``LOCKERS_SEED`` gives the seed. Somebody loads, takes out or collects by a code; agent, server or kiosk are killed
meanwhile and started again, or line, power, lock or sensor fail. After each scenario everything comes back, and the
judge looks: never a door for the wrong person, never two doors, never one that nobody had proved or ordered, never an
item whose place is unknown and not marked for staff, no order used twice.
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
from tests.faults.lockers.rig import Rig, a_rig, ended
from tests.faults.lockers.site import Joined, Site, a_site
from tests.faults.lockers.watched import name_of
from tests.faults.lossy_proxy import LossyProxy
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures

_SCHEMES = ("modbus+tcp", "kerong+serial", "winnsen+serial")
#: Banks at once, and scenarios of each.
_BANKS, _SCENARIOS, _LONG = 6, 10, 84
_CUTS = ("none", "kill", "kill", "network", "answers", "requests", "power", "door-stuck", "item-stuck", "jammed", "pry")
#: While the first bank is in one of so many scenarios the server of all of them is killed.
_SERVER_EVERY = 4
#: So often, where somebody collects, it is their kiosk that is killed.
_KIOSK_CHANCE = 0.3


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: what they cut are other processes."""


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("scheme", _SCHEMES)
async def test_cut_at_random(
    scheme: str,
    data: Path,  # noqa: F811 - a fixture
    tmp_path: Path,
    load: int,
) -> None:
    seed = int(os.environ.get("LOCKERS_SEED", "0")) or random.randrange(1 << 32)
    print(f"LOCKERS_SEED={seed} {scheme}")
    scenarios, cuts = _SCENARIOS if load == 1 else _LONG, dict[str, int]()
    folders = [tmp_path / str(number) for number in range(_BANKS)]
    async with a_site(data, folders, seed) as site, asyncio.TaskGroup() as banks:
        for number, joined in enumerate(site.joined):
            chance = random.Random(f"{seed} {scheme} {number}")
            kills = _SERVER_EVERY if number == 0 else 0
            banks.create_task(course(site, joined, scheme, chance, (seed, number), scenarios, kills, cuts))
    print(f"cut: {dict(sorted(cuts.items()))}")


async def course(  # noqa: PLR0917 - where, and how much of it
    site: Site,
    joined: Joined,
    scheme: str,
    chance: random.Random,
    named: tuple[int, int],
    scenarios: int,
    kills: int,
    cuts: dict[str, int],
) -> None:
    """Take one bank through its scenarios, one after the other; the banks of a server do so at the same time."""
    async with a_rig(site, joined, scheme) as bank:
        for number in range(scenarios):
            wanted = "server" if kills and number % kills == kills // 2 else ""
            said = await scenario(bank, chance, wanted)
            cut = said.split()[2]
            cuts[cut] = cuts.get(cut, 0) + 1
            await bank.until(bank.quiet)
            # What a sensor says that was stuck is seen at the agent's next look, once a second.
            await asyncio.sleep(1.5)
            await bank.until(bank.quiet)
            faults = await bank.faults()
            assert not faults, (f"LOCKERS_SEED={named[0]}", named[1], number, said, faults)
            await bank.repair()
        # Most of them open a door: where all stay shut nothing is shown.
        assert len(bank.cabinet.pulses) >= scenarios // 3


async def scenario(bank: Rig, chance: random.Random, wanted: str = "") -> str:
    """Have somebody do something at a compartment, cut something meanwhile, and bring everything back."""
    lying = {place: ident for ident, place in bank.truth.places.items() if place != DESK}
    places = list(bank.cabinet.places())
    verb = chance.choice(["load", "load", "collect", "collect", "unload"] if lying else ["load"])
    taken = [place for place in places if name_of(place) in lying]
    if verb == "load" and len(taken) == len(places):
        verb = "collect"
    place = chance.choice(taken if verb != "load" else [one for one in places if one not in taken])
    ident = await bank.receive() if verb == "load" else lying[name_of(place)]
    cut = "kiosk" if verb == "collect" and chance.random() < _KIOSK_CHANCE else chance.choice(_CUTS)
    cut, before = wanted or cut, chance.random() < 0.25 and cut != "kiosk"
    standing = asyncio.create_task(bank.stand_before(place, verb, ident, chance))
    if before:
        await make(bank, cut, place, chance)
    asking = asyncio.create_task(begin(bank, verb, place, ident, chance))
    await asyncio.sleep(chance.random() * 1.2)
    if not before:
        await make(bank, cut, place, chance)
    await asyncio.sleep(chance.random() * 1.5)
    await undo(bank)
    # Whoever asks is answered, or their kiosk is no more.
    await asking
    # Whoever waits gives up after a while; a door that opens afterwards nobody stands before.
    for _ in range(20):
        if standing.done() or await bank.quiet():
            break
        await asyncio.sleep(0.2)
    await ended(standing)
    if cut == "kiosk":
        await bank.next_person()
    bank.kiosk.leave()
    for one in places:
        bank.cabinet.close(one)
    return f"{verb} {name_of(place)} {cut}{' before' if before else ''}"


async def begin(bank: Rig, verb: str, place: Place, ident: str, chance: random.Random) -> None:
    name = name_of(place)
    match verb:
        case "load":
            await bank.order("load", {"item": bank.items[ident]["barcode"], "compartment": name})
        case "unload":
            await bank.order("unload", {"compartment": name, "reason": "at-counter"})
        case _:
            await bank.collect(ident, chance)


async def make(bank: Rig, cut: str, place: Place, chance: random.Random) -> None:
    cell = bank.cabinet[place]
    match cut:
        case "kill" | "server" | "kiosk":
            await kill(bank, cut, chance)
        case "network" | "answers" | "requests":
            lose(bank.proxy, cut)
        case "power":
            await bank.made.simulator.power_cycle()
        case "door-stuck":
            cell.door_stuck = chance.choice([True, False])
        case "item-stuck":
            cell.item_stuck = chance.choice([True, False])
        case "jammed":
            cell.jammed = True
        case "pry":
            other = chance.choice(list(bank.cabinet.places()))
            bank.truth.pried.add(name_of(other))
            bank.cabinet.pry(other)


async def kill(bank: Rig, cut: str, chance: random.Random) -> None:
    """End a process as a power cut would: the agent, the server of all banks, or the kiosk beside this one."""
    if cut == "server":
        await bank.site.cut(chance)
    elif cut == "kiosk":
        await bank.kiosk.kill()
    else:
        await bank.kill()


def lose(line: LossyProxy, cut: str) -> None:
    if cut == "network":
        line.away = True
    elif cut == "answers":
        line.lose_answers = 0.3
    else:
        line.lose_requests = 0.3


async def undo(bank: Rig) -> None:
    bank.proxy.away = False
    bank.proxy.lose_answers = bank.proxy.lose_requests = 0.0
    for place in bank.cabinet.places():
        cell = bank.cabinet[place]
        cell.door_stuck = cell.item_stuck = None
        cell.jammed = False
    await bank.revive()


async def test_the_judge_sees_the_wrong_door_that_opens(data: Path, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    # Nothing is cut: the order is carried out, however long the cabinet takes to answer.
    async with (
        a_site(data, [tmp_path / "wrong"], 1) as site,
        a_rig(site, site.joined[0], "modbus+tcp", answer_ms=5_000) as bank,
    ):
        bank.cabinet[1, 1].crossed = (1, 2)
        ident = await bank.receive()
        await begin(bank, "load", (1, 1), ident, random.Random(1))
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
    truth.ordered, truth.late = {"1-1", "1-2"}, {"1-2"}
    truth.forget()
    assert (truth.ordered, truth.late) == ({"1-2"}, set())
    truth.forget()
    assert truth.ordered == set()
