"""Keeps what the kiosk knows of the hall around it: opening hours, what tickets are given for, what staff announce.

All of it is stored on disk, and read by the server's time: a kiosk that starts without its server still knows that the
centre is closed. What was announced today ends with the service day, as it does at the server.
"""

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec
import structlog
from msgspec.structs import replace

from kiosk.errors import DataError
from kiosk.journey.availability import Availability, availability
from kiosk.journey.events import AvailabilityChanged
from kiosk.link.clock import Contact, note_server_time, server_now, worth_keeping
from kiosk.ports import EventSink
from kiosk.store import uptime
from kiosk.store.data import DataFolder
from queue_server.contract.backoff import woken
from queue_server.contract.catalogue import CentreView
from queue_server.contract.hall import NoticeView
from queue_server.contract.periodic import Periodic
from queue_server.domain.service_day import DayRule, following
from queue_server.domain.values import Intake, ServiceId, to_datetime, to_micros

_log = structlog.get_logger(__name__)
_FILE = "hall.json"
#: A hall is looked at again after this at the latest: the server's time may have been learned anew.
_LOOK_AGAIN = timedelta(seconds=60)


class ServerAvailability(msgspec.Struct, frozen=True):
    """What the server announced of its day, at ``at`` (its time)."""

    at: datetime
    intake: Intake = Intake.OPEN
    notices: tuple[NoticeView, ...] = ()
    closed_services: tuple[ServiceId, ...] = ()


class StoredAvailability(msgspec.Struct, frozen=True):
    contact: Contact | None = None
    announced: ServerAvailability | None = None


def hall_at(
    centre: CentreView, announced: ServerAvailability | None, zone: tzinfo, now: datetime
) -> tuple[Availability, datetime]:
    """Say how the hall is at ``now``, and until when at most. Pure."""
    rule = DayRule(centre.zone, centre.day_start)
    today = rule.day_at(to_micros(now))
    if announced is None or rule.day_at(to_micros(announced.at)) != today:
        announced = ServerAvailability(now)
    shown, until = availability(centre.openings, announced.intake, announced.notices, zone, now)
    shown = replace(shown, closed_services=announced.closed_services)
    return shown, min(until, to_datetime(rule.starts_at(following(today))))


class AvailabilityStore:
    """Tells the journey of every change. Lives in the loop's thread; the disk is written in a worker."""

    def __init__(self, data: DataFolder, events: EventSink) -> None:
        self._data = data
        self._events = events
        self._stored = StoredAvailability()
        self._written = StoredAvailability()
        self._centre: CentreView | None = None
        self._zone: tzinfo = UTC
        self._hall = Availability()
        self._changed = asyncio.Event()
        self.task = Periodic("hall", 0, self._follow, at_once=True)

    async def load(self, centre: CentreView | None) -> Availability:
        """Read what was stored, and give the hall as it is now."""
        # Which start of the machine this is, is read from a file: once, and here.
        await asyncio.to_thread(uptime.moment)
        try:
            stored: StoredAvailability | None = await asyncio.to_thread(self._data.read, _FILE, StoredAvailability)
            self._stored = self._written = stored or StoredAvailability()
        except DataError as error:
            # What is in it comes again with the first contact; nobody must come for it.
            _log.warning("hall-not-read", code=error.code)
        if centre is not None:
            await self.accept(centre)
            self._hall, _ = self._check(centre)
        return self._hall

    async def accept(self, centre: CentreView) -> None:
        """Take openings from a catalogue."""
        self._zone = await asyncio.to_thread(ZoneInfo, centre.zone)
        self._centre = centre
        self._changed.set()

    def receive(
        self,
        intake: Intake | None,
        notices: tuple[NoticeView, ...] | None,
        closed_services: tuple[ServiceId, ...] | None,
    ) -> None:
        """Take what the server says; None leaves it as it is."""
        before = self._stored.announced or ServerAvailability(self.now())
        announced = ServerAvailability(
            self.now(),
            before.intake if intake is None else intake,
            before.notices if notices is None else notices,
            before.closed_services if closed_services is None else closed_services,
        )
        self._stored = replace(self._stored, announced=announced)
        self._changed.set()

    def server_seen(self, server: datetime) -> None:
        """Take the server's time; it is heard now."""
        contact = note_server_time(server)
        if worth_keeping(self._stored.contact, contact):
            self._stored = replace(self._stored, contact=contact)
            self._changed.set()

    def now(self) -> datetime:
        """Say what time it is at the server."""
        return server_now(self._stored.contact)

    async def _follow(self) -> None:
        """Say how it is now, and wait until it may be otherwise."""
        self._changed.clear()
        await self._store()
        wait_s = _LOOK_AGAIN.total_seconds()
        if self._centre is not None:
            found, until = self._check(self._centre)
            if found != self._hall:
                self._hall = found
                _log.info("hall", closed=found.closed, notices=len(found.notices), services=len(found.closed_services))
                self._events.post(AvailabilityChanged(found))
            wait_s = min(max((until - self.now()).total_seconds(), 0.0), wait_s)
        self.task.worked()
        # A moment later than asked for is right, a moment earlier would find nothing changed.
        await woken(self._changed, wait_s + 0.01)

    def _check(self, centre: CentreView) -> tuple[Availability, datetime]:
        return hall_at(centre, self._stored.announced, self._zone, self.now())

    async def _store(self) -> None:
        stored = self._stored
        if stored == self._written:
            return
        try:
            await asyncio.to_thread(self._data.write, _FILE, stored)
            self._written = stored
        except DataError as error:
            _log.error("hall-not-stored", code=error.code)
