"""Which tests a run has: those of its tier, and those that are named."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: Tests in a ``journeys`` folder, and tests with a twin on PostgreSQL that is not chosen for the default tier.
NAMED = ("tests/queue_server/framework/journeys", "tests/queue_server/eventlog/killed")


def collected(*arguments: str) -> list[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n0", "--collect-only", "-q", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_what_is_named_runs_in_every_tier_unless_the_tier_is_strict() -> None:
    named, strict = collected(*NAMED), collected("--strict-tier", *NAMED)
    for place in ("/journeys/", "[postgres"):
        assert any(place in test for test in named)
        assert not any(place in test for test in strict)
    assert strict
    assert set(strict) < set(named)
