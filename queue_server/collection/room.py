"""Collection: who may have which item, on which proof."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from sqlalchemy import Delete, delete, exists

from queue_server.collection import errors
from queue_server.collection.events import AUTHORITY_CODEC, CODE_CODEC, KIOSK_CODEC
from queue_server.collection.permissions import PERMISSIONS
from queue_server.collection.settings import CollectionRules
from queue_server.collection.store import AUTHORITIES, KIOSKS, MADE_CODES, authority_streams, kiosk_streams
from queue_server.collection.tables import (
    collection_authorities,
    collection_codes,
    collection_kiosks,
    collection_tries,
    collections,
)
from queue_server.domain.values import HOUR, SECOND, Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary
from queue_server.lockers.tables import locker_orders
from queue_server.lockers.values import PENDING, OrderState

if TYPE_CHECKING:
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server

#: Orders whose door is open, or about to be.
_OPENED: Final = PENDING - {OrderState.ORDERED}
#: A bank that tells nothing for so long of a door that was open is for staff; nobody stands there any more.
_LONGEST_OPEN: Final = 24 * HOUR


def _codes(now: Micros, _: ServerSettings) -> Delete:
    return delete(collection_codes).where(collection_codes.c.ends_at <= now)


def _collections(now: Micros, _: ServerSettings) -> Delete:
    # Whoever stands before an open door has not left.
    door = exists().where(locker_orders.c.claim == collections.c.claim, locker_orders.c.state.in_(_OPENED))
    is_forsaken = collections.c.ends_at <= now - _LONGEST_OPEN
    return delete(collections).where(collections.c.ends_at <= now, ~door | is_forsaken)


def _tries(now: Micros, settings: ServerSettings) -> Delete:
    forgotten = now - settings[CollectionRules].window_s * SECOND
    return delete(collection_tries).where(collection_tries.c.since <= forgotten)


def _routes() -> "Iterable[Route]":
    from queue_server.collection.routes import ROUTES

    return ROUTES


def _vocabulary() -> Vocabulary:
    from queue_server.collection.words import VOCABULARY

    return VOCABULARY


def _alarms() -> "Iterable[Alarms]":
    from queue_server.collection.alarms import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.collection.alarms import counts

    return {"wrong-proof": counts}


def _assemble(server: "Server") -> None:
    from queue_server.collection.codes import OneTimeCodes
    from queue_server.vault.keys import Keys

    def keys() -> tuple[bytes, ...]:
        return tuple(server[Keys].rings["sessions"])

    server.put(OneTimeCodes, OneTimeCodes(keys, server.settings[CollectionRules].code_days))


ROOM = Room(
    name="collection",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.AuthorityUnknownError, 404, "There is no such authority here"),
        ProblemMapping(errors.CollectionError, 409, "This cannot be collected so now"),
    ),
    settings={"collection": CollectionRules},
    streams={
        AUTHORITIES.prefix: Stream((AUTHORITY_CODEC,), (authority_streams,), AUTHORITIES),
        KIOSKS.prefix: Stream((KIOSK_CODEC,), (kiosk_streams,), KIOSKS),
        MADE_CODES.prefix: Stream((CODE_CODEC,), (), MADE_CODES),
    },
    tables={
        collection_codes.name: _codes,
        collections.name: _collections,
        collection_tries.name: _tries,
        collection_authorities.name: "that somebody may collect, and until when; who it is stands in the vault",
        collection_kiosks.name: "at which kiosk proofs were wrong",
    },
    tags={"collections": "What people collect at kiosks: they prove that it is theirs, and get it."},
    path_words={
        "authority": "Id of the authority.",
        "collection": "Id of what a person collects, as the kiosk named it.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    assemble=_assemble,
)
