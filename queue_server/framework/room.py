"""What a room brings. A capability is added by its folder and one line in the list of rooms; no other file names it.

What takes long to load is a function, so that a command loads no web server, and a server no command line.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Delete, Select

from queue_server.conditions import ConditionKind, Watch
from queue_server.domain.values import CentreId, ConsularError, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import Codec
from queue_server.framework.permissions import Permission
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from typer import Typer

    from queue_server.contract.periodic import Periodic
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
    from queue_server.framework.routing import PageRoute, Route
    from queue_server.framework.server import Server

#: Makes the statement that deletes from a table of people what is over.
Shredder = Callable[[Micros, ServerSettings], Delete]
#: How people leave a table, or why nothing of a person is in it.
Leaving = Shredder | str


#: Selects names of streams of a centre in which something may have happened since an instant.
StreamsOfCentre = Callable[[CentreId, Micros], Select[str]]


class Stream(NamedTuple):
    """Streams whose names begin alike: how their events are read, and which of them are of a centre.

    There is nothing in ``of_centre`` where streams are found by their names. ``aggregate`` is what they fold to, with
    the tables that show it, if any.
    """

    codecs: tuple[Codec, ...]
    of_centre: tuple[StreamsOfCentre, ...] = ()
    aggregate: Aggregate[Any] | None = None


class Barred(NamedTuple):
    """An error with which somebody is turned away before a route is asked; ``asked``: on which routes that happens."""

    error: type[ConsularError]
    asked: "Callable[[Route], bool]" = lambda _: True


class UnreadyReason(msgspec.Struct, frozen=True):
    """Why a server is not ready; ``docs/failure-codes.md`` explains the code."""

    code: str
    placeholders: dict[str, str | int]


def _nothing[T](_: T) -> None:
    """Do nothing: a room that keeps nothing has nothing to put together."""


async def _nothing_to_wait_for[T](_: T) -> None:
    """Do nothing: a room that runs nothing has nothing to start and to stop."""


async def _no_metrics(_: "Server") -> "tuple[Metric, ...]":
    return ()


def _none[T](_: T) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One capability of the server.

    Args:
        name: of the room, unique.
        permissions: what its routes and pages ask for, and who has it; a route with another one is refused at start.
        problems: with what status its errors are answered.
        barring: with what it turns somebody away, whatever they ask for.
        settings: the sections of ``settings.toml`` that are its own.
        streams: the kinds of its streams, by the beginning of their names.
        projections: its tables that follow streams of other rooms, after their commits.
        tables: each of its tables by name, with how people leave it or why nobody is in it.
        migrations: a folder of alembic revisions of its own, a branch by themselves.
        tags: what is spoken of under the first word of a path, for OpenAPI.
        path_words: what the parts of its paths in braces name.
        path_checks: refuses what a part of a path names that is not there; asked once somebody may ask at all.
        site: a folder with ``templates``, ``css``, ``static`` and ``locale`` of its pages.
        routes: those of the API.
        pages: those for browsers.
        feeds: those of entities of its streams, each with a route of its own.
        navigation: which of them stand in the bar of all pages of staff.
        parts: what it shows on pages of others.
        paper_tables: what it adds to the paper of a day.
        page_keys: which keys do something in its parts.
        views: what auditors can ask about its streams.
        alarms: what needs a manager now.
        alarm_counts: how many of those each centre has, by what the kind is called.
        vocabulary: what people read of its refusals, events and conditions.
        conditions: what its watches may find wrong.
        commands: its command lines, by name; those of "" stand beside the names.
        assemble: puts its parts into the server; rooms do so in the order of the list, and nothing is started yet.
        sound: refuses a database that is not this server's; asked at start, and whenever somebody asks for readiness.
        check: looks before anything of any room is started, and refuses.
        start: starts what runs beside its tasks; may be called again after a failure.
        stop: ends it, rooms in the reverse order.
        watches: what looks after the machine.
        tasks: what it does again and again; they are started after ``start``, and ended after ``stop``.
        unready: why no work should be given to this server.
        metrics: figures, read as they are asked for.
    """

    name: str
    permissions: tuple[Permission, ...] = ()
    problems: tuple[ProblemMapping, ...] = ()
    barring: tuple[Barred, ...] = ()
    settings: Mapping[str, type[msgspec.Struct]] = field(default_factory=lambda: MappingProxyType({}))
    streams: Mapping[str, Stream] = field(default_factory=lambda: MappingProxyType({}))
    projections: tuple[Aggregate[Any], ...] = ()
    tables: Mapping[str, Leaving] = field(default_factory=lambda: MappingProxyType({}))
    migrations: Path | None = None
    tags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    path_words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    path_checks: "Mapping[str, Callable[[Server, str], None]]" = field(default_factory=lambda: MappingProxyType({}))
    site: Path | None = None
    routes: "Callable[[], Iterable[Route]]" = tuple
    pages: "Callable[[], Iterable[PageRoute]]" = tuple
    feeds: "Callable[[], Iterable[EntityFeed[Any]]]" = tuple
    navigation: "Callable[[], Iterable[NavigationEntry]]" = tuple
    parts: "Callable[[], Iterable[PagePart]]" = tuple
    paper_tables: "Callable[[], Iterable[PaperTables]]" = tuple
    page_keys: "Callable[[], Iterable[PageKeys]]" = tuple
    views: "Callable[[], Iterable[View]]" = tuple
    alarms: "Callable[[], Iterable[Alarms]]" = tuple
    alarm_counts: "Callable[[], Mapping[str, AlarmCounter]]" = dict
    vocabulary: "Callable[[], Vocabulary]" = Vocabulary
    conditions: tuple[ConditionKind, ...] = ()
    commands: "Callable[[], Mapping[str, Typer]]" = dict
    assemble: "Callable[[Server], None]" = _nothing
    sound: "Callable[[Server], Awaitable[None]]" = _nothing_to_wait_for
    check: "Callable[[Server], Awaitable[None]]" = _nothing_to_wait_for
    start: "Callable[[Server], Awaitable[None]]" = _nothing_to_wait_for
    stop: "Callable[[Server], Awaitable[None]]" = _nothing_to_wait_for
    watches: "Callable[[Server], Iterable[Watch]]" = _none
    tasks: "Callable[[Server], Iterable[Periodic]]" = _none
    unready: "Callable[[Server], Iterable[UnreadyReason]]" = _none
    metrics: "Callable[[Server], Awaitable[Iterable[Metric]]]" = _no_metrics


def shred(
    connection: Connection, now: Micros, settings: ServerSettings, tables: Mapping[str, Leaving]
) -> dict[str, int]:
    """Delete from all tables what is over; returns how many rows that were of each."""
    return {
        name: connection.execute(leaving(now, settings)).rowcount
        for name, leaving in tables.items()
        if not isinstance(leaving, str)
    }
