"""Rooms fit together or are refused as the list is put together; what no room lists is open to nobody."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from queue_server.audit.permissions import VERIFY
from queue_server.conditions import ConditionKind, UnlistedConditionError, present
from queue_server.framework.permissions import Permission, Principal, PrincipalKind, allowed
from queue_server.framework.room import Room
from queue_server.framework.rooms import RoomCollection, RoomError
from queue_server.framework.words import Vocabulary
from queue_server.rooms import ROOMS
from tests.queue_server.house import KNOWN, House
from tests.queue_server.rooms.toy.api import ROUTES
from tests.queue_server.rooms.toy.conditions import Cupboard
from tests.queue_server.rooms.toy.pages import PARTS, on_paper
from tests.queue_server.rooms.toy.permissions import FOUND as FOUND_PERMISSION
from tests.queue_server.rooms.toy.room import ROOM as FOUND
from tests.queue_server.rooms.toy.settings import FoundRules


def test_what_asks_for_a_permission_that_no_room_lists_stops_the_start() -> None:
    unlisted = RoomCollection((*ROOMS, replace(FOUND, permissions=())))
    for look in (lambda: unlisted.routes, lambda: unlisted.pages, lambda: unlisted.navigation, lambda: unlisted.parts):
        with pytest.raises(RoomError, match="which no room lists"):
            look()
    with pytest.raises(RoomError, match="which no room lists"):
        unlisted.load()
    RoomCollection((*ROOMS, FOUND)).load()
    assert tuple(route for route in RoomCollection((*ROOMS, FOUND)).routes if route in ROUTES) == ROUTES
    assert RoomCollection((*ROOMS, FOUND)).parts[-1:] == PARTS
    assert RoomCollection((*ROOMS, FOUND)).paper_tables[-1:] == (on_paper,)


def test_an_entry_of_the_bar_leads_to_a_page_of_the_same_permission() -> None:
    with pytest.raises(RoomError, match="there is no page /found"):
        RoomCollection((*ROOMS, replace(FOUND, pages=tuple))).load()
    other = tuple(msgspec.structs.replace(page, permission=FOUND_PERMISSION) for page in FOUND.pages())
    with pytest.raises(RoomError, match="there is no page /found"):
        RoomCollection((*ROOMS, replace(FOUND, pages=lambda: other))).load()


def test_words_are_for_conditions_that_a_room_lists() -> None:
    with pytest.raises(RoomError, match="no room lists the condition cupboard-full"):
        RoomCollection((*ROOMS, replace(FOUND, conditions=()))).load()


async def test_a_condition_that_no_room_lists_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "hat").touch()
    watch = (Cupboard(tmp_path),)
    (found,) = await present(watch, RoomCollection((*ROOMS, FOUND)).conditions)
    assert (found.code, found.amount) == ("cupboard-full", 1)
    with pytest.raises(UnlistedConditionError, match="cupboard-full"):
        await present(watch, KNOWN.conditions)


def test_a_permission_of_the_same_name_is_not_the_same() -> None:
    """Whoever writes a permission into a route has not opened it: the room's own says who has it."""
    wider = replace(FOUND, permissions=(Permission("found", frozenset(PrincipalKind)),))
    with pytest.raises(RoomError, match="found"):
        _ = RoomCollection((*ROOMS, wider)).routes


def test_a_permission_that_says_nobody_is_for_nobody() -> None:
    everybody = Principal(frozenset(PrincipalKind))
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
        Room(name="other", navigation=lambda: KNOWN.navigation[:1]),
        Room(name="other", conditions=(ConditionKind("disk-low", "another"),)),
        Room(name="other", vocabulary=lambda: Vocabulary(refusals=lambda _: {"visit-unknown": _("Other")})),
        Room(name="other", vocabulary=lambda: Vocabulary(deeds=lambda _: {"visit-called": _("Other")})),
    ],
    ids=lambda room: room.name,
)
def test_two_rooms_do_not_bring_the_same(double: Room) -> None:
    def look() -> None:
        found = RoomCollection((*ROOMS, double))
        _ = found.tables, found.sections, found.streams, found.tags
        found.load()

    with pytest.raises(RoomError, match="two rooms bring"):
        look()


def test_every_room_is_a_folder_with_its_furniture() -> None:
    assert [room.name for room in ROOMS] == [
        "vault",
        "accounts",
        "catalogue",
        "centre",
        "information",
        "applications",
        "people",
        "payments",
        "requirements",
        "custody",
        "lockers",
        "collection",
        "notices",
        "push",
        "appointments",
        "forms",
        "simulation",
        "reports",
        "waiting",
        "early-warnings",
        "team",
        "audit",
        "web",
        "warning-alarms",
        "today-pages",
        "payment-pages",
        "requirement-pages",
        "custody-pages",
        "staffing-pages",
        "forecast-pages",
        "accuracy-pages",
        "figures-pages",
        "organisation-pages",
        "information-pages",
        "catalogue-pages",
        "appointment-pages",
        "booking-pages",
        "reminder-pages",
        "form-pages",
        "remote-pages",
        "team-pages",
    ]


async def test_what_a_room_does_again_and_again_is_ended_with_the_server(here: House) -> None:
    """A task that was made anew for each who asks would be started and never be found again."""
    tasks = here.server.tasks
    assert [id(one) for one in here.server.tasks] == [id(one) for one in tasks]
