"""Seals in pictures: real codes, drawn and read, turned and dirty; and what is no picture."""

import io
import struct
import zlib

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.seals import image, reading
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.errors import SealError
from tests.peripherals.seals import maker
from tests.peripherals.seals import worked_examples as examples

Format = zxingcpp.BarcodeFormat
FORMATS = (Format.DataMatrix, Format.QRCode, Format.Aztec)
ALL_BYTES = bytes(range(256)) * 2


def draw(data: bytes, form: Format = Format.DataMatrix, scale: int = 4) -> Image.Image:
    barcode = zxingcpp.create_barcode(data, form)
    code = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=scale, add_quiet_zones=True))
    paper = Image.new("L", (code.width + 120, code.height + 160), 245)
    paper.paste(code, (70, 60))
    return paper


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def fault(data: bytes) -> str:
    with pytest.raises(SealError) as caught:
        image.seal(data)
    return str(caught.value.placeholders["fault"])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [ALL_BYTES, examples.VISA, b"\x00\x00", b"\r\n\x1d\xe8\xff"])
def test_binary_codes_come_back_byte_for_byte(form: Format, data: bytes) -> None:
    assert image.codes(saved(draw(data, form))) == (data,)


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=400), st.sampled_from(FORMATS))
def test_any_bytes_come_back(data: bytes, form: Format) -> None:
    assert image.codes(saved(draw(data, form, scale=3))) == (data,)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turned", [0, 90, 11])
def test_a_seal_on_paper(kind: str, turned: int) -> None:
    picture = draw(examples.RESIDENCE_PERMIT, scale=6).rotate(turned, expand=True, fillcolor=245)
    seal = image.seal(saved(picture, kind))
    assert isinstance(seal, Vds)
    assert seal.signed + bytes([0xFF, 64]) + seal.signature == examples.RESIDENCE_PERMIT


def test_a_seal_with_a_spot_on_it() -> None:
    picture = draw(examples.RESIDENCE_PERMIT, scale=6)
    ImageDraw.Draw(picture).ellipse((150, 150, 190, 185), fill=40)
    assert isinstance(image.seal(saved(picture)), Vds)


def test_a_seal_in_json() -> None:
    data = maker.make_json(maker.make_signer(algorithm=Algorithm()))
    seal = image.seal(saved(draw(data, Format.QRCode)))
    assert isinstance(seal, VdsNc)
    assert reading.describe(seal)["fields"] == maker.MESSAGE


def test_the_seal_among_other_codes() -> None:
    ticket, seal = draw(b"https://centre.example/t/abc", Format.QRCode), draw(examples.VISA)
    both = Image.new("L", (ticket.width + seal.width, max(ticket.height, seal.height)), 245)
    both.paste(ticket, (0, 0))
    both.paste(seal, (ticket.width, 0))
    assert isinstance(image.seal(saved(both)), Vds)


def test_a_transparent_picture_stands_on_white_paper() -> None:
    code = draw(examples.VISA)
    picture = Image.new("RGBA", code.size, (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), mask=code.point(lambda level: 255 if level < 128 else 0))
    assert isinstance(image.seal(saved(picture)), Vds)


def test_a_seal_on_a_page_scanned_at_600_dpi() -> None:
    page = Image.new("L", (4960, 7016), 245)
    # 44 modules on 15 mm, as TR-03137 part 1, 8.1, prints them: 8 pixels a module.
    page.paste(draw(examples.RESIDENCE_PERMIT, scale=8), (3000, 5000))
    assert isinstance(image.seal(saved(page)), Vds)


def test_pictures_without_a_seal() -> None:
    assert fault(saved(Image.new("L", (300, 300), 255))) == "no-code"
    assert fault(saved(draw(b"https://centre.example/t/abc"))) == "magic"


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", saved(Image.new("1", (9, 9)))[:30]]
)
def test_what_is_no_picture(data: bytes) -> None:
    assert fault(data) == "image"


def png_of_size(width: int, height: int) -> bytes:
    """Write the head of a PNG that claims a size and has no such picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")))
    written = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


@pytest.mark.parametrize("size", [8_000, 12_000, 60_000])
def test_a_picture_that_is_too_large_is_refused_unread(size: int) -> None:
    assert fault(png_of_size(size, size)) == "too-long"


def test_a_file_that_is_too_large() -> None:
    assert fault(bytes(image.LIMIT + 1)) == "too-long"


@settings(max_examples=60)
@given(st.data())
def test_a_picture_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(PICTURES)))
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(8, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        image.seal(bytes(raw))
    except SealError as error:
        assert error.placeholders["fault"]  # noqa: PT017


PICTURES = [saved(draw(examples.VISA, scale=2), kind) for kind in ("PNG", "JPEG")]
