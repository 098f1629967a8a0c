"""Reading one file from chips that have ways of their own."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.emrtd.channel import PlainChannel
from peripherals.documents.emrtd.file_reader import FileReader
from peripherals.documents.emrtd.files import (
    LdsFile,
    longest_answer,
    select_application,
    select_master_file,
)
from peripherals.errors import ChipAbsentError, ChipAnswerError, ChipChannelError, ChipDataError
from tests.peripherals.emrtd.desk import Desk, show

type Change = Callable[[CommandApdu, ResponseApdu], ResponseApdu]


def channel(desk: Desk, change: Change, limit: int = 5000) -> PlainChannel:
    """The channel to a chip without access control, some of whose answers are others."""

    def transmit(raw: bytes) -> bytes:
        command = CommandApdu.decode(raw)
        return change(command, ResponseApdu.decode(desk.reader.transmit(raw))).encode()

    return PlainChannel(transmit, limit)


def read(change: Change, file: LdsFile = LdsFile.DG2, extended: int = 0) -> tuple[bytearray | None, int]:
    """Read a file; give it and how many commands it took."""
    desk = show("open")
    plain = channel(desk, change)
    select_application(plain)
    found = FileReader(plain, extended=extended).read(file)
    return found, desk.reader.wire.exchanges


def as_it_is(_: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
    return answer


def is_read(command: CommandApdu) -> bool:
    return command.ins in {0xB0, 0xB1}


def expected(group: int = 2) -> bytearray:
    return bytearray(show("open").specimen.groups[group])


def test_a_file_is_read() -> None:
    assert read(as_it_is)[0] == expected()


def test_a_file_of_the_most_bytes_is_read_and_a_larger_one_is_not() -> None:
    size = len(expected(1))

    def read_at_most(most: int) -> bytearray | None:
        plain = channel(show("open"), as_it_is)
        select_application(plain)
        return FileReader(plain, most=most).read(LdsFile.DG1)

    assert read_at_most(size) == expected(1)
    with pytest.raises(ChipDataError) as refused:
        read_at_most(size - 1)
    assert refused.value.placeholders == {"file": "DG1", "fault": "too-large"}


@pytest.mark.parametrize("most", [1, 7, 100, 255])
def test_a_chip_that_gives_less_than_it_is_asked_for(most: int) -> None:
    # One byte at a time says nothing of the length of the file, seven do.
    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        return ResponseApdu(answer.data[:most], answer.sw) if is_read(command) else answer

    if most == 1:
        with pytest.raises(ChipDataError) as refused:
            read(change, LdsFile.DG1)
        assert refused.value.placeholders == {"file": "DG1", "fault": "header"}
    else:
        assert read(change, LdsFile.DG1)[0] == expected(1)


def test_a_chip_that_refuses_to_read_past_the_end() -> None:
    size = len(expected(1))

    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        past = is_read(command) and (command.p1 << 8) + command.p2 + (command.le or 0) > size
        return ResponseApdu(b"", 0x6B00) if past else answer

    found, commands = read(change, LdsFile.DG1)
    assert found == expected(1)
    assert commands < 12


def test_a_chip_that_selects_no_files_reads_them_by_short_names() -> None:
    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        return ResponseApdu(b"", 0x6D00) if command.ins == 0xA4 and command.p1 == 0x02 else answer

    desk = show("open")
    seen: list[CommandApdu] = []

    def watch(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        seen.append(command)
        return change(command, answer)

    plain = channel(desk, watch)
    select_application(plain)
    assert FileReader(plain).read(LdsFile.DG1) == expected(1)
    assert [command.p1 for command in seen if is_read(command)] == [0x81]
    assert FileReader(plain).read(LdsFile.DG7) is None


def test_a_chip_that_gives_a_size_by_6c_is_asked_once_for_more() -> None:
    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        too_long = is_read(command) and (command.le or 0) > 0xB0
        return ResponseApdu(b"", 0x6CB0) if too_long else answer

    found, commands = read(change)
    assert found == expected()
    assert commands < len(expected()) // 0xB0 + 8


def test_a_chip_that_goes_on_answering_6c_is_given_up() -> None:
    with pytest.raises(ChipAnswerError):
        read(lambda command, answer: ResponseApdu(b"", 0x6C10) if is_read(command) else answer)


def test_a_chip_that_insists_on_telling_about_the_application() -> None:
    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        return ResponseApdu(b"", 0x6A86) if command.ins == 0xA4 and command.p1 == 4 and command.le is None else answer

    assert read(change, LdsFile.DG1)[0] == expected(1)


@pytest.mark.parametrize(
    ("status", "error"), [(0x6A82, ChipAbsentError), (0x6982, ChipAnswerError), (0x6D00, ChipAnswerError)]
)
def test_a_chip_without_the_application(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(lambda _, __: ResponseApdu(b"", status))


@pytest.mark.parametrize("status", [0x6A82, 0x6D00, 0x6900])
def test_a_master_file_that_is_refused_is_never_fatal(status: int) -> None:
    select_master_file(channel(show("open"), lambda _, __: ResponseApdu(b"", status)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda answer: ResponseApdu(b"\x61" + answer.data[1:], answer.sw), "header"),
        (lambda answer: ResponseApdu(b"\x75\x84\x7f\xff\xff\xff" + answer.data[6:], answer.sw), "too-large"),
        (lambda answer: ResponseApdu(b"\x75\x80" + answer.data[2:], answer.sw), "tlv-indefinite"),
        (lambda answer: ResponseApdu(b"\x75\x85" + answer.data[2:], answer.sw), "tlv-length"),
    ],
)
def test_a_file_with_another_head_is_refused(change: Callable[[ResponseApdu], ResponseApdu], fault: str) -> None:
    with pytest.raises(ChipDataError) as refused:
        read(lambda command, answer: change(answer) if is_read(command) else answer)
    assert refused.value.placeholders == {"file": "DG2", "fault": fault}


@pytest.mark.parametrize("answer", [ResponseApdu(b"", 0x6B00), ResponseApdu(b"", 0x9000), ResponseApdu(b"", 0x6282)])
def test_a_file_that_ends_before_its_end_is_refused(answer: ResponseApdu) -> None:
    with pytest.raises(ChipDataError) as refused:
        read(lambda command, given: answer if is_read(command) and command.p1 >= 0x10 else given)
    assert refused.value.placeholders == {"file": "DG2", "fault": "cut"}


def test_more_than_was_asked_for_is_refused() -> None:
    with pytest.raises(ChipAnswerError) as refused:
        read(lambda command, answer: ResponseApdu(answer.data + b"\0", answer.sw) if is_read(command) else answer)
    assert refused.value.placeholders == {"command": "read-binary", "status": "too-long"}


@pytest.mark.parametrize("status", [0x6982, 0x6985])
def test_a_refusal_that_is_none_of_length_is_not_asked_again(status: int) -> None:
    reads = 0

    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        nonlocal reads
        reads += is_read(command)
        return ResponseApdu(b"", status) if is_read(command) else answer

    with pytest.raises(ChipAnswerError) as refused:
        read(change)
    assert refused.value.placeholders == {"command": "read-binary", "status": f"{status:04x}"}
    assert reads <= 2


def test_a_chip_that_gives_one_byte_at_a_time_ends_at_the_limit() -> None:
    def change(command: CommandApdu, answer: ResponseApdu) -> ResponseApdu:
        first = command.p1 == 0 and command.p2 == 0
        return ResponseApdu(answer.data[:1], answer.sw) if is_read(command) and not first else answer

    plain = channel(show("open"), change, limit=500)
    select_application(plain)
    with pytest.raises(ChipChannelError) as refused:
        FileReader(plain).read(LdsFile.DG2)
    assert refused.value.placeholders == {"fault": "too-many-commands"}


@pytest.mark.parametrize("extended", [0, 65536])
def test_past_what_an_even_read_reaches(extended: int) -> None:
    desk = show("large")
    seen: set[int] = set()

    def transmit(raw: bytes) -> bytes:
        seen.add(CommandApdu.decode(raw).ins)
        return desk.reader.transmit(raw)

    found = desk.read(extended=extended, transmit=transmit).files[LdsFile.DG2]
    assert found == desk.specimen.groups[2]
    assert 0xB1 in seen


@given(st.binary(max_size=40))
def test_what_a_chip_says_of_its_lengths_is_taken_or_left(content: bytes) -> None:
    answers = iter((ResponseApdu(b"", 0x9000), ResponseApdu(content, 0x9000)))
    plain = PlainChannel(lambda _: next(answers).encode())
    found = longest_answer(plain)
    assert found is None or found >= 0


def test_what_a_chip_says_of_its_lengths() -> None:
    limits = ber.encode(0x7F66, ber.encode(0x02, b"\x04\x00"), ber.encode(0x02, b"\x02\x00"))
    answers = iter((ResponseApdu(b"", 0x9000), ResponseApdu(b"\x43\x01\xb8" + limits, 0x6282)))
    assert longest_answer(PlainChannel(lambda _: next(answers).encode())) == 512
