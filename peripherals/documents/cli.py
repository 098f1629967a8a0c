"""``peripherals emrtd``: electronic travel documents, and whom to trust about them."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from peripherals.command_line import CommandLine
from peripherals.device import open_device
from peripherals.documents.chip.port import ChipReader
from peripherals.documents.emrtd.access_key import AccessKey, Can, MrzKey
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.judgement import judge
from peripherals.documents.lds.files import COM, SOD, TAGS, group_name
from peripherals.documents.mrz import Mrz, parse
from peripherals.documents.trust import files, master_list
from peripherals.documents.trust.ages import ages, overdue
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.passive import authenticate
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.trust.update import list_issuer, update
from peripherals.documents.verdicts import Check, Outcome, standing
from peripherals.errors import PeripheralError, TrustError, UrlInvalidError

emrtd = CommandLine(no_args_is_help=True, help="Electronic travel documents, and whom to trust about them.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
_SIGNED = (Check.SIGNATURE, Check.ISSUER, Check.VALIDITY)
_FILE_LONGEST = 1 << 20
_ZONE_LONGEST = 200
_BY_GROUP = {file.group: file for file in LdsFile if file.group is not None}


@emrtd.command("verify-sod")
def verify_sod(  # noqa: PLR0917 - typer tells options apart by their annotations
    sod: Annotated[Path, typer.Argument(help="EF.SOD as it was read from a chip.")],
    trust: Annotated[Path, typer.Option(help="A master list, a certificate, or a folder of them.")],
    dg: Annotated[
        list[str] | None, typer.Option("--dg", help="A data group as it was read, such as 1=DG1.bin.")
    ] = None,
    com: Annotated[Path | None, typer.Option(help="EF.COM as it was read.")] = None,
    at: Annotated[datetime | None, typer.Option(help="When, in UTC; now where it is left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge files of a chip by Passive Authentication: one verdict for each check.

    Exit code 0: a trusted state signed it, and nothing that was given was changed; 1: not so, or it could not be
    checked; 2: a file cannot be used. What the chip would have to prove itself is not checked here.
    """
    groups = [_group(text) for text in dg or ()]
    try:
        store = files.load(trust)
        read = {SOD: _bytes(sod)} | {group_name(number): _bytes(path) for number, path in groups}
        if com is not None:
            read[COM] = _bytes(com)
    except PeripheralError as error:
        raise _unusable(error, as_json) from error
    moment = datetime.now(UTC) if at is None else at.replace(tzinfo=UTC)
    verdicts = authenticate(read, store, at=moment)
    outcomes = {verdict.check: verdict.outcome for verdict in verdicts}
    answer: dict[str, object] = {"standing": standing(verdicts)}
    answer["checks"] = {verdict.check: {"outcome": verdict.outcome, "reason": verdict.reason} for verdict in verdicts}
    answer["unused"] = dict(store.faults)
    _print(answer, as_json)
    signed = all(outcomes[check] is Outcome.PASSED for check in _SIGNED)
    raise typer.Exit(0 if signed and Outcome.FAILED not in outcomes.values() else 1)


@emrtd.command("trust-list")
def trust_list(
    file: Annotated[Path, typer.Argument(help="A master list.")],
    as_json: AsJson = False,
) -> None:
    """Say what is in a master list: how many certificates, how many of them can be used, and who signed it.

    Exit code 0: all can be used; 1: some cannot; 2: it is no master list, or its signature does not hold.
    """
    try:
        listed = master_list.read(_bytes(file, most=files.LONGEST))
    except TrustError as error:
        raise _unusable(error, as_json) from error
    store = TrustStore((*listed.certificates, *listed.issuers))
    unusable = [each for each in listed.certificates if not store.trusts(each)]
    issuer = list_issuer(listed, store)
    count = len(listed.certificates) + len(listed.unread)
    usable = len(listed.certificates) - len(unusable)
    answer: dict[str, object] = {
        "certificates": count,
        "usable": usable,
        "signature": Outcome.PASSED,
        "country": listed.country,
        "signed_at": None if listed.signed_at is None else listed.signed_at.isoformat(),
        "issuer": None if issuer is None else issuer.fingerprint,
        "states": sorted({each.country for each in listed.certificates}),
        "unusable": [_description(each) for each in unusable],
        "unread": list(listed.unread),
    }
    _print(answer, as_json)
    raise typer.Exit(0 if usable == count else 1)


