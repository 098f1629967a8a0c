"""A measure beside its reference, and how a run of them is told."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Units of which less is better.
_SMALLER = ("ms", "KiB", "MiB")


@dataclass(frozen=True)
class Measure:
    """``value`` and ``reference`` are both rates (``unit`` a second), or both times (``ms``) or sizes in KiB or MiB.

    ``goal`` and ``floor`` are of the ratio: of the rates, or of the reference's time or size to ours. Higher is better.
    """

    name: str
    value: float
    against: str
    reference: float
    unit: str
    goal: float
    floor: float
    more: str = ""

    @property
    def ratio(self) -> float:
        return self.reference / self.value if self.unit in _SMALLER else self.value / self.reference

    @property
    def failed(self) -> bool:
        return not self.ratio >= self.floor

    def lines(self) -> list[str]:
        shown = "FAILED" if self.failed else "ok" if self.ratio >= self.goal else "below its goal"
        return [
            f"{self.name}: {self._figure(self.value)}{self.more}",
            f"    against {self.against}: {self._figure(self.reference)}",
            f"    ratio {self.ratio:.3f}, goal {self.goal:g}, floor {self.floor:g}: {shown}",
        ]

    def _figure(self, figure: float) -> str:
        return f"{figure:.2f} {self.unit}" if self.unit in _SMALLER else f"{figure:,.0f} {self.unit}/s"


def quantiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Give median and 99th percentile in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000


def memory_kib(process: int) -> int:
    """Give what a process holds by itself and its share of what it shares (PSS)."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def machine() -> str:
    """Describe what absolute figures depend on."""
    models = [line for line in Path("/proc/cpuinfo").read_text("ascii").splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} x {model}, Linux {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, load at the start {load:.1f}"
    )
