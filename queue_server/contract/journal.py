"""Lines of a log for whoever keeps them: how much is written, and each line's priority where systemd's journal reads.

``CONSULAR_LOG_LEVEL`` holds for every program. The journal takes the number before a line away again (sd-daemon(3)).
"""

import logging
import os
import sys
from typing import Any, Final, TextIO

_LEVEL: Final = "CONSULAR_LOG_LEVEL"
#: What the variable may say. There is no lower one: what libraries write for who debugs them has values in it.
LEVELS: Final = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
#: Of syslog(3): alerts and emergencies are the machine's to call.
_PRIORITIES: Final = {"critical": 2, "fatal": 2, "error": 3, "exception": 3, "warning": 4, "warn": 4}
_INFORMATION: Final = 6


def level() -> int:
    """Give the lowest level that is written, as ``logging`` counts.

    A word that is none is told of, and all is written from ``info`` on: no screen stays dark for a log.
    """
    said = os.environ.get(_LEVEL, "") or "info"
    if said not in LEVELS:
        sys.stderr.write(f"{_LEVEL} is one of {', '.join(LEVELS)}: {said!r} counts as info\n")
    return LEVELS.get(said, logging.INFO)


class Priority:
    """Puts its priority before a line, where ``stream`` goes to the journal: the last processor of structlog."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._journal = _is_journal(stream or sys.stderr)

    def __call__(self, _logger: object, method: str, line: Any) -> str:
        """Give the line; ``method`` is the name of its level."""
        return f"<{_PRIORITIES.get(method, _INFORMATION)}>{line}" if self._journal else str(line)


def _is_journal(stream: TextIO) -> bool:
    """Compare with what systemd has told: a program's standard error may have been sent elsewhere since."""
    try:
        there = os.fstat(stream.fileno())
    except (OSError, ValueError):
        # Closed, or no file at all.
        return False
    return os.environ.get("JOURNAL_STREAM", "") == f"{there.st_dev}:{there.st_ino}"
