"""Settings of the server: ``DATA/settings.toml``, read once at start. Every section and key may be left out.

A section belongs to a room, which says its name and the type of what stands in it; here are those of the framework.

``ConsularError``
    ``SettingsError``   not TOML, an unknown key, a wrong type or out of bounds: ``section`` and ``key`` say where
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from queue_server.contract.server_route import MAX_URLS, ServerUrl
from queue_server.domain.values import ConsularError
from queue_server.framework.proxies import networks

FILE = "settings.toml"

Url = Annotated[str, Meta(pattern=r"\Ahttps?://[^/\s?#]+\Z", max_length=200)]
Millis = Annotated[int, Meta(ge=10, le=600_000)]

_PLACE = re.compile(r" - at `\$\.?([^`]*)`$")
_FIELD = re.compile(r"field `([^`]+)`")


class SettingsError(ConsularError):
    code = "settings"


class HttpSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[http]``. Times in milliseconds.

    A connection on which no request is complete for ``idle_ms`` is cut, a body must be there within ``body_ms``, and
    must not be longer than ``body_bytes``. ``shutdown_ms`` is what requests in progress get at the end.
    ``public_url`` is the address under which browsers and phones reach the server, where it is not the one it listens
    on: it goes into the QR code of tickets. ``staff_url`` is that of staff where phones have an address of their own
    (``--public``). ``device_urls`` are the addresses by which devices come, announced to them before they count; none
    is in the clear. ``catalogue_poll_ms`` is how often the set-ups are looked at,
    ``identity_cache_ms`` how long a token or session once found is believed without asking the database again.
    ``log_requests``: every request leaves a line in the log, and not only what was refused or went wrong.
    ``proxies`` are addresses and networks of the proxies that are believed with ``--behind-proxy``. Any other address
    has ``connections`` at once at most. ``certificate_poll_s`` is how often certificate and authorities are looked at.
    The address of its own that phones may have takes ``public_connections`` at once of all together, and in a second
    ``public_requests_s`` requests of all and ``public_requests_address_s`` of one address; as many are answered of the
    pages for everybody at the address of staff.
    """

    idle_ms: Millis = 30_000
    body_ms: Millis = 10_000
    body_bytes: Annotated[int, Meta(ge=1024, le=16_777_216)] = 262_144
    shutdown_ms: Millis = 3_000
    catalogue_poll_ms: Millis = 1_000
    identity_cache_ms: Annotated[int, Meta(ge=0, le=2_000)] = 500
    log_requests: bool = False
    public_url: Url | None = None
    staff_url: Url | None = None
    device_urls: Annotated[tuple[ServerUrl, ...], Meta(max_length=MAX_URLS)] = ()
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1")
    connections: Annotated[int, Meta(ge=1, le=100_000)] = 512
    certificate_poll_s: Annotated[int, Meta(ge=1, le=86_400)] = 60
    public_connections: Annotated[int, Meta(ge=1, le=100_000)] = 4_096
    public_requests_s: Annotated[int, Meta(ge=1, le=100_000)] = 300
    public_requests_address_s: Annotated[int, Meta(ge=1, le=100_000)] = 100

    def __post_init__(self) -> None:
        try:
            networks(self.proxies)
        except ValueError as error:
            raise ValueError(f"field `proxies`: {error}") from error


class FeedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[feeds]``. Times in milliseconds.

    A line without news carries a beat every ``heartbeat_ms`` (devices) or ``browser_heartbeat_ms``. A client that takes
    none of its frames for ``stall_ms`` is cut. Revoked tokens and ended sessions are looked for every
    ``revocation_poll_ms``. One device or session has at most ``max_feeds`` at once.
    """

    heartbeat_ms: Millis = 5_000
    browser_heartbeat_ms: Millis = 1_000
    stall_ms: Millis = 10_000
    revocation_poll_ms: Annotated[int, Meta(ge=10, le=1_500)] = 1_000
    max_feeds: Annotated[int, Meta(ge=1, le=10_000)] = 50


class DiskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[disk]``: managers hear of it when fewer than ``free_mib`` MiB are left in the data folder."""

    free_mib: Annotated[int, Meta(ge=1, le=10_000_000)] = 2_048


class WitnessSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[witness]``: what the log holds is signed and written every ``poll_s`` seconds.

    To ``DATA/witness.json``, and to the file ``copy`` where one is named: on another machine, mounted here. Managers
    hear of it when that could not be written for ``silent_s`` seconds.
    """

    poll_s: Annotated[int, Meta(ge=1, le=3_600)] = 5
    copy: str = ""
    silent_s: Annotated[int, Meta(ge=1, le=604_800)] = 600


class ServerSettings:
    """What is set, by the type of its section; one that nothing was said of has its defaults."""

    def __init__(self, *sections: msgspec.Struct) -> None:
        self._sections = {type(section): section for section in sections}

    def __getitem__[T: msgspec.Struct](self, kind: type[T]) -> T:
        found = self._sections.get(kind)
        return found if isinstance(found, kind) else kind()

    def but(self, *sections: msgspec.Struct) -> "ServerSettings":
        """Give the same with these sections in place of those of their kinds."""
        return ServerSettings(*self._sections.values(), *sections)

    def __repr__(self) -> str:
        return f"Settings({', '.join(map(repr, self._sections.values()))})"


def file_of(sections: Mapping[str, type[msgspec.Struct]], *, others: bool = False) -> type[msgspec.Struct]:
    """Make the type of a file of these sections."""
    fields: list[tuple[str, type, Any]] = [(name, kind, kind()) for name, kind in sections.items()]
    return msgspec.defstruct("Sections", fields, frozen=True, forbid_unknown_fields=not others)


def parse_settings(text: str, sections: Mapping[str, type[msgspec.Struct]], *, others: bool = False) -> ServerSettings:
    """Read settings.

    Args:
        text: TOML.
        sections: the type of each section by its name.
        others: pass over sections that are not among these.

    Raises:
        SettingsError: they are refused.
    """
    try:
        found = msgspec.convert(tomllib.loads(text), file_of(sections, others=others))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(section="", key="", reason=str(error)) from error
    except msgspec.ValidationError as error:
        reason = str(error)
        place = _PLACE.search(reason)
        parts = [] if place is None else place[1].split(".")
        field = _FIELD.search(reason)
        if field is not None:
            parts.append(field[1])
        section, key = [*parts, "", ""][:2]
        raise SettingsError(section=section, key=key, reason=_PLACE.sub("", reason)) from error
    return ServerSettings(*(getattr(found, name) for name in sections))


def load_settings(data: Path, sections: Mapping[str, type[msgspec.Struct]], *, others: bool = False) -> ServerSettings:
    """Read ``DATA/settings.toml``; without the file everything has its default.

    Raises:
        SettingsError: they are refused.
    """
    path = data / FILE
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ServerSettings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(section="", key="", reason=f"{FILE} cannot be read") from error
    return parse_settings(text, sections, others=others)


def section_of[T: msgspec.Struct](data: Path, name: str, kind: type[T]) -> T:
    """Read one section, for a command that needs no other.

    Raises:
        SettingsError: it is refused, or the file is no TOML.
    """
    return load_settings(data, {name: kind}, others=True)[kind]
