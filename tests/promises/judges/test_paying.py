"""The judge of the race tests finds what must not happen to somebody who has paid."""

import pytest

from tests.promises.judges.test_queue import MINUTE, Told, called, issued, judged, stop

DOCUMENTS, DESK, SUBMISSION = stop("documents"), stop("payment"), stop("submission")
AHEAD = issued("a", "B001", steps=[DOCUMENTS, DESK, SUBMISSION])
THERE = issued("a", "B001", steps=[DESK, SUBMISSION])
LAST = issued("a", "B001", steps=[DESK])
OTHER = issued("b", "B002")
AT_DESK = called("a", step="payment")
MERGED: Told = ("visit-merged", {"visit": "b", "into": "a"})


def paid(visit: str = "a", *services: str) -> Told:
    items = [{"service": service, "band": "party", "count": 1} for service in services or ("visa",)]
    return "visit-paid", {"visit": visit, "settlement": "p", "settles": items}


def skipped(left: str | None, *steps: dict[str, object], counts_from: int = 0, late: int = 0, due: int = 45) -> Told:
    """Tell of stops that are left out; times in minutes."""
    times = {"counts_from": counts_from * MINUTE, "promise": 45, "late": late * MINUTE, "due": due * MINUTE}
    plan = {"left": left, "steps": list(steps), "at_step": 0, "place": due * MINUTE}
    return "stops-skipped", {"visit": "a", **plan, **times}


STAYS = skipped(None, DOCUMENTS, SUBMISSION)
LEAVES = skipped("payment", SUBMISSION, counts_from=3, due=48)


@pytest.mark.parametrize(
    "events",
    [
        (AHEAD, paid(), STAYS),
        (THERE, paid(), LEAVES),
        (LAST, paid()),
        (AHEAD, paid("a", "passport")),
        (THERE, AT_DESK, paid()),
        (AHEAD, paid(), STAYS, paid()),
    ],
)
def test_what_may_follow_is_no_fault(events: tuple[Told, ...]) -> None:
    assert judged(*events) == []


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((AHEAD, paid(), called("a")), "keeps its cash desk"),
        ((AHEAD, OTHER, paid(), called("b", considered=2, due=45 * MINUTE)), "keeps its cash desk"),
        ((AHEAD, STAYS), "has not paid"),
        ((AHEAD, paid("a", "passport"), STAYS), "has not paid"),
        ((AHEAD, paid(), skipped(None, DOCUMENTS, DESK)), "something else"),
        ((AHEAD, paid(), skipped(None, DOCUMENTS, DESK, SUBMISSION)), "something else"),
        ((AHEAD, paid(), skipped(None, SUBMISSION)), "its stop"),
        ((AHEAD, paid(), skipped(None, DOCUMENTS, SUBMISSION, counts_from=1, due=46)), "lost its place"),
        ((THERE, paid(), skipped("payment", SUBMISSION)), "counts from another time"),
        ((THERE, paid(), skipped("payment", SUBMISSION, counts_from=3, late=1, due=47)), "owed something else"),
        ((THERE, paid(), skipped("payment", SUBMISSION, counts_from=3, due=47)), "not due when it says"),
    ],
)
def test_what_must_not_follow_is_a_fault(events: tuple[Told, ...], said: str) -> None:
    assert any(said in fault for fault in judged(*events)), judged(*events)


def joined(size: int, **more: object) -> Told:
    body = {
        "visit": "a",
        "steps": [DOCUMENTS, DESK, SUBMISSION],
        "at_step": 0,
        "services": ["visa"],
        "party_size": size,
        "counts_from": 0,
        "promise": 45,
        "late": 0,
        "due": 45 * MINUTE,
        "place": 45 * MINUTE,
    }
    return "visit-changed", body | more


def adults(count: int) -> list[dict[str, object]]:
    return [{"service": "visa", "band": "adult", "count": count}]


def test_what_another_ticket_has_paid_counts_where_its_party_goes_on() -> None:
    assert judged(AHEAD, OTHER, MERGED, joined(2), paid("b"), paid("a", "none"), STAYS) == []


@pytest.mark.parametrize(("rest", "faults"), [(2, False), (1, True)])
def test_what_two_tickets_have_paid_in_parts_is_added(rest: int, faults: bool) -> None:
    part: Told = ("visit-paid", {"visit": "b", "settlement": "p", "settles": adults(1)})
    whole: Told = ("visit-paid", {"visit": "a", "settlement": "q", "settles": adults(rest)})
    family = issued("b", "B002", items=adults(2))
    found = judged(AHEAD, family, part, MERGED, joined(2, items=adults(3)), whole, STAYS)
    assert any("has not paid" in fault for fault in found) is faults


def passports(parties: int, adults: int) -> list[dict[str, object]]:
    items = (("party", parties), ("adult", adults))
    return [{"service": "uto-passport-renewal", "band": band, "count": count} for band, count in items]


@pytest.mark.parametrize(("stay", "faults"), [(1, False), (2, True)])
def test_who_has_gone_owes_nothing_though_their_party_stays(stay: int, faults: bool) -> None:
    """Two who came apart were put together, and one of them has left: a passport is paid for each person."""
    steps = [stop(name, service="uto-passport-renewal") for name in ("documents", "payment", "submission")]
    one = issued("a", "B001", steps=steps, items=passports(1, 1))
    other = issued("b", "B002", items=passports(1, 1))
    plan = {"steps": steps, "services": ["uto-passport-renewal"]}
    both = joined(2, items=passports(2, 2), **plan)
    changed = joined(stay, items=passports(2, stay), **plan)
    told: Told = ("visit-paid", {"visit": "a", "settlement": "p", "settles": passports(1, 1)})
    found = judged(one, other, MERGED, both, changed, told, skipped(None, steps[0], steps[2]))
    assert any("has not paid" in fault for fault in found) is faults
