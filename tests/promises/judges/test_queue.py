"""The judge of the race tests finds what it is there to find."""

import json
from typing import Any

import pytest

from tests.faults.judge import Judge, Row

STREAM = "queue/demo/2026-11-25"
MINUTE = 60_000_000

Told = tuple[str, dict[str, Any]]


def rows(*events: Told) -> list[Row]:
    return [
        Row(STREAM, seq, name, f"key-{seq}#f", json.dumps(body).encode(), seq * MINUTE)
        for seq, (name, body) in enumerate(events, 1)
    ]


def judged(*events: Told) -> list[str]:
    judge = Judge()
    judge.read(rows(*events))
    return judge.faults


def stop(step: str, service: str = "visa") -> dict[str, object]:
    return {"step": step, "service": service, "government": "UTO", "promise": 45}


def issued(visit: str, code: str, arrived: int = 0, **more: object) -> Told:
    """Tell of a ticket; ``arrived`` in minutes."""
    times = {"counts_from": arrived * MINUTE, "promise": 45, "due": (arrived + 45) * MINUTE}
    plan = {"steps": [stop("documents"), stop("submission")], "services": ["visa"], "party_size": 1}
    return "visit-issued", {
        "visit": visit,
        "code": code,
        "day": "2026-11-25",
        "category": "walk-in",
        **times,
        **plan,
        **more,
    }


def called(visit: str, counter: str = "1", considered: int = 1, **more: object) -> Told:
    """Tell of a call of a visit that arrived at 0."""
    body = {"visit": visit, "counter": counter, "rule": "due-earliest", "reason": None, "considered": considered}
    return "visit-called", body | {"due": 45 * MINUTE, "step": "documents", **more}


def at(name: str, visit: str, counter: str = "1", **more: object) -> Told:
    return name, {"visit": visit, "counter": counter, **more}


def on(visit: str, where: str, due: int, counts_from: int = 0, late: int = 0, **more: object) -> Told:
    """Tell of a transfer to the submission; times in minutes."""
    times = {"due": due * MINUTE, "counts_from": counts_from * MINUTE, "promise": 45, "late": late * MINUTE}
    plan = {"steps": [stop("documents"), stop("submission")], "at_step": 1}
    body = {"visit": visit, "counter": "1", "where": where, "for_counter": None, "for_until": None}
    return "visit-transferred", body | times | plan | more


def back(name: str, visit: str, place: int, due: int = 45) -> Told:
    """Tell of a visit that comes back; ``place`` in microseconds, ``due`` in minutes."""
    return name, {"visit": visit, "due": due * MINUTE, "place": place}


def changed(visit: str, party: int, due: int = 45, **more: object) -> Told:
    """Tell of what a visit is now that arrived so that it is due (minutes) at this time."""
    times = {"due": due * MINUTE, "place": due * MINUTE, "counts_from": (due - 45) * MINUTE, "promise": 45, "late": 0}
    plan = {"steps": [stop("documents"), stop("submission")], "at_step": 0, "services": ["visa"]}
    return "visit-changed", {"visit": visit, "party_size": party, "language": "en", **times, **plan, **more}


A, B = issued("a", "B001"), issued("b", "B002", 1)
OPEN: Told = ("counter-opened", {"counter": "2", "skills": {"steps": ["submission"]}})
UNDONE: Told = ("undone", {"visit": "a", "counter": "1", "undoes": 2})
FINISHED = at("step-finished", "a", next_step="submission", counts_from=4 * MINUTE, promise=45, late=0, due=49 * MINUTE)
PARKED = at("visit-parked", "a", reason="photo")
BEHIND_B = 46 * MINUTE + 1
MERGED: Told = ("visit-merged", {"visit": "b", "into": "a"})


