"""Secure messaging against a chip's side that was written apart from it, and against answers that do not hold."""

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.emrtd.channel import PlainChannel, SecureChannel
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.documents.passport.chip_channel import ChannelBrokenError, SecureSession
from peripherals.documents.passport.ciphers import SimulatedCipher as ChipSuite
from peripherals.documents.passport.ciphers import session_keys
from peripherals.errors import ChipChannelError

PAIRS = {
    CipherSuite.DES3: ChipSuite.DES3,
    CipherSuite.AES128: ChipSuite.AES128,
    CipherSuite.AES192: ChipSuite.AES192,
    CipherSuite.AES256: ChipSuite.AES256,
}
SUITES = st.sampled_from(list(CipherSuite))
READ = CommandApdu(0x00, 0xB0, 0x00, 0x00, le=16)
ALL_SUITES = pytest.mark.parametrize("suite", list(CipherSuite), ids=lambda suite: suite.label)


def sides(suite: CipherSuite, secret: bytes = b"secret", count: int = 0) -> tuple[SecureMessaging, SecureSession]:
    counter = count.to_bytes(suite.block)
    return SecureMessaging.from_secret(suite, secret, counter), SecureSession(session_keys(PAIRS[suite], secret), count)


@given(
    SUITES,
    st.binary(min_size=1, max_size=40),
    st.integers(0, 2**64 - 1),
    st.lists(
        st.tuples(
            st.sampled_from([0xA4, 0xB0, 0xB1, 0x88, 0x86]),
            st.binary(max_size=300),
            st.none() | st.integers(1, 65536),
            st.binary(max_size=600),
            st.sampled_from([0x9000, 0x6282, 0x6A82, 0x6982]),
        ).filter(lambda exchange: exchange[1] or exchange[2] is not None),
        min_size=1,
        max_size=4,
    ),
)
def test_both_sides_understand_each_other(
    suite: CipherSuite, secret: bytes, count: int, exchanges: list[tuple[int, bytes, int | None, bytes, int]]
) -> None:
    reader, chip = sides(suite, secret, count)
    for ins, data, le, answer, sw in exchanges:
        command = CommandApdu(0x00, ins, 0x12, 0x34, data=data, le=le, extended=True)
        sent = CommandApdu.decode(reader.protect(command).encode())
        received = chip.unwrap(sent)
        assert (received.header, received.data, received.le) == (command.header, data, le)
        wrapped = chip.wrap(ResponseApdu(answer, sw), odd=bool(ins & 1))
        assert reader.unprotect(ResponseApdu.decode(wrapped.encode())) == ResponseApdu(answer, sw)
        assert int.from_bytes(reader.counter) == chip.counter % (1 << 8 * suite.block)


@ALL_SUITES
def test_a_counter_that_overflows_begins_anew(suite: CipherSuite) -> None:
    reader, chip = sides(suite, count=(1 << 8 * suite.block) - 1)
    chip.unwrap(reader.protect(READ))
    reader.unprotect(chip.wrap(ResponseApdu(b"data", 0x9000), odd=False))
    assert reader.counter == (1).to_bytes(suite.block)


@ALL_SUITES
def test_a_read_of_the_most_that_fits_has_an_answer_that_fits(suite: CipherSuite) -> None:
    reader, chip = sides(suite)
    for extended, most in ((False, 256), (True, 65536)):
        room = SecureChannel(PlainChannel(bytes), reader).room(extended=extended)
        chip.unwrap(reader.protect(READ))
        answer = chip.wrap(ResponseApdu(bytes(room), 0x9000), odd=False)
        assert most - suite.block - 4 < len(answer.data) <= most
        reader.unprotect(answer)


def _flip(at: int) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        changed = bytearray(body)
        changed[at] ^= 1
        return bytes(changed)

    return change


def _without(tag: int) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        return b"".join(ber.encode(each.tag, each.value) for each in ber.parse(body) if each.tag != tag)

    return change


