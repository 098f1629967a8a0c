"""All rooms of a server, and what they bring together: each thing once, and nothing that another room has brought."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from queue_server.database import DatabaseSettings
from queue_server.eventlog.aggregate import Aggregate
from queue_server.framework import permissions, problems
from queue_server.framework.permissions import Kind, Permission
from queue_server.framework.problems import Problems
from queue_server.framework.room import Leaving, Room, Stream
from queue_server.framework.routing import Page, Route
from queue_server.framework.server import Server
from queue_server.framework.settings import DiskSettings, FeedSettings, HttpSettings, Settings, load_settings

if TYPE_CHECKING:
    from queue_server.framework.entity_feeds import EntityFeed
    from queue_server.framework.parts import Alarms, Part

#: The tables of the log, which all rooms write.
_LOG: Mapping[str, Leaving] = {
    "events": "ids, enumerations, numbers and times alone; an id of a visit leads to nobody",
    "heads": "the ends of streams",
    "projections": "how far tables that show streams have come",
    "database_epoch": "a random id of the database",
}

_TAGS: Mapping[str, str] = {"feeds": "What some things at a centre are, and what changes of them."}


class RoomError(Exception):
    """The rooms do not fit together: a mistake of whoever wrote them, found as the server starts."""


class Rooms:
    """What all rooms bring.

    Raises:
        RoomError: two of them bring the same.
    """

    def __init__(self, rooms: Iterable[Room]) -> None:
        self.rooms = tuple(rooms)
        self._once("room", (room.name for room in self.rooms))
        listed = [*permissions.OWN, *(one for room in self.rooms for one in room.permissions)]
        self._once("permission", (one.name for one in listed))
        #: Every permission by its name: who may do what.
        self.permissions: Mapping[str, Permission] = {one.name: one for one in listed}
        lines = [line for room in self.rooms for line in room.problems]
        self._once("error", (line.error.__name__ for line in lines))
        self.problems = Problems((*problems.OWN, *lines))

    def __iter__(self) -> Iterator[Room]:
        return iter(self.rooms)

    @cached_property
    def matrix(self) -> Mapping[str, frozenset[Kind]]:
        """Who may do what, by the name of the permission."""
        return {name: one.kinds for name, one in self.permissions.items()}

    @cached_property
    def sections(self) -> Mapping[str, type[msgspec.Struct]]:
        """The types of all sections of ``settings.toml``, in the order in which they are described."""
        own: dict[str, type[msgspec.Struct]] = {
            "http": HttpSettings,
            "feeds": FeedSettings,
            "disk": DiskSettings,
            "database": DatabaseSettings,
        }
        return {**own, **self._merged("section", (room.settings for room in self.rooms))}

    @cached_property
    def tables(self) -> Mapping[str, Leaving]:
        """Every table with how people leave it, or why nobody is in it."""
        return {**_LOG, **self._merged("table", (room.tables for room in self.rooms))}

    @cached_property
    def streams(self) -> Mapping[str, Stream]:
        """Every kind of stream by the beginning of its name."""
        return self._merged("stream", (room.streams for room in self.rooms))

    @cached_property
    def aggregates(self) -> tuple[Aggregate[Any], ...]:
        """Every kind of stream that tables show."""
        found = (one.aggregate for one in self.streams.values())
        return tuple(one for one in found if one is not None and one.projection is not None)

    @cached_property
    def path_checks(self) -> Mapping[str, Callable[[Server, str], None]]:
        return self._merged("part of a path", (room.path_checks for room in self.rooms))

    @cached_property
    def tags(self) -> Mapping[str, str]:
        return {**_TAGS, **self._merged("tag", (room.tags for room in self.rooms))}

    @cached_property
    def path_words(self) -> Mapping[str, str]:
        return self._merged("part of a path", (room.path_words for room in self.rooms))

    @cached_property
    def migrations(self) -> tuple[Path, ...]:
        return tuple(room.migrations for room in self.rooms if room.migrations is not None)

    @cached_property
    def sites(self) -> tuple[Path, ...]:
        return tuple(room.site for room in self.rooms if room.site is not None)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """All routes of the API.

        Raises:
            RoomError: one has a permission that no room lists, so that nobody would be asked.
        """
        listed = (route for room in self.rooms for route in room.routes())
        found = (*listed, *(feed.route() for feed in self.feeds))
        self._once("route", (route.name for route in found))
        self._once("route", (f"{route.method} {route.path}" for route in found))
        self._listed((route.name, route.permission) for route in found)
        return found

    @cached_property
    def feeds(self) -> "tuple[EntityFeed[Any], ...]":
        return tuple(feed for room in self.rooms for feed in room.feeds())

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages.

        Raises:
            RoomError: one has a permission that no room lists.
        """
        found = tuple(page for room in self.rooms for page in room.pages())
        self._once("page", (f"{page.method} {page.path}" for page in found))
        self._listed((page.path, page.permission) for page in found)
        return found

    @cached_property
    def parts(self) -> "tuple[Part, ...]":
        """All parts of pages of others.

        Raises:
            RoomError: one is for who has a permission that no room lists.
        """
        found = tuple(part for room in self.rooms for part in room.parts())
        self._listed((part.template, part.permission) for part in found)
        return found

    @cached_property
    def alarms(self) -> "tuple[Alarms, ...]":
        return tuple(tell for room in self.rooms for tell in room.alarms())

    @cached_property
    def openapi(self) -> bytes:
        """The OpenAPI document; it depends on this release and its rooms alone."""
        from queue_server.framework.openapi import document  # noqa: PLC0415 - only who serves needs it

        return document(self)

    def settings(self, data: Path) -> Settings:
        """Read ``DATA/settings.toml``.

        Raises:
            SettingsError: it is refused.
        """
        return load_settings(data, self.sections)

    def _listed(self, asked: Iterable[tuple[str, Permission]]) -> None:
        for name, permission in asked:
            if self.permissions.get(permission.name) is not permission:
                raise RoomError(f"{name} asks for the permission {permission.name}, which no room lists")

    @staticmethod
    def _once(what: str, names: Iterable[str]) -> None:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise RoomError(f"two rooms bring the {what} {name}")
            seen.add(name)

    @classmethod
    def _merged[T](cls, what: str, brought: Iterable[Mapping[str, T]]) -> dict[str, T]:
        parts = tuple(brought)
        cls._once(what, (name for part in parts for name in part))
        return {name: one for part in parts for name, one in part.items()}
