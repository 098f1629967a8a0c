"""What a manager asks of a device that runs as its own program, and waiting for what becomes of it."""

import asyncio
from typing import Any, Final

from tests.queue_server.house import Client

PATH: Final = "/centres/demo/device-commands"


async def ask(manager: Client, device: str, kind: str) -> str:
    """Ask as soon as the device has said that it takes that."""
    async with asyncio.timeout(60):
        while (answer := await manager.post(f"/centres/demo/devices/{device}/commands", {"kind": kind})).status != 200:
            assert answer.code == "device-command-not-taken"
            await asyncio.sleep(0.05)
    ident: str = answer.body["commands"][0]["id"]
    return ident


async def becomes(manager: Client, ident: str, state: str) -> None:
    async with asyncio.timeout(60):
        while state not in [one["state"] for one in await commands(manager) if one["id"] == ident]:  # noqa: ASYNC110 - another program says it
            await asyncio.sleep(0.05)


async def commands(manager: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await manager.get(PATH)).body["commands"]
    return found


async def reports(manager: Client, count: int) -> None:
    """Wait until the only device has said so often how it is."""
    seen: set[str] = set()
    async with asyncio.timeout(60):
        while len(seen) <= count:
            [device] = (await manager.get("/centres/demo/devices")).body["devices"]
            seen.add(device["seen"])
            await asyncio.sleep(0.05)
