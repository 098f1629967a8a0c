"""A browser of 360 px, as on a telephone; and what is looked for on every page that it shows."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.geometry import faults
from tests.queue_server.web.server import Centre

SIZE: Final = (360, 740)
PATIENCE_MS: Final = 60_000


@contextmanager
def telephone(browser: Browser, *, scripts: bool = True) -> Iterator[Page]:
    """Open a browser as on a telephone; an error of a script or of the policy fails the test."""
    context = browser.new_context(
        viewport={"width": SIZE[0], "height": SIZE[1]}, java_script_enabled=scripts, accept_downloads=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda one: said.append(str(one)))
    try:
        yield page
        # What was refused is an answer like others; a browser writes it down.
        assert [one for one in said if "status of 4" not in one] == []
    finally:
        context.close()


def go(page: Page, centre: Centre, address: str) -> None:
    page.goto(f"{centre.server.address}{address}")


def press(page: Page) -> None:
    page.locator(".foot-bar button[type=submit]").click()


def looked_at(page: Page, of: str, language: str, steps: Iterable[str]) -> dict[str, list[str]]:
    """Look at each page as it comes: what is wrong with it, and with letters of twice the size.

    Pictures are kept where the environment names a folder for them (``PICTURES``).
    """
    found = {}
    for name in steps:
        found[name] = violations(page) + faults(page)
        _picture(page, f"web-{of}-{name}-{language}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[f"{name}, large"] = [f"{wide} px too wide"] if wide > 0 else []
        _picture(page, f"web-{of}-{name}-{language}-large")
        page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def _picture(page: Page, name: str) -> None:
    out = os.environ.get("PICTURES")
    if out is not None:
        page.screenshot(path=Path(out) / f"{name}.png", full_page=True)
