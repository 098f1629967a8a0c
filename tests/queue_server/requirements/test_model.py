"""A checklist as a state machine: whatever is said in whatever order, what stands there is what was said last."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from queue_server.domain.requirements import RequiredItem, RequirementId, RequirementStatus
from queue_server.domain.values import BandId, CentreId, Micros, ServiceId, StepId, VisitId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.requirements import decide
from queue_server.requirements.errors import (
    ChecklistChangedError,
    ChecklistError,
    RequirementMarkGoneError,
    RequirementUnknownError,
)
from queue_server.requirements.events import CODEC, RequirementReverted
from queue_server.requirements.model import Checklist, evolve, mark_of

VISIT, CENTRE, STEP = VisitId("v1"), CentreId("demo"), StepId("submission")
WANTED = tuple(
    RequiredItem(ServiceId("visa"), RequirementId(line), BandId("adult"), number)
    for line in ("photo", "form")
    for number in (1, 2)
)
STRANGE = RequiredItem(ServiceId("visa"), RequirementId("photo"), BandId("child"), 1)


class Ticking(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.found: Checklist | None = None
        self.stored: list[Payload] = []
        self.expected: dict[RequiredItem, list[RequirementStatus]] = {}

    def store(self, bodies: tuple[Payload, ...]) -> None:
        for body in bodies:
            again = CODEC.decode(body.type, body.v, encode(body))
            assert again == body
            self.stored.append(body)
            self.found = evolve(self.found, body, len(self.stored), Micros(len(self.stored)))

    @rule(item=st.sampled_from(WANTED), status=st.sampled_from(RequirementStatus))
    def check(self, item: RequiredItem, status: RequirementStatus) -> None:
        bodies = decide.check(self.found, VISIT, CENTRE, WANTED, item, status)
        before = self.expected.get(item, [])
        assert bool(bodies) == (before[-1:] != [status])
        self.store(bodies)
        if bodies:
            self.expected[item] = [*before[-1:], status]

    @rule()
    def nobody_needs_that(self) -> None:
        with pytest.raises(RequirementUnknownError):
            decide.check(self.found, VISIT, CENTRE, WANTED, STRANGE, RequirementStatus.SEEN)

    @rule(item=st.sampled_from(WANTED))
    def revert(self, item: RequiredItem) -> None:
        mark = mark_of(self.found, item)
        before = self.expected.get(item, [])
        if mark is None:
            assert not before
            return
        try:
            bodies = decide.revert(self.found, mark.seq)
        except RequirementMarkGoneError:
            # It was taken back already: no second step leads back.
            assert len(before) == 1
            assert mark.before is mark.status
            return
        self.store(bodies)
        self.expected[item] = before[:-1]
        with pytest.raises(RequirementMarkGoneError):
            decide.revert(self.found, mark.seq)

    @rule(lacking=st.lists(st.sampled_from(WANTED), unique=True))
    def say_at_a_kiosk(self, lacking: list[RequiredItem]) -> None:
        bodies = decide.state_lacking(self.found, VISIT, CENTRE, tuple(lacking))
        assert bool(bodies) == (self.found is None or not self.found.stated)
        self.store(bodies)

    @rule(shown=st.lists(st.sampled_from(WANTED), unique=True))
    def accept(self, shown: list[RequiredItem]) -> None:
        missing = tuple(one for one in WANTED if self.expected.get(one, [])[-1:] != [RequirementStatus.SEEN])
        try:
            bodies = decide.accept(self.found, VISIT, CENTRE, STEP, missing, shown)
        except ChecklistChangedError:
            assert set(shown) != set(missing)
            return
        self.store(bodies)
        assert not missing or decide.is_accepted(self.found, STEP, missing)
        assert not missing or not decide.is_accepted(self.found, StepId("other"), missing)
        assert not decide.is_accepted(self.found, STEP, [*missing, STRANGE])

    @invariant()
    def what_stands_there_is_what_was_said_last(self) -> None:
        marks = {} if self.found is None else self.found.found
        assert marks == {item: said[-1] for item, said in self.expected.items() if said}


TestTicking = Ticking.TestCase


def test_nothing_begins_with_taking_back() -> None:
    with pytest.raises(UnknownEventError):
        evolve(None, RequirementReverted(VISIT, 1), 1, Micros(1))
    with pytest.raises(ChecklistError):
        decide.revert(None, 1)
