"""Feeds of the entities of any stream: a room declares one, and whoever may see them follows it at a centre.

A feed is a list of what its entities are now, as one audience sees them: at first all that is on it, then what changes.
It follows the log by its positions, so that it tells the same on every server, whichever of them wrote. A cursor is
the life of the database and the position up to which its client knows everything.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import msgspec
from aiohttp import web
from sqlalchemy import Connection

from queue_server.contract.base import Message
from queue_server.contract.feeds import EntityFrame
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import CentreId, DeviceId, Micros, to_datetime
from queue_server.eventlog import changes, epoch, positions
from queue_server.eventlog.aggregate import Aggregate, Entity
from queue_server.eventlog.port import EventLog, Wakeup
from queue_server.framework.broadcast import Broadcaster, BrowserEvent, Packet
from queue_server.framework.feeds import TooManyFeedsError
from queue_server.framework.permissions import Permission
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.routing import CENTRE, FOLLOWING, Route

#: Streams that are read one by one when they have changed; where there are more, what is on a feed is read anew.
MAX_CHANGED: Final = 500
#: A list that nobody follows is let go after so many seconds.
_IDLE_S: Final = 60.0
#: More digits than a signed 64-bit number is no position.
_MAX_DIGITS: Final = 18

Shown = dict[str, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFeed[S: Entity]:
    """A feed of what the streams of one kind are, at ``/centres/{centre}/feeds/{name}``.

    Args:
        name: one word, as it stands in the path.
        summary: what it is, for OpenAPI.
        permission: who may follow it.
        aggregate: the kind of stream.
        frame: the type of its frames, with a field ``entities``: views by id, None for what left the feed.
        centre: at which centre an entity is.
        view: how an entity is shown, None while it is not on the feed.
        load: reads the entities that are on it, and may read more; not many.
        only: the one device that sees a view; None where the whole audience does.
    """

    name: str
    summary: str
    permission: Permission
    aggregate: Aggregate[S]
    frame: type[EntityFrame]
    centre: Callable[[S], CentreId]
    view: Callable[[S], Message | None]
    load: Callable[[Connection, CentreId], Iterable[tuple[str, S]]]
    only: Callable[[Any], DeviceId] | None = None

    def shown(self, connection: Connection, centre: CentreId) -> Shown:
        """Show all that is on it at a centre, by id."""
        views = ((ident, self.view(entity)) for ident, entity in self.load(connection, centre))
        return {ident: view for ident, view in views if view is not None}

    def route(self) -> Route:
        @refuses(TooManyFeedsError)
        async def follow(ask: RequestContext) -> web.StreamResponse:
            hub = await ask.server[EntityFeeds].hub(self, CentreId(ask.path("centre")))
            return await ask.server.feeds.serve(ask.request, hub, ask.identity, self.name)

        return Route(
            f"follow-{self.name}",
            "GET",
            f"{CENTRE}/feeds/{self.name}",
            self.permission,
            follow,
            self.frame,
            self.summary,
            parameters=FOLLOWING,
            media="text/event-stream",
        )


class EntityHub(Broadcaster):
    """The clients of one feed at one centre. ``position``: all that happened up to it is shown."""

    def __init__(
        self, feed: EntityFeed[Any], life: str, position: int, shown: Shown, clock: Callable[[], Micros]
    ) -> None:
        super().__init__()
        self._feed = feed
        self._life = life
        self._clock = clock
        self._shown = shown
        self.position = position
        #: Since when nobody follows it, by the clock of the loop.
        self.idle_since: float | None = None

    def seq(self) -> int:
        return self.position

    def place(self, cursor: str | None) -> int | None:
        life, _, position = (cursor or "").rpartition(":")
        if life != self._life or not (position.isascii() and position.isdecimal() and len(position) <= _MAX_DIGITS):
            return None
        return int(position) if int(position) <= self.position else None

    def snapshot(self, audience: str, device: DeviceId | None) -> Packet:
        del audience
        only = self._feed.only
        seen = (
            self._shown if only is None else {ident: one for ident, one in self._shown.items() if only(one) == device}
        )
        return self._packet(BrowserEvent.SNAPSHOT, seen)

    def beat(self) -> Packet:
        return self._packet(BrowserEvent.BEAT, {})

    def change(self, seen: Mapping[str, Message | None], position: int) -> bool:
        """Show entities as they are at ``position``, and tell what is not as before; whether anything is."""
        self.position = max(self.position, position)
        news = {ident: view for ident, view in seen.items() if self._shown.get(ident) != view}
        packets = [self._packet(BrowserEvent.CHANGE, told, device) for device, told in self._by_device(news).items()]
        for ident, view in news.items():
            if view is None:
                del self._shown[ident]
            else:
                self._shown[ident] = view
        for packet in packets:
            for audience in self.audiences:
                self.publish(audience, packet)
        return bool(news)

    def _by_device(self, news: Mapping[str, Message | None]) -> dict[DeviceId | None, dict[str, Message | None]]:
        """Part what is new by who sees it; what left the feed is told to whoever saw it there."""
        only, parted = self._feed.only, dict[DeviceId | None, dict[str, Message | None]]()
        for ident, view in news.items():
            device = None if only is None else only(self._shown[ident] if view is None else view)
            parted.setdefault(device, {})[ident] = view
        return parted

    def replace(self, shown: Shown, position: int) -> None:
        """Show this in place of all, to everybody."""
        self._shown, self.position = shown, max(self.position, position)
        self.afresh(self.position)

    def _packet(
        self, kind: BrowserEvent, entities: Mapping[str, Message | None], device: DeviceId | None = None
    ) -> Packet:
        cursor, make = f"{self._life}:{self.position}", cast("Any", self._feed.frame)
        frame = make(cursor=cursor, type=kind.value, at=to_datetime(self._clock()), entities=entities)
        return Packet(self.position, cursor, kind, msgspec.json.encode(frame), device)


Key = tuple[str, CentreId]


class EntityFeeds:
    """All feeds of entities in this process. ``task`` reads on, every ``poll_s`` seconds and when something happens.

    ``centres`` lists the centres that those who watch may be told of.
    """

    def __init__(
        self, log: EventLog, clock: Callable[[], Micros], poll_s: float, centres: Callable[[], Iterable[CentreId]]
    ) -> None:
        self._log = log
        self._clock = clock
        self._centres = centres
        self._feeds: dict[str, EntityFeed[Any]] = {}
        self._hubs: dict[Key, EntityHub] = {}
        self._watchers: dict[str, list[Callable[[CentreId], None]]] = {}
        #: All that happened up to here was told; None while nobody listens.
        self._position: int | None = None
        # A list is not read while changes are told: none would be missed between the two.
        self._turn = asyncio.Lock()
        self._stop_watching: Callable[[], None] | None = None
        self.task = Periodic("entity-feeds", poll_s, self.read_on, max_retry_s=poll_s)

    async def start(self) -> None:
        """Begin: all that happens from now on is told to those who watch.

        Raises:
            DatabaseUnavailableError: it is not known where to begin.
        """
        if self._stop_watching is None:
            self._stop_watching = self._log.watch(self._on_wakeup)
        await self.read_on()
        self.task.start()

    async def stop(self) -> None:
        await self.task.stop()
        if self._stop_watching is not None:
            self._stop_watching()
            self._stop_watching = None

    def watch(self, feed: EntityFeed[Any], changed: Callable[[CentreId], None]) -> None:
        """Call ``changed`` with a centre whenever what is on its feed has changed, here or on another server."""
        self._feeds[feed.name] = feed
        self._watchers.setdefault(feed.name, []).append(changed)

    async def hub(self, feed: EntityFeed[Any], centre: CentreId) -> EntityHub:
        """Find the clients of a feed at a centre.

        Raises:
            DatabaseUnavailableError: what is on it cannot be read.
        """
        self._feeds[feed.name] = feed
        # What was stored before somebody asks is in what they get first.
        await self.read_on()
        async with self._turn:
            return await self._open(feed, centre)

    async def read_on(self) -> None:
        """Tell what has happened since the last time."""
        self._let_go()
        async with self._turn:
            listening = {name for name, _ in self._hubs} | self._watchers.keys()
            if not listening:
                self._position = None
                return
            # In a transaction before that in which its events are read: all of them are seen there.
            until = await self._log.run(positions.horizon)
            if self._position is None:
                self._position = until
            if until > self._position:
                await self._publish([self._feeds[name] for name in listening], self._position, until)
                self._position = until

    def _on_wakeup(self, wakeup: Wakeup) -> None:
        if any(wakeup.stream.startswith(feed.aggregate.prefix) for feed in self._feeds.values()):
            self.task.wake()

    def _let_go(self) -> None:
        now = asyncio.get_running_loop().time()
        for key, hub in tuple(self._hubs.items()):
            if len(hub) or key[0] in self._watchers:
                hub.idle_since = None
            elif hub.idle_since is None:
                hub.idle_since = now
            elif now - hub.idle_since > _IDLE_S:
                del self._hubs[key]

    async def _open(self, feed: EntityFeed[Any], centre: CentreId) -> EntityHub:
        key = feed.name, centre
        if key not in self._hubs:
            until = await self._log.run(positions.horizon)
            life, shown = await self._log.run(lambda one: (epoch.read(one), feed.shown(one, centre)))
            self._hubs[key] = EntityHub(feed, life, until, shown, self._clock)
            if self._position is None:
                self._position = until
        return self._hubs[key]

    async def _publish(self, feeds: list[EntityFeed[Any]], after: int, until: int) -> None:
        by_prefix = {feed.aggregate.prefix: feed.aggregate for feed in feeds}

        def read(connection: Connection) -> list[tuple[str, str, Any]] | None:
            names = changes.changed(connection, by_prefix, after, until, MAX_CHANGED + 1)
            if len(names) > MAX_CHANGED:
                return None
            found = []
            for name in names:
                prefix = next(one for one in by_prefix if name.startswith(one))
                ident = name.removeprefix(prefix)
                found.append((prefix, ident, by_prefix[prefix].load(connection, ident)))
            return found

        found = await self._log.run(read)
        if found is None:
            await self._read_anew(feeds, until)
            return
        for feed in feeds:
            entities = {ident: one for prefix, ident, one in found if prefix == feed.aggregate.prefix}
            await self._change(feed, entities, until)
        for hub in self._hubs.values():
            hub.position = max(hub.position, until)

    async def _change(self, feed: EntityFeed[Any], entities: Mapping[str, Any], until: int) -> None:
        seen: dict[CentreId, dict[str, Message | None]] = {}
        for ident, entity in entities.items():
            if entity is not None:
                seen.setdefault(feed.centre(entity), {})[ident] = feed.view(entity)
        for centre, views in seen.items():
            hub = self._hubs.get((feed.name, centre))
            if hub is None and feed.name in self._watchers:
                # What was on it before is not known: that it has changed is the safe thing to say.
                await self._open(feed, centre)
                self._call(feed, centre)
            elif hub is not None and hub.change(views, until):
                self._call(feed, centre)

    async def _read_anew(self, feeds: list[EntityFeed[Any]], until: int) -> None:
        fresh = [
            (feed, centre)
            for feed in feeds
            if feed.name in self._watchers
            for centre in self._centres()
            if (feed.name, centre) not in self._hubs
        ]
        for (name, centre), hub in tuple(self._hubs.items()):
            feed = self._feeds[name]
            if feed in feeds:
                shown = await self._log.run(lambda one, feed=feed, centre=centre: feed.shown(one, centre))  # type: ignore[misc]
                hub.replace(shown, until)
                self._call(feed, centre)
        for feed, centre in fresh:
            # As above: nobody knows what was on it, nor whether any of it is among so much.
            await self._open(feed, centre)
            self._call(feed, centre)

    def _call(self, feed: EntityFeed[Any], centre: CentreId) -> None:
        for changed in self._watchers.get(feed.name, ()):
            changed(centre)
