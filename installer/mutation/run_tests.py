"""Run the tests that the mutated file of this worktree can touch, those of its own folder first, until one fails.

Started by cosmic-ray for each mutation; an exit code other than 0 means that a test noticed it.
"""

import os
import subprocess
import sys
from importlib.util import cache_from_source
from itertools import takewhile
from pathlib import Path

from installer import changed
from tests import tiers

#: So many files are tried in one process first: most mutations are found there, within seconds.
NEAREST = 8


def main() -> int:
    """Return 0 where no test failed."""
    (mutated,) = (file for file in changed.tracked() if file.endswith(".py"))
    # Its time stamp may be that of the mutation before, to the second.
    Path(cache_from_source(mutated)).unlink(missing_ok=True)
    places = [place for place in changed.choose("HEAD", tracked_only=True) if not tiers.is_later(Path(place))]
    places.sort(key=lambda place: _folders_shared(mutated, place), reverse=True)
    files = [place for place in places if place.endswith(".py")]
    if not places:
        print("no test imports this file")
        return 0
    return _pytest("-n0", *files[:NEAREST]) or _pytest("-n2", "--dist", "loadfile", "--no-loadscope-reorder", *places)


def _folders_shared(mutated: str, test: str) -> int:
    """Count the folders above a test that also lie above the mutated file; a name in common counts as one."""
    pairs = zip(Path(mutated).parts, Path(test.replace("test_", "")).parts[1:], strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


def _pytest(*arguments: str) -> int:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software", PYTHONPATH=str(Path.cwd()))
    # Read again at every start else; what is mutated is looked after above.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [
        str(Path(sys.executable).parent / "pytest"),
        "-x",
        "-q",
        "--no-header",
        "--tb=short",
        "--strict-tier",
        *arguments,
    ]
    status = subprocess.run(command, env=environment, check=False).returncode
    # 5: all tests of these files belong to another tier.
    return 0 if status == 5 else status  # noqa: PLR2004


if __name__ == "__main__":
    sys.exit(main())
