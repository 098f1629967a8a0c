"""A session with the chip, over the keys of Doc 9303-11, appendix D: what ends it, what does not, and its sabotage."""

from collections.abc import Iterator

import pytest

from peripherals.documents import ber
from peripherals.documents.curves import CURVES, STANDARDISED
from peripherals.documents.passport.active_authentication import ActiveKey
from peripherals.documents.passport.chip import Sabotage, Secrets, SimulatedChip
from peripherals.documents.passport.chip_authentication import StaticKey
from peripherals.documents.passport.ciphers import (
    SessionKeys,
    SimulatedCipher,
    checksum,
    decrypt,
    encrypt,
    pad,
    session_keys,
    unpad,
)
from peripherals.documents.passport.file_system import COM, Files, Protection, Reads, SimulatedFile
from peripherals.documents.passport.keys import Algorithm, make_key
from peripherals.documents.passport.pace_mapping import SimulatedGroup

KEYS = SessionKeys(
    SimulatedCipher.DES3,
    bytes.fromhex("979EC13B1CBFE9DCD01AB0FED307EAE5"),
    bytes.fromhex("F1CB1F1FB5ADF208806B89DC579DC1F8"),
)
COUNTER = 0x887022120C06C226
CURVE = CURVES["brainpoolP256r1"]
STATIC = StaticKey(STANDARDISED[13], 0x1234567, SimulatedCipher.DES3, 1)
MUTUAL = "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A728"
SELECT_COM = (bytes.fromhex("00A4020C"), bytes.fromhex("011E"), None)
READ = (bytes.fromhex("00B00000"), b"", 4)


class Terminal:
    """A terminal that can send whatever it wants."""

    def __init__(self, chip: SimulatedChip, keys: SessionKeys = KEYS, counter: int = COUNTER) -> None:
        self.chip = chip
        self.keys = keys
        self.counter = counter

    def protect(self, header: bytes, data: bytes, le: int | None) -> list[bytes]:
        """Give the data objects of a protected command, without the checksum."""
        objects = []
        if data:
            hidden = encrypt(SimulatedCipher.DES3, self.keys.encryption, pad(data, 8))
            objects.append(ber.encode(0x85, hidden) if header[1] & 1 else ber.encode(0x87, b"\x01", hidden))
        if le is not None:
            objects.append(ber.encode(0x97, bytes([le & 0xFF])))
        return objects

    def send(self, header: bytes, objects: list[bytes]) -> bytes:
        """Count, sign and send."""
        self.counter += 1
        head = bytes([header[0] | 0x0C]) + header[1:]
        body = b"".join(objects)
        signed = self.counter.to_bytes(8) + pad(head, 8) + (pad(body, 8) if body else b"")
        data = body + ber.encode(0x8E, checksum(SimulatedCipher.DES3, self.keys.checksum, signed))
        return self.raw(head + bytes([len(data)]) + data + b"\0")

    def raw(self, command: bytes) -> bytes:
        return self.chip.transmit(command)

    def ask(self, header: bytes, data: bytes, le: int | None) -> bytes:
        """Send a protected command and open its answer; what is not protected comes back as it is."""
        answer = self.send(header, self.protect(header, data, le))
        if len(answer) == 2:
            return answer
        self.counter += 1
        objects = {each.tag: bytes(each.value) for each in ber.parse(answer[:-2])}
        signed = answer[:-2][: -len(ber.encode(0x8E, objects[0x8E]))]
        code = checksum(SimulatedCipher.DES3, self.keys.checksum, self.counter.to_bytes(8) + pad(signed, 8))
        assert code == objects[0x8E], "wrong checksum"
        assert objects[0x99] == answer[-2:]
        hidden = objects.get(0x85) if header[1] & 1 else objects.get(0x87, b"\x01")[1:]
        plain = unpad(decrypt(SimulatedCipher.DES3, self.keys.encryption, hidden)) if hidden else b""
        assert plain is not None
        return plain + answer[-2:]


def opened(sabotage: Sabotage | None = None, reads: Reads | None = None) -> Terminal:
    """Open the chip as appendix D does."""
    values: Iterator[str] = iter(("4608F91988702212", "0B4F80323EB3191CB04970CB4052790B"))
    files = Files(
        (SimulatedFile(0x011D, b"\x30\x00", Protection.PACE),),
        (SimulatedFile(COM, b"\x60\x02ab"), SimulatedFile(0x0102, bytes(range(256)) * 200)),
    )
    secrets = Secrets(
        "L898902C<369080619406236", static=(STATIC,), active=ActiveKey(make_key(Algorithm(), "active", 1))
    )
    chip = SimulatedChip(
        files,
        secrets,
        reads=reads or Reads(),
        sabotage=sabotage or Sabotage(),
        random=lambda _: bytes.fromhex(next(values)),
    )
    for command in ("00A4040C07A0000002471001", "0084000008", MUTUAL):
        assert chip.transmit(bytes.fromhex(command))[-2:] == b"\x90\x00"
    return Terminal(chip)


