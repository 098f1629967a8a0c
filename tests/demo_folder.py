"""The data folder of a server with the demo centres: ``queue-server init --demo`` makes one, the others are copies."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path


def demo_folder(data: Path) -> None:
    """Make it at ``data``, which is not there yet or is empty. All that a process of tests makes have the same keys."""
    shutil.copytree(_made_once(), data, dirs_exist_ok=True)


@cache
def _made_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    program = Path(sys.executable).parent / "queue-server"
    subprocess.run([program, "init", "--demo", "--data", folder / "data"], check=True, capture_output=True)
    return folder / "data"
