"""Found things: a room that is no part of the server, to show all that a room can bring."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary
from tests.queue_server.rooms.toy.conditions import CUPBOARD_FULL, Cupboard
from tests.queue_server.rooms.toy.model import CODEC, FoundUnknownError
from tests.queue_server.rooms.toy.permissions import PERMISSIONS
from tests.queue_server.rooms.toy.settings import FoundRules
from tests.queue_server.rooms.toy.store import THINGS, streams
from tests.queue_server.rooms.toy.tables import TABLES

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from typer import Typer

    from queue_server.conditions import Watch
    from queue_server.framework.entity_feeds import EntityFeed
    from queue_server.framework.parts import Alarms, NavigationEntry, PageKeys, PagePart, PaperTables, View
    from queue_server.framework.routing import PageRoute, Route
    from queue_server.framework.server import Server
    from tests.queue_server.rooms.toy.model import Thing

_HERE = Path(__file__).parent


def _routes() -> "Iterable[Route]":
    from tests.queue_server.rooms.toy.api import ROUTES

    return ROUTES


def _feeds() -> "Iterable[EntityFeed[Thing]]":
    from tests.queue_server.rooms.toy.feed import FEED

    return (FEED,)


def _pages() -> "Iterable[PageRoute]":
    from tests.queue_server.rooms.toy.pages import PAGES

    return PAGES


def _navigation() -> "Iterable[NavigationEntry]":
    from tests.queue_server.rooms.toy.pages import ENTRIES

    return ENTRIES


def _views() -> "Iterable[View]":
    from tests.queue_server.rooms.toy.pages import VIEWS

    return VIEWS


def _page_keys() -> "Iterable[PageKeys]":
    from tests.queue_server.rooms.toy.pages import KEYS

    return KEYS


def _vocabulary() -> Vocabulary:
    from tests.queue_server.rooms.toy.words import VOCABULARY

    return VOCABULARY


def _watches(server: "Server") -> "Iterable[Watch]":
    return (Cupboard(server.place.data / "cupboard"),)


def _parts() -> "Iterable[PagePart]":
    from tests.queue_server.rooms.toy.pages import PARTS

    return PARTS


def _paper_tables() -> "Iterable[PaperTables]":
    from tests.queue_server.rooms.toy.pages import on_paper

    return (on_paper,)


def _alarms() -> "Iterable[Alarms]":
    from tests.queue_server.rooms.toy.pages import alarms

    return (alarms,)


def _commands() -> "Mapping[str, Typer]":
    from tests.queue_server.rooms.toy.command_line import app

    return {"found": app}


async def _metrics(server: "Server") -> "Iterable[Metric]":
    from prometheus_client.core import GaugeMetricFamily

    return (GaugeMetricFamily("queue_found_rooms", "Rooms of found things", value=len(server.rooms.rooms) and 1),)


ROOM = Room(
    name="found",
    permissions=PERMISSIONS,
    problems=(ProblemMapping(FoundUnknownError, 404, "There is no such thing here"),),
    settings={"found": FoundRules},
    streams={THINGS.prefix: Stream((CODEC,), (streams,), THINGS)},
    tables=TABLES,
    migrations=_HERE / "migrations",
    tags={"found": "What people left behind."},
    path_words={"thing": "Id of the thing."},
    site=_HERE / "site",
    routes=_routes,
    feeds=_feeds,
    pages=_pages,
    navigation=_navigation,
    parts=_parts,
    paper_tables=_paper_tables,
    page_keys=_page_keys,
    views=_views,
    vocabulary=_vocabulary,
    conditions=(CUPBOARD_FULL,),
    watches=_watches,
    alarms=_alarms,
    commands=_commands,
    metrics=_metrics,
)