@emrtd.command("trust-ages")
def trust_ages(
    trust: Annotated[Path, typer.Option(help="The folder of what is trusted.")],
    days: Annotated[int, typer.Option(help="A master list is due so many days after it was signed.", min=1)] = 180,
    at: Annotated[datetime | None, typer.Option(help="When, in UTC; now where it is left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how old master lists and revocation lists are, and when the next ones are due.

    Exit code 0: none is due; 1: one is; 2: the folder cannot be read.
    """
    try:
        lists = ages(files.load(trust), timedelta(days=days))
    except TrustError as error:
        raise _unusable(error, as_json) from error
    due = overdue(lists, (at or datetime.now(UTC)).replace(tzinfo=UTC))
    told = [
        {
            "kind": each.kind,
            "issuer": each.issuer,
            "made": each.made.date().isoformat(),
            "due": each.due and each.due.date().isoformat(),
            "overdue": each in due,
        }
        for each in lists
    ]
    _print({"lists": told, "due": len(due)}, as_json)
    raise typer.Exit(1 if due else 0)


@emrtd.command("trust-update")
def trust_update(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Master lists, certificates, CRLs.")],
    trust: Annotated[Path, typer.Option(help="The folder of what is trusted; made where it is missing.")],
    as_json: AsJson = False,
) -> None:
    """Let files into the folder of what is trusted, all or none, and say what came and went.

    Where nothing was trusted before, the first master list is believed as it is: compare the fingerprint of its issuer
    with what its publisher says. Exit code 2: a file is not trusted or cannot be used, and nothing was changed.
    """
    try:
        done = update(paths, trust)
    except TrustError as error:
        raise _unusable(error, as_json) from error
    answer: dict[str, object] = {
        "added": [_description(each) for each in done.added],
        "removed": [_description(each) for each in done.removed],
        "revocation_lists": done.revocations,
        "lists": [{"country": each.country, "issuer": each.authority, "first": each.first} for each in done.signers],
        "unread": done.unread,
    }
    _print(answer, as_json)


@emrtd.command("read")
def read_chip(
    device: Annotated[str, typer.Option(help="Address of the reader, such as emrtd+pcsc:///ACR1252.")],
    mrz: Annotated[str, typer.Option(help="The zone as it is printed, its lines joined; - reads it from stdin.")] = "",
    can: Annotated[str, typer.Option(help="The card access number, six digits.")] = "",
    dg: Annotated[list[int] | None, typer.Option("--dg", help="A data group to read; 1 where none is named.")] = None,
    *,
    trust: Annotated[Path | None, typer.Option(help="A master list, a certificate, or a folder of them.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the files as they were read; nobody else may.")] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for a document.", min=0, max=3600)] = 30.0,
    as_json: AsJson = False,
) -> None:
    """Read the chip of a document and judge it: one verdict for each check.

    Prints nothing of what stands in the document. Exit code 0: no check failed; 1: one did; 2: it could not be read.
    """
    if bool(mrz) == bool(can):
        raise typer.BadParameter("one of the two", param_hint="--mrz, --can")
    zone: Mrz | None = None
    try:
        wanted = frozenset(_BY_GROUP[number] for number in dg or (1,))
    except KeyError as error:
        raise typer.BadParameter(f"one of {', '.join(map(str, _BY_GROUP))}", param_hint="--dg") from error
    try:
        store = TrustStore(()) if trust is None else files.load(trust)
        if mrz:
            zone = parse("".join((sys.stdin.read(_ZONE_LONGEST) if mrz == "-" else mrz).split()))
        key = Can.of(can) if zone is None else MrzKey.from_mrz(zone)
        read = asyncio.run(_read(device, key, wanted, wait))
    except PeripheralError as error:
        raise _unusable(error, as_json) from error
    verdicts = judge(read, store, at=datetime.now(UTC), printed=zone)
    answer: dict[str, object] = {
        "standing": standing(verdicts),
        "access": asdict(read.access),
        "checks": {verdict.check: {"outcome": verdict.outcome, "reason": verdict.reason} for verdict in verdicts},
        "bytes": {file.label: len(content) for file, content in read.files.items()},
        "absent": {file.label: reason for file, reason in read.absent.items()},
        "unused": dict(store.faults),
    }
    if out is not None:
        _write_files(read, out)
    read.wipe()
    _print(answer, as_json)
    raise typer.Exit(1 if Outcome.FAILED in {verdict.outcome for verdict in verdicts} else 0)


async def _read(address: str, key: AccessKey, wanted: frozenset[LdsFile], wait_s: float) -> ChipFiles:
    device = open_device(address)
    if not isinstance(device, ChipReader):
        raise UrlInvalidError(part="scheme", value=address)
    try:
        async with device:
            return await device.read(key, wanted=wanted, wait_s=wait_s)
    finally:
        key.wipe()


def _write_files(read: ChipFiles, folder: Path) -> None:
    """Write every file, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file, content in read.files.items():
        path = folder / f"{file.label}.bin"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "wb") as kept:  # noqa: PTH123 - a descriptor has no path
            os.fchmod(descriptor, 0o600)
            kept.write(content)


def _description(certificate: Certificate) -> dict[str, str]:
    return {
        "fingerprint": certificate.fingerprint,
        "country": certificate.country,
        "until": certificate.not_after.date().isoformat(),
    }


def _group(text: str) -> tuple[int, Path]:
    number, _, path = text.partition("=")
    if not number.isascii() or not number.isdecimal() or int(number) not in TAGS or not path:
        raise typer.BadParameter("N=FILE with N from 1 to 16", param_hint="--dg")
    return int(number), Path(path)


def _bytes(path: Path, *, most: int = _FILE_LONGEST) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise TrustError(fault="path-unreadable", file=path.name) from error
    if len(data) > most:
        raise TrustError(fault="message-long", file=path.name)
    return data


def _unusable(error: PeripheralError, as_json: bool) -> typer.Exit:
    _print({"error": error.code, **error.placeholders}, as_json)
    return typer.Exit(2)


def _print(answer: Mapping[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer))
        return
    for key, value in answer.items():
        if isinstance(value, dict):
            for name, each in value.items():
                shown = " ".join(each.values()) if isinstance(each, dict) else each
                print(f"{name}: {shown}".rstrip())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            print(f"{key}: {len(value)}")
            for each in value:
                print("  " + (" ".join(map(str, each.values())) if isinstance(each, dict) else str(each)))
        else:
            print(f"{key}: {value}")
