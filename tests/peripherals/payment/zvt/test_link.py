"""The serial link: published values, and two ends that lose and damage what they say."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.payment.zvt.apdu import DONE, Apdu, ControlField
from peripherals.payment.zvt.link import (
    ACK,
    NAK,
    REPEATS,
    Action,
    BlockFramer,
    Byte,
    Damaged,
    Deliver,
    Sent,
    Write,
    ZvtLink,
    crc,
    encode,
)

LINE = Apdu(ControlField.PRINT_LINE, b"\x00--------")


def test_the_checksum_is_kermit() -> None:
    # The check value that catalogues of CRCs give for CRC-16/KERMIT.
    assert crc(b"123456789") == 0x2189


def test_a_block_on_the_line() -> None:
    # CRC of 80 00 00 03, low byte first, by an independent computation bit by bit.
    value = 0
    for byte in bytes.fromhex("80000003"):
        for bit in range(8):
            feedback = (value ^ (byte >> bit)) & 1
            value = value >> 1 ^ (0x8408 if feedback else 0)
    assert encode(DONE) == bytes.fromhex("1002 800000 1003") + value.to_bytes(2, "little")


def test_every_dle_is_doubled_and_the_checksum_is_of_the_single_one() -> None:
    block = encode(Apdu(0x0610, b"\x10\x03\x10"))
    assert block[:-2] == bytes.fromhex("1002 061010 03 1010 03 1010 1003")
    assert BlockFramer(1).feed(block, 0) == [Apdu(0x0610, b"\x10\x03\x10")]


@given(st.binary(max_size=60), st.integers(1, 7))
def test_any_data_comes_through_in_any_pieces(data: bytes, size: int) -> None:
    apdu = Apdu(ControlField.PRINT_TEXT, data)
    block = encode(apdu) + bytes((ACK,))
    framer = BlockFramer(1)
    found = [each for at in range(0, len(block), size) for each in framer.feed(block[at : at + size], 0)]
    assert found == [apdu, Byte.ACK]


@given(st.binary(max_size=20), st.data())
def test_a_damaged_block_is_never_taken(data: bytes, draw: st.DataObject) -> None:
    apdu = Apdu(ControlField.PRINT_TEXT, data)
    block = bytearray(encode(apdu))
    block[draw.draw(st.integers(0, len(block) - 1))] ^= draw.draw(st.integers(1, 255))
    assert apdu not in BlockFramer(1).feed(bytes(block), 0)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    ZvtLink().feed(data, 0.0)


def test_a_pause_within_a_block_ends_it() -> None:
    framer = BlockFramer(0.2)
    block = encode(DONE)
    framer.feed(block[:4], 0)
    assert framer.begun
    assert framer.feed(block, 0.3) == [DONE]
    framer.feed(block[:4], 1)
    assert framer.feed(block[4:], 1.1) == [DONE]


def test_a_block_without_an_end_is_given_up() -> None:
    framer = BlockFramer(1)
    assert framer.feed(b"\x10\x02" + bytes(9000), 0) == [Damaged()]
    assert not framer.begun


def test_a_block_without_an_answer_is_repeated_and_then_lost() -> None:
    link = ZvtLink(t2_s=5)
    assert link.send(DONE, 0) == [Write(encode(DONE))]
    assert link.due(4.9) == []
    for repeat in range(REPEATS):
        assert link.due(5.0 * (repeat + 1)) == [Write(encode(DONE))]
    assert link.due(15) == [Sent.LOST]
    assert link.due(20) == []


def test_a_refused_block_is_repeated_at_once() -> None:
    link = ZvtLink()
    link.send(DONE, 0)
    assert link.feed(bytes((NAK,)), 1) == [Write(encode(DONE))]
    assert link.feed(bytes((ACK,)), 2) == [Sent.ARRIVED]
    assert link.feed(bytes((NAK, ACK)), 3) == []


def test_the_same_again_is_a_repeat_only_while_our_answer_has_not_arrived() -> None:
    link = ZvtLink()
    acknowledged = Write(bytes((ACK,)))
    assert link.feed(encode(LINE), 0) == [acknowledged, Deliver(LINE)]
    assert link.feed(encode(LINE), 1) == [acknowledged]
    link.send(DONE, 2)
    assert link.feed(encode(LINE), 3) == [acknowledged]
    link.feed(bytes((ACK,)), 4)
    # A receipt has many lines that are the same: this is the next one.
    assert link.feed(encode(LINE), 5) == [acknowledged, Deliver(LINE)]


def test_who_answers_has_had_the_block() -> None:
    link = ZvtLink()
    link.send(Apdu(ControlField.AUTHORISATION), 0)
    assert link.feed(encode(DONE), 1) == [Write(bytes((ACK,))), Sent.ARRIVED, Deliver(DONE)]
    assert link.due(10) == []


class Ends:
    """A register and a terminal that only answers, on a line that does to each write what it is told."""

    def __init__(self, fates: list[int]) -> None:
        self.fates = deque(fates)
        self.register, self.terminal = ZvtLink(), ZvtLink()
        self.now = 0.0
        self.asked: list[Apdu] = []
        self.answered: list[Apdu] = []
        self.lost = False

    def ask(self, apdu: Apdu) -> None:
        """Send one command and let the line run until nothing is under way any more."""
        count = len(self.answered)
        self._register(self.register.send(apdu, self.now))
        while len(self.answered) == count and not self.lost:
            self.now += 6
            self._register(self.register.due(self.now))
            self._terminal(self.terminal.due(self.now))

    def _register(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Write):
                self._terminal(self.terminal.feed(self._line(action.data), self.now))
            elif isinstance(action, Deliver):
                self.answered.append(action.apdu)
            elif action is Sent.LOST:
                self.lost = True

    def _terminal(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Write):
                self._register(self.register.feed(self._line(action.data), self.now))
            elif isinstance(action, Deliver):
                self.asked.append(action.apdu)
                self._terminal(self.terminal.send(Apdu(ControlField.DONE, action.apdu.data), self.now))
            elif action is Sent.LOST:
                self.lost = True

    def _line(self, data: bytes) -> bytes:
        match self.fates.popleft() if self.fates else 0:
            case 1:
                return b""
            case 2:
                return data[:-1] + bytes((data[-1] ^ 0x40,))
            case 3:
                return data[: len(data) // 2]
            case _:
                return data


@pytest.mark.parametrize("fates", [[1], [0, 1], [0, 0, 1], [0, 0, 0, 1], [2, 2], [0, 2], [0, 0, 2, 1], [3, 1]])
def test_one_or_two_faults_are_made_good(fates: list[int]) -> None:
    ends = Ends(fates)
    for number in range(3):
        ends.ask(Apdu(ControlField.AUTHORISATION, bytes((number,))))
    assert not ends.lost
    assert [each.data for each in ends.asked] == [b"\x00", b"\x01", b"\x02"]
    assert [each.data for each in ends.answered] == [b"\x00", b"\x01", b"\x02"]


@given(st.lists(st.integers(0, 3), max_size=12))
def test_whatever_happens_on_the_line_no_command_is_taken_twice(fates: list[int]) -> None:
    ends = Ends(fates)
    ends.ask(Apdu(ControlField.AUTHORISATION, b"\x01"))
    assert len(ends.asked) <= 1
    if not ends.lost:
        assert len(ends.asked) == len(ends.answered) == 1
