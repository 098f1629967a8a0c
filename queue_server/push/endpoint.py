"""The address at a push service that a browser names (RFC 8030): hostile until it is one of a known service. Pure.

It is read once, by its signs alone, so that whoever checks it and whoever sends to it cannot read it in two ways.
"""

import re
from typing import Final

import msgspec

from queue_server.push.errors import PushEndpointRefusedError
from queue_server.push.settings import PushSettings

MAX_LENGTH: Final = 1_000
_SHAPE: Final = re.compile(
    r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@/%?-]+)",
    re.ASCII,
)
_HTTPS: Final = 443


class PushEndpoint(msgspec.Struct, frozen=True):
    """An address that may be sent to; ``private``: it may lie in the own network."""

    address: str
    host: str
    port: int
    private: bool

    def __repr__(self) -> str:
        # Whoever has the address may send to the phone.
        return f"PushEndpoint({self.host}:{self.port})"

    @property
    def origin(self) -> str:
        """What a token is made out to (RFC 8292, section 2; RFC 6454, section 6.1)."""
        return f"https://{self.host}" if self.port == _HTTPS else f"https://{self.host}:{self.port}"


def read_endpoint(text: str, settings: PushSettings) -> PushEndpoint:
    """Read an address.

    Raises:
        PushEndpointRefusedError: it is none, or not of a service that is spoken to.
    """
    found = _SHAPE.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        raise PushEndpointRefusedError(reason="shape")
    host, port = found["host"], int(found["port"] or _HTTPS)
    if f"{host}:{port}" in settings.private_hosts:
        return PushEndpoint(text, host, port, private=True)
    if port != _HTTPS or not any(_is(host, one) for one in settings.hosts):
        raise PushEndpointRefusedError(reason="host")
    return PushEndpoint(text, host, port, private=False)


def _is(host: str, known: str) -> bool:
    return host.endswith(known[1:]) if known.startswith("*.") else host == known
