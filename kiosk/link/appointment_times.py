"""Times on another day: which are free, one that is held for whoever stands here, and its booking."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

import msgspec
import structlog

from kiosk.journey.events import (
    BookableTime,
    BookTime,
    DayWithTimes,
    Effect,
    FindTimes,
    HoldAnswered,
    HoldTime,
    TimeBooked,
    TimesFound,
)
from kiosk.ports import Clock, EventSink
from kiosk.settings import KioskLinkSettings
from queue_server.contract.appointments import (
    BookAppointmentRequest,
    FreeTimesAnswer,
    HoldTimeRequest,
    ReleaseHoldRequest,
)
from queue_server.contract.base import People
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.domain.appointments import HoldId
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

#: What is said of a time that others have, or that is none any more.
_GONE: Final = frozenset({"time-taken", "time-not-offered", "service-closed-today", "hold-over"})
_NOT_OFFERED: Final = "appointments-not-offered"
#: How often a booking is sent with its key until it is said that nobody has answered.
_TRIES: Final = 3


class HeldForPerson(msgspec.Struct, frozen=True):
    """What is held: under ``key`` it is booked, however often that is asked for."""

    id: HoldId
    request: HoldTimeRequest
    key: str


class AppointmentTimes:
    """For one kiosk of a centre. One time is held at most: for the person who stands here."""

    def __init__(
        self, client: ApiClient, ident: str, *, settings: KioskLinkSettings, centre: Clock, events: EventSink
    ) -> None:
        self._client = client
        self._ident = ident
        self._settings = settings
        self._clock = centre
        self._events = events
        self._held: HeldForPerson | None = None
        #: Counts the persons: what is answered to one who has left is let go.
        self._person = 0

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what asks the server; None where something else is asked."""
        match effect:
            case FindTimes():
                return self._find(effect)
            case HoldTime():
                return self._hold(effect)
            case BookTime():
                return self._book(effect)
        return None

    def clear(self) -> Coroutine[None, None, None] | None:
        """Forget the person; gives what lets go of what is held for them, None where nothing is."""
        held, self._held = self._held, None
        self._person += 1
        return None if held is None else self._release(held)

    # Find.

    async def _find(self, asked: FindTimes) -> None:
        self._events.post(await self._found(asked))

    async def _found(self, asked: FindTimes) -> TimesFound:
        try:
            answer = await self._client.appointment_times(self._ident, asked.services, asked.people)
        except ClientError as error:
            is_refused = error.code == _NOT_OFFERED
            if not is_refused:
                _log.warning("times-not-told", code=error.code)
            return TimesFound(asked.number, asked.look, "not-offered" if is_refused else "away")
        return TimesFound(asked.number, asked.look, "found", dates_with_times(answer), f"{self._clock.now():%Y-%m-%d}")

    # Hold.

    async def _hold(self, asked: HoldTime) -> None:
        """Let go what was held before, so that it does not stand in the way, and hold this."""
        before, self._held, person = self._held, None, self._person
        if before is not None:
            await self._release(before)
        request = HoldTimeRequest(
            services=asked.services,
            at=datetime.fromisoformat(asked.at),
            party_size=asked.people,
            people=tuple(People(one.band, one.count) for one in asked.ages),
        )
        try:
            hold = (await self._client.hold_appointment_time(self._ident, request, new_id())).hold
        except ClientError as error:
            _log.info("time-not-held", code=error.code)
            is_taken = error.code in _GONE or error.code == _NOT_OFFERED
            self._events.post(HoldAnswered(asked.number, asked.look, "taken" if is_taken else "away"))
            return
        held = HeldForPerson(hold.id, request, new_id())
        if person != self._person:
            await self._release(held)
            return
        self._held = held
        until = hold.until.astimezone(self._clock.now().tzinfo)
        self._events.post(HoldAnswered(asked.number, asked.look, "held", f"{until:%H:%M}"))

    async def _release(self, held: HeldForPerson) -> None:
        """Let a time go; where nobody hears it, it is free again by itself."""
        request = ReleaseHoldRequest(at=held.request.at)
        try:
            await self._client.release_appointment_time(self._ident, held.id, request, new_id())
        except ClientError as error:
            _log.info("time-not-released", code=error.code)

    # Book.

    async def _book(self, asked: BookTime) -> None:
        held = self._held
        if held is None:
            self._events.post(TimeBooked(asked.number, asked.look, "over"))
            return
        told = await self._booked(asked, held)
        if told.outcome != "away" and self._held is held:
            # It is theirs now, or it is gone: there is nothing left to let go.
            self._held = None
        self._events.post(told)

    async def _booked(self, asked: BookTime, held: HeldForPerson) -> TimeBooked:
        request = BookAppointmentRequest(
            services=held.request.services,
            at=held.request.at,
            language=asked.language,
            party_size=held.request.party_size,
            people=held.request.people,
            hold=held.id,
        )
        for left in reversed(range(_TRIES)):
            try:
                answer = await self._client.book_appointment(self._ident, request, held.key)
            except ProblemError as problem:
                _log.warning("time-not-booked", code=problem.code)
                is_gone = problem.code in _GONE or problem.code == _NOT_OFFERED
                return TimeBooked(asked.number, asked.look, "over" if is_gone else "away")
            except ClientError:
                # Nobody knows whether it is booked: the same key asks for the same.
                if left:
                    await asyncio.sleep(self._settings.retry_first_s)
                continue
            one = answer.appointment
            return TimeBooked(asked.number, asked.look, "booked", one.date, one.clock, one.code, answer.token)
        return TimeBooked(asked.number, asked.look, "away")


def dates_with_times(answer: FreeTimesAnswer) -> tuple[DayWithTimes, ...]:
    """Give the dates on which something is free: a time after midnight is on the date after its service day."""
    free = (one for day in answer.days for one in day.times)
    return tuple(
        DayWithTimes(date, tuple(BookableTime(one.at.isoformat(), one.clock) for one in times))
        for date, times in groupby(free, key=attrgetter("date"))
    )
