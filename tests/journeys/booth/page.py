"""``docs/documents-at-the-booth.md``, made from the table: ``python -m tests.journeys.booth.page`` writes it anew."""

from pathlib import Path

from tests.journeys.booth import with_chip, with_seal, without_chip
from tests.journeys.booth.row import Row
from tests.journeys.booth.screen import Page

PAGE = Path(__file__).parents[3] / "docs" / "documents-at-the-booth.md"
_ABOVE = """# Documents as people carry them

What a person reads at the kiosk of the document that they lay down, and what staff read of it at the counter and do.
Each row is one document of a test (`tests/journeys/test_booth.py`), which lays them all on a kiosk, in English, French
and Arabic. States are real so that their codes are; authorities, people and documents are made up. Whatever somebody
has tampered with is Utopia's, the state of specimens.

- *The person reads* the page of the kiosk; what they touch to go on stands in brackets. Who reads nothing goes on at
  once: nothing is amiss.
- *Staff read* begins with the line on the page. Behind it stands what `D` shows of checks that did not pass, were not
  made or are unusual, then what stands beside the picture.
- *Staff do* is what the page asks for, in its own words. No kiosk sends anybody away, and nobody is accused.

How a document is judged: [document-attacks.md](document-attacks.md). What else there is at a counter:
[staff.md](staff.md).
"""
#: The page is silent where nothing was read: most visits bring nothing to read.
_UNASKED = "Nothing stands there. Ask for the document where one is needed."
_HEAD = "| document | the person reads | staff read | staff do |\n| --- | --- | --- | --- |"
_PARTS = (
    ("With a chip", with_chip.ROWS),
    ("Without a chip, torn or worn", without_chip.ROWS),
    ("With a seal", with_seal.ROWS),
)


def written() -> str:
    """Write the page."""
    parts = [f"## {name}\n\n{_HEAD}\n" + "".join(map(_row, rows)) for name, rows in _PARTS]
    return "\n".join((_ABOVE, *parts))


def _row(row: Row) -> str:
    read, do = [f"**{row.line.en.means}.**"], [row.line.en.do]
    for check in (one.en for one in row.checks):
        read.append(f"*{check.what}: {check.outcome}.* {check.means}")
        do.append(check.do)
    if row.face is not None:
        read.append(row.face.en.means)
        do.append(row.face.en.do)
    person = "nothing" if row.person is None else _sentences(row.person.en)
    cells = (
        f"{row.about} ({row.state})",
        person,
        " ".join(read),
        " ".join(dict.fromkeys(filter(None, do))) or _UNASKED,
    )
    return f"| {' | '.join(cells)} |\n"


def _sentences(page: Page) -> str:
    """Put the words of a page in a row: title and status have no full stop on the screen."""
    onward = f"[{page.onward}]"
    return " ".join((f"**{page.title}.**", page.help, f"{page.status.rstrip('.')}.", onward))


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
