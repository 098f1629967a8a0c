"""What the events of a day and of its counters say. Pure."""

from msgspec.structs import replace

from queue_server.domain.values import CounterId, CounterState, Micros, PauseReason
from queue_server.queue import events as e
from queue_server.reports.day_facts import DayFacts, on
from queue_server.reports.facts import CounterSpan


@on(e.DayOpened)
def _(facts: DayFacts, body: e.DayOpened, _seq: int, _at: Micros) -> None:
    facts.starts_at = body.starts_at


@on(e.DayClosed)
def _(facts: DayFacts, _body: e.DayClosed, _seq: int, at: Micros) -> None:
    for counter in tuple(facts.open):
        _end_span(facts, counter, at)


@on(e.DayReopened)
def _(facts: DayFacts, _body: e.DayReopened, _seq: int, _at: Micros) -> None:
    facts.earlier = {}


@on(e.DayAbandoned)
def _(facts: DayFacts, _body: e.DayAbandoned, _seq: int, _at: Micros) -> None:
    facts.clear()


@on(e.CounterOpened)
def _(facts: DayFacts, body: e.CounterOpened, _seq: int, at: Micros) -> None:
    _begin_span(facts, body.counter, CounterState.OPEN, None, at)


@on(e.CounterPaused)
def _(facts: DayFacts, body: e.CounterPaused, _seq: int, at: Micros) -> None:
    _begin_span(facts, body.counter, CounterState.PAUSED, body.reason, at)


@on(e.CounterClosed)
def _(facts: DayFacts, body: e.CounterClosed, _seq: int, at: Micros) -> None:
    _end_span(facts, body.counter, at)


def _begin_span(
    facts: DayFacts, counter: CounterId, state: CounterState, reason: PauseReason | None, at: Micros
) -> None:
    known = facts.open.get(counter)
    if known is not None and (known.state, known.reason) == (state, reason):
        # Others sit there now, or it can do something else: it was open all the time.
        return
    _end_span(facts, counter, at)
    facts.open[counter] = CounterSpan(counter, state, reason, at)


def _end_span(facts: DayFacts, counter: CounterId, at: Micros) -> None:
    known = facts.open.pop(counter, None)
    # The time of a day that goes on again may lie before that of its end.
    if known is not None and at > known.start:
        facts.counters = (*facts.counters, replace(known, end=at))
