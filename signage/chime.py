"""The chime: three soft notes going up, as a WAV file made here (RIFF, 16 bit mono)."""

import array
import io
import math
import sys
import wave

RATE = 44_100
#: C5, E5, G5 (Hz), and when each begins (s): a chord that opens, and is no alarm.
_NOTES = ((523.25, 0.0), (659.26, 0.28), (783.99, 0.56))
_SECONDS = 1.6
_ATTACK = 0.012
_DECAY = 0.42
#: Multiples of the note and their share: a little of a bell, nothing of a buzzer.
_OVERTONES = ((1.0, 1.0), (2.0, 0.22), (3.0, 0.06))


def _note(frequency: float, age: float) -> float:
    """The swing of one note ``age`` seconds after it was struck, between -1.28 and 1.28."""
    if age < 0:
        return 0.0
    loudness = min(1.0, age / _ATTACK) * math.exp(-age / _DECAY)
    return loudness * sum(part * math.sin(2 * math.pi * frequency * times * age) for times, part in _OVERTONES)


def chime(volume: int) -> bytes:
    """Make the file; ``volume`` is 0 to 100, and 100 uses the whole range without clipping."""
    count = round(_SECONDS * RATE)
    # The last 50 ms fade to nothing, so that no click ends it.
    fade = 0.05 * RATE
    swings = [
        sum(_note(frequency, index / RATE - start) for frequency, start in _NOTES)
        * min(1.0, (count - 1 - index) / fade)
        for index in range(count)
    ]
    peak = max(map(abs, swings))
    samples = array.array("h", (round(swing / peak * 32_767 * volume / 100) for swing in swings))
    if sys.byteorder == "big":
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()
