"""Where a server stands."""

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class ServerLocation:
    """Where a server stands: its data folder, its database, the socket it listens on, and how it is reached.

    ``address`` is what clients connect to, without a slash at its end. ``public`` is the socket that phones have for
    themselves, ``public_address`` how it is reached.
    """

    data: Path
    url: URL
    listener: socket.socket
    address: str
    tls: ssl.SSLContext | None = None
    behind_proxy: bool = False
    public: socket.socket | None = None
    public_address: str = ""
