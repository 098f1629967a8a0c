"""One hot centre: many callers on two writers of one database. The log is the only fence."""

import asyncio
from collections import Counter as Tally

from msgspec.structs import replace
from sqlalchemy import URL

from queue_server.database import Database, open_database
from queue_server.domain.values import CounterId, VisitId
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.eventlog.verify import verify
from queue_server.queue import commands as c
from queue_server.queue.events import VisitCalled
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CounterSettings
from tests.queue_server.queue.centre import ANY, SETTINGS, STAFF, ticket
from tests.queue_server.writer.conftest import SETTINGS as DATABASE
from tests.queue_server.writer.server import SIGNER, Server, running

CALLERS = 32
TICKETS_EACH = 8
COUNTERS = tuple(CounterId(f"desk-{number}") for number in range(CALLERS))
HOT = replace(SETTINGS, counters={counter: CounterSettings(counter) for counter in COUNTERS})


async def work(servers: tuple[Server, ...], number: int, called: list[VisitId]) -> None:
    """Issue tickets at one server and call at the other, by turns; now and then send a command twice at once."""
    counter = COUNTERS[number]
    here, there = servers[number % len(servers)], servers[(number + 1) % len(servers)]
    await here.do(c.OpenCounter(counter, STAFF, ANY))
    for turn in range(TICKETS_EACH):
        name = f"{number}-{turn}"
        await here.do(ticket(VisitId(name)), key=f"issue-{name}")
        first, again = await asyncio.gather(
            there.do(c.CallNext(counter), key=f"call-{name}"), here.do(c.CallNext(counter), key=f"call-{name}")
        )
        if not first.events and not again.events:
            continue
        # An empty answer may be decided anew; one that called somebody is the same everywhere.
        if first.events and again.events:
            assert first.events == again.events
        body = (first.events or again.events)[0].body
        assert isinstance(body, VisitCalled)
        called.append(body.visit)
        await here.do(c.StartServing(counter))
        done = await there.ask(c.Finish(counter), key=f"finish-{name}")
        assert not isinstance(done, Refusal), done


async def check(database: Database, log: SqlEventLog, called: list[VisitId]) -> None:
    stream = "queue/harbour/2026-11-25"
    events = await log.read(stream)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    report = await verify(database, SIGNER.verifier)
    assert report.ok, report.bad
    assert len(called) == len(set(called)), "nobody is called to two counters"
    assert Tally(event.type for event in events)["visit-called"] == len(called), "every call was answered"


async def test_two_writers_on_one_hot_centre(postgres_url: URL) -> None:
    async with (
        open_database(postgres_url, DATABASE) as first,
        open_database(postgres_url, DATABASE) as second,
        SqlEventLog(first, DATABASE) as one_log,
        SqlEventLog(second, DATABASE) as two_log,
        running(one_log, settings=HOT) as one,
        running(two_log, settings=HOT) as two,
    ):
        called: list[VisitId] = []
        await asyncio.gather(*(work((one, two), number, called) for number in range(CALLERS)))
        await asyncio.gather(one.writer.catch_up(), two.writer.catch_up())
        assert one.writer.state.visits == two.writer.state.visits
        assert list(one.writer.state.waiting) == list(two.writer.state.waiting)
        visits = one.writer.state.visits.values()
        assert len({visit.code for visit in visits}) == len(visits) == CALLERS * TICKETS_EACH
        assert one.writer.stats.conflicts + two.writer.stats.conflicts > 0, "they did meet"
        await check(first, one_log, called)


async def test_one_writer_on_one_hot_centre(log: SqlEventLog, database: Database) -> None:
    async with running(log, settings=HOT) as server:
        called: list[VisitId] = []
        await asyncio.gather(*(work((server,), number, called) for number in range(CALLERS)))
        visits = server.writer.state.visits.values()
        assert len({visit.code for visit in visits}) == len(visits) == CALLERS * TICKETS_EACH
        assert server.writer.stats.conflicts == 0
        assert server.writer.stats.commands > 2 * server.writer.stats.commits, "commands share their commits"
        await check(database, log, called)
