"""Custody: documents that were entrusted to the centre, and who had each of them when."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.custody import errors
from queue_server.custody.events import BAG_CODEC, ITEM_CODEC, STOCK_CODEC
from queue_server.custody.permissions import PERMISSIONS
from queue_server.custody.settings import CustodyRules
from queue_server.custody.store import BAGS, ITEMS, STOCKTAKINGS, bag_streams, item_streams
from queue_server.custody.tables import custody_bags, custody_items, custody_labels
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from typer import Typer

    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.custody.routes import ROUTES

    return ROUTES


def _vocabulary() -> Vocabulary:
    from queue_server.custody.words import VOCABULARY

    return VOCABULARY


def _commands() -> "Mapping[str, Typer]":
    from queue_server.custody import command_line

    return {"custody": command_line.app}


def _assemble(server: "Server") -> None:
    from queue_server.custody.expiry import Expiry
    from queue_server.custody.followers import ItemFollowers

    server.put(ItemFollowers, ItemFollowers())
    rules = server.settings[CustodyRules]
    server.put(Expiry, Expiry(server, rules.poll_s))
    if rules.carrier_folder:
        from queue_server.custody.carriers.folder import FolderCarrier
        from queue_server.custody.courier import Courier

        server.put(Courier, Courier(server, FolderCarrier(Path(rules.carrier_folder)), rules.carrier_s))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.custody.expiry import Expiry

    if not server.settings[CustodyRules].carrier_folder:
        return (server[Expiry].task,)
    from queue_server.custody.courier import Courier

    return (server[Expiry].task, server[Courier].task)


ROOM = Room(
    name="custody",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.ItemUnknownError, 404, "There is no such item here"),
        ProblemMapping(errors.BagUnknownError, 404, "There is no such bag here"),
        ProblemMapping(errors.WitnessUnprovenError, 403, "The second person has not proved who they are"),
        ProblemMapping(errors.CustodyError, 409, "Nothing of the kind happens to this now"),
    ),
    settings={"custody": CustodyRules},
    streams={
        ITEMS.prefix: Stream((ITEM_CODEC,), (item_streams,), ITEMS),
        BAGS.prefix: Stream((BAG_CODEC,), (bag_streams,), BAGS),
        STOCKTAKINGS.prefix: Stream((STOCK_CODEC,), (), STOCKTAKINGS),
    },
    tables={
        custody_items.name: "what was handed in, and where it is; no person is named",
        custody_bags.name: "which items travel in which bag",
        custody_labels.name: "the last label of each centre",
    },
    tags={"custody": "Documents that were entrusted to the centre, and the bags in which they travel."},
    path_words={
        "bag": "Id of the bag in one of its journeys, or the number on it.",
        "item": "Id of the item, or its label.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    commands=_commands,
    assemble=_assemble,
    tasks=_tasks,
)
