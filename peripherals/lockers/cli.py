"""``peripherals lockers``: the agent of a bank of lockers, and the commissioning of its wiring."""

import asyncio
import json
import os
import secrets
import signal
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer
from aiohttp import web

from peripherals.command_line import CommandLine
from peripherals.device import open_device
from peripherals.errors import LockerSettingsError, PeripheralError, UrlInvalidError, WiringInvalidError
from peripherals.lockers.agent import settings as agent_settings
from peripherals.lockers.agent.agent import LockerAgent
from peripherals.lockers.agent.app import LockerApp
from peripherals.lockers.agent.journal import Journal
from peripherals.lockers.agent.settings import Settings
from peripherals.lockers.bank import BoardBank
from peripherals.lockers.commissioning import Commissioning, WiringPlan
from peripherals.lockers.port import LockerBank
from peripherals.lockers.wiring import MAX_LOCKS, BoardWiring, Wiring
from peripherals.lockers.wiring import save as save_wiring

lockers = CommandLine(no_args_is_help=True, help="Banks of lockers.")

#: Loopback alone.
HOST = "127.0.0.1"
TOKEN = "token"  # noqa: S105 - the name of its file
_TOKEN_BYTES = 32
_IDLE_S, _END_S, _BACKLOG = 15.0, 1.0, 16

Data = Annotated[
    Path, typer.Option(help="Folder for journal and token; nobody else may read it.", envvar="CONSULAR_DATA")
]
SettingsFile = Annotated[Path, typer.Option("--settings", help="Settings of the agent, TOML.")]


@lockers.command()
def serve(data: Data, settings: SettingsFile) -> None:
    """Hold a bank of lockers: open a door on an order that the server has signed, and on nothing else.

    Listens on 127.0.0.1 alone. Prints one line of JSON when it does, with the file of the token that programs of this
    machine have to show; its log goes to standard error. SIGTERM ends it in good order; all doors stay shut.
    """
    try:
        read = agent_settings.load(settings)
        device = open_device(read.devices.lockers)
        if not isinstance(device, LockerBank):
            raise LockerSettingsError(section="devices", key="lockers", wanted="the address of a bank of lockers")
        with Journal(data) as journal:
            token = _token(data / TOKEN)
            agent = LockerAgent(device, journal, str(read.agent.bank), read.key, read.times)
            asyncio.run(_serve(agent, read, token, data))
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders})
        raise typer.Exit(2) from error


async def _serve(agent: LockerAgent, settings: Settings, token: str, data: Path) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    app = LockerApp(agent, settings.agent, token).application()
    runner = web.AppRunner(
        app, access_log=None, handler_cancellation=True, keepalive_timeout=_IDLE_S, shutdown_timeout=_END_S
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, settings.agent.port, backlog=_BACKLOG).start()
    except OSError as error:
        await runner.cleanup()
        raise LockerSettingsError(section="agent", key="port", wanted="a port that nobody else has") from error
    working = asyncio.create_task(agent.run())
    waiting = asyncio.create_task(ended.wait())
    ready = asyncio.create_task(agent.ready.wait())
    try:
        await asyncio.wait({working, waiting, ready}, return_when=asyncio.FIRST_COMPLETED)
        address = f"http://{HOST}:{settings.agent.port}"
        if ready.done():
            _print({"ready": "lockers", "address": address, "token": str((data / TOKEN).absolute())})
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await runner.cleanup()
        for task in (waiting, working, ready):
            task.cancel()
        await asyncio.wait({working, waiting, ready})
    if not working.cancelled():
        working.result()


@lockers.command()
def commission(
    device: Annotated[str, typer.Option(help="Address of the bank, without a wiring.")],
    board: Annotated[list[int], typer.Option(help="Address of a board; may be given again.")],
    out: Annotated[Path, typer.Option(help="The wiring file that is written.")],
    locks: Annotated[int, typer.Option(help="Locks of each board.", min=1, max=MAX_LOCKS)] = 16,
    inputs: Annotated[int, typer.Option(help="Inputs of each board (Modbus), where more.", min=0, max=MAX_LOCKS)] = 0,
    *,
    sensors: Annotated[bool, typer.Option(help="Compartments have a sensor inside.")] = False,
    first_lock: Annotated[int | None, typer.Option(help="What a board calls its first lock.", min=0, max=1)] = None,
    first_input: Annotated[int | None, typer.Option(help="And its first input (Modbus).", min=0, max=1)] = None,
    pulse_ms: Annotated[int, typer.Option(help="How long a lock gets current (Modbus).", min=50, max=5000)] = 500,
    replace: Annotated[bool, typer.Option(help="Write over a wiring that is there.")] = False,
) -> None:
    """Find out how a bank of lockers is wired: open each door, ask which it was, watch the inputs, write the file.

    Somebody stands before the cabinet. Nothing may lie in it.
    """
    settings = BoardWiring(first_lock=first_lock, first_input=first_input, pulse_ms=pulse_ms)  # type: ignore[arg-type]
    plan = WiringPlan(tuple(dict.fromkeys(board)), locks, inputs, sensors, settings)
    try:
        if out.exists() and not replace:
            raise WiringInvalidError(section="", key=out.name, wanted="a file that is not there yet, or --replace")
        with tempfile.TemporaryDirectory(prefix="wiring-") as folder:
            file = Path(folder) / "wiring.toml"
            save_wiring(file, plan.provisional())
            bank = open_device(f"{device}{'&' if '?' in device else '?'}wiring={quote(str(file))}")
            if not isinstance(bank, BoardBank):
                raise UrlInvalidError(part="scheme", value=device)
            wiring = asyncio.run(_commission(bank, plan))
        save_wiring(out, wiring)
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders})
        raise typer.Exit(2) from error
    except EOFError:
        print("Ended; nothing was written.")
        raise typer.Exit(1) from None
    print(f"{out}: {len(wiring.compartment)} compartments.")


async def _commission(bank: BoardBank[Any], plan: WiringPlan) -> Wiring:
    async def ask(question: str) -> str:
        # ``input`` asks on standard error where it is at a terminal.
        print(question, end="", flush=True)
        line: str = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            raise EOFError
        return line.strip()

    async with bank:
        return await Commissioning(bank, plan, ask, print).run()


def _token(path: Path) -> str:
    """Give the token of this folder, and make it where there is none.

    Raises:
        LockerSettingsError: it cannot be read or made, or others can read it.
    """
    try:
        if not path.exists():
            fresh = path.with_name(f"{path.name}.new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 - a descriptor has no path
                os.fchmod(descriptor, 0o600)
                file.write(secrets.token_urlsafe(_TOKEN_BYTES))
                file.flush()
                os.fsync(descriptor)
            fresh.replace(path)
        if path.stat().st_mode & 0o077:
            raise LockerSettingsError(section="", key=TOKEN, wanted="mode 0600: others could read it")
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise LockerSettingsError(section="", key=TOKEN, wanted=str(error)) from error


def _print(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)
