"""What is done with a bank: by an order, by what is sensed, and by time. Pure; gives events, or why not.

A door is open when its input says so, and shut when it has said so for a while. What nobody commanded, and what nobody
knows, is left to staff: a compartment is blocked rather than believed.
"""

from collections.abc import Iterable, Iterator, Mapping

from peripherals.device import HealthAnswer
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
from peripherals.lockers.agent.model import (
    Bank,
    CompartmentCell,
    DoorOpening,
    OpeningStage,
    OpeningTimes,
    Sensed,
    sensed_of,
)
from peripherals.lockers.port import Compartment, CompartmentStatus, DoorState, ItemSensor
from queue_server.contract.lockers import LockerOrder
from queue_server.domain.lockers import OPENS, BlockReason, Contents, LockerAlarmKind, LockerVerb, OrderRefusal

type Compartments = Mapping[str, Compartment]


def start(bank: Bank) -> Iterator[Event]:
    """Begin again. An opening that was cut off is never repeated by itself."""
    yield Started()
    if bank.opening is not None:
        yield AlarmRaised(bank.opening.compartment, LockerAlarmKind.INTERRUPTED)
        yield Blocked(bank.opening.compartment, BlockReason.INTERRUPTED)


def accept(
    bank: Bank,
    order: LockerOrder,
    name: str,
    compartments: Compartments,
    sensed: Sensed,
    times: OpeningTimes,
    *,
    clock: float | None,
    now: float,
) -> tuple[Event, ...] | OrderRefusal:
    """Carry out an order to the bank of this ``name``, or say why not.

    ``clock`` is the second of the epoch at the server, None where nobody knows it; ``now`` that of the clock that only
    goes forward.
    """
    refusal = _untimely(bank, order, name, times, clock) or _unfit(bank, order, compartments, sensed)
    if refusal is not None:
        return refusal
    used = OrderUsed(
        order.id,
        order.compartment,
        order.verb,
        order.claim,
        order.item,
        order.issued_at.timestamp(),
        order.expires_at.timestamp(),
    )
    if order.verb in OPENS:
        return used, PulseIntended(order.compartment, 1, now)
    contents = Contents.EMPTY if order.item is None else Contents.ITEM
    return used, ContentsSet(order.compartment, contents, order.item)


def _untimely(
    bank: Bank, order: LockerOrder, name: str, times: OpeningTimes, clock: float | None
) -> OrderRefusal | None:
    if order.bank != name:
        return OrderRefusal.OTHER_BANK
    if order.id in bank.used:
        return OrderRefusal.USED
    if clock is None:
        return OrderRefusal.CLOCK
    # A clock that was set back would let an old order in: what the server's clock said last is not forgotten.
    if clock < bank.latest_at - times.skew_s or order.issued_at.timestamp() > clock + times.skew_s:
        return OrderRefusal.CLOCK
    if clock >= order.expires_at.timestamp():
        return OrderRefusal.EXPIRED
    return None


def _unfit(bank: Bank, order: LockerOrder, compartments: Compartments, sensed: Sensed) -> OrderRefusal | None:
    if order.compartment not in compartments:
        return OrderRefusal.NO_SUCH_COMPARTMENT
    if bank.opening is not None and (order.verb in OPENS or bank.opening.compartment == order.compartment):
        return OrderRefusal.BUSY
    seen = sensed_of(sensed, order.compartment)
    if seen.door is not DoorState.SHUT:
        return OrderRefusal.NOT_SHUT
    cell = bank.cell(order.compartment)
    if order.verb is LockerVerb.INSPECT:
        return None
    if order.verb is LockerVerb.SETTLE:
        wrong = ItemSensor.PRESENT if order.item is None else ItemSensor.ABSENT
        return OrderRefusal.CONTENTS if seen.item is wrong else None
    if cell.blocked is not None or cell.contents is Contents.UNKNOWN:
        return OrderRefusal.NOT_USABLE
    return None if _suits(order, cell) else OrderRefusal.CONTENTS


def _suits(order: LockerOrder, cell: CompartmentCell) -> bool:
    if order.item is None:
        return False
    if order.verb is LockerVerb.LOAD:
        return cell.contents is Contents.EMPTY
    return cell.contents is Contents.ITEM and cell.item == order.item


def decline(order: LockerOrder, refusal: OrderRefusal) -> tuple[Event, ...]:
    """Never carry out an order that was refused, unless it was used, or is no other bank's."""
    if refusal in {OrderRefusal.USED, OrderRefusal.OTHER_BANK}:
        return ()
    return (OrderDeclined(order.id, refusal, order.expires_at.timestamp()),)


def pulsed(bank: Bank, answer: HealthAnswer | None, now: float) -> Iterator[Event]:
    """Take what became of a pulse: what the board said of it, None where surely nothing was sent."""
    if bank.opening is None:
        return
    name = bank.opening.compartment
    if answer is not None:
        yield PulseSent(name, answer, now)
    elif bank.opening.attempt == 1:
        yield PulseNotSent(name)
    else:
        # An earlier pulse did leave, and the line was lost since.
        yield AlarmRaised(name, LockerAlarmKind.NOT_OPENED)
        yield Blocked(name, BlockReason.NOT_SENSED)


