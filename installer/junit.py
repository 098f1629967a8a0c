"""What a run of pytest says in its JUnit file: the cost of each test, what was skipped, what failed and why."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class JUnitCase:
    """A test. ``seconds`` is wall time with set-up and clean-up; ``timed_out``: only a wait ended."""

    nodeid: str
    kind: str
    seconds: float
    processor_s: float
    skipped: str
    failed: bool
    timed_out: bool

    @property
    def file(self) -> str:
        return self.nodeid.partition("::")[0]


def read(junit: Path) -> list[JUnitCase]:
    """Read the results of all tests, one for each."""
    cases = ET.parse(junit).getroot().iter("testcase")  # noqa: S314 - written by pytest a moment ago
    return [_result(case) for case in cases]


def _result(case: ET.Element) -> JUnitCase:
    said = {one.get("name"): one.get("value", "") for one in case.iter("property")}
    skips = [skip.get("message", "") for skip in case.iter("skipped")]
    return JUnitCase(
        # A file that cannot be read has no properties.
        nodeid=said.get("nodeid") or f"{case.get('classname')}::{case.get('name')}",
        kind=said.get("kind", "not run"),
        seconds=float(case.get("time", "0")),
        processor_s=float(said.get("processor_s", "0")),
        skipped=skips[0] if skips else "",
        failed=any(case.find(tag) is not None for tag in ("failure", "error")),
        timed_out="timed_out" in said,
    )


def table(title: str, results: Iterable[JUnitCase], key: str, most: int | None = None) -> str:
    """Add up the tests that have the same ``key``, those that took longest first."""
    groups: dict[str, list[JUnitCase]] = {}
    for result in results:
        groups.setdefault(getattr(result, key), []).append(result)
    rows = sorted(groups.items(), key=lambda group: -sum(result.seconds for result in group[1]))
    lines = [f"{title:44}   tests  seconds  processor s"]
    for name, group in rows[:most]:
        seconds, processor_s = sum(one.seconds for one in group), sum(one.processor_s for one in group)
        lines.append(f"{name:44} {len(group):7} {seconds:8.1f} {processor_s:12.1f}")
    return "\n".join(lines)
