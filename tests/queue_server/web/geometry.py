"""Looks at a page as a person does: what is wider than the window, cut off, too small to read, or upon something else.

It looks at what is drawn: the rectangles of texts, pictures and controls, less what their containers hide.
"""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

#: CSS pixels that no text of staff or public is smaller than.
SMALLEST: Final = 14
_LOOK: Final = (Path(__file__).parent / "geometry.js").read_text()

_OVERLAPS: Final = ("upon each other", "out of the window", "wider than the window")

_REACH: Final = """() => {
  const beyond = Array.from(document.querySelectorAll('#page button, #page h1, #page h2, #page p'))
    .filter((one) => one.checkVisibility() && !one.classList.contains('hidden-text'))
    .filter((one) => {
      one.scrollIntoView({block: 'center'});
      const box = one.getBoundingClientRect();
      return box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1;
    }).map((one) => one.outerHTML.slice(0, 120));
  scrollTo(0, 0);
  return beyond;
}"""


def faults(page: Page) -> list[str]:
    """Name each fault of the page as it stands, or of the dialog that is open; empty where there is none."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(_LOOK, SMALLEST)
    return found


def overlaps(page: Page) -> list[str]:
    """Name each control, text and picture upon another one, or outside a window that is too narrow for it.

    This is what a page must keep on a phone, where ``faults`` would also name tables and charts that scroll.
    """
    return [fault for fault in faults(page) if fault.startswith(_OVERLAPS)]


def unreachable(page: Page) -> list[str]:
    """Name each control, heading and paragraph of the page that cannot be scrolled into the window as a whole."""
    found: list[str] = page.evaluate(_REACH)
    return found
