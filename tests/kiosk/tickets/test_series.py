"""Numbers that were given are not given again, whatever becomes of the outbox: they stand beside it as well."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import OutboxError
from kiosk.store import slots
from kiosk.tickets.outbox import Outbox
from queue_server.contract.devices import SeriesState
from tests.kiosk.tickets.test_outbox import SERIES, deliver, issue

DAY, NEXT = "2026-11-25", "2026-11-26"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


def opened(path: Path) -> Outbox:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day(DAY, highest=0, last=box.standing().last)
    return box


def lose(path: Path) -> None:
    """Lose the outbox with all that SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def test_an_outbox_that_vanishes_with_an_untold_ticket_gives_its_number_to_nobody_else(path: Path) -> None:
    with closing(opened(path)) as box:
        assert issue(box, 2) == ["B001", "B002"]
    lose(path)
    with closing(opened(path)) as box:
        assert issue(box) == ["B003"]


def test_it_goes_on_giving_numbers_while_the_server_is_away(path: Path) -> None:
    with closing(opened(path)) as box:
        issue(box, 2)
    lose(path)
    with closing(Outbox(path)) as box:
        assert (box.standing().day, box.standing().waiting) == (DAY, 0)
        assert issue(box) == ["B003"]


def test_an_outbox_of_before_in_the_place_of_the_present_one_gives_none_again(path: Path, tmp_path: Path) -> None:
    with closing(opened(path)) as box:
        issue(box, 2)
        deliver(box)
    old = tmp_path / "old.sqlite"
    shutil.copy(path, old)
    with closing(opened(path)) as box:
        assert issue(box, 3) == ["B003", "B004", "B005"]
    lose(path)
    shutil.copy(old, path)
    with closing(opened(path)) as box:
        assert issue(box) == ["B006"]


def test_what_was_lost_after_the_servers_midnight_is_not_given_again_on_the_new_day(path: Path) -> None:
    """The kiosk has not heard of the new day yet, and what it gives on it is lost with its outbox."""
    with closing(opened(path)) as box:
        issue(box, 50)
    lose(path)
    with closing(Outbox(path)) as box:
        box.enrol("demo", SERIES)
        assert box.begin_day(NEXT, highest=0, last=box.standing().last)
        assert issue(box) == ["B051"]
        deliver(box)
        assert box.begin_day("2026-11-27", highest=51, last=box.standing().last)
        assert issue(box) == ["B052"], "the server had seen so many already"
    with closing(Outbox(path)) as box:
        deliver(box)
        assert box.begin_day("2026-11-28", highest=0, last=box.standing().last)
        assert issue(box) == ["B001"], "on the day after it begins anew"


def test_once_the_server_says_that_it_is_still_the_same_day_the_next_one_begins_anew(path: Path) -> None:
    with closing(opened(path)) as box:
        issue(box, 2)
    lose(path)
    with closing(opened(path)) as box:
        assert box.begin_day(NEXT, highest=0, last=box.standing().last)
        assert issue(box) == ["B001"]


@pytest.mark.parametrize("content", [b"", b"garbage", b'{"centre":"demo"}'])
def test_a_damaged_file_beside_it_costs_nothing(path: Path, content: bytes) -> None:
    with closing(opened(path)) as box:
        issue(box, 2)
    path.with_suffix(".series").write_bytes(content)
    with closing(opened(path)) as box:
        assert issue(box) == ["B003"]
    lose(path)
    with closing(opened(path)) as box:
        assert issue(box) == ["B004"]


def test_the_series_of_another_device_begins_with_its_own_numbers(path: Path) -> None:
    with closing(opened(path)) as box:
        issue(box, 2)
        deliver(box)
    lose(path)
    with closing(Outbox(path)) as box:
        box.enrol("harbour", SERIES)
        with pytest.raises(OutboxError):
            issue(box)
        assert box.begin_day(DAY, highest=0, last=0)
        assert issue(box) == ["B001"]
        deliver(box)
        box.enrol("harbour", SeriesState("C", 1, 99))
        assert box.begin_day(DAY, highest=0, last=box.standing().last)
        assert issue(box) == ["C001"]


def test_no_number_is_given_where_it_cannot_be_written_down_twice(path: Path) -> None:
    with closing(opened(path)) as box:
        issue(box)
        path.with_suffix(".series").unlink()
        path.with_suffix(".series").mkdir()
        with pytest.raises(OutboxError):
            issue(box)
        path.with_suffix(".series").rmdir()
        assert issue(box) == ["B002"]


def test_a_file_that_was_cut_off_while_it_was_written_holds_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "file"
    slots.write(path, b"first")
    for content in (b"second", b"third", b"fourth"):
        before, whole = slots.read(path), path.read_bytes()
        slots.write(path, content)
        after = path.read_bytes()
        assert (len(after), slots.read(path)) == (1024, content)
        changed = [at for at in range(len(after)) if after[at] != whole[at]]
        for at in changed[:-1]:
            path.write_bytes(after[: at + 1] + whole[at + 1 :])
            assert slots.read(path) == before
        path.write_bytes(after)


def test_what_is_too_long_or_nowhere_to_be_written_leaves_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    slots.write(path, b"first")
    with pytest.raises(OSError, match="file"):
        slots.write(path, bytes(500))
    assert slots.read(path) == b"first"
    assert slots.read(tmp_path / "none") is None
    assert path.stat().st_mode & 0o777 == 0o600


STEPS = ["issue", "deliver", "midnight", "day", "restart", "vanish"]


@given(steps=st.lists(st.sampled_from(STEPS), max_size=50))
@settings(max_examples=60, deadline=None)
def test_no_number_is_on_two_papers_of_one_day_however_often_the_outbox_vanishes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    path = tmp_path_factory.mktemp("series") / "outbox.sqlite"
    today, papers, seen = 25, dict[int, set[str]](), dict[int, int]()
    box = opened(path)
    for step in steps:
        match step:
            case "issue":
                code = issue(box)[0]
                assert code not in papers.setdefault(today, set())
                papers[today].add(code)
            case "deliver":
                seen[today] = max([seen.get(today, 0), *(int(code[1:]) for code in deliver(box))])
            case "midnight":
                today += 1
            case "day":
                box.begin_day(f"2026-11-{today}" if today < 31 else "2026-12-01", seen.get(today, 0), _last(box))
            case "restart" | "vanish":
                box.close()
                if step == "vanish":
                    lose(path)
                box = Outbox(path)
                box.enrol("demo", SERIES)
    box.close()


def _last(box: Outbox) -> int:
    return box.standing().last
