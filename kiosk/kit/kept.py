"""What a device keeps in small files of its data folder: a damaged one is put aside, and the device goes on without."""

from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from kiosk.kit import private_file
from queue_server.contract.client import UNREADABLE

_log = structlog.get_logger(__name__)


def read[T: msgspec.Struct](path: Path, kind: type[T]) -> T | None:
    """Read a file; None where there is none, or a damaged one, which gets another name beside its own."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except (OSError, *UNREADABLE):
        put_aside(path)
        return None


def put_aside(path: Path) -> None:
    """Give a damaged file another name, where the folder lets it."""
    with suppress(OSError):
        aside = private_file.put_aside(path)
        _log.error("file-damaged", file=path.name, aside=aside.name)
