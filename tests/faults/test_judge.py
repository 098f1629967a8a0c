"""The judge of the race tests finds what it is there to find."""

import json

import pytest

from tests.faults.judge import Judge, Row

STREAM = "queue/demo/2026-11-25"


def rows(*events: tuple[str, dict[str, object]]) -> list[Row]:
    return [
        Row(STREAM, seq, name, f"key-{seq}#f", json.dumps(body).encode()) for seq, (name, body) in enumerate(events, 1)
    ]


def issued(visit: str, code: str) -> tuple[str, dict[str, object]]:
    return "visit-issued", {"visit": visit, "code": code, "day": "2026-11-25"}


def at(name: str, visit: str, counter: str) -> tuple[str, dict[str, object]]:
    return name, {"visit": visit, "counter": counter}


A, B = issued("a", "B001"), issued("b", "B002")
UNDONE = ("undone", {"visit": "a", "counter": "1", "undoes": 2})


@pytest.mark.parametrize(
    "events",
    [
        (A, at("visit-called", "a", "1"), at("visit-started", "a", "1"), at("visit-done", "a", "1")),
        (A, at("visit-called", "a", "1"), UNDONE, at("visit-called", "a", "2")),
        (A, B, at("visit-called", "a", "1"), ("visit-cancelled", {"visit": "a"}), at("visit-called", "b", "1")),
    ],
)
def test_what_may_happen_is_no_fault(events: tuple[tuple[str, dict[str, object]], ...]) -> None:
    judge = Judge()
    judge.read(rows(*events))
    assert judge.faults == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((A, issued("b", "B001")), "code B001 was given before"),
        ((A, issued("a", "B002")), "a was issued before"),
        ((A, at("visit-called", "a", "1"), at("visit-called", "a", "2")), "called twice"),
        ((A, B, at("visit-called", "a", "1"), at("visit-called", "b", "1")), "in its hands"),
        ((A, at("visit-called", "a", "1"), at("visit-started", "a", "2")), "acts on a"),
        ((A, at("visit-called", "a", "1"), UNDONE, at("visit-started", "a", "1")), "acts on a"),
    ],
)
def test_what_must_not_happen_is_a_fault(events: tuple[tuple[str, dict[str, object]], ...], said: str) -> None:
    judge = Judge()
    judge.read(rows(*events))
    assert said in judge.faults[0]


def test_a_gap_and_a_request_carried_out_twice_are_faults() -> None:
    judge = Judge()
    first, second = rows(A, B)
    judge.read([first, second._replace(seq=3, command=first.command)])
    assert ["gap" in fault or "carried out twice" in fault for fault in judge.faults] == [True, True]
