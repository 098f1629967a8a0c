"""``python -m tests.docs.custody_pictures``: makes the pictures of custody in ``docs/pictures``, English and Arabic.

The pages of a kiosk are its samples, those of the desk come from a real server, with made-up documents. Each sheet has
its pages in the order in which they are read.
"""

import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PIL import Image
from playwright.sync_api import Browser, expect
from PySide6.QtGui import QGuiApplication

from kiosk.kit import engine, fonts, picture
from kiosk.kit.frame import PageFrame
from tests.kiosk.ui import samples
from tests.kiosk.ui.stage import Stage
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.custodian import BrowserBank, does, fill_bag, hand_in, open_case
from tests.queue_server.web.server import CENTRES, Centre, Server
from tests.queue_server.web.test_custody import CustodyBrowser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LANGUAGES = ("en", "ar")
#: Samples of the kiosk, five in a row: how it goes, then what else is said.
KIOSK = (
    *("collect", "findings", "locker-open", "locker-inside", "collected-offered"),
    *("findings-here", "findings-counter", "findings-later", "findings-nothing", "findings-slowed"),
)
_GAP = 16
_BEHIND = (216, 220, 224)


def sheet(pages: Sequence[Image.Image], columns: int, size: tuple[int, int], *, rtl: bool) -> Image.Image:
    """Lay pages side by side, each ``size`` pixels large; from right to left where that is how people read."""
    width, height = size
    rows = -(-len(pages) // columns)
    made = Image.new("RGB", (columns * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP), _BEHIND)
    for at, page in enumerate(pages):
        column = columns - 1 - at % columns if rtl else at % columns
        place = (_GAP + column * (width + _GAP), _GAP + at // columns * (height + _GAP))
        made.paste(page.convert("RGB").resize(size, Image.Resampling.LANCZOS), place)
    return made


def save(made: Image.Image, name: str) -> None:
    file = PICTURES / name
    made.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file}: {file.stat().st_size // 1024} KiB")


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

        reference, bank = open_case(desk), BrowserBank(desk)
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
