"""Units, fields and objects, from bytes and to bytes."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peripherals.errors import PeripheralError, ZvtInvalidError
from peripherals.money import Amount
from peripherals.payment.zvt import commands, tlv
from peripherals.payment.zvt.apdu import DONE, LIMIT, Apdu, ControlField, StreamFramer, decode, refuse, total_size
from peripherals.payment.zvt.bmp import Bmp, bcd, encode, parse
from peripherals.payment.zvt.commands import RECEIPTS, RepeatService
from peripherals.payment.zvt.describe import describe, read

APDUS = st.builds(
    Apdu,
    st.sampled_from([*ControlField, 0x8483, 0x849C]).map(int),
    st.one_of(st.binary(max_size=40), st.integers(250, 700).map(bytes)),
)
EUROS = Amount(1234, "EUR")


def test_units_on_the_wire(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Apdu, str]] = [
        (DONE, "80 00 00"),
        (refuse(0x9C), "84 9C 00"),
        (commands.STATUS_ENQUIRY, "05 01 00"),
        (commands.ABORT, "06 B0 00"),
        (commands.end_of_day("123456"), "06 50 03 12 34 56"),
        (commands.repeat_receipt("000000", RepeatService(3)), "06 20 05 00 00 00 03 03"),
        (
            commands.authorisation(EUROS, "de", b""),
            "06 01 12 04 00 00 00 00 12 34 49 09 78 02 3C 06 04 15 02 64 65",
        ),
        (
            commands.authorisation(EUROS, "", bytes.fromhex("0102")),
            "06 01 13 04 00 00 00 00 12 34 49 09 78 02 3C 06 05 1F 1F 02 01 02",
        ),
        (
            commands.reversal("000000", 27, EUROS, b""),
            "06 30 10 00 00 00 87 00 27 04 00 00 00 00 12 34 49 09 78",
        ),
        (commands.refund("000000", EUROS, b""), "06 31 0D 00 00 00 04 00 00 00 00 12 34 49 09 78"),
        (
            commands.registration("000000", RECEIPTS["lines"], 978),
            "06 00 13 00 00 00 BE 09 78 03 00 06 09 12 01 40 26 04 0A 02 06 D3",
        ),
        (Apdu(ControlField.PRINT_TEXT, bytes(255)), "06 D3 FF FF 00" + " 00" * 255),
        (Apdu(ControlField.PRINT_TEXT, bytes(254)), "06 D3 FE" + " 00" * 254),
        (Apdu(ControlField.PRINT_TEXT, bytes(256)), "06 D3 FF 00 01" + " 00" * 256),
    ]
    for apdu, wire in cases:
        with subtests.test(apdu=apdu, wire=wire):
            assert apdu.encode() == bytes.fromhex(wire)
            assert decode(bytes.fromhex(wire)) == apdu


@given(st.lists(APDUS, max_size=6), st.data())
def test_a_stream_in_any_pieces_gives_the_same_units(apdus: list[Apdu], data: st.DataObject) -> None:
    stream = b"".join(each.encode() for each in apdus)
    framer, found, at = StreamFramer(), list[Apdu](), 0
    while at < len(stream):
        size = data.draw(st.integers(1, 300))
        found += framer.feed(stream[at : at + size])
        at += size
    assert found == apdus
    assert not framer.begun


@given(st.binary(max_size=300))
@example(b"\x04\x0f\xff\xff\xff")
def test_any_bytes_are_units_or_refused(data: bytes) -> None:
    framer = StreamFramer()
    try:
        found = framer.feed(data)
    except ZvtInvalidError:
        assert not framer.begun
    else:
        assert len(b"".join(each.encode() for each in found)) <= len(data) + 2 * len(found)
        assert not framer.begun or total_size(data) is None or len(data) >= 3


@pytest.mark.parametrize("data", ["", "06", "06 01", "06 01 02 00", "80 00 00 00", "FF 00 00", "06 01 FF FF FF"])
def test_what_is_no_unit_is_refused(data: str) -> None:
    with pytest.raises(ZvtInvalidError):
        decode(bytes.fromhex(data))


def test_a_unit_has_bounds() -> None:
    with pytest.raises(ZvtInvalidError):
        Apdu(ControlField.PRINT_TEXT, bytes(LIMIT + 1)).encode()


def test_the_values_of_fields() -> None:
    fields = parse(bytes.fromhex("27 00 04 00 00 00 00 12 34 49 09 78 87 00 27 0B 00 03 45 29 52 50 00 38"))
    assert (fields.number(Bmp.RESULT), fields.number(Bmp.AMOUNT), fields.number(Bmp.CURRENCY)) == (0, 1234, 978)
    assert (fields.digits(Bmp.RECEIPT), fields.digits(Bmp.TRACE)) == ("0027", "000345")
    assert fields.number(Bmp.TURNOVER) is None
    assert fields.stopped is None


def test_an_unknown_field_ends_the_reading_and_keeps_what_was_before() -> None:
    fields = parse(bytes.fromhex("27 6C 99 01 02 03 04"))
    assert (fields.number(Bmp.RESULT), fields.stopped) == (0x6C, 0x99)


@pytest.mark.parametrize(
    "data", ["04 00", "8B F0", "8B 00 01 41", "8B FA F1", "06 05 01", "06 83 00", "60 F0 F0 F5 00"]
)
def test_a_field_that_is_cut_off_is_refused_or_left(data: str) -> None:
    damaged = bytes.fromhex("27 00" + data)
    with pytest.raises(ZvtInvalidError):
        parse(damaged)
    fields = parse(damaged, strict=False)
    assert (fields.number(Bmp.RESULT), fields.stopped) == (0, bytes.fromhex(data)[0])


@given(st.integers(0, 10**12 - 1))
def test_amounts_are_whole_in_twelve_digits(minor: int) -> None:
    assert parse(encode(Bmp.AMOUNT, bcd(minor, 6))).number(Bmp.AMOUNT) == minor


@pytest.mark.parametrize(("number", "size"), [(10**12, 6), (-1, 6), (256, 1)])
def test_numbers_that_do_not_fit_are_refused(number: int, size: int) -> None:
    with pytest.raises(ZvtInvalidError):
        bcd(number, size)


@given(st.binary(max_size=300))
def test_any_bytes_are_fields_or_refused(data: bytes) -> None:
    with contextlib.suppress(ZvtInvalidError):
        parse(data)
    parse(data, strict=False)


def objects(depth: int) -> st.SearchStrategy[tlv.Object]:
    leaf = st.builds(tlv.Object, st.sampled_from([0x07, 0x41, 0x1F07, 0x1F8001]), st.binary(max_size=300))
    if depth == 0:
        return leaf
    inner = st.lists(objects(depth - 1), min_size=1, max_size=3).map(tuple)
    return leaf | st.builds(lambda tag, below: tlv.Object(tag, tlv.encode(*below), below), st.just(0x25), inner)


@given(st.lists(objects(2), max_size=4))
def test_what_was_written_is_read_again(given_objects: list[tlv.Object]) -> None:
    assert tlv.parse(tlv.encode(*given_objects)) == tuple(given_objects)


@pytest.mark.parametrize(
    ("size", "length"), [(0, "00"), (0x7F, "7F"), (0x80, "81 80"), (0xFF, "81 FF"), (0x100, "82 01 00")]
)
def test_lengths_of_objects_have_the_high_byte_first(size: int, length: str) -> None:
    assert tlv.encode_length(size) == bytes.fromhex(length)
    assert tlv.encode(tlv.Object(0x07, bytes(size))) == bytes.fromhex("07" + length) + bytes(size)


def test_objects_have_bounds() -> None:
    for data in (b"\x1f", b"\x1f\x80\x80\x80\x80\x00", b"\x07\x02\x00", b"\x25\x00" * 2000, b"\x07\x80"):
        with pytest.raises(ZvtInvalidError):
            tlv.parse(data)
    deep = b""
    for _ in range(12):
        deep = b"\x25" + tlv.encode_length(len(deep)) + deep
    with pytest.raises(ZvtInvalidError):
        tlv.parse(deep)


@given(st.binary(max_size=300))
def test_whatever_can_be_read_can_be_described(data: bytes) -> None:
    with contextlib.suppress(PeripheralError):
        describe(read(data))


@given(APDUS)
def test_every_unit_can_be_described(apdu: Apdu) -> None:
    shown = describe(apdu)
    assert shown["length"] == len(apdu.data)
    assert int(f"{shown['class']}{shown['instruction']}", 16) == apdu.control


def test_an_amount_is_the_same_number_everywhere() -> None:
    shown = describe(commands.authorisation(EUROS, "de", b""))
    fields = {each["name"]: each["value"] for each in shown["fields"]}  # type: ignore[attr-defined]
    assert Decimal(fields["amount"]).scaleb(-2) == EUROS.major
