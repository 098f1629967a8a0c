"""Ten bookings a second on one centre, of times of four weeks, while its counters call: how long a call then takes.

Idle and loaded seconds take turns, so that what else this machine does meets both alike.
"""

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from installer.benchmark.centre import CENTRE, Hot, expect, hot_centre
from installer.benchmark.load import Connection, Poster, connect
from installer.benchmark.measure import Measure

#: Counters call by turns with what takes the call back; more than a hasty hall does.
_COUNTERS = 6
_PAUSE_S = 0.1
#: So many book at a time, each so often: ten a second, 600 a minute.
_BOOKERS = 5
_BETWEEN_S = 0.5
_IDLE_S, _LOADED_S, _ROUNDS = 4.0, 8.0, 3
_SERVICES = ("uto-passport-renewal", "uto-birth", "uto-certified-copy", "uto-collection")
_BOOKED, _REFUSED = 201, 409


async def _call(connection: Connection, poster: Poster, counter: int, marks: list[float], until: float) -> None:
    path = f"/centres/{CENTRE}/counters/{counter}"
    while time.perf_counter() < until:
        begun = time.perf_counter()
        await expect(connection, poster.post(f"{path}/call-next"))
        marks.append(time.perf_counter() - begun)
        await expect(connection, poster.post(f"{path}/undo"))
        await asyncio.sleep(_PAUSE_S)


async def _book(connection: Connection, poster: Poster, chance: random.Random, until: float) -> int:
    """Book again and again, a few times also what is full by now; gives how many were asked for."""
    begun, count, booked = time.perf_counter(), 0, 0
    while time.perf_counter() < until:
        status, answer = await connection.ask(poster.post(f"/centres/{CENTRE}/appointments", _wanted(chance)))
        if status not in {_BOOKED, _REFUSED}:
            raise RuntimeError(answer.decode())
        count += 1
        booked += status == _BOOKED
        await asyncio.sleep(max(0.0, begun + count * _BETWEEN_S - time.perf_counter()))
    if booked * 2 < count:
        raise RuntimeError(f"{booked} of {count} were booked")
    return count


def _wanted(chance: random.Random) -> bytes:
    day = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=chance.randrange(1, 27))
    at = day.replace(hour=chance.randrange(24)) + timedelta(minutes=15 * chance.randrange(4))
    return msgspec.json.encode(
        {
            "services": [chance.choice(_SERVICES)],
            "at": at,
            "language": "en",
            "party_size": chance.choice((1, 1, 1, 2, 4)),
        }
    )


def _p95(marks: list[float]) -> float:
    return sorted(marks)[len(marks) * 95 // 100] * 1000


async def measure_bookings(folder: Path, name: str, database: str | None) -> Measure:
    """Measure calls beside bookings against calls alone."""
    idle, loaded, booked = list[float](), list[float](), 0
    async with hot_centre(folder, database) as hot:
        chance = random.Random(14)  # noqa: S311 - it only spreads bookings
        counters = [await _pair(hot) for _ in range(_COUNTERS)]

        async def calls(marks: list[float], until: float) -> None:
            pairs = enumerate(counters, start=1)
            await asyncio.gather(*(_call(*pair, counter, marks, until) for counter, pair in pairs))

        for _ in range(_ROUNDS):
            await calls(idle, time.perf_counter() + _IDLE_S)
            # A server lets go of lines on which nobody asks for anything.
            bookers = [await _pair(hot) for _ in range(_BOOKERS)]
            until = time.perf_counter() + _LOADED_S
            calling = asyncio.create_task(calls(loaded, until))
            booked += sum(await asyncio.gather(*(_book(*pair, chance, until) for pair in bookers)))
            await calling
            for line, _ in bookers:
                line.close()
    return Measure(
        f"call-next beside {booked / (_ROUNDS * _LOADED_S) * 60:.0f} bookings a minute, p95, {name}",
        _p95(loaded),
        "call-next alone, p95",
        _p95(idle),
        "ms",
        goal=0.67,
        floor=0.28,
    )


async def _pair(hot: Hot) -> tuple[Connection, Poster]:
    return await connect(hot.url()), Poster(hot.integration)