def test_a_session() -> None:
    terminal = opened()
    assert terminal.ask(*SELECT_COM) == b"\x90\x00"
    assert terminal.ask(*READ) == b"\x60\x02ab\x90\x00"
    assert terminal.ask(bytes.fromhex("00B00008"), b"", 4) == b"\x6b\x00"
    # EF.CardSecurity needs PACE, and BAC is none.
    assert terminal.ask(bytes.fromhex("00A4000C"), b"", None) == b"\x90\x00"
    assert terminal.ask(bytes.fromhex("00A4020C"), bytes.fromhex("011D"), None) == b"\x90\x00"
    assert terminal.ask(*READ) == b"\x69\x82"


def test_the_odd_instruction_in_a_session() -> None:
    terminal = opened()
    terminal.ask(bytes.fromhex("00A4020C"), bytes.fromhex("0102"), None)
    answer = terminal.ask(bytes.fromhex("00B10000"), bytes.fromhex("54028805"), 6)
    assert answer == bytes.fromhex("530405060708") + b"\x90\x00"


def over(terminal: Terminal) -> bool:
    """Whether the chip has forgotten the session."""
    return terminal.raw(bytes.fromhex("0CB000000D9701048E08ED6705417E96BA5500")) == b"\x69\x82"


@pytest.mark.parametrize(
    ("objects", "status"),
    [
        ([b"\x97\x00"], "6988"),
        ([b"\x97\x03\x00\x00\x04"], "6988"),
        ([b"\x97\x01\x04", b"\x97\x01\x04"], "6988"),
        ([b"\x81\x01\x04"], "6988"),
        ([ber.encode(0x85, bytes(8))], "6988"),
        ([ber.encode(0x87, b"\x02", bytes(8))], "6988"),
        ([ber.encode(0x87, b"\x01", bytes(7))], "6988"),
        ([ber.encode(0x87, b"\x01")], "6988"),
        # Deciphers to something without padding.
        ([ber.encode(0x87, b"\x01", encrypt(SimulatedCipher.DES3, KEYS.encryption, bytes(8)))], "6988"),
    ],
)
def test_objects_that_are_wrong_end_the_session(objects: list[bytes], status: str) -> None:
    terminal = opened()
    assert terminal.send(READ[0], objects).hex().upper() == status
    assert over(terminal)


@pytest.mark.parametrize(
    ("command", "status"),
    [
        # No checksum; a checksum that is wrong; one that is not the last; no objects at all.
        ("0CB000000397010400", "6987"),
        ("0CB000000D9701048E08000000000000000000", "6988"),
        ("0CB000000D8E08000000000000000097010400", "6987"),
        ("0CB00000049701048E00", "6988"),
        ("0CB0000000", "6987"),
    ],
)
def test_commands_that_are_not_protected_as_agreed_end_the_session(command: str, status: str) -> None:
    terminal = opened()
    assert terminal.raw(bytes.fromhex(command)).hex().upper() == status
    assert over(terminal)


def test_a_command_that_comes_twice_ends_the_session() -> None:
    terminal = opened()
    terminal.ask(*SELECT_COM)
    terminal.counter -= 2
    assert terminal.send(SELECT_COM[0], terminal.protect(*SELECT_COM)) == b"\x69\x88"
    assert over(terminal)


def test_a_plain_command_ends_the_session() -> None:
    terminal = opened()
    terminal.ask(*SELECT_COM)
    assert terminal.raw(bytes.fromhex("00B0000004")) == b"\x69\x82"
    assert over(terminal)


@pytest.mark.parametrize("at", [1, 2])
def test_a_bare_error_does_not_count(at: int) -> None:
    terminal = opened(Sabotage(bare_error_at=at))
    if at == 2:
        assert terminal.ask(*SELECT_COM) == b"\x90\x00"
    assert terminal.ask(*SELECT_COM) == b"\x67\x00"
    terminal.counter -= 1
    assert terminal.ask(*SELECT_COM) == b"\x90\x00"
    assert terminal.ask(*READ) == b"\x60\x02ab\x90\x00"


def test_a_refused_size_outside_the_channel_does_not_count() -> None:
    terminal = opened(reads=Reads(longest=3, refusal_bare=True))
    terminal.ask(*SELECT_COM)
    assert terminal.ask(*READ) == b"\x67\x00"
    terminal.counter -= 1
    assert terminal.ask(READ[0], b"", 3) == b"\x60\x02a\x90\x00"


