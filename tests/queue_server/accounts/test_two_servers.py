"""Two servers of one PostgreSQL: roles that are changed at the command line hold on both, for whoever is signed in."""

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

from queue_server.accounts.model import Role
from tests.queue_server.house import Client
from tests.queue_server.vault.test_two_servers import two_servers

COMMAND = str(Path(sys.executable).parent / "queue-server")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the servers are other processes."""


async def comes_to(client: Client, status: int) -> None:
    """Ask for what cashiers may see, until the answer is this one; the bound is patience alone."""
    async with asyncio.timeout(60):
        while (await client.get("/centres/demo/payments")).status != status:  # noqa: ASYNC110 - the server looks by itself
            await asyncio.sleep(0.05)


@pytest.mark.timeout(180)
async def test_a_role_is_given_and_taken_on_every_server(postgres_url: URL, tmp_path: Path) -> None:
    url = postgres_url.render_as_string(hide_password=False)
    async with two_servers(url, tmp_path) as (first, second):
        client = await first.staff(Role.RECEPTION, "Noor Haddad", "noor.haddad")
        other = Client(second.http, second.address, client.headers | {"Origin": second.address})

        async def roles(*said: str) -> None:
            data = ("--data", str(first.installation.data), "--database", url)
            words = ("staff", "roles", "noor.haddad", "--centre", "demo", *said, *data)
            assert await (await asyncio.create_subprocess_exec(COMMAND, *words)).wait() == 0

        both = (client, other)
        await asyncio.gather(*(comes_to(one, 403) for one in both))
        for said, status in ((("--role", "cashier"), 200), (("--role", "reception"), 403), (("--none",), 401)):
            await roles(*said)
            await asyncio.gather(*(comes_to(one, status) for one in both))
