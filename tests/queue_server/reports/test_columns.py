"""Every column of the rows of figures, and of the views on them, is described."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, Table, select, text

from queue_server.database import open_database
from queue_server.reports.tables import TABLES

PAGE = (Path(__file__).parents[3] / "docs" / "figures.md").read_text("utf-8")


VIEWS = tuple(f"figures_{name}" for name in ("visits", "stops", "counters", "tallies", "custody", "payments"))


def described(name: str) -> list[str]:
    (chapter,) = [part for part in PAGE.split("\n## ") if part.startswith(f"`{name}`")]
    cells: Iterable[str] = re.findall(r"^\| (`[^|]*) \|", chapter, re.MULTILINE)
    return sorted(name for cell in cells for name in re.findall(r"`(\w+)`", cell))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_column_is_described_and_no_other(table: Table) -> None:
    assert described(str(table.name)) == sorted(column.name for column in table.columns)


@pytest.mark.parametrize("view", VIEWS)
async def test_every_column_of_a_view_is_described_and_it_can_be_read(view: str, database_url: URL) -> None:
    def read(connection: Connection) -> list[str]:
        found = connection.execute(select(text("*")).select_from(text(view)))
        assert found.all() == []
        return sorted(found.keys())

    async with open_database(database_url) as database:
        assert await database.run(read) == described(view)
