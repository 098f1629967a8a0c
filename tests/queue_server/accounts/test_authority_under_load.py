"""Another authority takes the place of the first while kiosks issue tickets at two servers of one database."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import URL

from queue_server.contract.client import ApiClient, ProblemError, ServerUnreachableError
from queue_server.contract.client_errors import ServerUntrustedError
from queue_server.contract.visits import IssueRequest
from queue_server.domain.values import Category, new_id
from queue_server.framework.settings import HttpSettings
from tests.queue_server.accounts.test_authority_moves import WELL, command, enrolled, served, started, trusts, until
from tests.queue_server.secure_house import WATCHFUL, free_port, secure_house

KIOSKS = 4
#: Of each kiosk, before the next step may be done.
TICKETS = 5


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let commands block: each has a loop of its own, in a thread of its own."""


class BusyKiosk:
    """Issues a ticket after the other; every line is a new one, so that each asks anew whom it trusts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.codes: list[str] = []
        self.refused: list[str] = []
        self.untrusted = 0

    async def run(self) -> None:
        while True:
            async with started("kiosk", self.folder) as client:
                await self._issue(client)
                with suppress(ServerUnreachableError):
                    await client.report_status("demo", WELL)

    async def _issue(self, client: ApiClient) -> None:
        request = IssueRequest(("uto-passport-renewal",), Category.WALK_IN, "en")
        key = new_id()
        while True:
            try:
                answer = await client.issue("demo", request, key)
            except ServerUntrustedError:
                self.untrusted += 1
                await asyncio.sleep(0.01)
            except ServerUnreachableError:
                await asyncio.sleep(0.01)
            except ProblemError as problem:
                self.refused.append(problem.code)
                return
            else:
                self.codes.append(str(answer.visit.code))
                return


async def test_no_ticket_is_refused_while_the_authority_is_changed(
    shared: Path, shared_url: URL, tmp_path: Path
) -> None:
    url = shared_url.render_as_string(hide_password=False)
    (shared / "database.url").write_text(url)
    (shared / "database.url").chmod(0o600)
    ports = free_port(), free_port()
    addresses = tuple(f"https://127.0.0.1:{port}" for port in ports)
    settings = WATCHFUL.but(replace(WATCHFUL[HttpSettings], device_urls=addresses, connections=10_000))
    async with (
        secure_house(shared, settings, port=ports[0], url=url) as one,
        secure_house(shared, settings, port=ports[1], url=url) as other,
    ):
        houses = one, other
        kiosks = [
            BusyKiosk(await enrolled(houses[number % 2], "kiosk", tmp_path / f"kiosk-{number}"))
            for number in range(KIOSKS)
        ]
        running = [asyncio.create_task(kiosk.run()) for kiosk in kiosks]

        async def busy() -> None:
            """Let each kiosk issue some more."""
            wanted = [len(kiosk.codes) + TICKETS for kiosk in kiosks]

            async def issued() -> bool:
                assert not any(task.done() for task in running)
                return all(len(kiosk.codes) >= count for kiosk, count in zip(kiosks, wanted, strict=True))

            await until(issued)

        async def trusting(count: int) -> None:
            """Wait until both servers announce so many, all kiosks trust them, and have said so."""

            async def all_announce() -> bool:
                return all(len(house.server.authorities()) == count for house in houses)

            async def all_do() -> bool:
                said = await command(shared, "status")
                return all(len(trusts(kiosk.folder)) == count for kiosk in kiosks) and said.count("ready\t") == KIOSKS

            # One that does not yet would let them forget the next one again.
            await until(all_announce)
            await until(all_do)

        await busy()
        await command(shared, "prepare")
        await trusting(2)
        await busy()
        await command(shared, "switch")
        for house in houses:
            await served(house, shared / "tls" / "ca.pem")
        await busy()
        await command(shared, "finish")
        await trusting(1)
        await busy()
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        assert all(trusts(kiosk.folder) == trusts(shared / "tls") for kiosk in kiosks)
        assert [kiosk.refused for kiosk in kiosks] == [[]] * KIOSKS
        assert [kiosk.untrusted for kiosk in kiosks] == [0] * KIOSKS
        codes = [code for kiosk in kiosks for code in kiosk.codes]
        assert len(codes) == len(set(codes)) >= KIOSKS * TICKETS * 4
