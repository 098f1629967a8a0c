"""What the table of documents says is said of them: nothing that a kiosk cannot know, and the page says the same.

Whether kiosk and counter say it: ``tests/journeys/test_booth.py``.
"""

import re

from tests.journeys.booth.page import PAGE, written
from tests.journeys.booth.said import LANGUAGES
from tests.journeys.booth.table import STATES, TABLE

#: Words that promise more than a kiosk can know.
_PROMISE = re.compile(r"genuine|authenti|forg|fals|faux document|أصلي|مزو", re.IGNORECASE)


def test_the_table_has_forty_documents_of_twenty_five_states() -> None:
    assert len(TABLE) >= 40
    assert len({row.state for row in TABLE}) >= 25
    assert {row.state for row in TABLE} == set(STATES)
    assert len({(row.about, row.state) for row in TABLE}) == len(TABLE)


def test_nothing_is_promised() -> None:
    said = [(row, language, (row.line, *row.checks, row.person, row.face)) for row in TABLE for language in LANGUAGES]
    promises = [
        (row.about, language, text)
        for row, language, parts in said
        for part in parts
        if part is not None
        for text in part.within(language)
        if _PROMISE.search(text)
    ]
    assert promises == []


def test_what_was_not_read_is_not_called_read() -> None:
    # Where a chip was read something stands in the place of its face.
    without_chip = [row for row in TABLE if row.face is None]
    assert without_chip
    called_read = [
        row.about
        for row in without_chip
        if row.line.en.means.startswith("Document read")
        or (row.person is not None and row.person.en.title == "We could read your document")
    ]
    assert called_read == []


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text("utf-8") == written(), "write it anew: python -m tests.journeys.booth.page"
