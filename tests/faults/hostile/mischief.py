"""What is done to a centre in a hostile hour. Each ends when that is mended, and its alarm was there and is over."""

import asyncio
import contextlib
import random
import shutil
import socket
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import aiohttp

from tests.faults.hostile.centre import CONNECTIONS, COUNTER_STAFF, LATECOMER, MANAGER, Centre, Server
from tests.faults.hostile.machines import Machine, a_machine
from tests.faults.hostile.people import LOST, Browser
from tests.faults.server_process import ServerError
from tests.kiosk.app.test_damaged import FILES, WAYS, damage
from tests.kiosk.small_disk import fill

Mischief = Callable[[Centre, random.Random], Awaitable[None]]

HOUR, DAY = 3_600, 86_400
#: No accident makes a folder of a database.
DAMAGES = [(name, how) for name in FILES for how in WAYS if (name, how) != ("outbox.sqlite", "a folder")]
LEAPS = (-HOUR, HOUR, 4 * HOUR, -DAY, DAY, 366 * DAY)


# --- servers --------------------------------------------------------------------------------------------------------


async def _leapt(centre: Centre, server: Server, *codes: str) -> None:
    async def said() -> bool:
        return bool((await centre.reasons(server) or set()) & set(codes))

    await centre.until(f"one of {codes}", said)


async def leap(centre: Centre, chance: random.Random) -> None:
    """Set the clock of a server that works."""
    server = chance.choice(centre.servers)
    async with server.busy:
        by = chance.choice(LEAPS)
        centre.tell(f"clock {by:+d} s")
        await server.hand.leap(by)
        # By the clock of the database it is seen first.
        await _leapt(centre, server, "clock-jumped", "clock-skew")

        async def counted() -> bool:
            return "clock-jumped" in await centre.conditions(server)

        await centre.until("clock-jumped in the figures", counted)
        await centre.alarm("clock-jumped", raised=True, server=server)
        await centre.more(1)
        await server.hand.leap(0)
        await centre.alarm("clock-jumped", raised=False, server=server)
        await centre.ready(server)


async def start_by_a_wrong_clock(centre: Centre, chance: random.Random) -> None:
    """Kill a server, set its clock, and start it: it does nothing by that clock, and goes on when it is right."""
    server = chance.choice(centre.servers)
    async with server.busy:
        by = chance.choice(LEAPS)
        centre.tell(f"start with a clock {by:+d} s")
        await server.kill()
        await server.hand.leap(by)
        await server.start()
        await _leapt(centre, server, "clock-skew")
        await server.hand.leap(0)
        await centre.ready(server)


async def kill_server(centre: Centre, chance: random.Random) -> None:
    """Kill a server: kiosks go on without it, and staff at the other one."""
    server = chance.choice(centre.servers)
    async with server.busy:
        centre.tell("server killed")
        await server.kill()
        await centre.more(chance.randrange(3))
        await server.start()
        await centre.ready(server)


async def damage_server(centre: Centre, chance: random.Random) -> None:
    """Damage a file of the servers while one of them is down: it says which, and comes back when that is mended."""
    server, data = chance.choice(centre.servers), centre.installation.data
    # Both servers have this folder: the other one must not start meanwhile.
    async with centre.servers[0].busy, centre.servers[1].busy:
        name = chance.choice(("settings.toml", "keys/signing.key", "witness.json"))
        centre.tell(f"{name} of a server garbled")
        await server.kill()
        aside = centre.folder / "aside"
        await asyncio.to_thread(shutil.copy2, data / name, aside)
        await asyncio.to_thread(damage, data / name, "garbled")
        if name != "witness.json":
            with contextlib.suppress(ServerError):
                await server.start()
                raise AssertionError(f"a server started with a garbled {name}")
            assert {"settings.toml": "settings", "keys/signing.key": "keys-damaged"}[name] in server.process.said()
            await asyncio.to_thread(shutil.copy2, aside, data / name)
        await server.start()
        await centre.ready(server)


async def fill_server(centre: Centre, chance: random.Random) -> None:
    """Fill the disk on which the servers have their folder."""
    async with centre.servers[0].busy, centre.servers[1].busy:
        centre.tell("disk of the servers full")
        junk = await asyncio.to_thread(fill, centre.server_disk, chance.choice((0, 512)))
        for server in centre.servers:

            async def counted(server: Server = server) -> bool:
                return "disk-low" in await centre.conditions(server)

            await centre.until("disk-low in the figures", counted)
            await centre.alarm("disk-low", raised=True, server=server)
        await centre.more(1)
        await asyncio.to_thread(junk.unlink)
        for server in centre.servers:
            await centre.alarm("disk-low", raised=False, server=server)


# --- the database ---------------------------------------------------------------------------------------------------


async def _somebody_says(centre: Centre, code: str) -> None:
    async def said() -> bool:
        found = [await centre.reasons(server) for server in centre.servers]
        return any(code in (reasons or ()) for reasons in found)

    await centre.until(f"{code} of a server", said)


