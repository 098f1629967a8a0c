"""Chromium for tests: without a window, as light as it comes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

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


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # The tests of the screens hide the fonts of the machine from this process; Chromium does not start without any.
        environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET), env=dict(environment))
        yield browser
        browser.close()
