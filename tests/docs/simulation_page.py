"""Writes tables of docs anew: ``.venv/bin/python -m tests.docs.simulation_page [NAME]`` (minutes).

A fenced line of ``queue-server simulate`` that tables follow is what prints them. Pages are ``simulation.md`` and
``waiting-time.md``, or the one that is named.
"""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from queue_server.cli import app

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/simulation.md"
WAITING = ROOT / "docs/waiting-time.md"
_PRINTED = re.compile(r"```\n(queue-server simulate [^\n]*)\n```\n\n((?:\|[^\n]*\n)+(?:\n(?:\|[^\n]*\n)+)*)")


class PrintedTable(NamedTuple):
    """A command line of a page, and the tables that stand under it."""

    line: str
    table: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.line)[1:]


def tables(page: Path = PAGE) -> Iterator[PrintedTable]:
    for found in _PRINTED.finditer(page.read_text("utf-8")):
        yield PrintedTable(found[1], found[2])


def run(words: list[str]) -> str:
    """Run a command line of the page where its paths begin."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        result = CliRunner().invoke(app, words)
    finally:
        os.chdir(before)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def main(pages: list[Path]) -> None:
    for page in pages:
        for one in tables(page):
            printed = run(one.words)
            before, after = (f"{one.line}\n```\n\n{table}" for table in (one.table, printed))
            page.write_text(page.read_text("utf-8").replace(before, after), "utf-8")


if __name__ == "__main__":
    main([ROOT / "docs" / name for name in sys.argv[1:]] or [PAGE, WAITING])
