"""A minute of fuzzing for each parser of documents: ``installer/test --long tests/peripherals/fuzz``."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.peripherals.fuzz.targets import TARGETS

SECONDS = 60


@pytest.mark.long
@pytest.mark.timeout(SECONDS * 6)
@pytest.mark.parametrize("name", TARGETS)
def test_a_minute_of_fuzzing(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "tests.peripherals.fuzz.drive", name, str(SECONDS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 5, check=False)
    found = [path.name for path in tmp_path.iterdir() if path.is_file()]
    assert (done.returncode, found) == (0, []), done.stderr[-4000:]
    assert "stat::number_of_executed_units" in done.stderr
