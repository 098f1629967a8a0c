"""Mutate the product in a worktree of its own, and report which mutations no test notices.

Lines of code are drawn by chance, so that a package counts as much as it has lines, and on each a mutation. Tests are
those that the mutated file can touch, the nearest first (``installer/changed.py``).
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Sessions, reports and the worktree.
HOME = ROOT / ".mutations"
TREE = HOME / "tree"
#: What installer/setup makes, and a worktree may share.
SHARED = (".venv", ".venv-emupos", ".peers")
PACKAGES = ("queue_server", "kiosk", "signage", "peripherals")
COSMIC_RAY = ROOT / ".venv-cosmic-ray" / "bin"
#: Longer than the whole default tier takes, in seconds.
LIMIT_S = 1500
#: Of the lines that are drawn, many hold nothing that can be mutated.
DRAWN_FOR_ONE = 30


def main() -> int:
    """Draw, mutate, test and report; a session that was stopped goes on."""
    parser = argparse.ArgumentParser(prog="installer/mutate", description=__doc__)
    parser.add_argument("package", nargs="?", default="", help="such as queue_server/custody; all packages without it")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", help="the commit's own hash without it")
    parser.add_argument("--limit", type=int, default=LIMIT_S, help="seconds for the tests of one mutation")
    asked = parser.parse_args()
    commit = _git("rev-parse", "HEAD")
    seed = asked.seed or commit
    name = f"{asked.package.replace('/', '.') or 'all'}-{asked.count}-{seed[:12]}-{commit[:12]}"
    session, config = HOME / f"{name}.sqlite", HOME / f"{name}.toml"
    _make_tree(commit)
    if not session.exists():
        config.write_text(_configuration(asked.limit))
        lines = draw([asked.package] if asked.package else PACKAGES, asked.count * DRAWN_FOR_ONE, random.Random(seed))
        _session("choose", session, str(asked.count), seed, *lines)
    executed = subprocess.run([COSMIC_RAY / "cosmic-ray", "exec", config, session], cwd=TREE, check=False)
    _session("report", session, HOME / f"{name}.md")
    return executed.returncode


def draw(places: Iterable[str], count: int, chance: random.Random) -> list[str]:
    """Draw lines of code as ``path:line``, each as likely as any other; comments and empty lines are none."""
    files = [file for place in places for file in _python(ROOT / place)]
    if not files:
        raise SystemExit(f"installer/mutate: no Python files in {' '.join(places)}")
    lines = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted(files)
        for number, text in enumerate(file.read_text().splitlines(), start=1)
        if text.strip() and not text.lstrip().startswith("#")
    ]
    return chance.sample(lines, min(count, len(lines)))


def _python(place: Path) -> list[Path]:
    return [place] if place.is_file() else [file for file in place.rglob("*.py") if "vendor" not in file.parts]


def _configuration(limit_s: int) -> str:
    command = f"{TREE}/.venv/bin/python -m installer.mutation.run_tests"
    return f"""[cosmic-ray]
module-path = "."
timeout = {limit_s}
excluded-modules = []
test-command = "{command}"

[cosmic-ray.distributor]
name = "local"
"""


def _make_tree(commit: str) -> None:
    """Check the commit out beside the work tree, with what the set-up has made, and compiled."""
    HOME.mkdir(exist_ok=True)
    if TREE.exists():
        _git("worktree", "remove", "--force", str(TREE))
    _git("worktree", "prune")
    _git("worktree", "add", "--detach", "--force", str(TREE), commit)
    for name in SHARED:
        (TREE / name).symlink_to(ROOT / name)
    for compiled in ROOT.glob("*/**/*.qm"):
        if ".venv" not in compiled.parts[len(ROOT.parts)] and HOME not in compiled.parents:
            shutil.copy(compiled, TREE / compiled.relative_to(ROOT))
    subprocess.run([sys.executable, "-m", "compileall", "-q", *PACKAGES], cwd=TREE, check=True)


def _session(*arguments: str | Path) -> None:
    """Run a part that needs cosmic-ray, in its environment."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    command = [COSMIC_RAY / "python", "-m", "installer.mutation.session", *arguments]
    subprocess.run(command, cwd=TREE, env=environment, check=True)


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
