"""Settings of the program beside a browser: a TOML file, read once at start."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from peripherals import toml_file
from peripherals.documents.settings import DocumentSettings, Seconds
from peripherals.errors import DeskSettingsError


class _DeskSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: a key that nobody knows is a mistake, never passed over."""


class AgentSettings(_DeskSection, frozen=True):
    """Which server's pages may ask, where, and how a browser is paired.

    ``origin``: scheme, host and port by which browsers of staff reach the server; no other page is answered. ``port``:
    on 127.0.0.1, the same as ``pages.desk_port`` of the server. A code for pairing lives ``code_s`` and may be tried
    ``code_tries`` times. At most ``pairings`` browsers are paired; one more takes the place of the oldest. A line
    to a page carries a beat every ``heartbeat_s``. At most ``requests_s`` requests are answered in a second, in a burst
    twice as many, and ``requests_at_once`` at the same time.
    """

    origin: Annotated[str, Meta(pattern=r"^(https?://[^/\s?#@]+)?$(?!\n)", max_length=200)] = ""
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8642
    code_s: Annotated[int, Meta(ge=10, le=3_600)] = 300
    code_tries: Annotated[int, Meta(ge=1, le=20)] = 5
    pairings: Annotated[int, Meta(ge=1, le=100)] = 8
    heartbeat_s: Seconds = 1.0
    requests_s: Annotated[int, Meta(ge=1, le=10_000)] = 50
    requests_at_once: Annotated[int, Meta(ge=1, le=1_000)] = 32


class DeskDeviceAddresses(_DeskSection, frozen=True):
    """Addresses of the devices; empty where there is none."""

    printer: str = ""
    reader: str = ""
    chip: str = ""
    scanner: str = ""


class DeskDocuments(DocumentSettings, frozen=True):
    """``present_s``: how long is waited until a document is laid down."""

    present_s: Seconds = 120.0


class DeskSettings(_DeskSection, frozen=True):
    agent: AgentSettings = AgentSettings()
    devices: DeskDeviceAddresses = DeskDeviceAddresses()
    documents: DeskDocuments = DeskDocuments()


def load(path: Path) -> DeskSettings:
    """Read the file.

    Raises:
        DeskSettingsError: with section and key, and what is wanted there.
    """
    settings = toml_file.load(path, DeskSettings, DeskSettingsError)
    if not settings.agent.origin:
        raise DeskSettingsError(section="agent", key="origin", wanted="the address of the server, as browsers have it")
    return settings
