"""Chromium for tests: without a window, as light as it comes, started once in a process."""

import asyncio
import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, sync_playwright

#: Without the parts of a browser that nobody sees here (downloads, bookmarks, a spare process for the next page): the
#: engine is the same, and a page costs a quarter. It says at once that it has printed (``Desk``).
PROGRAM = "/usr/bin/chromium-headless-shell"
#: Nothing goes out: no updates, no reports; the machine of a test has no other network either.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Letters are as wide as with a window.
    "--font-render-hinting=none",
)
#: Longer than any machine is slow, in milliseconds; a page of ours lets htmx give up after eight seconds.
ANSWER_MS = 60_000
_PATIENT = f"""for (const when of ['DOMContentLoaded', 'load'])
  addEventListener(when, () => {{ if (globalThis.htmx) htmx.config.defaultTimeout = {ANSWER_MS}; }});"""


class _Started(NamedTuple):
    browser: Browser
    #: Of the browser's remote control; it stands still wherever nobody asks for anything.
    loop: asyncio.AbstractEventLoop


@contextmanager
def chromium() -> Iterator[Browser]:
    """Lend the Chromium of this process; what was left open in it is closed.

    Playwright leaves its loop marked as running in this thread. That ends with the loan: other tests of this process
    have loops of their own.
    """
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    browser, loop = _start()
    if not browser.is_connected():
        _start.cache_clear()
        browser, loop = _start()
    asyncio._set_running_loop(loop)
    try:
        yield browser
        for context in browser.contexts:
            context.close()
    finally:
        asyncio._set_running_loop(before)


def be_patient(context: BrowserContext) -> None:
    """Let the pages of a context wait for a slow server: what htmx gives up is not drawn, and is complained of."""
    context.add_init_script(_PATIENT)


@cache
def _start() -> _Started:
    playwright = sync_playwright().start()
    # The tests of the screens hide the fonts of the machine from this process; Chromium does not start without any.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET), env=dict(environment))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        asyncio._set_running_loop(loop)
        if browser.is_connected():
            browser.close()
        playwright.stop()

    atexit.register(stop)
    return _Started(browser, loop)
