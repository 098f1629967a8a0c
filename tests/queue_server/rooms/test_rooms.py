"""Rooms fit together or are refused as the list is put together; what no room lists is open to nobody."""

from dataclasses import replace

import pytest

from queue_server.audit.permissions import VERIFY
from queue_server.framework.permissions import Kind, Permission, Principal, allowed
from queue_server.framework.room import Room
from queue_server.framework.rooms import RoomError, Rooms
from queue_server.rooms import ROOMS
from tests.queue_server.http.house import KNOWN
from tests.queue_server.rooms.toy.api import ROUTES
from tests.queue_server.rooms.toy.pages import PARTS
from tests.queue_server.rooms.toy.room import ROOM as FOUND
from tests.queue_server.rooms.toy.settings import FoundRules


def test_a_route_or_part_whose_permission_no_room_lists_stops_the_start() -> None:
    unlisted = Rooms((*ROOMS, replace(FOUND, permissions=())))
    with pytest.raises(RoomError, match="found"):
        _ = unlisted.routes
    with pytest.raises(RoomError, match="found"):
        _ = unlisted.parts
    assert Rooms((*ROOMS, FOUND)).routes[-len(ROUTES) :] == ROUTES
    assert Rooms((*ROOMS, FOUND)).parts[-1:] == PARTS


def test_a_permission_of_the_same_name_is_not_the_same() -> None:
    """Whoever writes a permission into a route has not opened it: the room's own says who has it."""
    wider = replace(FOUND, permissions=(Permission("found", frozenset(Kind)),))
    with pytest.raises(RoomError, match="found"):
        _ = Rooms((*ROOMS, wider)).routes


def test_a_permission_that_says_nobody_is_for_nobody() -> None:
    everybody = Principal(frozenset(Kind))
    assert allowed(everybody, VERIFY)
    assert not allowed(everybody, Permission("new"))


@pytest.mark.parametrize(
    "double",
    [
        Room(name="payments"),
        Room(name="other", permissions=(VERIFY,)),
        Room(name="other", permissions=(Permission("verify"),)),
        Room(name="other", tables={"payments": "a table of another room"}),
        Room(name="other", settings={"payments": FoundRules}),
        Room(name="other", streams={"queue/": ROOMS[0].streams.get("queue/") or FOUND.streams["found/"]}),
        Room(name="other", tags={"visits": "Other visits."}),
        Room(name="other", routes=lambda: KNOWN.routes[:1]),
        Room(name="other", pages=lambda: KNOWN.pages[:1]),
    ],
    ids=lambda room: room.name,
)
def test_two_rooms_do_not_bring_the_same(double: Room) -> None:
    def look() -> None:
        found = Rooms((*ROOMS, double))
        _ = found.tables, found.sections, found.streams, found.tags, found.routes, found.pages

    with pytest.raises(RoomError, match="two rooms bring"):
        look()


def test_every_room_is_a_folder_with_its_furniture() -> None:
    assert [room.name for room in ROOMS] == [
        "vault",
        "accounts",
        "catalogue",
        "centre",
        "applications",
        "people",
        "payments",
        "audit",
        "web",
        "payment-pages",
    ]
