"""Events of a device, in the stream ``device/<device>``: what was asked of it from afar, and who read its log. Pure."""

from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.domain.device_commands import DeviceCommandId, DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.values import Actor, DeviceId, Micros, new_id
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError


class DeviceCommanded(Payload, frozen=True):
    """Something was asked of a device."""

    type = "device-commanded"
    device: DeviceId
    order: DeviceCommandId
    kind: DeviceCommandKind


class DeviceCommandEnded(Payload, frozen=True):
    """The device said what became of it."""

    type = "device-command-ended"
    device: DeviceId
    order: DeviceCommandId
    outcome: DeviceCommandOutcome


class DeviceLogRead(Payload, frozen=True):
    """Somebody read the log that a device had sent."""

    type = "device-log-read"
    device: DeviceId
    order: DeviceCommandId


CODEC: Final = Codec((DeviceCommanded, DeviceCommandEnded, DeviceLogRead))

#: What the fields mean: a name means the same in each event.
MEANINGS: Final = {
    "device": "The device of which it was asked.",
    "kind": "What was asked of it.",
    "order": "Names what was asked.",
    "outcome": "Whether it was done.",
}


class CommandedDevice(msgspec.Struct, frozen=True):
    """A device as its stream left it at ``seq``: ``waiting`` is what was asked and has no end yet, oldest first."""

    id: DeviceId
    seq: int
    changed_at: Micros
    waiting: tuple[DeviceCommandId, ...] = ()
    logs_read: int = 0


def evolve(before: CommandedDevice | None, body: Payload, seq: int, at: Micros) -> CommandedDevice:
    """Bring a device to where it is after an event.

    Raises:
        UnknownEventError: the event is none of a device, or of another one.
    """
    if not isinstance(body, DeviceCommanded | DeviceCommandEnded | DeviceLogRead) or (
        before is not None and before.id != body.device
    ):
        raise UnknownEventError(type=body.type, v=body.v)
    waiting, read = ((), 0) if before is None else (before.waiting, before.logs_read)
    match body:
        case DeviceCommanded():
            waiting = (*waiting, body.order)
        case DeviceCommandEnded():
            waiting = tuple(one for one in waiting if one != body.order)
        case DeviceLogRead():
            read += 1
    return CommandedDevice(body.device, seq, at, waiting, read)


#: The table of commands is no image of this: what is over leaves it, with the logs.
DEVICES: Final = Aggregate("device", CODEC, evolve)


def record(connection: Connection, ident: DeviceId, deed: Payload, *, actor: Actor, now: Micros) -> None:
    """Append an event to a device's stream, in the transaction of what it tells of; the caller holds its row."""
    DEVICES.advance(connection, ident, lambda _: (deed,), at=now, command=new_id(), actor=actor)
