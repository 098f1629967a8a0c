"""What the chip answers to commands, sensible and not."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.documents.curves import CURVES, STANDARDISED
from peripherals.documents.emrtd.apdu import CommandApdu
from peripherals.documents.passport.active_authentication import ActiveKey, Form, answer
from peripherals.documents.passport.chip import Secrets, SimulatedChip
from peripherals.documents.passport.chip_authentication import StaticKey, choose
from peripherals.documents.passport.chip_pace import Pace, PaceFaults, Password, Protocol, SimulatedMapping, nonce_key
from peripherals.documents.passport.ciphers import SimulatedCipher, unpad
from peripherals.documents.passport.file_system import COM, Files, Protection, Reads, SimulatedFile
from peripherals.documents.passport.keys import Algorithm, SigningScheme, SimulatedEcKey, SimulatedRsaKey, make_key
from peripherals.documents.passport.pace_mapping import SimulatedGroup, integrated

INFORMATION = "L898902C<369080619406236"
CONTENT = bytes(range(256)) * 160
OPEN = Secrets(INFORMATION, basic=False)
FILES = Files(
    (SimulatedFile(0x011C, b"\x31\x00", Protection.FREE), SimulatedFile(0x011D, b"\x30\x00", Protection.PACE)),
    (
        SimulatedFile(COM, b"\x60\x02ab"),
        SimulatedFile(0x0102, CONTENT),
        SimulatedFile(0x0103, b"\x63\x00", Protection.NEVER),
    ),
)
SELECT = "00A4040C07A0000002471001"


def chip(reads: Reads | None = None, secrets: Secrets = OPEN) -> SimulatedChip:
    return SimulatedChip(FILES, secrets, reads=reads or Reads())


def ask(target: SimulatedChip, *commands: str) -> str:
    """Send commands, give the last answer."""
    found = b""
    for command in commands:
        found = target.transmit(bytes.fromhex(command))
    return found.hex().upper()


def test_status_words(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[str, ...], str]] = [
        ((SELECT,), "9000"),
        (("00A4040C07A0000002471002",), "6A82"),
        (("00A4000C",), "9000"),
        (("00A4000C023F00",), "9000"),
        (("00A4020C02011C", "00B0000002"), "31009000"),
        # Files are found in their folder only.
        (("00A4020C02011E",), "6A82"),
        ((SELECT, "00A4020C02011C"), "6A82"),
        ((SELECT, "00A4000C", "00A4020C02011C"), "9000"),
        ((SELECT, "00A4020C0101"), "6700"),
        ((SELECT, "00A4080C020101"), "6A86"),
        ((SELECT, "00B0000004"), "6986"),
        ((SELECT, "00A4020C02011E", "00B0000004"), "600261629000"),
        ((SELECT, "00A4020C02011E", "00B0000000"), "600261629000"),
        ((SELECT, "00A4020C02011E", "00B0000301"), "629000"),
        ((SELECT, "00A4020C02011E", "00B0000401"), "6B00"),
        ((SELECT, "00A4020C02011E", "00B00000"), "6700"),
        ((SELECT, "00B09E0004"), "600261629000"),
        ((SELECT, "00B09E0201"), "619000"),
        ((SELECT, "00B09F0201"), "6A82"),
        # What follows reads the file that the short identifier selected.
        ((SELECT, "00B09E0001", "00B0000102"), "02619000"),
        # The odd instruction wraps what it gives up, and finds what lies past 32 767.
        ((SELECT, "00A4020C020102", "00B10000045402000A05"), "53030A0B0C9000"),
        ((SELECT, "00A4020C020102", "00B100000454029F0805"), "530308090A9000"),
        ((SELECT, "00A4020C020102", "00B10000045402A00005"), "6B00"),
        ((SELECT, "00A4020C020102", "00B100000353010105"), "6A80"),
        ((SELECT, "00B10002045402000A05"), "53030A0B0C9000"),
        ((SELECT, "00A4020C020103", "00B0000004"), "6982"),
        (("00A4020C02011D", "00B0000004"), "6982"),
        (("00840000",), "6D00"),
        (("00CA000000",), "6D00"),
        (("80A40000",), "6E00"),
        (("00A4",), "6700"),
        (("00A4040CFF01",), "6700"),
        (("0CB000000D9701048E08ED6705417E96BA5500",), "6982"),
        (("0022C1A40F800A04007F00070202040202830101",), "6A80"),
        (("0088000008000102030405060700",), "6D00"),
        (("10860000027C0000",), "6985"),
    ]
    for commands, expected in cases:
        with subtests.test(commands=commands, expected=expected):
            assert ask(chip(), *commands) == expected


def test_each_make_of_chip_refuses_something_else(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Reads, str, str]] = [
        (Reads(longest=160), "00B00000A1", "6700"),
        (Reads(longest=160, refusal=0x6A86), "00B00000A1", "6A86"),
        (Reads(exact=True), "00B0000008", "6C04"),
        (Reads(exact=True), "00B0000004", "600261629000"),
        (Reads(warns=True), "00B0000008", "600261626282"),
        (Reads(extended=False), "00B00000000010", "6700"),
        (Reads(), "00B00000000010", "600261629000"),
        (Reads(), "00B00000000000", "600261629000"),
        (Reads(short_ids=False), "00B09E0004", "6A86"),
        (Reads(odd_instruction=False), "00B10000045402000A05", "6D00"),
        (Reads(selects_master_file=False), "00A4000C", "6A82"),
    ]
    for reads, command, expected in cases:
        with subtests.test(reads=reads, command=command, expected=expected):
            assert ask(chip(reads), SELECT, "00A4020C02011E", command) == expected


def test_data_groups_need_a_channel_unless_the_document_has_no_access_control() -> None:
    closed = Secrets(INFORMATION)
    assert ask(chip(secrets=closed), SELECT, "00A4020C02011E", "00B0000004") == "6982"
    assert ask(chip(secrets=closed), "00A4020C02011C", "00B0000002") == "31009000"
    assert ask(chip(secrets=OPEN), SELECT, "00A4020C02011E", "00B0000004") == "600261629000"


def test_a_challenge_serves_once_and_only_in_the_application() -> None:
    target = chip(secrets=Secrets(INFORMATION))
    attempt = "0082000028" + "00" * 40 + "28"
    assert ask(target, attempt) == "6985"
    assert ask(target, SELECT, "0084000008", attempt) == "6300"
    assert ask(target, attempt) == "6985"


def test_a_reset_forgets_everything() -> None:
    target = chip()
    assert ask(target, SELECT, "00A4020C02011E") == "9000"
    target.reset()
    assert ask(target, "00B0000004") == "6986"


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_a_chip_answers_whatever_comes(commands: list[bytes]) -> None:
    target = chip(
        secrets=Secrets(
            INFORMATION,
            pace=(Protocol(SimulatedMapping.GENERIC, SimulatedCipher.AES128, SimulatedGroup(STANDARDISED[12]), 12),),
        )
    )
    for command in commands:
        assert len(target.transmit(command)) >= 2


@given(
    st.sampled_from([0x22, 0x82, 0x84, 0x86, 0x88, 0xA4, 0xB0, 0xB1]),
    st.sampled_from([0x00, 0x0C, 0x10]),
    st.sampled_from([(0, 0), (0xC1, 0xA4), (0x41, 0xA4), (0x41, 0xA6), (0x9E, 0), (4, 0x0C), (2, 0x0C)]),
    st.binary(max_size=64),
)
def test_known_instructions_with_any_data(instruction: int, cla: int, parameters: tuple[int, int], data: bytes) -> None:
    command = CommandApdu(cla, instruction, *parameters, data, 256)
    assert len(chip(secrets=Secrets(INFORMATION)).transmit(command.encode())) >= 2


PROTOCOL = Protocol(SimulatedMapping.GENERIC, SimulatedCipher.AES128, SimulatedGroup(STANDARDISED[12]), 12)


def begun(faults: PaceFaults | None = None) -> Pace:
    key = nonce_key(SimulatedCipher.AES128, Password.CAN, "123456")
    pace = Pace(PROTOCOL, key, lambda length: b"\x07" * length, faults=faults or PaceFaults())
    assert pace.step(b"") is not None
    return pace


@pytest.mark.parametrize("data", [b"", b"\x81\x01\x04", b"\x81", b"\x83\x00", ber.encode(0x81, b"\x04" + bytes(64))])
def test_pace_ends_with_data_that_is_none(data: bytes) -> None:
    pace = begun()
    assert pace.step(data) is None
    assert pace.finished
    assert pace.step(b"") is None
    assert pace.channel is None


def test_pace_refuses_the_chip_s_own_key_sent_back() -> None:
    pace = begun()
    element = CURVES["secp256r1"].encode(CURVES["secp256r1"].multiply(5))
    assert pace.step(ber.encode(0x81, element)) is not None
    # The same random numbers are drawn for both keys, so that the reader can know the chip's before it is sent.
    private = int.from_bytes(b"\x07" * 32) % CURVES["secp256r1"].order
    group = pace._group  # the mapped one
    assert pace.step(ber.encode(0x83, group.public(private))) is None


def test_pace_ends_where_a_step_brings_what_belongs_to_another() -> None:
    integrated_mapping = Protocol(
        SimulatedMapping.INTEGRATED, SimulatedCipher.AES256, SimulatedGroup(STANDARDISED[12]), 12
    )
    key = nonce_key(SimulatedCipher.AES256, Password.CAN, "123456")
    for data in (ber.encode(0x81, bytes(16)), ber.encode(0x83, bytes(32)), b"\x81\x01"):
        pace = Pace(integrated_mapping, key, lambda length: b"\x07" * length)
        assert pace.step(b"") is not None
        assert pace.step(data) is None
    pace = Pace(integrated_mapping, key, lambda length: b"\x07" * length)
    assert pace.step(b"\x80\x00") is None
    pace = Pace(integrated_mapping, key, lambda length: b"\x07" * length)
    assert [pace.step(b""), pace.step(ber.encode(0x81, bytes(32)))][1] == b"\x82\x00"
    assert pace.step(ber.encode(0x85, bytes(8))) is None


def test_a_token_that_is_wrong_opens_nothing() -> None:
    curve = CURVES["secp256r1"]
    pace = begun()
    assert pace.step(ber.encode(0x81, curve.encode(curve.multiply(5)))) is not None
    assert pace.step(ber.encode(0x83, curve.encode(curve.multiply(6)))) is not None
    assert pace.step(ber.encode(0x85, bytes(8))) is None
    assert pace.channel is None


def test_several_parameter_sets_must_be_told_apart() -> None:
    protocols = tuple(
        Protocol(SimulatedMapping.GENERIC, SimulatedCipher.AES128, SimulatedGroup(STANDARDISED[at]), at)
        for at in (12, 13)
    )
    target = chip(secrets=Secrets(INFORMATION, "123456", pace=protocols))
    set_at = "0022C1A4{:02X}800A04007F00070202040202{}"
    assert ask(target, set_at.format(15, "830101")) == "6A80"
    assert ask(target, set_at.format(18, "83010184010D")) == "9000"
    assert ask(target, set_at.format(18, "830101840110")) == "6A80"
    assert ask(target, set_at.format(18, "83010284010C")) == "9000"
    # A personal number is no password of a travel document.
    assert ask(target, set_at.format(18, "83010384010C")) == "6A88"


def test_the_four_commands_of_pace_are_one_chain() -> None:
    target = chip(secrets=Secrets(INFORMATION, pace=(PROTOCOL,)))
    begin = "0022C1A40F800A04007F00070202040202830101"
    assert ask(target, begin, "00860000027C0000") == "6883"
    assert ask(target, "10860000027C0000") == "6985"
    assert ask(target, begin, "10860000027C0000")[:8] == "7C128010"
    assert ask(target, "10860000017C00") == "6A80"


def test_integrated_mapping_has_no_answer_for_one_curve() -> None:
    with pytest.raises(ValueError, match="remainder"):
        integrated(SimulatedGroup(CURVES["secp224r1"]), SimulatedCipher.AES128, bytes(16), bytes(16))


def test_chip_authentication_keys_are_told_apart_by_protocol_and_number() -> None:
    one = StaticKey(STANDARDISED[12], 5, SimulatedCipher.AES128, 1)
    other = StaticKey(STANDARDISED[13], 6, SimulatedCipher.AES128, 2)
    assert choose((one, other), one.protocol_oid, 2) is other
    assert choose((one, other), one.protocol_oid, None) is None
    assert choose((one,), one.protocol_oid, None) is one
    assert choose((one,), "1.2.3", None) is None
    assert one.agree(b"\x04" + bytes(64)) is None


@pytest.mark.parametrize("digest", ["sha1", "sha224", "sha256", "sha384", "sha512"])
def test_active_authentication_with_rsa(digest: str) -> None:
    trailer = {"sha1": "33CC", "sha224": "38CC", "sha256": "34CC", "sha384": "36CC", "sha512": "35CC"}[digest]
    key = make_key(Algorithm(SigningScheme.PKCS1, digest), "active", 1)
    assert isinstance(key, SimulatedRsaKey)
    challenge = bytes(range(8))
    signature = answer(ActiveKey(key), challenge, lambda length: b"\xa5" * length)
    numbers = key.private.public_key().public_numbers()
    message = pow(int.from_bytes(signature), numbers.e, numbers.n).to_bytes(256)
    size = hashlib.new(digest).digest_size
    assert message[0] == 0x6A
    assert message[-2:].hex().upper() == trailer
    nonce, hashed = message[1 : -2 - size], message[-2 - size : -2]
    assert set(nonce) == {0xA5}
    assert hashlib.new(digest, nonce + challenge).digest() == hashed


def test_active_authentication_with_the_short_trailer() -> None:
    key = make_key(Algorithm(SigningScheme.PKCS1, bits=1024), "active", 1)
    assert isinstance(key, SimulatedRsaKey)
    signature = answer(ActiveKey(key, short_trailer=True), bytes(8), lambda length: b"\xa5" * length)
    numbers = key.private.public_key().public_numbers()
    message = pow(int.from_bytes(signature), numbers.e, numbers.n).to_bytes(128)
    assert (message[0], message[-1]) == (0x6A, 0xBC)
    assert hashlib.new("sha1", message[1:-21] + bytes(8), usedforsecurity=False).digest() == message[-21:-1]


def test_active_authentication_with_ecdsa_in_both_forms() -> None:
    key = make_key(Algorithm(), "active", 1)
    assert isinstance(key, SimulatedEcKey)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.public_point())
    plain = answer(ActiveKey(key), bytes(8), bytes)
    assert len(plain) == 64
    r, s = int.from_bytes(plain[:32]), int.from_bytes(plain[32:])
    public.verify(utils.encode_dss_signature(r, s), bytes(8), ec.ECDSA(SHA256()))
    public.verify(answer(ActiveKey(key, Form.DER), bytes(8), bytes), bytes(8), ec.ECDSA(SHA256()))


@given(st.binary(max_size=40))
def test_padding_is_taken_away_or_found_missing(data: bytes) -> None:
    found = unpad(data)
    if found is None:
        assert b"\x80" not in data or data.rstrip(b"\0")[-1] != 0x80
    else:
        assert data == found + b"\x80" + bytes(len(data) - len(found) - 1)
