"""``kiosk run``, ``kiosk enrol`` and ``kiosk pin``.

Each command imports what it needs when it runs: asking for help loads neither Qt nor a driver.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from peripherals.command_line import CommandLine

app = CommandLine(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Data = Annotated[Path, typer.Option(envvar="CONSULAR_DATA", help="Folder of this kiosk; made where it is missing.")]
File = Annotated[Path | None, typer.Option("--settings", help="Settings, TOML; kiosk/settings.py describes them.")]
Authority = Annotated[Path | None, typer.Option(help="Certificate of the centre's own authority (PEM).")]


@app.command("enrol")
def enrol_command(
    code: Annotated[str, typer.Option(help="Eight digits, from queue-server enrol-code.")],
    server: Annotated[str, typer.Option(help="Address of the queue server: scheme, host and port.")],
    data: Data,
    settings: File = None,
    ca: Authority = None,
) -> None:
    """Make this machine a kiosk of a centre."""
    from kiosk import start  # noqa: PLC0415 - see above

    identity = start.enrol_machine(data, settings, server, code, ca)
    typer.echo(f"{identity.name} of {identity.centre}")


@app.command("pin")
def pin_command(data: Data) -> None:
    """Set the PIN of the technician's page: six digits, asked for, or read from standard input."""
    from kiosk import start  # noqa: PLC0415 - see above

    start.set_pin(data, _ask_pin() if sys.stdin.isatty() else sys.stdin.readline(64).strip())
    typer.echo("kept")


def _ask_pin() -> str:
    return str(typer.prompt("PIN, six digits", hide_input=True, confirmation_prompt=True))


@app.command()
def run(
    data: Data,
    server: Annotated[str, typer.Option(help="Address of the queue server, where it is not enrolled yet.")] = "",
    printer: Annotated[str, typer.Option(help="Address of the printer, such as escpos+tcp://10.0.0.7:9100.")] = "",
    reader: Annotated[str, typer.Option(help="Address of the reader, such as mrz+serial:///dev/ttyACM0.")] = "",
    settings: File = None,
    *,
    chip: Annotated[str, typer.Option(help="Address of the reader of chips, such as emrtd+pcsc:///ACR1252.")] = "",
    scanner: Annotated[str, typer.Option(help="Address of the scanner, such as scanner+serial:///dev/ttyACM1.")] = "",
    terminal: Annotated[str, typer.Option(help="Address of the card terminal, such as zvt+tcp://10.0.0.8:20007.")] = "",
    code: Annotated[str, typer.Option(help="Eight digits to enrol with, where it is not enrolled yet.")] = "",
    ca: Authority = None,
    enrol: Annotated[str, typer.Option(help="Text to enrol with, or its file, where it is not enrolled yet.")] = "",
    fullscreen: Annotated[bool, typer.Option(help="Take the whole screen.")] = False,
    remote: Annotated[Path | None, typer.Option(help="Debugging only, off in use: socket that drives it.")] = None,
) -> None:
    """Run the kiosk until it is told to end; with a code it is enrolled first, where it is not yet."""
    from queue_server.contract import process_memory  # noqa: PLC0415 - see above

    # It begins this program again: before anything is imported for it.
    process_memory.wipe_freed_memory()
    from kiosk import start  # noqa: PLC0415 - see above
    from queue_server.contract.authority_fetch import EnrolmentMeans  # noqa: PLC0415 - see above

    given = {"printer": printer, "reader": reader, "chip": chip, "scanner": scanner, "terminal": terminal}
    raise typer.Exit(
        start.run(
            data, settings, given, means=EnrolmentMeans(server, code, ca, enrol), remote=remote, fullscreen=fullscreen
        )
    )
