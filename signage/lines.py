"""A long announcement in lines that have room on a board: sentences stay whole, one line is shown after the other."""

import re

_SENTENCE = re.compile(r"(?<=[.!?\u061f\u06d4\u3002])\s+")


def lines(text: str, room: int) -> tuple[str, ...]:
    """Cut ``text`` into lines of at most ``room`` characters.

    Sentences that have room beside each other share a line. One that is longer than a line is cut between words into
    parts of about the same length, and a word longer than a line within it.
    """
    found: list[str] = []
    for sentence in _SENTENCE.split(text.strip()):
        parts = _parts(" ".join(sentence.split()), room)
        if found and len(parts) == 1 and len(found[-1]) + 1 + len(parts[0]) <= room:
            found[-1] += f" {parts[0]}"
        else:
            found += parts
    return tuple(found)


def _parts(sentence: str, room: int) -> list[str]:
    words = [word[start : start + room] for word in sentence.split(" ") for start in range(0, len(word), room)]
    least = -(-len(sentence) // room)
    # The shortest lines that need no more of them: the last is not one word alone.
    for length in range(max(1, len(sentence) // max(1, least)), room + 1):
        parts = _filled(words, length)
        if len(parts) <= least:
            return parts
    return _filled(words, room)


def _filled(words: list[str], length: int) -> list[str]:
    parts: list[str] = []
    for word in words:
        if parts and len(parts[-1]) + 1 + len(word) <= length:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts
