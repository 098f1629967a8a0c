"""Watches the space that is left where a server writes, so that people hear of it before it is gone."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from queue_server.conditions import DISK_LOW, Condition

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DiskWatch:
    """Says how many MiB are left on the file system of ``folder`` once they are fewer than ``least``."""

    folder: Path
    least: int

    def __call__(self) -> Condition | None:
        try:
            free = shutil.disk_usage(self.folder).free // _MIB
        except OSError:
            # What cannot be looked at is told by whoever fails to write there.
            return None
        return Condition(DISK_LOW, free, is_unready=False) if free < self.least else None