def test_what_does_not_fit_into_a_short_answer_is_refused_and_does_not_count() -> None:
    terminal = opened()
    terminal.ask(bytes.fromhex("00A4020C"), bytes.fromhex("0102"), None)
    assert terminal.ask(READ[0], b"", 256) == b"\x67\x00"
    terminal.counter -= 1
    # 231 bytes are the most: with padding, indicator, status and checksum they make 256.
    assert len(terminal.ask(READ[0], b"", 231)) == 233


def test_a_wrong_checksum_and_a_wrong_counter() -> None:
    for sabotage in (Sabotage(wrong_checksum_at=1), Sabotage(wrong_counter_at=1)):
        with pytest.raises(AssertionError, match="wrong checksum"):
            opened(sabotage).ask(*SELECT_COM)
    later = opened(Sabotage(wrong_counter_at=1))
    later.counter += 1
    later.chip._channel.counter += 1  # type: ignore[union-attr]
    with pytest.raises(AssertionError, match="wrong checksum"):
        later.ask(*SELECT_COM)


def test_an_answer_comes_again() -> None:
    terminal = opened(Sabotage(replay_at=2))
    first = terminal.send(SELECT_COM[0], terminal.protect(*SELECT_COM))
    terminal.counter += 1
    assert terminal.send(READ[0], terminal.protect(*READ)) == first


def test_an_answer_without_its_status() -> None:
    terminal = opened(Sabotage(without_status_at=1))
    answer = terminal.send(SELECT_COM[0], terminal.protect(*SELECT_COM))
    assert [each.tag for each in ber.parse(answer[:-2])] == [0x8E]


def test_chip_authentication_in_one_command() -> None:
    terminal = opened()
    terminal.ask(*SELECT_COM)
    private = 0x7654321
    objects = ber.encode(0x91, CURVE.encode(CURVE.multiply(private))) + ber.encode(0x84, b"\x01")
    assert terminal.ask(bytes.fromhex("002241A6"), objects, None) == b"\x90\x00"
    # From here on the new keys count, and the counter begins anew.
    secret = SimulatedGroup(CURVE).secret(private, STATIC.public)
    renewed = Terminal(terminal.chip, session_keys(SimulatedCipher.DES3, secret), 0)
    assert renewed.ask(*READ) == b"\x60\x02ab\x90\x00"


@pytest.mark.parametrize(
    "objects",
    [
        b"",
        ber.encode(0x91, b"\x04" + bytes(64)),
        ber.encode(0x91, CURVE.encode(CURVE.multiply(5))) + ber.encode(0x84, b"\x02"),
    ],
)
def test_chip_authentication_with_what_is_no_key(objects: bytes) -> None:
    terminal = opened()
    assert terminal.ask(bytes.fromhex("002241A6"), objects, None) == b"\x6a\x80"
    assert terminal.ask(*SELECT_COM) == b"\x90\x00"


def test_proofs_need_a_session() -> None:
    chip = SimulatedChip(
        Files((), ()), Secrets("L898902C<369080619406236", static=(STATIC,), active=opened().chip.secrets.active)
    )
    for command in ("0088000008000102030405060700", "002241A6028400", "002241A4028400"):
        assert chip.transmit(bytes.fromhex(command)) == b"\x69\x82"


def test_active_authentication_takes_eight_bytes() -> None:
    terminal = opened()
    assert terminal.ask(bytes.fromhex("00880000"), bytes(7), 256) == b"\x67\x00"
    assert len(terminal.ask(bytes.fromhex("00880000"), bytes(8), 256)) == 66


def test_a_wrong_key_opens_nothing() -> None:
    other = "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A8"
    for secrets, command in ((Secrets("L898902C<369080619406236"), f"0082000028{other}28"), (Secrets("X"), MUTUAL)):
        chip = SimulatedChip(Files((), ()), secrets, random=lambda length: bytes.fromhex("4608F91988702212")[:length])
        chip.transmit(bytes.fromhex("00A4040C07A0000002471001"))
        chip.transmit(bytes.fromhex("0084000008"))
        assert chip.transmit(bytes.fromhex(command)) == b"\x63\x00"


def test_another_challenge_than_the_chip_s_opens_nothing() -> None:
    chip = SimulatedChip(Files((), ()), Secrets("L898902C<369080619406236"), random=bytes)
    chip.transmit(bytes.fromhex("00A4040C07A0000002471001"))
    chip.transmit(bytes.fromhex("0084000008"))
    assert chip.transmit(bytes.fromhex(MUTUAL)) == b"\x63\x00"