def test_an_answer_that_was_altered_is_refused_and_ends_it(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Callable[[bytes], bytes], str]] = [
        (_flip(-1), "code-wrong"),
        (_flip(-9), "objects"),
        (_flip(3), "code-wrong"),
        (_flip(4), "code-wrong"),
        (_without(0x8E), "code-missing"),
        (_without(0x99), "code-wrong"),
        (_without(0x87), "code-wrong"),
        (lambda _: b"", "code-missing"),
        (lambda _: b"\xff", "objects"),
        (lambda body: body + ber.encode(0x99, b"\x90\x00"), "code-wrong"),
        (lambda body: ber.encode(0x99, b"\x90\x00") + body, "code-wrong"),
    ]
    for suite, (change, fault) in product(CipherSuite, cases):
        with subtests.test(suite=suite, fault=fault):
            reader, chip = sides(suite)
            chip.unwrap(reader.protect(READ))
            good = chip.wrap(ResponseApdu(b"sixteen letters.", 0x9000), odd=False)
            with pytest.raises(ChipChannelError) as refused:
                reader.unprotect(ResponseApdu(change(good.data), 0x9000))
            assert refused.value.placeholders["fault"] == fault
            # The right answer comes too late, and nothing more is sent.
            for late in (partial(reader.unprotect, good), partial(reader.protect, READ)):
                with pytest.raises(ChipChannelError) as refused:
                    late()
                assert refused.value.placeholders["fault"] == "ended"


def forged(reader: SecureMessaging, *objects: bytes, sw: int = 0x9000) -> ResponseApdu:
    """An answer whose code holds: what a chip with the keys could make that its standard does not allow."""
    body = b"".join(objects)
    count = (int.from_bytes(reader.counter) + 2).to_bytes(reader.suite.block)
    message = count + body
    padded = message if reader.suite is CipherSuite.DES3 else reader.suite.pad(message)
    return ResponseApdu(body + ber.encode(0x8E, reader.suite.mac(reader._code, padded)), sw)


STATUS = ber.encode(0x99, b"\x90\x00")


def test_an_answer_with_other_objects_than_it_may_have_is_refused(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[bytes, ...], int, str]] = [
        ((), 0x9000, "status-missing"),
        ((ber.encode(0x99, b"\x90"),), 0x9000, "status-missing"),
        ((STATUS,), 0x6282, "status-differs"),
        ((ber.encode(0x87, bytes(17)), STATUS), 0x9000, "padding"),
        ((ber.encode(0x87, b"\x01" + bytes(15)), STATUS), 0x9000, "padding"),
        ((ber.encode(0x87, b"\x01"), STATUS), 0x9000, "padding"),
        ((ber.encode(0x87), STATUS), 0x9000, "padding"),
        ((ber.encode(0x87, b"\x01" + bytes(16)), STATUS), 0x9000, "padding"),
        ((ber.encode(0x85, bytes(16)), STATUS), 0x9000, "objects"),
        ((ber.encode(0x81, b"plain"), STATUS), 0x9000, "objects"),
    ]
    for suite, (objects, sw, fault) in product(CipherSuite, cases):
        with subtests.test(suite=suite, sw=sw, fault=fault):
            reader, _ = sides(suite)
            reader.protect(READ)
            with pytest.raises(ChipChannelError) as refused:
                reader.unprotect(forged(reader, *objects, sw=sw))
            assert refused.value.placeholders["fault"] == fault
            # The same with nothing wrong is taken.
            reader, _ = sides(suite)
            reader.protect(READ)
            assert reader.unprotect(forged(reader, STATUS)) == ResponseApdu(b"", 0x9000)


def test_an_odd_command_may_be_answered_with_either_object(subtests: pytest.Subtests) -> None:
    for suite, odd in product(CipherSuite, (True, False)):
        with subtests.test(suite=suite, odd=odd):
            reader, chip = sides(suite)
            chip.unwrap(reader.protect(CommandApdu(0x00, 0xB1, 0x00, 0x00, data=b"\x54\x01\x00", le=16)))
            assert reader.unprotect(chip.wrap(ResponseApdu(b"data", 0x9000), odd=odd)).data == b"data"


