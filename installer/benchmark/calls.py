"""Durable calls over HTTP, 32 counters of one centre, against a handler that is durable and has no domain."""

import itertools
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from installer.benchmark.centre import CENTRE, COUNTERS, Hot, durable_reference, expect, hot_centre, issue
from installer.benchmark.load import Connection, Poster, connect, rate
from installer.benchmark.measure import Measure

_SECONDS = 3.0
_ROUNDS = 2
#: More than are served meanwhile: each comes to two counters, and is three calls at each.
VISITS = 9_000
#: What a counter does until it is free for the next.
SERVING = ("call-next", "start", "finish")


def caller(
    connection: Connection, poster: Poster, counter: int, verbs: Sequence[str] = SERVING
) -> Callable[[], Awaitable[None]]:
    """Do one thing after the other at a counter, again and again: each is decided and stored before it is answered."""
    following = itertools.cycle(verbs)

    async def call() -> None:
        await expect(connection, poster.post(f"/centres/{CENTRE}/counters/{counter}/{next(following)}"))

    return call


async def callers_of(url: str, hot: Hot) -> list[Callable[[], Awaitable[None]]]:
    return [caller(await connect(url), Poster(hot.integration), counter) for counter in range(1, COUNTERS + 1)]


async def measure_calls(folder: Path, name: str, database: str | None, reference: str | None) -> Measure:
    """Measure both by turns, so that what else this machine does meets both alike.

    ``reference`` is the URL of an empty PostgreSQL database for the reference; None: it has a file of SQLite.
    """
    async with hot_centre(folder, database) as hot:
        one, poster = await connect(hot.url()), Poster(hot.integration)
        answer = await expect(one, poster.post(f"/centres/{CENTRE}/counters/1/call-next"))
        await expect(one, poster.post(f"/centres/{CENTRE}/counters/1/undo"))
        await issue(hot, VISITS)
        async with durable_reference(len(answer), reference or str(folder / "reference.db")) as durable:
            calls, rows = await callers_of(hot.url(), hot), await callers_of(durable, hot)
            for callers in (calls, rows):
                await rate(callers, 0.5)
            rates = [(await rate(calls, _SECONDS), await rate(rows, _SECONDS)) for _ in range(_ROUNDS)]
    return Measure(
        f"durable calls over HTTP, 32 callers, {name}",
        sum(ours for ours, _ in rates) / _ROUNDS,
        "a durable, chained, group-committed handler without a domain, the same callers",
        sum(theirs for _, theirs in rates) / _ROUNDS,
        "calls",
        goal=0.5,
        floor=0.2,
    )
