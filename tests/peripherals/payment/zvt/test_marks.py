"""What the last transaction of a terminal proves about an order, and what not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.money import Amount
from peripherals.payment.port import Order, Result
from peripherals.payment.zvt.bmp import Fields, parse
from peripherals.payment.zvt.judgement import transaction
from peripherals.payment.zvt.marks import Finding, LastTransaction, compare, conclude

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
MARK = LastTransaction("0003", "000007", "52500038", NOW, "1126115900", "000000000500")
ORDER = Order("one", Amount(1234, "EUR"))
HERE = "29 52 50 00 38 0C 12 00 30 0D 11 26"
#: What the mark was made of.
SAME = "27 00 04 00 00 00 00 05 00 0B 00 00 07 87 00 03 29 52 50 00 38 0C 11 59 00 0D 11 26"
NEW = f"27 00 04 00 00 00 00 12 34 49 09 78 0B 00 00 08 87 00 04 {HERE}"


def found(data: str, mark: LastTransaction | None = MARK, order: Order = ORDER) -> Finding:
    last = parse(bytes.fromhex(data))
    return compare(mark, last, transaction(last, order.amount, NOW, UTC), order)


def test_what_the_last_transaction_proves(subtests: pytest.Subtests) -> None:
    cases: list[tuple[str, Finding]] = [
        (NEW, Finding.FOUND),
        (SAME, Finding.NEVER),
        # The same numbers, come by anew: at another time, of another amount, by one that says less.
        (SAME.replace("0C 11", "0C 12"), Finding.OTHER_COUNT),
        (SAME.replace("05 00", "05 01"), Finding.OTHER_COUNT),
        (SAME.replace("29 52 50 00 38", ""), Finding.OTHER_COUNT),
        # One that counts from 1 again, or from anywhere.
        (NEW.replace("00 00 08 87 00 04", "00 00 01 87 00 01"), Finding.OTHER_COUNT),
        (NEW.replace("27 00", "27 05").replace("00 00 08 87 00 04", "00 00 01 87 00 01"), Finding.OTHER_COUNT),
        (NEW.replace("00 00 08", "00 20 08"), Finding.OTHER_COUNT),
        (NEW.replace("0B 00 00 08", ""), Finding.OTHER_COUNT),
        # The order was trace 8, and was reversed; what was before the mark was not the order.
        (NEW.replace("00 00 08 87", "00 00 09 87") + "37 00 00 08", Finding.REVERSED),
        (NEW.replace("00 00 08 87", "00 00 09 87") + "37 00 00 07", Finding.NOT_PROVED),
        (NEW.replace("00 00 08 87", "00 00 09 87") + "37 00 00 0A", Finding.NOT_PROVED),
        (NEW.replace("27 00", "27 05").replace("00 00 08 87", "00 00 09 87") + "37 00 00 08", Finding.NOT_PROVED),
        (NEW.replace("00 00 08 87", "00 00 09 87").replace("12 34", "12 35") + "37 00 00 08", Finding.NOT_PROVED),
        (NEW.replace("12 34", "12 35"), Finding.OTHER_AMOUNT),
        (NEW.replace("09 78", "07 56"), Finding.OTHER_AMOUNT),
        (NEW.replace("00 38", "00 39"), Finding.OTHER_TERMINAL),
        (NEW.replace("0D 11 26", "0D 11 24"), Finding.OTHER_TIME),
        # A clock that is an hour off proves as much as one that is not.
        (NEW.replace("0C 12", "0C 13"), Finding.FOUND),
        (f"27 00 0B 00 00 08 87 00 04 {HERE}", Finding.NOT_PROVED),
        (f"04 00 00 00 00 12 34 0B 00 00 08 {HERE}", Finding.NOT_PROVED),
        ("27 00 04 00 00 00 00 12 34", Finding.NOT_PROVED),
    ]
    for data, finding in cases:
        with subtests.test(data=data, finding=finding):
            assert found(data) is finding
            assert found(data, None) is Finding.NOT_PROVED


def test_a_terminal_that_had_done_nothing_before() -> None:
    empty = LastTransaction.of(None, NOW)
    assert str(empty) == "none@2026-11-26T12:00:00+00:00"
    assert found(NEW, empty) is Finding.FOUND
    # What is not an approval may be anybody's.
    assert found(NEW.replace("27 00", "27 05"), empty) is Finding.NOT_PROVED
    assert found(NEW + "37 00 00 07", empty) is Finding.NOT_PROVED
    assert compare(empty, None, None, ORDER) is Finding.NOT_PROVED


def test_a_reversal_is_that_of_what_was_marked() -> None:
    undo = replace(ORDER, undoes="0003")
    assert found(NEW + "37 00 00 07", order=undo) is Finding.REVERSED
    assert found(NEW + "37 00 00 06", order=undo) is Finding.NOT_PROVED
    assert found(NEW + "37 00 00 07", order=replace(undo, undoes="0002")) is Finding.NOT_PROVED


@pytest.mark.parametrize(("before", "after"), [("999999", "00 00 01"), ("000000", "00 00 01"), ("000099", "00 01 00")])
def test_numbers_go_on_after_the_last_one(before: str, after: str) -> None:
    mark = replace(MARK, trace=before)
    assert found(NEW.replace("00 00 08", after), mark) is Finding.FOUND


def test_who_says_neither_terminal_nor_time_proves_nothing_by_numbers() -> None:
    bare = "27 00 04 00 00 00 00 05 00 0B 00 00 07 87 00 03"
    mark = LastTransaction.of(parse(bytes.fromhex(bare)), NOW)
    assert found(bare, mark) is Finding.OTHER_COUNT


def test_what_it_means_for_an_order() -> None:
    last = parse(bytes.fromhex(NEW))
    seen = transaction(last, ORDER.amount, NOW, UTC)
    undo = Order("undo", ORDER.amount, undoes="0003")
    assert conclude(Finding.NEVER, ORDER, seen) is None
    assert conclude(Finding.FOUND, ORDER, seen) == (Result.APPROVED, "")
    assert conclude(Finding.REVERSED, ORDER, seen) == (Result.FAILED, "reversed-by-terminal")
    assert conclude(Finding.REVERSED, undo, seen) == (Result.APPROVED, "")
    for finding in (
        Finding.OTHER_AMOUNT,
        Finding.OTHER_TERMINAL,
        Finding.OTHER_TIME,
        Finding.OTHER_COUNT,
        Finding.NOT_PROVED,
    ):
        result = conclude(finding, ORDER, seen)
        assert result is not None
        assert result[0] is Result.IN_DOUBT
    declined = parse(bytes.fromhex(NEW.replace("27 00", "27 05")))
    assert conclude(Finding.FOUND, ORDER, transaction(declined, ORDER.amount, NOW, UTC)) == (
        Result.DECLINED,
        "declined-by-bank",
    )


MARKS = st.builds(
    LastTransaction,
    receipt=st.sampled_from(["", "0001", "9999"]),
    trace=st.sampled_from(["000001", "999999"]),
    terminal=st.sampled_from(["", "52500038"]),
    at=st.datetimes(
        datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is another argument
        datetime(2100, 1, 1),  # noqa: DTZ001 - as above
        timezones=st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours))),
    ).map(lambda at: at.replace(microsecond=0)),
    stamp=st.sampled_from(["", "1231235959"]),
    amount=st.sampled_from(["", "999999999999"]),
)


@given(MARKS)
def test_a_mark_is_read_again(mark: LastTransaction) -> None:
    assert LastTransaction.parse(str(mark)) == mark


@given(st.text(max_size=100))
def test_any_text_is_a_mark_or_none(text: str) -> None:
    for each in (text, text + "@2026-11-26T12:00:00+00:00", "1-2-3-4-5@" + text):
        mark = LastTransaction.parse(each)
        assert mark is None or mark.at.tzinfo is not None


@pytest.mark.parametrize(
    ("data", "now", "zone", "at"),
    [
        ("0D 12 31 0C 23 59 59", "2027-01-01T00:00:05+00:00", "UTC", "2026-12-31T23:59:59+00:00"),
        ("0D 01 01 0C 00 00 05", "2026-12-31T23:59:59+00:00", "UTC", "2027-01-01T00:00:05+00:00"),
        ("0D 02 29 0C 00 00 00", "2027-03-01T00:00:00+00:00", "UTC", "2028-02-29T00:00:00+00:00"),
        ("0D 07 01 0C 12 00 00", "2026-07-01T10:00:00+00:00", "Europe/Berlin", "2026-07-01T10:00:00+00:00"),
        ("AA 26 07 01 0C 12 00 00", "2020-01-01T00:00:00+00:00", "UTC", "2026-07-01T12:00:00+00:00"),
        ("0D 13 01 0C 12 00 00", "2026-07-01T10:00:00+00:00", "UTC", None),
        ("0D 07 01 0C 25 00 00", "2026-07-01T10:00:00+00:00", "UTC", None),
        ("0D 07 0A 0C 12 00 00", "2026-07-01T10:00:00+00:00", "UTC", None),
        ("0C 12 00 00", "2026-07-01T10:00:00+00:00", "UTC", None),
    ],
)
def test_a_terminal_s_time_is_of_the_year_that_is_nearest(data: str, now: str, zone: str, at: str | None) -> None:
    fields: Fields = parse(bytes.fromhex(data))
    seen = transaction(fields, ORDER.amount, datetime.fromisoformat(now), ZoneInfo(zone))
    assert seen.at == (datetime.fromisoformat(at) if at else None)
