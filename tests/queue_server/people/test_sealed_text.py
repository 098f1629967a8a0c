"""Texts that claim to be sealed readings, and the one name that each document has. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.documents import ReadingNotOpenedError, from_text, to_text
from queue_server.vault.model import canonical, document_key, normalised


@given(st.one_of(st.text(max_size=90), st.binary(max_size=90).map(to_text)))
def test_no_text_but_that_of_a_sealing_is_opened(text: str) -> None:
    try:
        raw = from_text(text)
    except ReadingNotOpenedError:
        return
    assert from_text(to_text(raw)) == raw


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=3), st.text(max_size=20))
def test_a_document_has_one_name(issuer: str, number: str) -> None:
    key = document_key(issuer, number)
    assert canonical(key) == key
    assert key in {"", normalised(number), f"{issuer}/{normalised(number)}"}
    assert canonical(number.replace("/", "")) == normalised(number)
