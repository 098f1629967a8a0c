"""The judge of banks of lockers finds what it is there to find."""

from pathlib import Path

from peripherals.lockers.agent.events import OrderUsed, PulseIntended
from peripherals.lockers.agent.journal import FILE, Journal
from peripherals.lockers.agent.model import Bank
from queue_server.domain.lockers import LockerVerb
from tests.faults.lockers.judge import (
    PhysicalTruth,
    free_and_full,
    lost,
    orders_used_twice,
    two_doors,
    wrong_doors,
)


def test_the_judge_can_find_each_fault(tmp_path: Path) -> None:
    truth = PhysicalTruth({"a": "1-1", "b": "gone"})
    free = {"1-1": {"state": "free"}, "1-2": {"state": "occupied"}}
    assert two_doors([frozenset({"1-1"}), frozenset({"1-1", "1-2"})], set())
    assert not two_doors([frozenset({"1-1", "1-2"})], {"1-2"})
    assert free_and_full(free, truth)
    assert lost({"id": "a", "label": "D", "holder": "compartment", "compartment": "1-2"}, free, truth)
    assert lost({"id": "a", "label": "D", "holder": "person", "compartment": None}, free, truth)
    assert lost({"id": "b", "label": "D", "holder": "desk", "compartment": None}, free, truth)
    assert not lost({"id": "b", "label": "D", "holder": "unknown", "compartment": None}, free, truth)
    assert wrong_doors([frozenset(), frozenset({"1-2"})], {"1-1"}, set()) == ["the wrong door: 1-2"]
    assert not wrong_doors([frozenset(), frozenset({"1-2"})], set(), {"1-2"})
    assert not wrong_doors([frozenset({"1-2"}), frozenset({"1-1"})], {"1-1"}, set())
    used = OrderUsed("o", "1-1", LockerVerb.LOAD, "c", "i", 0.0, 1.0)
    with Journal(tmp_path) as journal:
        journal.append([used, *(PulseIntended("1-1", number, 0.0) for number in range(4))], Bank(), 0.0)
        assert orders_used_twice(tmp_path / FILE) == ["order o pulsed 4 times"]
        journal.append([used], Bank(), 0.0)
        assert orders_used_twice(tmp_path / FILE) == ["order o used 2 times", "order o pulsed 4 times"]
    truth.ordered, truth.late = {"1-1", "1-2"}, {"1-2"}
    truth.forget()
    assert (truth.ordered, truth.late) == ({"1-2"}, set())
    truth.forget()
    assert truth.ordered == set()
