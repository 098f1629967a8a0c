"""Codes of half a minute, as the standard has them; each is taken once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts import totp
from queue_server.domain.values import SECOND, Micros

SECRET = b"12345678901234567890"
STEP = totp.STEP_S * SECOND


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B."""
    assert totp.code_at(SECRET, seconds // totp.STEP_S, 8) == code


@given(st.binary(min_size=20, max_size=20), st.integers(4, 10**9), st.integers(-3, 3))
def test_a_code_is_taken_about_its_time_and_once(secret: bytes, step: int, apart: int) -> None:
    now, code = Micros(step * STEP + 1), totp.code_at(secret, step + apart)
    found = totp.step_of(secret, code, now, 0)
    # Two steps may have the same code, once in half a million.
    assert (found is not None) == (abs(apart) <= 1) or code in {totp.code_at(secret, step + one) for one in (-1, 0, 1)}
    if found is not None:
        assert totp.step_of(secret, code, now, found) is None


@given(st.text())
def test_anything_else_is_no_code(typed: str) -> None:
    assert totp.step_of(SECRET, typed, Micros(STEP * 1000), 0) in {None, 999, 1000, 1001}


def test_what_a_phone_scans_is_what_can_be_typed() -> None:
    address = totp.address(SECRET, "Harbour Street", "ines.moreau")
    assert address.startswith("otpauth://totp/Harbour%20Street%3Aines.moreau?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&")
    assert totp.typed(SECRET) in address
