"""``peripherals serve``, the program beside a browser of staff, and ``peripherals desk``, which pairs browsers."""

import asyncio
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import structlog
import typer
from aiohttp import web

from peripherals.command_line import CommandLine
from peripherals.errors import DeskSettingsError, PeripheralError
from peripherals.serve.app import VERSION, DeskAgent
from peripherals.serve.pairing import Pairings
from peripherals.serve.settings import DeskSettings, load
from queue_server.contract import process_memory, service_manager

desk = CommandLine(no_args_is_help=True, help="Browsers that are paired with the program beside them.")

#: Loopback of IPv4 alone: a page's policy can name no address of IPv6 (CSP Level 3, 2.3.1).
HOST = "127.0.0.1"
_IDLE_S, _END_S, _BACKLOG = 15.0, 1.0, 16

Data = Annotated[Path, typer.Option(help="Folder for the pairings; nobody else may read it.", envvar="CONSULAR_DATA")]
SettingsFile = Annotated[Path, typer.Option("--settings", help="Settings of the desk, TOML.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

_log = structlog.get_logger(__name__)


def serve(data: Data, settings: SettingsFile) -> None:
    """Give the pages of staff on this computer its reader, scanner and printer, on 127.0.0.1 alone.

    Prints one line of JSON when it listens; its log goes to standard error. SIGTERM ends it in good order.
    """
    process_memory.wipe_freed_memory()
    process_memory.close_memory()
    try:
        read = load(settings)
        agent = DeskAgent(read, Pairings(data, read.agent))
        asyncio.run(_serve(agent, read))
    except PeripheralError as error:
        raise _unusable(error) from error


@desk.command()
def pair(data: Data, settings: SettingsFile, as_json: AsJson = False) -> None:
    """Make a code for pairing a browser; it works once, for minutes. The last line is the code."""
    try:
        read = load(settings).agent
        code = Pairings(data, read).offer(time.time())
    except PeripheralError as error:
        raise _unusable(error) from error
    if as_json:
        _print({"code": code, "seconds": read.code_s})
        return
    print(f"Type this code on the page within {read.code_s // 60 or 1} minutes (Reader, Pair this browser):")
    print(code)


@desk.command("list")
def list_pairings(data: Data, settings: SettingsFile) -> None:
    """List the browsers that are paired, a JSON object a line."""
    try:
        for one in Pairings(data, load(settings).agent).all():
            made = datetime.fromtimestamp(one.made_at, UTC).isoformat(timespec="seconds")
            _print({"pairing": one.id, "browser": one.name, "server": one.origin, "since": made})
    except PeripheralError as error:
        raise _unusable(error) from error


@desk.command()
def revoke(
    data: Data,
    settings: SettingsFile,
    pairing: Annotated[str | None, typer.Argument(help="Which, as list names it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them, and a code that is waited for.")] = False,
) -> None:
    """End a pairing; its page hears of it within seconds. Exit code 1: there is none."""
    if everything == (pairing is not None):
        raise typer.BadParameter("one of the two", param_hint="PAIRING, --all")
    try:
        ended = Pairings(data, load(settings).agent).revoke(pairing)
    except PeripheralError as error:
        raise _unusable(error) from error
    _print({"revoked": ended})
    raise typer.Exit(0 if ended or everything else 1)


async def _serve(agent: DeskAgent, settings: DeskSettings) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    # A page that goes ends what it has asked for.
    runner = web.AppRunner(
        agent.application(),
        access_log=None,
        handler_cancellation=True,
        keepalive_timeout=_IDLE_S,
        shutdown_timeout=_END_S,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, settings.agent.port, backlog=_BACKLOG).start()
    except OSError as error:
        await runner.cleanup()
        raise DeskSettingsError(section="agent", key="port", wanted="a port that nobody else has") from error
    working = asyncio.create_task(agent.run())
    waiting = asyncio.create_task(ended.wait())
    try:
        _print({"ready": "desk", "address": f"http://{HOST}:{settings.agent.port}", "version": VERSION})
        async with service_manager.alive():
            await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        # Lines first: a page is told that the program has gone, and not that its devices have.
        await runner.cleanup()
        waiting.cancel()
        working.cancel()
        await asyncio.wait({working, waiting})
    if not working.cancelled():
        working.result()


def _print(answer: dict[str, object]) -> None:
    print(msgspec.json.encode(answer).decode(), flush=True)


def _unusable(error: PeripheralError) -> typer.Exit:
    _print({"error": error.code, **error.placeholders})
    return typer.Exit(2)
