"""The log of a server: a JSON object a line, on standard error alone, in UTC (OWASP ASVS 5, 16.2.2 to 16.2.4)."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from queue_server.logs import write_line
from queue_server.team.store import NewStaffText

PROGRAM = """
import logging, structlog
from queue_server import logs
logs.configure()
structlog.get_logger("ours").info("issued", text="two\\nlines", visit="v")
logging.getLogger("a.library").warning("of %s", "a library")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger("ours").exception("failed")
"""


def test_every_line_is_an_object_with_its_time_in_utc() -> None:
    # Wherever the machine stands.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env={"TZ": "Asia/Kathmandu"}
    )
    assert done.stdout == ""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["issued", "of a library", "failed"]
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert "ZeroDivisionError" in lines[-1]["exception"]
    for line in lines:
        assert line["timestamp"].endswith("Z")
        assert abs(datetime.fromisoformat(line["timestamp"]) - datetime.now(UTC)) < timedelta(hours=1)


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=())), st.integers(), st.booleans(), st.none(), st.floats(0, 9)
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=())), st.one_of(VALUES, st.lists(VALUES))))
def test_a_line_is_one_line_and_says_what_it_was_given(values: dict[str, Any]) -> None:
    line = write_line(values)
    assert len(line.encode().splitlines()) == 1
    assert json.loads(line) == values


def test_of_anything_else_a_line_knows_how_it_names_itself() -> None:
    line = write_line({"note": NewStaffText("n1", "what somebody has written", None)})
    assert "n1" in line
    assert "written" not in line
