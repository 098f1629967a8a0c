"""What each policy calls, by hand."""

import pytest

from queue_server.domain.values import Category, CounterId, VisitId
from queue_server.queue.events import DayEvent, VisitCalled
from queue_server.simulation.player import play
from queue_server.simulation.policies import CallingPolicy
from tests.queue_server.simulation.town import SUBMISSION, after, counter, party, small

#: Who comes while the counter is busy until minute 40, by the order of their coming. Promises: appointments 10
#: minutes, priority 15, walk-ins 45.
WALK_IN, APPOINTMENT, PRIORITY, LATER, URGENT = (VisitId(f"visit-{number}") for number in range(1, 6))


def called(policy: CallingPolicy) -> list[VisitId]:
    seen: list[VisitId] = []

    def watch(_: object, event: DayEvent) -> None:
        if isinstance(event.body, VisitCalled):
            seen.append(event.body.visit)

    day = small(
        (counter("p", (0.0, 120.0)),),
        party(0, 40),
        party(1, 1),
        party(2, 1, booked_at=after(38), category=Category.APPOINTMENT),
        party(28, 1, category=Category.PRIORITY),
        party(33, 1, booked_at=after(33), category=Category.APPOINTMENT),
        party(39, 1, category=Category.URGENT),
    )
    play(day, policy, watch)
    return seen[1:]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        # Due at 43 (33 + 10), 43 (28 + 15), 46 (1 + 45), 48 (38 + 10).
        (CallingPolicy.EARLIEST_DUE, [URGENT, PRIORITY, LATER, WALK_IN, APPOINTMENT]),
        (CallingPolicy.FIRST_COME, [URGENT, WALK_IN, APPOINTMENT, PRIORITY, LATER]),
        (CallingPolicy.STRICT_CLASSES, [URGENT, LATER, APPOINTMENT, PRIORITY, WALK_IN]),
        # At 41 they have waited 40 of 45 minutes, 3 of 10, 13 of 15, 8 of 10; at 42 it is 14 of 15 against 9 of 10.
        (CallingPolicy.ACCUMULATING_PRIORITY, [URGENT, WALK_IN, PRIORITY, LATER, APPOINTMENT]),
    ],
)
def test_whom_a_policy_calls(policy: CallingPolicy, expected: list[VisitId]) -> None:
    assert called(policy) == expected


def test_none_calls_whom_the_queue_does_not_let_it() -> None:
    """A counter for submission alone stays free while people wait for papers."""
    day = small((counter("s", (0.0, 60.0), steps=(SUBMISSION,)),), party(0, 5, 5))
    for policy in CallingPolicy:
        assert play(day, policy).counters[CounterId("s")].visit is None
        assert not [one for one in play(day, policy).visits.values() if one.records[0].called_at]
