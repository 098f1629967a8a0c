"""Collection: who may have which item, on which proof."""

from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete

from queue_server.collection.settings import CollectionRules
from queue_server.collection.tables import collection_codes
from queue_server.domain.values import Micros
from queue_server.framework.room import Room
from queue_server.framework.settings import ServerSettings

if TYPE_CHECKING:
    from queue_server.framework.server import Server


def _codes(now: Micros, _: ServerSettings) -> Delete:
    return delete(collection_codes).where(collection_codes.c.ends_at <= now)


def _assemble(server: "Server") -> None:
    from queue_server.collection.codes import OneTimeCodes
    from queue_server.vault.keys import Keys

    server.put(OneTimeCodes, OneTimeCodes(server[Keys].sessions, server.settings[CollectionRules].code_days))


ROOM = Room(
    name="collection",
    settings={"collection": CollectionRules},
    tables={collection_codes.name: _codes},
    assemble=_assemble,
)
