"""Marks failures that are only a wait that timed out, so that ``installer/checks.py`` runs those tests once more.

On a busy or slow machine a browser, a program or a whole test may miss its time limit though nothing is wrong. Every
other failure is a fault. So is a missed limit in ``NEVER_AGAIN`` and in folders of faults and journeys: there it may be
the fault that the test looks for.
"""

import re
import subprocess
from collections.abc import Iterator

import playwright.sync_api
import pytest

from tests import tiers

NEVER_AGAIN = (
    "tests/promises/",
    "tests/queue_server/custody/",
    "tests/queue_server/eventlog/",
    "tests/queue_server/payments/",
    "tests/queue_server/writer/",
)
#: The hang limit of pytest-timeout; how Playwright ends an ``expect`` that waited as long as it was told.
_TEXTS = re.compile(r"^Timeout \(?>?\d+(\.\d+)?s\)?|Timeout \d+ms exceeded|with timeout \d+ms")
_KINDS = (TimeoutError, subprocess.TimeoutExpired, playwright.sync_api.TimeoutError)


def is_timeout(error: BaseException) -> bool:
    """Tell whether a test failed because a wait ended, not because something was wrong."""
    if isinstance(error, BaseExceptionGroup):
        return all(is_timeout(inner) for inner in error.exceptions)
    waited = isinstance(error, pytest.fail.Exception | AssertionError) and _TEXTS.search(str(error))
    return isinstance(error, _KINDS) or bool(waited)


def _may_be_slow(item: pytest.Item) -> bool:
    return not item.nodeid.startswith(NEVER_AGAIN) and not tiers.is_later(item.path.relative_to(item.config.rootpath))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.excinfo is not None and is_timeout(call.excinfo.value) and _may_be_slow(item):
        item.user_properties.append(("timed_out", "yes"))
    return report
