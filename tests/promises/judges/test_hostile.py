"""The judge of the hostile hour finds what it is there to find."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.hostile.judge import Kept, Log, Paid, Paper, Till, Told, payments, tickets

VISIT, OTHER = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"
SENT = Told("B001", "sent", "", "printed")
DONE = Paid(VISIT, 8250, "receipt-done")


def log(*events: tuple[str, dict[str, object]]) -> Log:
    day = "queue/demo/2026-11-25"
    return Log(json.dumps([[day, seq, kind, "", json.dumps(body), 0] for seq, (kind, body) in enumerate(events, 1)]))


def issued(visit: str = VISIT, code: str = "B001") -> tuple[str, dict[str, object]]:
    return "visit-issued", {"visit": visit, "code": code}


def began(payment: str = "p", visit: str = VISIT) -> tuple[str, dict[str, object]]:
    return "payment-initiated", {"payment": payment, "visit": visit, "amount": 8250}


def told(state: str, payment: str = "p") -> tuple[str, dict[str, object]]:
    return "journal-row-reported", {"payment": payment, "row": 7, "state": state}


def till(folder: Path, *moves: str) -> Till:
    file = folder / "books.jsonl"
    file.write_text("".join(json.dumps({"event": move, "amount": 8250}) + "\n" for move in moves), "utf-8")
    return Till(file)


def test_an_hour_in_which_nothing_was_lost_is_clean(tmp_path: Path) -> None:
    kept = [Kept({VISIT: SENT, OTHER: Told("B002", "withdrawn", "", "none")}, {"p": DONE})]
    happened = log(issued(), began(), told("receipt-done"))
    assert tickets(happened, kept, [Paper(tmp_path, kept[0])], [["B001"]]) == []
    assert payments(happened, kept, [till(tmp_path, "charged", "reversed", "charged")]) == []


def test_a_machine_and_its_copy_may_hold_one_ticket_that_one_of_them_told() -> None:
    waiting = SENT._replace(delivery="waiting")
    for kept in ([Kept({VISIT: SENT}), Kept({VISIT: waiting})], [Kept({VISIT: waiting}), Kept({VISIT: SENT})]):
        assert tickets(log(issued()), kept, [], []) == []


@pytest.mark.parametrize(
    ("events", "row", "shown", "said"),
    [
        ([], SENT, [], "is None in the log"),
        ([issued(), issued()], SENT, [], "was issued as"),
        ([issued(code="B002")], SENT, [], "is ['B002'] in the log"),
        ([issued(), issued(OTHER, "B002")], SENT, [], "is of no kiosk"),
        ([], SENT._replace(delivery="waiting"), [], "was never told"),
        ([], SENT._replace(delivery="refused", problem="code-taken"), [], "was refused"),
        ([issued()], SENT._replace(delivery="withdrawn"), [], "was taken back"),
        ([issued()], SENT, ["B009"], "B009 was shown, and is 0 times"),
        ([issued()], SENT, ["B001", "B001"], "was shown to two"),
    ],
)
def test_a_ticket_that_is_lost_or_twice_is_named(
    events: list[tuple[str, dict[str, object]]], row: Told, shown: list[str], said: str
) -> None:
    assert any(said in fault for fault in tickets(log(*events), [Kept({VISIT: row})], [], [shown]))


@pytest.mark.parametrize(
    ("events", "paid", "moves", "said"),
    [
        ([issued(), began()], DONE, ["charged"], "is nothing at the server"),
        ([issued(), began(), began(), told("receipt-done")], DONE, ["charged"], "began 2 times"),
        ([issued(), began(), told("approved")], DONE._replace(step="approved"), ["charged"], "has no end"),
        ([began(), told("receipt-done")], DONE, ["charged"], "without a ticket"),
        ([issued(), began(), told("reversed")], DONE._replace(step="reversed"), [], "and has a ticket"),
        ([issued(), began(visit=OTHER), told("receipt-done")], DONE, ["charged"], "is another at the server"),
        ([issued(), began(), told("receipt-done")], DONE, ["charged", "charged"], "charged 2 times, 1 sure"),
        ([issued(), began(), told("receipt-done")], DONE, ["charged", "reversed"], "charged 0 times, 1 sure"),
        ([issued(), began(), told("receipt-done"), began("q")], DONE, ["charged"], "q is of no kiosk"),
    ],
)
def test_a_payment_that_is_lost_or_twice_is_named(
    tmp_path: Path, events: list[tuple[str, dict[str, object]]], paid: Paid, moves: list[str], said: str
) -> None:
    kept = [Kept({VISIT: SENT}, {"p": paid})]
    assert any(said in fault for fault in payments(log(*events), kept, [till(tmp_path, *moves)]))


def test_money_of_which_staff_have_to_find_out_may_be_there_or_not(tmp_path: Path) -> None:
    kept = [Kept({VISIT: SENT}, {"p": Paid(VISIT, 8250, "needs-staff")})]
    happened = log(issued(), began(), told("needs-staff"))
    assert payments(happened, kept, [till(tmp_path)]) == []
    assert payments(happened, kept, [till(tmp_path, "charged")]) == []
    assert payments(happened, kept, [till(tmp_path, "charged", "charged")]) != []
    assert till(tmp_path, "charged", "refunded").kept() == Counter({8250: 0})
