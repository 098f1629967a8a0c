"""What managers ask of a device from afar: how it reaches the device, and what comes of it.

It travels with the answer to the report that each device makes anyway, as long as the device has not said what became
of it; a device that was off hears of it with its first report.
"""

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta

from queue_server.contract.base import Message, Uuid
from queue_server.domain.device_commands import DeviceCommandKind, DeviceCommandOutcome
from queue_server.domain.values import DeviceId

#: Characters of a log: written as JSON it fits into a request as the server takes it by default, however it is quoted.
MAX_LOG: Final = 120_000
#: Of so many commands a device says in each report what became of them: those of the last minutes are among them.
MAX_TOLD: Final = 8

FailureCode = Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9-]*$(?!\n)")]


class DeviceCommand(Message, frozen=True):
    """Something that is asked of a device."""

    id: Uuid
    """Names it: what a device has done under this name it does not do again."""
    kind: DeviceCommandKind
    """What is asked."""


class CommandReport(Message, frozen=True):
    """What became of something that was asked of a device."""

    id: Uuid
    """What was asked."""
    outcome: DeviceCommandOutcome
    """Whether it was done."""
    code: FailureCode = ""
    """Why not, by a code of docs/failure-codes.md; empty where it was done."""


class CommandDeviceRequest(Message, frozen=True):
    """Ask something of a device; what is asked already, and waits, is not asked twice."""

    kind: DeviceCommandKind
    """What is asked."""


class DeviceCommandView(Message, frozen=True):
    """Something that was asked of a device, as managers see it."""

    id: Uuid
    """Names it."""
    device: DeviceId
    """The device of which it was asked."""
    kind: DeviceCommandKind
    """What was asked."""
    at: datetime
    """When it was asked (UTC)."""
    by: str
    """Who asked, as the record names them."""
    state: Literal["waiting", "done", "refused", "expired"]
    """``expired``: it was not done in time, and is not done any more."""
    ended: datetime | None = None
    """When the server heard what became of it (UTC); null where it has not."""
    code: str = ""
    """Why it was refused."""
    has_log: bool = False
    """The log that came of it is kept."""


class DeviceCommandsAnswer(Message, frozen=True):
    """What was asked of the devices of a centre."""

    commands: tuple[DeviceCommandView, ...]
    """The newest first; what is older than logs are kept is not listed."""


class SendLogRequest(Message, frozen=True):
    """The end of a device's log, which was asked for."""

    command: Uuid
    """By what it was asked for."""
    text: Annotated[str, Meta(max_length=MAX_LOG)]
    """Lines as the program wrote them, the newest last; each is a JSON object."""


class LogReceivedAnswer(Message, frozen=True):
    """The log was stored."""

    at: datetime
    """What time it is at the server (UTC)."""


class DeviceLogAnswer(Message, frozen=True):
    """The end of a device's log. It is recorded who reads it."""

    device: DeviceId
    """The device whose log it is."""
    at: datetime
    """When it came (UTC)."""
    text: str
    """Lines as the device sent them. Whoever holds the device could have written anything there."""
