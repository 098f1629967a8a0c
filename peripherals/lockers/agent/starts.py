"""Where the starts of a bank are kept (``queue_server.contract.starts``): by them a copy of its folder is noticed.

Twice: a bank that has lost them looks like a copy.
"""

from pathlib import Path
from typing import Final

import msgspec
import structlog

from peripherals.lockers.agent import identity
from queue_server.contract.client import UNREADABLE
from queue_server.contract.starts import KnownStarts

_log = structlog.get_logger(__name__)
_NAMES: Final = ("start.json", "start-copy.json")


class BankStarts:
    """Keeps them in a data folder."""

    def __init__(self, folder: Path) -> None:
        self._paths = [folder / name for name in _NAMES]

    def read(self) -> KnownStarts | None:
        """Give what was kept last; of a damaged file its copy."""
        found = [one for path in self._paths if (one := _read(path)) is not None]
        return max(found, key=lambda one: (len(one.ids), one.confirmed), default=None)

    def store(self, one: KnownStarts) -> None:
        """Be sure that it is on disk. Raises OSError."""
        for path in reversed(self._paths):
            identity.write(path, msgspec.json.encode(one))


def _read(path: Path) -> KnownStarts | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=KnownStarts)
    except FileNotFoundError:
        return None
    except (OSError, *UNREADABLE):
        _log.error("file-damaged", file=path.name)
        return None
