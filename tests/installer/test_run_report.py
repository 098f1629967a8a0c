"""What a run of tests reports: tiers, costs, and waits that only timed out; seen from a run of pytest of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import changed, checks, junit

ROOT = Path(__file__).parents[2]
TESTS = """
import time
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as BrowserTimeout

TRIED = Path(__file__).with_suffix(".tried")

def once(error):
    if not TRIED.exists():
        TRIED.touch()
        raise error

def test_passes(): assert sum(range(3_000_000))
def test_wrong(): assert 1 == 2
def test_browser(): once(BrowserTimeout("Timeout 60000ms exceeded."))
@pytest.mark.timeout(0.2)
def test_hangs(): time.sleep(30)
@pytest.mark.skip(reason="no printer")
def test_skipped(): pass
"""


@pytest.fixture
def results(tmp_path: Path) -> dict[str, junit.JUnitCase]:
    return {result.nodeid.rpartition("_")[2]: result for result in run(tmp_path)[1]}


def run(folder: Path, *arguments: str) -> tuple[bool, list[junit.JUnitCase]]:
    (folder / "test_some.py").write_text(TESTS)
    plugins = "import pytest\nfrom tests import costs, timed_out\npytest_plugins = ['tests.timed_out']\n"
    (folder / "conftest.py").write_text(
        f"{plugins}def pytest_configure(config):\n    config.pluginmanager.register(costs.Meter())\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junit-xml=junit.xml", *arguments, "."]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode == 0, junit.read(folder / "junit.xml")


def test_a_wait_that_timed_out_is_told_from_a_fault(results: dict[str, junit.JUnitCase]) -> None:
    failed = {name: result.timed_out for name, result in results.items() if result.failed}
    assert failed == {"wrong": False, "browser": True, "hangs": True}
    assert results["skipped"].skipped == "no printer"
    assert results["passes"].processor_s > 0


#: A test of this file that passes.
QUICK = "test_a_table_adds_up_what_is_alike"


def test_only_waits_are_tried_again_and_at_most_three(tmp_path: Path) -> None:
    tests = checks.Tests(tmp_path)
    fault = junit.JUnitCase("tests/a.py::test", "pure", 1, 1, "", failed=True, timed_out=False)
    wait = junit.JUnitCase(
        f"tests/installer/test_run_report.py::{QUICK}", "pure", 1, 1, "", failed=True, timed_out=True
    )
    assert not tests.pass_alone([fault])
    assert not tests.pass_alone([fault, wait])
    assert not tests.pass_alone([wait] * 4)
    assert tests.pass_alone([wait])


def test_a_table_adds_up_what_is_alike() -> None:
    results = [
        junit.JUnitCase(f"{file}::test", "pure", 1.5, 1, "", failed=False, timed_out=False) for file in ("a", "b", "a")
    ]
    assert [line.split()[0] for line in junit.table("file", results, "file").splitlines()] == ["file", "a", "b"]
    assert junit.table("file", results, "file", 1).splitlines()[1].split() == ["a", "2", "3.0", "2.0"]


def test_every_kind_of_file_has_its_tests() -> None:
    assert changed.read_by("queue_server/web/templates/counter/page.html") == ("tests/queue_server/web",)
    assert changed.read_by("kiosk/ui/HelpPage.qml") == ("tests/kiosk", "tests/signage")
    assert changed.read_by("docs/custody.md")[0] == "tests/docs"
    assert changed.read_by("pyproject.toml") == ("",)
    places = {place for _, named in changed.READ_BY for place in named if place}
    assert {place for place in places if not (ROOT / place).exists()} == set()
