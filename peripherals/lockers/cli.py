"""``peripherals lockers``: the agent of a bank of lockers, and the commissioning of its wiring."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from peripherals.command_line import CommandLine
from peripherals.device import open_device
from peripherals.errors import LockerSettingsError, PeripheralError, UrlInvalidError, WiringInvalidError
from peripherals.lockers.agent import identity, running
from peripherals.lockers.agent import settings as agent_settings
from peripherals.lockers.agent.journal import Journal
from peripherals.lockers.bank import BoardBank
from peripherals.lockers.commissioning import Commissioning, WiringPlan
from peripherals.lockers.port import LockerBank
from peripherals.lockers.wiring import MAX_LOCKS, BoardWiring, Wiring
from peripherals.lockers.wiring import save as save_wiring
from queue_server.contract.recent_log import RecentLog

lockers = CommandLine(no_args_is_help=True, help="Banks of lockers.")

Data = Annotated[
    Path, typer.Option(help="Folder for identity and journal; nobody else may read it.", envvar="CONSULAR_DATA")
]
EnrolText = Annotated[
    str, typer.Option("--enrol", help="Text to enrol with, or its file, where it is not enrolled yet.")
]
SettingsFile = Annotated[Path, typer.Option("--settings", help="Settings of the agent, TOML.")]


@lockers.command()
def enrol(
    data: Data,
    code: Annotated[str, typer.Option(help="Eight digits, from queue-server enrol-code.")] = "",
    server: Annotated[str, typer.Option(help="Address of the queue server: scheme, host and port.")] = "",
    ca: Annotated[Path | None, typer.Option(help="Certificate of the centre's own authority (PEM).")] = None,
    enrol_with: EnrolText = "",
) -> None:
    """Make this machine the one that holds a bank of lockers of a centre: by one text, or by code and address."""
    if bool(enrol_with) == bool(code and server):
        raise typer.BadParameter("either --enrol, or --code and --server")
    try:
        known = identity.enrol(server, code, data, ca, enrol_with)
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders})
        raise typer.Exit(2) from error
    print(f"{known.name} of {known.centre}")


@lockers.command()
def serve(context: typer.Context, data: Data, settings: SettingsFile, enrol_with: EnrolText = "") -> None:
    """Hold a bank of lockers: open a door on an order that the server has signed, and on nothing else.

    Connects to the server that it was enrolled at; nobody connects to it. Prints one line of JSON when it has the bank;
    its log goes to standard error. SIGTERM ends it in good order; all doors stay shut.
    """
    recent = context.ensure_object(RecentLog)
    try:
        read = agent_settings.load(settings)
        device = open_device(read.devices.lockers)
        if not isinstance(device, LockerBank):
            raise LockerSettingsError(section="devices", key="lockers", wanted="the address of a bank of lockers")
        with Journal(data) as journal:
            known = identity.load_or_enrol(data, enrol_with)
            route = identity.route(known, data)
            recent.folder = data
            asyncio.run(running.serve(device, journal, known, data, route, read, recent, _print))
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders})
        raise typer.Exit(2) from error
    finally:
        recent.store()


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


def _print(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)