async def fill_database(centre: Centre, chance: random.Random) -> None:
    """Fill the disk of the database."""
    del chance
    async with centre.busy:
        centre.tell("disk of the database full")
        junk = await asyncio.to_thread(fill, centre.database_disk)
        await _somebody_says(centre, "database-full")
        await asyncio.to_thread(junk.unlink)
        for server in centre.servers:
            if server.process.url is not None:
                await centre.ready(server)


async def kill_database(centre: Centre, chance: random.Random) -> None:
    """Kill PostgreSQL, or only cut off everybody."""
    async with centre.busy:
        if chance.random() < 0.5:
            centre.tell("connections to the database cut")
            await asyncio.to_thread(centre.postgres.cut_connections, centre.database)
        else:
            centre.tell("database killed")
            await asyncio.to_thread(centre.postgres.kill)
            try:
                await _somebody_says(centre, "database-unavailable")
            finally:
                await asyncio.to_thread(centre.postgres.start)
        for server in centre.servers:
            if server.process.url is not None:
                await centre.ready(server)


# --- kiosks ---------------------------------------------------------------------------------------------------------


async def _settled(centre: Centre, machine: Machine) -> None:
    """Let nobody begin at a kiosk, and wait until nobody is there and all is told."""
    machine.open.clear()

    async def still() -> bool:
        return machine.empty.is_set() and machine.page == "language" and await machine.told()

    await centre.until(f"{machine.name} empty", still)


async def _gives_tickets(centre: Centre, machine: Machine) -> None:
    machine.open.set()
    before = len(machine.shown)

    async def given() -> bool:
        return len(machine.shown) > before

    await centre.until(f"a ticket of {machine.name}", given)


async def kill_kiosk(centre: Centre, chance: random.Random) -> None:
    """Kill a kiosk in the middle of anything; now and then it stays away until managers miss it."""
    machine = chance.choice(centre.machines)
    async with machine.busy:
        long = chance.random() < 0.5
        centre.tell(f"{machine.name} killed{' for long' * long}")
        await machine.kill()
        if long:
            await centre.alarm(f"not_heard-{machine.device}", raised=True)
        await machine.start()
        await centre.alarm(f"not_heard-{machine.device}", raised=False)
        await _gives_tickets(centre, machine)


async def damage_kiosk(centre: Centre, chance: random.Random) -> None:
    """Kill a kiosk that has told all, and damage one of its files."""
    machine = chance.choice(centre.machines)
    async with machine.busy:
        name, how = chance.choice(DAMAGES)
        centre.tell(f"{name} of {machine.name}: {how}")
        await _settled(centre, machine)
        await machine.kill()
        await machine.note()
        await asyncio.to_thread(damage, machine.data / name, how)
        if name == "outbox.sqlite":
            for ending in ("-wal", "-shm"):
                (machine.data / f"{name}{ending}").unlink(missing_ok=True)
        await machine.start()
        await _gives_tickets(centre, machine)


async def fill_kiosk(centre: Centre, chance: random.Random) -> None:
    """Fill the disk of a kiosk: it gives nothing that it cannot keep, and comes back."""
    machine = chance.choice(centre.machines)
    async with machine.busy:
        centre.tell(f"disk of {machine.name} full")
        before = machine.unavailable
        junk = await asyncio.to_thread(fill, machine.data.parent)

        async def stopped() -> bool:
            return machine.unavailable > before

        # Managers hear of it by the part of the device that has no room.
        await centre.alarm(f"part-{machine.device}-disk", raised=True)
        await centre.until(f"{machine.name} out of room", stopped)
        await asyncio.to_thread(junk.unlink)
        await centre.alarm(f"part-{machine.device}-disk", raised=False)
        await _gives_tickets(centre, machine)


async def copy_kiosk(centre: Centre, chance: random.Random) -> None:
    """Copy the disk of a kiosk to a second machine: both stop, managers decide, the other is taken away."""
    machine = chance.choice(centre.machines)
    async with machine.busy:
        centre.tell(f"{machine.name} copied")
        await _settled(centre, machine)
        number = len(list(centre.folder.glob("copy-*")))
        twin = await centre.stack.enter_async_context(
            a_machine(centre.folder / f"copy-{number}", machine.name, machine.front, machine.environment, pays=False)
        )
        centre.twins.append(twin)
        await asyncio.to_thread(shutil.copytree, machine.data, twin.data)
        twin.kept = machine.kept
        await twin.start()
        watching = asyncio.create_task(_look(twin))
        machine.open.set()
        try:

            async def both_rest() -> bool:
                return machine.page == twin.page == "closed"

            await centre.until(f"both of {machine.name} at rest", both_rest)
            await centre.alarm(f"copied-{machine.device}", raised=True)
            stays = chance.choice((machine, twin))
            await _keep(centre, machine, stays)
            await centre.alarm(f"copied-{machine.device}", raised=False)

            async def goes_on() -> bool:
                return stays.page == "language"

            machine.open.clear()
            await centre.until(f"{machine.name} going on", goes_on)

            async def told() -> bool:
                return await machine.told() and await twin.told()

            await centre.until(f"all told by both of {machine.name}", told)
        finally:
            watching.cancel()
        await twin.kill()
        if stays is twin:
            # The printer and the terminal are put to the machine that stays.
            await machine.kill()
            machine.data = twin.data
            await machine.start()
        await _gives_tickets(centre, machine)


