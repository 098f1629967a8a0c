"""What people came for in the last days: kiosks offer the most used first."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, Day, ServiceId
from queue_server.eventlog.port import EventLog
from queue_server.queue.events import VisitIssued, decode
from queue_server.writer.days import stream_name

#: How many service days before today's are counted.
DAYS = 7
_PAGE = 1_000


async def tickets(log: EventLog, centre: CentreId, rule: DayRule, day: Day) -> Mapping[ServiceId, int]:
    """Count the tickets of each service that were issued in the days before ``day``.

    The same on every server and all day long: what arrives late, from a kiosk that was away, counts tomorrow.

    Raises:
        DatabaseUnavailableError: the log cannot be read.
        UnknownEventError: a newer release wrote it.
    """
    before = rule.starts_at(day)
    counts: Counter[ServiceId] = Counter()
    for back in range(1, DAYS + 1):
        stream = stream_name(centre, Day((date.fromisoformat(day) - timedelta(days=back)).isoformat()))
        after = 0
        while page := await log.read(stream, after, _PAGE):
            after = page[-1].seq
            for event in page:
                if event.type == VisitIssued.type and event.at < before:
                    issued = decode(event.type, event.v, event.payload)
                    counts.update(issued.services if isinstance(issued, VisitIssued) else ())
            if len(page) < _PAGE:
                break
    return counts
