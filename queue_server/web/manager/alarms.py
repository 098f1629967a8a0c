"""What needs a person now: people first, then devices. Pure: numbers and ids, without a word.

An alarm is there while its cause is, and nothing is stored: it follows from the day, from what the devices said, from
who is at the counters, and from the time.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum, auto

import msgspec

from queue_server.accounts.presence import Presence
from queue_server.contract.devices import DeviceStatusView, PartStatus
from queue_server.domain.values import SECOND, CounterId, CounterState, HelpKind, Micros, VisitState, to_micros
from queue_server.early_warnings.unserved import Unserved, unserved
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, HelpCall, Visit
from queue_server.web.manager.figures import is_overdue, waiting
from queue_server.web.manager.rules import ManagerRules

#: Devices that say how they are (``POST devices/self/status``).
TELLING = ("kiosk", "screen", "locker")


class AlarmKind(IntEnum):
    """In the order in which alarms are shown."""

    HELP = auto()
    COUNTER_SILENT = auto()
    UNSERVED = auto()
    OVERDUE = auto()
    PRIORITY_REQUEST = auto()
    PARKED = auto()
    PAUSED = auto()
    COPIED = auto()
    DEVICE_SILENT = auto()
    OUT_OF_ORDER = auto()
    PART = auto()
    REFUSED = auto()


class Alarm(msgspec.Struct, frozen=True):
    """``subject`` is the id of the help call, counter, step, visit or device; ``visit`` whom a silent counter holds.

    ``since`` is None where a device has never said anything. ``count`` are the visits overdue or the tickets refused,
    ``part`` is what is wrong with a device, ``machines`` are the starts of those that are one device, ``unserved`` is
    what nobody serves (its subject is made of it).
    """

    kind: AlarmKind
    subject: str
    since: Micros | None
    count: int = 0
    visit: Visit | None = None
    part: PartStatus | None = None
    machines: tuple[str, ...] = ()
    unserved: Unserved | None = None


class AlarmLimits(msgspec.Struct, frozen=True):
    """From when on something is an alarm. Microseconds; ``silent`` as where staff may hand back for others."""

    overdue: int
    wish: int
    paused: int
    parked: int
    silent: int

    @classmethod
    def of(cls, rules: ManagerRules, hand_back_after_s: int) -> "AlarmLimits":
        return cls(
            rules.overdue_s * SECOND,
            rules.priority_request_s * SECOND,
            rules.paused_s * SECOND,
            rules.parked_s * SECOND,
            hand_back_after_s * SECOND,
        )


def alarms(
    state: DayState,
    settings: CentreSettings,
    devices: Iterable[DeviceStatusView],
    presence: Presence,
    limits: AlarmLimits,
    *,
    now: Micros,
) -> tuple[Alarm, ...]:
    """List what needs a person: by kind, the oldest first."""
    found = [
        *(Alarm(AlarmKind.HELP, call.id, call.at) for call in state.helps.values() if call.waits),
        *(
            Alarm(AlarmKind.UNSERVED, one.subject, one.since, count=one.count, unserved=one)
            for one in unserved(state, settings)
        ),
        *_overdue(state, limits, now),
        *_visits(state, limits, now),
        *_counters(state, presence, limits, now),
        *(alarm for device in devices if device.kind in TELLING for alarm in _device(device)),
    ]
    called = {_cause(call) for call in state.helps.values() if call.waits}
    found = [one for one in found if one.part is None or (one.subject, one.part.name) not in called]
    return tuple(sorted(found, key=lambda alarm: (alarm.kind, alarm.since or 0, alarm.subject)))


def _cause(call: HelpCall) -> tuple[str | None, str]:
    """Name the part of a device that a call is about: what the device says of it is the same once more."""
    about = "printer" if call.kind is HelpKind.PAPER else call.about or ""
    return call.device, str(about)


def _overdue(state: DayState, limits: AlarmLimits, now: Micros) -> Iterator[Alarm]:
    """One alarm a step, counted from when the first of its visits should have been called."""
    due: dict[str, list[Micros]] = {}
    for visit in waiting(state):
        if is_overdue(visit.due, now):
            due.setdefault(visit.step.step, []).append(visit.due)
    for step, instants in due.items():
        if now - min(instants) >= limits.overdue:
            yield Alarm(AlarmKind.OVERDUE, step, min(instants), count=len(instants))


def _visits(state: DayState, limits: AlarmLimits, now: Micros) -> Iterator[Alarm]:
    for visit in state.visits.values():
        if visit.state is VisitState.WAITING and visit.asks_priority and now - visit.issued_at >= limits.wish:
            yield Alarm(AlarmKind.PRIORITY_REQUEST, visit.id, visit.issued_at, visit=visit)
        late = None if visit.park_until is None else now - visit.park_until
        if visit.state is VisitState.PARKED and late is not None and late >= max(1, limits.parked):
            yield Alarm(AlarmKind.PARKED, visit.id, visit.park_until, visit=visit)


def _counters(state: DayState, presence: Presence, limits: AlarmLimits, now: Micros) -> Iterator[Alarm]:
    for counter in state.counters.values():
        if counter.state is CounterState.PAUSED and now - counter.since >= limits.paused:
            yield Alarm(AlarmKind.PAUSED, counter.id, counter.since)
        seen = silent_since(counter, presence, limits, now)
        if seen is not None and counter.visit is not None:
            yield Alarm(AlarmKind.COUNTER_SILENT, counter.id, seen, visit=state.visits[counter.visit])


def silent_since(counter: Counter, presence: Presence, limits: AlarmLimits, now: Micros) -> Micros | None:
    """Say since when nobody was seen at a counter that is in use; None where somebody was, or nobody needs to be.

    Who works through an integration is not signed in, so nothing is known of them.
    """
    if counter.state is CounterState.CLOSED or counter.staff is None:
        return None
    seen = last_seen(counter.id, counter.since, presence)
    return seen if now - seen >= limits.silent else None


def last_seen(counter: CounterId, since: Micros, presence: Presence) -> Micros:
    """Say when somebody was last known to be at a counter: when they were seen, or did something there."""
    return max(since, presence.seen.get(counter, since))


def _device(device: DeviceStatusView) -> Iterator[Alarm]:
    """List what is wrong with a device; of one that is not heard of, nothing else is known."""
    seen = None if device.seen is None else to_micros(device.seen)
    if device.machines and device.copied is not None:
        yield Alarm(AlarmKind.COPIED, device.id, to_micros(device.copied), machines=device.machines)
    if device.late:
        yield Alarm(AlarmKind.DEVICE_SILENT, device.id, seen)
        return
    if device.mode == "setup":
        return
    if device.mode == "out-of-order":
        yield Alarm(AlarmKind.OUT_OF_ORDER, device.id, seen)
    for part in device.parts:
        if is_bad(part):
            yield Alarm(AlarmKind.PART, device.id, seen, part=part)
    if device.refused:
        yield Alarm(AlarmKind.REFUSED, device.id, seen, count=device.refused)


def is_bad(part: PartStatus) -> bool:
    """Tell whether a part of a device needs somebody.

    One that starts or is at work does not. Nor does one of which nothing is known without a fault: some readers only
    speak, and cannot be asked.
    """
    return part.code != "" or part.state not in ("online", "starting", "deviceBusy", "unknown")
