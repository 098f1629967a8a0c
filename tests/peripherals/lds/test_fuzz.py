"""Whatever is on a chip: a file, or the one error, in bounded time."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peripherals.documents.lds import com, details, dg1, face, picture
from peripherals.documents.lds.files import TAGS, body
from peripherals.documents.passport import face as draw
from peripherals.documents.passport import lds as make
from peripherals.documents.specimens import SPECIMENS
from peripherals.errors import ChipDataError
from tests.peripherals.lds.test_face import MADE, SIZE, by_39794, template
from tests.peripherals.mutation import mutations

JPEG = draw.face(draw.FaceFormat.JPEG, 5_000)
JPEG_2000 = draw.face(draw.FaceFormat.JPEG_2000, 5_000)
FILES = [
    (com.read, make.com([1, 2, 14, 15], make.Versions())),
    (dg1.read, make.dg1("".join(SPECIMENS["td3"]))),
    (face.faces, make.dg2(JPEG[:200], draw.FaceFormat.JPEG, SIZE, MADE)),
    (face.faces, template(by_39794(JPEG[:200]))),
    (face.signatures, make.dg7(JPEG[:200])),
    (lambda data: details.read(data, 11), make.dg11("A<<B", MADE.date(), "C")),
    (lambda data: details.read(data, 12), make.dg12("A", MADE.date())),
]


@pytest.mark.parametrize(("read", "sample"), FILES)
@given(data=st.data())
def test_mutated_files(read: Callable[[bytes], object], sample: bytes, data: st.DataObject) -> None:
    changed = data.draw(mutations(sample))
    try:
        read(changed)
    except ChipDataError as error:
        assert error.placeholders["file"]  # noqa: PT017 - either is right, and the error says which file


@given(data=st.binary(max_size=200), number=st.sampled_from(sorted(TAGS)))
def test_any_bytes(data: bytes, number: int) -> None:
    for read in (com.read, dg1.read, face.faces, face.signatures, lambda raw: body(raw, number)):
        try:
            read(data)
        except ChipDataError:
            continue


@pytest.mark.parametrize("sample", [JPEG, JPEG_2000, JPEG_2000[85:]], ids=["jpeg", "jp2", "codestream"])
@settings(deadline=2000, max_examples=60)
@given(data=st.data())
def test_mutated_pictures(sample: bytes, data: st.DataObject) -> None:
    changed = data.draw(mutations(sample))
    try:
        shown = picture.decode(face.EncodedPicture(face.ImageFormat.JPEG, memoryview(changed)))
    except ChipDataError:
        return
    assert len(shown.pixels) == shown.width * shown.height * 3 <= 3 * picture.PIXELS_MOST
