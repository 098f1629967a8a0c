"""Messages of devices: how one is enrolled, and how it says that it is."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.domain.values import CentreId, DeviceId


class SeriesState(Message, frozen=True):
    """The codes a device issues: ``letter`` and an inclusive range; ``highest`` is the highest number used today.

    ``epoch`` names the life of the server's database. Where it is another than before, an older copy has taken its
    place: what the server once had is told to it again, under the same ids.
    """

    letter: str
    first: int
    last: int
    highest: int = 0
    epoch: str = ""


StartId = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$(?!\n)")]


class StartRequest(Message, frozen=True):
    """A device has started: ``start`` is the id that it drew, ``before`` are those in its folder, the newest last."""

    start: StartId
    before: Annotated[tuple[StartId, ...], Meta(max_length=256)] = ()


class StartAnswer(Message, frozen=True):
    """``copied``: another machine is this device, too. It gives out nothing new until managers have decided."""

    copied: bool


class KeepRequest(Message, frozen=True):
    """Which of two machines stays: the start that it shows."""

    start: StartId


class EnrolRequest(Message, frozen=True):
    code: Annotated[str, Meta(min_length=8, max_length=32)]
    public_key: Annotated[str, Meta(max_length=128, pattern=r"^[A-Za-z0-9+/=_-]+$(?!\n)")] | None = None


class EnrolAnswer(Message, frozen=True):
    """``token`` is shown once. ``ticket_key`` (hex, 32 bytes) makes the tokens of this device's tickets.

    A ticket's token is base64url without padding of the visit id's 16 bytes and the first 16 bytes of HMAC-SHA256
    over them with ``ticket_key``; ``ticket_url`` + token is what the ticket's QR code says.
    """

    token: str
    device: DeviceId
    kind: Literal["kiosk", "screen", "locker", "integration"]
    name: str
    centre: CentreId
    series: SeriesState | None = None
    ticket_key: str | None = None
    ticket_url: str | None = None


PartState = Literal[
    "online", "offline", "noDevice", "hardwareError", "userError", "deviceBusy", "fraudAttempt", "starting", "unknown"
]


class PartStatus(Message, frozen=True):
    """One device of a kiosk (``printer``, ``terminal``, ...); ``code`` is a failure code, empty where well."""

    name: Annotated[str, Meta(max_length=32, pattern=r"^[a-z0-9-]+$(?!\n)")]
    state: PartState
    code: Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9-]*$(?!\n)")] = ""


DeviceMode = Literal["in-service", "out-of-order", "setup"]


class StatusRequest(Message, frozen=True):
    """A kiosk or screen says how it is: at once when that changes, and every minute.

    ``waiting`` tickets are not at the server yet, ``refused`` ones never will be.
    """

    mode: DeviceMode
    parts: Annotated[tuple[PartStatus, ...], Meta(max_length=16)] = ()
    waiting: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    refused: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class StatusAnswer(Message, frozen=True):
    at: datetime


class DeviceStatusView(Message, frozen=True):
    """``seen`` is when the device last said how it is; None where it never has. ``late``: it should have since."""

    id: DeviceId
    kind: Literal["kiosk", "screen", "locker", "integration"]
    name: str
    seen: datetime | None = None
    late: bool = False
    mode: DeviceMode | None = None
    parts: tuple[PartStatus, ...] = ()
    waiting: int = 0
    refused: int = 0
    #: Starts of several machines that are this one device, and since when; one of them is to be chosen.
    machines: tuple[str, ...] = ()
    copied: datetime | None = None


class DevicesAnswer(Message, frozen=True):
    devices: tuple[DeviceStatusView, ...]
