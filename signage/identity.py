"""Who a screen is: what enrolment gave, in ``device.json`` of the data folder, readable by its user only.

It is kept twice (``device-copy.json``): a screen has nothing else that cannot be had again without a person.
"""

import asyncio
import ssl
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from kiosk.kit import kept, private_file
from kiosk.kit.start_file import StartFile
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.client import ApiClient
from queue_server.contract.client_route import AUTHORITY_FILE, DeviceRoute
from queue_server.contract.devices import EnrolAnswer
from queue_server.contract.starts import DeviceStart
from signage.errors import NotEnrolledError, WrongKindError

_log = structlog.get_logger(__name__)

_FILE, _COPY = "device.json", "device-copy.json"


class ScreenIdentity(msgspec.Struct, frozen=True):
    server: str
    token: str
    device: str
    centre: str
    name: str


def enrol(means: EnrolmentMeans, data: Path) -> ScreenIdentity:
    """Exchange an enrolment code for an identity and keep it.

    Raises:
        WrongKindError: the code was not one for a screen.
        ClientError: the server is away or refuses the code.
    """
    server, code, authority = means.find()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if authority is not None:
        private_file.write(data / AUTHORITY_FILE, authority)
    answer = asyncio.run(_exchange(server, code, trusted(data)))
    if answer.kind != "screen":
        raise WrongKindError(kind=answer.kind)
    identity = ScreenIdentity(server, answer.token, answer.device, answer.centre, answer.name)
    for name in (_COPY, _FILE):
        private_file.write(data / name, msgspec.json.encode(identity))
    return identity


async def _exchange(server: str, code: str, tls: ssl.SSLContext | None) -> EnrolAnswer:
    async with ApiClient(server, None, tls=tls) as client:
        return await client.enrol(code)


def load(data: Path) -> ScreenIdentity:
    """Read the identity; a damaged file is put aside, and its copy takes its place.

    Raises:
        NotEnrolledError: there is none, or it cannot be read.
    """
    found = kept.read(data / _FILE, ScreenIdentity)
    if found is None and (found := kept.read(data / _COPY, ScreenIdentity)) is not None:
        with suppress(OSError):
            # A disk that is full keeps no screen from being who it is.
            private_file.write(data / _FILE, msgspec.json.encode(found))
    if found is None:
        raise NotEnrolledError(folder=str(data))
    return found


def route(identity: ScreenIdentity, data: Path) -> DeviceRoute:
    """Say how this screen reaches its server, with all that was announced to it; reads files."""
    return DeviceRoute(data, identity.device, identity.server, trusted(data), private_file.write)


def connect(identity: ScreenIdentity, data: Path, known: DeviceRoute) -> ApiClient:
    """Make a client that speaks as this screen; ``known`` is what ``route`` gave.

    A copy of this screen on another machine is told to managers; both go on showing what is called.
    """
    start = DeviceStart(identity.device, identity.centre, StartFile(data), _warn)
    return ApiClient(identity.server, identity.token, start=start, route=known)


def _warn(copied: bool) -> None:
    if copied:
        _log.error("device-copied")


def trusted(data: Path) -> ssl.SSLContext | None:
    """Trust the centre's own authority and nobody else, where it has one; reads files."""
    file = data / AUTHORITY_FILE
    if not file.exists():
        return None
    try:
        return ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError):
        kept.put_aside(file)
        # Nothing of its server is trusted then: it shows that it is not connected.
        return None
