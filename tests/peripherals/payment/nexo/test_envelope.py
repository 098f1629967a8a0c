"""The envelope and the messages in it, from whoever: one error for everything, and no other."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import example, given
from hypothesis import strategies as st

from peripherals.errors import AnswerInvalidError, EnvelopeError, TerminalKeyError
from peripherals.payment.nexo import requests
from peripherals.payment.nexo.envelope import DerivedKey, open_answer, open_request, seal
from peripherals.payment.nexo.messages import LONGEST, decode_answer, decode_request, encode, rejected
from tests.peripherals.payment.nexo.counter import order

PASSPHRASE = b"made-up passphrase"
KEY = DerivedKey.derive(PASSPHRASE, "kiosks", 1)
REQUEST = requests.payment(requests.PeerNames("KIOSK1", "V400m-1"), order(), datetime(2026, 5, 1, tzinfo=UTC))
PLAIN = encode(REQUEST)
SEALED = seal(PLAIN, REQUEST.message_header, KEY, bytes(range(16)))

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


def changed(**trailer: Any) -> bytes:
    whole = json.loads(SEALED)
    whole["SaleToPOIRequest"]["SecurityTrailer"] |= trailer
    return json.dumps(whole).encode()


def test_what_is_sealed_is_opened() -> None:
    assert open_request(SEALED, KEY) == PLAIN
    assert decode_request(PLAIN) == REQUEST
    assert seal(PLAIN, REQUEST.message_header, KEY) != SEALED


def test_it_is_made_as_the_terminal_api_says() -> None:
    made = hashlib.pbkdf2_hmac("sha1", PASSPHRASE, b"AdyenNexoV1Salt", 4000, 80)
    whole = json.loads(SEALED)["SaleToPOIRequest"]
    trailer = whole["SecurityTrailer"]
    assert base64.b64decode(trailer["Hmac"]) == hmac.digest(made[:32], PLAIN, "sha256")
    iv = bytes(ours ^ theirs for ours, theirs in zip(made[64:], base64.b64decode(trailer["Nonce"]), strict=True))
    decryptor = Cipher(algorithms.AES256(made[32:64]), modes.CBC(iv)).decryptor()
    padded = decryptor.update(base64.b64decode(whole["NexoBlob"])) + decryptor.finalize()
    assert padded[: -padded[-1]] == PLAIN
    assert (trailer["KeyIdentifier"], trailer["KeyVersion"], trailer["AdyenCryptoVersion"]) == ("kiosks", 1, 1)


def test_no_bit_of_the_last_blocks_can_be_turned(subtests: pytest.Subtests) -> None:
    """The last block decides about the padding: whatever becomes of it, it is the same error."""
    for at in range(48):
        with subtests.test(at=at):
            whole = json.loads(SEALED)
            blob = bytearray(base64.b64decode(whole["SaleToPOIRequest"]["NexoBlob"]))
            blob[len(blob) - 48 + at] ^= 1 << at % 8
            whole["SaleToPOIRequest"]["NexoBlob"] = base64.b64encode(bytes(blob)).decode()
            with pytest.raises(EnvelopeError) as caught:
                open_request(json.dumps(whole).encode(), KEY)
            assert caught.value.args == EnvelopeError().args


def test_wrong_padding_is_authenticated_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forged padding costs the same HMAC as a sound one, so the time tells nothing."""
    signed: list[int] = []
    sign = DerivedKey.sign

    def counted(self: DerivedKey, plain: bytes) -> bytes:
        signed.append(len(plain))
        return sign(self, plain)

    monkeypatch.setattr(DerivedKey, "sign", counted)
    whole = json.loads(SEALED)
    blob = base64.b64decode(whole["SaleToPOIRequest"]["NexoBlob"])
    whole["SaleToPOIRequest"]["NexoBlob"] = base64.b64encode(blob[:-16]).decode()
    with pytest.raises(EnvelopeError):
        open_request(json.dumps(whole).encode(), KEY)
    assert signed == [len(blob) - 16]


def test_everything_that_is_wrong_is_one_error(subtests: pytest.Subtests) -> None:
    cases: list[bytes] = [
        changed(KeyVersion=2),
        changed(KeyIdentifier="others"),
        changed(AdyenCryptoVersion=2),
        changed(Nonce=base64.b64encode(bytes(15)).decode()),
        changed(Nonce=base64.b64encode(bytes(17)).decode()),
        changed(Nonce=""),
        changed(Hmac=""),
        changed(Hmac="\u00e9"),
        changed(Hmac=base64.b64encode(bytes(32)).decode()),
        SEALED.replace(b'"NexoBlob":"', b'"NexoBlob":"A'),
        SEALED.replace(b"KIOSK1", b"KIOSK2"),
        SEALED.replace(b"SaleToPOIRequest", b"SaleToPOIResponse"),
        b"",
        b"{}",
        b"[" * 100_000,
        b" " * (LONGEST + 1),
    ]
    for data in cases:
        with subtests.test(data=data[-200:]), pytest.raises(EnvelopeError):
            open_request(data, KEY)


def test_another_header_within_is_refused() -> None:
    other = requests.diagnosis(requests.PeerNames("KIOSK1", "V400m-1"), "OWN1").message_header
    with pytest.raises(EnvelopeError):
        open_request(seal(PLAIN, other, KEY), KEY)


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(EnvelopeError):
        open_request(SEALED, DerivedKey.derive(PASSPHRASE + b"!", "kiosks", 1))


@pytest.mark.parametrize("passphrase", [b"", b"x" * 257, b"caf\xe9", "caf\u00e9".encode(), b"two\nlines"])
def test_a_passphrase_that_others_would_write_otherwise_is_refused(passphrase: bytes) -> None:
    with pytest.raises(TerminalKeyError) as caught:
        DerivedKey.derive(passphrase, "kiosks", 1)
    assert repr(passphrase) not in str(caught.value)


def test_keys_are_not_shown() -> None:
    assert repr(KEY) == "DerivedKey(identifier='kiosks', version=1)"


@given(st.binary(max_size=300))
@example(SEALED[:-1])
def test_no_bytes_do_more_than_fail(data: bytes) -> None:
    for take in (open_answer, open_request):
        with pytest.raises(EnvelopeError):
            take(data, KEY)
    for read in (decode_answer, decode_request):
        with pytest.raises(AnswerInvalidError):
            read(data)
    assert not rejected(data)


@given(st.sampled_from(["MessageHeader", "NexoBlob", "SecurityTrailer"]), json_values)
def test_no_value_in_an_envelope_does_more_than_fail(part: str, value: object) -> None:
    whole = json.loads(SEALED)
    whole["SaleToPOIRequest"][part] = value
    with pytest.raises(EnvelopeError):
        open_request(json.dumps(whole).encode(), KEY)


@given(st.binary(max_size=200))
def test_whoever_has_the_key_may_send_what_they_like(plain: bytes) -> None:
    """A terminal that went mad is refused like a stranger."""
    with pytest.raises(EnvelopeError):
        open_request(seal(plain, REQUEST.message_header, KEY), KEY)


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_service_id_follows_from_its_order(one: str, other: str) -> None:
    name = requests.service_id(one)
    assert len(name) == 10
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert name == requests.service_id(one)
    assert (name == requests.service_id(other)) == (one == other)
