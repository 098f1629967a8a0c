"""``docs/simulation.md`` shows what the commands on it print."""

from pathlib import Path

import pytest

from queue_server.simulation.arrivals_file import COLUMNS
from queue_server.simulation.comparison import LOADS
from queue_server.simulation.demand import Demand
from queue_server.simulation.policies import CallingPolicy
from queue_server.simulation.table import NAMES
from tests.docs.simulation_page import PAGE, ROOT, run, tables

PICTURE = ROOT / "docs/pictures/simulation.svg"


def test_the_small_table_is_what_its_command_prints() -> None:
    small, _ = tables()
    assert small.table == run(small.words)


def test_the_comparison_has_each_policy_at_each_load() -> None:
    small, whole = tables()
    head, ruler, *lines = whole.table.splitlines()
    assert [head, ruler] == small.table.splitlines()[:2]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert [(one[0], one[1]) for one in cells] == [
        (f"{at:.2f}", NAMES[policy]) for at in LOADS for policy in CallingPolicy
    ]
    picture = PICTURE.read_text("utf-8")
    assert all(f">{name}</text>" in picture for name in NAMES.values())


@pytest.mark.long
def test_the_comparison_and_its_picture_are_what_the_command_makes(tmp_path: Path) -> None:
    _, whole = tables()
    drawn = tmp_path / "chart.svg"
    words = [str(drawn) if word.endswith(".svg") else word for word in whole.words]
    assert run(words) == whole.table
    assert drawn.read_text("utf-8") == PICTURE.read_text("utf-8")


def test_every_key_and_column_is_described() -> None:
    """Keys of a demand, columns of arrivals, policies."""
    page = PAGE.read_text("utf-8")
    keys = set(Demand.__struct_fields__) - {"per_hour", "visits", "parties"}
    assert [one for one in (*keys, *COLUMNS, *CallingPolicy) if f"`{one}`" not in page] == []
    assert all(one in page for one in ("`[per_hour]`", "`[[visits]]`", "`[parties]`"))
