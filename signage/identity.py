"""Who a screen is: what enrolment gave, in ``device.json`` of the data folder, readable by its user only."""

import asyncio
import ssl
from pathlib import Path

import msgspec
import structlog

from kiosk.kit import private_file
from kiosk.kit.start_file import StartFile
from queue_server.contract.client import UNREADABLE, ApiClient
from queue_server.contract.devices import EnrolAnswer
from queue_server.contract.starts import Start
from signage.errors import NotEnrolledError, WrongKindError

_log = structlog.get_logger(__name__)

_FILE = "device.json"
_AUTHORITY = "ca.pem"


class Identity(msgspec.Struct, frozen=True):
    server: str
    token: str
    device: str
    centre: str
    name: str


def enrol(server: str, code: str, data: Path, authority: Path | None) -> Identity:
    """Exchange an enrolment code for an identity and keep it.

    Raises:
        WrongKindError: the code was not one for a screen.
        ClientError: the server is away or refuses the code.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if authority is not None:
        private_file.write(data / _AUTHORITY, authority.read_bytes())
    answer = asyncio.run(_exchange(server, code, _tls(data)))
    if answer.kind != "screen":
        raise WrongKindError(kind=answer.kind)
    identity = Identity(server, answer.token, answer.device, answer.centre, answer.name)
    private_file.write(data / _FILE, msgspec.json.encode(identity))
    return identity


async def _exchange(server: str, code: str, tls: ssl.SSLContext | None) -> EnrolAnswer:
    async with ApiClient(server, None, tls=tls) as client:
        return await client.enrol(code)


def load(data: Path) -> Identity:
    """Read the identity.

    Raises:
        NotEnrolledError: there is none, or it cannot be read.
    """
    try:
        return msgspec.json.decode((data / _FILE).read_bytes(), type=Identity)
    except (OSError, *UNREADABLE) as error:
        raise NotEnrolledError(folder=str(data)) from error


def connect(identity: Identity, data: Path) -> ApiClient:
    """Make a client that speaks as this screen and trusts the centre's own authority, where it has one.

    A copy of this screen on another machine is told to managers; both go on showing what is called.
    """
    start = Start(identity.device, identity.centre, StartFile(data), _warn)
    return ApiClient(identity.server, identity.token, tls=_tls(data), start=start)


def _warn(copied: bool) -> None:
    if copied:
        _log.error("device-copied")


def _tls(data: Path) -> ssl.SSLContext | None:
    file = data / _AUTHORITY
    return ssl.create_default_context(cafile=str(file)) if file.exists() else None
