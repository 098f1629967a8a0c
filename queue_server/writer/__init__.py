"""The one writer of a centre in this process: commands in, events committed, answers out (docs/design.md)."""

from queue_server.writer.centre import CentreWriter
from queue_server.writer.errors import (
    CentreContendedError,
    CentreOverloadedError,
    CommandFailedError,
    WriterDeadError,
    WriterError,
)
from queue_server.writer.request import ClosingSigner, CommandResult, Rows, WriterSettings
from queue_server.writer.timeline import Stats, Watcher

__all__ = [
    "CentreContendedError",
    "CentreOverloadedError",
    "CentreWriter",
    "ClosingSigner",
    "CommandFailedError",
    "CommandResult",
    "Rows",
    "Stats",
    "Watcher",
    "WriterDeadError",
    "WriterError",
    "WriterSettings",
]
