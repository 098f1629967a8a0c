"""``docs/waiting-time.md`` shows what the commands on it print."""

import pytest

from queue_server.forecast.errors import MIN_BIN
from queue_server.forecast.estimate import HiddenWait
from tests.docs.simulation_page import WAITING, PrintedTable, run, tables

TABLES = tuple(tables(WAITING))


def test_the_small_run_is_what_its_command_prints() -> None:
    small = TABLES[-1]
    assert "--judged 2" in small.line
    assert small.table == run(small.words)


@pytest.mark.long
@pytest.mark.parametrize("one", TABLES[:-1], ids=["ordinary", "busy", "far-too-many"])
def test_the_figures_are_what_the_commands_print(one: PrintedTable) -> None:
    assert one.table == run(one.words)


@pytest.mark.parametrize("one", TABLES[:-1], ids=["ordinary", "busy", "far-too-many"])
def test_the_goals_that_the_page_says_are_reached_are_reached(one: PrintedTable) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in one.table.splitlines()]
    whole = next(row for row in rows if row[0] == "all stops")
    ratio, held, of_limit = float(whole[5]), float(whole[6].rstrip("%")), float(whole[9])
    assert ratio <= 0.15
    assert held >= 80
    assert of_limit <= 1


def test_the_page_says_why_there_is_no_range() -> None:
    page = WAITING.read_text("utf-8")
    assert [one for one in HiddenWait if f"| `{one}` |" not in page] == []
    assert f"fewer than {MIN_BIN} forecasts" in page
