"""Logs of every program: how much is written is one variable's to say, and the journal is told how grave a line is."""

import json
import os
import socket
import subprocess
import sys
from typing import Final

import pytest

#: A log of each kind of program, set as that program sets it.
PROGRAMS: Final = {
    "server": "from queue_server import logs; logs.configure()",
    "device": "from queue_server.contract import program_log; program_log.configure()",
}
LINES: Final = """
import structlog
log = structlog.get_logger("ours")
log.info("issued")
log.warning("slow")
log.error("failed")
log.critical("lost")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("broken")
"""
EVENTS: Final = ["issued", "slow", "failed", "lost", "broken"]


def lines_of(program: str, *, journal: bool = True, level: str = "", more: str = "") -> list[str]:
    """Run it with a socket as its standard error, as systemd does, and give the lines."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        there = os.fstat(theirs.fileno())
        # The second is what a program sees whose standard error was sent elsewhere: what it was is not what it has.
        stream = f"{there.st_dev}:{there.st_ino if journal else there.st_ino + 1}"
        environment = os.environ | {"JOURNAL_STREAM": stream, "CONSULAR_LOG_LEVEL": level}
        subprocess.run(
            [sys.executable, "-c", PROGRAMS[program] + LINES + more],
            stderr=theirs.fileno(),
            env=environment,
            check=True,
        )
        theirs.close()
        return ours.makefile().read().splitlines()


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_journal_is_told_how_grave_a_line_is(program: str) -> None:
    lines = lines_of(program)
    assert [line[:3] for line in lines] == ["<6>", "<4>", "<3>", "<2>", "<3>"]
    assert [json.loads(line[3:])["event"] for line in lines] == EVENTS


@pytest.mark.parametrize("program", PROGRAMS)
def test_whoever_else_reads_gets_json_alone(program: str) -> None:
    assert [json.loads(line)["event"] for line in lines_of(program, journal=False)] == EVENTS


@pytest.mark.parametrize("program", PROGRAMS)
def test_less_is_written_where_less_is_wanted(program: str) -> None:
    assert len(lines_of(program, level="warning")) == 4
    assert len(lines_of(program, level="error")) == 3


def test_a_word_that_is_no_level_keeps_nobody_from_working() -> None:
    said, *lines = lines_of("device", level="debug")
    assert said == "CONSULAR_LOG_LEVEL is one of info, warning, error: 'debug' counts as info"
    assert len(lines) == len(EVENTS)


def test_what_a_library_logs_has_its_priority_too() -> None:
    more = "import logging\nlogging.getLogger('a.library').error('lost a line')\n"
    line = lines_of("server", level="error", more=more)[-1]
    assert line[:3] == "<3>"
    assert json.loads(line[3:])["event"] == "lost a line"
    assert json.loads(line[3:])["logger"] == "a.library"
