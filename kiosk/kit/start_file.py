"""Where the starts of a device are kept (``queue_server.contract.starts``).

Twice: a device that has lost them looks like a copy.
"""

from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from kiosk.kit import private_file
from queue_server.contract.client import UNREADABLE
from queue_server.contract.starts import Kept

_log = structlog.get_logger(__name__)
_NAMES = ("start.json", "start-copy.json")


class StartFile:
    def __init__(self, folder: Path) -> None:
        self._paths = [folder / name for name in _NAMES]

    def read(self) -> Kept | None:
        """Give what was kept last; a damaged file is put aside, and its copy is read."""
        found = [kept for path in self._paths if (kept := _read(path)) is not None]
        return max(found, key=lambda kept: (len(kept.ids), kept.confirmed), default=None)

    def keep(self, kept: Kept) -> None:
        for path in reversed(self._paths):
            private_file.write(path, msgspec.json.encode(kept))


def _read(path: Path) -> Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return None
    except (OSError, *UNREADABLE):
        with suppress(OSError):
            aside = private_file.put_aside(path)
            _log.error("file-damaged", file=path.name, aside=aside.name)
        return None
