"""The command line, as its own process."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from peripherals.device import DRIVERS
from peripherals.documents.specimens import SPECIMENS

COMMAND = (sys.executable, "-c", "from peripherals.cli import app; app()")


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], input=given, capture_output=True, text=True, timeout=120, check=False)


@asynccontextmanager
async def simulator(*arguments: str) -> AsyncIterator[tuple[dict[str, Any], asyncio.StreamReader]]:
    process = await asyncio.create_subprocess_exec(*COMMAND, "simulate", *arguments, stdout=subprocess.PIPE)
    assert process.stdout is not None
    yield json.loads(await process.stdout.readline()), process.stdout
    process.terminate()
    assert await process.wait() == 0


async def tell(address: str, *lines: str) -> list[dict[str, Any]]:
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    answers = []
    for line in lines:
        writer.write(line.encode() + b"\n")
        answers.append(json.loads(await reader.readline()))
    writer.close()
    await writer.wait_closed()
    return answers


def test_list_names_every_driver() -> None:
    done = run("list", "--json")
    assert {found.get("driver") for found in map(json.loads, done.stdout.splitlines())} >= set(DRIVERS)


def test_zones_are_parsed_one_object_a_document() -> None:
    given = "\n".join((*SPECIMENS["td3"], *SPECIMENS["td1"], "", "rubbish", "", "".join(SPECIMENS["td2"])))
    done = run("mrz", "parse", given=given)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(each["format"], each["valid"]) for each in answers] == [
        ("TD3", True),
        ("TD1", True),
        (None, False),
        ("TD2", True),
    ]
    assert answers[0]["fields"]["surname"] == "ERIKSSON"
    assert answers[2]["error"] == "mrz-invalid"
    assert done.returncode == 0


def test_nothing_parsed_is_exit_code_1() -> None:
    for given in ("", "\n\n", "rubbish\n", "\u00e9" * 44):
        done = run("mrz", "parse", given=given)
        assert (done.returncode, done.stderr) == (1, "")


async def test_a_simulated_scanner_as_a_line_and_as_a_keyboard(tmp_path: Path) -> None:
    for at, (options, kind, query) in enumerate(
        (
            ((), "serial", ""),
            (("--keyboard", "--seal", "hex"), "evdev", "?seal=hex"),
            (("--seal", "raw"), "serial", "?seal=raw&suffix=0d0a"),
        )
    ):
        link = tmp_path / f"scanner{at}"
        async with simulator("scanner", *options, "--link", str(link)) as (ready, _):
            assert ready["url"] == f"scanner+{kind}://{link}{query}"
            done = await asyncio.to_thread(run, "check", ready["url"], "--json")
            # A reader that only speaks has said nothing yet.
            assert (done.returncode, json.loads(done.stdout)["state"]) == (1, "unknown")
            answers = await tell(ready["control"], "scan B042", "fault commands", "fault nonsense", "scan", "status")
            assert [answer["ok"] for answer in answers] == [True, True, False, False, True]
            assert answers[-1]["fault"] == "commands"


def test_an_address_that_cannot_be_used_is_exit_code_2() -> None:
    done = run("check", "toaster://x", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"] == "device-unknown-driver"


def test_a_device_that_is_away_is_exit_code_1() -> None:
    done = run("check", "escpos+serial:///dev/none", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["state"] == "noDevice"


async def test_a_simulated_printer_is_checked_and_told_what_to_do(tmp_path: Path) -> None:
    async with simulator("escpos-printer", "--out", str(tmp_path), "--tcp", "0") as (ready, _):
        done = await asyncio.to_thread(run, "check", ready["url"], "--json")
        assert done.returncode == 0
        assert json.loads(done.stdout)["paper"] == "ok"
        answers = await tell(ready["control"], "paper out", "status", "nonsense", "late x", "\u0000")
        assert [answer["ok"] for answer in answers] == [True, True, False, False, False]
        assert answers[1]["paper"] == "out"
        done = await asyncio.to_thread(run, "check", ready["url"], "--json")
        assert (done.returncode, json.loads(done.stdout)["paper"]) == (1, "out")


async def test_a_simulated_reader_on_a_terminal(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    async with simulator("mrz-reader", "--envelope", "elyctis", "--link", str(link)) as (ready, _):
        assert ready["address"] == str(link)
        done = await asyncio.to_thread(run, "check", ready["url"], "--json")
        assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "online")
        answers = await tell(ready["control"], "show td1", "fault half", "fault nonsense", "show " + "A" * 900)
        assert [answer["ok"] for answer in answers] == [True, True, False, False]
