"""The centres that this process serves: set-up, writer and fan-out of each, kept true to the database."""

import asyncio
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import structlog
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from queue_server.accounts import device_store
from queue_server.accounts.model import Session
from queue_server.accounts.tables import devices
from queue_server.catalogue import model
from queue_server.catalogue.cache import Catalogues
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.tables import centres
from queue_server.catalogue.views import services_answer, skills
from queue_server.centre import views
from queue_server.centre.broadcaster import CentreBroadcaster
from queue_server.contract.base import Names
from queue_server.contract.periodic import Periodic
from queue_server.contract.waits import WaitView
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import (
    HOUR,
    Actor,
    CentreId,
    DeviceId,
    Micros,
    NoticeId,
    NoticeText,
    StepId,
    new_id,
    to_datetime,
)
from queue_server.eventlog.port import EventLog
from queue_server.queue.commands import Command
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.signing import EventSigner
from queue_server.vault import faces
from queue_server.vault.errors import PeopleError
from queue_server.writer import CentreWriter, CommandResult, Watcher, WriterSettings
from queue_server.writer.snapshots import Snapshots

_log = structlog.get_logger(__name__)

#: What of a centre tells that it must be read again: the version of its set-up, how many devices it ever had, and the
#: hour, since openings move with time.
Mark = tuple[int, int, int]

#: Texts of notices that are kept of a centre before those of notices that have ended are thrown away.
_NOTICES = 100


