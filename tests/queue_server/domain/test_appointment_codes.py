"""Codes of appointments as people type them, and what a scanner reads of their link."""

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import appointments as a
from queue_server.domain.typed_codes import CODE_SIGNS

CODES = st.text(CODE_SIGNS, min_size=a.CODE_LENGTH, max_size=a.CODE_LENGTH).map(a.AppointmentCode)
TOKENS = st.binary(min_size=32, max_size=32).map(lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"=").decode())


def test_there_are_28_signs_and_no_two_look_alike() -> None:
    assert len(set(CODE_SIGNS)) == len(CODE_SIGNS) == 28
    for alike in ("0OQ", "1IL", "8B", "2Z", "5S", "UV"):
        assert len(set(alike) & set(CODE_SIGNS)) == 1, alike


def test_what_is_drawn_is_read() -> None:
    drawn = {a.draw_code() for _ in range(200)}
    assert len(drawn) == 200
    assert all(a.read_code(code) == code for code in drawn)


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: a.AppointmentCode) -> None:
    shown = a.shown_code(code)
    assert [len(group) for group in shown.split()] == [4, 4]
    for typed in (
        shown,
        shown.lower(),
        f"  {code} ",
        shown.replace(" ", "-"),
        "\u200e".join(code),
        "\u00a0".join(code),
    ):
        assert a.read_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("hs4k 7km2", "HS4K7KM2"),
        ("H54K 7KMZ", "HS4K7KM2"),
        ("0OIL BU11", "QQLL8VLL"),
        # Arabic-Indic and full-width digits are digits.
        ("HS\u0664K \u0667KM\u0662", "HS4K7KM2"),
        ("\uff28\uff33\uff14\uff2b\uff17\uff2b\uff2d\uff12", "HS4K7KM2"),
    ],
)
def test_what_looks_like_a_sign_is_it(typed: str, code: str) -> None:
    assert a.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "HS4K7KM", "HS4K7KM22", "HS4K7K\u00df2", "HS4K 7KM?", "2" * 9_000, "\x00" * 8])
def test_what_can_be_none_is_none(typed: str) -> None:
    assert a.read_code(typed) is None


@given(st.text(max_size=80))
def test_any_text_is_judged(typed: str) -> None:
    code = a.read_code(typed)
    assert code is None or set(code) <= set(CODE_SIGNS)
    token = a.read_link(typed)
    assert token is None or a.claimed_by(token) is not None


@given(TOKENS)
def test_a_link_or_its_token_is_read(token: str) -> None:
    for scanned in (token, f"https://queue.example/b/{token}", f"http://127.0.0.1:8080/b/{token}/", f" {token}\r\n"):
        assert a.read_link(scanned) == token
    for other in (f"https://queue.example/t/{token}", f"/b/{token}", f"javascript:{token}", f"{token}=", token[:-1]):
        assert a.read_link(other) is None


@given(st.uuids())
def test_a_token_says_whose_it_claims_to_be(ident: uuid.UUID) -> None:
    token = base64.urlsafe_b64encode(ident.bytes + bytes(16)).rstrip(b"=").decode()
    assert a.claimed_by(token) == str(ident)
    assert a.claimed_by("not a token") is None
