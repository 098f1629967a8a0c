"""The agent and its line to the server, in one process, until a signal ends it or one of them cannot go on."""

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

from peripherals.lockers.agent import identity
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.identity import BankIdentity
from peripherals.lockers.agent.journal import Journal
from peripherals.lockers.agent.link import BankLink
from peripherals.lockers.agent.server_clock import ServerClock
from peripherals.lockers.agent.settings import Settings
from peripherals.lockers.agent.starts import BankStarts
from peripherals.lockers.port import LockerBank
from queue_server.contract import service_manager
from queue_server.contract.client import ApiClient
from queue_server.contract.client_route import DeviceRoute
from queue_server.contract.recent_log import RecentLog
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.starts import DeviceStart, sign

_log = structlog.get_logger(__name__)


async def serve(  # noqa: PLR0917 - what a bank is made of
    device: LockerBank,
    journal: Journal,
    known: BankIdentity,
    data: Path,
    route: DeviceRoute,
    settings: Settings,
    log: RecentLog,
    ready: Callable[[dict[str, object]], None],
) -> None:
    """Hold the bank; ``ready`` hears when it has it. It ends where managers ask for a restart, too.

    ``data`` is the folder of the bank, ``log`` the end of its log.

    Raises:
        PeripheralError: bank or journal cannot be used.
    """
    clock = ServerClock()

    def on_copied(copied: bool) -> None:
        # By its sign a manager tells which of several machines stays.
        if copied:
            _log.error("device-copied", sign=sign(start.id))
        else:
            _log.info("device-is-one", sign=sign(start.id))

    start = DeviceStart(known.device, known.centre, BankStarts(data), on_copied)
    await asyncio.to_thread(start.load)
    keys = known.keys(data)
    agent = LockerAgent(device, journal, known.device, keys, settings.times, clock=clock.now)

    def connect() -> ApiClient:
        return ApiClient(known.server, known.token, timeout=settings.link.request_s, start=start, route=route)

    # Ready means that it runs: a bank that is switched off is waited for, and the server hears that it is.
    async with service_manager.alive():
        commands = await asyncio.to_thread(RemoteCommands, data, log, write=identity.write)
        link = BankLink(agent, connect, start, clock, settings.link, keys=keys, commands=commands)
        await _run(agent, link, log, known.device, ready)


async def _run(
    agent: LockerAgent, link: BankLink, log: RecentLog, bank: str, ready: Callable[[dict[str, object]], None]
) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    working, linked = asyncio.create_task(agent.run()), asyncio.create_task(link.run())
    waiting, claimed = asyncio.create_task(ended.wait()), asyncio.create_task(agent.ready.wait())
    keeping = asyncio.create_task(log.task().run())
    try:
        await asyncio.wait({working, waiting, claimed}, return_when=asyncio.FIRST_COMPLETED)
        if claimed.done():
            ready({"ready": "lockers", "bank": bank})
        await asyncio.wait({working, linked, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        everything = {waiting, linked, working, claimed, keeping}
        for task in everything:
            task.cancel()
        await asyncio.wait(everything)
    for task in (working, linked):
        if not task.cancelled():
            task.result()
