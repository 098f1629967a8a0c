"""``python -m tests.docs.custody_pictures``: makes the pictures of custody in ``docs/pictures``, English and Arabic.

The pages of a kiosk are its samples, those of the desk come from a real server, with made-up documents. Each sheet has
its pages in the order in which they are read.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PIL import Image
from playwright.sync_api import Browser, expect
from PySide6.QtGui import QGuiApplication

from kiosk.kit import engine, fonts, picture
from kiosk.kit.frame import PageFrame
from tests.docs.sheets import save, sheet
from tests.kiosk.ui import samples
from tests.kiosk.ui.stage import Stage
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.custodian import LockerBank, does, fill_bag, hand_in, open_case
from tests.queue_server.web.custody_browser import CustodyBrowser
from tests.queue_server.web.server import CENTRES, Centre, Server

LANGUAGES = ("en", "ar")
#: Samples of the kiosk, five in a row: how it goes, then what else is said.
KIOSK = (
    *("collect", "findings", "locker-open", "locker-inside", "collected-offered"),
    *("findings-here", "findings-counter", "findings-later", "findings-nothing", "findings-slowed"),
)


def kiosk_pages(stage: Stage, language: str) -> Iterator[Image.Image]:
    pages = samples.pages(language)
    for name in KIOSK:
        stage.show(PageFrame.of(pages[name], language=language))
        yield Image.open(io.BytesIO(picture.grab(stage.screen.window)))


def desk_pages(browser: Browser, centre: Centre, language: str) -> Iterator[Image.Image]:
    """Hand in, a bag, the lockers, and a drawer that is counted."""
    with CustodyBrowser(browser, centre, language=language) as desk:
        desk.come()

        def seen() -> Image.Image:
            return Image.open(io.BytesIO(desk.page.screenshot()))

        reference, bank = open_case(desk), LockerBank(desk)
        items = hand_in(desk, 9)
        for number, item in enumerate(items[:3], start=14):
            does(desk, item, "shelve", {"place": f"2-D-{number}"})
        for item in items[6:]:
            does(desk, item, "ready")
        desk.press("Alt+Digit1")
        desk.scan(reference)
        desk.scan("1")
        desk.page.locator("#last").wait_for()
        desk.scan("2-D-18")
        expect(desk.page.locator("#last")).to_contain_text("2-D-18")
        yield seen()
        bag = fill_bag(desk, items[2:5:2])
        desk.go(f"/custody?view=bag&bag={bag['id']}")
        desk.is_live()
        yield seen()
        desk.go(f"/custody?view=lockers&locker={bank.id}")
        desk.is_live()
        desk.is_at_field()
        desk.scan(items[6]["barcode"])
        expect(desk.page.locator("#door-now")).to_have_attribute("data-step", "2")
        yield seen()
        desk.go("/custody?view=count&drawer=2-D")
        desk.is_live()
        desk.is_at_field()
        for item in (items[0], items[1], items[5]):
            desk.scan(item["barcode"])
        expect(desk.page.locator("#seen-count")).to_have_text("3")
        yield seen()


def main() -> None:
    fonts.isolate()
    app = QGuiApplication([])
    stage = Stage(app, engine.create("kiosk.ui", "kiosk", reduce_motion=True, debounce_ms=0), width=540, height=960)
    for language in LANGUAGES:
        pages = list(kiosk_pages(stage, language))
        save(sheet(pages, 5, (270, 480), rtl=language == "ar"), f"kiosk-collection-{language}.png")
    stage.screen.close()
    # Chromium does not start without the fonts of the machine.
    os.environ.pop("FONTCONFIG_FILE", None)
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "data") as server, chromium() as browser:
        for language, centre in zip(LANGUAGES, CENTRES[:2], strict=True):
            pages = list(desk_pages(browser, Centre(server, centre), language))
            save(sheet(pages, 2, (720, 450), rtl=language == "ar"), f"web-custody-{language}.png")


if __name__ == "__main__":
    main()
