"""Lockers: the banks of a centre, the orders to them, and what they tell."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from queue_server.domain.values import CentreId
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Room, Stream
from queue_server.framework.words import Vocabulary
from queue_server.lockers import errors
from queue_server.lockers.events import BANK_CODEC, ORDER_CODEC
from queue_server.lockers.permissions import PERMISSIONS
from queue_server.lockers.settings import LockerRules
from queue_server.lockers.store import BANKS, ORDERS, bank_streams, order_streams
from queue_server.lockers.tables import locker_banks, locker_orders, locker_positions

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.entity_feeds import EntityFeed
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.lockers.routes import ROUTES

    return ROUTES


def _feeds() -> "Iterable[EntityFeed[Any]]":
    from queue_server.lockers.feed import FEED

    return (FEED,)


def _vocabulary() -> Vocabulary:
    from queue_server.lockers.words import VOCABULARY

    return VOCABULARY


def _alarms() -> "Iterable[Alarms]":
    from queue_server.lockers.alarms import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.lockers.alarms import counts

    return {"locker": counts}


def _assemble(server: "Server") -> None:
    from queue_server.centre.centres import Centres
    from queue_server.custody.followers import ItemFollowers
    from queue_server.framework.entity_feeds import EntityFeeds
    from queue_server.lockers.feed import WATCHED
    from queue_server.lockers.following import missed_in_banks
    from queue_server.lockers.revocation import RevokedBanks

    def notify_pages(centre: CentreId) -> None:
        # One line a page: those that follow the centre fetch by themselves what they show of lockers.
        if centre in server[Centres]:
            server[Centres][centre].fan_out.notify_counters("lockers")

    for feed in WATCHED:
        server[EntityFeeds].watch(feed, notify_pages)
    server[ItemFollowers].changed.append(missed_in_banks)
    server.put(RevokedBanks, RevokedBanks(server, server.settings[LockerRules].poll_s))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.lockers.revocation import RevokedBanks

    return (server[RevokedBanks].task,)


ROOM = Room(
    name="lockers",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.BankUnknownError, 404, "There is no such bank of lockers here"),
        ProblemMapping(errors.OrderUnknownError, 404, "There is no such order to this bank"),
        ProblemMapping(errors.LockersError, 409, "Nothing of the kind is done with this compartment now"),
    ),
    settings={"lockers": LockerRules},
    streams={
        BANKS.prefix: Stream((BANK_CODEC,), (bank_streams,), BANKS),
        ORDERS.prefix: Stream((ORDER_CODEC,), (order_streams,), ORDERS),
    },
    tables={
        locker_banks.name: "which compartments a bank has, and of which staff have to look",
        locker_orders.name: "what was ordered of a bank, for which item and claim; no person is named",
        locker_positions.name: "up to where the journal of each bank was heard",
    },
    tags={
        "lockers": "Banks of lockers: how their compartments are, and what staff do there.",
        "locker-link": "What a bank of lockers tells the server.",
    },
    path_words={
        "locker_bank": "Id of the bank of lockers.",
        "order": "Id of the order.",
    },
    vocabulary=_vocabulary,
    routes=_routes,
    feeds=_feeds,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    assemble=_assemble,
    tasks=_tasks,
)
