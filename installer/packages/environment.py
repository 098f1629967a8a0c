"""Makes the environment of a package: Debian's own Python, the locked wheels, our code, and commands. No pip in it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from installer.packages import locked, origin, qt, sbom
from kiosk.kit.translations import compile_all

ROOT: Final = Path(__file__).parents[2]
#: Where environments are once they are installed; commands name their Python by this path.
HOME: Final = "/usr/lib/consular"
PYTHON: Final = "3.13"
#: Of every wheel: what builds others from it, what a type checker reads, and its own tests.
_USELESS: Final = (
    "bin/*", "*.pyi", "*.pyx", "*.pxd", "*.c", "*.h", "*.hpp", "*/py.typed", "*.dist-info/RECORD",
    "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*.dist-info/direct_url.json", "*.dist-info/uv_cache.json",
    "*.dist-info/sboms/*", "*/tests/*", "*/test/*", ".lock",
)  # fmt: skip
_COMMAND: Final = """#!{home}/bin/python3 -sP
import sys

from {module} import {function}

sys.exit({function}())
"""


def make(
    name: str, recipe: Mapping[str, Any], keep_of_qt: Iterable[str], version: str, target: Path, *, written: int
) -> None:
    """Make the environment ``name`` in ``target``, which does not exist; ``written``, in seconds, is its time."""
    wheels = target / "lib" / f"python{PYTHON}" / "site-packages"
    wheels.mkdir(parents=True)
    entries = locked.needed(locked.read(ROOT / "installer" / "requirements.lock"), recipe["wheels"])
    _install(entries, wheels)
    for folder, names, files in os.walk(wheels, topdown=False):
        for file in files:
            path = Path(folder) / file
            if any(fnmatch(path.relative_to(wheels).as_posix(), each) for each in (*_USELESS, *recipe.get("drop", ()))):
                path.unlink()
        for each in names:
            if (path := Path(folder) / each).is_dir() and not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()
    _copy(recipe["code"], wheels)
    _describe(version, wheels)
    sbom.write(wheels, name, version, written, entries)
    if (wheels / "PySide6").is_dir():
        qt.prune(wheels, keep_of_qt)
    _strip(wheels)
    _python(f"{HOME}/{name}", target, recipe["commands"])
    _settle(target)


def _install(lock: Iterable[locked.Locked], wheels: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(line for entry in lock for line in entry.lines) + "\n")
        file.flush()
        uv = Path(sys.executable).parent / "uv"
        subprocess.run(
            [uv, "pip", "install", "-q", "--python", "/usr/bin/python3", "--target", wheels, "--no-deps",
             "--link-mode", "copy", "--no-compile-bytecode", "--require-hashes", "-r", file.name],
            check=True,
        )  # fmt: skip


def _copy(code: Iterable[str], wheels: Path) -> None:
    """Copy the source, and compile its translations: where it runs nobody has a right to."""
    names = origin.files(ROOT, code)
    for name in names:
        (wheels / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, wheels / name)
    for folder in sorted({(wheels / name).parent for name in names if name.endswith(".ts")}):
        # Sources stay beside them: a program looks whether what is compiled is older.
        compile_all(folder)


def _describe(version: str, wheels: Path) -> None:
    folder = wheels / f"consular_support-{version}.dist-info"
    folder.mkdir()
    text = f"Metadata-Version: 2.1\nName: consular-support\nVersion: {version}\n"
    (folder / "METADATA").write_text(text, encoding="utf-8")


def _strip(wheels: Path) -> None:
    """Remove what only a debugger reads, and with it the paths of whoever compiled it."""
    for library in sorted(wheels.rglob("*.so*")):
        if (
            library.is_file()
            and not library.is_symlink()
            and not any(part in {"PySide6", "shiboken6"} or part.endswith(".libs") for part in library.parts)
        ):
            subprocess.run(["strip", "--strip-unneeded", library], check=True)


def _python(home: str, target: Path, commands: Mapping[str, str]) -> None:
    folder = target / "bin"
    folder.mkdir()
    (folder / "python3").symlink_to("/usr/bin/python3")
    (target / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n", encoding="utf-8")
    for name, place in commands.items():
        module, _, function = place.partition(":")
        text = _COMMAND.format(home=home, module=module, function=function)
        (folder / name).write_text(text, encoding="utf-8")


def _settle(target: Path) -> None:
    """Give every file the rights that it has once it is installed, whatever the umask here and in wheels."""
    for path in target.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent == target / "bin" else 0o644)
