"""``queue-server keys``: bring the keys of a server to a further one."""

import os
from pathlib import Path

import typer

from peripherals.command_line import CommandLine
from queue_server.command_line import Data, report_errors, write_secret
from queue_server.vault.keys import export_keys, import_keys

app = CommandLine(no_args_is_help=True, help="Bring the keys of a server to a further one.")

#: Holds the passphrase of exported keys, where it is not typed in.
PASSPHRASE = "CONSULAR_KEYS_PASSPHRASE"  # noqa: S105 - the name of a variable


def _passphrase(*, confirm: bool) -> str:
    found = os.environ.get(PASSPHRASE)
    return found or str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


@app.command("export")
def keys_export(file: Path, data: Data) -> None:
    """Write all keys into one file, sealed with a passphrase (typed in, or in CONSULAR_KEYS_PASSPHRASE)."""
    with report_errors():
        write_secret(file, export_keys(data, _passphrase(confirm=True)))
    print(f"written: {file}")


@app.command("import")
def keys_import(file: Path, data: Data) -> None:
    """Take over the keys of another server of the same database."""
    with report_errors():
        import_keys(data, file.read_bytes(), _passphrase(confirm=False))
    print(f"imported into {data}")