class Centre:
    """One centre in this process. ``setup``, ``settings``, ``rule`` and ``facts`` are those of its newest version."""

    def __init__(  # noqa: PLR0917 - of one caller
        self,
        log: EventLog,
        signer: EventSigner,
        limits: WriterSettings,
        clock: Callable[[], Micros],
        setup: "_Loaded",
        snapshots: Snapshots | None = None,
    ) -> None:
        self._adopt(setup)
        self._clock = clock
        self.id = setup.stored.setup.centre.id
        self.writer = CentreWriter(
            log,
            lambda: self.settings,
            lambda: self.rule,
            signer,
            limits=limits,
            clock=clock,
            ending=partial(faces.drop, self.id),
            snapshots=snapshots,
        )
        self.hub: CentreBroadcaster | None = None
        #: Events told since the start, by type.
        self.event_counts: Tally[str] = Tally()

    def _adopt(self, loaded: "_Loaded") -> None:
        self.setup: model.Stored = loaded.stored
        self.settings: CentreSettings = loaded.settings
        self.rule: DayRule = loaded.rule
        self.facts: views.Facts = loaded.facts
        self.mark: Mark = loaded.mark

    def adopt(self, loaded: "_Loaded") -> None:
        """Take over a newer set-up; the writer tells its version to everybody by an event."""
        typed, waits = self.facts.notices, self.facts.waits
        self._adopt(loaded)
        self.facts = replace(self.facts, notices=typed, waits=waits)

    def know_waits(self, waits: dict[StepId, WaitView]) -> None:
        """Show boards how long steps take to be reached, where that is otherwise than before."""
        if waits != self.facts.waits:
            self.facts = replace(self.facts, waits=waits)
            self.fan_out.refresh_boards()

    @property
    def untold(self) -> tuple[NoticeId, ...]:
        """Notices of today whose typed text is not known here: another server has shown them."""
        notices = self.writer.state.notices.values()
        return tuple(one.id for one in notices if one.text is NoticeText.OWN and one.id not in self.facts.notices)

    def know_notice(self, notice: NoticeId, own: Names) -> None:
        """Keep what was typed for a notice, which may not be shown yet; once they are many, those that ended go."""
        held, shown = self.facts.notices, self.writer.state.notices
        if len(held) >= _NOTICES:
            held = {ident: text for ident, text in held.items() if ident in shown}
        self.facts = replace(self.facts, notices=held | {notice: own})

    async def start(self) -> None:
        await self.writer.start()
        self.hub = CentreBroadcaster(lambda: self.writer.state, lambda: self.facts, self._clock)
        self.writer.watch(self.hub.on_event)
        self.writer.watch(lambda event, _: self.event_counts.update((event.type,)))

    @property
    def state(self) -> DayState:
        """The committed state of the current day."""
        return self.writer.state

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Tell ``watcher`` every event of this centre from now on; returns the way to stop."""
        return self.writer.watch(watcher)

    async def execute(self, command: Command, session: Session) -> CommandResult | Refusal:
        """Do for a member of staff what a page does by itself: once, so its key is new."""
        actor = Actor(f"staff/{session.staff}")
        return await self.writer.execute(command, key=new_id(), fingerprint="page", actor=actor)

    @property
    def fan_out(self) -> CentreBroadcaster:
        if self.hub is None:
            raise CentreNotSetUpError(centre=self.id)
        return self.hub


def _device_names(connection: Connection, centre: CentreId) -> dict[DeviceId, str]:
    return {one.id: one.name for one in device_store.devices(connection, centre)}


class _Loaded:
    """A centre as the tables hold it. Made in a thread: zones and holidays are read from files."""

    def __init__(self, stored: model.Stored, names: dict[DeviceId, str], now: Micros) -> None:
        setup = stored.setup
        plates = tuple(views.Plate(one.id, one.name, one.direction, skills(one)) for one in setup.counters)
        self.stored: model.Stored = stored
        self.settings = model.settings(stored)
        self.rule = model.day_rule(setup)
        self.rule.day_at(now)
        self.facts = views.facts(services_answer(stored, to_datetime(now)), plates, names)
        self.mark: Mark = (stored.version, len(names), now // HOUR)


def _marks(connection: Connection, now: Micros) -> dict[CentreId, Mark]:
    grouped = select(devices.c.centre, func.count().label("many")).group_by(devices.c.centre)
    many: dict[CentreId, int] = {row.centre: row.many for row in connection.execute(grouped)}
    found = connection.execute(select(centres.c.id, centres.c.version))
    return {row.id: (row.version, many.get(row.id, 0), now // HOUR) for row in found}


class Centres(Mapping[CentreId, Centre]):
    """All centres of the database. ``start`` starts their writers and follows their set-ups.

    Args:
        catalogues: the set-ups that this process holds.
        poll_ms: how often the versions of all set-ups are looked at.
        typed: reads the typed text of a notice by language, within a transaction that writes.
        snapshots: where days begin from, and are kept for the next start.
    """

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        log: EventLog,
        catalogues: Catalogues,
        signer: EventSigner,
        limits: WriterSettings,
        clock: Callable[[], Micros],
        poll_ms: int,
        typed: Callable[[Connection, NoticeId], Names],
        snapshots: Snapshots | None = None,
    ) -> None:
        self._snapshots = snapshots
        self._log = log
        self._catalogues = catalogues
        self._signer = signer
        self._limits = limits
        self._clock = clock
        self._typed = typed
        self._centres: dict[CentreId, Centre] = {}
        #: Held while the tables are read: two lookups at once would start two writers for a new centre.
        self._refreshing = asyncio.Lock()
        self.task = Periodic("centres", poll_ms / 1000, self._follow)
        self.snapshot_task = Periodic("snapshots", limits.snapshot_poll_ms / 1000, self._take_snapshots)

    def __getitem__(self, centre: CentreId) -> Centre:
        return self._centres[centre]

    def __iter__(self) -> Iterator[CentreId]:
        return iter(tuple(self._centres))

    def __len__(self) -> int:
        return len(self._centres)

    def find(self, centre: str) -> Centre:
        """Find the centre of a path.

        Raises:
            CentreNotSetUpError: there is none of this name.
        """
        found = self._centres.get(CentreId(centre))
        if found is None:
            raise CentreNotSetUpError(centre=centre[:64])
        return found

    async def start(self) -> None:
        await self.refresh()
        self.task.start()
        self.snapshot_task.start()

    async def stop(self) -> None:
        await self.snapshot_task.stop()
        await self.task.stop()
        for centre in self.values():
            await centre.writer.stop()

    async def refresh(self) -> None:
        """Read again what has changed, and start what is new."""
        async with self._refreshing:
            await self._refresh(self._clock())

    async def _refresh(self, now: Micros) -> None:
        for ident, mark in (await self._log.run(lambda connection: _marks(connection, now))).items():
            held = self._centres.get(ident)
            if held is not None and held.mark == mark:
                continue
            stored = await self._catalogues.get(ident)
            names = await self._log.run(lambda connection, ident=ident: _device_names(connection, ident))  # type: ignore[misc]
            loaded = await asyncio.to_thread(_Loaded, stored, names, now)
            if held is not None:
                held.adopt(loaded)
                continue
            centre = Centre(self._log, self._signer, self._limits, self._clock, loaded, self._snapshots)
            await centre.start()
            self._centres[ident] = centre

    async def read_notices(self) -> None:
        """Read what was typed for notices that another server has shown, and show it here."""
        for centre in self.values():
            for notice in centre.untold:
                own: Names = {}
                try:
                    own = await self._log.write(lambda connection, notice=notice: self._typed(connection, notice))  # type: ignore[misc]
                except PeopleError as error:
                    # Tried once: what the vault cannot give now it never will.
                    _log.warning("notice-not-read", centre=centre.id, notice=notice, code=error.code)
                centre.know_notice(notice, own)
                centre.fan_out.refresh()

    async def _take_snapshots(self) -> None:
        for centre in self.values():
            await centre.writer.take_snapshots()

    async def _follow(self) -> None:
        """Look once; where that fails, the set-ups known so far stay in use."""
        await self.refresh()
        await self.read_notices()
