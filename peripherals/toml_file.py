"""Settings read from a TOML file into a msgspec struct, failing with section and key."""

import re
import tomllib
from pathlib import Path

import msgspec

from peripherals.errors import PeripheralError


def load[T](path: Path, kind: type[T], error: type[PeripheralError]) -> T:
    """Read a file. A section that is an entry of an array has its place there, counted from 0.

    Raises:
        PeripheralError: of the type ``error``, with ``section``, ``key`` and what is ``wanted`` there: the file cannot
            be read, or holds what ``kind`` does not take.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except msgspec.ValidationError as refused:
        reason, _, where = str(refused).partition(" - at `$")
        unknown = re.search(r"unknown field `([^`]+)`", reason)
        parts = [where.rstrip("`").strip("."), unknown[1] if unknown else ""]
        section, _, key = ".".join(part for part in parts if part).partition(".")
        raise error(section=section, key=key, wanted=reason) from refused
    except (OSError, ValueError) as refused:
        raise error(section="", key=path.name, wanted=str(refused)) from refused
