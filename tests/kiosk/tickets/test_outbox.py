"""The outbox alone: what it promises stays promised."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import CodesExhaustedError, OtherDeviceError, OutboxError
from kiosk.tickets.model import DeliveryState, PrintResult, with_lacking
from kiosk.tickets.outbox import Outbox
from queue_server.contract.devices import SeriesState
from queue_server.contract.requirements import StatedItem
from queue_server.domain.values import VisitId, new_id

SERIES = SeriesState("B", 1, 999)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    box = Outbox(path)
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=0, last=0)
    yield box
    box.close()


def issue(outbox: Outbox, times: int = 1, now: datetime = NOW) -> list[str]:
    return [outbox.issue(("renewal",), "en", now).code for _ in range(times)]


def deliver(outbox: Outbox) -> list[str]:
    codes: list[str] = []
    while (ticket := outbox.waiting()) is not None:
        outbox.sent(ticket.visit)
        codes.append(ticket.code)
    return codes


def test_only_its_owner_may_read_it(outbox: Outbox, path: Path) -> None:
    del outbox
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_tickets_are_numbered_and_wait_in_order(outbox: Outbox) -> None:
    assert issue(outbox, 3) == ["B001", "B002", "B003"]
    assert deliver(outbox) == ["B001", "B002", "B003"]
    assert {ticket.delivery for ticket in outbox.all()} == {DeliveryState.SENT}


def test_a_ticket_carries_what_the_server_needs(outbox: Outbox) -> None:
    ticket = outbox.issue(("renewal",), "ar", NOW)
    assert outbox.find(ticket.visit) == ticket
    assert (ticket.request.id, ticket.request.code, ticket.request.issued_at) == (ticket.visit, "B001", NOW)
    assert (ticket.request.services, ticket.request.language) == (("renewal",), "ar")
    assert ticket.key != ticket.visit


def test_nothing_is_issued_before_the_server_has_said_a_day(path: Path) -> None:
    box = Outbox(path)
    with pytest.raises(OutboxError):
        issue(box)
    box.enrol("demo", SERIES)
    with pytest.raises(OutboxError):
        issue(box)
    box.close()


def test_it_goes_on_after_a_restart(outbox: Outbox, path: Path) -> None:
    issue(outbox, 2)
    outbox.close()
    again = Outbox(path)
    again.enrol("demo", SERIES)
    assert issue(again) == ["B003"]
    assert deliver(again) == ["B001", "B002", "B003"]
    again.close()


def test_a_refused_ticket_is_kept_and_does_not_hold_up_the_next(outbox: Outbox) -> None:
    issue(outbox, 2)
    first = outbox.waiting()
    assert first is not None
    outbox.refused(first.visit, "code-taken")
    assert deliver(outbox) == ["B002"]
    kept = outbox.find(first.visit)
    assert kept is not None
    assert (kept.delivery, kept.problem) == (DeliveryState.REFUSED, "code-taken")
    assert outbox.standing().refused == 1
    outbox.sent(outbox.all()[-1].visit)
    assert outbox.begin_day("2026-11-26", 0, outbox.standing().last)
    assert outbox.standing().refused == 0, "whoever held it has gone home: nobody is called for it any more"
    assert [one.problem for one in outbox.all() if one.delivery is DeliveryState.REFUSED] == ["code-taken"]


@pytest.mark.parametrize("jump", [timedelta(days=-365), timedelta(days=-1), timedelta(days=1), timedelta(days=365)])
def test_the_clock_of_the_kiosk_never_starts_the_series_again(outbox: Outbox, jump: timedelta) -> None:
    assert issue(outbox, 2) == ["B001", "B002"]
    assert issue(outbox, 1, NOW + jump) == ["B003"]
    assert issue(outbox, 1, NOW) == ["B004"]


def test_a_new_day_starts_again_once_everything_is_delivered(outbox: Outbox) -> None:
    issue(outbox, 2)
    before = outbox.standing()
    assert not outbox.begin_day("2026-11-26", 0, before.last), "two tickets may still land in the new day"
    deliver(outbox)
    assert outbox.begin_day("2026-11-26", 0, before.last)
    assert issue(outbox) == ["B001"]
    deliver(outbox)
    assert outbox.begin_day("2026-11-25", 0, outbox.standing().last), "an earlier day is none"
    assert issue(outbox) == ["B002"]


def test_a_ticket_issued_while_the_server_was_asked_puts_the_new_day_off(outbox: Outbox) -> None:
    before = outbox.standing()
    issue(outbox)
    deliver(outbox)
    assert not outbox.begin_day("2026-11-26", 0, before.last)
    assert outbox.begin_day("2026-11-26", 1, outbox.standing().last)
    assert issue(outbox) == ["B002"]


def test_an_installation_anew_starts_above_what_the_server_has_seen(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "new.sqlite")
    box.enrol("demo", SERIES)
    assert box.begin_day("2026-11-25", highest=41, last=0)
    assert issue(box) == ["B042"]
    assert box.begin_day("2026-11-25", highest=7, last=box.standing().last), "numbers never go down"
    assert issue(box) == ["B043"]
    box.close()


def test_delivered_tickets_are_forgotten_after_two_days(outbox: Outbox) -> None:
    for day in range(26, 30):
        issue(outbox, 2)
        deliver(outbox)
        assert outbox.begin_day(f"2026-11-{day}", 0, outbox.standing().last)
    assert len(outbox.all()) == 2 * 2 - 2


def test_the_series_ends(path: Path) -> None:
    box = Outbox(path)
    box.enrol("demo", SeriesState("R", 1, 9))
    box.begin_day("2026-11-25", 0, 0)
    codes = issue(box, 9 + 90)
    assert len(set(codes)) == 99
    with pytest.raises(CodesExhaustedError):
        issue(box)
    box.close()


def test_another_device_must_wait_for_what_is_not_delivered(outbox: Outbox) -> None:
    issue(outbox)
    with pytest.raises(OtherDeviceError):
        outbox.enrol("harbour", SERIES)
    deliver(outbox)
    outbox.enrol("harbour", SERIES)
    with pytest.raises(OutboxError):
        issue(outbox)


def test_what_a_crash_cut_off_is_told_once_and_never_printed_later(outbox: Outbox, path: Path) -> None:
    visits = [outbox.issue(("renewal",), "en", NOW).visit for _ in range(4)]
    outbox.printing(visits[1])
    for visit, paper in ((visits[2], PrintResult.PRINTED), (visits[3], PrintResult.FAILED)):
        outbox.printing(visit)
        outbox.printed(visit, paper)
    outbox.close()
    again = Outbox(path)
    assert [ticket.visit for ticket in again.recover()] == visits[:2]
    assert again.recover() == ()
    papers = [ticket.paper for ticket in again.all()]
    assert papers == [PrintResult.FAILED, PrintResult.UNKNOWN, PrintResult.PRINTED, PrintResult.FAILED]
    again.close()


def test_a_file_that_cannot_be_opened_is_an_error_with_a_code(tmp_path: Path) -> None:
    (tmp_path / "outbox.sqlite").mkdir()
    with pytest.raises(OutboxError) as caught:
        Outbox(tmp_path / "outbox.sqlite")
    assert caught.value.code == "kiosk-outbox"


def test_it_syncs_before_it_answers(outbox: Outbox) -> None:
    assert outbox._db.execute("PRAGMA synchronous").fetchone() == (2,)


PROCESS = ("-m", "tests.kiosk.tickets.issuing_process")


@pytest.mark.parametrize("tickets", [1, 7, 40])
def test_killed_in_mid_issue_nothing_told_is_lost_and_nothing_is_given_twice(
    outbox: Outbox, path: Path, tickets: int
) -> None:
    told: list[str] = []
    for _ in range(3):
        with subprocess.Popen([sys.executable, *PROCESS, path], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            told += [child.stdout.readline().strip() for _ in range(tickets)]
            os.kill(child.pid, signal.SIGKILL)
            # What was printed between the last line read and the kill was told as well.
            told += [line.strip() for line in child.stdout if line.endswith("\n")]
    kept = [ticket.code for ticket in outbox.all()]
    assert len(told) == len(set(told))
    assert len(kept) == len(set(kept))
    assert set(told) <= set(kept)
    assert kept == sorted(kept, key=lambda code: int(code[1:]))


STEPS = ["issue", "deliver", "midnight", "ask", "answer", "restart", "reinstall"]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_code_twice_in_a_day_whatever_happens(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A server that keeps days as the real one does: a ticket belongs to the day in which it arrives."""
    path = tmp_path_factory.mktemp("outbox") / "outbox.sqlite"
    with closing(Outbox(path)) as box:
        box.enrol("demo", SERIES)
        box.begin_day("2026-11-01", 0, 0)
    with ExitStack() as boxes:
        _walk(path, data.draw(st.lists(st.sampled_from(STEPS), max_size=60)), boxes)


