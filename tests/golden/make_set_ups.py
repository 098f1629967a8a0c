"""Writes a golden stream of acts on a set-up: ``python -m tests.golden.make_set_ups NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys
from functools import partial

from queue_server.catalogue import set_up_events as e
from queue_server.domain.values import CentreId, Day
from queue_server.eventlog.payload import Payload
from tests.golden.stored import ROOT, played, write

CENTRE = CentreId("demo")
FIRST, SECOND = Day("2026-12-01"), Day("2027-01-04")
DEEDS = (
    e.SetUpPutInForce(CENTRE, 2),
    e.SetUpPutBack(CENTRE, 3, 1),
    e.SetUpPlanned(CENTRE, SECOND),
    e.SetUpPlanned(CENTRE, FIRST),
    e.SetUpPlanned(CENTRE, SECOND),
    e.SetUpPlanTakenUp(CENTRE, FIRST, 4),
    e.SetUpPlanWithdrawn(CENTRE, SECOND),
    e.SetUpPlanned(CENTRE, SECOND),
)


def _deed(body: Payload, _: object) -> tuple[Payload, ...]:
    return (body,)


if __name__ == "__main__":
    bodies, found = played(e.SET_UPS, [partial(_deed, body) for body in DEEDS])
    actor = "staff/01a21000-0000-7000-8000-0000000000c1"
    write(ROOT / "set-ups" / sys.argv[1], bodies, found, "01a21000-0000-7000-8000-0000000001{:02}", actor)
