"""The command line, as its own process, and the addresses of terminals."""

import asyncio
import json
import signal
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from peripherals.device import open_device
from peripherals.errors import UrlInvalidError
from peripherals.payment.cli import decode
from peripherals.payment.cli import pay as pay_command
from peripherals.payment.zvt.apdu import DONE
from peripherals.payment.zvt.link import encode
from tests.peripherals.test_cli import COMMAND, run, simulator, tell

#: Every command of the control channel.
#: What a terminal answered to a status enquiry: its version, its status, and a container.
RECORDED_STATUS = (
    "06 0F 89 F0 F4 F0 47 45 52 2D 41 50 50 2D 76 32 2E 30 2E 39 3B 63 52 30 32 2E 30 31 2E 30 31 2D 30 30 2E 30 39 2D "
    "32 2D 32 3B 43 43 32 36 00 06 5B 1F 44 04 52 50 02 45 E4 43 1F 40 0A 63 56 45 4E 44 20 62 6F 78 2B 1F 41 28 47 45 "
    "52 2D 41 50 50 2D 76 32 2E 30 2E 39 3B 63 52 30 32 2E 30 31 2E 30 31 2D 30 30 2E 30 39 2D 32 2D 32 3B 43 43 32 36 "
    "1F 42 04 11 E9 30 EC 1F 43 01 00 34 0D 1F 0E 04 20 23 06 22 1F 0F 03 08 55 56"
)
TOLD = (
    "approve",
    "decline bank",
    "decline 9A",
    "drop after",
    "drop never",
    "lose-completion",
    "restart",
    "surcharge 5",
    "slow 1",
    "bank 1",
    "busy on",
    "busy off",
    "signature on",
    "keeps on",
    "scheme new",
    "print blocks",
    "patience 1",
    "repeat 1",
    "health CC",
    "version GER-APP-v2.0.9",
    "version none",
    "card 9990001234567890",
    "card masked",
    "fragments on",
    "garbage off",
    "silent off",
    "twice off",
    "half off",
    "late 0",
    "wrong-crc 1",
    "lost-acks 1",
    "naks 1",
    "unplug",
    "plug",
    "power-cycle",
    "sum",
    "status",
)

OPTIONS = "?t3_ms=1000&t4_s=2"


async def pay(url: str, *options: str) -> tuple[int, list[dict[str, Any]]]:
    done = await asyncio.to_thread(run, "pay", "--device", url, "--amount", "12.34", "--json", *options)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("kind", ["tcp", "serial"])
async def test_a_payment_on_the_command_line(tmp_path: Path, kind: str) -> None:
    books = tmp_path / "books"
    line = ("--tcp", "0") if kind == "tcp" else ("--link", str(tmp_path / "line"))
    async with simulator("zvt-terminal", *line, "--journal", str(books)) as (ready, output):
        assert ready["url"].startswith(f"zvt+{kind}://")
        done = await asyncio.to_thread(run, "check", ready["url"], "--json")
        assert (done.returncode, json.loads(done.stdout)["registered"]) == (0, "yes")
        code, said = await pay(ready["url"] + OPTIONS, "--language", "fr")
        assert code == 0
        assert [each["progress"] for each in said[:-1]] == ["present-card", "authorising", "approved"]
        told = said[-1]
        assert (told["result"], told["amount"], told["currency"]) == ("approved", "12.34", "EUR")
        assert [each["kind"] for each in told["receipts"]] == ["merchant", "customer"]
        assert json.loads(await output.readline())["event"] == "charged"
        code, said = await pay(ready["url"] + OPTIONS, "--no-goods")
        assert (code, said[-1]["result"], said[-1]["reason"]) == (1, "cancelled", "goods-not-issued")
        [answer] = await tell(ready["control"], "sum")
        assert answer["sum"] == {"EUR": 1234}
    events = [json.loads(line) for line in (await asyncio.to_thread(books.read_text)).splitlines()]
    assert [each["event"] for each in events] == ["charged", "committed", "charged", "reversed"]


async def test_a_doubt_is_resolved_on_the_command_line() -> None:
    async with simulator("zvt-terminal", "--tcp", "0") as (ready, _):
        for command, code, result in (
            ("drop committed", 0, "approved"),
            ("drop after", 1, "failed"),
        ):
            await tell(ready["control"], command)
            ended, said = await pay(ready["url"] + OPTIONS)
            assert (ended, said[-2]["result"], said[-1]["result"]) == (code, "in-doubt", result)
        [answer] = await tell(ready["control"], "sum")
        assert answer["sum"] == {"EUR": 1234}


