"""A browser of 360 px, as on a telephone; and what is looked for on every page that it shows."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Browser, Page, Request

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
    said: list[str] = []
    context.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    context.on("weberror", lambda one: said.append(str(one.error)))
    try:
        yield context.new_page()
        # What was refused is an answer like others; a browser writes it down.
        assert [one for one in said if "status of 4" not in one] == []
    finally:
        context.close()


def go(page: Page, centre: Centre, address: str) -> None:
    page.goto(f"{centre.server.address}{address}")


def press(page: Page) -> None:
    page.locator(".foot-bar button[type=submit]").click()


def looked_at(
    page: Page, of: str, language: str, steps: Iterable[str], others: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Look at each page as it comes: return what is wrong with it, and with letters of twice the size.

    A page that its address opens is read in ``others`` too, in a second window. Rules of axe look at the structure of
    a page, which all languages share: they are tried in ``language`` alone.
    """
    methods: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            methods.append(request.method)

    page.on("request", note)
    beside, found = page.context.new_page() if others else page, {}
    for name in steps:
        found[name] = violations(page) + _faults(page, f"web-{of}-{name}-{language}")
        for other in others if methods[-1] == "GET" else ():
            beside.goto(spoken(page.url, other))
            found[name] += _faults(beside, f"web-{of}-{name}-{other}")
    return found


def without_scripts(page: Page, of: str, language: str, steps: Iterable[str]) -> dict[str, list[str]]:
    """Look at each page as it comes without scripts, and so without axe."""
    return {name: _faults(page, f"web-{of}-{name}-{language}-plain") for name in steps}


def spoken(address: str, language: str) -> str:
    """Return an address in another language."""
    at = urlsplit(address)
    query = dict(parse_qsl(at.query, keep_blank_values=True)) | {"lang": language}
    return at._replace(query=urlencode(query), fragment="").geturl()


def _faults(page: Page, name: str) -> list[str]:
    """Return what is cut off, too small or too wide, as the page stands and with letters of twice the size.

    Pictures are kept where the environment names a folder for them (``PICTURES``).
    """
    found = [f"{name}: {fault}" for fault in faults(page)]
    _picture(page, name)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{name}, large: {wide} px too wide")
    _picture(page, f"{name}-large")
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def _picture(page: Page, name: str) -> None:
    out = os.environ.get("PICTURES")
    if out is not None:
        page.screenshot(path=Path(out) / f"{name}.png", full_page=True)
