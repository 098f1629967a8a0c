"""Writes a golden stream of what was asked of a device: ``python -m tests.golden.make_devices NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys
from functools import partial

from queue_server.accounts.device_events import DEVICES, DeviceCommanded, DeviceCommandEnded, DeviceLogRead
from queue_server.domain.device_commands import DeviceCommandId, DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.values import DeviceId
from queue_server.eventlog.payload import Payload
from tests.golden.stored import ROOT, played, write

KIOSK = DeviceId("01a21000-0000-7000-8000-0000000000d1")
RESTART, LOG, LATE = (DeviceCommandId(f"01a21000-0000-7000-8000-0000000000e{at}") for at in (1, 2, 3))
DEEDS = (
    DeviceCommanded(KIOSK, RESTART, DeviceCommandKind.RESTART),
    DeviceCommanded(KIOSK, LOG, DeviceCommandKind.SEND_LOG),
    DeviceCommandEnded(KIOSK, LOG, DeviceCommandOutcome.DONE),
    DeviceLogRead(KIOSK, LOG),
    DeviceCommandEnded(KIOSK, RESTART, DeviceCommandOutcome.REFUSED),
    DeviceCommanded(KIOSK, LATE, DeviceCommandKind.RESTART),
)


def _deed(body: Payload, _: object) -> tuple[Payload, ...]:
    return (body,)


if __name__ == "__main__":
    bodies, found = played(DEVICES, [partial(_deed, body) for body in DEEDS])
    actor = "staff/01a21000-0000-7000-8000-0000000000c1"
    write(ROOT / "devices" / sys.argv[1], bodies, found, "01a21000-0000-7000-8000-0000000001{:02}", actor)
