"""Which pictures of a chip are plain: each bound of each part of a JPEG, exactly at its edge."""

import itertools

from queue_server.contract.faces import MAX, SIDES, is_plain


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def quantisation(*numbers: int) -> bytes:
    return segment(0xDB, b"".join(bytes([number]) + bytes(64) for number in numbers))


def huffman(kind: int = 0, number: int = 0, values: int = 1) -> bytes:
    counts = [min(values - at, 255) for at in range(0, values, 255)]
    body = bytes([kind << 4 | number, *counts, *[0] * (16 - len(counts))]) + bytes(values)
    return segment(0xC4, body)


def frame(width: int = 8, height: int = 8, table: int = 0, sampling: int = 0x11, precision: int = 8) -> bytes:
    size = height.to_bytes(2) + width.to_bytes(2)
    return segment(0xC0, bytes([precision]) + size + bytes([1, 1, sampling, table]))


def scan(direct: int = 0, alternating: int = 0, data: bytes = b"\x00") -> bytes:
    return segment(0xDA, bytes([1, 1, direct << 4 | alternating, 0, 63, 0])) + data


def picture(*parts: bytes, head: bytes | None = None, end: bytes | None = None) -> bytes:
    return (
        b"\xff\xd8"
        + b"".join(parts)
        + (frame() if head is None else head)
        + (scan() if end is None else end)
        + b"\xff\xd9"
    )


def of_length(length: int) -> bytes:
    return picture(end=scan(data=bytes(length - len(picture()) + 1)))


PLAIN = {
    "the smallest": picture(),
    "quantisation tables 0 to 3": picture(quantisation(0, 1, 2, 3)),
    "Huffman tables 0 and 3 of both kinds": picture(*itertools.starmap(huffman, [(0, 0), (0, 3), (1, 0), (1, 3)])),
    "a Huffman table of 162 values": picture(huffman(values=162)),
    "the largest sides": picture(head=frame(*SIDES)),
    "the last table of a component": picture(head=frame(table=3)),
    "the last tables of a scan": picture(end=scan(3, 3)),
    "the most bytes": of_length(MAX),
    "a stuffed byte": picture(end=scan(data=b"\xff\x00")),
}
NOT_PLAIN = {
    "quantisation table 4": picture(quantisation(4)),
    "quantisation table 4 after others": picture(quantisation(0, 1, 2, 4)),
    "an empty segment of quantisation": picture(segment(0xDB, b"")),
    "half a quantisation table": picture(segment(0xDB, bytes(64))),
    "Huffman table 4": picture(huffman(0, 4)),
    "a third kind of Huffman table": picture(huffman(2, 0)),
    "a Huffman table without values": picture(huffman(values=0)),
    "a Huffman table of 163 values": picture(huffman(values=163)),
    "an empty segment of Huffman tables": picture(segment(0xC4, b"")),
    "a Huffman table with a byte behind it": picture(segment(0xC4, bytes([0, 1, *[0] * 15, 0, 0]))),
    "a Huffman table that lacks its last value": picture(segment(0xC4, bytes([0, 2, *[0] * 15, 0]))),
    "a pixel too wide": picture(head=frame(SIDES[0] + 1)),
    "a pixel too high": picture(head=frame(height=SIDES[1] + 1)),
    "a pixel too narrow": picture(head=frame(7)),
    "a pixel too low": picture(head=frame(height=7)),
    "table 4 of a component": picture(head=frame(table=4)),
    "an unknown sampling": picture(head=frame(sampling=0x13)),
    "twelve bits": picture(head=frame(precision=12)),
    "two frames": picture(frame()),
    "no frame": picture(head=b""),
    "table 4 of a scan": picture(end=scan(0, 4)),
    "table 4 of a scan's direct values": picture(end=scan(4, 0)),
    "no data": picture(end=scan(data=b"")),
    "a marker in the data": picture(end=scan(data=b"\xff\xd0")),
    "a comment": picture(segment(0xFE, b"hello")),
    "a byte too many": of_length(MAX + 1),
    "a tail": picture() + b"\x00",
}


def test_each_bound_is_exact() -> None:
    assert [why for why, jpeg in PLAIN.items() if not is_plain(jpeg)] == []
    assert [why for why, jpeg in NOT_PLAIN.items() if is_plain(jpeg)] == []
    assert len(PLAIN["the most bytes"]) == MAX
