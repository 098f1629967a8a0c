"""Frames of document readers, however they are cut, and whatever else comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.mrz import Mrz
from peripherals.documents.port import ReadFailure, ReadFault
from peripherals.documents.serial_reader.envelope import PRESETS, SerialEnvelope
from peripherals.documents.serial_reader.framer import LIMIT, Acknowledged, Event, SerialFramer
from peripherals.documents.serial_reader.simulator import encode
from peripherals.documents.specimens import SPECIMENS

FRAME_S = 3.0
ENVELOPES = st.sampled_from(list(PRESETS.values()))
DOCUMENTS = st.sampled_from(list(SPECIMENS.values()))


def fault(which: ReadFault) -> ReadFailure:
    return ReadFailure(which)


def take(envelope: SerialEnvelope, *pieces: bytes) -> list[Event]:
    framer = SerialFramer(envelope, FRAME_S)
    events = [event for piece in pieces for event in framer.feed(piece, 0.0)]
    return events + framer.pause()


@given(ENVELOPES, DOCUMENTS, st.booleans(), st.lists(st.integers(0, 120), max_size=6))
def test_a_document_is_found_however_it_is_cut(
    envelope: SerialEnvelope, document: tuple[str, ...], joined: bool, cuts: list[int]
) -> None:
    frame = encode(envelope, ("".join(document),) if joined and not envelope.header else document)
    marks = sorted({0, len(frame), *(cut for cut in cuts if cut < len(frame))})
    [event] = take(envelope, *(frame[start:end] for start, end in pairwise(marks)))
    assert isinstance(event, Mrz)
    assert event.valid
    assert event.field("surname") == "ERIKSSON"


@given(ENVELOPES, st.lists(st.binary(max_size=300), max_size=5), st.lists(st.floats(0, 9), min_size=5, max_size=5))
def test_any_bytes_give_events_and_leave_nothing_behind(
    envelope: SerialEnvelope, pieces: list[bytes], times: list[float]
) -> None:
    framer = SerialFramer(envelope, FRAME_S)
    for piece, now in zip(pieces, sorted(times), strict=False):
        for event in framer.feed(piece, now):
            assert isinstance(event, Mrz | ReadFailure | Acknowledged)
        assert len(framer._buffer) == LIMIT
    framer.pause()
    assert not any(framer._buffer)
    # And the next document is read as if nothing had been.
    events = framer.feed(encode(envelope, SPECIMENS["td1"]), 100.0) + framer.pause()
    assert [event.format for event in events if isinstance(event, Mrz)] == ["TD1"]


@given(ENVELOPES, DOCUMENTS, st.data())
def test_a_frame_cut_short_is_no_document(
    envelope: SerialEnvelope, document: tuple[str, ...], data: st.DataObject
) -> None:
    frame = encode(envelope, document)
    whole = len(frame) - (1 if envelope.around or not envelope.prefix else 0)
    cut = data.draw(st.integers(1, whole - 1))
    events = take(envelope, frame[:cut])
    assert not any(isinstance(event, Mrz) and event.valid for event in events)


@given(DOCUMENTS, st.data())
def test_the_check_byte_finds_every_changed_bit(document: tuple[str, ...], data: st.DataObject) -> None:
    frame = bytearray(encode(PRESETS["rte6701"], document))
    at = data.draw(st.integers(8, len(frame) - 1).filter(lambda at: frame[at] != 0x03))
    frame[at] ^= 1 << data.draw(st.integers(0, 6))
    events = take(PRESETS["rte6701"], bytes(frame))
    assert events
    assert not any(isinstance(event, Mrz) for event in events)


@pytest.mark.parametrize("name", ["desko", "access-is"])
def test_a_reader_that_begins_anew_is_followed(name: str) -> None:
    envelope = PRESETS[name]
    frame = encode(envelope, SPECIMENS["td3"])
    first, second = take(envelope, frame[:50], frame)
    assert first == fault(ReadFault.TRUNCATED)
    assert isinstance(second, Mrz)


@pytest.mark.parametrize("envelope", PRESETS.values(), ids=PRESETS)
def test_too_long_is_refused_once(envelope: SerialEnvelope) -> None:
    frame = encode(envelope, ("A" * 250,)) + b"A" * 1000
    assert take(envelope, frame) == [fault(ReadFault.TOO_LONG)]


@pytest.mark.parametrize("envelope", PRESETS.values(), ids=PRESETS)
def test_too_slow_is_refused_once(envelope: SerialEnvelope) -> None:
    framer = SerialFramer(envelope, FRAME_S)
    frame = encode(envelope, SPECIMENS["td3"])
    events = [event for at, byte in enumerate(frame) for event in framer.feed(bytes((byte,)), at * 0.1)]
    assert events + framer.pause() == [fault(ReadFault.TOO_SLOW)]


@pytest.mark.parametrize(
    "lines",
    [("HELLO",), SPECIMENS["td3"][:1], (*SPECIMENS["td3"], "EXTRA"), ("A" * 43, "B" * 45), ("a" * 44, "b" * 44)],
)
def test_a_sound_frame_without_a_zone_is_said(lines: tuple[str, ...]) -> None:
    assert take(PRESETS["desko"], encode(PRESETS["desko"], lines)) == [fault(ReadFault.NOT_MRZ)]


def test_lines_that_the_rte6701_did_not_find_are_passed_over() -> None:
    frame = encode(PRESETS["rte6701"], SPECIMENS["td2"])
    assert b"\r" in frame[7:8]
    assert b"________" in frame
    [event] = take(PRESETS["rte6701"], frame)
    assert isinstance(event, Mrz)
    assert event.format == "TD2"


def test_an_answer_without_a_document_is_no_failure() -> None:
    assert take(PRESETS["elyctis"], b"\x49\x00\x00") == [Acknowledged()]
    assert take(PRESETS["elyctis"], b"\x43\x00\x01\x01") == [Acknowledged()]


def test_bytes_around_a_desko_frame_are_of_no_interest() -> None:
    assert take(PRESETS["desko"], b"\x1d") == []
    assert take(PRESETS["desko"], b"\x1d\x1c\x1d") == [fault(ReadFault.GARBAGE)]
