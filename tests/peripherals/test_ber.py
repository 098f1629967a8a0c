"""Tag, length, value: what is written is read again, and anything else is refused in bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.errors import ChipDataError

SHORT_TAGS = st.sampled_from([tag for tag in range(1, 256) if tag & 0x1F != 0x1F])
LONG_TAGS = st.sampled_from([0x5F1F, 0x7F49, 0x7F61, 0x5F2E, 0x7F66, 0x5F8101, 0x7F8101])
TAGS = SHORT_TAGS | LONG_TAGS
ROWS = st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=8)


@given(ROWS)
def test_what_is_written_is_read_again(row: list[tuple[int, bytes]]) -> None:
    read = ber.parse(b"".join(ber.encode(tag, value) for tag, value in row))
    assert [(element.tag, bytes(element.value)) for element in read] == row


@given(TAGS, ROWS)
def test_elements_in_elements_are_read_again(tag: int, row: list[tuple[int, bytes]]) -> None:
    outer = ber.parse_one(ber.encode(tag, *(ber.encode(*each) for each in row)), tag=tag)
    assert [(element.tag, bytes(element.value)) for element in outer.children()] == row


@given(TAGS, st.integers(0, 70_000))
def test_the_length_of_a_file_is_known_from_its_head_alone(tag: int, size: int) -> None:
    whole = ber.encode(tag, bytes(size))
    lengths = [ber.total_length(whole[:at]) for at in range(9)]
    known = [length for length in lengths if length is not None]
    assert set(known) == {len(whole)}
    # Once known it stays known, and eight bytes always do.
    assert lengths[-len(known) :] == known


@given(st.binary(max_size=64), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, indefinite: bool) -> None:
    try:
        elements = ber.parse(data, indefinite=indefinite)
    except ChipDataError:
        return
    assert sum(len(element.value) for element in elements) <= len(data)
    for element in elements:
        try:
            element.children(indefinite=indefinite)
        except ChipDataError:
            continue


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("60", "tlv-cut"),
        ("6005 0102", "tlv-cut"),
        ("6082 01", "tlv-cut"),
        ("5F", "tlv-cut"),
        ("60 85 0000000001 00", "tlv-length"),
        ("60 FF 00", "tlv-length"),
        ("60 80 0101 0000", "tlv-indefinite"),
        ("00 00", "tlv-tag"),
        ("5F 81 82 83 01 00", "tlv-tag"),
        ("60 84 FFFFFFFF 00", "tlv-cut"),
    ],
)
def test_what_is_no_row_of_elements_says_why(data: str, fault: str) -> None:
    with pytest.raises(ChipDataError) as refused:
        ber.parse(bytes.fromhex(data))
    assert refused.value.placeholders["fault"] == fault


def test_one_element_is_just_one_and_of_its_tag() -> None:
    for data, fault in (("600101 00", "tlv-trailing"), ("610101", "tlv-tag")):
        with pytest.raises(ChipDataError) as refused:
            ber.parse_one(bytes.fromhex(data), tag=0x60)
        assert refused.value.placeholders["fault"] == fault


def test_lengths_need_not_be_minimal() -> None:
    assert bytes(ber.parse_one(bytes.fromhex("30 8300 0002 0500")).value) == b"\x05\x00"


def test_indefinite_lengths_end_at_their_own_zeros() -> None:
    inner = bytes.fromhex("2480 0402 0000 0401 AA 0000")
    outer = ber.parse_one(b"\x30\x80" + inner + b"\x00\x00", indefinite=True)
    assert bytes(outer.value) == inner
    [octets] = outer.children(indefinite=True)
    assert [bytes(part.value) for part in octets.children()] == [b"\x00\x00", b"\xaa"]


@pytest.mark.parametrize("depth", [16, 17, 2000])
def test_depth_is_bounded(depth: int) -> None:
    nested = b"\x30\x80" * depth + b"\x00\x00" * depth
    if depth <= ber.DEPTH:
        ber.parse_one(nested, indefinite=True)
        return
    with pytest.raises(ChipDataError) as refused:
        ber.parse_one(nested, indefinite=True)
    assert refused.value.placeholders["fault"] == "tlv-too-deep"


def test_a_primitive_element_has_no_indefinite_length() -> None:
    with pytest.raises(ChipDataError):
        ber.parse(bytes.fromhex("0480 0401AA 0000"), indefinite=True)


def test_the_number_of_elements_is_bounded() -> None:
    row = ber.encode(0x04) * 5
    assert len(ber.parse(row, limit=5)) == 5
    with pytest.raises(ChipDataError) as refused:
        ber.parse(row, limit=4)
    assert refused.value.placeholders["fault"] == "tlv-too-many"


@given(st.integers(0, 1 << 64))
def test_numbers_take_as_few_bytes_as_they_can(number: int) -> None:
    written = ber.minimal(number)
    assert int.from_bytes(written) == number
    assert len(written) == 1 or written[0]


def test_what_occurs_twice_is_no_answer() -> None:
    elements = ber.parse(bytes.fromhex("040101 040102 050103"))
    assert bytes(ber.need(elements, 0x05)) == b"\x03"
    assert ber.find(elements, 0x06) is None
    for tag, fault in ((0x04, "tlv-twice"), (0x06, "tlv-missing")):
        with pytest.raises(ChipDataError) as refused:
            ber.need(elements, tag)
        assert refused.value.placeholders["fault"] == fault


def test_values_are_views_so_that_wiping_the_file_wipes_them() -> None:
    file = bytearray(ber.encode(0x61, b"secret"))
    value = ber.parse_one(file).value
    file[:] = bytes(len(file))
    assert bytes(value) == bytes(6)


@pytest.mark.parametrize(("tag", "constructed"), [(0x30, True), (0x04, False), (0x7F49, True), (0x5F2E, False)])
def test_which_elements_are_made_of_elements(tag: int, constructed: bool) -> None:
    assert ber.parse_one(ber.encode(tag)).constructed is constructed
