"""The sound of a help call: two soft notes, written as a WAV file (RIFF, 16-bit PCM, mono)."""

import io
import math
import struct
import wave

RATE = 16_000  # samples a second
#: Start (s), length (s) and pitch (Hz) of each note: a fifth upwards is a question, not an alarm.
NOTES = ((0.0, 0.45, 523.25), (0.18, 0.60, 783.99))
LENGTH = 0.8
LOUDNESS = 0.3


def _sample(at: float) -> float:
    total = 0.0
    for start, length, pitch in NOTES:
        since = at - start
        if 0 <= since < length:
            attack = min(1.0, since / 0.01)
            decay = math.exp(-5 * since / length) * min(1.0, (length - since) / 0.02)
            total += (
                attack * decay * (math.sin(math.tau * pitch * since) + 0.2 * math.sin(math.tau * 2 * pitch * since))
            )
    return total * LOUDNESS


def wav() -> bytes:
    """Render the sound."""
    samples = [round(32_767 * max(-1.0, min(1.0, _sample(index / RATE)))) for index in range(int(RATE * LENGTH))]
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return target.getvalue()
