"""How a bank changes by what happened: from events alone. Pure."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace as changed

from peripherals.lockers.agent.events import (
    AlarmRaised,
    Blocked,
    ContentsSet,
    DoorClosed,
    DoorOpened,
    DoorShut,
    Event,
    OrderDeclined,
    OrderUsed,
    PulseIntended,
    PulseNotSent,
    PulseSent,
    Reminded,
    Started,
)
from peripherals.lockers.agent.model import Bank, DoorOpening, OpeningStage
from queue_server.domain.lockers import OPENS, LockerAlarmKind

#: How long a used order is kept after it has expired, in seconds: no clock that is believed goes back so far.
_KEPT_S: Final = 86_400.0


def evolve(bank: Bank, event: Event) -> Bank:  # noqa: PLR0912 - a case for each event
    match event:
        case Started():
            return bank
        case OrderUsed():
            return _used(bank, event)
        case OrderDeclined(order, _, expires):
            return changed(bank, used=bank.used | {order: expires})
        case PulseIntended(_, attempt, at):
            return _opening(bank, stage=OpeningStage.INTENDED, attempt=attempt, since=at)
        case PulseSent(_, _, at):
            # The door may have been sensed open before the board has answered.
            waits = bank.opening is not None and bank.opening.stage is OpeningStage.INTENDED
            return _opening(bank, stage=OpeningStage.PULSED, since=at) if waits else bank
        case PulseNotSent():
            return changed(bank, opening=None)
        case DoorOpened(_, at):
            first = bank.opening is not None and bank.opening.stage is not OpeningStage.OPEN
            begun = {"stage": OpeningStage.OPEN, "since": at} if first else {}
            return _opening(bank, shut_since=None, **begun)
        case DoorShut(_, at):
            return _opening(bank, shut_since=at)
        case DoorClosed(name, _, contents, item):
            return _cell(changed(bank, opening=None), name, contents=contents, item=item)
        case Reminded():
            return _opening(bank, reminded=True)
        case AlarmRaised(_, kind):
            return _opening(bank, alarmed=True) if kind is LockerAlarmKind.LEFT_OPEN else bank
        case Blocked(name, reason):
            ends = bank.opening is not None and bank.opening.compartment == name
            return _cell(changed(bank, opening=None) if ends else bank, name, blocked=reason)
        case ContentsSet(name, contents, item):
            return _cell(bank, name, contents=contents, item=item, blocked=None)


def replay(bank: Bank, events: Iterable[Event]) -> Bank:
    for event in events:
        bank = evolve(bank, event)
    return bank


def _used(bank: Bank, event: OrderUsed) -> Bank:
    latest_at = max(bank.latest_at, event.issued)
    kept = {order: expires for order, expires in bank.used.items() if expires + _KEPT_S > latest_at}
    opening = bank.opening
    if event.verb in OPENS:
        opening = DoorOpening(event.order, event.compartment, event.verb, event.claim, event.item)
    return changed(bank, used=kept | {event.order: event.expires}, opening=opening, latest_at=latest_at)


def _opening(bank: Bank, **changes: object) -> Bank:
    return bank if bank.opening is None else changed(bank, opening=changed(bank.opening, **changes))


def _cell(bank: Bank, name: str, **changes: object) -> Bank:
    return changed(bank, cells=bank.cells | {name: changed(bank.cell(name), **changes)})
