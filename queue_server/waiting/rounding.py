"""Ranges as people are told them: rounded outwards to minutes that they think in. Pure."""

from typing import Final

import msgspec

from queue_server.contract.waits import WaitsAnswer, WaitView
from queue_server.domain.values import MINUTE, Micros, VisitState, to_datetime
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.forecast.outlook import waits_from
from queue_server.queue.state import Visit
from queue_server.waiting.outlook import Outlook, Wait

#: Minutes from which on they are rounded to fives, and to tens.
_FIVES, _TENS = 10, 60
#: Who is called within so many minutes is called soon; otherwise a range is as wide as this at least.
SOON: Final = 5
_LATEST: Final = 5 * MINUTE


class CallTimes(msgspec.Struct, frozen=True):
    """Instants: between ``earliest`` and ``highest`` somebody is called, and by ``latest`` in almost every case.

    ``latest`` is None for a rough range.
    """

    earliest: Micros
    highest: Micros
    latest: Micros | None


def call_times(wait: WaitRange, since: Micros) -> CallTimes:
    """Say when somebody is called who waits, as it is counted, ``since`` an instant."""
    latest = None if wait.latest is None else up_to_five(wait.latest)
    return CallTimes(Micros(since + wait.low), Micros(since + wait.high), latest)


class ClosesBefore(msgspec.Struct, frozen=True):
    """Somebody is not reached before the centre closes."""

    closes: Micros


def visit_times(outlook: Outlook | None, visit: Visit) -> CallTimes | ClosesBefore | None:
    """Say when somebody is called who waits; None where nothing can be said."""
    wait = None if outlook is None or visit.state is not VisitState.WAITING else outlook.visits.get(visit.id)
    if outlook is None or wait is None:
        return None
    if isinstance(wait, WaitRange):
        return call_times(wait, waits_from(visit, outlook.at))
    return ClosesBefore(outlook.closes) if wait is HiddenWait.NOT_BEFORE_CLOSING else None


def up_to_five(at: Micros) -> Micros:
    """Round an instant up to where a clock shows a multiple of five minutes."""
    return Micros(-(-at // _LATEST) * _LATEST)


def minutes(times: CallTimes, now: Micros) -> tuple[int, int]:
    """Give the range in minutes from now on; at least five lie between, where it is not soon."""
    low = max(0, times.earliest - now) // MINUTE
    high = -(-max(0, times.highest - now) // MINUTE)
    low -= low % _grain(low)
    if high > SOON:
        high = max(high, low + SOON)
        high += -high % _grain(high)
    return low, high


def latest(times: CallTimes, now: Micros) -> Micros | None:
    """Give the instant that is told as the latest beside the range from now on: no earlier than its upper end.

    None for a rough range.
    """
    if times.latest is None:
        return None
    _, high = minutes(times, now)
    return max(times.latest, up_to_five(Micros(now + high * MINUTE)))


def _grain(count: int) -> int:
    if count >= _TENS:
        return 10
    return 5 if count >= _FIVES else 1


def wait_view(wait: Wait, since: Micros, now: Micros) -> WaitView | None:
    """Write a wait, which is counted ``since`` an instant, from ``now`` on; None where nothing can be said."""
    if wait is HiddenWait.NOT_BEFORE_CLOSING:
        return WaitView(not_before_closing=True)
    if not isinstance(wait, WaitRange):
        return None
    times = call_times(wait, since)
    low, high = minutes(times, now)
    last = latest(times, now)
    return WaitView(low, high, None if last is None else to_datetime(last))


def waits_answer(outlook: Outlook | None, now: Micros) -> WaitsAnswer:
    """Write what somebody who comes now waits."""
    if outlook is None:
        return WaitsAnswer(to_datetime(now))
    at = outlook.at
    services = {key: view for key, wait in outlook.services.items() if (view := wait_view(wait, at, at)) is not None}
    steps = {key: view for key, wait in outlook.steps.items() if (view := wait_view(wait, at, at)) is not None}
    closes = to_datetime(outlook.closes) if outlook.ends else None
    return WaitsAnswer(to_datetime(at), closes, services, steps)
