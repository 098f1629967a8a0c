"""Files of the data folder, replaced as a whole: a reader, and a power cut, finds the old one or the new."""

import os
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write ``content`` for its owner alone, on disk when this returns. Raises OSError."""
    fresh = path.with_suffix(f"{path.suffix}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
