"""``docs/tutorial.md``, done by a newcomer who reads nothing else."""

import re
from pathlib import Path

import pytest

from tests.docs.test_tutorial import PAGE
from tests.docs.walk import Newcomer
from tests.queue_server.web.chromium import chromium


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let the walk block: it has no loop."""


@pytest.mark.timeout(1200)
def test_a_newcomer_comes_from_nothing_to_a_called_ticket_and_a_further_kiosk(tmp_path: Path) -> None:
    with chromium() as browser:
        page = browser.new_context(locale="en", viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(60_000)
        with Newcomer(tmp_path, page) as newcomer:
            done = newcomer.follow(PAGE)
    # Nothing that the page says was passed over: every block, and each thing to be seen.
    assert done["text"] == len(re.findall(r"^ *```text$", PAGE, re.MULTILINE))
    assert {kind: done[kind] for kind in ("kiosk", "paper", "board", "page", "picture")} == {
        "kiosk": 2, "paper": 1, "board": 3, "page": 4, "picture": 5,
    }  # fmt: skip
