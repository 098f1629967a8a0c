"""Codes and PINs of forms, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import forms as f
from queue_server.domain.typed_codes import CODE_SIGNS

CODES = st.text(CODE_SIGNS, min_size=f.FORM_CODE_LENGTH, max_size=f.FORM_CODE_LENGTH).map(f.FormCode)
PINS = st.text("0123456789", min_size=f.MIN_PIN, max_size=f.MAX_PIN)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(CODES)
def test_a_code_is_read_as_it_is_shown(code: f.FormCode) -> None:
    assert f.read_form_code(f.shown_form_code(code)) == code
    assert f.read_form_code(f" {code.lower()}\n") == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    code = f.read_form_code(typed)
    assert code is None or (len(code) == f.FORM_CODE_LENGTH and set(code) <= set(CODE_SIGNS))


@given(PINS)
def test_a_pin_is_read_in_digits_of_any_script(pin: str) -> None:
    assert f.read_pin(pin) == f.read_pin(pin.translate(ARABIC)) == f.read_pin(f" {pin[:3]} {pin[3:]} ") == pin


@given(st.text())
def test_whatever_is_typed_is_a_pin_or_none(typed: str) -> None:
    pin = f.read_pin(typed)
    assert pin is None or (pin.isascii() and pin.isdecimal() and f.MIN_PIN <= len(pin) <= f.MAX_PIN)


@pytest.mark.parametrize("pin", ["000000", "121212", "123456", "98765432", "890123", "112211"])
def test_what_is_tried_first_is_weak(pin: str) -> None:
    assert f.is_weak_pin(pin)


@pytest.mark.parametrize("pin", ["271828", "140973", "123467", "13579024"])
def test_others_are_not(pin: str) -> None:
    assert not f.is_weak_pin(pin)
