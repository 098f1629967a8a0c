"""Messages of devices: how one is enrolled, and how it says that it is."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from queue_server.contract.base import Message
from queue_server.contract.device_commands import MAX_TOLD, CommandReport, DeviceCommand
from queue_server.contract.device_settings import SettingsReport, SettingsView, WantedSettings
from queue_server.contract.server_route import MAX_AUTHORITIES, MAX_URLS, Fingerprint, ServerRoute, ServerUrl
from queue_server.domain.device_commands import DeviceCommandKind
from queue_server.domain.values import CentreId, DeviceId


class SeriesState(Message, frozen=True):
    """The ticket codes that a device may issue."""

    letter: str
    """The letter with which its codes begin."""
    first: int
    """The first number of its range."""
    last: int
    """The last number of its range, itself among them."""
    highest: int = 0
    """The highest number that the server has seen of it today; 0 where it has seen none."""
    epoch: str = ""
    """Names the life of the server's database. Where it is another than before, an older copy has taken its place, and
    what the server once had is told to it again under the same ids.
    """


StartId = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$(?!\n)")]


class StartRequest(Message, frozen=True):
    """A device has started."""

    start: StartId
    """The id that it drew for this start (16 hexadecimal digits)."""
    before: Annotated[tuple[StartId, ...], Meta(max_length=256)] = ()
    """Ids of earlier starts that are in its folder, the newest last."""


class StartAnswer(Message, frozen=True):
    """Whether the start was taken."""

    copied: bool
    """Another machine is this device, too; it gives out nothing new until managers have decided."""


class ResolveCopyRequest(Message, frozen=True):
    """Which of several machines goes on as the device."""

    start: StartId
    """The start that the machine which stays shows."""


class EnrolRequest(Message, frozen=True):
    """Exchange an enrolment code for a token."""

    code: Annotated[str, Meta(min_length=8, max_length=32)]
    """The enrolment code, as ``queue-server enrol-code`` or a manager's page gave it."""
    public_key: Annotated[str, Meta(max_length=128, pattern=r"^[A-Za-z0-9+/=_-]+$(?!\n)")] | None = None
    """A public key of the device, in base64; only a locker bank has one."""


class EnrolAnswer(Message, frozen=True):
    """What an enrolled device gets; the token is shown once."""

    token: str
    """The bearer token of the device (256 bit); the server keeps no copy of it."""
    device: DeviceId
    """The id of the device."""
    kind: Literal["kiosk", "screen", "locker", "integration"]
    """As what it is enrolled."""
    name: str
    """The name that managers gave it."""
    centre: CentreId
    """Id of the centre to which it belongs."""
    series: SeriesState | None = None
    """The ticket codes that it may issue; null where it issues none."""
    ticket_key: str | None = None
    """The key (hex, 32 bytes) of the tokens of its tickets. A ticket's token is base64url without padding of the visit
    id's 16 bytes and the first 16 bytes of HMAC-SHA256 over them with this key. Null where it issues none.
    """
    ticket_url: str | None = None
    """The address of the tickets' page; it and the token are what the QR code of a ticket says. Null where there is
    none.
    """


PartState = Literal[
    "online", "offline", "noDevice", "hardwareError", "userError", "deviceBusy", "fraudAttempt", "starting", "unknown"
]


class PartStatus(Message, frozen=True):
    """One peripheral of a device, and how it is."""

    name: Annotated[str, Meta(max_length=32, pattern=r"^[a-z0-9-]+$(?!\n)")]
    """What it is, such as ``printer`` or ``terminal``."""
    state: PartState
    """How it is, in the states of XFS4IoT."""
    code: Annotated[str, Meta(max_length=64, pattern=r"^[a-z0-9-]*$(?!\n)")] = ""
    """A code of docs/failure-codes.md; empty where all is well."""


#: Such as ``0.1.0``.
ReleaseVersion = Annotated[str, Meta(max_length=32, pattern=r"^[0-9A-Za-z.+-]*$(?!\n)")]

DeviceMode = Literal["in-service", "out-of-order", "setup"]


class StatusRequest(Message, frozen=True):
    """A kiosk or screen says how it is: at once when that changes, and every minute."""

    mode: DeviceMode
    """Whether it serves people."""
    parts: Annotated[tuple[PartStatus, ...], Meta(max_length=16)] = ()
    """Its peripherals, each as it is."""
    waiting: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """How many tickets are not at the server yet."""
    refused: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    """How many tickets the server never takes."""
    trusts: Annotated[tuple[Fingerprint, ...], Meta(max_length=MAX_AUTHORITIES)] = ()
    """SHA-256 (hexadecimal) of the certificate of each authority that it trusts; empty where enrolment brought none."""
    urls: Annotated[tuple[ServerUrl, ...], Meta(max_length=MAX_URLS)] = ()
    """The addresses of the server that were announced to it."""
    version: ReleaseVersion = ""
    """The release of its program, as ``queue_server_info`` of ``/metrics`` has that of the server; empty from a program
    that does not say it.
    """
    settings: SettingsReport | None = None
    """By which settings of its server's it works; null from a device that takes none."""
    takes: Annotated[tuple[DeviceCommandKind, ...], Meta(max_length=16)] = ()
    """What can be asked of it from afar, as it runs now; empty from a program that takes nothing."""
    commands: Annotated[tuple[CommandReport, ...], Meta(max_length=MAX_TOLD)] = ()
    """What became of the last that was asked of it, the newest last."""


class StatusAnswer(Message, frozen=True):
    """The report was stored."""

    at: datetime
    """What time it is at the server (UTC)."""
    route: ServerRoute | None = None
    """How the server is reached from now on; null from a server that announces nothing."""
    ticket_key: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")] | None = None
    """With what a device that issues tickets marks their addresses from now on, in the place of what enrolment gave
    (hexadecimal); null where that was never changed. What it marked before is still found."""
    settings: WantedSettings | None = None
    """By what it is to work from now on; null where it works by that already, or takes no settings."""
    commands: tuple[DeviceCommand, ...] = ()
    """What is asked of it, until it has said what became of it."""


class DeviceStatusView(Message, frozen=True):
    """A device as managers see it."""

    id: DeviceId
    """The id of the device."""
    kind: Literal["kiosk", "screen", "locker", "integration"]
    """As what it is enrolled."""
    name: str
    """The name that managers gave it."""
    seen: datetime | None = None
    """When it last said how it is (UTC); null where it never has."""
    late: bool = False
    """It should have said how it is since, and has not."""
    mode: DeviceMode | None = None
    """Whether it serves people; null where it never said so."""
    parts: tuple[PartStatus, ...] = ()
    """Its peripherals, each as it last was."""
    waiting: int = 0
    """How many of its tickets are not at the server yet."""
    refused: int = 0
    """How many of its tickets the server never takes."""
    version: str = ""
    """The release of its program; empty where it never said."""
    behind: bool = False
    """That is an older release than the server's."""
    settings: SettingsView | None = None
    """Its settings, as the server has them and as it works; null for a kind that takes none."""
    takes: tuple[DeviceCommandKind, ...] = ()
    """What can be asked of it from afar; empty where it never said so."""
    #: Starts of several machines that are this one device, and since when; one of them is to be chosen.
    machines: tuple[str, ...] = ()
    """Starts of several machines that are this one device; one of them is to be chosen. Empty where there is one
    machine.
    """
    copied: datetime | None = None
    """Since when there are several machines (UTC); null where there is one."""


class DevicesAnswer(Message, frozen=True):
    """The devices of a centre."""

    devices: tuple[DeviceStatusView, ...]
    """The devices, in the order in which they were enrolled."""
