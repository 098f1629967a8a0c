"""Writes golden streams: ``python -m tests.golden.make NAME`` makes two days, ``NAME-day-1`` and ``NAME-day-2``.

Run it under a new name when an event gets a new version, and never again for an old name: what was released replays for
ever. A line is an event as the log stores it, its payload as text; the state is the one that the stream leads to.
"""

import sys
from pathlib import Path

import msgspec

from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.day import carried
from queue_server.values import (
    HOUR,
    MINUTE,
    Category,
    CounterId,
    Day,
    HelpId,
    HelpKind,
    Hex,
    KeyId,
    Micros,
    NoticeId,
    PauseReason,
    StreamName,
    VisitId,
)
from tests.queue_server.queue.centre import (
    BIRTH,
    CENTRE,
    DAY,
    DOCUMENTS_ONLY,
    FOUR,
    KIOSK,
    ONE,
    PASSPORT,
    ROUND_THE_CLOCK,
    STAFF,
    THREE,
    TWO,
    VISA,
    Play,
    ticket,
)
from tests.queue_server.queue.digest import plain

FOLDER = Path(__file__).parent


def first_day() -> Play:
    """Play a day in which every event happens, but those of a new day after it."""
    play = Play(ROUND_THE_CLOCK).open_day()
    play.open(ONE, TWO, THREE)
    play.open(FOUR, skills=DOCUMENTS_ONLY)
    passport, visa, birth = play.issue(PASSPORT, language="ar"), play.issue(VISA, code="B040"), play.issue(BIRTH)
    play.wait(22 * MINUTE)
    play.issue(VISA, Category.URGENT)
    play.call(ONE)
    play.serve(ONE)
    play.call(ONE)
    play.wait(MINUTE)
    play.do(c.Recall(ONE))
    play.do(c.Undo(ONE))
    play.do(c.Recall(ONE))
    play.serve(ONE)
    play.call(TWO)
    play.do(c.Undo(TWO))
    play.call(TWO)
    play.do(c.Recall(TWO))
    play.wait(5 * MINUTE)
    play.do(c.Missed(TWO))
    play.append(e.VisitReinstated(birth, play.visit(birth).due))
    play.call(TWO)
    play.append(e.VisitHandedBack(birth, TWO))
    play.call(TWO)
    play.do(c.Start(TWO))
    play.append(e.VisitParked(birth, TWO))
    play.append(e.VisitResumed(birth, TWO, play.visit(birth).due))
    _transfer(play, passport)
    _reclassify(play, visa)
    play.do(c.Cancel(play.issue(VISA, Category.APPOINTMENT)))
    play.do(c.CallHelp(HelpId("help-1"), HelpKind.PAPER, KIOSK))
    play.do(c.CallHelp(HelpId("help-2"), HelpKind.PRIVATE, KIOSK))
    play.do(c.TakeHelp(HelpId("help-1"), ONE, STAFF))
    play.append(e.NoticeShown(NoticeId("notice-1")))
    play.append(e.NoticeShown(NoticeId("notice-2")))
    play.append(e.NoticeEnded(NoticeId("notice-1")))
    play.do(c.ChangeConfiguration(2))
    play.do(c.PauseCounter(THREE, PauseReason.PAPERWORK))
    play.do(c.CloseCounter(FOUR))
    play.call(ONE)
    play.append(e.VisitNotServed(play.issue(VISA), None))
    play.wait(18 * HOUR)
    play.do(c.SettleDay(DAY))
    head = e.StreamEnd(StreamName(f"queue/{CENTRE}/{DAY}"), play.state.seq, Hex("0a" * 32))
    play.do(c.CloseDay(DAY, (head,), KeyId("0b" * 32), Hex("0c" * 64)))
    return play


def _transfer(play: Play, passport: VisitId) -> None:
    steps = play.visit(passport).steps
    due = order.due(play.now, steps[2].promise)
    play.append(e.VisitTransferred(passport, None, steps, 2, play.now, steps[2].promise, 0, due))


def _reclassify(play: Play, visa: VisitId) -> None:
    visit = play.visit(visa)
    due = order.due(visit.counts_from, 15)
    play.append(e.VisitReclassified(visa, Category.PRIORITY, visit.steps, visit.counts_from, 15, due))


def second_day(first: Play) -> Play:
    """Take over the day before and serve who was called then."""
    day = Day("2026-11-26")
    play = Play(ROUND_THE_CLOCK, day)
    play.now = Micros(first.now + HOUR)
    visits, counters, helps = carried(first.state, round_the_clock=True)
    play.do(c.OpenDay(day, play.now, DAY, first.state.seq, Hex("0d" * 32), visits, counters, helps))
    play.serve(CounterId(ONE))
    play.do(ticket(VisitId("new")))
    return play


def write(name: str, play: Play) -> None:
    lines = [
        {
            "seq": event.seq,
            "at": event.at,
            "type": event.type,
            "v": event.v,
            "command": event.command,
            "actor": event.actor,
            "payload": e.encode(event.body).decode(),
        }
        for event in play.events
    ]
    with (FOLDER / f"{name}.jsonl").open("xb") as file:
        file.writelines(msgspec.json.encode(line) + b"\n" for line in lines)
    state = msgspec.json.encode(plain(play.state), order="sorted")
    (FOLDER / f"{name}.state.json").write_bytes(msgspec.json.format(state, indent=1) + b"\n")


if __name__ == "__main__":
    one = first_day()
    write(f"{sys.argv[1]}-day-1", one)
    write(f"{sys.argv[1]}-day-2", second_day(one))
