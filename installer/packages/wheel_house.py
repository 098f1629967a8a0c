"""The wheel house of the server: its wheels and those of the lock, with the hashes by which pip checks them.

For machines without Debian's packages, and without a network: Python 3.13 and the platform of whoever built it.
"""

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from installer.packages import locked, origin

ROOT: Final = Path(__file__).parents[2]
#: What pip is given: the lock as it stands, for these wheels alone, and ours at its end.
REQUIREMENTS: Final = "requirements.lock"


def make(recipe: Mapping[str, Any], version: str, written: int, out: Path) -> Path:
    """Write ``consular-server-wheels_VERSION.tar`` into ``out``; ``written``, in seconds, is the time of its files.

    Raises:
        subprocess.CalledProcessError: a wheel cannot be had, or is not what the lock says.
    """
    made = out / f"consular-server-wheels_{version}.tar"
    with tempfile.TemporaryDirectory(prefix="consular-wheels-") as folder:
        house = Path(folder)
        lines = [
            line
            for entry in locked.needed(locked.read(ROOT / "installer" / REQUIREMENTS), recipe["wheels"])
            for line in entry.lines
        ]
        (house / REQUIREMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
             "--only-binary", ":all:", "--require-hashes", "-r", house / REQUIREMENTS, "-d", house],
            check=True,
        )  # fmt: skip
        ours = house / f"consular_support-{version}-py3-none-any.whl"
        ours.write_bytes(own_wheel(recipe, version, written))
        digest = hashlib.sha256(ours.read_bytes()).hexdigest()
        with (house / REQUIREMENTS).open("a", encoding="utf-8") as file:
            file.write(f"consular-support=={version} \\\n    --hash=sha256:{digest}\n")
        _pack(house, made, written)
    return made


def own_wheel(recipe: Mapping[str, Any], version: str, written: int) -> bytes:
    """Give the wheel of what ``recipe`` names of ours. What it needs is in the lock, so it names nothing itself."""
    about = f"consular_support-{version}.dist-info"
    scripts = "".join(f"{name} = {place}\n" for name, place in sorted(recipe["commands"].items()))
    files = {name: (ROOT / name).read_bytes() for name in origin.files(ROOT, recipe["code"])}
    files |= {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: consular-support\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: installer\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/entry_points.txt": f"[console_scripts]\n{scripts}".encode(),
    }
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, time.gmtime(written)[:6])
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def _pack(house: Path, made: Path, written: int) -> None:
    """Pack a folder so that the same files give the same bytes."""
    with tarfile.open(made, "w") as archive:
        for path in sorted(house.iterdir()):
            entry = tarfile.TarInfo(f"{made.stem}/{path.name}")
            entry.size, entry.mtime, entry.mode = path.stat().st_size, written, 0o644
            with path.open("rb") as file:
                archive.addfile(entry, file)