def _walk(path: Path, steps: list[str], boxes: ExitStack) -> None:
    box = boxes.enter_context(closing(Outbox(path)))
    server: dict[int, list[int]] = {1: []}
    today = 1
    asked: tuple[int, int, int] | None = None
    for step in steps:
        match step:
            case "issue":
                box.issue(("renewal",), "en", NOW)
            case "deliver" if (ticket := box.waiting()) is not None:
                number = int(ticket.code[1:])
                assert number not in server[today]
                server[today].append(number)
                box.sent(ticket.visit)
            case "midnight":
                today += 1
                server[today] = []
            case "ask":
                last = box.standing().last
                asked = (today, max(server[today], default=0), last)
            case "answer" if asked is not None:
                box.begin_day(f"2026-11-{asked[0]:02}", *asked[1:])
                asked = None
            case "restart":
                box.close()
                box = boxes.enter_context(closing(Outbox(path)))
            case "reinstall" if box.waiting() is None:
                box.close()
                path.unlink()
                box = boxes.enter_context(closing(Outbox(path)))
                box.enrol("demo", SERIES)
                box.begin_day(f"2026-11-{today:02}", max(server[today], default=0), 0)
                asked = None


def test_two_processes_at_once_are_told_apart(outbox: Outbox, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    outbox._db.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(OutboxError):
        issue(outbox)
    other.execute("ROLLBACK")
    other.close()
    assert issue(outbox) == ["B001"]


def test_what_people_have_not_with_them_goes_along_and_stays_no_longer(outbox: Outbox) -> None:
    lacking = (StatedItem("renewal", "photo", "adult"),)
    ticket = outbox.issue(("renewal",), "en", NOW, sealer=with_lacking(None, lacking))
    asked = outbox.issue(("renewal",), "en", NOW, sealer=with_lacking(None, ()))
    plain = outbox.issue(("renewal",), "en", NOW, sealer=with_lacking(None, None))
    assert [one.request.lacking for one in (ticket, asked, plain)] == [lacking, (), None]
    waiting = outbox.waiting()
    assert waiting is not None
    assert waiting.request.lacking == lacking
    outbox.sent(ticket.visit)
    withdrawn = outbox.issue(("renewal",), "en", NOW, sealer=with_lacking(None, lacking), held=True)
    outbox.withdraw(withdrawn.visit)
    with outbox.transaction() as db:
        assert db.execute("SELECT visit FROM ticket_sealed").fetchall() == [(asked.visit,)]


def test_a_ticket_of_an_appointment_that_nobody_answered_for_is_sent_after_a_start(outbox: Outbox, path: Path) -> None:
    """The server was asked, and the power went before its word was written down: it knows the visit, or gets to."""
    visit = VisitId(new_id())
    outbox.issue(("renewal",), "en", NOW, visit=visit, held=True, appointment="appointment-1")
    paid = outbox.issue(("renewal",), "en", NOW, held=True).visit
    assert outbox.waiting() is None
    outbox.close()
    with closing(Outbox(path)) as again:
        assert [ticket.visit for ticket in again.recover()] == [visit], "and it is not printed"
        waiting = again.waiting()
        assert waiting is not None
        assert (waiting.visit, waiting.request.appointment) == (visit, "appointment-1")
        held = again.find(paid)
        assert held is not None
        assert held.delivery is DeliveryState.HELD, "what is held for money is not touched"
