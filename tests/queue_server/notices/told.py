"""What the tests of notices have in common: a centre whose people want to be told, and time that passes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from queue_server.accounts.model import Role
from queue_server.custody.settings import CustodyRules
from queue_server.database.settings import DatabaseSettings
from queue_server.domain.values import HOUR, Micros, now_micros
from queue_server.notices.settings import MailSettings, NoticeRules
from tests.queue_server.house import QUICK, Client, House, house

CUSTODY = "/centres/demo/custody"
NOTIFICATIONS = "/centres/demo/notifications"
ADDRESS = "amina.example@example.org"
CONTACT = {"language": "en", "email": ADDRESS}
#: Everything that is waited for comes soon.
RULES = NoticeRules(poll_s=0.03, retry_s=0.05, max_retry_s=0.2, attempt_s=60, hour=0)
CUSTODY_RULES = CustodyRules(poll_s=0.03)
#: However slow a machine is on which two servers of one database write at once.
PATIENT = DatabaseSettings(connect_timeout_ms=60_000, command_timeout_ms=60_000, patience_ms=60_000)
DAY = 24 * HOUR


def mail_settings(port: int, **more: Any) -> MailSettings:
    """Name the mail server of the tests."""
    wanted: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender": "centre@demo.example",
        "timeout_s": 30.0,
    }
    return MailSettings(**(wanted | more))


class Calendar:
    """The clock of a server, which can be set ahead by days."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> Micros:
        return Micros(now_micros() + self.ahead)

    def pass_days(self, days: float) -> None:
        self.ahead += round(days * DAY)


@asynccontextmanager
async def centre(
    data: Path, *sections: Any, clock: Callable[[], Micros] = now_micros, url: str | None = None
) -> AsyncIterator[House]:
    """Run a server with these sections of settings."""
    async with house(data, QUICK.but(RULES, CUSTODY_RULES, PATIENT, *sections), clock=clock, url=url) as here:
        yield here


async def clerk_of(here: House) -> Client:
    """Sign somebody in who works with documents, at no counter: sessions end when the clock is set ahead."""
    return (await here.staff(Role.MANAGER, None))[0]


async def handed_in(client: Client, **more: Any) -> dict[str, Any]:
    """Hand something in."""
    body = {"kind": "passport", "government": "UTO", "contact": CONTACT} | more
    answer = await client.post(f"{CUSTODY}/items", body)
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body["item"]
    return found


async def does(client: Client, item: dict[str, Any], verb: str, body: object = None) -> dict[str, Any]:
    answer = await client.post(f"{CUSTODY}/items/{item['id']}/{verb}", body)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body["item"]
    return found


async def made_ready(client: Client, **more: Any) -> dict[str, Any]:
    return await does(client, await handed_in(client, **more), "ready")


async def told(client: Client, item: dict[str, Any]) -> list[tuple[str, str]]:
    """List of what somebody was told of an item, and how far that is."""
    answer = await client.get(f"{CUSTODY}/items/{item['id']}/contact")
    assert answer.status == 200, answer
    return [(one["kind"], one["state"]) for one in answer.body["notifications"]]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - the server looks by itself
            await asyncio.sleep(0.01)


async def until_told(client: Client, item: dict[str, Any], *wanted: tuple[str, str]) -> None:
    async def are() -> bool:
        return await told(client, item) == list(wanted)

    await until_so(are)


async def until_so(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - it is asked for over HTTP
            await asyncio.sleep(0.02)
