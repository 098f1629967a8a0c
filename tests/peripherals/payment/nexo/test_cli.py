"""The command line against a simulated terminal in a process of its own."""

import asyncio
import json
import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peripherals.payment.nexo import requests
from peripherals.payment.nexo.describe import describe
from peripherals.payment.nexo.envelope import DerivedKey, seal
from peripherals.payment.nexo.messages import encode
from peripherals.payment.nexo.simulator.papers import SPECIMEN, TRACK
from tests.peripherals.payment.nexo.counter import FEE, order
from tests.peripherals.payment.nexo.test_secrets import holds_number
from tests.peripherals.test_cli import run, simulator, tell

PASSPHRASE = "made-up passphrase"


async def test_a_simulated_terminal_is_checked_paid_at_and_told_what_to_do(tmp_path: Path) -> None:
    async with simulator("nexo-terminal", "--state", str(tmp_path), "--journal", str(tmp_path / "sum")) as (ready, _):
        url = ready["url"]
        assert url.startswith(f"nexo+https://{ready['address']}?poi=V400m-123456789&")
        done = await asyncio.to_thread(run, "check", url, "--json")
        assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "online")
        pay = ("pay", "--device", url, "--amount", "12.34", "--currency", "EUR", "--json")
        done = await asyncio.to_thread(run, *pay)
        assert done.returncode == 0, done.stderr
        result = json.loads(done.stdout.splitlines()[-1])
        assert (result["result"], result["amount"], result["currency"]) == ("approved", "12.34", "EUR")
        told = await tell(
            ready["control"],
            *("decline", "decline nonsense", "drop after", "drop", "nonsense", "print ok", "slow x", "sum", "journal"),
        )
        assert [each["ok"] for each in told] == [True, False, True, False, False, True, False, True, True]
        assert told[-2]["totals"] == {"EUR": {"charges": 1, "charged": 1234, "reversals": 0, "reversed": 0}}
        assert [entry["reference"] for entry in told[-1]["entries"]] == [result["reference"]]
        done = await asyncio.to_thread(run, *pay)
        assert (done.returncode, json.loads(done.stdout.splitlines()[-1])["reason"]) == (1, "refused")
        await tell(ready["control"], "approve", "restart after")
        done = await asyncio.to_thread(run, *pay, "--no-goods")
        assert json.loads(done.stdout.splitlines()[-1])["result"] == "requested"
        [summed] = await tell(ready["control"], "sum")
        assert summed["totals"]["EUR"] == {"charges": 2, "charged": 2468, "reversals": 1, "reversed": 1234}
    lines = await asyncio.to_thread((tmp_path / "sum").read_text)
    assert [json.loads(line)["kind"] for line in lines.splitlines()] == ["charge", "declined", "charge", "reversal"]


async def test_a_terminal_that_was_switched_off_knows_what_it_did(tmp_path: Path) -> None:
    for count in (1, 2):
        async with simulator("nexo-terminal", "--state", str(tmp_path)) as (ready, _):
            done = await asyncio.to_thread(
                run, "pay", "--device", ready["url"], "--amount", "5", "--currency", "JPY", "--json"
            )
            assert done.returncode == 0
            assert (await tell(ready["control"], "sum"))[0]["totals"]["JPY"]["charged"] == 5 * count


async def test_its_certificate_is_for_nobody_else(tmp_path: Path) -> None:
    async with simulator("nexo-terminal", "--state", str(tmp_path)) as (ready, _):
        host, _, port = ready["address"].partition(":")
        with pytest.raises(ssl.SSLCertVerificationError):
            await asyncio.open_connection(host, int(port), ssl=ssl.create_default_context())


@pytest.fixture
def envelope(tmp_path: Path) -> Path:
    wanted = order()
    request = requests.payment(requests.PeerNames("KIOSK1", "V400m-1"), wanted, datetime(2026, 5, 1, tzinfo=UTC))
    path = tmp_path / "sealed.json"
    path.write_bytes(seal(encode(request), request.message_header, DerivedKey.derive(PASSPHRASE.encode(), "site", 7)))
    for name, text in {"passphrase": f"{PASSPHRASE}\n", "wrong": "another"}.items():
        (tmp_path / name).touch(mode=0o600)
        (tmp_path / name).write_text(text)
    return path


def test_envelopes_are_decrypted(envelope: Path) -> None:
    private = str(envelope.with_name("passphrase"))
    for options in (("--passphrase-file", private), ("--passphrase", PASSPHRASE)):
        done = run("nexo", "decrypt", *options, str(envelope), "--json")
        assert done.returncode == 0, done.stderr
        header = json.loads(done.stdout)["SaleToPOIRequest"]["MessageHeader"]
        assert (header["MessageCategory"], header["SaleID"]) == ("Payment", "KIOSK1")
        amounts = json.loads(done.stdout)["SaleToPOIRequest"]["PaymentRequest"]["PaymentTransaction"]["AmountsReq"]
        assert amounts == {"Currency": "EUR", "RequestedAmount": float(FEE.major)}
    done = run("nexo", "decrypt", "--passphrase", PASSPHRASE, "-", given=envelope.read_text())
    assert json.loads(done.stdout)["SaleToPOIRequest"]["MessageHeader"] == header


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--passphrase-file", "wrong"), "terminal-envelope-invalid"),
        (("--passphrase", "caf\u00e9"), "terminal-key-unusable"),
        (("--passphrase-file", "nowhere"), "terminal-key-unusable"),
        (("--passphrase-file", "sealed.json"), "terminal-key-unusable"),
    ],
)
def test_what_cannot_be_decrypted(envelope: Path, options: tuple[str, str], code: str) -> None:
    option, value = options
    given = str(envelope.with_name(value)) if option.endswith("file") else value
    done = run("nexo", "decrypt", option, given, str(envelope), "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]) == (2, code)


def test_a_decrypted_message_shows_no_card() -> None:
    form = f"cardHolderName=DOE&pan={SPECIMEN[:4]}%20{SPECIMEN[4:8]}%20{SPECIMEN[8:12]}%20{SPECIMEN[12:]}&track={TRACK}"
    packed = "eyJwYW4iOiI0MTExMTExMTExMTExMTExIn0="
    texts = [{"Text": SPECIMEN[:9], "EndOfLineFlag": False}, {"Text": SPECIMEN[9:]}]
    card = {"MaskedPan": SPECIMEN, "SensitiveCardData": {"PAN": "1", "TrackData": ["x"]}, "number": int(SPECIMEN)}
    whole = {
        "SaleToPOIResponse": {
            "PaymentResponse": {"Response": {"AdditionalResponse": form}, "CardData": card, "OutputText": texts},
            "ReversalResponse": {"Response": {"AdditionalResponse": packed}, SPECIMEN: [TRACK, True, None, 12.5]},
        }
    }
    told = json.dumps(describe(json.dumps(whole).encode()))
    assert not holds_number(told)
    assert "DOE" not in told
    assert told.count("************1111") >= 5
    for kept in ("MaskedPan", "12.5", "true", "null"):
        assert kept in told
