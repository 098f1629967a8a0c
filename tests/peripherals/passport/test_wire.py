"""The time on the air, against numbers computed by hand from ISO/IEC 14443."""

import pytest

from peripherals.documents.passport.wire import Air, WireTotals

TURNAROUND = 1172 / 13_560_000


def bits(count: int, kbit_s: int = 106) -> float:
    return count * 128 / 13_560_000 * 106 / kbit_s


def test_a_short_exchange_is_two_blocks() -> None:
    wire = WireTotals(Air(kbit_s=106))
    seconds = wire.count(bytes.fromhex("0084000008"), bytes(10))
    # Five and ten bytes with three of header and CRC each, nine bits a byte, two for the edges.
    assert seconds == pytest.approx(bits(8 * 9 + 2) + bits(13 * 9 + 2) + 2 * TURNAROUND)
    assert (wire.exchanges, wire.sent, wire.received, wire.blocks) == (1, 5, 10, 2)


@pytest.mark.parametrize(("length", "blocks"), [(0, 1), (1, 1), (253, 1), (254, 2), (506, 2), (507, 3)])
def test_long_data_goes_in_chained_blocks(length: int, blocks: int) -> None:
    parts = Air().blocks(length)
    assert len(parts) == blocks
    assert sum(parts) == length + 3 * blocks
    assert all(part <= 256 for part in parts)


def test_each_block_of_a_chain_but_the_last_is_acknowledged() -> None:
    wire = WireTotals(Air(kbit_s=424))
    seconds = wire.count(bytes.fromhex("00B0000000"), bytes(300))
    expected = sum(bits(length * 9 + 2, 424) for length in (8, 256, 3, 50)) + 4 * TURNAROUND
    assert seconds == pytest.approx(expected, rel=1e-2)
    assert wire.blocks == 4


def test_faster_is_faster_and_larger_frames_are_fewer() -> None:
    command, response = bytes.fromhex("00B0000000"), bytes(4096)
    times = [WireTotals(Air(kbit_s=rate)).count(command, response) for rate in (106, 212, 424, 848)]
    assert times == sorted(times, reverse=True)
    assert times[0] > 6 * times[-1]
    small, large = WireTotals(Air()), WireTotals(Air(frame=4096))
    assert large.count(command, response) < small.count(command, response)
    assert large.blocks < small.blocks


def test_the_chip_s_own_time_and_the_reader_s_are_added() -> None:
    thinking = Air(overhead_s=0.002, chip_s={0x86: 0.2})
    plain = WireTotals(Air()).count(bytes.fromhex("10860000027C0000"), bytes(20))
    slow = WireTotals(thinking)
    # 200 ms are two waiting times of 77 ms, so that the chip asks for more twice.
    assert slow.count(bytes.fromhex("10860000027C0000"), bytes(20)) > plain + 0.202
    assert slow.blocks == 2 + 4
    assert WireTotals(thinking).count(bytes.fromhex("0084000008"), bytes(10)) < 0.01


def test_what_is_no_command_is_counted_too() -> None:
    assert WireTotals().count(b"", bytes(2)) > 0
