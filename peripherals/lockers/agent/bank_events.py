"""What a bank tells the server of its journal. Pure. What concerns nobody but the bank is left out."""

from collections.abc import Iterable

from peripherals.lockers.agent.events import (
    AlarmRaised,
    Blocked,
    ContentsSet,
    DoorClosed,
    DoorOpened,
    Event,
    OrderDeclined,
    OrderUsed,
    PulseNotSent,
    Reminded,
)
from peripherals.lockers.agent.journal import IntentEntry
from peripherals.lockers.port import Compartment
from queue_server.contract import banks as m
from queue_server.domain.lockers import CompartmentSize


def bank_events(entries: Iterable[IntentEntry]) -> tuple[m.BankEvent, ...]:
    """Give the events that the server is told of."""
    return tuple(one for entry in entries if (one := _bank_event(entry.seq, entry.event)) is not None)


def _bank_event(seq: int, event: Event) -> m.BankEvent | None:  # noqa: PLR0911 - a table
    match event:
        case OrderUsed(order):
            return m.OrderAcceptedEvent(seq, order)
        case OrderDeclined(order, refusal):
            return m.OrderRefusedEvent(seq, order, refusal)
        case PulseNotSent(name):
            return m.PulseLostEvent(seq, name)
        case DoorOpened(name):
            return m.DoorOpenedEvent(seq, name)
        case Reminded(name):
            return m.DoorRemindedEvent(seq, name)
        case DoorClosed(name, _, contents):
            return m.DoorClosedEvent(seq, name, contents)
        case AlarmRaised(name, kind):
            return m.BankAlarmEvent(seq, name, kind)
        case Blocked(name, reason):
            return m.CompartmentBlockedEvent(seq, name, reason)
        case ContentsSet(name, _, item):
            return m.CompartmentSettledEvent(seq, name, item)
        case _:
            return None


def description(journal: str, compartments: Iterable[Compartment]) -> m.DescribeBankRequest:
    """Say what the bank is."""
    shapes = (m.CompartmentShape(one.name, CompartmentSize(one.size), one.column, one.row) for one in compartments)
    return m.DescribeBankRequest(journal, tuple(shapes))
