"""The end of a log that is kept on disk: over lives, bounded, whole lines, and without a disk too."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.device_commands import MAX_LOG
from queue_server.contract.recent_log import BEFORE_FILE, LOG_FILE, RecentLog


def wrote(folder: Path | None, *lines: str) -> RecentLog:
    """Let a program write, in one life."""
    log = RecentLog()
    log.folder = folder
    for line in lines:
        assert log(None, "info", line) == line
    return log


def test_what_is_sent_is_of_this_life_and_of_those_before(tmp_path: Path) -> None:
    wrote(tmp_path, '{"event": "first"}').store()
    assert (tmp_path / LOG_FILE).stat().st_mode & 0o777 == 0o600
    second = wrote(tmp_path, '{"event": "second"}')
    for _asked_again in range(2):
        assert second.end() == '{"event": "first"}\n{"event": "second"}\n'


def test_the_newest_whole_lines_are_sent_and_the_disk_holds_not_much_more(tmp_path: Path) -> None:
    lines = [f"{number:08} {'x' * 91}" for number in range(4_000)]
    for begin in range(0, len(lines), 500):
        wrote(tmp_path, *lines[begin : begin + 500]).store()
    end = wrote(tmp_path).end()
    assert MAX_LOG - 101 < len(end) <= MAX_LOG
    assert end.splitlines() == lines[-len(end.splitlines()) :]
    assert sum((tmp_path / name).stat().st_size for name in (LOG_FILE, BEFORE_FILE)) < 3 * MAX_LOG


def test_without_a_disk_the_newest_lines_are_remembered(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "gone"):
        log = wrote(folder, *(f"{number:08} {'x' * 91}" for number in range(4_000)))
        log.store()
        end = log.end()
        assert end.endswith(f"00003999 {'x' * 91}\n")
        assert MAX_LOG - 101 < len(end) <= MAX_LOG


@given(st.lists(st.text(max_size=200), max_size=20))
def test_whatever_is_written_can_be_sent(lines: list[str]) -> None:
    end = wrote(None, *lines).end()
    assert end.isascii()
    assert len(end) <= MAX_LOG
