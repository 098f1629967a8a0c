"""Run every check, the static ones beside the tests; print the time per kind, the slowest files and what was skipped.

Exits 1 if anything failed. ``--all``, ``--long`` and other arguments go to pytest; ``--changed`` runs only the tests
that the changed files can touch.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import changed, junit

ROOT = Path(__file__).parent.parent
BIN = ROOT / ".venv" / "bin"
PACKAGES = ["queue_server", "kiosk", "signage", "peripherals"]
CODE = [*PACKAGES, "installer", "tests"]
#: So many tests may time out on a slow machine, and pass alone, before the run counts as failed.
MAX_SLOW = 3
#: A test of a change that costs more is named, in processor seconds.
DEAR_S = 1.0


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


def static_checks() -> bool:
    """Run what reads code and does not run it; one that fails does not hide the next."""
    passed = [
        run("formatting", BIN / "ruff", "format", "--check", *CODE),
        run("lint", BIN / "ruff", "check", *CODE),
        run("import rules", BIN / "lint-imports"),
        run("QML lint", ROOT / "installer" / "qml-lint"),
        run("types", BIN / "mypy"),
    ]
    return all(passed)


class Tests:
    """Runs of pytest in an environment without a screen; ``folder`` takes their JUnit files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software")
        # As in use, where what is imported is compiled once: else every worker and every program that starts does it.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(self, *arguments: str) -> tuple[bool, list[junit.JUnitCase]]:
        """Run tests; return whether pytest was content, and what came of each."""
        file = self._folder / f"junit-{time.monotonic_ns()}.xml"
        command = [str(BIN / "pytest"), f"--junit-xml={file}", *arguments]
        status = subprocess.run(command, cwd=ROOT, env=self._environment, check=False).returncode
        return status == 0, junit.read(file) if file.exists() else []

    def run_side_by_side(self, *arguments: str) -> tuple[bool, list[junit.JUnitCase]]:
        # Most tests wait for other processes, now and then all of them: two files more at a time than there are cores
        # keep them busy. A file stays together, because its tests share a server or a browser. The order is that of
        # tests/conftest.py.
        at_once = ["-n", str(min(os.cpu_count() or 1, 4) + 2), "--dist", "loadfile", "--no-loadscope-reorder"]
        # A worker that crashed ends the run: started again, one that is given whole files waits for ever.
        return self.run(*at_once, "--max-worker-restart", "0", *arguments)

    def pass_alone(self, results: list[junit.JUnitCase]) -> bool:
        """Run the tests once more whose wait timed out, if nothing else failed; a slow machine does not stop a line."""
        failed = [result for result in results if result.failed]
        if not failed or len(failed) > MAX_SLOW or not all(result.timed_out for result in failed):
            return False
        passed, _ = self.run("-n0", *(result.nodeid for result in failed))
        for result in failed:
            print(f"slow: {result.nodeid}")
        return passed


def report(results: list[junit.JUnitCase], seconds: float) -> None:
    """Print where the time went, what the tests of the last change cost, and what was skipped."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\n{junit.table('kind', results, 'kind')}\n\n{junit.table('slowest files', results, 'file', 10)}")
    print(f"\n{seconds:.0f} s, {used.ru_utime + used.ru_stime:.0f} processor seconds with all checks")
    touched = set(changed.files()) or set(changed.files("HEAD~1"))
    for result in results:
        if result.file in touched and result.processor_s > DEAR_S:
            print(f"costs {result.processor_s:.1f} processor s: {result.nodeid}")
    skipped = [result for result in results if result.skipped]
    print(f"\nskipped: {len(skipped)}")
    for result in skipped:
        print(f"  {result.nodeid}: {result.skipped}")


def main() -> int:
    """Run everything; one failing check does not hide the next."""
    began, arguments = time.monotonic(), sys.argv[1:]
    if chosen := [argument for argument in arguments if argument.partition("=")[0] == "--changed"]:
        touched = changed.choose(chosen[0].partition("=")[2] or "HEAD")
        print(f"{len(touched)} files and folders of tests can be touched", flush=True)
        arguments = [one for one in arguments if one not in chosen] + (touched or ["tests/test_names.py"])
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryDirectory() as folder:
        static, tests = beside.submit(static_checks), Tests(Path(folder))
        passed, results = tests.run_side_by_side(*arguments)
        passed = passed or tests.pass_alone(results)
        passed = static.result() and passed
    report(results, time.monotonic() - began)
    print("every check passed" if passed else "SOMETHING FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