@pytest.mark.parametrize(
    "events",
    [
        (A, called("a"), at("visit-started", "a"), FINISHED, called("a", due=49 * MINUTE, step="submission")),
        (A, called("a"), UNDONE, called("a", "2")),
        (A, B, called("a", considered=2), ("visit-cancelled", {"visit": "a"}), called("b", due=46 * MINUTE)),
        (A, B, called("b", rule="particular", reason="agreed", considered=2, due=46 * MINUTE)),
        (A, called("a"), on("a", "order", 45)),
        (A, called("a"), on("a", "end", 48, counts_from=3)),
        (A, called("a"), on("a", "front", 3, late=42)),
        (A, B, called("a", considered=2), PARKED, back("visit-resumed", "a", BEHIND_B)),
        (A, B, called("a", considered=2), at("visit-missed", "a"), back("visit-reinstated", "a", BEHIND_B)),
        (A, called("a"), at("visit-handed-back", "a"), called("a")),
        (A, B, ("visit-merged", {"visit": "b", "into": "a"}), changed("a", 2)),
    ],
)
def test_what_may_happen_is_no_fault(events: tuple[Told, ...]) -> None:
    assert judged(*events) == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((A, issued("b", "B001")), "code B001 was given before"),
        ((A, issued("a", "B002")), "a was issued before"),
        ((issued("a", "B001", due=1), B), "not due when it says"),
        ((A, called("a"), called("a", "2", 0, rule="particular", reason="other")), "called twice"),
        ((A, B, called("a", considered=2), called("b", due=46 * MINUTE)), "in its hands"),
        ((A, B, called("b", considered=2, due=46 * MINUTE)), "a stands before b"),
        ((A, B, called("a", considered=1)), "2 could be served"),
        ((OPEN, A, called("a", "2", 1)), "0 could be served"),
        ((A, called("a", rule="particular")), "a reason"),
        ((A, called("a"), at("visit-started", "a", "2")), "acts on a"),
        ((A, called("a"), UNDONE, at("visit-started", "a")), "acts on a"),
        ((A, called("a"), at("visit-started", "a"), called("b")), "never issued"),
        ((A, called("a"), on("a", "end", 45)), "to the end"),
        ((A, called("a"), on("a", "front", 45)), "to the front"),
        ((A, called("a"), on("a", "order", 48, counts_from=3)), "to the order"),
        ((A, on("a", "order", 45)), "acts on a"),
        ((A, at("visit-parked", "a")), "acts on a"),
        ((A, B, called("a", considered=2), PARKED, back("visit-resumed", "a", 45 * MINUTE)), "comes in at"),
        ((A, called("a"), PARKED, back("visit-resumed", "a", 45 * MINUTE, due=50)), "did not stay"),
        ((A, called("a"), PARKED, back("visit-reinstated", "a", 45 * MINUTE)), "a is ('parked'"),
        ((A, called("a"), at("visit-started", "a"), at("visit-done", "a"), MERGED), "never issued"),
        ((A, B, MERGED, changed("a", 3)), "another one"),
        ((B, A, ("visit-merged", {"visit": "a", "into": "b"}), changed("b", 2, 46)), "lost a place"),
        ((A, B, MERGED, changed("a", 2), back("visit-reinstated", "b", 46 * MINUTE)), "b is ('merged'"),
        ((A, B, MERGED, changed("a", 2, steps=[stop("documents")])), "a stop is lost"),
        ((A, ("visit-vanished", {"visit": "a"})), "nobody knows"),
        ((("help-taken", {"help": "h"}),), "taken by two"),
        ((("notice-ended", {"notice": "n"}),), "not shown"),
        ((("intake-changed", {"intake": "open"}),), "nothing has changed"),
        ((("service-closed", {"service": "visa"}),) * 2, "closed twice"),
        ((("service-reopened", {"service": "visa"}),), "not closed"),
        ((A, called("a"), ("counter-closed", {"counter": "1"})), "left standing"),
    ],
)
def test_what_must_not_happen_is_a_fault(events: tuple[Told, ...], said: str) -> None:
    assert any(said in fault for fault in judged(*events))


def test_one_who_waits_for_a_counter_alone_is_not_the_next_of_another() -> None:
    """It has no skill for this step, and may call it all the same; when it closes, everybody may."""
    hidden = on("a", "order", 45, at_step=0, for_counter="2", for_until=10 * MINUTE)
    start = (OPEN, A, called("a"), hidden)
    assert judged(*start, called("a", "2")) == []
    assert judged(*start, called("a", "3")) != []
    closed: Told = ("counter-closed", {"counter": "2"})
    assert judged(*start, closed, called("a", "3")) == []


def test_a_gap_and_a_request_carried_out_twice_are_faults() -> None:
    judge = Judge()
    first, second = rows(A, B)
    judge.read([first, second._replace(seq=3, command=first.command)])
    assert ["gap" in fault or "carried out twice" in fault for fault in judge.faults] == [True, True]


def test_events_that_belong_together_may_be_of_one_request() -> None:
    judge = Judge()
    *before, merged, after = rows(A, B, MERGED, changed("a", 2))
    judge.read([*before, merged, after._replace(command=merged.command)])
    assert judge.faults == []
    assert judge.keys["key-3"].type == "visit-changed"
