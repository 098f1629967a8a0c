"""Leaves of Qt what a screen needs: its roots by name, and the libraries that these are linked with."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_NEEDED = re.compile(r"\(NEEDED\).*\[(?P<name>.+)\]")


def prune(wheels: Path, keep: Iterable[str]) -> None:
    """Remove from the folder of the wheels what of PySide6 is neither named by a pattern nor linked with."""
    folder = wheels / "PySide6"
    every = [path for path in folder.rglob("*") if path.is_file() or path.is_symlink()]
    patterns = tuple(keep)
    kept = {path for path in every if any(path.relative_to(folder).full_match(each) for each in patterns)}
    libraries = {path.name: path for path in (folder / "Qt" / "lib").iterdir()}
    asked: set[Path] = set()
    while fresh := [path for path in kept - asked if ".so" in path.name]:
        asked |= set(fresh)
        kept |= {libraries[name] for path in fresh for name in linked_with(path) if name in libraries}
    for path in every:
        if path not in kept:
            path.unlink()
    for path in (wheels / "shiboken6").rglob("*"):
        if path.suffix in {".pyi", ".h"}:
            path.unlink()


def linked_with(library: Path) -> list[str]:
    """Name the libraries that one is linked with."""
    said = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True)
    return [found["name"] for found in _NEEDED.finditer(said.stdout)]
