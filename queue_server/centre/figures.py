"""Why a centre cannot be worked at, and figures of its writer."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from queue_server.centre.centres import Centres
from queue_server.centre.conditions import CLOCK_BEHIND
from queue_server.clock import MAX_STEP
from queue_server.domain.values import SECOND
from queue_server.framework.room import UnreadyReason
from queue_server.framework.server import Server


def unready(server: Server) -> Iterator[UnreadyReason]:
    """Say which centres have no writer that works, or a day that is ahead of the clock."""
    for centre in server[Centres].values():
        trouble = centre.writer.trouble
        if trouble is not None:
            yield UnreadyReason(trouble.code, {**trouble.placeholders, "centre": centre.id})
        elif centre.state.at - server.clock() > MAX_STEP:
            seconds = (centre.state.at - server.clock()) // SECOND
            yield UnreadyReason(CLOCK_BEHIND.code, {"seconds": seconds, "centre": centre.id})


def metrics(server: Server) -> Iterator[Metric]:
    """Read what the centres of this process have done since its start."""
    events = CounterMetricFamily("queue_events", "Events seen by type", labels=("centre", "type"))
    waiting = GaugeMetricFamily("queue_commands_waiting", "Commands that wait for the writer", labels=("centre",))
    totals = {
        name: CounterMetricFamily(f"queue_writer_{name}", text, labels=("centre",))
        for name, text in (
            ("commands", "Commands decided"),
            ("batches", "Batches decided; commands by batches is the size of a batch"),
            ("conflicts", "Batches decided again because another server appended first"),
            ("unknown", "Commits whose outcome was not known at first"),
            ("restarts", "Starts of a writer that had failed"),
            ("commit_seconds", "Time spent in commits"),
        )
    }
    for centre in server[Centres].values():
        waiting.add_metric((centre.id,), centre.writer.depth)
        for kind, count in centre.event_counts.items():
            events.add_metric((centre.id, kind), count)
        for name, family in totals.items():
            family.add_metric((centre.id,), getattr(centre.writer.stats, name))
    yield from (events, waiting, *totals.values())
