"""Writes a golden stream of an application: ``python -m tests.golden.make_applications NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys
from pathlib import Path

import msgspec

from queue_server.applications.model import Application, ApplicationOpened, correct, evolve
from queue_server.domain.values import (
    ApplicationId,
    ApplicationState,
    CentreId,
    CorrectionReason,
    GovernmentId,
    Micros,
    Reference,
    ServiceId,
    VisitId,
)
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload

FOLDER = Path(__file__).parent / "applications"
START = 1_795_600_000_000_000
#: All the way, with a second turn at the authority.
WAY = ("received", "at-authority", "returned", "at-authority", "returned", "ready", "handed-over")


def play() -> tuple[list[Payload], Application]:
    opened = ApplicationOpened(
        application=ApplicationId("01a21000-0000-7000-8000-000000000001"),
        reference=Reference("UTO-2346-79A7"),
        centre=CentreId("harbour"),
        government=GovernmentId("UTO"),
        service=ServiceId("uto-passport-renewal"),
        visit=VisitId("01a21000-0000-7000-8000-000000000002"),
    )
    bodies: list[Payload] = [opened]
    found = evolve(None, opened, 1, Micros(START))
    for state in WAY:
        (body,) = correct(found, ApplicationState(state), CorrectionReason.WITHOUT_ITEMS)
        bodies.append(body)
        found = evolve(found, body, len(bodies), Micros(START + len(bodies)))
    return bodies, found


def write(name: str) -> None:
    bodies, found = play()
    with (FOLDER / f"{name}.jsonl").open("xb") as file:
        for seq, body in enumerate(bodies, start=1):
            line = {
                "seq": seq,
                "at": START if seq == 1 else START + seq,
                "type": body.type,
                "v": body.v,
                "command": f"key-{seq}#0a0b0c0d",
                "actor": "staff/s1",
                "payload": encode(body).decode(),
            }
            file.write(msgspec.json.encode(line) + b"\n")
    state = msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=1)
    (FOLDER / f"{name}.state.json").write_bytes(state + b"\n")


if __name__ == "__main__":
    write(sys.argv[1])
