"""Where the starts of a device are kept (``queue_server.contract.starts``).

Twice: a device that has lost them looks like a copy.
"""

from pathlib import Path

import msgspec

from kiosk.kit import kept, private_file
from queue_server.contract.starts import KnownStarts

_NAMES = ("start.json", "start-copy.json")


class StartFile:
    def __init__(self, folder: Path) -> None:
        self._paths = [folder / name for name in _NAMES]

    def read(self) -> KnownStarts | None:
        """Give what was kept last; a damaged file is put aside, and its copy is read."""
        found = [one for path in self._paths if (one := kept.read(path, KnownStarts)) is not None]
        return max(found, key=lambda one: (len(one.ids), one.confirmed), default=None)

    def store(self, one: KnownStarts) -> None:
        for path in reversed(self._paths):
            private_file.write(path, msgspec.json.encode(one))
