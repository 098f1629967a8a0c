"""Run every check, the slowest beside the tests; print the time of each and of each folder of tests.

Ends with the list of skipped tests and their reasons, and exits 1 if anything failed.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
PACKAGES = ["queue_server", "kiosk", "signage", "peripherals"]
CODE = [*PACKAGES, "installer", "tests"]


def run(name: str, *command: str | Path) -> bool:
    """Run one check, print its output only if it fails; return whether it passed."""
    start = time.monotonic()
    result = subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    passed = result.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {time.monotonic() - start:6.1f} s  {name}", flush=True)
    if not passed:
        print(result.stdout.decode(errors="replace"), flush=True)
    return passed


def folder_of(classname: str) -> str:
    """Name the folder that a test belongs to: ``tests.kiosk.ui.test_fit`` -> ``tests/kiosk/ui``."""
    parts = classname.split(".")
    module = next((index for index, part in enumerate(parts) if part.startswith("test_")), len(parts))
    return "/".join(parts[:module]) or "tests"


def report(junit: Path) -> list[str]:
    """Print the seconds of each folder and return the skipped tests with their reasons."""
    seconds: defaultdict[str, float] = defaultdict(float)
    tests: Counter[str] = Counter()
    skipped = []
    for case in ET.parse(junit).getroot().iter("testcase"):  # noqa: S314 - written by pytest a moment ago
        folder = folder_of(case.get("classname", ""))
        seconds[folder] += float(case.get("time", "0"))
        tests[folder] += 1
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped += [f"{name}: {skip.get('message')}" for skip in case.iter("skipped")]
    for folder, spent in sorted(seconds.items(), key=lambda row: -row[1]):
        print(f"{spent:9.1f} s  {tests[folder]:5d} tests  {folder}")
    return skipped


def main() -> int:
    """Run everything; one failing check does not hide the next."""
    passed = [
        run("formatting", BIN / "ruff", "format", "--check", *CODE),
        run("lint", BIN / "ruff", "check", *CODE),
        run("import rules", BIN / "lint-imports"),
        run("QML lint", ROOT / "installer" / "qml-lint"),
    ]
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software")
    # As in use, where what is imported is compiled once: else every worker and every program that starts does it anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryDirectory() as folder:
        types = beside.submit(run, "types", BIN / "mypy")
        junit = Path(folder) / "junit.xml"
        # Most tests wait for other processes, now and then all of them: one file more at a time than there are cores
        # keeps them busy. A file stays together, because its tests share a server or a browser. The order is that of
        # tests/conftest.py.
        at_once = ["-n", str(min(os.cpu_count() or 1, 4) + 1), "--dist", "loadfile", "--no-loadscope-reorder"]
        # A worker that crashed ends the run: started again, one that is given whole files waits for ever.
        at_once += ["--max-worker-restart", "0"]
        tests = subprocess.run(
            [BIN / "pytest", *at_once, f"--junit-xml={junit}", *sys.argv[1:]], cwd=ROOT, env=environment, check=False
        )
        passed += [types.result(), tests.returncode == 0]
        skipped = report(junit) if junit.exists() else []
    print(f"\nskipped: {len(skipped)}")
    for line in skipped:
        print(f"  {line}")
    print("every check passed" if all(passed) else "SOMETHING FAILED")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
