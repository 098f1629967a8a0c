"""A day of a centre, played through the API as fast as the machine can: the clock of the server is set, not waited for.

Kiosks issue tickets, counters call, serve and finish as their people need it. Who comes when does not depend on the
machine: one request after the other.
"""

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

from tests.journeys.appointments.arrivals import Guest
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.house import Client, House

CENTRE: Final = "/centres/town"
#: From the call until the party stands at the counter.
WALK: Final = timedelta(seconds=40)
#: So long before a new time somebody has to hear of it.
_NOTICE: Final = timedelta(minutes=45)

Deed = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Called:
    """One call: as what they waited, how long beyond their time, and whether they were called in time."""

    category: str
    waited: timedelta
    kept: bool


@dataclass(slots=True)
class Outcome:
    """What came of a day."""

    calls: list[Called] = field(default_factory=list)
    booked: int = 0
    no_shows: int = 0
    moved: int = 0
    another_day: int = 0
    ended_at: datetime | None = None

    def row(self, category: str) -> tuple[str, int, float, float, float]:
        """Give calls, waits of half and of nine in ten of them in minutes, and the share that was called in time."""
        mine = [one for one in self.calls if category in {"", one.category}]
        waits = sorted(one.waited / timedelta(minutes=1) for one in mine)
        at = [waits[min(len(waits) - 1, int(len(waits) * share))] if waits else 0.0 for share in (0.5, 0.9)]
        kept = sum(one.kept for one in mine) / len(mine) if mine else 1.0
        return category or "all", len(mine), at[0], at[1], kept


