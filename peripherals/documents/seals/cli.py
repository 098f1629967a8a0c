"""``peripherals seal``: visible digital seals."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from peripherals.command_line import CommandLine
from peripherals.documents import mrz
from peripherals.documents.seals import image, reading
from peripherals.documents.seals.signers import directory
from peripherals.documents.seals.verify import standing, verify
from peripherals.documents.trust import files
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import DocumentStanding
from peripherals.errors import PeripheralError, SealError

seal = CommandLine(no_args_is_help=True, help="Visible digital seals.")

#: A zone in a file, with its line ends.
_ZONE_LONGEST = 200


@seal.callback()
def main() -> None:
    """Keep ``verify`` a command of its own beside those to come."""


@seal.command("verify")
def verify_seal(  # noqa: PLR0917 - typer tells options apart by their annotations
    file: Annotated[Path, typer.Argument(help="A picture with a code in it (PNG, JPEG), or what such a code holds.")],
    trust: Annotated[Path | None, typer.Option(help="A master list, a certificate, or a folder of them.")] = None,
    signers: Annotated[
        Path | None, typer.Option(help="A certificate of a signer of seals, or a folder of them.")
    ] = None,
    zone: Annotated[Path | None, typer.Option(help="The zone printed on the document, as text.")] = None,
    at: Annotated[datetime | None, typer.Option(help="When, in UTC; now where it is left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Read a seal, show what stands in it, and judge it: one verdict for each check.

    Exit code 0: a trusted state signed it, and nothing was changed; 1: not so, or it could not be checked; 2: no seal,
    or a file cannot be used. Without --trust nobody is trusted; signers are looked for in both folders.
    """
    try:
        data = _bytes(file)
        found = image.seal(data) if image.is_image(data) else reading.parse(data)
        store = TrustStore(()) if trust is None else files.load(trust)
        further = TrustStore(()) if signers is None else files.load(signers)
        printed = None if zone is None else mrz.parse(_bytes(zone, most=_ZONE_LONGEST).decode("ascii", "replace"))
    except PeripheralError as error:
        _print({"error": error.code, **error.placeholders}, as_json)
        raise typer.Exit(2) from error
    verdicts = verify(
        found,
        at=datetime.now(UTC) if at is None else at.replace(tzinfo=UTC),
        find_signer=directory((*store.signers, *further.signers)),
        store=store,
        printed=printed,
    )
    summed = standing(verdicts)
    answer: dict[str, Any] = reading.describe(found)
    answer["standing"] = summed
    answer["checks"] = {each.check: {"outcome": each.outcome, "reason": each.reason} for each in verdicts}
    answer["unused"] = {**store.faults, **further.faults}
    _print(answer, as_json)
    raise typer.Exit(0 if summed is DocumentStanding.UNCHANGED else 1)


def _bytes(path: Path, *, most: int = image.LIMIT) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise SealError(fault="path-unreadable") from error
    if len(data) > most:
        raise SealError(fault="too-long")
    return data


def _print(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer))
        return
    for key, value in answer.items():
        if key == "checks":
            for check, verdict in value.items():
                print(f"{check}: {verdict['outcome']} {verdict['reason']}".rstrip())
        elif isinstance(value, dict):
            for name, each in value.items():
                print(f"{name}: {each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)}")
        else:
            print(f"{key}: {value}")
