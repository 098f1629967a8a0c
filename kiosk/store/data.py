"""The data folder of a kiosk: who it is, and what it needs to start without its server. Only its user can read it.

::

    device.json       server, device and centre, token, key of the ticket tokens; device-copy.json is the same once more
    catalogue.json    the last catalogue that the server sent
    information.json  the last pages of information, and when it did (kiosk.link.information)
    outbox.sqlite     tickets (kiosk.tickets.outbox) and journals (kiosk.store.journal)
    outbox.series     the numbers that were given (kiosk.tickets.series), which stand in the outbox, too
    ca.pem            the certificate authorities of the centre, where the server has its own
    server-addresses.json  where the server is (queue_server.contract.client_route writes both)
    addresses.json    device addresses that a technician set at the kiosk; they go before all others
    server-settings.json  what the server said of how this kiosk works (queue_server.contract.remote_settings)
    server-commands.json  what became of what managers asked from afar (queue_server.contract.remote_commands)
    log.jsonl         the end of the log; log-before.jsonl is what was before (queue_server.contract.recent_log)
    mode.json         whether a technician took it out of order
    pin.json          the hash of the technician's PIN, and the tries (kiosk.technician.pin)
    start.json        the starts of this kiosk (kiosk.kit.start_file); start-copy.json is the same once more
    hall.json         the server's time, and what it said of the day (kiosk.link.availability)
"""

import fcntl
import os
import ssl
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from kiosk.errors import DataError
from kiosk.kit import private_file
from kiosk.kit.start_file import StartFile
from kiosk.settings import DeviceAddresses
from kiosk.store.identity import KioskIdentity
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.client import UNREADABLE
from queue_server.contract.client_route import AUTHORITY_FILE

_log = structlog.get_logger(__name__)

_DEVICE, _DEVICE_COPY = "device.json", "device-copy.json"


class Addresses(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Device addresses set at the kiosk itself; None where nobody did, empty where the part was taken away."""

    printer: str | None = None
    reader: str | None = None
    chip: str | None = None
    scanner: str | None = None
    terminal: str | None = None

    def over(self, devices: DeviceAddresses) -> DeviceAddresses:
        """Put these before what the settings say."""
        return DeviceAddresses(
            printer=devices.printer if self.printer is None else self.printer,
            reader=devices.reader if self.reader is None else self.reader,
            chip=devices.chip if self.chip is None else self.chip,
            scanner=devices.scanner if self.scanner is None else self.scanner,
            terminal=devices.terminal if self.terminal is None else self.terminal,
        )


class Mode(msgspec.Struct, frozen=True):
    out_of_order: bool = False


class DataFolder:
    def __init__(self, path: Path) -> None:
        """Make the folder where it is missing.

        Raises:
            DataError: it cannot be made.
        """
        self._path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(file=path.name) from error

    def lock(self) -> None:
        """Keep other processes out until this one ends.

        Raises:
            DataError: a kiosk runs on this folder already.
        """
        descriptor = os.open(self._path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise DataError(file="lock") from error

    @property
    def path(self) -> Path:
        return self._path

    @property
    def outbox(self) -> Path:
        return self._path / "outbox.sqlite"

    def identity(self) -> KioskIdentity | None:
        """Read who this kiosk is: what cannot be had again without a person is kept twice.

        Raises:
            DataError: a damaged file cannot be put aside.
        """
        found = self.read(_DEVICE, KioskIdentity)
        if found is None and (found := self.read(_DEVICE_COPY, KioskIdentity)) is not None:
            with suppress(DataError):
                # A disk that is full keeps nobody from being who they are.
                self.write(_DEVICE, found)
        return found

    def store_identity(self, identity: KioskIdentity) -> None:
        self.write(_DEVICE_COPY, identity)
        self.write(_DEVICE, identity)

    @property
    def starts(self) -> StartFile:
        return StartFile(self._path)

    def catalogue(self) -> ServicesAnswer | None:
        return self.read("catalogue.json", ServicesAnswer)

    def store_catalogue(self, catalogue: ServicesAnswer) -> None:
        self.write("catalogue.json", catalogue)

    def addresses(self) -> Addresses:
        return self.read("addresses.json", Addresses) or Addresses()

    def store_addresses(self, addresses: Addresses) -> None:
        self.write("addresses.json", addresses)

    def mode(self) -> Mode:
        return self.read("mode.json", Mode) or Mode()

    def store_mode(self, mode: Mode) -> None:
        self.write("mode.json", mode)

    def store_authority(self, pem: bytes) -> None:
        self._put(AUTHORITY_FILE, pem)

    def tls(self) -> ssl.SSLContext | None:
        """Trust the centre's own authority and nobody else, where it has one."""
        file = self._path / AUTHORITY_FILE
        if not file.exists():
            return None
        try:
            return ssl.create_default_context(cafile=str(file))
        except (OSError, ssl.SSLError):
            self._put_aside(file.name)
            # Nothing of its server is trusted then, and it goes on as it does without one.
            return None

    def read[T: msgspec.Struct](self, name: str, kind: type[T]) -> T | None:
        """Read a file of this folder, None where there is none; a damaged one is put aside.

        Raises:
            DataError: it cannot be put aside.
        """
        try:
            return msgspec.json.decode((self._path / name).read_bytes(), type=kind)
        except FileNotFoundError:
            return None
        except (OSError, *UNREADABLE):
            self._put_aside(name)
            return None

    def _put_aside(self, name: str) -> None:
        """Go on without a file that cannot be used: people see a page, and the log says which file it was."""
        try:
            aside = private_file.put_aside(self._path / name)
        except OSError as error:
            raise DataError(file=name) from error
        _log.error("file-damaged", file=name, aside=aside.name)

    def write(self, name: str, value: msgspec.Struct) -> None:
        """Write a file of this folder as a whole.

        Raises:
            DataError: it cannot be written; what was there before still is.
        """
        self._put(name, msgspec.json.encode(value))

    def _put(self, name: str, content: bytes) -> None:
        try:
            private_file.write(self._path / name, content)
        except OSError as error:
            raise DataError(file=name) from error
