"""What a device does of what managers ask of it from afar: each once, whatever is told again or cut off.

::

    server-commands.json  what became of the last that was asked
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import structlog

from queue_server.contract import service_manager
from queue_server.contract.client import ApiClient
from queue_server.contract.client_errors import UNREADABLE, ClientError, ProblemError
from queue_server.contract.device_commands import (
    MAX_TOLD,
    CommandReport,
    DeviceCommand,
    LogReceivedAnswer,
    SendLogRequest,
)
from queue_server.contract.recent_log import RecentLog
from queue_server.domain.device_commands import DeviceCommandFault, DeviceCommandKind, DeviceCommandOutcome

_log = structlog.get_logger(__name__)

COMMANDS_FILE: Final = "server-commands.json"
_RESTART: Final = DeviceCommandKind.RESTART


class RemoteCommands:
    """``report`` is what became of the last; a restart ``is_waiting`` until whoever runs can end. Reads a file.

    Args:
        folder: the device's data folder.
        log: the end of its log.
        write: replaces a file as a whole and is sure that it is on disk; raises OSError.
    """

    def __init__(self, folder: Path, log: RecentLog, *, write: Callable[[Path, bytes], None]) -> None:
        self._file = folder / COMMANDS_FILE
        self._recent = log
        self._write = write
        self._restart: str | None = None
        self.report: tuple[CommandReport, ...] = ()
        #: Called when a restart waits.
        self.waits: Callable[[], None] = lambda: None
        with suppress(OSError, *UNREADABLE):
            # A damaged one: what waits at the server is done once more at most.
            self.report = msgspec.json.decode(self._file.read_bytes(), type=tuple[CommandReport, ...])[-MAX_TOLD:]

    @property
    def takes(self) -> tuple[DeviceCommandKind, ...]:
        """What this program does from afar, as it runs now: it ends only where something starts it anew."""
        return (_RESTART, DeviceCommandKind.SEND_LOG) if service_manager.is_there() else (DeviceCommandKind.SEND_LOG,)

    @property
    def is_waiting(self) -> bool:
        return self._restart is not None

    async def accept(self, asked: Iterable[DeviceCommand], client: ApiClient, centre: str) -> None:
        """Take what the server asks: a log is sent at once, a restart waits."""
        known = {one.id for one in self.report}
        for command in asked:
            if command.id in known:
                # It was done, and the server has not heard so yet.
                continue
            if command.kind is DeviceCommandKind.SEND_LOG:
                await self._send(command.id, client, centre)
            elif self._restart is None and _RESTART in self.takes:
                self._restart = command.id
                _log.info("restart-asked")
                self.waits()

    async def begin_restart(self) -> bool:
        """Keep that the restart was done, and tell whether to end now: kept first, it is done once."""
        assert self._restart is not None  # noqa: S101 - nothing waits
        ident, self._restart = self._restart, None
        done = (*self.report, CommandReport(ident, DeviceCommandOutcome.DONE))[-MAX_TOLD:]
        try:
            await asyncio.to_thread(self._write, self._file, msgspec.json.encode(done))
        except OSError as error:
            _log.warning("restart-not-stored", code=type(error).__name__)
            self._note(ident, DeviceCommandFault.NOT_STORED)
            return False
        _log.info("restart-from-afar")
        return True

    async def _send(self, ident: str, client: ApiClient, centre: str) -> None:
        request = SendLogRequest(ident, await asyncio.to_thread(self._recent.end))
        path = f"/centres/{centre}/devices/self/log"
        try:
            await client.call("POST", path, LogReceivedAnswer, request)
        except ProblemError as error:
            _log.warning("log-refused", code=error.code)
            self._note(ident, DeviceCommandFault.LOG_NOT_TAKEN)
        except ClientError as error:
            # With the next report.
            _log.warning("log-not-sent", code=error.code)
        else:
            _log.info("log-sent")

    def _note(self, ident: str, code: DeviceCommandFault) -> None:
        report = CommandReport(ident, DeviceCommandOutcome.REFUSED, code)
        self.report = (*self.report, report)[-MAX_TOLD:]
