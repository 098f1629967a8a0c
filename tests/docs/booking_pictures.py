"""``python -m tests.docs.booking_pictures``: makes the pictures of the public pages in ``docs/pictures``.

They come from a real server, as a telephone shows them; whoever books is made up. Each sheet has its pages in the order
in which people see them.
"""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.docs.sheets import save, sheet
from tests.queue_server.web.booking.browser import PATIENCE_MS, SIZE, go, press
from tests.queue_server.web.booking.conftest import SETTINGS, set_up
from tests.queue_server.web.booking.journeys.test_waiting_pages import CLOSED, PARTY, changed_to, join
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.server import CENTRES, Centre, Server

LANGUAGES: Final = ("en", "ar")
#: Pixels of a page of a sheet; what is drawn is twice as fine.
_PAGE: Final = (288, 592)


def booking(page: Page, centre: Centre, language: str) -> Iterator[Image.Image]:
    """What for, three questions, how many, when, check, booked; and the list of those who wait."""

    def seen() -> Image.Image:
        return Image.open(io.BytesIO(page.screenshot()))

    set_up(centre, "confirm_document = false")
    go(page, centre, f"/book/{centre.id}?government=UTO&lang={language}")
    yield seen()
    go(page, centre, f"/book/{centre.id}/questions?government=UTO&lang={language}")
    yield seen()
    go(page, centre, f"/book/{centre.id}/people?service=uto-passport-renewal&lang={language}")
    page.select_option("#age-adult", "2")
    page.select_option("#age-child", "1")
    yield seen()
    press(page)
    page.wait_for_url("**/times?*")
    page.locator("a.day").nth(2).click()
    page.wait_for_url("**day=*")
    page.locator(".time", has_text="10:30").click()
    expect(page.locator("#times-form")).to_have_attribute("data-proved", "yes")
    yield seen()
    press(page)
    page.wait_for_url("**/details?*")
    yield seen()
    press(page)
    page.wait_for_url("**/b/*")
    yield seen()
    page.locator("#bring").scroll_into_view_if_needed()
    yield seen()
    changed_to(centre, CLOSED, is_open=False)
    go(page, centre, f"/book/{centre.id}/times?{PARTY}&lang={language}")
    yield seen()
    go(page, centre, f"/book/{centre.id}/waitlist?{PARTY}&lang={language}")
    yield seen()
    join(page, centre, language, "somebody@example.org")
    yield seen()


def telephone(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, device_scale_factor=2)
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder) / "data", SETTINGS.format(port=9), CENTRES[:2]) as server,
        chromium() as browser,
    ):
        for language, centre in zip(LANGUAGES, CENTRES[:2], strict=True):
            pages = list(booking(telephone(browser), Centre(server, centre), language))
            save(sheet(pages, 5, _PAGE, rtl=language == "ar"), f"web-book-{language}.png")


if __name__ == "__main__":
    main()