def observe(
    bank: Bank, compartments: Compartments, sensed: Sensed, times: OpeningTimes, now: float, *, starting: bool = False
) -> Iterator[Event]:
    """Look at what is sensed, and at the time. ``starting``: it is compared with the journal for the first time."""
    others = [sensed_of(sensed, name) for name in compartments if not _is_opening(bank, name)]
    strange = [one for one in others if bank.cell(one.name).blocked is None and _is_strange(bank.cell(one.name), one)]
    opened = [one for one in strange if one.door is DoorState.OPEN]
    if bank.opening is not None and opened:
        for name in (*(one.name for one in opened), bank.opening.compartment):
            yield AlarmRaised(name, LockerAlarmKind.OTHER_DOOR)
            yield Blocked(name, BlockReason.OTHER_DOOR)
        strange = [one for one in strange if one not in opened]
    elif bank.opening is not None:
        yield from _opening(bank, bank.opening, compartments, sensed_of(sensed, bank.opening.compartment), times, now)
    yield from _forced(strange, starting=starting)


def _is_opening(bank: Bank, name: str) -> bool:
    return bank.opening is not None and bank.opening.compartment == name


def _is_strange(cell: CompartmentCell, seen: CompartmentStatus) -> bool:
    """Tell whether something is sensed that was not commanded; what is not sensed is not strange."""
    if seen.door is DoorState.OPEN:
        return True
    match cell.contents:
        case Contents.EMPTY:
            return seen.item is ItemSensor.PRESENT
        case Contents.ITEM:
            return seen.item is ItemSensor.ABSENT
        case Contents.UNKNOWN:
            return False


def _forced(strange: Iterable[CompartmentStatus], *, starting: bool) -> Iterator[Event]:
    for one in strange:
        yield AlarmRaised(one.name, LockerAlarmKind.DIFFERS if starting else LockerAlarmKind.FORCED)
        yield Blocked(one.name, BlockReason.DIFFERS if starting else BlockReason.FORCED)


def _opening(
    bank: Bank,
    opening: DoorOpening,
    compartments: Compartments,
    seen: CompartmentStatus,
    times: OpeningTimes,
    now: float,
) -> Iterator[Event]:
    name = opening.compartment
    if opening.stage is OpeningStage.OPEN:
        yield from _open(bank, opening, compartments, seen, times, now)
    elif seen.door is DoorState.OPEN:
        yield DoorOpened(name, now)
    elif opening.stage is OpeningStage.PULSED and now - opening.since >= times.open_s:
        # Only a door that is known to be shut is tried once more.
        if seen.door is DoorState.SHUT and opening.attempt <= times.retries:
            yield PulseIntended(name, opening.attempt + 1, now)
        else:
            yield AlarmRaised(name, LockerAlarmKind.NOT_OPENED)
            yield Blocked(name, BlockReason.NOT_OPENED if seen.door is DoorState.SHUT else BlockReason.NOT_SENSED)


def _open(
    bank: Bank,
    opening: DoorOpening,
    compartments: Compartments,
    seen: CompartmentStatus,
    times: OpeningTimes,
    now: float,
) -> Iterator[Event]:
    name, waited = opening.compartment, now - opening.since
    if seen.door is DoorState.SHUT and opening.shut_since is None:
        yield DoorShut(name, now)
    elif seen.door is not DoorState.SHUT and opening.shut_since is not None:
        yield DoorOpened(name, now)
    elif opening.shut_since is not None and now - opening.shut_since >= times.closed_s:
        contents, item = _left(opening, bank.cell(name), seen, has_sensor=compartments[name].sees_items)
        yield DoorClosed(name, seen.item, contents, item)
    elif waited >= times.abandon_s:
        yield Blocked(name, BlockReason.LEFT_OPEN)
    elif waited >= times.alarm_s and not opening.alarmed:
        yield AlarmRaised(name, LockerAlarmKind.LEFT_OPEN)
    elif waited >= times.reminder_s and not opening.reminded:
        yield Reminded(name)


def _left(
    opening: DoorOpening, cell: CompartmentCell, seen: CompartmentStatus, *, has_sensor: bool
) -> tuple[Contents, str | None]:
    """Say what is in a compartment that was opened and is shut again."""
    match opening.verb, seen.item:
        case LockerVerb.INSPECT, _:
            # Staff had their hands in it, and say themselves what they found.
            return Contents.UNKNOWN, cell.item
        case LockerVerb.LOAD, ItemSensor.PRESENT:
            return Contents.ITEM, opening.item
        case LockerVerb.LOAD, ItemSensor.ABSENT:
            return cell.contents, cell.item
        case LockerVerb.LOAD, _:
            # Without a sensor the two scans of staff and the shut door are what counts.
            return Contents.UNKNOWN if has_sensor else Contents.ITEM, opening.item
        case _, ItemSensor.PRESENT:
            return Contents.ITEM, cell.item
        case _, ItemSensor.ABSENT:
            return Contents.EMPTY, None
        case _:
            return Contents.UNKNOWN, cell.item
