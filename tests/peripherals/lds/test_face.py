"""Faces: out of their records, and onto a screen."""

import contextlib
import io
from datetime import datetime
from types import SimpleNamespace

import pytest
from PIL import Image

from peripherals.documents import ber
from peripherals.documents.lds import face, picture
from peripherals.documents.lds.face import EncodedPicture
from peripherals.documents.passport import face as draw
from peripherals.documents.passport import lds as make
from peripherals.errors import ChipDataError

MADE = datetime(2026, 1, 2)  # noqa: DTZ001 - the record has no zone
ALL = pytest.mark.parametrize("coding", list(draw.FaceFormat))
SIZE = (413, 531)


def dg2(coding: draw.FaceFormat, *, behind: bytes = b"") -> bytes:
    return make.dg2(draw.face(coding, 15_000) + behind, coding, SIZE, MADE)


def template(*blocks: bytes) -> bytes:
    """Wrap blocks up as DG2."""
    header = ber.encode(0xA1, ber.encode(0x81, b"\x02"))
    templates = (ber.encode(0x7F60, header, block) for block in blocks)
    return ber.encode(0x75, ber.encode(0x7F61, ber.encode(0x02, bytes([len(blocks)])), *templates))


def by_39794(image: bytes, *, wrapped: bool = True) -> bytes:
    """Make a block of ISO/IEC 39794-5: version, one representation with a picture and its format."""
    information = ber.encode(0xA1, ber.encode(0xA0, ber.encode(0x80, b"\x02")))
    two_dimensional = ber.encode(0xA0, ber.encode(0x80, image), information)
    shown = ber.encode(0xA1, ber.encode(0xA0, two_dimensional))
    blocks = ber.encode(0xA1, ber.encode(0x30, ber.encode(0x80, b"\x00"), shown))
    record = ber.encode(0x65, ber.encode(0xA0, ber.encode(0x80, b"\x03"), ber.encode(0x81, b"\x07\xe3")), blocks)
    return ber.encode(0x7F2E, ber.encode(0xA1, record) if wrapped else record)


@ALL
def test_a_face_comes_out_as_it_went_in(coding: draw.FaceFormat) -> None:
    found = face.faces(dg2(coding))
    assert [(str(each.coding), bytes(each.data)) for each in found] == [(str(coding), draw.face(coding, 15_000))]


@ALL
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_face_in_the_newer_record(coding: draw.FaceFormat, *, wrapped: bool) -> None:
    image = draw.face(coding, 15_000)
    found = face.faces(template(by_39794(image, wrapped=wrapped)))
    assert [(str(each.coding), bytes(each.data)) for each in found] == [(str(coding), image)]


def test_several_faces_and_feature_points() -> None:
    image = draw.face(draw.FaceFormat.JPEG, 15_000)
    points = bytes(8 * 3)
    head = (len(image) + 20 + len(points) + 12).to_bytes(4) + (3).to_bytes(2) + bytes(14)
    record = head + points + bytes(12) + image
    whole = b"FAC\x00010\x00" + (14 + 2 * len(record)).to_bytes(4) + (2).to_bytes(2) + record + record
    found = face.faces(template(ber.encode(0x5F2E, whole), ber.encode(0x5F2E, whole)))
    assert [bytes(each.data) for each in found] == [image] * 4


def test_what_is_found_is_wiped_with_the_file() -> None:
    file = bytearray(dg2(draw.FaceFormat.JPEG))
    found = face.faces(file)[0]
    file[:] = bytes(len(file))
    assert not any(found.data)


def test_a_signature() -> None:
    image = draw.face(draw.FaceFormat.JPEG, 6000)
    assert [bytes(each.data) for each in face.signatures(make.dg7(image))] == [image]
    with pytest.raises(ChipDataError):
        face.signatures(ber.encode(0x67, ber.encode(0x02, b"\x00")))


RECORD = b"FAC\x00010\x00"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tlv-cut"),
        (template(), "face-missing"),
        (template(b""), "block-missing"),
        (template(ber.encode(0x5F2E, b"")), "tlv-missing"),
        (template(ber.encode(0x5F2E, RECORD)), "face-record"),
        (template(ber.encode(0x5F2E, RECORD + b"\xff" * 6 + bytes(40))), "face-record"),
        (template(ber.encode(0x5F2E, RECORD + (54).to_bytes(4) + b"\0\x01" + b"\xff" * 40)), "face-record"),
        (template(ber.encode(0x5F2E, RECORD + (54).to_bytes(4) + b"\0\0" + bytes(40))), "face-record"),
        (template(ber.encode(0x5F2E, RECORD + (54).to_bytes(4) + b"\0\x01" + bytes(40))), "face-record"),
        (template(by_39794(b"GIF89a")), "picture-coding"),
        (template(ber.encode(0x7F2E, ber.encode(0x65, b""))), "tlv-missing"),
        (template(*[b""] * 10), "tlv-too-many"),
    ],
)
def test_what_is_no_face(data: bytes, reason: str) -> None:
    with pytest.raises(ChipDataError) as caught:
        face.faces(data)
    assert caught.value.placeholders == {"file": "DG2", "fault": reason}


