"""A face from a chip, written anew by a process that can do nothing else."""

import asyncio
import io
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from peripherals.documents.lds import face as dg2
from peripherals.documents.lds.portrait import Bounds, portrait
from peripherals.documents.passport.face import FaceFormat, face
from peripherals.errors import ChipDataError

BOUNDS = Bounds(240, 320, 7_168)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests begin processes: that reads a file."""


def encoded(data: bytes, coding: str = "jpeg") -> dg2.EncodedPicture:
    return dg2.EncodedPicture(dg2.ImageFormat(coding), memoryview(data))


@pytest.mark.parametrize("size", [6_000, 60_000])
@pytest.mark.parametrize("coding", FaceFormat)
async def test_a_face_becomes_a_small_plain_jpeg(coding: FaceFormat, size: int) -> None:
    made = await portrait(encoded(face(coding, size, 2), coding), BOUNDS)
    assert len(made) <= BOUNDS.most
    with Image.open(io.BytesIO(made)) as opened, Image.open(io.BytesIO(face(coding, 60_000, 2))) as original:
        assert (opened.format, opened.mode) == ("JPEG", "RGB")
        assert opened.width <= BOUNDS.width
        assert opened.height <= BOUNDS.height
        assert opened.height in {BOUNDS.height, BOUNDS.height - 1} or opened.width == BOUNDS.width
        # It is the same face: the middle of it has the same colour.
        spots = [one.convert("RGB").resize((3, 3), Image.Resampling.BOX).getpixel((1, 1)) for one in (opened, original)]
        assert all(abs(a - b) < 16 for a, b in zip(*map(tuple, spots), strict=True))  # type: ignore[arg-type]


async def test_what_hides_in_a_file_does_not_come_along() -> None:
    data = face(FaceFormat.JPEG, 20_000)
    hidden = b"<script>alert(1)</script>" * 20
    comment = b"\xff\xfe" + (len(hidden) + 2).to_bytes(2) + hidden
    made = await portrait(encoded(data[:2] + comment + data[2:] + hidden), BOUNDS)
    assert b"script" not in made
    assert b"\xff\xfe" not in made


async def test_what_shines_through_and_grey_pictures_are_written_too() -> None:
    for mode in ("L", "RGB", "CMYK"):
        stream = io.BytesIO()
        Image.new(mode, (300, 400), 100 if mode == "L" else tuple([100] * len(mode))).save(stream, "JPEG")
        assert len(await portrait(encoded(stream.getvalue()), BOUNDS)) > 0
    stream = io.BytesIO()
    Image.new("RGBA", (300, 400), (10, 20, 30, 128)).save(stream, "JPEG2000")
    assert len(await portrait(encoded(stream.getvalue(), "jpeg-2000"), BOUNDS)) > 0


@pytest.mark.parametrize(
    ("sides", "fault"),
    [((2_001, 2_000), "picture-large"), ((7, 7), "picture-broken")],
)
async def test_a_picture_without_measure_is_refused(sides: tuple[int, int], fault: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", sides).save(stream, "JPEG", quality=10)
    with pytest.raises(ChipDataError) as caught:
        await portrait(encoded(stream.getvalue()), BOUNDS)
    assert caught.value.placeholders == {"file": "picture", "fault": fault}


async def test_noise_that_does_not_get_shorter_gets_smaller() -> None:
    noise = Image.frombytes("RGB", (480, 640), random.Random(4).randbytes(480 * 640 * 3))
    stream = io.BytesIO()
    noise.save(stream, "JPEG", quality=60)
    made = await portrait(encoded(stream.getvalue()), Bounds(240, 320, 1_500))
    assert len(made) <= 1_500
    with pytest.raises(ChipDataError):
        await portrait(encoded(stream.getvalue()), Bounds(240, 320, 100))


async def test_a_long_thin_picture_fits_too() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (8, 3_000)).save(stream, "JPEG")
    with Image.open(io.BytesIO(await portrait(encoded(stream.getvalue()), BOUNDS))) as opened:
        assert opened.size == (8, 320)


@pytest.mark.parametrize("coding", FaceFormat)
async def test_garbage_ends_the_process_and_nothing_else(coding: FaceFormat) -> None:
    chance, whole = random.Random(7), bytearray(face(coding, 12_000))
    for _ in range(6):
        broken = bytearray(whole[: chance.randrange(20, len(whole))])
        for _ in range(8):
            broken[chance.randrange(12, len(broken))] = chance.randrange(256)
        try:
            made = await portrait(encoded(bytes(broken), coding), BOUNDS)
        except ChipDataError as error:
            assert error.placeholders["fault"] in {"picture-broken", "picture-large"}  # noqa: PT017 - it may be sound
        else:
            assert 0 < len(made) <= BOUNDS.most


async def test_another_coding_than_was_said_is_not_tried() -> None:
    with pytest.raises(ChipDataError):
        await portrait(encoded(face(FaceFormat.JPEG_2000, 12_000), "jpeg"), BOUNDS)


async def test_whoever_does_not_want_it_any_more_leaves_no_process_behind() -> None:
    # A database of the tests may be another child of this process.
    before = children()
    task = asyncio.create_task(portrait(encoded(face(FaceFormat.JPEG, 60_000)), BOUNDS))
    async with asyncio.timeout(60):
        while children() == before:  # noqa: ASYNC110 - nothing tells that a process has begun
            await asyncio.sleep(0.001)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children() == before


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


ATTEMPTS = """
import os, resource, socket, sys
from peripherals.documents.lds.portrait_process import drop_rights
drop_rights()
done = []
for attempt in (lambda: open("/etc/hostname"), lambda: socket.socket(), lambda: os.pipe(), lambda: bytearray(1 << 30)):
    try:
        attempt()
    except (OSError, MemoryError):
        continue
    done.append(attempt)
print(len(done), resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_NPROC))
"""


def test_its_process_opens_nothing_and_takes_no_more_than_its_share() -> None:
    found = subprocess.run(
        [sys.executable, "-I", "-c", ATTEMPTS], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.split("\n")[0] == "0 (0, 0) (0, 0)"
