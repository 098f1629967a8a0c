"""What nobody will be there for soon, by the plan of who is there when: a break, or the end of a shift. Pure."""

from collections.abc import Mapping, Sequence

from queue_server.domain.values import CounterState, Micros, VisitId
from queue_server.early_warnings.model import CoverageGap
from queue_server.early_warnings.unserved import Lack, Unserved, lack
from queue_server.forecast.outlook import PlannedCounter
from queue_server.queue import order
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, Visit

#: From when on nobody is there, and until when; None: not before the day ends.
type _Gap = tuple[Micros, Micros | None]


def coverage_gaps(
    state: DayState,
    settings: CentreSettings,
    planned: Sequence[PlannedCounter],
    calls: Mapping[VisitId, Micros],
    now: Micros,
    *,
    ahead: int,
) -> tuple[CoverageGap, ...]:
    """Find what will lack everybody within ``ahead`` microseconds, while somebody still waits for it.

    ``calls`` says when everybody is expected to be called. Who is called before the gap begins is not concerned, nor is
    whoever waits for what nobody takes now: that is so already.
    """
    opened = [one.skills for one in state.counters.values() if one.state is CounterState.OPEN]
    found: dict[Lack, list[tuple[Visit, _Gap]]] = {}
    for _, ident in state.waiting:
        visit = state.visits[ident]
        if lack(opened, visit, settings) is not None:
            continue
        gap = _gap(visit, settings, planned, now)
        if gap is None or gap[0] > now + ahead or calls.get(ident, gap[0]) < gap[0]:
            continue
        still = [one.skills for one in planned if _there_until(one, gap[0]) is not None]
        key = lack(still, visit, settings)
        if key is not None:
            found.setdefault(key, []).append((visit, gap))
    return tuple(
        CoverageGap(
            Unserved(*key, since=min(visit.records[-1].ready_at for visit, _ in those), count=len(those)),
            *min((gap for _, gap in those), key=lambda gap: gap[0]),
        )
        for key, those in found.items()
    )


def _gap(visit: Visit, settings: CentreSettings, planned: Sequence[PlannedCounter], now: Micros) -> _Gap | None:
    """Say when the last who is planned for a visit leaves; None where nobody is planned for it now."""
    filters = settings.language_filters
    able = [one for one in planned if order.can_serve(one.skills, visit, language_filters=filters)]
    at = now
    # Whoever is there when another one leaves goes on from there.
    while ends := [end for one in able if (end := _there_until(one, at)) is not None]:
        at = max(ends)
    if at == now:
        return None
    return at, min((start for one in able for start, _ in one.spans if start > at), default=None)


def _there_until(counter: PlannedCounter, at: Micros) -> Micros | None:
    """Say until when a counter is there that is there at an instant; when its span ends it is gone."""
    return next((end for start, end in counter.spans if start <= at < end), None)
