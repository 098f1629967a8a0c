"""Every column of the rows of figures is described."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table

from queue_server.reports.tables import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "figures.md"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_every_column_is_described_and_no_other(table: Table) -> None:
    (chapter,) = [part for part in PAGE.read_text("utf-8").split("\n## ") if part.startswith(f"`{table.name}`")]
    cells = re.findall(r"^\| (`[^|]*) \|", chapter, re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(column.name for column in table.columns)
