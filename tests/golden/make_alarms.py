"""Writes a golden stream of who took alarms: ``python -m tests.golden.make_alarms NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys
from functools import partial

from queue_server.domain.values import CentreId
from queue_server.early_warnings.assignment_events import ALARMS, AlarmGivenBack, AlarmName, AlarmTaken
from queue_server.eventlog.payload import Payload
from tests.golden.stored import ROOT, played, write

CENTRE = CentreId("demo")
PAUSED, PART = AlarmName("paused-5"), AlarmName("part-01a21000-0000-7000-8000-0000000000d1-printer")
DEEDS = (
    AlarmTaken(CENTRE, PAUSED),
    AlarmTaken(CENTRE, PART),
    AlarmGivenBack(CENTRE, PAUSED),
    AlarmTaken(CENTRE, PART),
    AlarmTaken(CENTRE, AlarmName("idle-6")),
)


def _deed(body: Payload, _: object) -> tuple[Payload, ...]:
    return (body,)


if __name__ == "__main__":
    bodies, found = played(ALARMS, [partial(_deed, body) for body in DEEDS])
    actor = "staff/01a21000-0000-7000-8000-0000000000c1"
    write(ROOT / "alarms" / sys.argv[1], bodies, found, "01a21000-0000-7000-8000-0000000001{:02}", actor)
