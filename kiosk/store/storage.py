"""Watches the room that is left where a kiosk keeps its tickets, so that managers hear of it before it is gone."""

import asyncio
import shutil
from pathlib import Path

import structlog

from kiosk.errors import DiskLowError
from kiosk.ports import DiskBook
from kiosk.settings import StorageSettings
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)
_MIB = 1024 * 1024


class Storage:
    """``book`` takes down what is wrong with the disk, and that nothing is any more; each once."""

    def __init__(self, folder: Path, settings: StorageSettings, book: DiskBook) -> None:
        self._folder = folder
        self._settings = settings
        self._book = book
        self._code = ""
        self.task = Periodic("storage", settings.poll_s, self._check, at_once=True)

    async def _check(self) -> None:
        free = await asyncio.to_thread(self._free)
        code = DiskLowError.code if free is not None and free < self._settings.free_mib else ""
        if code != self._code:
            self._code = code
            self._book.disk(code)
            _log.log(40 if code else 20, "disk", code=code, free_mib=free)

    def _free(self) -> int | None:
        """Give the MiB that are left; None where that cannot be found out: who writes there fails, and says so."""
        try:
            return shutil.disk_usage(self._folder).free // _MIB
        except OSError:
            return None
