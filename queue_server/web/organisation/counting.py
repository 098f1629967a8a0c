"""Counts how a centre stands from its day, its devices and who is at its counters. Pure."""

from collections import Counter as Tally
from collections.abc import Collection, Mapping
from types import MappingProxyType

from queue_server.accounts.presence import Presence
from queue_server.centre.views import Facts
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import SECOND, CounterState, Intake, Micros, to_datetime
from queue_server.framework.parts import AlarmCount
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.web.manager import alarms
from queue_server.web.manager.alarms import AlarmLimits
from queue_server.web.manager.devices import is_well
from queue_server.web.manager.figures import figures, waiting
from queue_server.web.organisation.standing import CentreStanding


def stand(
    state: DayState,
    facts: Facts,
    settings: CentreSettings,
    *,
    devices: Collection[DeviceStatusView],
    presence: Presence,
    limits: AlarmLimits,
    now: Micros,
    trouble: str = "",
    brought: Mapping[str, AlarmCount] = MappingProxyType({}),
) -> CentreStanding:
    """Count a centre at ``now``.

    ``trouble`` is the code of what keeps its writer from working, ``brought`` are the alarms of rooms by kind.
    """
    numbers = figures(state, facts.plates, now)
    telling = [one for one in devices if one.kind in alarms.TELLING]
    away = sum(one.late for one in telling)
    since = min((visit.records[-1].ready_at for visit in waiting(state)), default=None)
    found = alarms.alarms(state, settings, telling, presence, limits, now=now)
    return CentreStanding(
        id=state.centre,
        trouble=trouble,
        is_open=is_open(facts, now),
        is_full=state.intake is not Intake.OPEN,
        alarms=dict(Tally(alarm.kind for alarm in found)),
        brought=dict(brought),
        waiting=numbers.waiting,
        oldest_s=None if since is None else max(0, now - since) // SECOND,
        with_staff=numbers.with_staff,
        overdue=sum(numbers.overdue.values()),
        kept=numbers.kept,
        called=numbers.called,
        finished=numbers.finished,
        counters=numbers.counters,
        opened=numbers.open_counters,
        paused=sum(one.state is CounterState.PAUSED for one in state.counters.values()),
        devices=len(telling),
        away=away,
        unwell=sum(not is_well(one) and one.seen is not None for one in telling) - away,
    )


def is_open(facts: Facts, now: Micros) -> bool:
    """Tell whether the doors are open: by the openings, since what the catalogue says of now may be an hour old."""
    instant = to_datetime(now)
    return any(one.opens <= instant < one.closes for one in facts.catalogue.centre.openings)
