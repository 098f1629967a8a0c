"""A clock that nobody sets: seconds since this machine was started, and which start that was."""

import time
from functools import cache
from pathlib import Path

import msgspec


class Moment(msgspec.Struct, frozen=True):
    """``boot`` names the start of the machine, ``seconds`` counts from it, sleep included."""

    boot: str
    seconds: float


def moment() -> Moment:
    return Moment(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME))


def since(then: Moment) -> float | None:
    """Give the seconds that have passed, None where the machine was started anew meanwhile."""
    now = moment()
    return now.seconds - then.seconds if now.boot == then.boot else None


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
