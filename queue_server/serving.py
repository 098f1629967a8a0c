"""What ``queue-server serve`` does: listens, and serves until it is told to end. Knows no parser of command lines."""

import json
import resource
import socket
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import uvloop

from queue_server import bootstrap, logs, tls
from queue_server.contract.process_memory import close_memory
from queue_server.database import find_url
from queue_server.domain.values import ConsularError
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import HttpSettings

#: As many files as one process can make use of.
_MAX_FILES = 65_536
_MAX_PORT = 65_535


class CannotListenError(ConsularError):
    """The address is taken, or not this machine's."""

    code = "cannot-listen"


class PublicUrlMissingError(ConsularError):
    """Listening on every address tells no phone which: set http.public_url in settings.toml, it goes into QR codes."""

    code = "public-url-missing"


def serve(  # noqa: PLR0917 - as they are said
    rooms: RoomCollection,
    data: Path,
    database: str | None,
    host: str,
    port: int,
    public: str | None,
    *,
    behind_proxy: bool,
) -> None:
    """Serve until SIGTERM; ``public`` is an address that ``address`` reads.

    Raises:
        ConsularError: it cannot serve.
        OSError: a file cannot be used.
    """
    settings, url = rooms.settings(data), find_url(database, data)
    phones = None if public is None else address(public)
    shown_to_phones = host if phones is None else phones[0]
    if settings[HttpSettings].public_url is None and _is_every(shown_to_phones):
        raise PublicUrlMissingError(host=shown_to_phones)
    # What is reached from other machines must be encrypted: here, or by the proxy.
    clear = behind_proxy or (_is_loopback(host) and (phones is None or _is_loopback(phones[0])))
    encrypted = None if clear else tls.server_context(data)
    listener = _listen(host, port)
    place = ServerLocation(data, url, listener, _shown(host, listener, encrypted), encrypted, behind_proxy)
    if phones is not None:
        opened = _listen(*phones)
        place = replace(place, public=opened, public_address=_shown(phones[0], opened, encrypted))
    logs.configure()
    _allow_files()
    close_memory()
    uvloop.run(bootstrap.serve(rooms, place, settings, lambda server: _listening(place, server.trouble)))


def _allow_files() -> None:
    """Let this process have as many open connections as the machine grants it; services begin with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A machine without a limit grants more than some kernels can be asked for.
    wanted = _MAX_FILES if most == resource.RLIM_INFINITY else min(most, _MAX_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def address(said: str) -> tuple[str, int] | None:
    """Read ``HOST:PORT``, None where it is none; an address of IPv6 stands in brackets."""
    host, _, port = said.rpartition(":")
    if not host or not port.isdecimal() or int(port) > _MAX_PORT:
        return None
    return host.removeprefix("[").removesuffix("]"), int(port)


def _shown(host: str, listener: socket.socket, context: object) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{'http' if context is None else 'https'}://{shown}:{listener.getsockname()[1]}"


def _listening(place: ServerLocation, trouble: ConsularError | None) -> None:
    reason = {} if trouble is None else {"reason": trouble.code}
    phones = {"public": place.public_address} if place.public_address else {}
    print(json.dumps({"listening": place.address, **phones, "ready": trouble is None, **reason}), flush=True)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_every(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise CannotListenError(host=host, port=port, reason=error.strerror or "") from error
