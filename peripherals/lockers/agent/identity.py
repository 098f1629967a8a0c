"""Who a bank is: what enrolment gave, in ``device.json`` of the data folder, readable by its user only.

With it lie the keys of the server's orders: the first one that was given, and what followed on its word.
"""

import asyncio
import os
import ssl
from pathlib import Path

import msgspec

from peripherals.errors import LockerIdentityError
from peripherals.lockers.agent.order_keys import OrderKeys
from queue_server.contract.authority_fetch import EnrolmentMeans
from queue_server.contract.client import UNREADABLE, ApiClient, ClientError
from queue_server.contract.client_route import AUTHORITY_FILE, DeviceRoute

_FILE = "device.json"


class BankIdentity(msgspec.Struct, frozen=True):
    """``order_key``, ``further_keys``: the server's public keys for orders (Ed25519), 32 bytes each in base64url."""

    server: str
    token: str
    device: str
    centre: str
    name: str
    order_key: str
    further_keys: tuple[str, ...] = ()

    def keys(self, data: Path) -> OrderKeys:
        """Give the keys of the server's orders; others are kept in a data folder.

        Raises:
            LockerIdentityError: one is none.
        """

        def store(known: tuple[str, ...]) -> None:
            first, *further = known
            changed = msgspec.structs.replace(self, order_key=first, further_keys=tuple(further))
            write(data / _FILE, msgspec.json.encode(changed))

        try:
            return OrderKeys((self.order_key, *self.further_keys), store)
        except ValueError as error:
            raise LockerIdentityError(reason="order-key") from error


def enrol(server: str, code: str, data: Path, authority: Path | None, given: str = "") -> BankIdentity:
    """Exchange an enrolment code for an identity and keep it; ``given``: one text that says all three, or its file.

    Raises:
        LockerIdentityError: the server is away or refuses the code, it was not one for a bank of lockers, or the folder
            cannot be used.
    """
    try:
        found = EnrolmentMeans(server, code, authority, given).find()
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if found.authority is not None:
            write(data / AUTHORITY_FILE, found.authority)
        identity = asyncio.run(_exchange(found.server, found.code, trusted(data)))
        write(data / _FILE, msgspec.json.encode(identity))
    except ClientError as error:
        raise LockerIdentityError(reason=error.code) from error
    except OSError as error:
        raise LockerIdentityError(reason=type(error).__name__) from error
    return identity


async def _exchange(server: str, code: str, tls: ssl.SSLContext | None) -> BankIdentity:
    async with ApiClient(server, None, tls=tls) as client:
        answer = await client.enrol(code)
    if answer.kind != "locker":
        raise LockerIdentityError(reason=f"enrolled-as-{answer.kind}")
    async with ApiClient(server, answer.token, tls=tls) as client:
        found = await client.bank_key(answer.centre)
    return BankIdentity(server, answer.token, answer.device, answer.centre, answer.name, found.order_key)


def load_or_enrol(data: Path, given: str) -> BankIdentity:
    """Read the identity; a machine that has none is enrolled by the text that is ``given``, or its file, where one is.

    Raises:
        LockerIdentityError: there is none, or it cannot be used, or the text cannot.
    """
    if given and not (data / _FILE).exists():
        return enrol("", "", data, None, given)
    return load(data)


def load(data: Path) -> BankIdentity:
    """Read the identity.

    Raises:
        LockerIdentityError: there is none, or it cannot be used, or others can read it.
    """
    path = data / _FILE
    try:
        if path.stat().st_mode & 0o077:
            raise LockerIdentityError(reason="others could read it")
        identity = msgspec.json.decode(path.read_bytes(), type=BankIdentity)
    except FileNotFoundError as error:
        raise LockerIdentityError(reason="not-enrolled") from error
    except (OSError, *UNREADABLE) as error:
        raise LockerIdentityError(reason=type(error).__name__) from error
    _ = identity.keys(data)
    return identity


def route(identity: BankIdentity, data: Path) -> DeviceRoute:
    """Say how this bank reaches its server, with all that was announced to it; reads files.

    Raises:
        LockerIdentityError: the certificate of the authority cannot be used.
    """
    return DeviceRoute(data, identity.device, identity.server, trusted(data), write)


def trusted(data: Path) -> ssl.SSLContext | None:
    """Trust the centre's own authority and nobody else, where it has one.

    Raises:
        LockerIdentityError: its certificate cannot be used.
    """
    file = data / AUTHORITY_FILE
    if not file.exists():
        return None
    try:
        return ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError) as error:
        raise LockerIdentityError(reason="authority") from error


def write(path: Path, content: bytes) -> None:
    """Replace a file as a whole, with mode 0600, and be sure that it is on disk. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
