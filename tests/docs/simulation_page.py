"""Writes the tables of ``docs/simulation.md`` anew: ``.venv/bin/python -m tests.docs.simulation_page`` (minutes).

A fenced line of ``queue-server simulate`` that a table follows is what prints that table.
"""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from typer.testing import CliRunner

from queue_server.cli import app

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/simulation.md"
_PRINTED = re.compile(r"```\n(queue-server simulate [^\n]*)\n```\n\n((?:\|[^\n]*\n)+)")


class PrintedTable(NamedTuple):
    """A command line of a page, and the table that stands under it."""

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


def main() -> None:
    for one in tables():
        printed = run(one.words)
        before, after = (f"{one.line}\n```\n\n{table}" for table in (one.table, printed))
        PAGE.write_text(PAGE.read_text("utf-8").replace(before, after), "utf-8")


if __name__ == "__main__":
    main()
