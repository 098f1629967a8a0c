"""Kill -9 of a server between a mail server's taking a letter and the note of it: said again, under the same name."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from queue_server.accounts.model import Role
from tests.faults.server_process import Installation
from tests.queue_server.notices.mail_server import mail_server
from tests.queue_server.notices.told import does, handed_in, told, until_told
from tests.queue_server.vault.premises import Premises

SETTINGS = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "centre@demo.example"

[notices]
poll_s = 0.05
retry_s = 0.05
attempt_s = 15
"""


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: the server is another process."""


async def test_a_server_that_dies_before_it_has_noted_a_letter_says_it_again_and_another_one_once(
    tmp_path: Path,
) -> None:
    installation = Installation(tmp_path / "data")
    await installation.init()
    async with mail_server() as mail, aiohttp.ClientSession() as http:
        (installation.data / "settings.toml").write_text(SETTINGS.format(port=mail.port))
        server = installation.server()
        await server.start()
        taken, go_on = asyncio.Event(), asyncio.Event()

        async def hold_back() -> None:
            taken.set()
            await go_on.wait()

        try:
            premises = Premises(installation, http)
            clerk = await premises.staff(Role.MANAGER, "Somebody")
            noted = await does(clerk, await handed_in(clerk), "ready")
            await until_told(clerk, noted, ("item-ready", "sent"))
            mail.accepted = hold_back
            item = await does(clerk, await handed_in(clerk), "ready")
            async with asyncio.timeout(60):
                await taken.wait()
            assert await told(clerk, item) == [("item-ready", "waiting")]
            await server.kill()
            mail.accepted = None
            go_on.set()
            await server.start()
            premises = Premises(installation, http)
            clerk = await premises.staff(Role.MANAGER, "Somebody else")
            await until_told(clerk, item, ("item-ready", "sent"))
            again = [one for one in mail.letters if item["label"] in one.text]
            assert len(again) > 1
            assert len(set(mail.ids)) == 2
            assert len({one.content for one in again}) == 1
            assert await told(clerk, noted) == [("item-ready", "sent")]
        finally:
            go_on.set()
            if server.running:
                await server.stop()
    assert (await installation.verify())["ok"]