async def _look(machine: Machine) -> None:
    """Keep up what a machine shows at which nobody stands."""
    while True:
        with contextlib.suppress(OSError, ValueError, TimeoutError):
            await machine.look()
        await asyncio.sleep(0.1)


async def _keep(centre: Centre, machine: Machine, stays: Machine) -> None:
    """Say at the manager's page which of the two machines goes on: by the sign that it shows."""
    sign, pressed = str(stays.model["sign"]), False

    async def said() -> bool:
        nonlocal pressed
        found = await centre.devices()
        starts = next((one["machines"] for one in found if one["id"] == machine.device), None)
        if pressed and starts == []:
            # The answer was lost, and the choice was not.
            return True
        wanted = [start for start in starts or () if start[:4].upper() == sign]
        pressed = pressed or bool(wanted)
        return bool(wanted) and await centre.keep(machine.device, wanted[0])

    await centre.until(f"the choice of {sign}", said)


# --- strangers ------------------------------------------------------------------------------------------------------


async def guess(centre: Centre, chance: random.Random) -> None:
    """Guess passwords of staff from many addresses, until managers see who is kept out; one of them lets them in."""
    centre.tell("passwords guessed")
    guessing = True

    async def stranger(number: int) -> None:
        connector = aiohttp.TCPConnector(local_addr=(f"127.0.1.{number + 1}", 0))
        browser = Browser([one.process for one in centre.servers], LATECOMER, "wrong", chance, connector)
        try:
            while guessing:
                with contextlib.suppress(*LOST):
                    browser.login = chance.choice((*[LATECOMER] * 6, *COUNTER_STAFF, MANAGER))
                    await browser.sign_in()
                await asyncio.sleep(0.2)
        finally:
            await browser.close()

    async with asyncio.TaskGroup() as group:
        for number in range(8):
            group.create_task(stranger(number))
        try:
            await centre.until("somebody kept out", lambda: _is(centre, kept_out=True))
            await centre.until("somebody let in", lambda: centre.admit(LATECOMER))
            await centre.until("a new browser let in", lambda: _new_browser(centre, chance))
        finally:
            guessing = False
    await centre.until("nobody kept out", lambda: _is(centre, kept_out=False))


async def _is(centre: Centre, *, kept_out: bool) -> bool:
    return await centre.kept_out(LATECOMER) is kept_out


async def _new_browser(centre: Centre, chance: random.Random) -> bool:
    """Sign in at a browser that nobody knows, at an address of its own."""
    connector = aiohttp.TCPConnector(local_addr=(f"127.0.3.{chance.randrange(1, 250)}", 0))
    servers = [one.process for one in centre.servers]
    browser = Browser(servers, LATECOMER, centre.passwords[LATECOMER], chance, connector)
    try:
        return await browser.sign_in() == HTTPStatus.SEE_OTHER
    except LOST:
        return False
    finally:
        await browser.close()


async def crowd(centre: Centre, chance: random.Random) -> None:
    """Open as many connections as one address may have, and more, from several addresses; others are served."""
    server = chance.choice(centre.servers)
    async with server.busy:
        centre.tell("connections taken")
        host, port = "127.0.0.1", int(server.url.rpartition(":")[2])
        with contextlib.ExitStack() as stack:

            def connect() -> int:
                shut = 0
                for number in range(4):
                    source = (f"127.0.2.{number + 1}", 0)
                    made = [
                        stack.enter_context(socket.create_connection((host, port), 60, source))
                        for _ in range(CONNECTIONS + 4)
                    ]
                    for one in made[-4:]:
                        try:
                            shut += one.recv(1) == b""
                        except ConnectionError:
                            shut += 1
                return shut

            assert await asyncio.to_thread(connect) == 16
            await centre.ready(server)
            await centre.more(1)
    assert "too-many-connections" in await asyncio.to_thread(server.log.read_text, "utf-8", "replace")


ALL: dict[str, Mischief] = {
    one.__name__: one
    for one in (
        leap,
        start_by_a_wrong_clock,
        kill_server,
        damage_server,
        fill_server,
        fill_database,
        kill_database,
        kill_kiosk,
        damage_kiosk,
        fill_kiosk,
        copy_kiosk,
        guess,
        crowd,
    )
}
