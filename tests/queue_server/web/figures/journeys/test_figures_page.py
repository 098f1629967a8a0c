"""The pages of figures in Chromium: with keys, mirrored, enlarged, and as tables for who sees no picture.

What they count is in ``test_behind_numbers.py``, without a browser.
"""

import os
from pathlib import Path

from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import does, hand_in
from tests.queue_server.web.figures.conftest import Figures, Planted
from tests.queue_server.web.figures.test_money_page import pay_in_every_way
from tests.queue_server.web.test_accessibility import large_letters
from tests.queue_server.web.walks.public import DESK_LOOKS, faults_in

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("FIGURE_PICTURES", "")
#: Texts of drawings that lie outside: they are cut off, or stand in another column.
_OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(text => {
  const [own, cell] = [text, text.closest('td, .figure-scroll')].map(one => one.getBoundingClientRect());
  return own.left < cell.left - 1 || own.right > cell.right + 1;
}).map(text => text.textContent)"""
#: Pages with drawings, or of which no other test looks at other languages.
DRAWN = ("day", "week", "money", "month", "year", "flow")
#: What axe-core judges of them is judged on the pages of a day and of a year.
LIKE_OTHERS = ("week", "month", "team")
#: Pages that are looked at in large letters.
WIDE = ("visits", "payments", "documents", "no-documents", "year", "money")
#: Pages that are looked at in a second, narrow window.
CROWDED = ("money", "month", "flow", "visits")
#: The bad day lasted until four in the morning, so the hours of every day are crowded; ``test_walk`` has usual ones.
OF_A_DAY = ("day", "team")
#: Pictures that have no name, or no table beside them.
_MUTE = """() => [...document.querySelectorAll('svg[role=img]')]
  .filter(one => !one.getAttribute('aria-label') || !one.closest('section').querySelector('table tbody tr'))
  .map(one => one.outerHTML.slice(0, 200))"""


def test_it_is_found_from_the_page_of_managers_and_walked_with_keys(figures: Figures) -> None:
    figures.page.get_by_role("link", name="Figures").click()
    figures.page.wait_for_url("**/manager/figures")
    figures.is_live()
    for key, of in (("w", "week"), ("o", "month"), ("y", "year"), ("d", "day")):
        figures.press(key)
        figures.page.wait_for_url(f"**of={of}*")
        figures.is_live()
    figures.press("f")
    figures.page.wait_for_url("**view=flow*")
    figures.is_live()
    figures.press("p")
    figures.page.wait_for_url("**day=*")
    figures.is_live()
    figures.press("Escape")
    figures.page.wait_for_url("**/manager")


def test_every_page_is_whole_and_accessible_and_every_picture_is_a_table_too(
    figures: Figures, planted: Planted
) -> None:
    """One browser walks through all pages; in Arabic through one with each kind of drawing, and with money."""
    found = faults_of_figures(figures, planted, ("ar", "en"), drawn=("day", "money", "year", "flow"))
    assert not found, "\n".join(found)


def faults_of_figures(
    figures: Figures, planted: Planted, languages: tuple[str, ...], drawn: tuple[str, ...] = DRAWN
) -> list[str]:
    """Look at all pages in English, and at those ``drawn`` in the other languages."""
    pay_in_every_way(planted.centre)
    for item in hand_in(figures, 7)[:3]:
        does(figures, item, "give-back", {"reason": "not-needed"})
    last = planted.last
    pages = {
        "empty": ("", "day=2026-01-05"),
        "day": ("", f"day={last}"),
        "week": ("", f"of=week&day={last}"),
        "money": ("", "of=week"),
        "month": ("", f"of=month&day={last}"),
        "year": ("", f"of=year&day={last}"),
        "team": ("", f"by=counter&day={last}"),
        "flow": ("", f"view=flow&day={last}"),
        "visits": ("/visits", f"day={last}"),
        "payments": ("/payments", "of=week"),
        "documents": ("/documents", "of=month&what=handed-in&government=UTO"),
        "no-documents": ("/documents", f"of=day&day={last}"),
    }
    found: list[str] = []
    for language in languages:
        for name, (path, query) in pages.items():
            if language == "en" or name in drawn:
                figures.look(f"{query}&lang={language}", f"/manager/figures{path}")
                found += (f"{name}, {language}, {fault}" for fault in faults_of_page(figures, name, language))
    return found


def faults_of_page(figures: Figures, name: str, language: str) -> list[str]:
    """Look at one page as it stands, and at those with much on them also in large letters."""
    page = figures.page
    found = [f"outside: {text}" for text in page.evaluate(_OUTSIDE)] + [f"mute: {one}" for one in page.evaluate(_MUTE)]
    if language == "en" and name not in LIKE_OTHERS:
        found += violations(page)
    if language == "en" and name in WIDE:
        large_letters(figures)
    if name not in OF_A_DAY:
        # As wide as the smallest screen, and as on a screen whose letters are enlarged.
        found += faults_in(page, "window", DESK_LOOKS["en" if name in CROWDED else "ar"])
    if name == "year" and language == "en":
        # Documents, payments and pictures.
        page.set_viewport_size({"width": 720, "height": 450})
        found += [f"large: {one}" for one in violations(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{language}.png", full_page=True)
    return found
