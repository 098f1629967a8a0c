"""Frames by hand from the specification of each board, and what is no frame."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.lockers.kerong import frames as kerong
from peripherals.lockers.modbus import frames as modbus
from peripherals.lockers.modbus.simulator import crc
from peripherals.lockers.winnsen import frames as winnsen

NOISE = st.binary(max_size=40)


def test_kerong_as_its_manual_writes_it() -> None:
    assert kerong.question(kerong.STATUS, 0) == bytes.fromhex("02 00 30 03 35")
    # Board 1, lock 2: 12; 02 + 12 + 31 + 03 = 48.
    assert kerong.question(kerong.OPEN, 1, 2) == bytes.fromhex("02 12 31 03 48")
    # Locks 1 and 16 closed, something before sensor 9: 02 + 10 + 35 + 01 + 80 + 00 + 01 + 03 = CC.
    answer = bytes.fromhex("02 10 35 01 80 00 01 03 CC")
    assert list(kerong.KerongFramer().feed(answer)) == [kerong.KerongStatus(1, 0x8001, 0x0100)]
    assert kerong.status_answer(kerong.KerongStatus(1, 0x8001, 0x0100)) == answer


def test_winnsen_as_its_manual_writes_it() -> None:
    assert winnsen.open_question(5, 3) == bytes.fromhex("90 06 05 05 03 03")
    assert winnsen.status_question(5) == bytes.fromhex("90 07 02 05 FF FF 03")
    framer = winnsen.WinnsenFramer()
    assert list(framer.feed(bytes.fromhex("90 07 85 05 03 01 03"))) == [_opened(winnsen.OpenResult.OPENED)]
    assert list(framer.feed(bytes.fromhex("90 07 85 05 03 00 03"))) == [_opened(winnsen.OpenResult.FAILED)]
    assert list(framer.feed(bytes.fromhex("90 07 85 05 03 02 03"))) == [_opened(winnsen.OpenResult.COOLDOWN)]
    assert list(framer.feed(bytes.fromhex("90 07 82 05 04 80 03"))) == [winnsen.WinnsenStatus(5, 0x8004)]


def test_winnsen_asked_for_one_door() -> None:
    assert winnsen.door_question(5, 3) == bytes.fromhex("90 06 12 05 03 03")
    framer = winnsen.WinnsenFramer()
    # The status comes before the lock.
    assert list(framer.feed(bytes.fromhex("90 07 92 05 01 03 03"))) == [winnsen.DoorStatus(5, 3, is_open=True)]
    assert list(framer.feed(bytes.fromhex("90 07 92 05 00 03 03"))) == [winnsen.DoorStatus(5, 3, is_open=False)]
    assert winnsen.encode(winnsen.DoorStatus(5, 3, is_open=True)) == bytes.fromhex("90 07 92 05 01 03 03")
    # What a door says is 00 or 01.
    assert list(framer.feed(bytes.fromhex("90 07 92 05 02 03 03"))) == []


def _opened(result: winnsen.OpenResult) -> winnsen.OpenAnswer:
    return winnsen.OpenAnswer(5, 3, result)


@pytest.mark.parametrize(("board", "lock"), [(10, 0), (15, 0), (0, 16), (-1, 0)])
def test_no_question_leaves_for_kerong_boards_that_there_are_not(board: int, lock: int) -> None:
    with pytest.raises(ValueError, match="no such board"):
        kerong.question(kerong.OPEN, board, lock)


def test_modbus_as_its_standard_writes_it() -> None:
    rtu, tcp = modbus.RtuFrames(), modbus.TcpFrames()
    # Modbus Application Protocol 1.1b3, 6.2: inputs 197 to 218, asked of unit 1.
    asked = modbus.inputs_question(1, 0x00C4, 0x0016)
    assert tcp.question(asked) == bytes.fromhex("0001 0000 0006 01 02 00C4 0016")
    [answer] = tcp.feed(bytes.fromhex("0001 0000 0006 01 02 03 AC DB 35"))
    levels = modbus.inputs(answer, 0x16)
    assert levels is not None
    assert "".join(str(int(level)) for level in levels) == "0011010111011011101011"
    # The pulse of a Waveshare board, as its manual gives it: relay 1 for 700 ms, with its CRC.
    assert rtu.question(modbus.pulse_question(1, 0x0200, 7)) == bytes.fromhex("01 05 02 00 00 07 8D B0")
    [echo] = rtu.feed(bytes.fromhex("01 05 02 00 00 07 8D B0"))
    assert isinstance(echo, modbus.PulseCoil)
    assert (echo.address, echo.count) == (0x0200, 7)


def test_modbus_refusals_and_answers_to_other_questions() -> None:
    rtu, tcp = modbus.RtuFrames(), modbus.TcpFrames()
    rtu.question(modbus.inputs_question(1, 0, 8))
    [refused] = rtu.feed(bytes.fromhex("01 82 02 C1 61"))
    assert modbus.refusal(refused) == 2
    tcp.question(modbus.inputs_question(1, 0, 8))
    tcp.question(modbus.inputs_question(1, 0, 8))
    assert list(tcp.feed(bytes.fromhex("0001 0000 0004 01 02 01 FF"))) == []
    assert list(tcp.feed(bytes.fromhex("0000 0000 0004 01 02 01 FF"))) == []
    [answer] = tcp.feed(bytes.fromhex("0002 0000 0004 01 02 01 FF"))
    assert modbus.inputs(answer, 8) == [True] * 8
    assert modbus.inputs(answer, 9) is None


@pytest.mark.parametrize("stray", ["00", "FF", "FF FF", "01", "01 02", "01 02 FF", "01 82", "01 02 01 0F E1"])
def test_an_answer_on_a_serial_line_is_found_behind_stray_bytes(stray: str) -> None:
    rtu = modbus.RtuFrames()
    rtu.question(modbus.inputs_question(1, 0, 8))
    [answer] = rtu.feed(bytes.fromhex(stray + "01 02 01 0F E1 8C"))
    assert modbus.inputs(answer, 8) == [True] * 4 + [False] * 4
    # The same where it arrives byte by byte.
    rtu.question(modbus.inputs_question(1, 0, 8))
    answers = [found for byte in bytes.fromhex(stray + "01 02 01 0F E1 8C") for found in rtu.feed(bytes((byte,)))]
    assert len(answers) == 1


@given(NOISE, st.lists(st.booleans(), min_size=1, max_size=64), st.integers(1, 247), st.integers(0, 512))
def test_an_answer_on_a_serial_line_is_found_behind_noise(
    noise: bytes, levels: list[bool], board: int, first: int
) -> None:
    rtu = modbus.RtuFrames()
    asked = rtu.question(modbus.inputs_question(board, first, len(levels)))
    packed = bytes(
        sum(level << at for at, level in enumerate(levels[begin : begin + 8])) for begin in range(0, len(levels), 8)
    )
    frame = bytes((board, 2, len(packed))) + packed
    *_, answer = rtu.feed(noise + asked + noise + frame + crc(frame))
    assert modbus.inputs(answer, len(levels)) == levels


def test_an_adapter_that_echoes_does_not_answer_for_its_board() -> None:
    rtu = modbus.RtuFrames()
    asked = rtu.question(modbus.inputs_question(1, 0, 8))
    assert list(rtu.feed(asked)) == []
    pulse = rtu.question(modbus.pulse_question(1, 0x0200, 7))
    # The board says the same as the adapter: the first is the echo.
    assert list(rtu.feed(pulse)) == []
    assert len(list(rtu.feed(pulse))) == 1
    # An adapter that echoes no more is known by the next answer.
    rtu.question(modbus.inputs_question(1, 0, 8))
    assert len(list(rtu.feed(bytes.fromhex("01 02 01 0F E1 8C")))) == 1
    rtu.question(modbus.pulse_question(1, 0x0200, 7))
    assert len(list(rtu.feed(pulse))) == 1


@given(NOISE, st.integers(0, 9), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_a_kerong_answer_is_found_behind_noise(noise: bytes, board: int, latches: int, items: int) -> None:
    answer = kerong.KerongStatus(board, latches, items)
    framer = kerong.KerongFramer()
    list(framer.feed(noise))
    framer.reset()
    assert list(framer.feed(kerong.status_answer(answer))) == [answer]


@given(st.integers(0, 9), st.integers(0, 0xFFFF), st.integers(0, 8), st.integers(1, 255))
def test_a_garbled_kerong_answer_is_none(board: int, latches: int, at: int, change: int) -> None:
    frame = bytearray(kerong.status_answer(kerong.KerongStatus(board, latches, 0)))
    frame[at] ^= change
    assert list(kerong.KerongFramer().feed(bytes(frame))) == []


@given(st.binary(min_size=1, max_size=60), st.integers(1, 59))
def test_where_bytes_are_cut_makes_no_difference(data: bytes, cut: int) -> None:
    for make in (kerong.KerongFramer, winnsen.WinnsenFramer):
        whole, parts = make(), make()
        assert list(whole.feed(data)) == [*parts.feed(data[:cut]), *parts.feed(data[cut:])]


@pytest.mark.parametrize("make", [kerong.KerongFramer, winnsen.WinnsenFramer, modbus.RtuFrames, modbus.TcpFrames])
@given(data=st.lists(st.binary(max_size=300), max_size=4))
def test_whatever_comes_is_taken_or_dropped(make: Callable[[], modbus.Frames], data: list[bytes]) -> None:
    framer = make()
    for each in data:
        list(framer.feed(each))


@given(st.binary(max_size=40))
def test_the_checksum_of_the_simulator_is_that_of_the_standard(data: bytes) -> None:
    # What is followed by its own checksum has the checksum 0 (Modbus over Serial Line 1.02, 6.2.2).
    assert crc(data + crc(data)) == bytes(2)
