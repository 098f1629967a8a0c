"""The pages of figures in Chromium: with keys, in three languages, enlarged, and as tables for who sees no picture.

What they count is in ``test_behind_numbers.py``, without a browser.
"""

import os
from pathlib import Path

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import does, hand_in
from tests.queue_server.web.figures.conftest import Figures, Planted
from tests.queue_server.web.figures.test_money_page import pay_in_every_way
from tests.queue_server.web.test_accessibility import large_letters

#: Where pictures are left for whoever wants to see them.
PICTURES = os.environ.get("FIGURE_PICTURES", "")
#: Texts of drawings that lie outside: they are cut off, or stand in another column.
_OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(text => {
  const [own, cell] = [text, text.closest('td, .figure-scroll')].map(one => one.getBoundingClientRect());
  return own.left < cell.left - 1 || own.right > cell.right + 1;
}).map(text => text.textContent)"""
#: Pages with drawings, or of which no other test looks at other languages.
DRAWN = ("day", "week", "money", "month", "year", "flow")
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


def test_every_page_is_accessible_and_every_picture_is_a_table_too(figures: Figures, planted: Planted) -> None:
    """One browser walks through all pages; in other languages through those with drawings and with money.

    ``test_walk.py`` looks at the geometry of all of them in every language.
    """
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
    for language in LANGUAGES:
        for name, (path, query) in pages.items():
            if language != "en" and name not in DRAWN:
                continue
            figures.look(f"{query}&lang={language}", f"/manager/figures{path}")
            for checked, script in (("outside", _OUTSIDE), ("mute", _MUTE)):
                found += [f"{name}, {language}, {checked}: {one}" for one in figures.page.evaluate(script)]
            if language == "en" or (language, name) == ("ar", "year"):
                found += [f"{name}: {one}" for one in violations(figures.page)]
            if path or name in {"year", "money"}:
                large_letters(figures)
            if name == "year" and language == "en":
                # Documents, payments and pictures, as wide as on a screen whose letters are enlarged.
                figures.page.set_viewport_size({"width": 720, "height": 450})
                found += [f"{name}, large: {one}" for one in violations(figures.page)]
                figures.page.set_viewport_size({"width": 1440, "height": 900})
            if PICTURES:
                figures.page.screenshot(path=Path(PICTURES) / f"{name}-{language}.png", full_page=True)
    assert found == []
