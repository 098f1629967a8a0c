"""What a device keeps of the settings that its server gives: on disk before they count, and without the server too.

::

    server-settings.json  the version that was given last, and whose it is
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import structlog

from queue_server.contract.client_errors import UNREADABLE
from queue_server.contract.device_settings import (
    DeviceSettingError,
    SettingsReport,
    SettingValues,
    SettledKind,
    WantedSettings,
    refusal,
    settle,
)

_log = structlog.get_logger(__name__)

SETTINGS_FILE: Final = "server-settings.json"


class KeptSettings(msgspec.Struct, frozen=True):
    """What the server gave last to ``device``; ``pin`` is the version of the PIN that was taken."""

    device: str
    version: int
    values: SettingValues
    pin: int = 0


class RemoteSettings[S: msgspec.Struct]:
    """``force`` is by what the device works: ``own`` of the machine, and over it what the server gave. Reads a file.

    What is given later is on disk, and ``are_waiting`` until whoever works by it goes on with ``renewed``.

    Args:
        folder: the device's data folder.
        device: its id.
        write: replaces a file as a whole and is sure that it is on disk; raises OSError.
        store_pin: sets the technician's PIN from its hash; raises OSError.
    """

    def __init__(
        self,
        folder: Path,
        device: str,
        own: S,
        kind: SettledKind,
        *,
        write: Callable[[Path, bytes], None],
        store_pin: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._folder = folder
        self._file = folder / SETTINGS_FILE
        self._own = own
        self._kind = kind
        self._write = write
        self._store_pin = store_pin
        self.force = own
        self.report = SettingsReport()
        self.are_waiting = False
        #: Called when something else waits than what is in force, and when something is refused.
        self.waits: Callable[[], None] = lambda: None
        self.refused: Callable[[], None] = lambda: None
        self._kept = KeptSettings(device, 0, {})
        with suppress(OSError, *UNREADABLE):
            # Given again within a minute, where the file is damaged.
            kept = msgspec.json.decode(self._file.read_bytes(), type=KeptSettings)
            self._kept = kept if kept.device == device else self._kept
        try:
            self.force = settle(own, kind, self._kept.values)
            self.report = SettingsReport(self._kept.version)
        except DeviceSettingError as error:
            # Another release of this program has taken them.
            self._refuse(self._kept.version, error)

    def renewed(self) -> "RemoteSettings[S]":
        """Put in force what waits. Reads a file."""
        kept = self._kept
        return RemoteSettings(
            self._folder, kept.device, self._own, self._kind, write=self._write, store_pin=self._store_pin
        )

    async def accept(self, given: WantedSettings | None) -> None:
        """Take what the server gives; None where nothing is new. What cannot be taken is logged, once."""
        if given is None or given.version in {self.report.version, self.report.refused or self.report.version}:
            return
        if not self.are_waiting or given.version != self._kept.version:
            try:
                settle(self._own, self._kind, given.values)
                await asyncio.to_thread(self._store, given)
            except DeviceSettingError as error:
                self._refuse(given.version, error)
                return
            except OSError as error:
                # Given again within a minute; those of before go on.
                _log.warning("server-settings-not-kept", code=type(error).__name__)
                return
            self.are_waiting = True
            _log.info("server-settings-taken", version=given.version)
        self.waits()

    def _store(self, given: WantedSettings) -> None:
        taken = self._kept.pin
        if given.pin is not None and given.pin.version != taken:
            self._store_pin(given.pin.hash)
            taken = given.pin.version
        kept = KeptSettings(self._kept.device, given.version, given.values, taken)
        self._write(self._file, msgspec.json.encode(kept))
        self._kept = kept

    def _refuse(self, version: int, error: DeviceSettingError) -> None:
        self.report = refusal(self.report.version, version, error)
        _log.error("server-settings-refused", version=version, code=error.code, **error.placeholders)
        self.refused()