class SimulatedDay:
    """A day at the centre; ``papers`` and ``submission`` name its counters."""

    def __init__(self, here: House, clock: SetClock, clients: "Clients", counters: dict[str, str]) -> None:
        self._here = here
        self._clock = clock
        self._clients = clients
        self._steps = counters
        self._idle: set[str] = set()
        self._closed: set[str] = set()
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._number = count()
        self._guests: dict[str, tuple[Guest, datetime]] = {}
        #: Who is expected with an appointment, by its id; whoever was told that their time is gone is taken off.
        self._expected: dict[str, Guest] = {}
        self.outcome = Outcome()

    def at(self, moment: datetime, deed: Deed) -> None:
        heapq.heappush(self._agenda, (moment, next(self._number), deed))

    async def play(self) -> Outcome:
        """Do all that is on the agenda, and what follows from it."""
        while self._agenda:
            moment, _, deed = heapq.heappop(self._agenda)
            self._clock.now = max(self._clock.now, moment)
            await deed()
        self.outcome.ended_at = self._clock.now
        return self.outcome

    # --- people ------------------------------------------------------------------------------------------------------

    def comes(self, guest: Guest, moment: datetime, booked: dict[str, Any] | None = None) -> None:
        """Have somebody come at a time, for an appointment where one is given (as the API gives it)."""
        ident = None if booked is None else booked["appointment"]["id"]
        if ident is not None:
            self._expected[ident] = guest

        async def arrive() -> None:
            body: dict[str, Any] = {
                "services": guest.services,
                "category": "walk-in",
                "party_size": guest.people,
                "language": "en",
            }
            if booked is not None:
                if self._expected.pop(booked["appointment"]["id"], None) is None:
                    return
                body["appointment"] = booked["token"]
            answer = await self._clients.kiosk.post(f"{CENTRE}/visits", body)
            assert answer.status == 201, answer
            visit = answer.body["visit"]
            # Nobody waits, by what they were promised, before the time for which they have booked.
            self._guests[visit["id"]] = guest, max(moment, datetime.fromisoformat(visit["counts_from"]))
            await self._wake()

        self.at(moment, arrive)

    async def fewer_counters(self, pool: str, start: datetime, end: datetime) -> None:
        """Take a counter away from what can be booked; whoever loses their time by it takes the next that is free."""
        days = f"{CENTRE}/appointments/days/{start.date()}"
        change = {"kind": "counters", "pool": pool, "counters": -1, "start": start.isoformat(), "end": end.isoformat()}
        preview = await self._clients.manager.post(f"{days}/changes/preview", change)
        assert preview.status == 200, preview
        concerns = [one["id"] for one in preview.body["concerns"]]
        changed = await self._clients.manager.post(f"{days}/changes", change | {"concerns": concerns})
        assert changed.status in {200, 201}, changed
        for one in changed.body["displaced"]:
            await self._move(one["id"])

    async def _move(self, ident: str) -> None:
        guest, now = self._expected.pop(ident, None), self._clock.now
        if guest is None:
            # They would not have come, and book another day or none.
            return
        times = await free_times(self._clients, now, guest, days=3)
        soon = [one for one in times if one > now + _NOTICE]
        if not soon:
            self.outcome.another_day += 1
            return
        moved = await self._clients.booking.post(f"{CENTRE}/appointments/{ident}/move", {"at": soon[0].isoformat()})
        assert moved.status == 200, moved
        if soon[0].date() != now.date():
            self.outcome.another_day += 1
            return
        self.outcome.moved += 1
        self.comes(guest, max(now, soon[0] + guest.off), moved.body)

    # --- counters ----------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        for counter in self._steps:
            assert (await self._post(counter, "open")).status == 200
            self._idle.add(counter)

    async def close(self, counter: str) -> None:
        """Whoever is there goes home, once the party there is served."""
        self._closed.add(counter)
        if counter in self._idle:
            self._idle.remove(counter)
            assert (await self._post(counter, "close")).status == 200

    async def _wake(self) -> None:
        for counter in sorted(self._idle):
            await self._call(counter)

    async def _call(self, counter: str) -> None:
        answer = await self._post(counter, "call-next")
        assert answer.status == 200, answer
        visit = answer.body["visit"]
        if visit is None:
            self._idle.add(counter)
            return
        self._idle.discard(counter)
        guest, since = self._guests[visit["id"]]
        now = self._clock.now
        due = datetime.fromisoformat(visit["due"])
        self.outcome.calls.append(Called(visit["category"], max(timedelta(), now - since), now <= due))
        (stop,) = (one for one in visit["steps"] if one["state"] == "now")
        need = guest.needs[stop["service"], stop["id"]]

        async def start() -> None:
            assert (await self._post(counter, "start", visit["id"])).status == 200

        async def finish() -> None:
            assert (await self._post(counter, "finish", visit["id"])).status == 200
            self._guests[visit["id"]] = guest, self._clock.now
            if counter in self._closed:
                assert (await self._post(counter, "close")).status == 200
            else:
                await self._call(counter)
            await self._wake()

        self.at(now + WALK, start)
        self.at(now + WALK + need, finish)

    async def _post(self, counter: str, verb: str, visit: str | None = None) -> Any:
        body = {} if visit is None else {"visit": visit}
        return await self._clients.counters.post(f"{CENTRE}/counters/{counter}/{verb}", body)


@dataclass(frozen=True, slots=True)
class Clients:
    """Who asks: a kiosk, the counters, the reception that books, and the manager."""

    kiosk: Client
    counters: Client
    booking: Client
    manager: Client


async def free_times(clients: Clients, day: datetime, guest: Guest, *, days: int = 1) -> list[datetime]:
    """List the free times of a day and those after it, the earliest first."""
    named = "&".join(f"service={one}" for one in guest.services)
    asked = f"{CENTRE}/appointments/times?{named}&people={guest.people}&from={day.date()}&days={days}"
    answer = await clients.booking.get(asked)
    assert answer.status == 200, answer
    return [datetime.fromisoformat(one["at"]) for shown in answer.body["days"] for one in shown["times"]]


async def book(clients: Clients, day: datetime, wish: datetime, guest: Guest) -> dict[str, Any] | None:
    """Book the free time of a day nearest to when somebody would like to come; None where none is left."""
    times = sorted(await free_times(clients, day, guest), key=lambda one: (abs(one - wish), one))
    if not times:
        return None
    body = {"services": guest.services, "at": times[0].isoformat(), "language": "en", "party_size": guest.people}
    answer = await clients.booking.post(f"{CENTRE}/appointments", body)
    assert answer.status == 201, answer
    found: dict[str, Any] = answer.body
    return found
