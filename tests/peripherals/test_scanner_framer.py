"""Codes of barcode readers, however their bytes and key strokes are cut, and whatever else comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.codes import keys
from peripherals.codes.framer import LIMIT, LINES_LIMIT, CodeEnvelope, CodeFramer
from peripherals.codes.keys import EVENT, KeyDecoder
from peripherals.codes.port import Read, Scan, ScanFailure, ScanFault, SealScan
from peripherals.codes.simulator import as_keys, key_events

FRAME_S = 3.0
ENVELOPES = (
    CodeEnvelope(),
    CodeEnvelope(prefix=b"\x02", suffix=b"\x03"),
    CodeEnvelope(prefix=b"]Q1"),
    CodeEnvelope(suffix=b"##"),
)
PRINTABLE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=200).filter(
    lambda text: "##" not in text + "#" and not text.startswith("]")
)


#: The beginning of a driving licence in PDF417 (AAMVA): LF, RS and CR stand in its first line.
LICENCE = b"@\n\x1e\rANSI 636000080002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACSPECIMEN\rZVZVA01"


def framed(envelope: CodeEnvelope, text: str) -> bytes:
    return envelope.prefix + text.encode() + (envelope.suffix or b"\r\n")


def take(envelope: CodeEnvelope, *pieces: bytes) -> list[Read]:
    framer = CodeFramer(envelope, FRAME_S)
    reads = [read for piece in pieces for read in framer.feed(piece, 0.0)]
    return reads + framer.pause()


def texts(reads: list[Read]) -> list[str]:
    return [bytes(read.text).decode() for read in reads if isinstance(read, Scan)]


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(each for each in cuts if each < len(data))})
    return [data[start:end] for start, end in pairwise(marks)]


@given(st.sampled_from(ENVELOPES), PRINTABLE, st.lists(st.integers(0, 220), max_size=6))
def test_a_code_is_found_however_it_is_cut(envelope: CodeEnvelope, text: str, cuts: list[int]) -> None:
    assert texts(take(envelope, *cut(framed(envelope, text), cuts))) == [text]


@given(
    st.sampled_from(ENVELOPES),
    st.lists(st.binary(max_size=400), max_size=5),
    st.lists(st.floats(0, 9), min_size=5, max_size=5),
)
def test_any_bytes_give_codes_of_plain_text_and_leave_nothing_behind(
    envelope: CodeEnvelope, pieces: list[bytes], times: list[float]
) -> None:
    framer = CodeFramer(envelope, FRAME_S)
    for piece, now in zip(pieces, sorted(times), strict=False):
        for read in framer.feed(piece, now):
            _assert_plain(read)
        assert len(framer._buffer) == envelope.room
    for read in framer.pause():
        _assert_plain(read)
    assert not any(framer._buffer)
    # And the next code is read as if nothing had been.
    assert texts(framer.feed(framed(envelope, "B042"), 100.0) + framer.pause()) == ["B042"]


def _assert_plain(read: Read) -> None:
    # A seal comes only where the address of the scanner asks for it.
    assert not isinstance(read, SealScan)
    if isinstance(read, Scan):
        text = bytes(read.text)
        several = any(each in b"\r\n\t" for each in text)
        assert 1 <= len(text) <= (LINES_LIMIT if several else LIMIT)
        assert all(0x20 <= each <= 0x7E or (several and each in b"\r\n\t\x1c\x1d\x1e") for each in text)


@pytest.mark.parametrize("held", [b"\x1b[2J\r", b"caf\xc3\xa9\r", b"a\x1db\r", b"\x00\r", b"\x7f\r", b"a\r\x1bb\r"])
def test_what_is_no_plain_text_is_refused_and_the_next_is_read(held: bytes) -> None:
    framer = CodeFramer(CodeEnvelope(), FRAME_S)
    assert framer.feed(held, 0.0) + framer.pause() == [ScanFailure(ScanFault.GARBAGE)]
    assert texts(framer.feed(b"B042\r", 1.0) + framer.pause()) == ["B042"]


@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("aim", ["]Q1", "]d2", "]C1", "]L2", "]E0"])
def test_an_aim_identifier_is_taken_off_every_code(envelope: CodeEnvelope, aim: str) -> None:
    assert texts(take(envelope, framed(envelope, f"{aim}https://centre.example/t/abc"))) == [
        "https://centre.example/t/abc"
    ]
    for kept in (aim, "]x", "]-1B042", "B042" + aim):
        assert texts(take(envelope, framed(envelope, kept))) == [kept]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\t", b"\r\t"])
def test_a_code_ends_with_enter_or_tab(ending: bytes) -> None:
    assert texts(take(CodeEnvelope(), b"B042" + ending)) == ["B042"]


@pytest.mark.parametrize("ending", [b"\r", b"\t", b"\r\n"])
def test_a_code_of_several_lines_is_one_scan_however_it_is_cut(ending: bytes) -> None:
    for at in range(len(LICENCE)):
        assert texts(take(CodeEnvelope(), LICENCE[:at], LICENCE[at:] + ending)) == [LICENCE.decode()]
    framed_by_control = CodeEnvelope(prefix=b"\x02", suffix=b"\x03")
    framer = CodeFramer(framed_by_control, FRAME_S)
    # Such a suffix ends it at once.
    assert texts(framer.feed(b"\x02" + LICENCE + b"\x03", 0.0)) == [LICENCE.decode()]


def test_a_suffix_of_enter_ends_a_code_at_once() -> None:
    framer = CodeFramer(CodeEnvelope(suffix=b"\r"), FRAME_S)
    assert texts(framer.feed(b"A001\rA002\r", 0.0)) == ["A001", "A002"]


def test_a_code_of_several_lines_may_be_longer() -> None:
    lines = b"A" * 500 + b"\r" + b"B" * 500
    assert texts(take(CodeEnvelope(), lines + b"\r")) == [lines.decode()]
    assert take(CodeEnvelope(), lines + b"C" * 1000 + b"\r") == [ScanFailure(ScanFault.TOO_LONG)]


def test_empty_lines_are_nothing() -> None:
    assert take(CodeEnvelope(), b"\r\n\r\n\n") == []


@pytest.mark.parametrize("envelope", ENVELOPES[1:3])
def test_a_prefix_that_is_missing_is_refused(envelope: CodeEnvelope) -> None:
    end = envelope.suffix or b"\r"
    assert take(envelope, b"B042" + end) == [ScanFailure(ScanFault.GARBAGE)]
    assert take(envelope, envelope.prefix + end) == [ScanFailure(ScanFault.GARBAGE)]


def test_too_long_is_refused_once() -> None:
    assert take(CodeEnvelope(), b"A" * 1000 + b"\r") == [ScanFailure(ScanFault.TOO_LONG)]


def test_too_slow_is_refused_once() -> None:
    framer = CodeFramer(CodeEnvelope(), FRAME_S)
    reads = [read for at in range(80) for read in framer.feed(b"A", at * 0.1)]
    assert reads + framer.pause() == [ScanFailure(ScanFault.TOO_SLOW)]


def test_what_never_ends_is_said_after_the_pause() -> None:
    assert take(CodeEnvelope(), b"B04") == [ScanFailure(ScanFault.TRUNCATED)]


def typed(data: bytes, cuts: list[int] | None = None) -> bytes:
    decoder = KeyDecoder()
    return b"".join(decoder.feed(piece) for piece in cut(data, cuts or []))


@given(PRINTABLE, st.lists(st.integers(0, 20_000), max_size=8))
def test_what_is_typed_on_a_keyboard_is_read(text: str, cuts: list[int]) -> None:
    assert typed(b"".join(as_keys(text.encode())), cuts) == text.encode()


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_any_bytes_of_an_input_device_are_taken(pieces: list[bytes]) -> None:
    decoder = KeyDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._held) < EVENT.size


def event(kind: int, code: int, value: int) -> bytes:
    return EVENT.pack(1_790_000_000, 250_000, kind, code, value)


def test_events_as_a_wedge_sends_them() -> None:
    """``B 0`` and Enter of a reader that holds Shift, says scan codes, and repeats nothing."""
    stroke = [
        (4, 4, 0x700E1), (1, 42, 1), (0, 0, 0),
        (4, 4, 0x70005), (1, 48, 1), (0, 0, 0), (4, 4, 0x70005), (1, 48, 0), (0, 0, 0),
        (4, 4, 0x700E1), (1, 42, 0), (0, 0, 0),
        (1, 57, 1), (0, 0, 0), (1, 57, 0), (0, 0, 0),
        (1, 11, 1), (0, 0, 0), (1, 11, 2), (0, 0, 0), (1, 11, 0), (0, 0, 0),
        (1, 28, 1), (0, 0, 0), (1, 28, 0), (0, 0, 0),
    ]  # fmt: skip
    assert typed(b"".join(event(*each) for each in stroke)) == b"B 0\r"


def test_caps_lock_turns_letters_alone() -> None:
    assert typed(key_events(0x00)) == b"\x00"
    lock = event(1, keys.CAPS_LOCK, 1) + event(1, keys.CAPS_LOCK, 0)
    assert typed(lock + key_events(ord("b")) + key_events(ord("1")) + lock + key_events(ord("b"))) == b"B1b"


@pytest.mark.parametrize("held", sorted(keys.COMMANDING))
def test_a_key_with_ctrl_alt_or_meta_is_no_character(held: int) -> None:
    assert typed(key_events(ord("w"), held) + key_events(ord("w"))) == b"\x00w"


def test_events_that_the_kernel_threw_away_make_the_code_worthless() -> None:
    lost = event(0, keys.SYN_DROPPED, 0) + event(1, 48, 1) + event(0, 0, 0)
    decoder = KeyDecoder()
    characters = decoder.feed(key_events(ord("a")) + lost + key_events(ord("c")) + key_events(ord("\r")))
    assert bytes(characters) == b"a\x00c\r"
    assert take(CodeEnvelope(), bytes(characters)) == [ScanFailure(ScanFault.GARBAGE)]
