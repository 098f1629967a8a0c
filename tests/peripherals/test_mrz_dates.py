"""The century that a zone leaves out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents.mrz import dates
from peripherals.documents.mrz.dates import PartialDate

TODAY = date(2026, 11, 26)
#: The shortest hundred years: 1900 had no 29th of February.
CENTURY = timedelta(days=36_524)
days = st.dates(date(1970, 1, 1), date(2090, 12, 31))


@given(days, st.integers(0, CENTURY.days - 1))
def test_everybody_younger_than_a_hundred_gets_the_right_century(today: date, age: int) -> None:
    born = today - timedelta(days=age)
    found = dates.birth(born.strftime("%y%m%d"), today)
    assert found == PartialDate(born.year, born.month, born.day)


@given(days, st.integers(-18_000, 18_000))
def test_expiry_is_the_nearest(today: date, left: int) -> None:
    end = today + timedelta(days=left)
    assert dates.expiry(end.strftime("%y%m%d"), today) == end


@given(st.text(max_size=8), days)
def test_any_text_is_a_date_or_none(text: str, today: date) -> None:
    born = dates.birth(text, today)
    assert born is None or born.earliest <= today
    dates.expiry(text, today)


def test_birth(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, PartialDate | None]] = [
        ("261126", PartialDate(2026, 11, 26)),
        ("261127", PartialDate(1926, 11, 27)),
        ("000229", PartialDate(2000, 2, 29)),
        ("26<<<<", PartialDate(2026, None, None)),
        ("2612XX", PartialDate(1926, 12, None)),
        ("27<<<<", PartialDate(1927, None, None)),
        ("40<<07", PartialDate(1940, None, None)),
        ("010229", None),
        ("<<<<<<", None),
        ("XX0512", None),
        ("74O812", None),
        ("740012", PartialDate(1974, None, None)),
        ("740800", PartialDate(1974, 8, None)),
        ("000000", None),
        ("999999", None),
        ("741301", None),
    ]
    for text, wanted in cases:
        with subtests.test(text=text, wanted=wanted):
            assert dates.birth(text, TODAY) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("310615", date(2031, 6, 15)),
        ("991231", date(1999, 12, 31)),
        ("75<<<<", date(2075, 12, 31)),
        ("2802XX", date(2028, 2, 29)),
        ("30<<<<", date(2030, 12, 31)),
        ("<<0101", None),
        ("300230", None),
    ],
)
def test_expiry(text: str, wanted: date | None) -> None:
    assert dates.expiry(text, TODAY) == wanted
