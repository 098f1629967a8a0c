"""ServerAddress: where the queue server is, and how it is spoken to."""

import ssl
from pathlib import Path

from kiosk.kit import private_file
from queue_server.contract.client import ApiClient
from queue_server.contract.client_route import DeviceRoute
from queue_server.contract.starts import DeviceStart


class ServerAddress:
    """``tls`` trusts the centre's own authority, where it has one; ``request_s``: one request as a whole, seconds."""

    def __init__(self, url: str, request_s: float, tls: ssl.SSLContext | None = None) -> None:
        self.url = url
        self._request_s = request_s
        self._tls = tls

    def within(self, request_s: float) -> "ServerAddress":
        """Give the same address, asked with another patience."""
        return ServerAddress(self.url, request_s, self._tls)

    def at(self, url: str, authority: bytes | None) -> "ServerAddress":
        """Give another address, where ``authority`` (PEM) alone is trusted; None: whoever is trusted here."""
        tls = self._tls if authority is None else ssl.create_default_context(cadata=authority.decode())
        return ServerAddress(url, self._request_s, tls)

    def connect(self, token: str | None, start: DeviceStart | None, route: DeviceRoute | None = None) -> ApiClient:
        return ApiClient(self.url, token, timeout=self._request_s, tls=self._tls, start=start, route=route)

    def route(self, folder: Path, device: str) -> DeviceRoute:
        """Make that of an enrolled kiosk, with all that its server has announced to it; reads files."""
        return DeviceRoute(folder, device, self.url, self._tls, private_file.write)
