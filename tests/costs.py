"""What each test costs: the processor seconds of its process and of all that it started; and of which kind it is.

Both are written to the JUnit file, where ``installer/checks.py`` reads them. A machine with other work needs longer,
but not much more of its processors, so these figures can be compared from run to run.
"""

import os
import time
from collections.abc import Iterator

import pytest

from tests import tiers

#: Of a test that took no longer, only what its own process used is read, in seconds.
_SHORT_S = 0.02
_TICKS = os.sysconf("SC_CLK_TCK")
#: The kind of a test is that of the first of these folders, or of its fixtures.
_FOLDERS = {
    "tests/promises/": "promises",
    "tests/kiosk/app/": "screens of the kiosk",
    "tests/kiosk/ui/": "screens of the kiosk",
    "tests/kiosk/": "kiosk and signage",
    "tests/signage/": "kiosk and signage",
    "tests/peripherals/": "devices",
    "tests/queue_server/": "server",
}
#: Fixtures of tests that need files, a database or a server.
_ON_DISK = {"tmp_path", "tmp_path_factory", "data", "database_url", "demo_url", "here", "site"}
_BROWSER, _SERVER_PROCESS = "browser", {"process", "server", "small", "centre", "client"}


def kind_of(item: pytest.Item) -> str:
    """Name the kind of a test."""
    if tiers.is_later(item.path.relative_to(item.config.rootpath)):
        return "faults and journeys"
    fixtures = set(getattr(item, "fixturenames", ()))
    kind = next((kind for folder, kind in _FOLDERS.items() if item.nodeid.startswith(folder)), "documents and the rest")
    if kind == "server" and _BROWSER in fixtures:
        return "pages in a browser"
    if kind == "server" and item.nodeid.startswith("tests/queue_server/web/") and fixtures & _SERVER_PROCESS:
        return "pages as HTML"
    if kind == "server" and not fixtures & _ON_DISK:
        return "pure"
    return kind


def processor_s() -> float:
    """Return the processor seconds of this process, and of all that it has started and that those have started."""
    return _own_s() + sum(_with_children(child) for child in _children(os.getpid()))


def _own_s() -> float:
    """Return the processor seconds of this process, and of those children that have ended."""
    return sum(os.times()[:4])


def _with_children(process: int) -> float:
    # proc_pid_stat(5): utime, stime, cutime and cstime are the fields 14 to 17; 3 is the first after the name.
    fields = _read(f"/proc/{process}/stat").rpartition(b")")[2].split()
    own = sum(int(field) for field in fields[11:15]) / _TICKS
    return own + sum(_with_children(child) for child in _children(process))


def _children(process: int) -> list[int]:
    folder = f"/proc/{process}/task"
    try:
        threads = [entry.name for entry in os.scandir(folder)]
    except OSError:
        return []
    return [int(child) for thread in threads for child in _read(f"{folder}/{thread}/children").split()]


def _read(path: str) -> bytes:
    """Read a short file as bytes, which is faster than as text; empty if the process has ended."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return b""
    try:
        return os.read(file, 65_536)
    except OSError:
        return b""
    finally:
        os.close(file)


class Meter:
    """A plugin that measures from the end of one test to the end of the next, so that set-up counts too.

    To read what all children have used takes as long as the shortest tests: what they used beside one is counted with
    the next longer one.
    """

    def __init__(self) -> None:
        self._own, self._all, self._at = _own_s(), processor_s(), time.monotonic()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        yield
        own, now = _own_s(), time.monotonic()
        used = own - self._own
        if now - self._at > _SHORT_S:
            everything = processor_s()
            used, self._all = everything - self._all, everything
        else:
            self._all += used
        self._own, self._at = own, now
        item.user_properties.append(("processor_s", round(used, 3)))
        item.user_properties.append(("kind", kind_of(item)))
        item.user_properties.append(("nodeid", item.nodeid))
