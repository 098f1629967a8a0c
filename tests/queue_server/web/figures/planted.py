"""Days that have been, as rows: made up from a seed, for pages that show weeks and years."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import (
    HOUR,
    MINUTE,
    SECOND,
    Category,
    CentreId,
    CounterId,
    Day,
    GovernmentId,
    Language,
    Micros,
    ServiceId,
    StepId,
    VisitId,
)
from queue_server.eventlog.bulk import insert_rows
from queue_server.eventlog.projection import Row
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.facts import StopFact, StopStanding, VisitFact, VisitOutcome, VisitSource
from queue_server.reports.projection import PROJECTION

type Rows = Mapping[str, Sequence[Row]]

#: How many come in each hour from the start of the service day, at a centre that opens at 8.
HOURS = {4: 30, 5: 46, 6: 40, 7: 34, 8: 20, 9: 24, 10: 18, 11: 8}
SERVICES = ("uto-passport-renewal", "uto-first-passport", "xal-visa")
_PROMISE: Final = 30 * MINUTE


class Busyness(msgspec.Struct, frozen=True):
    """``share`` of the usual number come, and wait ``times`` as long."""

    share: float = 1
    times: float = 1


USUAL = Busyness()


def day_rows(centre: CentreId, day: date, rule: DayRule, chance: random.Random, busy: Busyness = USUAL) -> Rows:
    """Make up one day: who came, where they waited, and how it ended; in every row that follows from it."""
    facts = DayFacts()
    facts.book, facts.seq, facts.starts_at = f"{centre}/{day}", 1, rule.starts_at(Day(day.isoformat()))
    for hour, usual in HOURS.items():
        for _ in range(round(usual * busy.share * chance.uniform(0.8, 1.2))):
            issued = facts.starts_at + hour * HOUR + chance.randrange(HOUR)
            visit = _visit(Micros(issued), _wait_min(hour, chance, busy), chance)
            facts.visits[visit.id] = visit
    return PROJECTION.rows(facts)


def _wait_min(hour: int, chance: random.Random, busy: Busyness) -> float:
    return busy.times * chance.expovariate(1 / (4 + 3 * max(0, 4 - abs(hour - 6))))


def _route(chance: random.Random) -> Iterator[str]:
    yield "reception"
    yield "documents"
    if chance.random() < 0.6:
        yield "biometrics"
    if chance.random() < 0.15:
        # Somebody whose photo was no good goes back.
        yield "documents"
    if chance.random() < 0.8:
        yield "payment"


def _visit(issued: Micros, wait_min: float, chance: random.Random) -> VisitFact:
    ident, at = VisitId(f"{chance.getrandbits(128):032x}"), issued
    source = chance.choices([VisitSource.KIOSK, VisitSource.RECEPTION, VisitSource.BOOKING], [6, 1, 3])[0]
    service = ServiceId(chance.choice(SERVICES))
    route = list(_route(chance))
    gone = chance.randrange(len(route)) if chance.random() < 0.06 else None
    stops: list[StopFact] = []
    for number, step in enumerate(route):
        waited = round(wait_min * chance.uniform(0.6, 1.4) * 60)
        stop = StopFact(StepId(step), service, GovernmentId(service[:3].upper()), at)
        if number == gone:
            stops.append(msgspec.structs.replace(stop, outcome=StopStanding.CANCELLED))
            break
        called = Micros(at + waited * SECOND)
        started = Micros(called + 30 * SECOND)
        served = round(chance.uniform(2, 12) * 60)
        due, at = Micros(at + _PROMISE), Micros(started + served * SECOND)
        stops.append(
            msgspec.structs.replace(
                stop,
                outcome=StopStanding.SERVED,
                counter=CounterId("1"),
                called_at=called,
                started_at=started,
                finished_at=at,
                due=due,
                calls=1,
            )
        )
    return VisitFact(
        id=ident,
        category=Category.WALK_IN,
        language=Language("en"),
        source=source,
        services=(service,),
        party_size=chance.choice([1, 1, 1, 2, 4]),
        issued_at=issued,
        booked_at=None,
        arrived=True,
        stops=tuple(stops),
        plan=(),
        at_step=0,
        outcome=VisitOutcome.SERVED if gone is None else VisitOutcome.CANCELLED,
        ended_at=at if gone is None else Micros(at + 20 * MINUTE),
    )


def plant(connection: Connection, *found: Rows) -> None:
    """Store what was made up; ``found`` has days that are not there yet."""
    for table in PROJECTION.tables:
        insert_rows(connection, table, [row for one in found for row in one[table.name]])


def days_before(today: date, count: int, *, closed: tuple[int, ...] = (5, 6)) -> Iterator[date]:
    """List the days before today on which a centre was open, the last first."""
    return (day for number in range(1, count + 1) if (day := today - timedelta(days=number)).weekday() not in closed)