@ALL_SUITES
def test_a_replayed_answer_is_refused(suite: CipherSuite) -> None:
    reader, chip = sides(suite)
    chip.unwrap(reader.protect(READ))
    first = chip.wrap(ResponseApdu(b"first", 0x9000), odd=False)
    reader.unprotect(first)
    chip.unwrap(reader.protect(READ))
    with pytest.raises(ChipChannelError):
        reader.unprotect(first)


@ALL_SUITES
def test_an_answer_of_a_later_count_is_refused(suite: CipherSuite) -> None:
    reader, chip = sides(suite)
    chip.unwrap(reader.protect(READ))
    chip.counter += 2
    with pytest.raises(ChipChannelError):
        reader.unprotect(chip.wrap(ResponseApdu(b"late", 0x9000), odd=False))


def test_a_bare_error_moves_no_counter(subtests: pytest.Subtests) -> None:
    for suite, sw in product(CipherSuite, (0x6700, 0x6C10, 0x6A82, 0x6F00)):
        with subtests.test(suite=suite, sw=sw):
            reader, chip = sides(suite)
            reader.protect(READ)
            assert reader.unprotect(ResponseApdu(b"", sw)) == ResponseApdu(b"", sw)
            assert not reader.proved
            # The chip has not looked at that command, so both go on from the same count.
            chip.unwrap(reader.protect(READ))
            assert reader.unprotect(chip.wrap(ResponseApdu(b"data", 0x9000), odd=False)).data == b"data"
            assert reader.proved


def test_a_chip_that_ends_the_session_ends_it(subtests: pytest.Subtests) -> None:
    for suite, sw in product(CipherSuite, (0x6987, 0x6988)):
        with subtests.test(suite=suite, sw=sw):
            reader, _ = sides(suite)
            reader.protect(READ)
            with pytest.raises(ChipChannelError) as refused:
                reader.unprotect(ResponseApdu(b"", sw))
            assert refused.value.placeholders["fault"] == "ended-by-chip"


def test_a_bare_success_or_warning_is_refused(subtests: pytest.Subtests) -> None:
    for suite, sw in product(CipherSuite, (0x9000, 0x6282, 0x6310, 0x6110)):
        with subtests.test(suite=suite, sw=sw):
            reader, _ = sides(suite)
            reader.protect(READ)
            with pytest.raises(ChipChannelError) as refused:
                reader.unprotect(ResponseApdu(b"", sw))
            assert refused.value.placeholders["fault"] == "code-missing"


@given(SUITES, st.binary(max_size=80), st.sampled_from([0x9000, 0x6282, 0x6A82]))
def test_any_answer_is_refused_or_an_error(suite: CipherSuite, body: bytes, sw: int) -> None:
    reader, _ = sides(suite)
    reader.protect(READ)
    try:
        answer = reader.unprotect(ResponseApdu(body, sw))
    except ChipChannelError:
        return
    assert answer == ResponseApdu(b"", 0x6A82)


@ALL_SUITES
def test_a_chip_refuses_a_command_protected_with_other_keys(suite: CipherSuite) -> None:
    reader, _ = sides(suite, b"one")
    _, chip = sides(suite, b"other")
    with pytest.raises(ChannelBrokenError):
        chip.unwrap(reader.protect(READ))


@pytest.mark.parametrize("suite", list(CipherSuite), ids=lambda suite: suite.label)
@given(data=st.binary(max_size=70))
def test_padding_comes_off_again(suite: CipherSuite, data: bytes) -> None:
    padded = suite.pad(data)
    assert len(padded) % suite.block == 0
    assert suite.unpad(padded) == data


def test_one_reading_takes_no_more_commands_than_its_limit() -> None:
    channel = PlainChannel(lambda _: b"\x90\x00", limit=3)
    for _ in range(3):
        channel.send(READ)
    with pytest.raises(ChipChannelError) as refused:
        channel.send(READ)
    assert refused.value.placeholders["fault"] == "too-many-commands"
