"""Tags, lengths and values in seals: tags of one byte, lengths plain or as in DER (ICAO Doc 9303-13, 2.3). Pure."""

from collections.abc import Callable, Iterator

#: A length, and where the value begins; None where there is none.
type Length = tuple[int, int] | None
type LengthReader = Callable[[bytearray, int], Length]


def plain_length(raw: bytearray, at: int) -> Length:
    """Read a length of one byte (BSI TR-03137 part 1, 3.2.3)."""
    return (raw[at], at + 1) if at < len(raw) else None


def der_length(raw: bytearray, at: int) -> Length:
    """Read a length as in DER, of at most 65535: the shortest way to write it, or None."""
    if at >= len(raw):
        return None
    first = raw[at]
    if first < 0x80:  # noqa: PLR2004 - the short form of DER
        return first, at + 1
    count = first & 0x7F
    length = int.from_bytes(raw[at + 1 : at + 1 + count])
    shortest = 1 if length < 0x100 else 2  # noqa: PLR2004 - what one byte holds
    sound = count == shortest and length >= 0x80 and at + 1 + count <= len(raw)  # noqa: PLR2004 - DER is shortest
    return (length, at + 1 + count) if sound else None


def walk(raw: bytearray, at: int, read_length: LengthReader, *, last: int | None = None) -> Iterator[tuple[int, slice]]:
    """Follow tags and lengths from ``at``: to the end, to the tag ``last``, or to where no length can be read.

    Where the values lie is not checked: a slice may end behind the end of ``raw``.
    """
    while at < len(raw):
        tag = raw[at]
        found = read_length(raw, at + 1)
        if found is None:
            return
        length, start = found
        yield tag, slice(start, start + length)
        if tag == last:
            return
        at = start + length
