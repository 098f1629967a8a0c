"""The client that Adyen publishes for its terminals, ``@adyen/api-library``, against the simulator; its types and its
decryption against what our driver sends. ``installer/setup tests`` installs it."""

import asyncio
import json
import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from peripherals.money import Amount
from peripherals.payment.nexo import requests
from peripherals.payment.nexo.envelope import DerivedKey, open_request, seal
from peripherals.payment.nexo.messages import SaleToPOIRequest, encode
from peripherals.payment.nexo.simulator.server import NexoSimulator
from peripherals.payment.port import Order, Result, Transaction
from tests.peripherals.payment.nexo.counter import FEE

ROOT = Path(__file__).parents[4]
NODE = ROOT / ".venv" / "bin" / "node"
LIBRARY = ROOT / ".peers" / "node_modules" / "@adyen" / "api-library"
PEER = Path(__file__).with_name("peer.cjs")
PASSPHRASE = "made-up passphrase"
KEY = {"Passphrase": PASSPHRASE, "KeyIdentifier": "kiosks", "KeyVersion": 1, "AdyenCryptoVersion": 1}
NAMES = requests.PeerNames("KIOSK1", "V400m-123456789")

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="installer/setup tests installs the client from npm")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "passphrase").touch(mode=0o600)
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    return tmp_path


@pytest.fixture
async def terminal(folder: Path) -> AsyncIterator[NexoSimulator]:
    """Give a terminal at an address of its own, for this client knows no port but 8443."""
    here = os.getpid()
    address = f"127.{1 + (here >> 14) % 250}.{1 + (here >> 7) % 128}.{1 + here % 128}"
    made = NexoSimulator(folder, host=address, port=8443)
    await made.start()
    yield made
    await made.stop()


