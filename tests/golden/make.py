"""Writes golden streams: ``python -m tests.golden.make NAME`` makes two days, ``NAME-day-1`` and ``NAME-day-2``, and
both once more with the first gone on with (``NAME-again-...``).

Run it under a new name when an event gets a new version, and never again for an old name: what was released replays for
ever. A line is an event as the log stores it, its payload as text; the state is the one that the stream leads to.
"""

import sys
from pathlib import Path

import msgspec

from queue_server.domain.values import (
    HOUR,
    MINUTE,
    ApplicationId,
    CallReason,
    Category,
    CounterId,
    Day,
    HelpId,
    HelpKind,
    HelpSubject,
    Hex,
    Intake,
    KeyId,
    Language,
    Micros,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    SettlementId,
    StaffId,
    StepId,
    StreamName,
    TransferReason,
    VisitId,
    Where,
)
from queue_server.eventlog.codec import encode
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.day import carried
from tests.queue_server.queue.centre import (
    BIRTH,
    CENTRE,
    DAY,
    DOCUMENTS_ONLY,
    FOUR,
    KIOSK,
    ONE,
    PASSPORT,
    PERMIT,
    RECORD,
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
    play.do(c.UndoCommand(ONE))
    play.do(c.Recall(ONE))
    play.serve(ONE)
    _come_and_go(play, birth)
    _hand_on(play, passport)
    _family(play, visa)
    _pay(play)
    play.do(c.CountPaper(birth))
    play.do(c.Cancel(play.issue(VISA, Category.APPOINTMENT)))
    _hall(play)
    play.do(c.PauseCounter(THREE, PauseReason.PAPERWORK))
    play.do(c.CloseCounter(FOUR))
    play.call(ONE)
    play.append(e.VisitNotServed(play.issue(VISA), None))
    play.wait(18 * HOUR)
    play.do(c.SettleDay(DAY))
    head = e.StreamEnd(StreamName(f"queue/{CENTRE}/{DAY}"), play.state.seq, Hex("0a" * 32))
    play.do(c.CloseDay(DAY, (head,), KeyId("0b" * 32), Hex("0c" * 64)))
    return play


def _come_and_go(play: Play, birth: VisitId) -> None:
    """Call somebody who is missed, comes back, is handed back, called in particular, parked, and comes back again."""
    play.call(TWO)
    play.do(c.UndoCommand(TWO))
    play.call(TWO)
    play.do(c.Recall(TWO))
    play.wait(5 * MINUTE)
    play.do(c.Missed(TWO))
    play.do(c.Reinstate(birth))
    play.do(c.CallVisit(TWO, birth, CallReason.RETURNING))
    play.do(c.HandBack(TWO))
    play.do(c.CallVisit(TWO, birth, CallReason.AGREED))
    play.do(c.StartServing(TWO))
    play.do(c.Park(TWO, ParkReason.PHOTO, until=Micros(play.now + 10 * MINUTE)))
    play.do(c.Resume(birth, TWO))
    play.do(c.StepBack(birth, 10))
    play.do(c.SayOnTheWay(birth))


def _hand_on(play: Play, passport: VisitId) -> None:
    play.do(c.CallVisit(ONE, passport, CallReason.LANGUAGE))
    play.do(c.Transfer(ONE, TransferReason.SPECIALIST, to_counter=THREE, where=Where.FRONT))
    play.call(THREE)
    play.do(c.StartServing(THREE))
    play.do(c.Transfer(THREE, TransferReason.NEXT_STEP, to_step=StepId("biometrics"), where=Where.END))


def _family(play: Play, visa: VisitId) -> None:
    """Put two tickets together, of which one had asked for priority; one of the party serves an application."""
    child = play.issue(BIRTH, asks_priority=True)
    play.do(c.Reclassify(visa, Category.PRIORITY))
    play.do(c.ChangeVisit(visa, party_size=2, language=Language("fr")))
    play.do(c.AddNote(child, NoteId("note-1")))
    play.do(c.NameApplication(child, ApplicationId("application-1")))
    play.do(c.NameSettlement(child, SettlementId("payment-1")))
    play.do(c.Merge(child, visa))


def _pay(play: Play) -> None:
    """Pay for two visits: one waits at the cash desk and goes on, the other has it before it."""
    here, ahead = play.issue(RECORD), play.issue(PERMIT)
    play.do(c.NameSettlement(here, SettlementId("payment-2"), play.visit(here).items))
    play.do(c.NameSettlement(ahead, SettlementId("payment-3"), play.visit(ahead).items))


def _hall(play: Play) -> None:
    play.do(c.CallHelp(HelpId("help-1"), HelpKind.PAPER, KIOSK))
    play.do(c.CallHelp(HelpId("help-2"), HelpKind.PRIVATE, None, TWO))
    play.do(c.TakeHelp(HelpId("help-1"), ONE, STAFF))
    call = HelpId("help-3")
    play.do(c.CallHelp(call, HelpKind.HELP, KIOSK, once=True, language=Language("ar"), about=HelpSubject.PAYMENT))
    play.do(c.WithdrawHelp(call, KIOSK))
    notice = c.ShowNotice(NoticeId("notice-1"), NoticeKind.EMERGENCY, NoticeText.STAY_INSIDE, NoticePlace.EVERYWHERE)
    play.do(notice)
    until = Micros(play.now + 48 * HOUR)
    play.do(c.ShowNotice(NoticeId("notice-2"), NoticeKind.ANNOUNCEMENT, NoticeText.OWN, NoticePlace.BOARDS, until))
    play.do(c.EndNotice(NoticeId("notice-1")))
    play.do(c.ChangeIntake(Intake.FULL))
    for service in (VISA, BIRTH):
        play.do(c.CloseService(service))
    play.do(c.ReopenService(VISA))
    play.do(c.ChangeConfiguration(2))


def second_day(first: Play) -> Play:
    """Take over the day before and serve who was called then."""
    play = Play(ROUND_THE_CLOCK, Day("2026-11-26"))
    play.now = Micros(first.now + HOUR)
    play.open_after(first, carried(first.state, play.now, round_the_clock=True))
    play.serve(CounterId(ONE))
    play.do(ticket(VisitId("new")))
    return play


def go_on(first: Play, second: Play) -> None:
    """Find that the first day was ended by mistake: what is in the second one goes on in it."""
    visits, counters = tuple(second.state.visits.values()), tuple(second.state.counters.values())
    by = (STAFF, StaffId("another"))
    second.do(c.AbandonDay(second.state.day, *by))
    first.do(c.ReopenDay(first.state.day, *by, visits, counters))


def write(name: str, play: Play) -> None:
    lines = [
        {
            "seq": event.seq,
            "at": event.at,
            "type": event.type,
            "v": event.v,
            "command": event.command,
            "actor": event.actor,
            "payload": encode(event.body).decode(),
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
    two = second_day(one)
    write(f"{sys.argv[1]}-day-2", two)
    go_on(one, two)
    write(f"{sys.argv[1]}-again-day-1", one)
    write(f"{sys.argv[1]}-again-day-2", two)
