"""Sends an empty message to a push service (RFC 8030, section 5), to addresses of the open Internet alone.

Names are resolved here and looked at before anything is connected to, so no name leads into the own network; no
redirect is followed, and nothing of the answer is read but its status.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum, auto
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from queue_server.domain.values import Micros
from queue_server.push.endpoint import PushEndpoint
from queue_server.push.errors import PushUnsentError
from queue_server.push.settings import PushSettings
from queue_server.push.vapid import VapidSigner

_OK: Final = range(200, 300)
_GONE: Final = frozenset({404, 410})
#: It says so of this message alone, or for now.
_LATER: Final = frozenset({408, 425, 429})
_SERVER: Final = 500
#: Networks in which an address of the other kind is written, and so perhaps one of the own network.
_EMBEDDED: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class PushResult(Enum):
    """What became of a message."""

    TAKEN = auto()
    #: The phone is not there any more (RFC 8030, section 7.3).
    GONE = auto()
    LATER = auto()
    #: The service does not take it from this server.
    REFUSED = auto()


def is_open(address: str) -> bool:
    """Tell whether an address is of the open Internet; nothing else is sent to."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in one for one in _EMBEDDED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


class _OpenResolver(AbstractResolver):
    """Resolves names as the system does, and keeps only addresses of the open Internet, but for ``private`` names."""

    def __init__(self, private: frozenset[tuple[str, int]]) -> None:
        self._private = private
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if (host, port) in self._private:
            return found
        kept = [one for one in found if is_open(one["host"])]
        if not kept:
            raise OSError(f"{host} is not of the open Internet")
        return kept

    async def close(self) -> None:
        await self._inner.close()


class PushSender:
    """Sends with the settings of this server."""

    def __init__(self, settings: PushSettings) -> None:
        self._settings = settings
        pairs = (one.rpartition(":") for one in settings.private_hosts)
        self._private = frozenset((host, int(port)) for host, _, port in pairs)

    @asynccontextmanager
    async def session(self) -> AsyncIterator["PushSession"]:
        """Open what several messages are sent through."""
        context = await asyncio.to_thread(ssl.create_default_context)
        if self._settings.ca_file:
            await asyncio.to_thread(context.load_verify_locations, self._settings.ca_file)
        connector = aiohttp.TCPConnector(
            ssl=context, resolver=_OpenResolver(self._private), use_dns_cache=False, limit=8
        )
        timeout = aiohttp.ClientTimeout(total=self._settings.timeout_s)
        async with aiohttp.ClientSession(
            connector=connector, timeout=timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as http:
            yield PushSession(http, self._settings)


class PushSession:
    """A run of messages."""

    def __init__(self, http: aiohttp.ClientSession, settings: PushSettings) -> None:
        self._http, self._settings = http, settings

    async def send(
        self, endpoint: PushEndpoint, signer: VapidSigner, now: Micros
    ) -> tuple[PushResult, PushUnsentError | None]:
        """Send one by the key with which its phone subscribed; never raises what the service or the line does."""
        headers = {
            "Authorization": signer.authorization(endpoint.origin, now),
            "TTL": str(self._settings.ttl_s),
            "Urgency": "high",
            # A newer call takes the place of one that the phone has not fetched yet (RFC 8030, section 5.4).
            "Topic": "ticket",
            "Content-Length": "0",
        }
        address = URL(endpoint.address, encoded=True)
        try:
            async with self._http.post(address, headers=headers, allow_redirects=False) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            trouble = PushUnsentError(host=endpoint.host, reply=0)
            trouble.__cause__ = error
            return PushResult.LATER, trouble
        if status in _OK:
            return PushResult.TAKEN, None
        if status in _GONE:
            return PushResult.GONE, None
        trouble = PushUnsentError(host=endpoint.host, reply=status)
        return (PushResult.LATER if status in _LATER or status >= _SERVER else PushResult.REFUSED), trouble
