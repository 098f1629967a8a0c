"""``peripherals nexo``: read what a terminal and a kiosk say to each other."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from peripherals.command_line import CommandLine
from peripherals.errors import PeripheralError, TerminalKeyError
from peripherals.payment.nexo.describe import describe
from peripherals.payment.nexo.envelope import DerivedKey, key_name, open_either
from peripherals.payment.nexo.link import read_private
from peripherals.payment.nexo.messages import LONGEST

nexo = CommandLine(no_args_is_help=True, help="Payment terminals that speak nexo.")


@nexo.callback()
def main() -> None:
    """Keep ``decrypt`` a command of its own beside those to come."""


@nexo.command("decrypt")
def decrypt(
    file: Annotated[Path, typer.Argument(help="An encrypted request or response, as JSON; - is standard input.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(help="With the passphrase alone, readable by you only.")
    ] = None,
    passphrase: Annotated[str | None, typer.Option(help="The passphrase; others on this machine can see it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="On one line.")] = False,
) -> None:
    """Open an envelope, check it, and print the message in it; numbers of cards are masked.

    Exit code 2: it was not made with this passphrase, was changed, or a file cannot be used.
    """
    if (passphrase_file is None) == (passphrase is None):
        raise typer.BadParameter("one of --passphrase-file and --passphrase", param_hint="--passphrase-file")
    try:
        secret = (passphrase or "").encode() if passphrase_file is None else read_private(passphrase_file)
        data = _read(file)
        key = DerivedKey.derive(secret.removesuffix(b"\n").removesuffix(b"\r"), *key_name(data))
        message = describe(open_either(data, key))
    except PeripheralError as error:
        print(json.dumps({"error": error.code, **error.placeholders}))
        raise typer.Exit(2) from error
    print(json.dumps(message, indent=None if as_json else 2))


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(LONGEST + 1)
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise TerminalKeyError(file="message", fault="missing") from error