async def test_an_interrupt_ends_a_payment() -> None:
    async with simulator("zvt-terminal", "--tcp", "0") as (ready, _):
        await tell(ready["control"], "slow 50")
        arguments = ("pay", "--device", ready["url"], "--amount", "1", "--json")
        process = await asyncio.create_subprocess_exec(*COMMAND, *arguments, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        assert json.loads(await process.stdout.readline()) == {"progress": "present-card"}
        process.send_signal(signal.SIGINT)
        out, _ = await process.communicate()
        assert (process.returncode, json.loads(out.splitlines()[-1])["result"]) == (1, "cancelled")


async def test_a_simulated_terminal_does_as_it_is_told() -> None:
    async with simulator("zvt-terminal", "--tcp", "0") as (ready, _):
        answers = await tell(ready["control"], *TOLD)
        assert [command for command, answer in zip(TOLD, answers, strict=True) if not answer["ok"]] == []
        assert (answers[-1]["scheme"], answers[-1]["fragments"], answers[-1]["surcharge"]) == ("new", True, 5)
        assert "card" not in answers[-1]
        wrong = ("nonsense", "decline", "decline XYZ", "decline 100", "drop", "busy", "card 12", "card x", "print", "")
        assert {answer["ok"] for answer in await tell(ready["control"], *wrong)} == {False}


def here(command: Any, *arguments: str) -> tuple[int, Any]:
    """Run one command in this process: what it prints needs no other."""
    app = typer.Typer()
    app.command()(command)
    done = CliRunner().invoke(app, [*arguments, "--json"])
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


def test_units_are_decoded_on_the_command_line() -> None:
    done = run("zvt", "decode", "06 01 0A 04 00 00 00 00 12 34 49 09 78", "--json")
    assert json.loads(done.stdout) == {
        "class": "06",
        "instruction": "01",
        "name": "authorisation",
        "length": 10,
        "fields": [
            {"bmp": "04", "name": "amount", "value": "000000001234"},
            {"bmp": "49", "name": "currency", "value": "0978"},
        ],
        "tlv": [],
    }
    code, block = here(decode, encode(DONE).hex())
    assert (code, block["name"], block["length"]) == (0, "done", 0)
    code, status = here(decode, "04 0F 0A 27 00 22 F0 F4 99 90 00 12 99")
    assert status["fields"][1] == {"bmp": "22", "name": "card-number", "value": "********"}
    assert (code, status["unknown"]) == (0, "99")


@pytest.mark.parametrize("text", ["", "06", "XY", "06 01 05 04", "1002 800000 1003 0000", "1002 8000", "FF0000"])
def test_what_is_no_unit_is_exit_code_2(text: str) -> None:
    code, said = here(decode, text)
    assert (code, said["error"]) == (2, "zvt-invalid")


@pytest.mark.parametrize(
    ("device", "amount", "error"),
    [
        ("zvt+tcp://127.0.0.1:1", "1.234", "amount-invalid"),
        ("escpos+tcp://127.0.0.1:1", "1", "device-url-invalid"),
        ("toaster://x", "1", "device-unknown-driver"),
    ],
)
def test_what_cannot_be_paid_is_exit_code_2(device: str, amount: str, error: str) -> None:
    code, said = here(pay_command, "--device", device, "--amount", amount)
    assert (code, said["error"]) == (2, error)


def test_a_terminal_that_is_away_is_exit_code_1() -> None:
    code, said = here(pay_command, "--device", "zvt+tcp://127.0.0.1:1", "--amount", "1")
    assert (code, said["error"]) == (1, "device-not-connected")


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("zvt+tcp://", "host"),
        ("zvt+tcp://h/path", "host"),
        ("zvt+tcp://h?baud=9600", "option"),
        ("zvt+tcp://h?receipts=paper", "receipts"),
        ("zvt+tcp://h?currency=XXX", "currency"),
        ("zvt+tcp://h?zone=Nowhere/Town", "zone"),
        ("zvt+tcp://h?zone=../../etc/passwd", "zone"),
        ("zvt+tcp://h?title=", "title"),
        ("zvt+tcp://h?t3_ms=1", "t3_ms"),
        ("zvt+tcp://h?password_file=/none", "password_file"),
        ("zvt+tcp://h?password_file=/etc/hostname", "password_file"),
        ("zvt+serial://h", "line"),
        ("zvt+serial:///dev/x?baud=7", "baud"),
    ],
)
def test_addresses_that_cannot_be_used(url: str, part: str) -> None:
    with pytest.raises(UrlInvalidError) as caught:
        open_device(url)
    assert caught.value.placeholders["part"] == part


def test_addresses_as_terminals_are_delivered(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("123456\n")
    network: Any = open_device(f"zvt+tcp://h?password_file={secret}&zone=Europe/Berlin&currency=CHF")
    assert network._address.port == 20007
    assert network._options.password == "123456"
    assert "123456" not in repr(network.status) + network.url
    line: Any = open_device("zvt+serial:///dev/ttyS0")
    assert (line._address.baud, line._address.bits, line._address.parity, line._address.stop) == (9600, 8, "N", 2)
    assert (open_device("zvt+serial:///dev/ttyS0?stop=1")._address).stop == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        (RECORDED_STATUS, {"version": "GER-APP-v2.0.9;cR02.01.01-00.09-2-2;CC26", "status": "00"}),
        ("06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00", {"version": "2.14.15", "status": "00"}),
        ("06 0F 07 F0 F0 F3 31 2E 30 DC", {"version": "1.0", "status": "DC"}),
        ("06 0F 06 F0 F0 F3 31 2E 30", {"version": "1.0"}),
        ("06 0F 04 F0 F0 F0 DC", {"version": "", "status": "DC"}),
        ("06 0F 01 DC", {"status": "DC"}),
        ("06 0F 01 F0", {"status": "F0"}),
        ("06 0F 02 F0 05", {}),
        ("05 01 04 12 34 56 00", {"password": "******"}),
        ("05 01 03 12 34 56", {"password": "******"}),
        ("05 01 02 12 34", {"password": "******"}),
        ("05 01 01 12", {"password": "******"}),
        ("06 31 02 12 34", {"password": "******"}),
    ],
)
def test_the_status_of_a_terminal_is_read_and_no_password_is_shown(unit: str, shown: dict[str, str]) -> None:
    code, said = here(decode, unit)
    assert code == 0
    assert {name: said.get(name) for name in ("version", "status", "password") if name in said} == shown
    assert "12" not in json.dumps(said["fields"]) + str(said.get("unknown", ""))
