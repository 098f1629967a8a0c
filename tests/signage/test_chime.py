"""The chime is a sound file that any player takes: three notes, soft at both ends, never clipped."""

import array
import io
import math
import sys
import wave

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.chime import RATE, chime


def samples(data: bytes) -> list[int]:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        found = array.array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        found.byteswap()
    return list(found)


def strength(heard: list[int], frequency: float) -> float:
    """How much of one frequency is in it (Goertzel)."""
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    last = before = 0.0
    for sample in heard:
        last, before = sample + turn * last - before, last
    return math.sqrt(last * last + before * before - turn * last * before)


def test_three_notes_go_up() -> None:
    heard = samples(chime(100))
    parts = [heard[round(start * RATE) : round((start + 0.27) * RATE)] for start in (0.0, 0.28, 0.56)]
    notes = (523.25, 659.26, 783.99)
    new = [[strength(part, note) for note in notes] for part in parts]
    # A note is nearly silent before its turn, and the strongest in it.
    assert [row.index(max(row)) for row in new] == [0, 1, 2]
    assert new[0][1] < new[1][1] / 10
    assert new[1][2] < new[2][2] / 10


def test_it_begins_and_ends_in_silence_and_uses_the_whole_range_once() -> None:
    heard = samples(chime(100))
    assert max(map(abs, heard)) == 32_767
    assert max(map(abs, heard[:3])) < 300
    assert max(map(abs, heard[-40:])) < 100
    assert 1.2 * RATE <= len(heard) <= 1.8 * RATE


@settings(max_examples=3, deadline=None)
@given(st.integers(1, 100))
def test_volume_is_a_share_of_the_whole(volume: int) -> None:
    assert max(map(abs, samples(chime(volume)))) == pytest.approx(32_767 * volume / 100, abs=1)


def test_at_no_volume_there_is_silence() -> None:
    assert set(samples(chime(0))) == {0}
