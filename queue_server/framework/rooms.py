"""All rooms of a server, and what they bring together: each thing once, and nothing that another room has brought."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from queue_server import conditions
from queue_server.conditions import ConditionKind
from queue_server.database import DatabaseSettings
from queue_server.eventlog.aggregate import Aggregate
from queue_server.framework import own_words, permissions, problems
from queue_server.framework.permissions import Permission, PrincipalKind
from queue_server.framework.problems import Problems
from queue_server.framework.room import Leaving, Room, Stream
from queue_server.framework.routing import PageRoute, Route
from queue_server.framework.server import Server
from queue_server.framework.settings import DiskSettings, FeedSettings, HttpSettings, ServerSettings, load_settings
from queue_server.framework.words import AsWritten, ConditionWording, PageTranslations, Vocabulary

if TYPE_CHECKING:
    from queue_server.framework.entity_feeds import EntityFeed
    from queue_server.framework.parts import (
        AlarmCounter,
        Alarms,
        NavigationEntry,
        PageKeys,
        PagePart,
        PaperTables,
        View,
    )

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


class RoomCollection:
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
    def matrix(self) -> Mapping[str, frozenset[PrincipalKind]]:
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
        followed = (one for room in self.rooms for one in room.projections)
        return tuple(one for one in (*found, *followed) if one is not None and one.projection is not None)

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
    def pages(self) -> tuple[PageRoute, ...]:
        """All pages.

        Raises:
            RoomError: one has a permission that no room lists.
        """
        found = tuple(page for room in self.rooms for page in room.pages())
        self._once("page", (f"{page.method} {page.path}" for page in found))
        self._listed((page.path, page.permission) for page in found)
        return found

    @cached_property
    def navigation(self) -> "tuple[NavigationEntry, ...]":
        """The pages of staff in the order of the bar.

        Raises:
            RoomError: one has a permission that no room lists, or is no page.
        """
        found = sorted((entry for room in self.rooms for entry in room.navigation()), key=lambda one: one.order)
        self._once("entry", (entry.path for entry in found))
        self._listed((entry.path, entry.permission) for entry in found)
        there = {(page.path, page.permission) for page in self.pages if page.method == "GET"}
        for entry in found:
            if (entry.path, entry.permission) not in there:
                raise RoomError(f"there is no page {entry.path} for the permission {entry.permission.name}")
        return tuple(found)

    @cached_property
    def parts(self) -> "tuple[PagePart, ...]":
        """All parts of pages of others.

        Raises:
            RoomError: one is for who has a permission that no room lists.
        """
        found = tuple(part for room in self.rooms for part in room.parts())
        self._listed((part.template, part.permission) for part in found)
        return found

    @cached_property
    def paper_tables(self) -> "tuple[PaperTables, ...]":
        return tuple(tell for room in self.rooms for tell in room.paper_tables())

    @cached_property
    def page_keys(self) -> "tuple[PageKeys, ...]":
        """The keys of parts of pages of others.

        Raises:
            RoomError: some are for who has a permission that no room lists.
        """
        found = tuple(keys for room in self.rooms for keys in room.page_keys())
        self._listed((f"keys of {keys.page}", keys.permission) for keys in found)
        return found

    @cached_property
    def views(self) -> "tuple[View, ...]":
        """What auditors can ask, in the order of their page."""
        found = sorted((view for room in self.rooms for view in room.views()), key=lambda one: one.order)
        self._once("view", (view.name for view in found))
        self._once("key of a view", (view.key for view in found))
        return tuple(found)

    @cached_property
    def alarms(self) -> "tuple[Alarms, ...]":
        return tuple(tell for room in self.rooms for tell in room.alarms())

    @cached_property
    def alarm_counts(self) -> "Mapping[str, AlarmCounter]":
        return self._merged("kind of alarm", (room.alarm_counts() for room in self.rooms))

    @cached_property
    def conditions(self) -> Mapping[str, ConditionKind]:
        """Everything that a watch may find wrong, by its code."""
        brought = (conditions.OWN, *(room.conditions for room in self.rooms))
        return self._merged("condition", ({one.code: one for one in kinds} for kinds in brought))

    @cached_property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        return (own_words.VOCABULARY, *(room.vocabulary() for room in self.rooms))

    @cached_property
    def condition_words(self) -> Mapping[str, ConditionWording]:
        """What a manager reads of a condition, by its code.

        Raises:
            RoomError: there are words for one that no room lists.
        """
        found = self._merged("words of the condition", (one.conditions for one in self.vocabularies))
        for code in set(found) - set(self.conditions):
            raise RoomError(f"no room lists the condition {code}")
        return found

    def refusals(self, words: PageTranslations) -> Mapping[str, Markup]:
        """Say what every refusal means to the person at a page, by its code."""
        return self._merged("words of the refusal", (one.refusals(words) for one in self.vocabularies))

    def deeds(self, words: PageTranslations) -> Mapping[str, Markup]:
        """Say what was done, by the type of the event."""
        return self._merged("words of the deed", (one.deeds(words) for one in self.vocabularies))

    @cached_property
    def openapi(self) -> bytes:
        """The OpenAPI document; it depends on this release and its rooms alone."""
        from queue_server.framework.openapi import document  # noqa: PLC0415 - only who serves needs it

        return document(self)

    def load(self) -> None:
        """Load all that serving needs, so that what does not fit stops the start.

        Raises:
            RoomError: two rooms bring the same, or something asks for a permission that no room lists.
        """
        _ = (
            self.routes,
            self.pages,
            self.navigation,
            self.parts,
            self.paper_tables,
            self.page_keys,
            self.views,
            self.alarms,
            self.condition_words,
        )
        self.refusals(AsWritten())
        self.deeds(AsWritten())

    def settings(self, data: Path) -> ServerSettings:
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
