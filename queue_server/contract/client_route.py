"""How a client reaches its server, and what a device keeps of that: addresses in order, and whom it trusts.

A device takes what its server announces (``contract.server_route``) beside what enrolment gave::

    ca.pem                 the authorities that it trusts; enrolment brought the first
    server-addresses.json  the addresses of its server, and whose they are
"""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
import structlog
from msgspec.structs import replace

from queue_server.contract.client_errors import UNREADABLE, ClientError
from queue_server.contract.devices import StatusRequest
from queue_server.contract.server_route import (
    Fingerprint,
    RouteInvalidError,
    ServerRoute,
    ServerUrl,
    check_authorities,
    fingerprints,
)

_log = structlog.get_logger(__name__)

AUTHORITY_FILE: Final = "ca.pem"
_ADDRESSES: Final = "server-addresses.json"
_ENCRYPTED: Final = "https://"


class ClientRoute:
    """The addresses of one server, each used until it does not answer, and the context of its lines.

    Args:
        urls: scheme, host and port, one at least; the first is tried first.
        tls: trusts whom this client trusts; None for plain loopback or public certificates.
    """

    def __init__(self, urls: Iterable[str], tls: ssl.SSLContext | None) -> None:
        self._tls = tls
        self.use(urls)

    def use(self, urls: Iterable[str]) -> None:
        """Use these addresses from now on; the one in use stays in use where it is among them."""
        self.urls = tuple(dict.fromkeys(url.rstrip("/") for url in urls))
        if getattr(self, "url", None) not in self.urls:
            self.url = self.urls[0]

    def leave(self, url: str) -> None:
        """Go on to the next address, where this one is still in use: it does not answer."""
        if url == self.url:
            self.url = self.urls[(self.urls.index(url) + 1) % len(self.urls)]

    @property
    def ssl(self) -> ssl.SSLContext | bool:
        """What aiohttp is told of TLS."""
        return True if self._tls is None else self._tls

    def told(self, status: StatusRequest) -> StatusRequest:
        """Add to what a device says of itself how it reaches its server."""
        return status

    async def accept(self, announced: ServerRoute) -> bool:
        """Take what the server announces; whether anything is another than before."""
        del announced
        return False


class _Addresses(msgspec.Struct, frozen=True):
    """``device``: whose server is meant."""

    device: str
    urls: tuple[ServerUrl, ...]


class DeviceRoute(ClientRoute):
    """That of an enrolled device, which keeps what is announced. Reads files when it is made.

    Args:
        folder: the device's data folder.
        device: its id.
        url: the server's address at enrolment. It is the last one to be tried, whatever is announced.
        tls: trusts what ``ca.pem`` holds; None where enrolment brought no authority: then none is ever taken.
        write: replaces a file as a whole and is sure that it is on disk; raises OSError.
    """

    def __init__(
        self, folder: Path, device: str, url: str, tls: ssl.SSLContext | None, write: Callable[[Path, bytes], None]
    ) -> None:
        self._folder = folder
        self._device = device
        self._enrolled_at = url
        self._write = write
        self._refused = ""
        self._announced: tuple[ServerUrl, ...] = ()
        self.trusts: tuple[Fingerprint, ...] = ()
        if tls is not None:
            with suppress(OSError, ValueError):
                self.trusts = fingerprints((folder / AUTHORITY_FILE).read_bytes())
        with suppress(OSError, *UNREADABLE):
            # Announced again within a minute, where the file is damaged.
            kept = msgspec.json.decode((folder / _ADDRESSES).read_bytes(), type=_Addresses)
            if kept.device == device:
                self._announced = kept.urls
        super().__init__((*self._announced, url), tls)

    def told(self, status: StatusRequest) -> StatusRequest:
        return replace(status, trusts=self.trusts, urls=self._announced)

    async def accept(self, announced: ServerRoute) -> bool:
        """Take what is new of it, on disk when this returns; what cannot be taken is logged, once.

        A line in the clear, where anybody could say it, announces nothing.
        """
        if not self.url.startswith(_ENCRYPTED):
            return False
        try:
            found = await self._accept_authorities(announced)
            found = await self._accept_urls(announced.urls) or found
        except (ClientError, OSError) as error:
            code = getattr(error, "code", type(error).__name__)
            if code != self._refused:
                _log.error("server-route-refused", code=code, **getattr(error, "placeholders", {}))
            self._refused = code
            return False
        self._refused = ""
        return found

    async def _accept_authorities(self, announced: ServerRoute) -> bool:
        if self._tls is None or not announced.authorities:
            return False
        content = "".join(pem if pem.endswith("\n") else f"{pem}\n" for pem in announced.authorities)

        def store() -> tuple[tuple[Fingerprint, ...], ssl.SSLContext] | None:
            named = fingerprints(content.encode())
            if set(named) == set(self.trusts):
                return None
            check_authorities(announced, self.trusts, datetime.now(UTC))
            context = ssl.create_default_context(cadata=content)
            self._write(self._folder / AUTHORITY_FILE, content.encode())
            return named, context

        try:
            stored = await asyncio.to_thread(store)
        except ValueError as error:
            raise RouteInvalidError("unreadable") from error
        if stored is None:
            return False
        self.trusts, self._tls = stored
        _log.info("authorities-taken", trusts=self.trusts)
        return True

    async def _accept_urls(self, urls: tuple[ServerUrl, ...]) -> bool:
        if urls == self._announced:
            return False
        content = msgspec.json.encode(_Addresses(self._device, urls))
        await asyncio.to_thread(self._write, self._folder / _ADDRESSES, content)
        self._announced = urls
        self.use((*urls, self._enrolled_at))
        _log.info("addresses-taken", urls=urls)
        return True
