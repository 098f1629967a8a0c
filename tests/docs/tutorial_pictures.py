"""``python -m tests.docs.tutorial_pictures``: walks through the pages for beginners, and makes their pictures."""

import tempfile
from pathlib import Path

from tests.docs.sheets import PICTURES
from tests.docs.walk import Newcomer
from tests.journeys.test_howtos import PAGES, text_of
from tests.queue_server.web.chromium import chromium


def main() -> None:
    """Take them where the pages show them."""
    with chromium() as browser:
        for name in ("tutorial.md", "first-morning.md"):
            page = browser.new_context(locale="en", viewport={"width": 1440, "height": 900}).new_page()
            with tempfile.TemporaryDirectory() as folder, Newcomer(Path(folder), page, PICTURES) as newcomer:
                newcomer.follow(PAGES.get(name, ""))
                newcomer.follow(text_of(name))


if __name__ == "__main__":
    main()
