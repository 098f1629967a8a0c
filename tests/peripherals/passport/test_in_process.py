"""A document on a reader: what is counted, what is taken away, and what it costs on the air."""

from datetime import UTC, datetime

import pytest

from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.documents.mrz import parse
from peripherals.documents.passport.in_process import InProcess, place
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.wire import Air, WireTotals
from peripherals.errors import DocumentRemovedError

AT = datetime(2026, 11, 26, tzinfo=UTC)
SELECT = bytes.fromhex("00A4040C07A0000002471001")
FILE = bytes.fromhex("00A4020C02011E")


def specimen(name: str) -> Specimen:
    return build(PROFILES[name], AT, 1)


def read(reader: InProcess, document: Specimen, extended: int) -> None:
    read_chip(reader.transmit, MrzKey.from_mrz(parse(document.zone)), limits=ReadingLimits(extended=extended)).wipe()


def test_commands_and_bytes_are_counted() -> None:
    reader = place(specimen("open"))
    assert reader.transmit(SELECT) == b"\x90\x00"
    assert reader.transmit(FILE) == b"\x90\x00"
    wire = reader.wire
    assert (wire.exchanges, wire.sent, wire.received, wire.blocks) == (2, len(SELECT) + len(FILE), 4, 4)
    assert 0.0005 < wire.seconds < 0.01


def test_what_is_taken_away_is_gone_and_comes_back_without_power() -> None:
    reader = place(specimen("open"))
    reader.transmit(SELECT)
    reader.remove()
    for _ in range(2):
        with pytest.raises(DocumentRemovedError):
            reader.transmit(FILE)
    reader.insert()
    # The selection of the application went with the power.
    assert reader.transmit(FILE) == b"\x6a\x82"


@pytest.mark.parametrize(("name", "answers"), [("removed", False), ("removed-answering", True)])
def test_taken_away_in_the_middle(name: str, answers: bool) -> None:
    reader = place(specimen(name))
    for _ in range(PROFILES[name].removed_after):
        reader.transmit(SELECT)
    with pytest.raises(DocumentRemovedError):
        reader.transmit(SELECT)
    if answers:
        assert reader.transmit(SELECT) == b"\x90\x00"
    else:
        with pytest.raises(DocumentRemovedError):
            reader.transmit(SELECT)


@pytest.mark.parametrize("extended", [0, 65536], ids=["short", "extended"])
@pytest.mark.parametrize("name", ["typical", "basic", "reads-160"])
def test_a_whole_reading_takes_less_than_five_seconds_on_the_air(name: str, extended: int) -> None:
    """At 424 kbit/s, 3 ms for reader and host each time, and a chip that takes 0.2 s for each step of a protocol."""
    slow_chip = dict.fromkeys((0x82, 0x86, 0x88), 0.2) | dict.fromkeys((0xA4, 0xB0, 0xB1), 0.004)
    document = specimen(name)
    reader = place(document, WireTotals(Air(overhead_s=0.003, chip_s=slow_chip)))
    read(reader, document, extended)
    assert reader.wire.received > len(document.groups[2])
    assert 0.5 < reader.wire.seconds < 5


def test_extended_lengths_are_faster_than_short_ones() -> None:
    seconds = []
    for extended in (0, 65536):
        document = specimen("typical")
        reader = place(document, WireTotals(Air(overhead_s=0.003)))
        read(reader, document, extended)
        seconds.append(reader.wire.seconds)
    assert seconds[1] < 0.8 * seconds[0]
