"""Files that only the user of the application can read, replaced as a whole: a power cut leaves the old or the new."""

import os
import time
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write ``content`` with mode 0600 and be sure that it is on disk. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def put_aside(path: Path) -> Path:
    """Give a damaged file another name beside its own, for whoever looks into it; returns the name. Raises OSError."""
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
    path.rename(aside)
    return aside
