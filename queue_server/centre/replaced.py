"""Keeps in a file that an older copy of the database has come back, until somebody confirms that copy.

The database cannot keep it: the next older copy would not know of it. A restart changes nothing about the file.
"""

from pathlib import Path
from typing import Final

from queue_server import files

FILE: Final = "database-replaced.txt"


def load(path: Path) -> int:
    """Return how many streams were lost, and 0 without the file. A file that cannot be understood counts as 1."""
    try:
        return max(1, int(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError):
        return 1


def write(path: Path, streams: int) -> None:
    """Be sure that the number is on disk. Raises OSError."""
    files.replace(path, b"%d\n" % streams)


def confirm(path: Path) -> int:
    """Remove the file, and return how many streams it named. Raises OSError."""
    streams = load(path)
    path.unlink(missing_ok=True)
    return streams
