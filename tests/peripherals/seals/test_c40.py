"""C40 against the examples of TR-03137 part 1, annex B, and an encoder by another hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.seals import c40
from peripherals.errors import SealError
from tests.peripherals.seals import maker


@pytest.mark.parametrize(
    ("data", "text"),
    [("eb0466a9", "XK CD"), ("eb11fe45", "XKCD"), ("6abc", "D  "), ("62d719c9", "BSI01"), ("fe45", "D"), ("", "")],
)
def test_examples(data: str, text: str) -> None:
    assert c40.decode(bytes.fromhex(data)) == text


@given(st.text(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=80))
def test_what_was_written_is_read(text: str) -> None:
    assert c40.decode(maker.c40(text)) == text


@given(st.binary(max_size=64))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = c40.decode(data)
    except SealError as error:
        assert error.placeholders == {"fault": "c40"}  # noqa: PT017
    else:
        assert len(text) <= 3 * len(data) // 2
        assert set(text) <= set(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.mark.parametrize(
    "data",
    [
        "eb",  # half a pair
        "fe45eb04",  # a single character before the end
        "fe00",  # no character of ASCII's scheme
        "fe62",  # a small letter
        "ffff",  # past the last group
        "0000",  # before the first
        "66a9eb04",  # filled up before the end
        "0001",  # nothing but shifts
        "06ec",  # shift 2, which no seal may have
    ],
)
def test_what_is_no_text(data: str) -> None:
    with pytest.raises(SealError):
        c40.decode(bytes.fromhex(data))
