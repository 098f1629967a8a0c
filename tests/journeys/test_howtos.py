"""How-tos and the first morning, done as the page says, at a centre that was set up as the tutorial says."""

import re
from pathlib import Path

import pytest

from tests.docs.walk import CENTRE, ROOT, TICKET, Newcomer, script
from tests.queue_server.web.chromium import chromium

_SERVER = """
```sh
queue-server serve --port 8080 --data ~/centre/server 2> ~/centre/server.log &
```
```text
{"listening": "http://127.0.0.1:8080", "ready": true}
```
"""
_KIOSK = """
```sh
queue-server enrol-code --kind kiosk --name "Kiosk 1" --centre river --data ~/centre/server
```
```text
12345678
```
```sh
kiosk run --server http://127.0.0.1:8080 --code 12345678 --data ~/centre/kiosk-1 2> ~/centre/kiosk-1.log &
```
"""
PAGES = {
    "first-morning.md": CENTRE + _SERVER + _KIOSK + TICKET,
    "moving-a-server.md": CENTRE,
    "broken-kiosk.md": CENTRE + _SERVER + _KIOSK,
}


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the walk block: it has no loop."""


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_comes_about(tmp_path: Path, page: str) -> None:
    text = text_of(page)
    with chromium() as browser:
        desk = browser.new_context(locale="en", viewport={"width": 1440, "height": 900}).new_page()
        desk.set_default_timeout(60_000)
        with Newcomer(tmp_path, desk) as newcomer:
            newcomer.follow(PAGES[page])
            done = newcomer.follow(text)
    assert done["text"] == len(re.findall(r"^ *```text$", text, re.MULTILINE))
    assert done.total() == len(list(script(text))) > 5
