"""Every event of a day's stream: ids, enumerations, numbers and times, and nothing else.

An event that touches a visit has a field ``visit``, one that touches a counter ``counter``, a help call ``help``.
Whatever decides a place (steps, promises,
due times) is copied in, so that a changed setting never changes the past. A changed payload gets a new ``v`` and a
step in ``upcast``.
"""

from typing import Final

import msgspec

from queue_server.domain.values import Actor, Micros
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload
from queue_server.queue.events.days import (
    ConfigurationChanged,
    DayAbandoned,
    DayClosed,
    DayOpened,
    DayReopened,
    StreamEnd,
)
from queue_server.queue.events.hall import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    HelpCalled,
    HelpTaken,
    HelpWithdrawn,
    IntakeChanged,
    NoticeEnded,
    NoticeShown,
    ServiceClosed,
    ServiceReopened,
)
from queue_server.queue.events.visits import (
    CallRule,
    StepFinished,
    StopsSkipped,
    TicketPrinted,
    Undone,
    VisitApplied,
    VisitCalled,
    VisitCancelled,
    VisitCarriedOver,
    VisitChanged,
    VisitDone,
    VisitHandedBack,
    VisitIssued,
    VisitMerged,
    VisitMissed,
    VisitNoted,
    VisitNotServed,
    VisitOnTheWay,
    VisitPaid,
    VisitParked,
    VisitRecalled,
    VisitReclassified,
    VisitReinstated,
    VisitResumed,
    VisitStarted,
    VisitSteppedBack,
    VisitTakenOver,
    VisitTransferred,
)
from queue_server.queue.upcast import STEPS

__all__ = [
    "CODEC",
    "EVENTS",
    "CallRule",
    "ConfigurationChanged",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "DayAbandoned",
    "DayClosed",
    "DayEvent",
    "DayOpened",
    "DayReopened",
    "HelpCalled",
    "HelpTaken",
    "HelpWithdrawn",
    "IntakeChanged",
    "NoticeEnded",
    "NoticeShown",
    "ServiceClosed",
    "ServiceReopened",
    "StepFinished",
    "StopsSkipped",
    "StreamEnd",
    "TicketPrinted",
    "Undone",
    "VisitApplied",
    "VisitCalled",
    "VisitCancelled",
    "VisitCarriedOver",
    "VisitChanged",
    "VisitDone",
    "VisitHandedBack",
    "VisitIssued",
    "VisitMerged",
    "VisitMissed",
    "VisitNotServed",
    "VisitNoted",
    "VisitOnTheWay",
    "VisitPaid",
    "VisitParked",
    "VisitRecalled",
    "VisitReclassified",
    "VisitReinstated",
    "VisitResumed",
    "VisitStarted",
    "VisitSteppedBack",
    "VisitTakenOver",
    "VisitTransferred",
    "decode",
]


class DayEvent(msgspec.Struct, frozen=True):
    """An event of a day's stream with its payload decoded: what ``evolve``, answers and feeds work on."""

    seq: int
    at: Micros
    type: str
    v: int
    command: str
    actor: Actor
    body: Payload


CODEC: Final = Codec(
    (
        DayOpened,
        DayClosed,
        DayReopened,
        DayAbandoned,
        VisitIssued,
        VisitCalled,
        VisitRecalled,
        VisitStarted,
        StepFinished,
        VisitDone,
        VisitMissed,
        VisitCancelled,
        VisitNotServed,
        VisitTransferred,
        VisitParked,
        VisitResumed,
        VisitReinstated,
        VisitSteppedBack,
        VisitOnTheWay,
        VisitReclassified,
        VisitChanged,
        VisitMerged,
        VisitNoted,
        TicketPrinted,
        VisitApplied,
        VisitPaid,
        StopsSkipped,
        VisitHandedBack,
        VisitCarriedOver,
        VisitTakenOver,
        Undone,
        CounterOpened,
        CounterClosed,
        CounterPaused,
        HelpCalled,
        HelpTaken,
        HelpWithdrawn,
        NoticeShown,
        NoticeEnded,
        IntakeChanged,
        ServiceClosed,
        ServiceReopened,
        ConfigurationChanged,
    ),
    STEPS,
)
EVENTS: Final = CODEC.kinds
decode: Final = CODEC.decode