# --- on the screen -------------------------------------------------------------------------------------------------


@ALL
@pytest.mark.parametrize("padding", [0, 1, 500])
def test_a_face_is_shown(coding: draw.FaceFormat, padding: int) -> None:
    shown = picture.decode(face.faces(dg2(coding, behind=bytes(padding)))[0])
    assert (shown.width, shown.height, len(shown.pixels)) == (*SIZE, 413 * 531 * 3)
    wanted = draw._draw(0)
    for place in ((5, 5), (206, 300), (100, 480)):
        at = (place[1] * shown.width + place[0]) * 3
        pixel = wanted.getpixel(place)
        assert isinstance(pixel, tuple)
        assert all(abs(one - other) < 25 for one, other in zip(shown.pixels[at : at + 3], pixel, strict=True))
    shown.wipe()
    assert not any(shown.pixels)


@pytest.mark.parametrize("length", [15_000, 900])
def test_the_copy_that_is_decoded_is_wiped(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    streams: list[io.BytesIO] = []

    def watched(data: memoryview) -> io.BytesIO:
        streams.append(io.BytesIO(data))
        return streams[-1]

    monkeypatch.setattr(picture, "io", SimpleNamespace(BytesIO=watched))
    with contextlib.suppress(ChipDataError):
        picture.decode(encoded(draw.face(draw.FaceFormat.JPEG, 15_000)[:length]))
    assert [any(stream.getvalue()) for stream in streams] == [False]


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colours_are_shown_too(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (64, 48)).save(stream, "JPEG")
    shown = picture.decode(encoded(stream.getvalue()))
    assert len(shown.pixels) == 64 * 48 * 3


def encoded(data: bytes, coding: face.ImageFormat = face.ImageFormat.JPEG) -> EncodedPicture:
    return EncodedPicture(coding, memoryview(data))


def plain(size: tuple[int, int], kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("L", size).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "JPEG2000"])
@pytest.mark.parametrize("size", [(2100, 2000), (4, 400)])
def test_a_picture_that_is_too_large_or_too_small(kind: str, size: tuple[int, int]) -> None:
    with pytest.raises(ChipDataError):
        picture.decode(encoded(plain(size, kind)))


def test_a_picture_that_says_it_is_enormous_is_not_decoded() -> None:
    for side, reason in ((12_000, "picture-large"), (65_000, "picture-large")):
        data = bytearray(plain((64, 64), "JPEG"))
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = side.to_bytes(2) * 2
        with pytest.raises(ChipDataError) as caught:
            picture.decode(encoded(bytes(data)))
        assert caught.value.placeholders["fault"] == reason


def test_a_picture_of_a_thousand_passes_is_not_decoded() -> None:
    data = plain((64, 64), "JPEG")
    at = data.index(b"\xff\xda")
    with pytest.raises(ChipDataError, match="picture-large"):
        picture.decode(encoded(data[:at] + data[at:-2] * 1000 + data[-2:]))


@ALL
def test_a_picture_that_was_cut_off(coding: draw.FaceFormat) -> None:
    data = draw.face(coding, 15_000)
    for length in (0, 2, 20, 200):
        with pytest.raises(ChipDataError, match="picture-broken"):
            picture.decode(encoded(data[:length]))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_other_formats_are_not_opened(kind: str) -> None:
    with pytest.raises(ChipDataError, match="picture-broken"):
        picture.decode(encoded(plain((64, 64), kind)))


def test_nine_pictures_are_read_and_ten_are_not() -> None:
    image = draw.face(draw.FaceFormat.JPEG, 6000)

    def dg7(count: int) -> bytes:
        return ber.encode(0x67, ber.encode(0x02, bytes([count])), *[ber.encode(0x5F43, image)] * count)

    assert len(face.signatures(dg7(9))) == len(face.faces(template(*[by_39794(image)] * 9))) == 9
    with pytest.raises(ChipDataError):
        face.signatures(dg7(10))
    with pytest.raises(ChipDataError):
        face.faces(template(*[by_39794(image)] * 10))
