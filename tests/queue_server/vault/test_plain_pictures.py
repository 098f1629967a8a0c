"""Which pictures a server takes: plain ones, sealed to their visit. Nothing decodes them on the way to a browser."""

import io
import random
from functools import cache
from typing import get_args

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from queue_server.contract.base import SealedFace
from queue_server.contract.documents import ReadingNotOpenedError, seal, to_text, unseal
from queue_server.contract.faces import MAX, SIDES, DocumentFace, is_plain, seal_face, unseal_face
from queue_server.domain.values import VisitId, new_id
from queue_server.framework.settings import HttpSettings
from tests.queue_server.people.sealed import GENUINE

KEY = X25519PrivateKey.generate()
LONGEST: int = get_args(SealedFace)[1].max_length
PUBLIC = KEY.public_key().public_bytes_raw()


def saved(size: tuple[int, int] = (112, 140), mode: str = "RGB", **options: object) -> bytes:
    picture = Image.frombytes(mode, size, random.Random(3).randbytes(size[0] * size[1] * len(mode))).resize(
        (size[0] // 4, size[1] // 4)
    )
    stream = io.BytesIO()
    picture.resize(size).save(stream, "JPEG", **({"quality": 40} | options))
    return stream.getvalue()


@cache
def plain() -> bytes:
    return saved()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("size", [(8, 8), (112, 140), SIDES])
def test_what_a_kiosk_writes_is_plain(size: tuple[int, int], mode: str) -> None:
    assert is_plain(saved(size, mode, quality=10))
    assert is_plain(saved((64, 64), mode, quality=80, subsampling=0))


def test_everything_else_is_not() -> None:
    whole = plain()
    start = whole[:2]
    stream = io.BytesIO()
    Image.new("RGB", (64, 64)).save(stream, "PNG")
    others = {
        "nothing": b"",
        "too wide": saved((SIDES[0] + 1, 8), quality=1),
        "too high": saved((8, SIDES[1] + 1), quality=1),
        "too long": whole[:-2] + bytes(MAX) + whole[-2:],
        "progressive": saved(progressive=True),
        "four colours": saved(mode="CMYK"),
        "a comment": start + segment(0xFE, b"<script>") + whole[2:],
        "a camera's notes": start + segment(0xE1, b"Exif\0\0MM\0*") + whole[2:],
        "a profile of colours": saved(icc_profile=b"p" * 100),
        "a thumbnail": start + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1abc") + whole[20:],
        "intervals": start + segment(0xDD, b"\0\1") + whole[2:],
        "a tail": whole + b"PK\3\4",
        "two pictures": whole + whole,
        "cut off": whole[:-20],
        "another marker within": whole[:-40] + b"\xff\xda" + whole[-38:],
        "another format": stream.getvalue(),
    }
    assert [name for name, data in others.items() if is_plain(data)] == []


@given(st.binary(max_size=600), st.integers(0, 2_000), st.integers(0, 255))
@settings(deadline=None, max_examples=400)
def test_any_bytes_are_judged(data: bytes, at: int, value: int) -> None:
    assert is_plain(b"\xff\xd8" + data + b"\xff\xd9") in {True, False}
    changed = bytearray(plain())
    changed[at % len(changed)] = value
    if is_plain(bytes(changed)):
        # What passes is at least a file that a decoder opens, of the size that is allowed.
        with Image.open(io.BytesIO(changed)) as opened:
            assert opened.format == "JPEG"
            assert opened.width <= SIDES[0]
            assert opened.height <= SIDES[1]


def test_it_opens_for_its_visit_and_its_server_alone_and_is_no_reading() -> None:
    visit, other = VisitId(new_id()), VisitId(new_id())
    face = DocumentFace(2, plain())
    sealed = seal_face(face, visit, PUBLIC)
    assert plain()[200:240] not in sealed
    assert unseal_face(sealed, visit, KEY) == face
    assert "jpeg" not in repr(face)
    assert str(plain()) not in repr(face)
    for wrong in ((other, KEY), (visit, X25519PrivateKey.generate())):
        with pytest.raises(ReadingNotOpenedError):
            unseal_face(sealed, *wrong)
    with pytest.raises(ReadingNotOpenedError):
        unseal(sealed, visit, KEY)
    with pytest.raises(ReadingNotOpenedError):
        unseal_face(seal(GENUINE, visit, PUBLIC), visit, KEY)
    for hostile in (b"<svg onload=alert(1)>", plain() + b"tail", b""):
        with pytest.raises(ReadingNotOpenedError):
            unseal_face(seal_face(DocumentFace(0, hostile), visit, PUBLIC), visit, KEY)


def test_the_largest_of_twenty_fit_into_a_request_beside_their_readings() -> None:
    visit = VisitId(new_id())
    most = max(len(to_text(seal_face(DocumentFace(19, bytes(MAX)), visit, PUBLIC))), 64)
    assert most <= LONGEST
    assert HttpSettings().body_bytes > 20 * (LONGEST + 3_000)
