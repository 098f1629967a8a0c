"""Two managers reopen, at the command line, a day that a wrong clock has ended; the server that runs follows."""

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from queue_server.cli import app
from queue_server.domain.values import HOUR, Micros, now_micros
from tests.queue_server.house import TICKET, house

MANAGERS = ("ana.silva", "ben.okafor")
PATIENCE_S = 60


def command(data: Path, *arguments: str, status: int = 0) -> str:
    ran = CliRunner().invoke(app, [*arguments, "--data", str(data)])
    assert ran.exit_code == status, ran.output
    return ran.output.strip().splitlines()[-1]


def reopen(data: Path, day: str, one: str, other: str, *passwords: str, status: int = 0) -> str:
    names = ("--asked-by", one, "--confirmed-by", other)
    typed = ("--asked-password", passwords[0], "--confirmed-password", passwords[1])
    return command(data, "day", "reopen", "demo", day, *names, *typed, status=status)


async def test_two_managers_reopen_a_day(data: Path) -> None:
    def staff(login: str, role: str) -> str:
        return command(data, "staff", "add", login, "--name", login, "--centre", "demo", "--role", role)

    passwords = [await asyncio.to_thread(staff, login, "manager") for login in MANAGERS]
    clerk = await asyncio.to_thread(staff, "cem.aydin", "counter")
    ahead = 0
    async with house(data, clock=lambda: Micros(now_micros() + ahead)) as here:
        manager = await here.manager()
        first = await manager.post("/centres/demo/visits", TICKET)
        day = first.body["cursor"].partition(":")[0]
        ahead = 24 * HOUR
        second = await manager.post("/centres/demo/visits", TICKET)
        assert second.body["cursor"].partition(":")[0] > day
        ahead = 0
        # One alone, with both names or with a colleague who is no manager, does not.
        await asyncio.to_thread(reopen, data, day, MANAGERS[0], MANAGERS[0], *passwords, status=2)
        await asyncio.to_thread(reopen, data, day, *MANAGERS, passwords[0], passwords[0], status=1)
        await asyncio.to_thread(reopen, data, day, MANAGERS[0], "cem.aydin", passwords[0], clerk, status=1)
        await asyncio.to_thread(reopen, data, "2001-01-01", *MANAGERS, *passwords, status=1)
        assert (await manager.get("/centres/demo/queue")).body["cursor"].partition(":")[0] > day
        await asyncio.to_thread(reopen, data, day, *MANAGERS, *passwords)
        async with asyncio.timeout(PATIENCE_S):
            while (queue := await manager.get("/centres/demo/queue")).body["cursor"].partition(":")[0] != day:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        waiting = {visit["id"] for visit in queue.body["queue"]["visits"]}
        assert waiting == {first.body["visit"]["id"], second.body["visit"]["id"]}
        third = await manager.post("/centres/demo/visits", TICKET)
        assert third.body["cursor"].partition(":")[0] == day
    assert '"ok":true' in await asyncio.to_thread(command, data, "verify", "--json")
