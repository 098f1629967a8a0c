"""``docs/tutorial.md``: how much there is to do, and that every line of it is one that is done or looked for."""

import re

from tests.docs.walk import ROOT, actions, script

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
#: What somebody does before the first ticket is on paper; and for one kiosk more.
MAX_ACTIONS, MAX_FURTHER = 20, 3


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
