"""The table of OWASP ASVS is whole: every requirement once, in order, and every test that is named exists."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from queue_server.accounts.strength import _USUAL
from queue_server.vault.keys import FOLDER, PEOPLE, PLAIN

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "asvs.md"

MET, UNTESTED, PARTLY, NOT_MET, NONE = "met", "met, untested", "partly", "not met", "does not apply"
STATES = (MET, UNTESTED, PARTLY, NOT_MET, NONE)

#: How many requirements of level 1 and of level 2 each chapter of version 5.0.0 has.
COUNTS = {
    1: (8, 19),
    2: (4, 7),
    3: (8, 11),
    4: (2, 8),
    5: (4, 5),
    6: (13, 22),
    7: (6, 12),
    8: (4, 3),
    9: (4, 3),
    10: (5, 24),
    11: (3, 11),
    12: (3, 6),
    13: (1, 12),
    14: (2, 7),
    15: (3, 10),
    16: (0, 16),
    17: (0, 7),
}

_ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+?) \| (.+) \|$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


class Row(NamedTuple):
    ident: str
    level: int
    asks: str
    state: str
    by: str

    @property
    def chapter(self) -> int:
        return int(self.ident.partition(".")[0])


def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def read(page: str) -> list[Row]:
    found = (_ROW.match(line) for line in page.splitlines())
    return [Row(one[1], int(one[2]), one[3], one[4], one[5]) for one in found if one]


ROWS = read(text())


@cache
def functions_of(path: str) -> frozenset[str]:
    """Name the tests of a file as pytest finds them: functions of the module."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(page: str) -> Iterator[str]:
    for path, name in _TEST.findall(page):
        if not (ROOT / path).exists() or name not in functions_of(path) or not name.startswith("test_"):
            yield f"{path}::{name}"


def test_every_requirement_stands_once_in_its_order() -> None:
    order = [tuple(map(int, row.ident.split("."))) for row in ROWS]
    assert order == sorted(set(order))


def test_no_requirement_is_left_out(subtests: pytest.Subtests) -> None:
    for chapter, counts in COUNTS.items():
        with subtests.test(chapter=chapter):
            levels = Counter(row.level for row in ROWS if row.chapter == chapter)
            assert (levels[1], levels[2], levels[3]) == (*counts, 0)
            assert {row.chapter for row in ROWS} == set(COUNTS)
            assert f"\n## V{chapter} " in text()


def test_every_test_that_is_named_exists() -> None:
    assert len(set(_TEST.findall(text()))) > 100
    assert list(missing(text())) == []
    assert list(missing("`tests/docs/test_asvs.py::test_that_nobody_wrote`")) != []


def test_what_is_met_says_by_what(subtests: pytest.Subtests) -> None:
    for row in ROWS:
        with subtests.test(row=row):
            assert row.state in STATES
            assert row.by.strip()
            if row.state == MET:
                # A test, the checks that run before them, or the document that is asked for.
                assert _TEST.search(row.by) or "`installer/checks.py`" in row.by or re.search(r"\]\([\w#.-]+\)", row.by)
            if row.state in (UNTESTED, NONE):
                assert not _TEST.search(row.by)


def test_the_sum_is_that_of_the_rows() -> None:
    lines = {
        chapter: " | ".join(
            str(sum(row.state == state for row in ROWS if chapter in (row.chapter, "all"))) for state in STATES
        )
        for chapter in (*COUNTS, "all")
    }
    for chapter, line in lines.items():
        name = "all" if chapter == "all" else f"V{chapter}"
        assert f"\n| {name} | {line} |\n" in text(), (name, line)


def test_words_that_are_no_password_are_all_told() -> None:
    told = re.search(r"## Words that are no password\n.*?```\n(.*?)```", text(), re.DOTALL)
    assert told is not None
    assert told[1].split() == _USUAL


def test_every_key_of_the_server_is_listed() -> None:
    part = text().partition("## Keys and algorithms")[2].partition("\n## ")[0]
    for key in (*PLAIN, PEOPLE):
        assert f"\n| `{key}` | server, `DATA/{FOLDER}`" in part, key