async def peer(**given: Any) -> list[dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        NODE, PEER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    written, _ = await process.communicate(json.dumps({"library": str(LIBRARY), "key": KEY, **given}).encode())
    assert process.returncode == 0
    answers: list[dict[str, Any]] = json.loads(written)
    return answers


async def talk(terminal: NexoSimulator, *messages: dict[str, Any], **given: Any) -> list[dict[str, Any]]:
    endpoint = f"https://{terminal.address.partition(':')[0]}"
    ca = str(terminal.folder / "ca.pem")
    return await peer(mode="talk", **{"endpoint": endpoint, "ca": ca, "messages": messages, **given})


def header(category: str, service: str, **more: str) -> dict[str, str]:
    return {
        "ProtocolVersion": "3.0",
        "MessageClass": "Service",
        "MessageCategory": category,
        "MessageType": "Request",
        "SaleID": "TILL 7",
        "ServiceID": service,
        "POIID": "V400m-123456789",
        **more,
    }


def payment(service: str, amount: float = 12.34) -> dict[str, Any]:
    sale = {"TransactionID": str(uuid.uuid4()), "TimeStamp": datetime.now(UTC).isoformat()}
    amounts = {"Currency": "EUR", "RequestedAmount": amount}
    asked = {"SaleData": {"SaleTransactionID": sale}, "PaymentTransaction": {"AmountsReq": amounts}}
    return {"SaleToPOIRequest": {"MessageHeader": header("Payment", service), "PaymentRequest": asked}}


async def test_it_pays_asks_and_reverses(terminal: NexoSimulator) -> None:
    [paid] = await talk(terminal, payment("P1"))
    response = paid["ok"]["SaleToPOIResponse"]
    assert response["MessageHeader"] == header("Payment", "P1", MessageType="Response")
    answer = response["PaymentResponse"]
    assert answer["Response"]["Result"] == "Success"
    assert answer["PaymentResult"]["AmountsResp"] == {"AuthorizedAmount": 12.34, "Currency": "EUR"}
    assert answer["PaymentResult"]["PaymentInstrumentData"]["CardData"]["MaskedPan"] == "411111 **** 1111"
    assert [each["DocumentQualifier"] for each in answer["PaymentReceipt"]] == ["CashierReceipt", "CustomerReceipt"]
    [entry] = terminal.journal.entries
    assert (entry.kind, entry.minor, entry.service) == ("charge", 1234, "P1")
    original = answer["POIData"]["POITransactionID"]
    assert original["TransactionID"] == entry.reference

    asked = {"MessageReference": {"MessageCategory": "Payment", "ServiceID": "P1", "SaleID": "TILL 7"}}
    status = {"MessageHeader": header("TransactionStatus", "S1"), "TransactionStatusRequest": asked}
    back = {"OriginalPOITransaction": {"POITransactionID": original}, "ReversalReason": "MerchantCancel"}
    reversal = {"MessageHeader": header("Reversal", "R1"), "ReversalRequest": back}
    unknown = {"MessageReference": {"MessageCategory": "Payment", "ServiceID": "P2", "SaleID": "TILL 7"}}
    missing = {"MessageHeader": header("TransactionStatus", "S2"), "TransactionStatusRequest": unknown}
    found, undone, none = await talk(terminal, *({"SaleToPOIRequest": each} for each in (status, reversal, missing)))
    repeated = found["ok"]["SaleToPOIResponse"]["TransactionStatusResponse"]["RepeatedMessageResponse"]
    assert repeated["RepeatedResponseMessageBody"]["PaymentResponse"]["POIData"]["POITransactionID"] == original
    assert undone["ok"]["SaleToPOIResponse"]["ReversalResponse"]["Response"]["Result"] == "Success"
    refused = none["ok"]["SaleToPOIResponse"]["TransactionStatusResponse"]["Response"]
    assert refused == {"Result": "Failure", "ErrorCondition": "NotFound"}
    assert terminal.journal.totals()["EUR"] == {"charges": 1, "charged": 1234, "reversals": 1, "reversed": 1234}


async def test_it_takes_everything_that_we_send_for_what_we_mean() -> None:
    key = DerivedKey.derive(PASSPHRASE.encode(), "kiosks", 1)
    now = datetime(2026, 5, 1, 12, 30, 15, 250_000, tzinfo=UTC)
    order = Order(str(uuid.UUID(int=7)), FEE, "ar")
    paid = Transaction(Result.APPROVED, FEE, reference="oLkO001568034.NC6HT9CRT65ZGN82", at=now)
    sent: list[SaleToPOIRequest] = [
        requests.payment(NAMES, order, now),
        requests.payment(NAMES, Order(order.id, Amount(1_005, "KWD")), now),
        requests.reversal(NAMES, order, paid, now),
        requests.reversal(NAMES, order, paid, now, Amount(1, "EUR")),
        requests.status(NAMES, "OWN1", order),
        requests.repeat(NAMES, "OWN2"),
        requests.abort(NAMES, "OWN3", order),
        requests.diagnosis(NAMES, "OWN4"),
        requests.reconciliation(NAMES, "OWN5"),
    ]
    secured = [json.loads(seal(encode(each), each.message_header, key))["SaleToPOIRequest"] for each in sent]
    opened = await peer(mode="open", type="TerminalApiRequest", secured=secured)
    for ours, theirs in zip(sent, opened, strict=True):
        assert theirs["ok"]["message"] == json.loads(encode(ours))
        # Its types drop what they do not know, so a misspelt field would be missing here.
        assert theirs["ok"]["typed"] == theirs["ok"]["message"]
    first = opened[0]["ok"]["typed"]["SaleToPOIRequest"]["PaymentRequest"]["PaymentTransaction"]
    assert first["AmountsReq"] == {"Currency": "EUR", "RequestedAmount": 12.34}
    broken = {**secured[0], "NexoBlob": secured[1]["NexoBlob"]}
    [refused] = await peer(mode="open", type="TerminalApiRequest", secured=[broken])
    assert "error" in refused


async def test_everything_the_simulator_says_is_of_its_types_too(terminal: NexoSimulator) -> None:
    now = datetime.now(UTC)
    order = Order(str(uuid.uuid4()), FEE)
    secured = []

    async def ask(request: SaleToPOIRequest) -> None:
        envelope = seal(encode(request), request.message_header, terminal.key)
        assert open_request(envelope, terminal.key) == encode(request)
        answer = await terminal.terminal.handle(request)
        assert answer is not None
        secured.append(json.loads(seal(encode(answer), answer.message_header, terminal.key))["SaleToPOIResponse"])

    await ask(requests.diagnosis(NAMES, "OWN1"))
    await ask(requests.payment(NAMES, order, now))
    await ask(requests.status(NAMES, "OWN2", order))
    paid = Transaction(Result.APPROVED, FEE, reference=terminal.journal.entries[0].reference, at=now)
    await ask(requests.reversal(NAMES, Order("undo", FEE), paid, now))
    await ask(requests.reconciliation(NAMES, "OWN3"))
    for theirs in await peer(mode="open", type="TerminalApiResponse", secured=secured):
        assert theirs["ok"]["typed"] == theirs["ok"]["message"]
    assert terminal.journal.totals()["EUR"]["reversed"] == FEE.minor
