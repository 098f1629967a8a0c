"""The judge of bookings finds what it is there to find."""

import json
from typing import Any

import pytest

from tests.faults.appointments.answers import judge_answers
from tests.faults.appointments.judge import BookingJudge, Period
from tests.faults.callers import Answer, Request
from tests.faults.judge import Row

DAYS = ("2026-11-30", "2026-12-01")
THERE: dict[Period, int] = {("windows", 0): 100, ("windows", 900): 100}

Told = tuple[str, dict[str, Any]]


def loads(at: int, seconds: int) -> list[dict[str, Any]]:
    return [{"pool": "windows", "at": at, "seconds": seconds}]


def booked(ident: str, seconds: int, at: int = 0, **more: object) -> Told:
    body = {"appointment": ident, "code": f"code of {ident}", "at": at, "loads": loads(at, seconds)}
    return "appointment-booked", body | more


def held(seconds: int, until: int) -> Told:
    return "time-held", {"hold": "h", "at": 0, "loads": loads(0, seconds), "until": until}


def rows(day: str, *events: Told, key: str = "key") -> list[Row]:
    """Give a day's rows: each is of a request of its own, a second after the one before."""
    return [
        Row(f"appointments/demo/{day}", seq, name, f"{key}-{seq}#f", json.dumps(body).encode(), seq)
        for seq, (name, body) in enumerate(events, 1)
    ]


def judged(*stored: Row) -> BookingJudge:
    judge = BookingJudge(dict.fromkeys(DAYS, THERE))
    judge.read(stored)
    return judge


def test_what_may_happen_is_no_fault() -> None:
    out = {"appointment": "a", "to_day": DAYS[1], "to_at": 900}
    first = rows(
        DAYS[0],
        held(60, until=50),
        booked("a", 60, hold="h"),
        booked("b", 40),
        ("appointment-moved-out", out),
        held(60, until=6),
        # The hold has ended by itself.
        booked("c", 60),
        ("appointment-cancelled", {"appointment": "b"}),
        booked("d", 40),
    )
    moved = ("appointment-moved-in", booked("a", 100, 900)[1])
    second = rows(DAYS[1], ("appointment-day-opened", {}), moved, key="other")
    # Both halves of a move are one request.
    second[1] = second[1]._replace(command=first[3].command)
    judge = judged(*first, *second)
    assert judge.faults == []
    assert {ident: stream[-10:] for ident, stream in judge.booked.items()} == {"c": DAYS[0], "d": DAYS[0], "a": DAYS[1]}


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ([booked("a", 60), booked("b", 60)], "oversold"),
        ([booked("a", 60), held(60, until=50)], "oversold"),
        ([booked("a", 60), ("appointment-rescheduled", booked("a", 120, 900)[1])], "oversold"),
        ([booked("a", 1, at=1800)], "oversold"),
        ([booked("a", 10), booked("a", 10)], "booked twice"),
    ],
)
def test_what_may_not_happen_is_found(events: list[Told], what: str) -> None:
    assert [what in fault for fault in judged(*rows(DAYS[0], *events)).faults] == [True]


def test_a_request_that_is_carried_out_twice_is_found() -> None:
    one, other = rows(DAYS[0], booked("a", 10), booked("b", 10))
    (fault,) = judged(one, other._replace(command=one.command)).faults
    assert "carried out twice" in fault


def test_one_appointment_on_two_days_is_found() -> None:
    there = rows(DAYS[1], ("appointment-moved-in", booked("a", 10)[1]), key="other")
    (fault,) = judged(*rows(DAYS[0], booked("a", 10)), *there).faults
    assert "a is at" in fault


def test_a_row_that_is_gone_is_found() -> None:
    first, _, third = rows(DAYS[0], booked("a", 10), booked("b", 10), booked("c", 10))
    assert judged(first, third).faults == [f"appointments/demo/{DAYS[0]}: there is a gap"]


def test_answers_are_compared_with_what_is_stored() -> None:
    def answered(key: str, ident: str, code: str) -> Answer:
        body = {"appointment": {"id": ident, "code": code}}
        return Answer(Request("", "/appointments", b"{}", key), 201, body)

    judge = judged(*rows(DAYS[0], booked("one-id", 10), booked("two-id", 10)))
    right = [answered("key-1", "one-id", "code of one-id"), answered("key-2", "two-id", "code of two-id")]
    assert judge_answers(right, judge) == []
    assert "never answered" in judge_answers(right[:1], judge)[0]
    assert "lost" in judge_answers([*right, answered("key-3", "no-id", "code of no-id")], judge)[0]
    assert "answered as another" in judge_answers([right[0], answered("key-2", "one-id", "code of one-id")], judge)[0]
    assert "another one" in judge_answers([right[0], answered("key-2", "two-id", "code of one-id")], judge)[0]
