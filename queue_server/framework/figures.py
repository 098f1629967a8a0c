"""What ``/metrics`` says of this process: what it answers, what ails it, until when its certificate holds."""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from prometheus_client import ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from queue_server.conditions import Condition
from queue_server.contract.release import RUNNING
from queue_server.domain.values import CentreId
from queue_server.framework.answer_tally import BUCKETS
from queue_server.framework.room import UnreadyReason
from queue_server.framework.server import Server


def of_process() -> list[Metric]:
    """Say what runs here, and how the process is in the words of every exporter, which is read from the disk."""
    return [
        InfoMetricFamily("queue_server", "What runs here", value={"version": RUNNING}),
        *ProcessCollector(registry=None).collect(),
    ]


def of_centre(metrics: Iterable[Metric], centre: CentreId) -> Iterator[Metric]:
    """Leave out what other centres are labelled with; figures without a centre are of the whole server."""
    for metric in metrics:
        metric.samples = [sample for sample in metric.samples if sample.labels.get("centre", centre) == centre]
        yield metric


class ServerFigures(Collector):
    """Reads everything at the moment it is asked; ``brought`` is what rooms say of themselves."""

    def __init__(
        self,
        server: Server,
        brought: Iterable[Metric],
        conditions: tuple[Condition, ...],
        reasons: tuple[UnreadyReason, ...],
    ) -> None:
        self._server = server
        self._brought = brought
        self._conditions = conditions
        self._reasons = reasons

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("queue_ready", "1 where it may be given work", value=int(not self._reasons))
        reasons = GaugeMetricFamily("queue_unready_reason", "Why it may be given none", labels=("code",))
        for code in sorted({reason.code for reason in self._reasons}):
            reasons.add_metric((code,), 1)
        yield reasons
        yield from self._answers()
        yield GaugeMetricFamily("queue_feed_clients", "Open feeds", value=len(self._server.feeds))
        conditions = GaugeMetricFamily("queue_condition", "What is wrong with the machine", labels=("code",))
        for condition in self._conditions:
            conditions.add_metric((condition.code,), condition.amount)
        yield conditions
        ends_at = self._server.certificate_ends_at()
        if ends_at is not None:
            name, text = "queue_certificate_end_timestamp_seconds", "When the certificate ends, seconds of Unix time"
            yield GaugeMetricFamily(name, text, value=ends_at.timestamp())
        ends_at = self._server.authority_ends_at()
        if ends_at is not None:
            name, text = "queue_authority_end_timestamp_seconds", "When the authority ends, seconds of Unix time"
            yield GaugeMetricFamily(name, text, value=ends_at.timestamp())
        stalled = GaugeMetricFamily("queue_task_stalled_seconds", "For how long work is not done", labels=("task",))
        for task in self._server.tasks:
            stalled.add_metric((task.name,), task.stalled_s)
        yield stalled
        yield from self._brought

    def _answers(self) -> Iterator[Metric]:
        answers = CounterMetricFamily("queue_answers", "Answers by route and status", labels=("route", "status"))
        for (route, status), count in self._server.answers.statuses.items():
            answers.add_metric((route, str(status)), count)
        yield answers
        took = HistogramMetricFamily("queue_answer_seconds", "How long answers took, without feeds", labels=("route",))
        ends = [*map(str, BUCKETS), "+Inf"]
        for route, (counts, total) in self._server.answers.seconds.items():
            took.add_metric((route,), list(zip(ends, accumulate(counts), strict=True)), total)
        yield took
