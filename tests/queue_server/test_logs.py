"""The log of a server: a JSON object a line, on standard error alone, in UTC (OWASP ASVS 5, 16.2.2 to 16.2.4)."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

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
