"""Commands and responses of ISO/IEC 7816-4: the four cases, short and extended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.errors import ChipAnswerError, ChipDataError

BYTES = st.integers(0, 255)


@st.composite
def commands(draw: st.DrawFn) -> CommandApdu:
    extended = draw(st.booleans())
    data = draw(st.binary(max_size=400 if extended else 255))
    le = draw(st.none() | st.integers(1, 65536 if extended else 256))
    # With neither field the two forms have the same bytes.
    extended = extended and (bool(data) or le is not None)
    return CommandApdu(draw(BYTES), draw(BYTES), draw(BYTES), draw(BYTES), data, le, extended)


@given(commands())
def test_a_command_is_written_and_read_again(command: CommandApdu) -> None:
    assert CommandApdu.decode(command.encode()) == command


@given(st.binary(max_size=300))
def test_any_bytes_are_a_command_or_refused(raw: bytes) -> None:
    try:
        command = CommandApdu.decode(raw)
    except ChipDataError:
        return
    assert command.encode() == raw


@given(st.binary(max_size=300))
def test_any_bytes_are_a_response_or_refused(raw: bytes) -> None:
    if len(raw) < 2:
        with pytest.raises(ChipAnswerError):
            ResponseApdu.decode(raw)
    else:
        assert ResponseApdu.decode(raw).encode() == raw


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (CommandApdu(0x00, 0xA4, 0x00, 0x0C), "00A4000C"),
        (CommandApdu(0x00, 0xB0, 0x9C, 0x00, le=256), "00B09C0000"),
        (CommandApdu(0x00, 0x84, 0x00, 0x00, le=8), "0084000008"),
        (CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=b"\x01\x1e"), "00A4020C02011E"),
        (CommandApdu(0x00, 0x88, 0x00, 0x00, data=bytes(8), le=256), "0088000008000000000000000000"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, le=65536, extended=True), "00B00000000000"),
        (CommandApdu(0x00, 0xB0, 0x00, 0x00, le=4, extended=True), "00B00000000004"),
        (CommandApdu(0x00, 0x86, 0x00, 0x00, data=b"\x7c\x00", le=512, extended=True), "008600000000027C000200"),
        (CommandApdu(0x00, 0x22, 0x41, 0xA6, data=b"\x91\x00", extended=True), "002241A60000029100"),
    ],
)
def test_how_each_case_is_written(command: CommandApdu, written: str) -> None:
    assert command.encode().hex().upper() == written
    assert CommandApdu.decode(bytes.fromhex(written)) == command


@pytest.mark.parametrize(
    ("data", "le", "extended"),
    [(256, None, False), (0, 257, False), (0, 0, False), (65536, None, True), (0, 65537, True)],
)
def test_what_does_not_fit_is_not_made(data: int, le: int | None, extended: bool) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        CommandApdu(0x00, 0xB0, 0x00, 0x00, data=bytes(data), le=le, extended=extended)
