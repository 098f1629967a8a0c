"""What happens at banks of lockers that are cut at random, and how each is looked at afterwards.

Somebody loads, takes out or collects by a code; agent, server or kiosk are killed meanwhile and started again, or line,
power, lock or sensor fail. After each scenario everything comes back, and the judge looks: never a door for the wrong
person, never two doors, never one that nobody had proved or ordered, never an item whose place is unknown and not
marked for staff, no order used twice.
"""

import asyncio
import random
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple

from peripherals.lockers.cabinet import Place
from tests.faults.lockers.judge import DESK
from tests.faults.lockers.rig import Rig, a_rig, ended
from tests.faults.lockers.site import a_site
from tests.faults.lockers.watched import name_of
from tests.faults.lossy_proxy import LossyProxy

_CUTS = ("none", "kill", "kill", "network", "answers", "requests", "power", "door-stuck", "item-stuck", "jammed", "pry")
#: While the first bank is in one of so many scenarios the server of all of them is killed.
SERVER_EVERY = 4
#: So often, where somebody collects, it is their kiosk that is killed.
_KIOSK_CHANCE = 0.3


class Size(NamedTuple):
    """How many banks at once, and how many scenarios of each."""

    banks: int
    scenarios: int


async def cut_at_random(scheme: str, data: Path, folder: Path, size: Size, seed: int) -> None:
    """Take banks of one server through their scenarios, all at the same time."""
    cuts: dict[str, int] = {}
    folders = [folder / str(number) for number in range(size.banks)]
    async with a_site(data, folders, seed) as site, asyncio.TaskGroup() as banks:
        for number, joined in enumerate(site.joined):
            chance = random.Random(f"{seed} {scheme} {number}")
            kills = SERVER_EVERY if number == 0 else 0
            banks.create_task(course(a_rig(site, joined, scheme), chance, size.scenarios, kills, cuts))
    print(f"{scheme}, cut: {dict(sorted(cuts.items()))}")


async def course(
    rig: AbstractAsyncContextManager[Rig], chance: random.Random, scenarios: int, kills: int, cuts: dict[str, int]
) -> None:
    """Take one bank through its scenarios, one after the other."""
    async with rig as bank:
        for number in range(scenarios):
            wanted = "server" if kills and number % kills == kills // 2 else ""
            said = await scenario(bank, chance, wanted)
            cut = said.split()[2]
            cuts[cut] = cuts.get(cut, 0) + 1
            await bank.until(bank.quiet)
            faults = await bank.faults()
            assert not faults, (bank.bank, number, said, faults)
            await bank.repair()
        # What was right a moment ago is right after the agent's next look, once a second.
        await asyncio.sleep(1.5)
        await bank.until(bank.quiet)
        assert not (faults := await bank.faults()), (bank.bank, faults)
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
    await asyncio.sleep(chance.random() * 0.8)
    if not before:
        await make(bank, cut, place, chance)
    await asyncio.sleep(chance.random())
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
