"""``docs/tutorial.md``, done by a newcomer who reads nothing else; and how much there is to do."""

import re
from pathlib import Path

import pytest

from tests.docs.walk import ROOT, Newcomer, actions, script
from tests.queue_server.web.chromium import chromium

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
#: What somebody does before the first ticket is on paper; and for one kiosk more.
MAX_ACTIONS, MAX_FURTHER = 20, 3


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


def test_there_is_not_more_to_do_than_the_page_says() -> None:
    counted = actions(PAGE)
    first = sum(many for section, many in counted.items() if re.match(r"\d", section))
    assert first <= MAX_ACTIONS
    assert 0 < counted["A further kiosk"] <= MAX_FURTHER
    assert f"It took {first} actions." in PAGE
    assert f"- {first} actions:" in PAGE
    assert {2: "two", 3: "three"}[counted["A further kiosk"]] in PAGE.partition("## A further kiosk")[2].split("\n")[2]


def test_every_block_of_the_page_is_one_that_is_done_or_looked_for() -> None:
    fences = re.findall(r"^ *```(.+)$", PAGE, re.MULTILINE)
    assert set(fences) == {"sh", "text"}
    assert len(re.findall(r"^ *```", PAGE, re.MULTILINE)) == 2 * len(fences)


def test_a_page_is_read_in_its_order() -> None:
    page = """
## First
```sh
one --long \\
  line
two
```
```text
seen …
```
Then touch
**Go on**. The kiosk
shows **A 001**.
## Second
1. Press `O`.
"""
    assert [tuple(line) for line in script(page)] == [
        ("First", "sh", "one --long    line"),
        ("First", "sh", "two"),
        ("First", "text", "seen …"),
        ("First", "touch", "Go on"),
        ("First", "kiosk", "A 001"),
        ("Second", "press", "O"),
    ]
    assert actions(page) == {"First": 3, "Second": 1}
